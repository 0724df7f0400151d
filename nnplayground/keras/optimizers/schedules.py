"""Learning rates that change from step to step."""

from __future__ import annotations

from typing import Any

from nnplayground.engine.schedules import Schedule
from nnplayground.engine.schedules.cosine import Cosine
from nnplayground.engine.schedules.exponential import Exponential
from nnplayground.engine.schedules.steps import Steps
from nnplayground.keras.names import code_of
from nnplayground.keras.problems import made, require


class LearningRateSchedule:
    """Given to an optimizer in place of a number."""

    def __init__(self, initial_learning_rate: float, decay_steps: int) -> None:
        self.initial_learning_rate = float(initial_learning_rate)
        self.decay_steps = decay_steps

    def entry(self, steps_per_epoch: int) -> Schedule:
        """The engine's schedule, which counts in epochs."""
        raise NotImplementedError

    def arguments(self) -> dict[str, Any]:
        """The arguments, for the source."""
        return {"initial_learning_rate": self.initial_learning_rate, "decay_steps": self.decay_steps}

    def code(self) -> str:
        """As Python source."""
        return code_of(f"optimizers.schedules.{type(self).__name__}", self.arguments())


class ExponentialDecay(LearningRateSchedule):
    """initial * decay_rate ** (step / decay_steps); in whole powers if `staircase`."""

    def __init__(
        self, initial_learning_rate: float, decay_steps: int, decay_rate: float, staircase: bool = False
    ) -> None:  # fmt: skip
        super().__init__(initial_learning_rate, decay_steps)
        self.decay_rate = float(decay_rate)
        self.staircase = staircase

    def entry(self, steps_per_epoch: int) -> Schedule:
        epochs = self.decay_steps / steps_per_epoch
        if self.staircase:
            return made(Steps, every=epochs, drop=self.decay_rate)
        return made(Exponential, decay=self.decay_rate ** (1 / epochs))

    def arguments(self) -> dict[str, Any]:
        stairs = {"staircase": True} if self.staircase else {}
        return {**super().arguments(), "decay_rate": self.decay_rate, **stairs}


class CosineDecay(LearningRateSchedule):
    """Down to alpha * initial along half a cosine in `decay_steps` steps."""

    def __init__(
        self, initial_learning_rate: float, decay_steps: int, alpha: float = 0.0, warmup_target: None = None,
        warmup_steps: int = 0,
    ) -> None:  # fmt: skip
        require("CosineDecay", warmup_target=(warmup_target, None), warmup_steps=(warmup_steps, 0))
        super().__init__(initial_learning_rate, decay_steps)
        self.alpha = float(alpha)

    def entry(self, steps_per_epoch: int) -> Schedule:
        return made(Cosine, length=self.decay_steps / steps_per_epoch, final=self.alpha)

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), **({"alpha": self.alpha} if self.alpha else {})}
