"""The part of Keras that this program has the mathematics for: its names, arguments, defaults and array shapes.

A Keras script runs after its imports are changed from `keras` to `nnplayground.keras`. What is not offered is refused
in words. It is the same engine that the window trains with.
"""

from nnplayground.keras import (
    activations,
    callbacks,
    datasets,
    initializers,
    layers,
    losses,
    metrics,
    models,
    optimizers,
    regularizers,
    utils,
)
from nnplayground.keras import model as model
from nnplayground.keras.layers import Input
from nnplayground.keras.models import Sequential
from nnplayground.keras.problems import InputProblem
from nnplayground.keras.scripting import script

__all__ = [
    "Input",
    "InputProblem",
    "Sequential",
    "activations",
    "callbacks",
    "datasets",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "models",
    "optimizers",
    "regularizers",
    "script",
    "utils",
]
