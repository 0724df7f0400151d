from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.activations.leaky_relu import LeakyReLU
from nnplayground.engine.arrays import Array, Binding, Block, Pass, Shape, nothing
from nnplayground.registry import option
from nnplayground.text import Text


@activations.register
@dataclass(frozen=True)
class PReLU(Activation):
    """f(u) = u for u > 0, else alpha u; alpha is learnt, one for each unit or channel: He et al. 2015.

    dL/dalpha is the sum of u dL/da over the sums below 0.
    """

    id = "prelu"
    label = Text("Parametric ReLU (PReLU)", "Parametric ReLU（PReLU）")
    formula = "f(u) = u (u > 0),  αu (u ≤ 0),  α learnt"
    derivative_formula = "f′(u) = 1 (u > 0),  α (u ≤ 0);  ∂f/∂α = min(0, u)"
    help = Text(
        "Leaky ReLU whose slope below 0 is a parameter: each unit learns its own.",
        "0 以下の傾きもパラメータとして学習する Leaky ReLU です。傾きはユニットごとに決まります。",
    )
    try_it = Text(
        "Train for an epoch and look at the learnt slope in the activation pane.",
        "1 エポック学習させ、学習された傾きを「活性化関数」パネルで見ましょう。",
    )
    order = 52
    kinks = (0.0,)

    start: float = option(0.25, Text("Slope α at the start", "傾き α の初期値"), low=-1.0, high=1.0)

    def blocks(self, shape: Shape) -> tuple[Block, ...]:
        return (Block("slope", shape[:1], start=self.start),)

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        u, a = b.x.value, b.y.value
        column = (-1, *(1 for _ in u.shape[1:]))
        slope, below = b.parameters["slope"].reshape(column), np.empty_like(u)

        def forward() -> None:
            np.minimum(u, 0, out=below)
            np.maximum(u, 0, out=a)
            np.add(a, below * slope, out=a)

        if b.dy is None:
            return forward, nothing
        d, dslope, axes = b.dy.value, b.gradients["slope"].reshape(column), tuple(range(1, u.ndim))

        def backward() -> None:
            np.multiply(below, d, out=below)
            np.add.reduce(below, axis=axes, out=dslope, keepdims=True)
            np.multiply(d, np.where(u > 0, 1, slope), out=d)

        return forward, backward

    def curve(self, u: Array, parameters: Mapping[str, Any] | None = None) -> tuple[Array, Array]:
        """With the mean of the slopes learnt so far."""
        slope = float(np.mean(parameters["slope"])) if parameters else self.start
        return LeakyReLU(min(max(slope, -1.0), 1.0)).curve(u)
