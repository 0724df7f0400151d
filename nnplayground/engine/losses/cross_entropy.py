from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array
from nnplayground.engine.losses import Head, Loss, losses
from nnplayground.text import Text


@losses.register
@dataclass(frozen=True)
class CategoricalCrossEntropy(Loss):
    """E = -1/N sum_n sum_k t_k log y_k; after softmax, dE/du = (y - t) / (N T)."""

    id = "categorical_crossentropy"
    label = Text("Cross-entropy", "交差エントロピー誤差")
    formula = "E = −1/N Σₙ Σₖ tₖ log yₖ"
    help = Text(
        "How surprised the network is by the right class: −log of the probability it gave it.",
        "正解のクラスに与えた確率の −log です。正解に自信がないほど大きくなります。",
    )
    order = 10
    pairs = ("softmax",)

    def value(self, y: Array, t: Array) -> float:
        tiny = np.finfo(y.dtype).tiny
        return -float(np.sum(t * np.log(np.maximum(y, tiny)))) / int(y.shape[1])

    def gradient(self, y: Array, t: Array, out: Array) -> None:
        np.divide(t, np.maximum(y, np.finfo(y.dtype).tiny), out=out)
        out /= -y.shape[1]

    def fuses(self, activation: Activation) -> bool:
        return activation.id == "softmax"

    def fused_value(self, head: Head) -> float:
        u = head.u if head.temperature == 1 else head.u / head.temperature
        shifted = u - u.max(axis=0)
        log_sum = np.log(np.exp(shifted).sum(axis=0))
        return float(log_sum.sum() - np.sum(head.t * shifted)) / int(head.u.shape[1])

    def fused_gradient(self, head: Head) -> None:
        assert head.d is not None
        d = head.d
        np.subtract(head.y, head.t, out=d)
        d *= 1 / (head.u.shape[1] * head.temperature)
