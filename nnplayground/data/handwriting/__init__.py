"""Handwritten digits made up by a program: nothing to download, as many as one wants, every style on a slider."""

from nnplayground.data.handwriting.style import Style
from nnplayground.data.handwriting.synthesis import examples, generate, skeletons, strokes_of

__all__ = ["Style", "examples", "generate", "skeletons", "strokes_of"]
