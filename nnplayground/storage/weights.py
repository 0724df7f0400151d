"""The parameters of a network as named arrays: "1.W" (out, in) and "1.b" (out,) are those of the first layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike

from nnplayground import resources
from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.engine.arrays import Array
from nnplayground.engine.layers import shape_words
from nnplayground.engine.network import Network
from nnplayground.storage.parsing import shorten
from nnplayground.storage.tensors import AnyArray, pack, unpack
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment

MAX_BYTES = 1 << 30


def to_arrays(network: Network, parameters: Array) -> dict[str, Array]:
    """Views of the flat vector `parameters` by name."""
    views = network.views(parameters)
    return {f"{i}.{name}": view for i, layer in enumerate(views, 1) for name, view in layer.items()}


def from_arrays(network: Network, arrays: Mapping[str, AnyArray], name: str = "") -> Array:
    """The flat vector in float32; raises `FileProblem` unless names and shapes are those of `network`, all finite."""
    _check_shapes(network, arrays, name)  # before anything is made for a network that a file may claim to be huge
    vector = np.zeros(network.size, np.float32)
    for key, view in to_arrays(network, vector).items():
        if arrays[key].dtype.kind != "f":
            raise FileProblem("type", _in_layer(name, key, _NOT_FLOATS))
        with np.errstate(over="ignore"):
            view[...] = arrays[key]
        if not np.isfinite(view).all():
            raise FileProblem("not-finite", _in_layer(name, key, _NOT_FINITE))
    return vector


def _check_shapes(network: Network, arrays: Mapping[str, AnyArray], name: str) -> None:
    no_memory = np.broadcast_to(np.float32(0), (network.size,))
    wanted = {key: view.shape for key, view in to_arrays(network, no_memory).items()}
    for key in sorted(wanted.keys() - arrays.keys()):
        raise FileProblem("missing", _in_layer(name, key, _MISSING))
    for key in sorted(arrays.keys() - wanted.keys()):
        raise FileProblem("extra", _in_layer(name, key, _EXTRA))
    for key, shape in wanted.items():
        if arrays[key].shape != shape:
            shapes = {"found": shape_words(arrays[key].shape), "wanted": shape_words(shape)}
            raise FileProblem("mismatch", _in_layer(name, key, _SHAPE.format(**shapes)))


def dumps(network: Network, parameters: Array, dtype: DTypeLike = np.float32) -> bytes:
    """A safetensors file of the parameters, rounded to `dtype`."""
    arrays: dict[str, AnyArray] = {key: view.astype(dtype) for key, view in to_arrays(network, parameters).items()}
    return pack(arrays, {})


def loads(data: bytes, network: Network, name: str = "") -> Array:
    """The flat vector of `network` from the bytes of a safetensors file; raises `FileProblem`."""
    arrays, description = unpack(data, name)
    if "experiment" in description:  # a file of ours, which has more than parameters
        arrays = {key: array for key, array in arrays.items() if "/" not in key}
    return from_arrays(network, arrays, name)


def read(path: Path, network: Network) -> Array:
    """The flat vector of `network` from a safetensors file; raises `FileProblem`."""
    return loads(read_bytes(path, MAX_BYTES), network, path.name)


def bundled(experiment: Experiment) -> Array | None:
    """The parameters that `experiment.weights` names in resources/models, or None; raises `Problem`."""
    return named(experiment.weights, experiment.network()) if experiment.weights else None


def named(name: str, network: Network) -> Array:
    """The parameters called `name` in resources/models; raises `FileProblem`."""
    if not name.replace("-", "").isalnum():  # a name, not a path
        raise FileProblem("unknown", _NO_MODEL.format(name=shorten(name)))
    return read(resources.path("models", name + ".safetensors"), network)


def trained(experiment: Experiment, tell: Callable[[Problem], object] = lambda _: None) -> Array | None:
    """As `bundled`, but what goes wrong is only told, and the answer is None: fresh parameters do as well."""
    try:
        return bundled(experiment)
    except Problem as problem:
        tell(FileProblem(getattr(problem, "code", "mismatch"), _FRESH.format(why=problem.text)))
        return None


def _in_layer(name: str, key: str, what: Text) -> Text:
    layer, _, block = key.partition(".")
    known = layer.isdecimal() and block
    where = Text("layer {layer}, {block}", "第 {layer} 層の {block}") if known else Text.same("{key}")
    place = where.format(layer=shorten(layer), block=shorten(block), key=shorten(key))
    return Text("{name}{place}: {what}", "{name}{place}: {what}").format(
        name=shorten(name) + ": " if name else "", place=place, what=what
    )


_MISSING = Text("is missing; the file is of another network.", "がありません。別のネットワークのファイルです。")
_EXTRA = Text(
    "is not part of this network; the file is of another network.",
    "はこのネットワークにありません。別のネットワークのファイルです。",
)
_SHAPE = Text(
    "has the shape {found}, but the network needs {wanted}; the file is of another network.",
    "の形が {found} ですが、このネットワークでは {wanted} です。別のネットワークのファイルです。",
)
_NOT_FLOATS = Text(
    "is not of floating-point numbers; save it as float32.",
    "が浮動小数点数ではありません。float32 で保存してください。",
)
_NOT_FINITE = Text(
    "holds infinite numbers or no numbers at all (NaN), in float32; take parameters from before they diverged.",
    "に（float32 で）無限大か非数（NaN）があります。発散する前のパラメータを使ってください。",
)
_NO_MODEL = Text(
    "There are no trained parameters called {name}; leave `weights` empty.",
    "{name} という学習済みパラメータはありません。weights を空にしてください。",
)
_FRESH = Text(
    "The trained parameters cannot be used, so the network starts fresh. {why}",
    "学習済みパラメータを使えないため、初期状態から始めます。{why}",
)
