"""The layers that Keras and this program both have, with Keras's names, arguments and defaults."""

from nnplayground.keras.layers.activation_layers import ELU, LeakyReLU, PReLU, ReLU, Softmax
from nnplayground.keras.layers.base import Layer
from nnplayground.keras.layers.core import (
    Activation,
    Custom,
    Dense,
    Dropout,
    Flatten,
    Input,
    InputLayer,
    Reshape,
)
from nnplayground.keras.layers.images import (
    AveragePooling2D,
    AvgPool2D,
    BatchNormalization,
    Conv2D,
    MaxPool2D,
    MaxPooling2D,
)

Convolution2D = Conv2D

__all__ = [
    "ELU",
    "Activation",
    "AveragePooling2D",
    "AvgPool2D",
    "BatchNormalization",
    "Conv2D",
    "Convolution2D",
    "Custom",
    "Dense",
    "Dropout",
    "Flatten",
    "Input",
    "InputLayer",
    "Layer",
    "LeakyReLU",
    "MaxPool2D",
    "MaxPooling2D",
    "PReLU",
    "ReLU",
    "Reshape",
    "Softmax",
]
