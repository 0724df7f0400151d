"""When training ends by itself: looked at after each epoch, so that the same settings always stop at the same step."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nnplayground.engine.arrays import Array
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.history import Evaluation

if TYPE_CHECKING:
    from nnplayground.training.trainer import Trainer

MEASURED = ("stop_loss", "stop_test_loss", "stop_accuracy", "patience")


def needs_evaluation(experiment: Experiment) -> bool:
    """Whether a condition needs a look at both sides of the split after each epoch."""
    return any(getattr(experiment, name) for name in MEASURED)


def has_condition(experiment: Experiment) -> bool:
    """Whether training may end by itself at all."""
    return experiment.stop_epochs or needs_evaluation(experiment)


@dataclass(frozen=True, eq=False)
class KeptWatch:
    """What a watch knows: limits that were told, and the best parameters so far, if patience is asked for."""

    best: Array | None = None
    best_epoch: int = 0
    best_loss: float = math.inf
    waited: int = 0
    told: frozenset[str] = frozenset()


class Watch:
    """Follows one run. A limit that was reached is told once; going on after it takes a new reason to stop."""

    def __init__(self) -> None:
        self.evaluation: Evaluation | None = None
        """What the last look found, if a condition needed it."""
        self.back: tuple[int, Array] | None = None
        """Epoch and parameters to go back to now, because the last look ended the training for want of progress."""
        self._best: Array | None = None
        self._best_epoch = 0
        self._best_loss = float("inf")
        self._waited = 0
        self._told: set[str] = set()

    def kept(self) -> KeptWatch:
        """What it knows, to go on with."""
        return KeptWatch(self._best, self._best_epoch, self._best_loss, self._waited, frozenset(self._told))

    @classmethod
    def of(cls, kept: KeptWatch) -> Watch:
        """One that goes on from `kept`."""
        made = cls()
        made._best, made._best_epoch, made._best_loss = kept.best, kept.best_epoch, kept.best_loss
        made._waited, made._told = kept.waited, set(kept.told)
        return made

    def look(self, trainer: Trainer) -> Text | None:
        """Between two epochs: why to stop, or None."""
        experiment, epoch = trainer.experiment, trainer.epoch_count
        self.back, reason = None, None
        self.evaluation = trainer.evaluate() if needs_evaluation(experiment) else None
        if self.evaluation is not None:
            reason = self._measured(experiment, self.evaluation) or self._impatient(trainer, self.evaluation)
        if reason is None and experiment.stop_epochs and epoch % experiment.epochs == 0:
            reason = _EPOCHS.format(epoch=epoch)
        return reason

    def _measured(self, experiment: Experiment, found: Evaluation) -> Text | None:
        """The first limit that was reached and not told yet."""
        loss, accuracy = found.deciding
        reached = {
            "stop_loss": found.train_loss <= experiment.stop_loss,
            "stop_test_loss": loss <= experiment.stop_test_loss,
            "stop_accuracy": accuracy is not None and accuracy >= experiment.stop_accuracy,
        }
        reason = None
        for name, is_reached in reached.items():
            limit = getattr(experiment, name)
            if not limit or not is_reached:
                self._told.discard(name)
            elif name not in self._told:
                self._told.add(name)
                reason = reason or _REACHED[name].format(side=_side(found), limit=limit)
        return reason

    def _impatient(self, trainer: Trainer, found: Evaluation) -> Text | None:
        experiment, loss = trainer.experiment, found.deciding[0]
        if not experiment.patience:
            return None
        if loss < self._best_loss:
            self._best_loss, self._waited = loss, 0
            self._best, self._best_epoch = trainer.parameters.copy(), trainer.epoch_count
            return None
        self._waited += 1
        if self._waited < experiment.patience:
            return None
        self._waited = 0
        if experiment.keep_best and self._best is not None:
            self.back = self._best_epoch, self._best
        return _NO_BETTER.format(
            side=_side(found), patience=experiment.patience, epoch=self._best_epoch, loss=self._best_loss
        )


def _side(found: Evaluation) -> Text:
    """The samples that decide."""
    return Text("validation", "検証") if found.is_validated else Text("test", "テスト")


KEPT = Text("best parameters, of epoch {epoch}", "最良のパラメータ（エポック {epoch}）")
_EPOCHS = Text("Finished: {epoch} epochs are done.", "終了: {epoch} エポックの学習が終わりました。")
_REACHED = {
    "stop_loss": Text(
        "Finished: the training loss has reached {limit:g}.", "終了: 訓練データの損失が {limit:g} に達しました。"
    ),
    "stop_test_loss": Text(
        "Finished: the {side} loss has reached {limit:g}.", "終了: {side}データの損失が {limit:g} に達しました。"
    ),
    "stop_accuracy": Text(
        "Finished: the {side} accuracy has reached {limit:.1%}.",
        "終了: {side}データの精度が {limit:.1%} に達しました。",
    ),
}
_NO_BETTER = Text(
    "Finished: the {side} loss has not fallen for {patience} epochs; the best was {loss:.4g} after epoch {epoch}.",
    "終了: {side}データの損失が {patience} エポックの間下がりませんでした。最良はエポック {epoch} の {loss:.4g} です。",
)
