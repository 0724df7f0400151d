from __future__ import annotations

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.activations._logistic import logistic
from nnplayground.engine.arrays import Array
from nnplayground.text import Text


@activations.register
class SiLU(Activation):
    """f(u) = u sigmoid(u), f'(u) = s (1 + u (1 - s)) with s = sigmoid(u): Elfwing et al. 2018, Ramachandran et al. 2017."""

    id = "silu"
    label = Text("Swish (SiLU)", "Swish（SiLU）")
    formula = "f(u) = u σ(u)"
    derivative_formula = "f′(u) = σ(u) (1 + u (1 − σ(u)))"
    help = Text(
        "A smooth ReLU that dips a little below 0 before it rises; found by an automatic search.",
        "いったん少し負に沈んでから立ち上がる、なめらかな ReLU です。自動探索で見つかりました。",
    )
    try_it = Text(
        "Race it against ReLU on the spiral.",
        "らせんのデータで ReLU と競走させましょう。",
    )
    order = 71

    def forward(self, u: Array, out: Array) -> None:
        logistic(u, out)
        out *= u

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        logistic(u, work)
        d *= work * (1 + u * (1 - work))
