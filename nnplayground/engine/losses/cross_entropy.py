from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array
from nnplayground.engine.losses import Head, Loss, losses, over_outputs
from nnplayground.text import Text


@losses.register
@dataclass(frozen=True)
class CategoricalCrossEntropy(Loss):
    """E = -1/N sum_n sum_k t_k log y_k, targets adding to 1; after softmax, dE/du = (y - t) / (N T)."""

    id = "categorical_crossentropy"
    label = Text("Cross-entropy", "交差エントロピー誤差")
    formula = "E = −1/N Σₙ Σₖ tₖ log yₖ"
    help = Text(
        "How surprised the network is by the right class: −log of the probability it gave it.",
        "正解のクラスに与えた確率の −log です。正解に自信がないほど大きくなります。",
    )
    order = 10
    pairs = ("softmax",)

    def each(self, y: Array, t: Array) -> Array:
        logs = np.log(np.maximum(y, np.finfo(y.dtype).tiny))
        logs *= t
        return -over_outputs(logs)

    def gradient(self, y: Array, t: Array, out: Array) -> None:
        np.divide(t, np.maximum(y, np.finfo(y.dtype).tiny), out=out)
        out /= -y.shape[1]

    def fuses(self, activation: Activation) -> bool:
        return activation.id == "softmax"

    def fused_each(self, head: Head) -> Array:
        u = head.u if head.temperature == 1 else head.u / head.temperature
        shifted = u - np.maximum.reduce(u, axis=0)
        log_sum = np.log(over_outputs(np.exp(shifted)))
        return log_sum - over_outputs(head.t * shifted)

    def fused_gradient(self, head: Head) -> None:
        assert head.d is not None
        np.subtract(head.y, head.t, out=head.d)
        np.multiply(head.d, 1 / (head.u.shape[1] * head.temperature), out=head.d)
