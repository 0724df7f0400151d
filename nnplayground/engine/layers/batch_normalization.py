from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array, Binding, Block, Pass, Shape, nothing
from nnplayground.engine.layers import Layer, layers
from nnplayground.registry import option
from nnplayground.text import Text


@layers.register
@dataclass(frozen=True)
class BatchNormalization(Layer):
    """y = gamma (x - mean) / sqrt(variance + epsilon) + beta, for each unit, or for each channel of an image.

    Mean and (biased) variance are those of the batch in training, when running means of both are kept, and the
    running ones later. Ioffe and Szegedy 2015; defaults of Keras.
    """

    id = "batch_normalization"
    label = Text("Batch normalization", "バッチ正規化")
    formula = "y = γ (x − μ) / √(σ² + ε) + β"
    help = Text(
        "Brings each unit's values to mean 0 and spread 1 within the batch, so that the first weights matter much less.",
        "バッチごとに各ユニットの値を平均 0・分散 1 にそろえ、重みの初期値の影響を大きく減らします。",
    )
    try_it = Text(
        "Insert it before an activation and raise the learning rate tenfold.",
        "活性化関数の前に入れて、学習率を 10 倍にしてみましょう。",
    )
    order = 70

    momentum: float = option(0.99, Text("Momentum of the running means", "移動平均の慣性"), low=0.0, high=0.9999)
    epsilon: float = option(1e-3, Text("ε", "ε"), low=1e-12, high=1.0, log=True)

    def blocks(self, input_shape: Shape) -> tuple[Block, ...]:
        n = input_shape[:1]
        return (
            Block("gamma", n, start=1.0),
            Block("beta", n, start=0.0),
            Block("moving_mean", n, start=0.0, trainable=False),
            Block("moving_variance", n, start=1.0, trainable=False),
        )

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        return self._training(b) if b.training else self._inference(b)

    def _inference(self, b: Binding) -> tuple[Pass, Pass]:
        """With the running mean and variance as constants."""
        x, y, along = b.x.value, b.y.value, _Units(b.x.value)
        gamma, beta, mean, variance = (along.column(b.parameters[name]) for name in _NAMES)

        def forward() -> None:
            scale = gamma / np.sqrt(variance + self.epsilon)
            np.multiply(x, scale, out=y)
            np.add(y, beta - mean * scale, out=y)

        if b.dy is None:
            return forward, nothing
        dy, dx = b.dy.value, None if b.dx is None else b.dx.value
        dgamma, dbeta = along.column(b.gradients["gamma"]), along.column(b.gradients["beta"])

        def backward() -> None:
            inverse = 1 / np.sqrt(variance + self.epsilon)
            dgamma[...] = along.sum(dy * (x - mean)) * inverse
            dbeta[...] = along.sum(dy)
            if dx is not None:
                np.multiply(dy, gamma * inverse, out=dx)

        return forward, backward

    def _training(self, b: Binding) -> tuple[Pass, Pass]:
        x, y, along = b.x.value, b.y.value, _Units(b.x.value)
        gamma, beta, running_mean, running_variance = (along.column(b.parameters[name]) for name in _NAMES)
        normal, scale, rest = np.empty_like(x), np.empty_like(gamma), 1 - self.momentum

        def forward() -> None:
            mean = along.mean(x)
            np.subtract(x, mean, out=normal)
            np.multiply(normal, normal, out=y)
            variance = along.mean(y)
            np.divide(1, np.sqrt(variance + self.epsilon), out=scale)
            np.multiply(normal, scale, out=normal)
            np.multiply(normal, gamma, out=y)
            np.add(y, beta, out=y)
            running_mean[...] += rest * (mean - running_mean)
            running_variance[...] += rest * (variance - running_variance)

        if b.dy is None:
            return forward, nothing
        dy, work = b.dy.value, np.empty_like(x)
        dgamma, dbeta = along.column(b.gradients["gamma"]), along.column(b.gradients["beta"])
        dx = None if b.dx is None else b.dx.value

        def backward() -> None:
            np.multiply(dy, normal, out=work)
            dgamma[...] = along.sum(work)
            dbeta[...] = along.sum(dy)
            if dx is not None:
                np.multiply(normal, dgamma / along.count, out=work)
                np.subtract(dy, work, out=dx)
                np.subtract(dx, dbeta / along.count, out=dx)
                np.multiply(dx, gamma * scale, out=dx)

        return forward, backward


_NAMES = ("gamma", "beta", "moving_mean", "moving_variance")


class _Units:
    """The axes over which a unit's values lie: all but the first."""

    def __init__(self, x: Array) -> None:
        self.axes = tuple(range(1, x.ndim))
        self.count = math.prod(x.shape[1:])

    def column(self, values: Array) -> Array:
        """(units,) as a view that meets the values of each unit."""
        return values.reshape(-1, *(1 for _ in self.axes))

    def sum(self, x: Array) -> Array:
        total: Array = x.sum(axis=self.axes, keepdims=True)
        return total

    def mean(self, x: Array) -> Array:
        return self.sum(x) / self.count
