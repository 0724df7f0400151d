"""Optimizers and learning-rate schedules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnplayground.engine.optimizers import Optimizer as Entry
from nnplayground.engine.optimizers import optimizers as registry
from nnplayground.keras.names import Kind
from nnplayground.keras.optimizers import schedules
from nnplayground.keras.optimizers.base import Optimizer, entry_of
from nnplayground.keras.optimizers.rules import SGD, Adadelta, Adagrad, Adam, AdamW, Nadam, RMSprop
from nnplayground.text import Text

_NAMES: dict[str, Callable[..., Optimizer]] = {
    "sgd": SGD,
    "adam": Adam,
    "rmsprop": RMSprop,
    "adagrad": Adagrad,
    "adadelta": Adadelta,
    "adamw": AdamW,
    "nadam": Nadam,
}


def custom(
    id: str, learning_rate: Any = 0.01, weight_decay: float | None = None, global_clipnorm: float | None = None,
    **options: Any,
) -> Optimizer:  # fmt: skip
    """Not in Keras: any optimizer of this program by its own id, with its options."""
    return Optimizer(entry_of(id, **options), learning_rate, weight_decay, global_clipnorm=global_clipnorm)


def of(entry: Entry, learning_rate: float = 0.01, weight_decay: float = 0.0) -> Optimizer:
    """The optimizer of Keras that is `entry`, or a custom one."""
    options = {o.name: getattr(entry, o.name) for o in type(entry).options()}
    if entry.id in ("momentum", "nesterov"):
        return SGD(learning_rate, nesterov=entry.id == "nesterov", weight_decay=weight_decay, **options)
    kind = _NAMES.get(entry.id)
    if kind is None or (kind is AdamW and weight_decay):
        return Optimizer(entry, learning_rate, weight_decay)
    renamed: dict[str, str] = getattr(kind, "renamed", {})
    decay = {"weight_decay": weight_decay} if weight_decay else {}
    return kind(learning_rate=learning_rate, **{renamed.get(k, k): v for k, v in options.items()}, **decay)


_KIND = Kind(Text("optimizer", "最適化手法"), "optimizers", Optimizer, _NAMES, registry, of)
get = _KIND.get

__all__ = [
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Nadam",
    "Optimizer",
    "RMSprop",
    "custom",
    "get",
    "of",
    "schedules",
]
