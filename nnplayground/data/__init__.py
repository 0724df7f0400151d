"""Where samples come from: datasets, readers, and what becomes of a drawing on its way into a network."""
