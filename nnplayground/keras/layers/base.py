"""What all layers have in common, and how shapes and weights are turned: (H, W, C) here, (C, H, W) in the engine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.layers import Layer as Entry
from nnplayground.keras.initializers import Initializer
from nnplayground.keras.names import code_of
from nnplayground.keras.problems import refuse
from nnplayground.keras.regularizers import L1L2

_counts: Counter[str] = Counter()


def automatic_name(kind: str) -> str:
    """ "dense", "dense_1", "dense_2", ... as Keras counts its layers."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[a-z0-9])(?=[A-Z][a-z])", "_", kind).lower().replace("2_d", "2d")
    _counts[words] += 1
    return words if _counts[words] == 1 else f"{words}_{_counts[words] - 1}"


def engine_shape(shape: Any, owner: str = "input_shape") -> Shape:
    """(784,) as it is; (28, 28, 1) and (28, 28) as (1, 28, 28)."""
    given = tuple(shape) if isinstance(shape, Iterable) else (shape,)
    sizes = tuple(int(n) for n in given if isinstance(n, (int, np.integer)) and n > 0)
    if len(sizes) != len(given) or not 1 <= len(sizes) <= 3:
        raise refuse(
            "{owner}: {shape} is not (features,) or (height, width, channels); leave the batch out.",
            "{owner}: {shape} ではなく (特徴数,) か (高さ, 幅, チャネル数) にしてください。バッチの軸は書きません。",
            owner=owner, shape=given,
        )  # fmt: skip
    return sizes if len(sizes) == 1 else ((1, *sizes) if len(sizes) == 2 else (sizes[2], *sizes[:2]))


def keras_shape(shape: Shape, gray: bool = False) -> Shape:
    """(C, H, W) as (H, W, C), or as (H, W) if it is `gray`; others as they are."""
    if len(shape) != 3:
        return shape
    return shape[1:] if gray and shape[0] == 1 else (shape[1], shape[2], shape[0])


def has_order(shape: Shape) -> bool:
    """Whether values of `shape` are laid out in another order here than in the engine: several channels of several pixels."""
    return len(shape) == 3 and shape[0] > 1 and shape[1] * shape[2] > 1


class Layer:
    """A layer before it is built: its arguments. The model that it is added to holds its parameters.

    `blocks` names the engine's arrays of parameters in the order of `get_weights`.
    """

    blocks: tuple[str, ...] = ()
    initializer: Initializer | None = None
    bias_initializer: Initializer | None = None
    regularizer: L1L2 | None = None

    def __init__(
        self, *, name: str | None = None, input_shape: Any = None, input_dim: int | None = None, trainable: bool = True,
        dtype: str | None = None, **others: Any,
    ) -> None:  # fmt: skip
        kind = type(self).__name__
        for argument, value in others.items():
            if value not in (None, False):
                raise refuse(
                    "{kind}: {argument} is not offered here; leave it out.",
                    "{kind}: {argument} は使えません。省いてください。",
                    kind=kind, argument=argument,
                )  # fmt: skip
        self.trainable = trainable
        self.name = name or automatic_name(kind)
        given = (input_dim,) if input_dim is not None else input_shape
        self.given_shape: Shape | None = None if given is None else engine_shape(given)
        self.given_gray = np.size(given) == 2
        self._owner: Any = None

    @property
    def trainable(self) -> bool:
        """Whether `fit` changes the weights."""
        return self._trainable

    @trainable.setter
    def trainable(self, on: bool) -> None:
        self._trainable = bool(on)

    def entry(self, input_shape: Shape) -> Entry | None:
        """The engine's layer for inputs of `input_shape` (the engine's way round), or None if it does nothing."""
        raise NotImplementedError

    def gray(self, before: bool) -> bool:
        """Whether images after this layer are (height, width), without an axis of channels; `before` says it of its input."""
        return before

    def check_order(self, input_shape: Shape, image: Shape | None) -> None:
        """Raise `InputProblem` if values would come out in another order than in Keras; `image` as for `turned`."""

    def turned(self, block: str, view: Array, image: Shape | None) -> Array:
        """A view of an array of parameters, turned as Keras has it; one of `keras_form` shapes it in the end.

        `image` is the shape (C, H, W) of an image that was laid out flat before this layer.
        """
        return view

    def get_config(self) -> dict[str, Any]:
        """The arguments that are not as they are by default, by name."""
        raise NotImplementedError

    def code(self) -> str:
        """As Python source."""
        return code_of(f"layers.{type(self).__name__}", self.get_config())

    def __call__(self, *inputs: Any) -> Any:
        raise refuse(
            "Layers are not called here: put them into a model, as in keras.Sequential([keras.Input((4,)), layers.Dense(3)]).",
            "層を関数のように呼ぶことはできません。keras.Sequential([keras.Input((4,)), layers.Dense(3)]) のようにモデルに入れてください。",
        )

    def _built(self) -> Any:
        if self._owner is None:
            raise refuse(
                'Layer "{name}" has no weights yet; add it to a model.',
                "層 {name} にはまだ重みがありません。モデルに加えてください。",
                name=self.name,
            )  # fmt: skip
        return self._owner._ready()

    def get_weights(self) -> list[Array]:
        """Copies of the layer's parameters, in Keras's order and orientation: kernel (in, out), bias."""
        found: list[Array] = self._built().weights_of(self)
        return found

    def set_weights(self, weights: Iterable[Any]) -> None:
        """Put `weights`, as `get_weights` gives them, in place."""
        self._built().set_weights_of(self, list(weights) if isinstance(weights, Iterable) else [weights])

    @property
    def weights(self) -> list[Array]:
        """As `get_weights`."""
        return self.get_weights()

    def count_params(self) -> int:
        """Number of parameters."""
        return sum(w.size for w in self.get_weights())
