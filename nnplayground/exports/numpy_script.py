"""A script that needs NumPy alone: the trained network, and where it can be said in a page, its training from the start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nnplayground.exports import Export, Material, exports
from nnplayground.exports import _training as training
from nnplayground.exports._numbers import UNPACK, expression
from nnplayground.exports._steps import Step, steps
from nnplayground.text import Text


@exports.register
@dataclass(frozen=True)
class NumpyScript(Export):
    """`predict(x)` gives the outputs for rows of inputs; `train()` learns them again from the seed."""

    id = "numpy"
    label = Text("NumPy script with parameters", "NumPy のスクリプト（パラメータ入り）")
    help = Text(
        "Every step of the network in plain NumPy, with what it has learnt; for dense networks also the training itself.",
        "ネットワークの計算をすべて NumPy だけで書きます。学習済みパラメータ入りで、全結合なら学習の手順も含みます。",
    )
    order = 20
    suffix = ".py"
    ending = "-numpy"

    def write(self, material: Material) -> bytes:
        return script(material).encode()


def script(material: Material) -> str:
    """Python source with comments in the material's language."""
    found = list(steps(material.network, material.parameters))
    names = {
        f"{_NAMES.get(name, name)}{step.layer}": array for step in found for name, array in step.arrays.items()
    }  # fmt: skip
    parameters = "\n".join(f"{name} = {expression(array)}" for name, array in names.items())
    predict = "\n".join(f"    {line}" for step in found for line in _lines(step))
    learning = training.code(material, found)
    body = parameters + predict + learning
    says = {name: words.in_(material.language) for name, words in _WORDS.items()}
    helpers = "\n\n\n".join(text.strip("\n") for name, text in _HELPERS.items() if re.search(rf"\b{name}\(", body))
    helpers = (UNPACK.strip("\n") + "\n\n\n" if "unpack(" in body else "") + (helpers + "\n\n\n" if helpers else "")
    modules = [m for m in ("base64", "math", "zlib") if re.search(rf"\b{m}\.", helpers)]
    heads = "\n".join(f"import {module}" for module in modules) + ("\n\n" if modules else "")
    features = ", ".join(map(str, material.network.spec.input_shape))
    ending = "    train()" if learning else f"    print(predict(np.zeros((1, {features}), np.float32)))"
    return f"""# {material.title}
{heads}import numpy as np


{helpers}# {says["parameters"]}
{parameters}


def predict(x):
    \"\"\"{says["predict"].format(shape=f"(batch, {features})", outputs=material.network.output_shape[0])}\"\"\"
{predict}
    return x

{learning}
if __name__ == "__main__":
{ending}
"""


def _lines(step: Step) -> Iterator[str]:
    """The step from `x` to `x`."""
    n, values = step.layer, step.values
    window = f"{values.get('size')}, {values.get('stride')}, {values.get('pads')}"
    column = "" if len(step.shape) == 1 else "[:, None, None]"
    match step.kind:
        case "dense":
            yield f"x = x @ W{n}.T + b{n}"
        case "conv":
            yield f'x = np.einsum("nchwij,ocij->nohw", windows(x, {window}), W{n}, optimize=True) + b{n}[:, None, None]'
        case "max_pool":
            yield f"x = windows(x, {window}, -np.inf).max((-2, -1))"
        case "average_pool":
            yield f"x = np.nanmean(windows(x, {window}, np.nan), (-2, -1))"
        case "batch_norm":
            yield f"x = (x - mean{n}{column}) / np.sqrt(variance{n}{column} + {values['epsilon']!r})"
            yield f"x = x * gamma{n}{column} + beta{n}{column}"
        case "reshape":
            yield f"x = x.reshape(len(x), {', '.join(map(str, step.shape))})"
        case "softmax":
            yield "x = softmax(x)" if values["temperature"] == 1 else f"x = softmax(x / {values['temperature']!r})"
        case "prelu":
            yield f"x = np.maximum(x, 0) + slope{n} * np.minimum(x, 0)"
        case "maxout":
            yield f"x = x.reshape(len(x), {values['pieces']}, {', '.join(map(str, step.shape))}).max(1)"
        case "mask":
            yield f"x = x * mask{n}"
        case "function":
            yield f"x = {training.in_numpy(values['f'], 'x')}"


_NAMES = {"moving_mean": "mean", "moving_variance": "variance"}
_HELPERS = {
    "erf": """
erf = np.vectorize(math.erf, otypes=[np.float32])
""",
    "softmax": """
def softmax(u):
    e = np.exp(u - u.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)
""",
    "windows": '''
def windows(x, size, stride, pads, fill=0.0):
    """All windows of images (batch, channels, height, width); pads: top, bottom, left, right."""
    top, bottom, left, right = pads
    x = np.pad(x, ((0, 0), (0, 0), (top, bottom), (left, right)), constant_values=fill)
    seen = np.lib.stride_tricks.sliding_window_view(x, (size, size), (2, 3))
    return seen[:, :, ::stride, ::stride]
''',
}
_WORDS = {
    "parameters": Text("What the network has learnt", "学習したパラメータ"),
    "predict": Text(
        "Outputs (batch, {outputs}) for inputs of shape {shape}.", "形 {shape} の入力に対する出力 (batch, {outputs})。"
    ),
}
