"""A desktop playground in which neural networks are designed, trained, watched and drawn for."""

__version__ = "0.1.0"
