"""The experiments on which the textbooks show their comparisons: a deep network for digits, trained by plain SGD."""

from __future__ import annotations

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.training.experiment import Experiment


def deep_digits(hidden: int, samples: int, activation: Activation | None = None) -> Experiment:
    """`hidden` layers of 100 units on `samples` digits, batch 100, rate 0.01, He's initial weights."""
    middle = [Dense(100, activation or ReLU())] * hidden
    return Experiment(
        dataset=GeneratedDigits(samples=samples),
        layers=(Flatten(), *middle, Dense(10, Softmax())),
        initializer=HeNormal(),
        learning_rate=0.01,
        batch_size=100,
    )
