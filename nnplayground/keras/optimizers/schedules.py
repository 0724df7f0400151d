"""Learning rates that change from step to step."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nnplayground.engine.schedules import Schedule
from nnplayground.engine.schedules.cosine import Cosine
from nnplayground.engine.schedules.exponential import Exponential
from nnplayground.engine.schedules.steps import Steps
from nnplayground.keras.names import code_of
from nnplayground.keras.problems import made, number, refuse, require
from nnplayground.text import Text


class LearningRateSchedule:
    """Given to an optimizer in place of a number: called with the steps done so far, it gives the learning rate.

    A class of one's own overrides `__call__`.
    """

    def __call__(self, step: int) -> float:
        """The learning rate when `step` steps are done."""
        raise NotImplementedError

    def entry(self, steps_per_epoch: int) -> Schedule:
        """The schedule of the window, which counts in epochs; raises `InputProblem` if it has none such."""
        raise refuse(
            "The window has no schedule like {kind}; save to a name that ends in .keras.",
            "ウィンドウには {kind} に当たるスケジュールがありません。名前の末尾を .keras にして保存してください。",
            kind=type(self).__name__,
        )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """The arguments, for the source and for files."""
        return {}

    def code(self) -> str:
        """As Python source."""
        return code_of(f"optimizers.schedules.{type(self).__name__}", self.arguments())


class _Decay(LearningRateSchedule):
    def __init__(self, initial_learning_rate: float, decay_steps: float, name: str | None) -> None:
        kind = type(self).__name__
        self.initial_learning_rate = number(kind, "initial_learning_rate", initial_learning_rate)
        self.decay_steps = number(kind, "decay_steps", decay_steps, above=0)
        self.name = name or kind

    def arguments(self) -> dict[str, Any]:
        steps = int(self.decay_steps) if self.decay_steps.is_integer() else self.decay_steps
        return {"initial_learning_rate": self.initial_learning_rate, "decay_steps": steps}


class ExponentialDecay(_Decay):
    """initial * decay_rate ** (step / decay_steps); in whole powers if `staircase`."""

    def __init__(
        self, initial_learning_rate: float, decay_steps: int, decay_rate: float, staircase: bool = False,
        name: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(initial_learning_rate, decay_steps, name)
        self.decay_rate = number("ExponentialDecay", "decay_rate", decay_rate, above=0)
        self.staircase = bool(staircase)

    def __call__(self, step: int) -> float:
        power = step // self.decay_steps if self.staircase else step / self.decay_steps
        return float(self.initial_learning_rate * self.decay_rate**power)

    def entry(self, steps_per_epoch: int) -> Schedule:
        epochs = self.decay_steps / steps_per_epoch
        if self.staircase:
            return made(Steps, every=epochs, drop=self.decay_rate)
        return made(Exponential, decay=self.decay_rate ** (1 / epochs))

    def arguments(self) -> dict[str, Any]:
        stairs = {"staircase": True} if self.staircase else {}
        return {**super().arguments(), "decay_rate": self.decay_rate, **stairs}


class CosineDecay(_Decay):
    """Down to alpha * initial along half a cosine in `decay_steps` steps."""

    def __init__(
        self, initial_learning_rate: float, decay_steps: int, alpha: float = 0.0, name: str | None = None,
        warmup_target: None = None, warmup_steps: int = 0,
    ) -> None:  # fmt: skip
        require("CosineDecay", warmup_target=(warmup_target, None), warmup_steps=(warmup_steps, 0))
        super().__init__(initial_learning_rate, decay_steps, name)
        self.alpha = number("CosineDecay", "alpha", alpha)

    def __call__(self, step: int) -> float:
        share = min(step / self.decay_steps, 1.0)
        return self.initial_learning_rate * (self.alpha + (1 - self.alpha) * (1 + math.cos(math.pi * share)) / 2)

    def entry(self, steps_per_epoch: int) -> Schedule:
        return made(Cosine, length=self.decay_steps / steps_per_epoch, final=self.alpha)

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), **({"alpha": self.alpha} if self.alpha else {})}


@dataclass(frozen=True)
class ByStep(Schedule):
    """A learning rate by the number of the step, for the engine, which asks by epochs."""

    id = "by_step"
    label = Text("By step", "ステップごと")

    rate: Callable[[int], float]
    steps_per_epoch: int
    ahead: int = 0
    """Steps that were done beside those of whole epochs of this length."""

    def factor(self, epoch: float) -> float:
        # the number is whole but for rounding
        return float(self.rate(self.ahead + math.floor(epoch * self.steps_per_epoch + 1e-3)))


@dataclass(frozen=True)
class Scaled(Schedule):
    """Another schedule times a number: how the engine takes a learning rate that is beyond its bounds."""

    id = "scaled"
    label = Text("Scaled", "定数倍")

    inner: Schedule
    by: float

    def factor(self, epoch: float) -> float:
        return self.by * self.inner.factor(epoch)
