from __future__ import annotations

import numpy as np

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array
from nnplayground.engine.losses import Loss, losses, over_outputs
from nnplayground.text import Text


@losses.register
class CategoricalCrossEntropy(Loss):
    """E = -1/N sum_n sum_k t_k log y_k, targets adding to 1; after softmax, dE/du = (y - t) / (N T)."""

    id = "categorical_crossentropy"
    label = Text("Cross-entropy", "交差エントロピー誤差")
    formula = "E = −1/N Σₙ Σₖ tₖ log yₖ"
    help = Text(
        "How surprised the network is by the right class: −log of the probability it gave it.",
        "正解のクラスに与えた確率の −log です。正解に自信がないほど大きくなります。",
    )
    try_it = Text(
        "Press “One mini-batch” a few times and see the loss fall fastest where the answer was surely wrong.",
        "「ミニバッチ 1 回」を何度か押しましょう。自信を持って間違えた答えほど、損失が大きく減ります。",
    )
    order = 10
    pairs = ("softmax",)

    def each(self, y: Array, t: Array) -> Array:
        logs = np.log(np.maximum(y, np.finfo(y.dtype).tiny))
        logs *= t
        return -over_outputs(logs)

    def slope(self, y: Array, t: Array, out: Array) -> None:
        np.divide(t, np.maximum(y, np.finfo(y.dtype).tiny), out=out)
        np.negative(out, out=out)

    def fuses(self, activation: Activation) -> bool:
        return activation.id == "softmax"

    def fused_each(self, u: Array, t: Array) -> Array:
        shifted = u - np.maximum.reduce(u, axis=0)
        log_sum = np.log(over_outputs(np.exp(shifted)))
        return log_sum - over_outputs(t * shifted)
