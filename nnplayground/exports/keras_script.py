"""A script with Keras's names."""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.exports import Export, Material, exports
from nnplayground.keras.scripting import script
from nnplayground.text import Text


@exports.register
@dataclass(frozen=True)
class KerasScript(Export):
    """It learns from fresh parameters what the window learns, to the last bit."""

    id = "keras"
    label = Text("Keras script", "Keras のスクリプト")
    help = Text(
        "Data, network and training in Keras's words. With this program's own Keras it gives the very same numbers.",
        "データ・ネットワーク・学習を Keras の書き方で書きます。nnplayground の keras で動かすと、まったく同じ値になります。",
    )
    order = 10
    suffix = ".py"
    ending = "-keras"

    def write(self, material: Material) -> bytes:
        return script(material.experiment, material.language, material.file).encode()
