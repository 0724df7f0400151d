"""A PyTorch script with the trained parameters in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nnplayground.engine.arrays import Array
from nnplayground.exports import Export, Material, exports
from nnplayground.exports._numbers import UNPACK, expression
from nnplayground.exports._steps import Step, steps
from nnplayground.text import Text


@exports.register
@dataclass(frozen=True)
class PyTorchScript(Export):
    """One `nn.Sequential`; needs only PyTorch and NumPy."""

    id = "pytorch"
    label = Text("PyTorch script with parameters", "PyTorch のスクリプト（パラメータ入り）")
    help = Text(
        "The network as an nn.Sequential with what it has learnt, ready to be used or trained on.",
        "学習済みのネットワークを nn.Sequential で書きます。そのまま使うことも、学習を続けることもできます。",
    )
    order = 30
    suffix = ".py"
    ending = "-pytorch"

    def write(self, material: Material) -> bytes:
        return script(material).encode()


def script(material: Material) -> str:
    """Python source; `model` maps (batch, ...) to (batch, units)."""
    found = list(steps(material.network, material.parameters))
    modules = [(step, _module(step)) for step in found]
    body = "\n".join(module for _, module in modules)
    arrays = [(i, name, array) for i, step in enumerate(found) for name, array in _named(step)]
    head = "\n".join(part.strip("\n") + "\n\n" for name, part in _PARTS.items() if name in body)
    state = "\n".join(f'    "{i}.{name}": {expression(array)},' for i, name, array in arrays)
    unpack = UNPACK.strip("\n") + "\n\n\n" if "unpack(" in state else ""
    packing = "import base64\nimport zlib\n\n" if unpack else ""
    shape = ", ".join(map(str, material.network.spec.input_shape))
    says = {name: words.in_(material.language) for name, words in _WORDS.items()}
    return f"""# {material.title}
{packing}import numpy as np
import torch
from torch import nn
import torch.nn.functional as F


{head}{unpack}# {says["model"]} (batch, {shape})
model = nn.Sequential(
{body}
)

# {says["parameters"]}
parameters = {{
{state}
}}
model.load_state_dict({{name: torch.from_numpy(array.copy()) for name, array in parameters.items()}}, strict=False)
model.eval()

if __name__ == "__main__":
    print(model)
    print(model(torch.zeros(1, {shape})))
"""


def _module(step: Step) -> str:
    return f"    {_MODULES.get(step.kind, _function)(step)},"


def _dense(step: Step) -> str:
    out, inputs = step.arrays["W"].shape
    return f"nn.Linear({inputs}, {out})"


def _window(step: Step, plain: str, padded: str) -> str:
    top, bottom, left, right = step.values["pads"]
    if not any(step.values["pads"]):
        return plain
    return padded.format(pads=f"({left}, {right}, {top}, {bottom})")


def _conv(step: Step) -> str:
    out, channels, size, _ = step.arrays["W"].shape
    plain = f"nn.Conv2d({channels}, {out}, {size}, stride={step.values['stride']})"
    return _window(step, plain, plain.replace("nn.Conv2d(", "PaddedConv({pads}, "))


def _pool(step: Step) -> str:
    size, stride = step.values["size"], step.values["stride"]
    kind = "MaxPool" if step.kind == "max_pool" else "AvgPool"
    return _window(step, f"nn.{kind}2d({size}, {stride})", f"Padded{kind}({{pads}}, {size}, {stride})")


def _norm(step: Step) -> str:
    kind = "BatchNorm2d" if len(step.shape) == 3 else "BatchNorm1d"
    return f"nn.{kind}({step.shape[0]}, eps={step.values['epsilon']!r}, momentum={1 - step.values['momentum']!r})"


def _softmax(step: Step) -> str:
    temperature = step.values["temperature"]
    return "nn.Softmax(dim=1)" if temperature == 1 else f"Function(lambda u: torch.softmax(u / {temperature!r}, dim=1))"


def _function(step: Step) -> str:
    plain = _PLAIN.get(step.values["id"])
    return plain or f"Function(lambda u: {step.values['f']})"


def _named(step: Step) -> Iterator[tuple[str, Array]]:
    """Arrays by the names that PyTorch's modules have for them."""
    padded = "conv." if step.kind == "conv" and any(step.values["pads"]) else ""
    for name, array in step.arrays.items():
        yield padded + _NAMES[name], array.reshape(-1) if name == "slope" else array


_NAMES = {
    "W": "weight", "b": "bias", "gamma": "weight", "beta": "bias", "moving_mean": "running_mean",
    "moving_variance": "running_var", "slope": "weight", "mask": "mask",
}  # fmt: skip
_MODULES: dict[str, Callable[[Step], str]] = {
    "dense": _dense, "conv": _conv, "max_pool": _pool, "average_pool": _pool, "batch_norm": _norm, "softmax": _softmax,
    "reshape": lambda s: "nn.Flatten()" if len(s.shape) == 1 else f"nn.Unflatten(1, {s.shape!r})",
    "dropout": lambda s: f"nn.Dropout({s.values['rate']!r})",
    "prelu": lambda s: f"nn.PReLU({s.shape[0]})",
    "maxout": lambda s: f"Function(lambda u: u.unflatten(1, ({s.values['pieces']}, {s.shape[0]})).amax(1))",
    "mask": lambda s: f"Mask({tuple(s.arrays['mask'].shape)!r})",
}  # fmt: skip
_PLAIN = {
    "identity": "nn.Identity()", "relu": "nn.ReLU()", "tanh": "nn.Tanh()", "softplus": "nn.Softplus()",
    "softsign": "nn.Softsign()", "silu": "nn.SiLU()", "mish": "nn.Mish()", "selu": "nn.SELU()",
    "hard_sigmoid": "nn.Hardsigmoid()",
}  # fmt: skip
_PARTS = {
    "Function(": """
exp, log, tanh, erf, abs = torch.exp, torch.log, torch.tanh, torch.erf, torch.abs


def maximum(u, least):
    return torch.clamp(u, min=least)


def minimum(u, most):
    return torch.clamp(u, max=most)


def greater(a, b):
    return torch.gt(torch.as_tensor(a), torch.as_tensor(b)).float()


class Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.forward = function
""",
    "PaddedConv(": """
class PaddedConv(nn.Module):
    def __init__(self, pads, *sizes, **options):
        super().__init__()
        self.pads, self.conv = pads, nn.Conv2d(*sizes, **options)

    def forward(self, x):
        return self.conv(F.pad(x, self.pads))
""",
    "PaddedMaxPool(": """
class PaddedMaxPool(nn.Module):
    def __init__(self, pads, size, stride):
        super().__init__()
        self.pads, self.size, self.stride = pads, size, stride

    def forward(self, x):
        return F.max_pool2d(F.pad(x, self.pads, value=-torch.inf), self.size, self.stride)
""",
    "PaddedAvgPool(": """
class PaddedAvgPool(nn.Module):
    def __init__(self, pads, size, stride):
        super().__init__()
        self.pads, self.size, self.stride = pads, size, stride

    def forward(self, x):
        def mean(image):
            return F.avg_pool2d(F.pad(image, self.pads), self.size, self.stride)

        return mean(x) / mean(torch.ones_like(x))
""",
    "Mask(": """
class Mask(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.register_buffer("mask", torch.ones(shape))

    def forward(self, x):
        return x * self.mask
""",
}
_WORDS = {
    "model": Text("The network; its input is", "ネットワーク。入力は"),
    "parameters": Text("What it has learnt", "学習したパラメータ"),
}
