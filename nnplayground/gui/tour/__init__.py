"""A short tour of the window."""
