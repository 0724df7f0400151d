"""What can be told of the course of learning, and can end it."""

from __future__ import annotations

import inspect
import math
import os
from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import Any

from nnplayground.keras.problems import number, refuse, require

Logs = dict[str, float]
Hook = Callable[..., Any] | None


class Callback:
    """Override what you want to be told of. `model` and `params` are set before learning begins."""

    model: Any = None
    params: Mapping[str, Any] = {}

    def set_model(self, model: Any) -> None:
        """Told the model that learns."""
        self.model = model

    def set_params(self, params: Mapping[str, Any]) -> None:
        """Told epochs, steps and verbose."""
        self.params = params

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """Before the first epoch."""

    def on_train_end(self, logs: Logs | None = None) -> None:
        """After the last epoch."""

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """Before an epoch; the first is 0."""

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """After an epoch, with its loss and metrics."""

    def on_train_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before a step; the first is 0."""
        self.on_batch_begin(batch, logs)

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """After a step, with the means since the epoch began."""
        self.on_batch_end(batch, logs)

    def on_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Another name of `on_train_batch_begin`."""

    def on_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """Another name of `on_train_batch_end`."""

    def on_test_begin(self, logs: Logs | None = None) -> None:
        """Before samples are evaluated, those for validation too."""

    def on_test_end(self, logs: Logs | None = None) -> None:
        """After samples are evaluated, with their loss and metrics."""

    def on_test_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before samples are evaluated: all of them are one batch."""

    def on_test_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """After samples are evaluated: all of them are one batch."""

    def on_predict_begin(self, logs: Logs | None = None) -> None:
        """Before outputs are worked out."""

    def on_predict_end(self, logs: Logs | None = None) -> None:
        """After outputs are worked out."""

    def on_predict_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before outputs are worked out: all samples are one batch."""

    def on_predict_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """After outputs are worked out, with them in "outputs": all samples are one batch."""


BATCH_HOOKS = ("on_train_batch_begin", "on_train_batch_end", "on_batch_begin", "on_batch_end")


def listed(callbacks: Any) -> list[Any]:
    """None, one callback, or several, as a list."""
    if isinstance(callbacks, (list, tuple)):
        return list(callbacks)
    return [] if callbacks is None else [callbacks]


class CallbackList:
    """Tells everyone. `watches_batches` if anyone wants to hear of single steps, which costs time."""

    def __init__(self, callbacks: Sequence[Any], model: Any, **params: Any) -> None:
        self.callbacks = callbacks
        for callback in callbacks:
            if not isinstance(callback, Callback):
                raise refuse(
                    "callbacks holds objects of `callbacks`, not {given!r}.",
                    "callbacks には callbacks のオブジェクトを渡してください（{given!r} は使えません）。",
                    given=callback,
                )  # fmt: skip
            callback.set_params(params)
            callback.set_model(model)
        self.watches_batches = any(
            getattr(type(c), hook) is not getattr(Callback, hook) or hook in vars(c)
            for c in callbacks
            for hook in BATCH_HOOKS
        )

    def tell(self, hook: str, *arguments: Any) -> None:
        """Call the method `hook` of everyone."""
        for callback in self.callbacks:
            getattr(callback, hook)(*arguments)


class History(Callback):
    """What `fit` returns: `history` has a list for each of loss, metrics, val_loss..., one number an epoch."""

    def __init__(self) -> None:
        self.history: dict[str, list[float]] = {}
        self.epoch: list[int] = []

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)


class LambdaCallback(Callback):
    """Functions instead of methods."""

    def __init__(
        self, on_epoch_begin: Hook = None, on_epoch_end: Hook = None, on_train_begin: Hook = None, on_train_end: Hook = None,
        on_train_batch_begin: Hook = None, on_train_batch_end: Hook = None, **hooks: Hook,
    ) -> None:  # fmt: skip
        given = {
            "on_epoch_begin": on_epoch_begin, "on_epoch_end": on_epoch_end, "on_train_begin": on_train_begin,
            "on_train_end": on_train_end, "on_train_batch_begin": on_train_batch_begin,
            "on_train_batch_end": on_train_batch_end, **hooks,
        }  # fmt: skip
        for name, hook in given.items():
            if not hasattr(Callback, name):
                raise refuse("LambdaCallback: there is no {name}.", "LambdaCallback: {name} はありません。", name=name)
            if hook is not None:
                setattr(self, name, hook)


class _Monitor(Callback):
    """Watches one number, of which less is better, or more for an accuracy."""

    def __init__(self, monitor: str, mode: str, min_delta: float = 0.0) -> None:
        self.monitor = monitor
        more = mode == "max" or (mode == "auto" and any(word in monitor for word in ("acc", "auc", "r2")))
        self.sign = -1.0 if more else 1.0
        self.min_delta = abs(min_delta)
        self.best = self.worst = self.sign * math.inf

    def value(self, logs: Logs | None) -> float:
        """The number; raises `InputProblem` if it is not measured."""
        if logs is None or self.monitor not in logs:
            raise refuse(
                "{kind} watches {monitor}, which is not measured; there are: {names}. For val_loss give fit validation_data.",
                "{kind} が見る {monitor} は測られていません（あるもの: {names}）。val_loss には fit の validation_data が必要です。",
                kind=type(self).__name__, monitor=self.monitor, names=", ".join(logs or {}),
            )  # fmt: skip
        return logs[self.monitor]

    def better(self, value: float, other: float) -> bool:
        """Whether `value` is better than `other` by more than `min_delta`."""
        return self.sign * value < self.sign * other - self.min_delta

    def improved(self, value: float) -> bool:
        """Whether `value` is the best so far; then it is kept as such."""
        better = self.better(value, self.best)
        self.best = value if better else self.best
        return better


class EarlyStopping(_Monitor):
    """Ends learning when a number has not improved, or not passed `baseline`, for `patience` epochs."""

    def __init__(
        self, monitor: str = "val_loss", min_delta: float = 0, patience: int = 0, verbose: int = 0, mode: str = "auto",
        baseline: float | None = None, restore_best_weights: bool = False, start_from_epoch: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(monitor, mode, min_delta)
        self.patience = patience
        self.verbose = verbose
        self.baseline = baseline
        self.restore_best_weights = restore_best_weights
        self.start_from_epoch = start_from_epoch

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self.wait = 0
        self.stopped_epoch = 0
        self.best_epoch = 0
        self.best = self.worst
        self.best_weights: list[Any] | None = None

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        value = self.value(logs)
        if epoch < self.start_from_epoch:
            return
        self.wait += 1
        if self.improved(value):
            self.best_epoch = epoch
            self.best_weights = self.model.get_weights() if self.restore_best_weights else None
            if self.baseline is None or self.better(value, self.baseline):
                self.wait = 0
        elif self.wait >= self.patience and epoch > 0:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def on_train_end(self, logs: Logs | None = None) -> None:
        if self.stopped_epoch and self.verbose:
            print(f"Epoch {self.stopped_epoch + 1}: early stopping")
        if self.best_weights is not None:
            self.model.set_weights(self.best_weights)


class ModelCheckpoint(_Monitor):
    """Saves the model after each epoch, or after the best ones; {epoch} and logs can stand in the file's name."""

    def __init__(
        self, filepath: str | PathLike[str], monitor: str = "val_loss", verbose: int = 0, save_best_only: bool = False,
        save_weights_only: bool = False, mode: str = "auto", save_freq: str = "epoch",
        initial_value_threshold: float | None = None,
    ) -> None:  # fmt: skip
        require("ModelCheckpoint", save_weights_only=(save_weights_only, False), save_freq=(save_freq, "epoch"))
        super().__init__(monitor, mode)
        self.filepath = os.fspath(filepath)
        self.verbose = verbose
        self.save_best_only = save_best_only
        self.best = self.worst if initial_value_threshold is None else initial_value_threshold

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        if self.save_best_only and not self.improved(self.value(logs)):
            return
        path = self._path({"epoch": epoch + 1, **(logs or {})})
        self.model.save(path)
        if self.verbose:
            print(f"Epoch {epoch + 1}: saving model to {path}")

    def _path(self, known: Mapping[str, float]) -> str:
        try:
            return self.filepath.format(**known)
        except (KeyError, IndexError, ValueError):
            raise refuse(
                "ModelCheckpoint: {path} asks for what is not measured; what can stand in braces: {names}. "
                "For val_loss give fit validation_data.",
                "ModelCheckpoint: {path} に、測られていないものがあります。波かっこに書けるもの: {names}。"
                "val_loss には fit の validation_data が必要です。",
                path=self.filepath, names=", ".join(known),
            ) from None  # fmt: skip


class _Rates(Callback):
    """Changes the learning rate; the history gets it as "learning_rate"."""

    verbose = 0

    def note(self, logs: Logs | None) -> None:
        """Put the learning rate into the `logs` of an epoch."""
        if logs is not None:
            logs["learning_rate"] = self.model.optimizer.learning_rate

    def change(self, epoch: int, rate: float) -> None:
        """Go on at another rate from `epoch`."""
        self.model.optimizer.learning_rate = rate
        if self.verbose:
            print(f"Epoch {epoch + 1}: learning rate {rate:g}")


class LearningRateScheduler(_Rates):
    """Sets the learning rate before each epoch: `schedule(epoch, rate)` or `schedule(epoch)` gives the new one."""

    def __init__(self, schedule: Callable[..., float], verbose: int = 0) -> None:
        if not callable(schedule):
            raise refuse(
                "LearningRateScheduler takes a function of the epoch, such as lambda epoch: 0.1 * 0.9**epoch, not {given!r}.",
                "LearningRateScheduler には lambda epoch: 0.1 * 0.9**epoch のようなエポックの関数を渡してください（{given!r} は使えません）。",
                given=schedule,
            )  # fmt: skip
        self.schedule = schedule
        self.verbose = verbose

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        arguments = (epoch, self.model.optimizer.learning_rate)
        given: Any = self.schedule(*arguments) if _takes(self.schedule, *arguments) else self.schedule(epoch)
        self.change(epoch, number("LearningRateScheduler", f"schedule({epoch})", given))

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        self.note(logs)


def _takes(function: Callable[..., Any], *arguments: Any) -> bool:
    """Whether `function` can be called with so many arguments."""
    try:
        inspect.signature(function).bind(*arguments)
    except (TypeError, ValueError):  # a function of C may tell no signature
        return False
    return True


class ReduceLROnPlateau(_Monitor, _Rates):
    """Lowers the learning rate when a number has not improved for `patience` epochs."""

    def __init__(
        self, monitor: str = "val_loss", factor: float = 0.1, patience: int = 10, verbose: int = 0, mode: str = "auto",
        min_delta: float = 1e-4, cooldown: int = 0, min_lr: float = 0.0,
    ) -> None:  # fmt: skip
        super().__init__(monitor, mode, min_delta)
        if factor >= 1:
            raise refuse(
                "ReduceLROnPlateau: factor is {factor}; give a number below 1.",
                "ReduceLROnPlateau: factor が {factor} です。1 より小さい数を指定してください。",
                factor=factor,
            )  # fmt: skip
        self.factor, self.patience, self.cooldown, self.min_lr = factor, patience, cooldown, min_lr
        self.verbose = verbose

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self.wait = self.rest = 0
        self.best = self.worst

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        value = self.value(logs)
        self.note(logs)
        self.rest = max(0, self.rest - 1)
        if self.improved(value) or self.rest:
            self.wait = 0
            return
        self.wait += 1
        if self.wait >= self.patience:
            rate = self.model.optimizer.learning_rate
            if rate > self.min_lr:
                self.change(epoch, max(rate * self.factor, self.min_lr))
                self.wait, self.rest = 0, self.cooldown


class TerminateOnNaN(Callback):
    """Nothing to do: learning always ends, with an error that says so, when a number is no longer finite."""
