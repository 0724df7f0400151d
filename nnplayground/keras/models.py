"""Models: a stack of layers that learns."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from os import PathLike
from typing import Any, ParamSpec, TypeVar

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.keras import fitting, inputs
from nnplayground.keras.building import Built, assemble
from nnplayground.keras.callbacks import Callback, History
from nnplayground.keras.compiling import Compiled
from nnplayground.keras.layers.base import Layer, automatic_name, engine_shape, keras_shape
from nnplayground.keras.layers.core import InputLayer
from nnplayground.keras.problems import InputProblem, refuse
from nnplayground.keras.summary import show, summary_text
from nnplayground.keras.utils import next_seed

P = ParamSpec("P")
R = TypeVar("R")


def _without_model(method: Callable[P, R]) -> Callable[P, R]:
    """`method`, refusing a model where its samples should be."""

    @functools.wraps(method)
    def checked(*arguments: P.args, **named: P.kwargs) -> R:
        if len(arguments) > 1 and isinstance(arguments[1], Sequential):
            name = method.__name__
            raise refuse(
                "{name} takes samples: write {call}, without the model itself.",
                "{name} にはデータだけを渡します。{call} と書いてください（モデル自身や self は要りません）。",
                name=name, call=f"model.{name}({'x' if name == 'predict' else 'x, y'})",
            )  # fmt: skip
        return method(*arguments, **named)

    return checked


class Sequential:
    """Layers one after the other.

    The seed of all that is random in it (weights, order of the samples, dropout) is given by `seed`, or by
    `utils.set_random_seed`. A layer of another model comes in with a copy of its weights: the two learn apart, and the
    layer's own `get_weights` is that of the first model.
    """

    def __init__(self, layers: Iterable[Any] | None = None, name: str | None = None, seed: int | None = None) -> None:
        if isinstance(layers, (Layer, Sequential)) or isinstance(name, Layer):
            raise refuse(
                "Sequential takes its layers in a list: Sequential([layers.Dense(10), layers.Dense(1)]).",
                "Sequential には層をリストで渡してください。例: Sequential([layers.Dense(10), layers.Dense(1)])",
            )
        self.name = name or automatic_name("Sequential")
        self.seed = next_seed() if seed is None else seed
        self.stop_training = False
        self.history: History | None = None
        self._layers: list[Layer] = []
        self._built: Built | None = None
        self._stale = False
        self._compiled: Compiled | None = None
        for layer in layers or ():
            self.add(layer)

    @property
    def layers(self) -> list[Layer]:
        """The layers, without the input."""
        return [layer for layer in self._layers if not isinstance(layer, InputLayer)]

    @property
    def trainable(self) -> bool:
        """Whether `fit` changes any weights; setting it sets it for all layers."""
        return any(layer.trainable for layer in self.layers)

    @trainable.setter
    def trainable(self, on: bool) -> None:
        for layer in self.layers:
            layer.trainable = on

    def add(self, layer: Any) -> None:
        """Put a layer on top; raises `InputProblem` if it does not fit. Layers below keep their weights."""
        if isinstance(layer, Sequential):
            raise refuse(
                "A model cannot be a layer here: write its layers instead, as in Sequential([*model.layers, layers.Softmax()]).",
                "モデルを層にすることはできません。Sequential([*model.layers, layers.Softmax()]) のように層を並べてください。",
            )
        if not isinstance(layer, Layer):
            raise refuse(
                "add takes a layer such as layers.Dense(10), not {given!r}.",
                "add には layers.Dense(10) のような層を渡してください（{given!r} は使えません）。",
                given=layer,
            )  # fmt: skip
        if any(layer is other for other in self._layers):
            raise refuse(
                'Layer "{name}" is in the model already; make a new one.',
                "層 {name} はすでにモデルにあります。新しく作ってください。",
                name=layer.name,
            )  # fmt: skip
        if any(layer.name == other.name for other in self._layers):
            raise refuse(
                'Two layers of the model are called "{name}"; give one of them another name.',
                "モデルに {name} という名前の層が 2 つあります。どちらかの名前を変えてください。",
                name=layer.name,
            )  # fmt: skip
        if isinstance(layer, InputLayer) and self._layers:
            raise refuse(
                "Input is the first thing in a model; put it before all layers, and once.",
                "Input はモデルの先頭に 1 つだけ置いてください。",
            )
        before = self._layers
        self._layers = [*before, layer]
        try:
            self._changed()
        except InputProblem:
            self._layers = before
            raise
        layer._owner = layer._owner or self

    def pop(self) -> Layer:
        """Take the last layer away; the others keep their weights."""
        if not self.layers:
            raise _no_layer()
        layer = self._layers.pop()
        layer._owner = None if layer._owner is self else layer._owner
        self._changed()
        return layer

    def _changed(self) -> None:
        """After a change of the stack: look whether it fits, and draw weights when they are needed."""
        self._stale = True
        if self._compiled is not None:
            self._compiled.trainer = None
        if (shape := self._input_shape()) is not None:
            assemble(self._layers, shape)

    def _input_shape(self) -> Shape | None:
        """The engine's shape of the input, if it is known."""
        first = next(iter(self._layers), None)
        if first is not None and first.given_shape is not None:
            return first.given_shape
        if self._built is not None:
            return self._built.input_shape
        owner: Sequential | None = None if first is None else first._owner
        if owner is None or owner is self or owner.layers[0] is not first:
            return None
        return owner._input_shape()

    def build(self, input_shape: Any = None) -> None:
        """Draw the first weights for samples of a shape; (None, 784), (32, 784) and (784,) mean the same."""
        self._ready(None if input_shape is None else _without_batch(input_shape))

    def _ready(self, shape: Shape | None = None) -> Built:
        """The network; built for inputs of `shape` if nothing else says their shape."""
        if not self.layers:
            raise _no_layer()
        if self._built is None or self._stale:
            known = self._input_shape() or shape
            if known is None:
                raise refuse(
                    "The model does not know the shape of its input yet: begin it with keras.Input(shape=(784,)).",
                    "モデルの入力の形がまだわかりません。keras.Input(shape=(784,)) で始めてください。",
                )
            before = self._built
            self._built, self._stale = Built(self._layers, known, self.seed, before), False
            self._copy_from_owners(self._built, before)
        return self._built

    def _copy_from_owners(self, built: Built, before: Built | None) -> None:
        """Layers of other models begin with the weights that they have there."""
        for layer in self.layers:
            here = layer._owner is self or (before is not None and layer in before.places)
            if not here and layer._owner is not None and layer._owner._input_shape() is not None:
                built.set_weights_of(layer, layer.get_weights())

    def _ready_for(self, x: Any) -> Built:
        return self._ready(None if self._built is not None else inputs.shape_of_samples(x))

    def compile(
        self, optimizer: Any = "rmsprop", loss: Any = None, metrics: Sequence[Any] | None = None, **others: Any
    ) -> None:
        """Choose how the model learns; the optimizer starts afresh, weights stay."""
        self._compiled = Compiled(optimizer, loss, metrics, others)

    @property
    def optimizer(self) -> Any:
        """The optimizer, or None."""
        return None if self._compiled is None else self._compiled.optimizer

    @property
    def metrics_names(self) -> list[str]:
        """What `evaluate` returns, by name."""
        return [] if self._compiled is None else ["loss", *(m.name for m in self._compiled.metrics)]

    def _compilation(self) -> Compiled:
        if self._compiled is None:
            raise refuse(
                'Call model.compile first, as in model.compile(optimizer="sgd", loss="mse").',
                '先に model.compile を呼んでください。例: model.compile(optimizer="sgd", loss="mse")',
            )
        return self._compiled

    @_without_model
    def fit(
        self, x: Any = None, y: Any = None, batch_size: int | None = None, epochs: int = 1, verbose: Any = "auto",
        callbacks: Sequence[Callback] | Callback | None = None, validation_split: float = 0.0, validation_data: Any = None,
        shuffle: bool = True, class_weight: dict[int, float] | None = None, sample_weight: Any = None,
        initial_epoch: int = 0, validation_freq: int = 1, **others: Any,
    ) -> History:  # fmt: skip
        """Learn from samples `x` and labels `y`; returns the history of losses and metrics."""
        fitting.refuse_others("fit", others)
        compiled, built = self._compilation(), self._ready_for(x)
        order = fitting.Order(fitting.batch_size(batch_size, "fit"), epochs, initial_epoch, shuffle, validation_freq)
        samples = fitting.Samples(inputs.inner(x, built.input_shape), y, sample_weight, class_weight)
        samples, validation = fitting.divide(samples, validation_split, validation_data)
        self.history = fitting.fit(self, compiled, built, samples, validation, order, callbacks, verbose)
        return self.history

    @_without_model
    def evaluate(
        self, x: Any = None, y: Any = None, batch_size: int | None = None, verbose: Any = "auto", sample_weight: Any = None,
        steps: None = None, callbacks: Any = None, return_dict: bool = False, **others: Any,
    ) -> Any:  # fmt: skip
        """The loss on samples, or [loss, metrics...] if there are metrics."""
        fitting.refuse_others("evaluate", {"steps": steps, **others})
        compiled, built = self._compilation(), self._ready_for(x)
        samples = fitting.Samples(x, y, sample_weight)
        logs = fitting.evaluate(self, compiled, built, samples, verbose, batch_size, callbacks)
        if return_dict:
            return logs
        return list(logs.values()) if compiled.metrics else logs["loss"]

    @_without_model
    def predict(
        self, x: Any, batch_size: int | None = None, verbose: Any = "auto", steps: None = None, callbacks: Any = None
    ) -> Array:
        """The outputs for samples, (samples, outputs) or (samples, height, width, channels)."""
        fitting.refuse_others("predict", {"steps": steps})
        if isinstance(batch_size, (np.ndarray, tuple, list)):
            raise refuse(
                "predict takes the samples alone: write model.predict(x); the labels are for model.evaluate(x, y).",
                "predict にはデータだけを渡します。model.predict(x) と書いてください。正解ラベルは model.evaluate(x, y) に渡します。",
            )
        return fitting.predict(self, self._compiled, self._ready_for(x), x, verbose, batch_size, callbacks)

    def __call__(self, x: Any, training: bool = False) -> Array:
        """The outputs for samples, without a progress bar."""
        if training:
            raise refuse(
                "model(x) gives the outputs of the finished model, in which Dropout does nothing; leave training={given!r} out.",
                "model(x) は学習後の出力を返し、Dropout は働きません。training={given!r} は省いてください。",
                given=training,
            )  # fmt: skip
        return self.predict(x, verbose=0)

    def get_weights(self) -> list[Array]:
        """Copies of all parameters, layer by layer, kernels as (in, out)."""
        built = self._ready()
        return [w for layer in self._layers for w in built.weights_of(layer)]

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Put in place what `get_weights` gives."""
        built, given = self._ready(), list(weights) if isinstance(weights, Iterable) else [weights]
        counts = [len(built.turned(layer)) for layer in self._layers]
        if sum(counts) != len(given):
            raise refuse(
                "The model has {n} arrays of weights, but {given} were given.",
                "モデルの重みは {n} 個の配列ですが、{given} 個渡されました。", n=sum(counts), given=len(given),
            )  # fmt: skip
        for layer, count in zip(self._layers, counts, strict=True):
            built.set_weights_of(layer, given[:count])
            del given[:count]

    @property
    def weights(self) -> list[Array]:
        """As `get_weights`."""
        return self.get_weights()

    def count_params(self) -> int:
        """Number of parameters."""
        return self._ready().network.size

    @property
    def input_shape(self) -> tuple[int | None, ...]:
        """Shape of the input; None is the batch."""
        return (None, *keras_shape(self._ready().input_shape, self._layers[0].given_gray))

    @property
    def output_shape(self) -> tuple[int | None, ...]:
        """Shape of the output; None is the batch."""
        return (None, *self._ready().answer_shape)

    def summary(self, line_length: int | None = None, print_fn: Any = None, **others: Any) -> None:
        """Print the layers, their shapes and numbers of parameters."""
        (print_fn or show)(summary_text(self.name, self.layers, self._ready(), line_length))

    def save(self, filepath: str | PathLike[str], overwrite: bool = True, **others: Any) -> None:
        """Save layers, parameters and what `compile` chose; `load_model` reads it. No code is in the file."""
        from nnplayground.keras.saving import save_model

        save_model(self, filepath, overwrite)

    def save_weights(self, filepath: str | PathLike[str], overwrite: bool = True) -> None:
        """Save the parameters alone, as safetensors; `load_weights` reads them into a model of the same layers."""
        from nnplayground.keras.saving import save_weights

        save_weights(self, filepath, overwrite)

    def load_weights(self, filepath: str | PathLike[str]) -> None:
        """Put in place the parameters in a file of `save_weights` or of `save`; raises `Problem`."""
        from nnplayground.keras.saving import load_weights

        load_weights(self, filepath)

    def get_layer(self, name: str | None = None, index: int | None = None) -> Layer:
        """The layer called `name`, or the one at `index`."""
        for i, layer in enumerate(self.layers):
            if layer.name == name or i == index:
                return layer
        raise refuse(
            "There is no layer {name}. There are: {names}.", "層 {name} はありません。使えるもの: {names}",
            name=name if index is None else index, names=", ".join(layer.name for layer in self.layers),
        )  # fmt: skip


def _without_batch(shape: Any) -> Shape:
    """The engine's shape of one sample; the batch is None, or the first of two sizes, or of four."""
    sizes = shape if isinstance(shape, (tuple, list)) else (shape,)
    has_batch = len(sizes) in (2, 4) or (len(sizes) > 0 and sizes[0] is None)
    return engine_shape(sizes[1:] if has_batch else sizes)


def _no_layer() -> InputProblem:
    return refuse(
        "The model has no layer; add one, as in model.add(layers.Dense(10)).",
        "モデルに層がありません。model.add(layers.Dense(10)) のように加えてください。",
    )


def save_model(model: Sequential, filepath: str | PathLike[str], overwrite: bool = True, **others: Any) -> None:
    """As `model.save`."""
    model.save(filepath, overwrite, **others)


def load_model(
    filepath: str | PathLike[str], custom_objects: Any = None, compile: bool = True, safe_mode: bool = True
) -> Sequential:  # fmt: skip
    """The model in a file that `save` wrote, and what it was compiled with if `compile`; raises `Problem`."""
    from nnplayground.keras.saving import load_model as load

    return load(filepath, compile)


__all__ = ["Sequential", "load_model", "save_model"]
