"""Learning epoch by epoch, and evaluating: the engine's trainer with Keras's reports around it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.losses import mean
from nnplayground.engine.plan import Plan, judge
from nnplayground.engine.plan import predict as forward
from nnplayground.keras import inputs
from nnplayground.keras.building import Built
from nnplayground.keras.callbacks import CallbackList, History, Logs, listed
from nnplayground.keras.compiling import Compiled
from nnplayground.keras.inputs import Fed
from nnplayground.keras.problems import InputProblem, number, refuse, whole
from nnplayground.keras.progress import Bar
from nnplayground.training import threads
from nnplayground.training.stopping import Watch, has_condition
from nnplayground.training.trainer import Diverged, Trainer

if TYPE_CHECKING:
    from nnplayground.keras.models import Sequential

SLICE = 0.05
"""Seconds of training between two pictures of the progress bar."""


@dataclass(frozen=True)
class Samples:
    """What a person hands to `fit` or `evaluate`."""

    x: Any
    y: Any
    sample_weight: Any = None
    class_weight: Mapping[int, float] | None = None


@dataclass(frozen=True)
class Order:
    """How to go through the samples; raises `InputProblem`."""

    batch_size: int
    epochs: int
    initial_epoch: int
    shuffle: bool
    validation_freq: int | Sequence[int]
    """Every how many epochs to validate, or after which ones, counted from 1."""

    def __post_init__(self) -> None:
        whole("fit", "epochs", self.epochs, 0)
        whole("fit", "initial_epoch", self.initial_epoch, 0)
        if not isinstance(self.validation_freq, (list, tuple)):
            object.__setattr__(self, "validation_freq", whole("fit", "validation_freq", self.validation_freq, 1))

    def validates(self, epoch: int) -> bool:
        """Whether to validate after `epoch`, counted from 0."""
        every = self.validation_freq
        return (epoch + 1) % every == 0 if isinstance(every, int) else epoch + 1 in every


def batch_size(given: Any, owner: str) -> int:
    """The batch size that is given, 32 if None; raises `InputProblem`."""
    return 32 if given is None else whole(owner, "batch_size", given, 1)


def refuse_others(owner: str, others: Mapping[str, Any]) -> None:
    """Refuse arguments that have no counterpart here."""
    for argument, value in others.items():
        if value is not None:
            raise refuse(
                "{owner}: {argument} is not offered here; leave it out.", "{owner}: {argument} は使えません。省いてください。",
                owner=owner, argument=argument,
            )  # fmt: skip


def divide(samples: Samples, share: float, given: Any) -> tuple[Samples, Samples | None]:
    """The samples to learn from, and those to validate on."""
    if given is not None:
        if not isinstance(given, (tuple, list)) or len(given) not in (2, 3):
            raise refuse(
                "validation_data must be a pair (x, y).", "validation_data は (x, y) の組で渡してください。"
            )  # fmt: skip
        return samples, Samples(*given)
    if not number("fit", "validation_split", share):
        return samples, None
    kept, left = inputs.split_off(samples.x, samples.y, samples.sample_weight, share)
    return Samples(kept[0], kept[1], kept[2], samples.class_weight), Samples(*left)


def fit(
    model: Sequential, compiled: Compiled, built: Built, samples: Samples, validation: Samples | None, order: Order,
    callbacks: Any, verbose: Any,
) -> History:  # fmt: skip
    """Learn for the epochs that are ordered; raises `InputProblem` if samples do not fit or numbers explode."""
    fed = _checked(compiled, built, samples, "")
    held = None if validation is None else _checked(compiled, built, validation, "_val")
    if not len(fed.rows):
        raise refuse("fit needs at least one sample.", "fit には 1 件以上のデータが必要です。")
    trainer = compiled.prepare(built, model.seed, min(order.batch_size, len(fed.rows)), fed, held)
    trainer.begin_epoch(order.shuffle)
    history = History()
    everyone = CallbackList(
        [*listed(callbacks), history], model, epochs=order.epochs, steps=trainer.steps_per_epoch, verbose=verbose
    )
    with threads.limited:  # as the window does: with another number of threads the last bits are others
        return _Run(model, compiled, built, trainer, everyone, verbose).run(order, held, history)


def _checked(compiled: Compiled, built: Built, samples: Samples, suffix: str) -> Fed:
    rows = inputs.rows(samples.x, built.input_shape, f"x{suffix}")
    targets = inputs.targets(samples.y, compiled.loss, built, len(rows), f"y{suffix}")
    weights = inputs.sample_weights(samples.sample_weight, samples.class_weight, targets, f"sample_weight{suffix}")
    return Fed(rows, targets, weights)


class _Run:
    """One call of `fit`."""

    def __init__(
        self,
        model: Sequential,
        compiled: Compiled,
        built: Built,
        trainer: Trainer,
        callbacks: CallbackList,
        verbose: Any,
    ) -> None:
        self.model, self.compiled, self.built, self.trainer = model, compiled, built, trainer
        self.callbacks, self.verbose = callbacks, verbose
        self.given = compiled.optimizer.given
        self.watch = Watch() if has_condition(trainer.experiment) else None

    def run(self, order: Order, held: Fed | None, history: History) -> History:
        self.model.stop_training = False
        self.callbacks.tell("on_train_begin", {})
        logs: Logs = {}
        for epoch in range(order.initial_epoch, order.epochs):
            self.callbacks.tell("on_epoch_begin", epoch, {})
            self._follow_the_learning_rate(0)
            with Bar(self.verbose, self.trainer.steps_per_epoch, f"Epoch {epoch + 1}/{order.epochs}") as bar:
                logs = self._epoch(bar)
                if held is not None and order.validates(epoch):
                    found = _measure_told(self.callbacks, self.compiled, self.built, held)
                    logs |= {f"val_{k}": v for k, v in found.items()}
                bar.end(logs)
            self.callbacks.tell("on_epoch_end", epoch, logs)
            if self.model.stop_training or (self.watch is not None and self.watch.look(self.trainer) is not None):
                break
        if self.watch is not None and self.watch.back is not None:
            self.trainer.rewrite(self.watch.back[1])
        self.callbacks.tell("on_train_end", logs)
        return history

    def _follow_the_learning_rate(self, done: int) -> None:
        """Take over what a callback set; `done` steps of this epoch are done."""
        optimizer, trainer = self.compiled.optimizer, self.trainer
        if optimizer.given != self.given:
            self.given, steps = optimizer.given, trainer.steps_per_epoch
            ahead = trainer.step_count - done - trainer.epoch_count * steps
            trainer.configure(optimizer.paced(trainer.experiment, steps, ahead))

    def _epoch(self, bar: Bar) -> Logs:
        """One epoch; its mean loss and metrics, each sample counting once, as they were when it was seen."""
        steps = self.trainer.steps_per_epoch
        singly = bool(self.compiled.metrics) or self.callbacks.watches_batches
        sums, seen, done = np.zeros(1 + len(self.compiled.metrics)), 0, 0
        count = 1 if singly or bar.shown else steps
        while done < steps and not self.model.stop_training:
            if self.callbacks.watches_batches:
                self.callbacks.tell("on_train_batch_begin", done, {})
                self._follow_the_learning_rate(done)
            began = time.perf_counter()
            part, samples = self._steps(count, done)
            sums += part
            seen += samples
            done += count
            logs = self._logs(sums / seen)
            if self.callbacks.watches_batches:
                self.callbacks.tell("on_train_batch_end", done - 1, logs)
            bar.show(done, logs)
            if not singly:
                pace = count * SLICE / max(time.perf_counter() - began, 1e-9)
                count = max(1, min(2 * count, int(pace), steps - done))
        return self._logs(sums / max(seen, 1))

    def _steps(self, count: int, done: int) -> tuple[Array, int]:
        """Do `count` steps from step `done` of the epoch; sums over their samples of loss and metrics, and how many."""
        trainer = self.trainer
        batch, all_samples = trainer.experiment.batch_size, trainer.samples
        try:
            losses = trainer.steps(count)
        except Diverged as diverged:
            found = inputs.unusable(x=trainer.data.x_train, y=trainer.targets)
            raise found or InputProblem(diverged.text) from None
        sizes = np.full(count, batch)
        sizes[-1] = min(batch, all_samples - (done + count - 1) * batch)
        sums = [float(np.dot(losses, sizes))]
        if self.compiled.metrics:
            outputs, targets = _of_plan(trainer.plan, self.compiled)
            sums += [float(np.sum(metric.measure(targets, outputs))) for metric in self.compiled.metrics]
        return np.array(sums), int(sizes.sum())

    def _logs(self, means: Array) -> Logs:
        names = [*(m.name for m in self.compiled.metrics), "loss"]
        return dict(zip(names, [*means[1:].tolist(), float(means[0])], strict=True))


def _of_plan(plan: Plan, compiled: Compiled) -> tuple[Array, Array]:
    """Outputs and targets as given of the last batch, (samples, outputs); logits if the loss takes them."""
    outputs = plan.outputs
    if compiled.loss.from_logits:
        outputs = plan.pre_activations(len(plan.network.spec.layers) - 1)
    return outputs.T, compiled.loss.given(plan.targets)


def measure(compiled: Compiled, built: Built, fed: Fed) -> Logs:
    """Loss and metrics on samples, in inference mode."""
    with np.errstate(all="ignore"):
        learning, logits = compiled.experiment(built, 0, 32).network(), compiled.loss.from_logits
        answers, each = judge(learning, built.parameters, fed.rows, fed.targets, judged=logits)
        value = mean(each, fed.weights)
    targets = compiled.loss.given(fed.targets)
    return {m.name: float(np.mean(m.measure(targets, answers))) for m in compiled.metrics} | {"loss": value}


def _measure_told(callbacks: CallbackList, compiled: Compiled, built: Built, fed: Fed) -> Logs:
    """As `measure`, and everyone is told."""
    callbacks.tell("on_test_begin", {})
    callbacks.tell("on_test_batch_begin", 0, {})
    logs = measure(compiled, built, fed)
    callbacks.tell("on_test_batch_end", 0, dict(logs))
    callbacks.tell("on_test_end", dict(logs))
    return logs


def evaluate(
    model: Sequential, compiled: Compiled, built: Built, samples: Samples, verbose: Any, size: Any, callbacks: Any
) -> Logs:  # fmt: skip
    """As `measure`, with a progress bar for batches of `size`."""
    fed = _checked(compiled, built, samples, "")
    if not len(fed.rows):
        raise refuse("evaluate needs at least one sample.", "evaluate には 1 件以上のデータが必要です。")
    steps = -(-len(fed.rows) // batch_size(size, "evaluate"))
    everyone = CallbackList(listed(callbacks), model, epochs=1, steps=steps, verbose=verbose)
    with threads.limited, Bar(verbose, steps, "") as bar:
        logs = _measure_told(everyone, compiled, built, fed)
        bar.end(logs)
    return {"loss": logs.pop("loss"), **logs}


def predict(
    model: Sequential, compiled: Compiled | None, built: Built, x: Any, verbose: Any, size: Any, callbacks: Any
) -> Array:  # fmt: skip
    """The outputs for samples, (samples, *the shape of the output)."""
    rows = inputs.rows(x, built.input_shape)
    steps = max(1, -(-len(rows) // batch_size(size, "predict")))
    everyone = CallbackList(listed(callbacks), model, epochs=1, steps=steps, verbose=verbose)
    everyone.tell("on_predict_begin", {})
    everyone.tell("on_predict_batch_begin", 0, {})
    with Bar(verbose, steps, "") as bar, np.errstate(all="ignore"):
        network = built.network if compiled is None else compiled.network(built)
        outputs = built.answers(forward(network, built.parameters, rows))
        bar.end({})
    everyone.tell("on_predict_batch_end", 0, {"outputs": outputs})
    everyone.tell("on_predict_end", {})
    return outputs
