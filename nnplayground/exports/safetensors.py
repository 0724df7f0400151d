"""The parameters for other programs."""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.exports import Export, Material, exports
from nnplayground.storage import weights
from nnplayground.text import Text


@exports.register
@dataclass(frozen=True)
class SafeTensors(Export):
    """Arrays "1.W", "1.b", ... in float32."""

    id = "safetensors"
    label = Text("Parameters as safetensors", "パラメータ（safetensors）")
    help = Text(
        "All weights and biases in a file that PyTorch, JAX and others read, without any code in it.",
        "重みとバイアスを、PyTorch や JAX などで読める形式で書き出します。コードは含まれません。",
    )
    order = 60
    suffix = ".safetensors"

    def write(self, material: Material) -> bytes:
        return weights.dumps(material.network, material.parameters)
