from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.losses import Loss, losses, over_outputs
from nnplayground.text import Text


@losses.register
class Hinge(Loss):
    """E = mean of max(0, 1 - t y) with t = +1 for targets above 0 and -1 for the others; the slope is 0 at t y = 1."""

    id = "hinge"
    label = Text("Hinge", "ヒンジ損失")
    formula = "E = 1/(N·K) Σ max(0, 1 − t·y),  t = ±1"
    help = Text(
        "Asks for the right sign and a margin of 1, and is content beyond it: the loss of support vector machines.",
        "符号が正しく、余裕が 1 以上あれば損失は 0 です。サポートベクターマシンの損失です。",
    )
    try_it = Text(
        "Train until the loss is 0: samples beyond the margin pull no more.",
        "損失が 0 になるまで学習させましょう。余裕をもって正解したデータは、もう影響しません。",
    )
    order = 50
    pairs = ("identity", "tanh")

    def each(self, y: Array, t: Array) -> Array:
        return over_outputs(np.maximum(1 - _sides(t) * y, 0)) / len(y)

    def slope(self, y: Array, t: Array, out: Array) -> None:
        sides = _sides(t)
        np.multiply(sides, sides * y < 1, out=out)

    def factor(self, outputs: int) -> float:
        return -1 / outputs


def _sides(t: Array) -> Array:
    """-1 for targets 0 and -1, and +1 for 1."""
    sides: Array = np.where(t > 0, 1, -1).astype(t.dtype)
    return sides
