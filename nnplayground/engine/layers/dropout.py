from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Binding, Pass, draw, nothing
from nnplayground.engine.layers import Layer, layers
from nnplayground.registry import option
from nnplayground.text import Text


@layers.register
@dataclass(frozen=True)
class Dropout(Layer):
    """In training each value is 0 with probability `rate` and otherwise divided by 1 - rate; later it passes as it is.

    Srivastava et al. 2014, scaled in training ("inverted"), as Keras does.
    """

    id = "dropout"
    label = Text("Dropout", "ドロップアウト")
    formula = "y = x·m / (1 − p),  m ~ {0, 1}"
    help = Text(
        "Switches random units off in training, so that none relies on its neighbours: a remedy for overfitting.",
        "学習中だけユニットを無作為に休ませ、互いに頼りすぎないようにします。過学習への対策です。",
    )
    try_it = Text(
        "Drag the rate to 0.5: the training loss rises, and the gap to the test loss shrinks.",
        "割合を 0.5 にしましょう。訓練損失は上がりますが、テスト損失との差は縮まります。",
    )
    order = 60

    rate: float = option(0.5, Text("Share switched off", "休ませる割合"), low=0.0, high=0.99)

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        x, y, rng = b.x.value, b.y.value, b.rng
        if not b.training or self.rate == 0:
            return lambda: np.copyto(y, x), _copy_back(b)
        mask = np.empty_like(y)
        # Draws lie in [0, 1): floor(draw + 1 - rate) is 1 with probability 1 - rate.
        keep, scale = y.dtype.type(1 - self.rate), y.dtype.type(1 / (1 - self.rate))

        def forward() -> None:
            draw(rng, mask)
            np.add(mask, keep, out=mask)
            np.floor(mask, out=mask)
            np.multiply(mask, scale, out=mask)
            np.multiply(x, mask, out=y)

        if b.dx is None or b.dy is None:
            return forward, nothing
        dx, dy = b.dx.value, b.dy.value
        return forward, lambda: np.multiply(dy, mask, out=dx)


def _copy_back(b: Binding) -> Pass:
    if b.dx is None or b.dy is None:
        return nothing
    dx, dy = b.dx.value, b.dy.value
    return lambda: np.copyto(dx, dy)
