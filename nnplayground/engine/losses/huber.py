from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.losses import Loss, losses, over_outputs
from nnplayground.registry import option
from nnplayground.text import Text


@losses.register
@dataclass(frozen=True)
class Huber(Loss):
    """E = mean of e^2 / 2 for |e| <= delta and of delta (|e| - delta / 2) beyond, with e = y - t: Huber 1964."""

    id = "huber"
    label = Text("Huber", "Huber 損失")
    formula = "E = 1/(N·K) Σ { e²/2 (|e| ≤ δ),  δ(|e| − δ/2) (|e| > δ) }"
    help = Text(
        "Squared for small errors, absolute for large ones: smooth at the bottom and calm about outliers.",
        "小さな誤差は二乗、大きな誤差は絶対値で数えます。底はなめらかで、外れ値にも強い損失です。",
    )
    try_it = Text(
        "Set δ to 0.1, then to 10: first it acts like the absolute, then like the squared error.",
        "δ を 0.1 と 10 にしてみましょう。絶対値誤差から二乗誤差へと性質が変わります。",
    )
    order = 40
    pairs = ("identity", "tanh", "sigmoid")

    delta: float = option(1.0, Text("Limit δ", "境界 δ"), low=1e-6, high=1e6, log=True)

    def each(self, y: Array, t: Array) -> Array:
        size = np.abs(y - t)
        inner = np.minimum(size, self.delta)
        return over_outputs(inner * (size - inner / 2)) / len(y)

    def slope(self, y: Array, t: Array, out: Array) -> None:
        np.clip(y - t, -self.delta, self.delta, out=out)

    def factor(self, outputs: int) -> float:
        return 1 / outputs
