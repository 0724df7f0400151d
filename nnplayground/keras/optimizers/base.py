"""What all optimizers have in common."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, ClassVar

from nnplayground.engine.optimizers import Optimizer as Entry
from nnplayground.engine.optimizers import optimizers as registry
from nnplayground.keras import names
from nnplayground.keras.names import changed_options, code_of
from nnplayground.keras.optimizers.schedules import ByStep, LearningRateSchedule, Scaled
from nnplayground.keras.problems import made, number, refuse
from nnplayground.training.experiment import Experiment

_RATE = next(option for option in Experiment.options() if option.name == "learning_rate")
_IDLE = {"ema_momentum": 0.99}
"""Arguments of Keras without a counterpart, whose default is neither None nor False."""


class Optimizer:
    """A rule of the engine and a learning rate, which may be set at any time.

    It counts from the next epoch on, or from the next step if a callback is told of single steps.
    """

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
            if value not in (None, False, _IDLE.get(argument)):
                raise refuse(
                    "{kind}: {argument} is not offered here; leave it out.",
                    "{kind}: {argument} は使えません。省いてください。",
                    kind=kind, argument=argument,
                )  # fmt: skip
        self.entry = entry
        self.steps_done: Callable[[], int] = lambda: 0
        """Set by the model that this is compiled for."""
        self.given = self._checked(learning_rate)
        self.weight_decay = number(kind, "weight_decay", weight_decay or 0.0)
        self.global_clipnorm = number(kind, "global_clipnorm", global_clipnorm or 0.0)
        self.name = name or kind.lower()

    def _checked(self, rate: Any) -> float | LearningRateSchedule:
        if isinstance(rate, LearningRateSchedule):
            return rate
        return number(type(self).__name__, "learning_rate", rate)

    @property
    def iterations(self) -> int:
        """Steps done since `compile`."""
        return self.steps_done()

    @property
    def learning_rate(self) -> float:
        """The learning rate of the next step."""
        return float(self.given(self.iterations)) if isinstance(self.given, LearningRateSchedule) else self.given

    @learning_rate.setter
    def learning_rate(self, rate: Any) -> None:
        if isinstance(self.given, LearningRateSchedule) and not isinstance(rate, LearningRateSchedule):
            raise refuse(
                "{kind}: the learning rate follows a schedule and cannot be set; make the optimizer with a number instead.",
                "{kind}: 学習率はスケジュールに従っているため変更できません。オプティマイザを数の学習率で作ってください。",
                kind=type(self).__name__,
            )  # fmt: skip
        self.given = self._checked(rate)

    def paced(self, experiment: Experiment, steps_per_epoch: int, ahead: int) -> Experiment:
        """`experiment` at this learning rate; `ahead` as in `ByStep`."""
        if isinstance(self.given, LearningRateSchedule):
            return experiment.replace(learning_rate=1.0, schedule=ByStep(self.given, steps_per_epoch, ahead))
        schedule = experiment.schedule.inner if isinstance(experiment.schedule, Scaled) else experiment.schedule
        if (_RATE.low or 0.0) <= self.given <= (_RATE.high or math.inf):
            return experiment.replace(learning_rate=self.given, schedule=schedule)
        return experiment.replace(learning_rate=1.0, schedule=Scaled(schedule, self.given))

    def in_window(self, experiment: Experiment, steps_per_epoch: int) -> Experiment:
        """`experiment` at this learning rate and by a schedule of the window; raises `InputProblem` if there is none."""
        if not isinstance(self.given, LearningRateSchedule):
            return made(experiment.replace, learning_rate=self.given)
        return made(experiment.replace, learning_rate=self.given(0), schedule=self.given.entry(steps_per_epoch))

    def options(self) -> dict[str, Any]:
        """The rule's options that are not as they are by default, by Keras's names."""
        return {self.renamed.get(name, name): value for name, value in changed_options(self.entry).items()}

    def code(self) -> str:
        """As Python source."""
        rate: dict[str, Any] = {"learning_rate": self.given}
        decay = {"weight_decay": self.weight_decay} if self.weight_decay else {}
        clip = {"global_clipnorm": self.global_clipnorm} if self.global_clipnorm else {}
        arguments = {**rate, **self.options(), **decay, **clip}
        if type(self) is Optimizer:
            return code_of("optimizers.custom", arguments, self.entry.id)
        return code_of(f"optimizers.{type(self).__name__}", arguments)


def entry_of(id: str, **options: Any) -> Entry:
    """The engine's rule `id`."""
    return names.entry_of(registry, id, options)
