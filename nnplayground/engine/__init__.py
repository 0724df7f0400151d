"""The mathematics, in NumPy alone: `u = W x + b` with `W` of shape (out, in) and samples on the last axis."""
