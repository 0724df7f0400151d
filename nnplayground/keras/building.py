"""From a stack of layers to a network of the engine, and between its parameters and Keras's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.layers import Layer as Entry
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.keras.layers.base import Layer, has_order, keras_shape
from nnplayground.keras.layers.core import Custom
from nnplayground.keras.problems import InputProblem, refuse
from nnplayground.text import Problem, Text


@dataclass(frozen=True)
class Place:
    """Where a layer is in the engine's network: its index there (None: nowhere), and its shapes.

    `image` is the shape (C, H, W) of an image that was laid out flat somewhere before, and `image_after` of one whose
    values come out, laid out flat or not. A `gray` image is (H, W) in Keras.
    """

    index: int | None
    output_shape: Shape
    image: Shape | None
    image_after: Shape | None
    gray: bool


def assemble(layers: Sequence[Layer], input_shape: Shape) -> tuple[tuple[Entry, ...], list[Place]]:
    """The engine's layers, and the place of each of `layers`; raises `InputProblem` that names the layer.

    An activation layer after a weighted layer that has none of its own becomes that layer's activation.
    """
    entries: list[Entry] = []
    places: list[Place] = []
    before = shape = input_shape
    image: Shape | None = None
    gray = bool(layers) and layers[0].given_gray
    for layer in layers:
        activation: Activation | None = getattr(layer, "activation_entry", None)
        entry = _checked(layer, lambda layer=layer, shape=shape: layer.entry(shape))
        gray = layer.gray(gray)
        if entry is None:
            places.append(Place(None, shape, image, shape if has_order(shape) else image, gray))
            continue
        if activation is not None and entries and _takes(entries[-1], activation):
            entries[-1] = entries[-1].replace(activation=activation)
        else:
            before = shape
            entries.append(entry)
        flat = image
        shape = _checked(layer, lambda before=before: entries[-1].output_shape(before))
        layer.check_order(before, before if has_order(before) else flat)
        own = isinstance(layer, Custom) and entries[-1].id == "flatten"
        image = None if own else image_after(entries[-1], before, image)
        places.append(Place(len(entries) - 1, shape, flat, shape if has_order(shape) else image, gray))
    return tuple(entries), places


def _takes(entry: Entry, activation: Activation) -> bool:
    weighted = entry.id in ("dense", "conv2d")
    return weighted and entry.activation.id == "identity" and activation.sums_per_unit == 1


def image_after(entry: Entry, before: Shape, image: Shape | None) -> Shape | None:
    """The shape of the image that is laid out flat after `entry`, if it was `image` before, and if the order matters."""
    if entry.id == "flatten" and len(before) == 3:
        return before if has_order(before) else None
    return None if entry.id in ("dense", "reshape") else image


def _checked(layer: Layer, make: Any) -> Any:
    try:
        return make()
    except InputProblem:
        raise
    except Problem as problem:
        where = Text('Layer "{name}": {why}', "層 {name}: {why}").format(name=layer.name, why=problem.text)
        raise InputProblem(where) from None


class Built:
    """The network of a model and its parameters, one flat vector."""

    def __init__(
        self, layers: Sequence[Layer], input_shape: Shape, seed: int, before: Built | None = None
    ) -> None:  # fmt: skip
        self.input_shape = input_shape
        self.entries, places = assemble(layers, input_shape)
        self.places = dict(zip(layers, places, strict=True))
        self.network = _network(input_shape, self.entries)
        self.parameters = self._draw(layers, seed)
        for layer in layers if before is not None else ():
            self._take_over(layer, before)

    def _take_over(self, layer: Layer, before: Built | None) -> None:
        """Keep the parameters that a layer had in the network `before`, if their shapes are the same."""
        if before is not None and layer in before.places and before.shapes_of(layer) == self.shapes_of(layer):
            self.set_weights_of(layer, before.weights_of(layer))

    @property
    def units(self) -> int:
        """Number of outputs."""
        return math.prod(self.network.output_shape)

    def _draw(self, layers: Sequence[Layer], seed: int) -> Array:
        """First parameters: the weights of all layers from one generator, in order."""
        rng = np.random.default_rng(seed)
        rules = {
            p.index: layer.initializer.entry
            for layer, p in self.places.items()
            if layer.initializer and p.index is not None
        }
        vector = self.network.initial_parameters(rng, np.float64, rules)
        for layer in layers:
            if layer.bias_initializer is not None and self.places[layer].index is not None:
                bias = self.network.views(vector)[self.places[layer].index or 0]["b"]
                bias[...] = layer.bias_initializer.entry.draw(rng, bias.shape, 1, 1)
        return vector.astype(np.float32)

    def turned(self, layer: Layer, vector: Array | None = None) -> list[Array]:
        """The layer's arrays as views of the flat vector, turned as Keras has them but for a last reshape."""
        place = self.places[layer]
        if place.index is None:
            return []
        views = self.network.views(self.parameters if vector is None else vector)[place.index]
        return [layer.turned(name, views[name], place.image) for name in layer.blocks]

    def shapes_of(self, layer: Layer) -> list[Shape]:
        """The shapes of `weights_of`."""
        return [_final(view.shape, layer, name) for name, view in zip(layer.blocks, self.turned(layer), strict=True)]

    def weights_of(self, layer: Layer) -> list[Array]:
        """Copies of a layer's parameters as Keras has them."""
        return [v.reshape(s).copy() for v, s in zip(self.turned(layer), self.shapes_of(layer), strict=True)]

    def set_weights_of(self, layer: Layer, weights: Sequence[Any]) -> None:
        """Put in place what `weights_of` gives; raises `InputProblem` that names the layer and both shapes."""
        views, shapes = self.turned(layer), self.shapes_of(layer)
        if len(weights) != len(views):
            raise refuse(
                'Layer "{name}" has {n} arrays of weights, but {given} were given.',
                "層 {name} の重みは {n} 個の配列ですが、{given} 個渡されました。",
                name=layer.name, n=len(views), given=len(weights),
            )  # fmt: skip
        try:
            arrays = [np.asarray(w, np.float32) for w in weights]
        except (ValueError, TypeError):
            raise refuse(
                'Layer "{name}" needs arrays of numbers of the shapes {shapes}.',
                "層 {name} の重みは、形が {shapes} の数の配列で渡してください。",
                name=layer.name, shapes=", ".join(map(str, shapes)),
            ) from None  # fmt: skip
        for array, shape in zip(arrays, shapes, strict=True):
            if array.shape != shape:
                raise refuse(
                    'Layer "{name}" needs weights of shape {wanted}, not {given}.',
                    "層 {name} の重みの形は {wanted} です（{given} が渡されました）。",
                    name=layer.name, wanted=shape, given=array.shape,
                )  # fmt: skip
        for view, array in zip(views, arrays, strict=True):
            view[...] = array.reshape(view.shape)

    def output_shape(self, layer: Layer) -> Shape:
        """Shape after the layer as Keras writes it, without the batch."""
        place = self.places[layer]
        return keras_shape(place.output_shape, place.gray)

    @property
    def answer_shape(self) -> Shape:
        """Shape of the model's output as Keras writes it, without the batch."""
        return self.output_shape(self._last)

    def answers(self, rows: Array) -> Array:
        """The engine's outputs (samples, units) as Keras has them."""
        image = self.places[self._last].image_after
        if image is not None:
            rows = rows.reshape(len(rows), *image).transpose(0, 2, 3, 1)
        return rows.reshape(len(rows), *self.answer_shape)

    def asked(self, answers: Array) -> Array:
        """The other way round: from Keras's outputs to the engine's rows."""
        image = self.places[self._last].image_after
        if image is not None:
            answers = answers.reshape(len(answers), *image[1:], image[0]).transpose(0, 3, 1, 2)
        return answers.reshape(len(answers), self.units)

    @property
    def _last(self) -> Layer:
        return next(reversed(self.places))


def _final(shape: Shape, layer: Layer, name: str) -> Shape:
    """A dense kernel behind a flattened image is a matrix again; so is what a layer has for each feature a row."""
    if name == "W" and len(shape) == 4 and "Conv2D" not in type(layer).__name__:
        return math.prod(shape[:3]), shape[3]
    if name != "W" and len(shape) == 3 and shape[:2] != (1, 1):
        return (math.prod(shape),)
    return shape


def _network(input_shape: Shape, entries: tuple[Entry, ...]) -> Network:
    try:
        return Network(NetworkSpec(input_shape, entries))
    except Problem as problem:
        raise InputProblem(problem.text) from None
