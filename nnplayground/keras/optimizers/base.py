"""What all optimizers have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from nnplayground.engine.optimizers import Optimizer as Entry
from nnplayground.engine.optimizers import optimizers as registry
from nnplayground.engine.schedules import Schedule
from nnplayground.engine.schedules.constant import Constant
from nnplayground.keras import names
from nnplayground.keras.names import changed_options, code_of
from nnplayground.keras.optimizers.schedules import LearningRateSchedule
from nnplayground.keras.problems import refuse


class Optimizer:
    """A rule of the engine and a learning rate, which may be set at any time and counts from the next epoch on."""

    renamed: ClassVar[dict[str, str]] = {}
    """The engine's names of options that Keras calls otherwise."""

    def __init__(
        self, entry: Entry, learning_rate: Any, weight_decay: float | None = None, name: str | None = None,
        global_clipnorm: float | None = None, **others: Any,
    ) -> None:  # fmt: skip
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
        self._schedule = learning_rate if isinstance(learning_rate, LearningRateSchedule) else None
        self.learning_rate = float(self._schedule.initial_learning_rate if self._schedule else learning_rate)
        self.weight_decay = float(weight_decay or 0.0)
        self.global_clipnorm = float(global_clipnorm or 0.0)
        self.name = name or kind.lower()

    def schedule(self, steps_per_epoch: int) -> Schedule:
        """By what the learning rate is multiplied as epochs go by."""
        return Constant() if self._schedule is None else self._schedule.entry(steps_per_epoch)

    def options(self) -> dict[str, Any]:
        """The rule's options that are not as they are by default, by Keras's names."""
        return {self.renamed.get(name, name): value for name, value in changed_options(self.entry).items()}

    def code(self) -> str:
        """As Python source."""
        rate: dict[str, Any] = {"learning_rate": self._schedule or self.learning_rate}
        decay = {"weight_decay": self.weight_decay} if self.weight_decay else {}
        clip = {"global_clipnorm": self.global_clipnorm} if self.global_clipnorm else {}
        arguments = {**rate, **self.options(), **decay, **clip}
        if type(self) is Optimizer:
            return code_of("optimizers.custom", arguments, self.entry.id)
        return code_of(f"optimizers.{type(self).__name__}", arguments)


def entry_of(id: str, **options: Any) -> Entry:
    """The engine's rule `id`."""
    return names.entry_of(registry, id, options)
