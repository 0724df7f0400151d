"""The picture of the network: what it shows, where it stands, how it is painted and what can be done to it."""
