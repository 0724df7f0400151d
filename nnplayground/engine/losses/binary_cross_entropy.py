from __future__ import annotations

import numpy as np

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array
from nnplayground.engine.losses import Loss, losses, over_outputs
from nnplayground.text import Text


@losses.register
class BinaryCrossEntropy(Loss):
    """E = -1/(N K) sum (t log y + (1 - t) log(1 - y)); after sigmoid, dE/du = (y - t) / (N K T)."""

    id = "binary_crossentropy"
    label = Text("Binary cross-entropy", "二値交差エントロピー誤差")
    formula = "E = −1/(N·K) Σ [t log y + (1 − t) log(1 − y)]"
    help = Text(
        "Cross-entropy for a yes-or-no answer of each output by itself; goes with the sigmoid.",
        "出力ごとに「はい・いいえ」を問う交差エントロピーです。シグモイドと組み合わせます。",
    )
    try_it = Text(
        "Use it with one sigmoid output on XOR, then change to squared error and compare the speed.",
        "XOR をシグモイド出力 1 つで学習させ、二乗誤差に変えて速さを比べましょう。",
    )
    order = 15
    pairs = ("sigmoid",)

    def each(self, y: Array, t: Array) -> Array:
        tiny = np.finfo(y.dtype).tiny
        hits = t * np.log(np.maximum(y, tiny)) + (1 - t) * np.log(np.maximum(1 - y, tiny))
        return -over_outputs(hits) / len(y)

    def slope(self, y: Array, t: Array, out: Array) -> None:
        np.divide(y - t, np.maximum(y * (1 - y), np.finfo(y.dtype).tiny), out=out)

    def factor(self, outputs: int) -> float:
        return 1 / outputs

    def fuses(self, activation: Activation) -> bool:
        return activation.id == "sigmoid"

    def fused_each(self, u: Array, t: Array) -> Array:
        terms = np.maximum(u, 0) - u * t + np.log1p(np.exp(-np.abs(u)))
        return over_outputs(terms) / len(u)
