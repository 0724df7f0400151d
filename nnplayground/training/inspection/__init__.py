"""Pure functions that take a network apart: from parameters and samples to numbers to show.

They change nothing and keep nothing, so a pane may call them with a snapshot's network and parameters, in any thread.
"""
