from __future__ import annotations

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.activations._logistic import logistic, softplus
from nnplayground.engine.arrays import Array
from nnplayground.text import Text


@activations.register
class Softplus(Activation):
    """f(u) = log(1 + exp(u)); its derivative is the sigmoid."""

    id = "softplus"
    label = Text("Softplus", "ソフトプラス関数")
    formula = "f(u) = log(1 + eᵘ)"
    derivative_formula = "f′(u) = 1 / (1 + e⁻ᵘ)"
    help = Text(
        "A rounded ReLU: smooth everywhere and always above 0.",
        "角を丸めた ReLU です。どこでもなめらかで、常に正の値を取ります。",
    )
    try_it = Text(
        "Compare it with ReLU in the activation pane: the corner at 0 is rounded.",
        "「活性化関数」パネルで ReLU と比べましょう。0 の角が丸くなっています。",
    )
    order = 62

    def forward(self, u: Array, out: Array) -> None:
        softplus(u, out)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        logistic(u, work)
        d *= work
