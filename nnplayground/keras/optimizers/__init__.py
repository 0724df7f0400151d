"""Optimizers: a rule of the engine and a learning rate, which may be changed between epochs."""

from __future__ import annotations

from typing import Any

from nnplayground.engine.optimizers import Optimizer as Entry
from nnplayground.engine.optimizers import optimizers as registry
from nnplayground.keras.names import Kind, changed_options, code_of
from nnplayground.keras.problems import made, refuse
from nnplayground.text import Text


class Optimizer:
    """What all optimizers have. `learning_rate` may be set at any time and counts from the next epoch on."""

    def __init__(
        self,
        entry: Entry,
        learning_rate: Any,
        weight_decay: float | None = None,
        name: str | None = None,
        **others: Any,
    ) -> None:
        kind = type(self).__name__
        if "lr" in others:
            raise refuse(
                "{kind}: write learning_rate={rate} instead of lr={rate}.",
                "{kind}: lr={rate} ではなく learning_rate={rate} と書いてください。",
                kind=kind, rate=others["lr"],
            )  # fmt: skip
        for argument, value in others.items():
            if value not in (None, False):
                raise refuse(
                    "{kind}: {argument} is not offered here; leave it out.",
                    "{kind}: {argument} は使えません。省いてください。",
                    kind=kind, argument=argument,
                )  # fmt: skip
        self.entry = entry
        self.learning_rate = float(learning_rate)
        self.weight_decay = float(weight_decay or 0.0)
        self.name = name or kind.lower()

    def code(self) -> str:
        """As Python source."""
        arguments: dict[str, Any] = {"learning_rate": self.learning_rate, **changed_options(self.entry)}
        if self.weight_decay:
            arguments["weight_decay"] = self.weight_decay
        if type(self) is Optimizer:
            return code_of("optimizers.custom", arguments, self.entry.id)
        return code_of(f"optimizers.{type(self).__name__}", arguments)


def entry_of(id: str, **options: Any) -> Entry:
    """The engine's rule `id`."""
    entry: Entry = made(lambda: registry[id](**options))
    return entry


class SGD(Optimizer):
    """Gradient descent, with momentum if there is any."""

    def __init__(
        self, learning_rate: Any = 0.01, momentum: float = 0.0, nesterov: bool = False, weight_decay: float | None = None,
        name: str | None = None, **others: Any,
    ) -> None:  # fmt: skip
        id = "sgd" if momentum == 0 else "nesterov" if nesterov else "momentum"
        entry = entry_of(id, **({} if momentum == 0 else {"momentum": momentum}))
        super().__init__(entry, learning_rate, weight_decay, name, **others)

    def code(self) -> str:
        arguments: dict[str, Any] = {"learning_rate": self.learning_rate}
        if self.entry.id != "sgd":
            arguments["momentum"] = getattr(self.entry, "momentum", 0.0)
        if self.entry.id == "nesterov":
            arguments["nesterov"] = True
        if self.weight_decay:
            arguments["weight_decay"] = self.weight_decay
        return code_of("optimizers.SGD", arguments)


class Adam(Optimizer):
    """Kingma and Ba 2015."""

    def __init__(
        self, learning_rate: Any = 0.001, beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-7,
        amsgrad: bool = False, weight_decay: float | None = None, name: str | None = None, **others: Any,
    ) -> None:  # fmt: skip
        entry = entry_of("adam", beta_1=beta_1, beta_2=beta_2, epsilon=epsilon)
        super().__init__(entry, learning_rate, weight_decay, name, amsgrad=amsgrad, **others)


_BY_ENTRY: dict[str, type[SGD] | type[Adam]] = {"sgd": SGD, "momentum": SGD, "nesterov": SGD, "adam": Adam}


def custom(id: str, learning_rate: float = 0.01, weight_decay: float | None = None, **options: Any) -> Optimizer:
    """Not in Keras: any optimizer of this program by its own id, with its options."""
    return Optimizer(entry_of(id, **options), learning_rate, weight_decay)


def of(entry: Entry, learning_rate: float = 0.01, weight_decay: float = 0.0) -> Optimizer:
    """The optimizer of Keras that is `entry`, or a custom one."""
    kind = _BY_ENTRY.get(entry.id)
    if kind is None:
        return Optimizer(entry, learning_rate, weight_decay)
    options = {o.name: getattr(entry, o.name) for o in type(entry).options()}
    if entry.id == "nesterov":
        options["nesterov"] = True
    return kind(learning_rate=learning_rate, weight_decay=weight_decay or None, **options)


_KIND = Kind(
    Text("optimizer", "最適化手法"), "optimizers", Optimizer, {"sgd": SGD, "adam": Adam}, registry, of
)  # fmt: skip
get = _KIND.get
