from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.activations.leaky_relu import LeakyReLU
from nnplayground.engine.arrays import Array, Binding, Pass, draw, nothing
from nnplayground.registry import option
from nnplayground.text import Problem, Text


@activations.register
@dataclass(frozen=True)
class RReLU(Activation):
    """f(u) = u for u > 0, else r u, with r ~ U(low, high) for each value in training and their mean later: Xu et al. 2015."""

    id = "rrelu"
    label = Text("Randomized ReLU (RReLU)", "Randomized ReLU（RReLU）")
    formula = "f(u) = u (u > 0),  r·u (u ≤ 0),  r ~ U(l, h)"
    derivative_formula = "f′(u) = 1 (u > 0),  r (u ≤ 0)"
    help = Text(
        "Leaky ReLU with a slope drawn anew for each value in training, and the mean slope afterwards.",
        "学習中は値ごとに傾きを無作為に選び、推論では平均の傾きを使う Leaky ReLU です。",
    )
    try_it = Text(
        "Make the two limits equal: then nothing is random any more, and it is a leaky ReLU.",
        "下限と上限を同じ値にすると乱数がなくなり、Leaky ReLU になります。",
    )
    order = 53
    kinks = (0.0,)

    low: float = option(1 / 8, Text("Smallest slope", "傾きの下限"), low=0.0, high=1.0)
    high: float = option(1 / 3, Text("Largest slope", "傾きの上限"), low=0.0, high=1.0)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.low > self.high:
            raise Problem(
                Text(
                    "{owner}: the smallest slope {low:g} is above the largest {high:g}; exchange them.",
                    "{owner}: 傾きの下限 {low:g} が上限 {high:g} より大きくなっています。入れ替えてください。",
                ).format(owner=self.label, low=self.low, high=self.high)
            )

    @property
    def _mean(self) -> LeakyReLU:
        return LeakyReLU((self.low + self.high) / 2)

    def forward(self, u: Array, out: Array) -> None:
        """With the mean slope, as in inference."""
        self._mean.forward(u, out)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        """With the mean slope."""
        self._mean.backward(u, a, d, work)

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        if not b.training:
            return super().bind(b)
        u, a, rng, spread = b.x.value, b.y.value, b.rng, self.high - self.low
        slope = np.empty(u.shape, u.dtype)

        def forward() -> None:
            draw(rng, slope)
            np.multiply(slope, spread, out=slope)
            np.add(slope, self.low, out=slope)
            np.copyto(slope, 1, where=u > 0)
            np.multiply(u, slope, out=a)

        if b.dy is None:
            return forward, nothing
        d = b.dy.value
        return forward, lambda: np.multiply(d, slope, out=d)
