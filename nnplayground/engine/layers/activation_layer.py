from __future__ import annotations

from dataclasses import dataclass, field

from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.arrays import Shape
from nnplayground.engine.layers import Layer, layers
from nnplayground.text import Text


@layers.register
@dataclass(frozen=True)
class ActivationLayer(Layer):
    """An activation function as a layer of its own, for one that comes after something else than a weighted sum."""

    id = "activation"
    label = Text("Activation", "活性化層")
    formula = "y = f(x)"
    help = Text(
        "Applies an activation function to every value, for example after a batch normalization.",
        "すべての値に活性化関数を適用します。バッチ正規化の後などに使います。",
    )
    try_it = Text(
        "Move it before and after batch normalization, and compare the histograms.",
        "バッチ正規化の前と後に置き、ヒストグラムを比べましょう。",
    )
    order = 80
    is_view = True

    activation: Activation = field(default=ReLU())

    def output_shape(self, input_shape: Shape) -> Shape:
        units, left = divmod(input_shape[0], self.activation.sums_per_unit)
        if left:
            raise self.mismatch(
                input_shape,
                Text("a number of units that {n} divides", "{n} で割り切れるユニット数").format(
                    n=self.activation.sums_per_unit
                ),
            )
        return (units, *input_shape[1:])
