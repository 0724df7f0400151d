"""The trained network as an ONNX graph (onnx.ai), operator set 13, written without ONNX's own package."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground import __version__
from nnplayground.engine.arrays import Shape
from nnplayground.exports import Export, Material, exports
from nnplayground.exports._protobuf import message
from nnplayground.exports._steps import Step, steps
from nnplayground.text import Text

OPERATORS, FORMAT = 13, 7
_FLOAT, _INT64 = 1, 7


@exports.register
@dataclass(frozen=True)
class Onnx(Export):
    """One graph: input "x" (batch, ...) to output "y" (batch, units), float32."""

    id = "onnx"
    label = Text("ONNX model", "ONNX モデル")
    help = Text(
        "The trained network for onnxruntime, browsers, phones and other programs: the same outputs from the same inputs.",
        "学習済みのネットワークを、onnxruntime やブラウザー、スマートフォンなどで使える形式で書き出します。",
    )
    order = 40
    suffix = ".onnx"

    def write(self, material: Material) -> bytes:
        graph = _Graph()
        name = "x"
        for step in steps(material.network, material.parameters):
            name = graph.step(step, name)
        graph.node("Identity", [name], name="y")
        shapes = (
            (11, _described("x", material.network.spec.input_shape)),
            (12, _described("y", material.network.output_shape)),
        )
        content = message(
            *((1, node) for node in graph.nodes), (2, "nnplayground"), *((5, t) for t in graph.tensors), *shapes
        )
        operators = message((1, ""), (2, OPERATORS))
        return message(
            (1, FORMAT), (2, "nnplayground"), (3, __version__), (6, material.title), (7, content), (8, operators)
        )


def _described(name: str, shape: Shape) -> bytes:
    """A value of `shape` in batches of any size."""
    sizes = [message((2, "batch")), *(message((1, size)) for size in shape)]
    tensor = message((1, _FLOAT), (2, message(*((1, size) for size in sizes))))
    return message((1, name), (2, message((1, tensor))))


class _Graph:
    """Nodes and tensors as they come; each result has a name of its own."""

    def __init__(self) -> None:
        self.nodes: list[bytes] = []
        self.tensors: list[bytes] = []

    def tensor(self, array: NDArray[Any]) -> str:
        """Put in a constant."""
        name = f"c{len(self.tensors)}"
        whole = array.dtype.kind == "i"
        data = array.astype("<i8" if whole else "<f4").tobytes()
        sizes = ((1, size) for size in array.shape)
        self.tensors.append(message(*sizes, (2, _INT64 if whole else _FLOAT), (8, name), (9, data)))
        return name

    def node(self, kind: str, inputs: Sequence[str], name: str = "", **attributes: int | float | Sequence[int]) -> str:
        """Put in an operation; returns the name of its result."""
        name = name or f"v{len(self.nodes)}"
        known = ((5, _attribute(key, value)) for key, value in attributes.items())
        self.nodes.append(message(*((1, i) for i in inputs), (2, name), (4, kind), *known))
        return name

    def step(self, step: Step, x: str) -> str:
        """Put in one step of the network after `x`."""
        values, arrays = step.values, step.arrays
        if step.kind in ("dense", "conv"):
            given = [x, self.tensor(arrays["W"]), self.tensor(arrays["b"])]
            return (
                self.node("Gemm", given, transB=1)
                if step.kind == "dense"
                else self.node("Conv", given, **_window(values))
            )
        if step.kind == "max_pool":
            return self.node("MaxPool", [x], **_window(values))
        if step.kind == "average_pool":
            return self.node("AveragePool", [x], **_window(values))
        if step.kind == "batch_norm":
            given = [x, *(self.tensor(arrays[name]) for name in ("gamma", "beta", "moving_mean", "moving_variance"))]
            return self.node("BatchNormalization", given, epsilon=float(values["epsilon"]))
        if step.kind == "reshape":
            return self._reshaped(x, step.shape)
        if step.kind == "softmax":
            return self.node("Softmax", [self._formula(f"u / {values['temperature']!r}", x)], axis=1)
        if step.kind == "prelu":
            return self.node("PRelu", [x, self.tensor(arrays["slope"])])
        if step.kind == "maxout":
            pieces = self._reshaped(x, (values["pieces"], *step.shape))
            return self.node("ReduceMax", [pieces], axes=[1], keepdims=0)
        if step.kind == "mask":
            return self.node("Mul", [x, self.tensor(arrays["mask"])])
        return x if step.kind == "dropout" else self._formula(values["f"], x)

    def _reshaped(self, x: str, shape: Shape) -> str:
        return self.node("Reshape", [x, self.tensor(np.array([-1, *shape], np.int64))])

    def _formula(self, words: str, u: str) -> str:
        return self._expression(ast.parse(words, mode="eval").body, u)

    def _expression(self, tree: ast.expr, u: str) -> str:
        """The operations of a formula over `u`."""
        match tree:
            case ast.Name("u"):
                return u
            case ast.Constant(value):
                return self.tensor(np.array(value, np.float32))
            case ast.UnaryOp(ast.USub(), inner):
                return self.node("Neg", [self._expression(inner, u)])
            case ast.BinOp(left, op, right):
                return self.node(_OPERATORS[type(op)], [self._expression(left, u), self._expression(right, u)])
            case ast.Call(ast.Name("greater"), inner):
                said = self.node("Greater", [self._expression(part, u) for part in inner])
                return self.node("Cast", [said], to=_FLOAT)
            case ast.Call(ast.Name(name), inner):
                return self.node(_CALLS[name], [self._expression(part, u) for part in inner])
        raise ValueError(ast.dump(tree))


def _window(values: dict[str, Any]) -> dict[str, Any]:
    top, bottom, left, right = values["pads"]
    return {
        "kernel_shape": [values["size"]] * 2, "strides": [values["stride"]] * 2, "pads": [top, left, bottom, right],
    }  # fmt: skip


def _attribute(name: str, value: int | float | Sequence[int]) -> bytes:
    if isinstance(value, int):
        return message((1, name), (3, value), (20, 2))
    if isinstance(value, float):
        return message((1, name), (2, value), (20, 1))
    return message((1, name), *((8, n) for n in value), (20, 7))


_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "Add", ast.Sub: "Sub", ast.Mult: "Mul", ast.Div: "Div"}
_CALLS = {
    "exp": "Exp", "log": "Log", "tanh": "Tanh", "erf": "Erf", "abs": "Abs", "maximum": "Max", "minimum": "Min",
}  # fmt: skip
