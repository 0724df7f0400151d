"""One synchronous, deterministic learner: the same experiment gives the same bytes, whoever calls it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.engine.plan import Plan
from nnplayground.training.descent import FLUSH_STEPS, descent, flush
from nnplayground.training.differences import differences
from nnplayground.training.experiment import Experiment, same_layout, same_network
from nnplayground.training.feed import Feed
from nnplayground.training.handling import frozen_places
from nnplayground.training.history import Evaluation
from nnplayground.training.measuring import measured
from nnplayground.training.order import Order
from nnplayground.training.states import Checkpoint as Checkpoint
from nnplayground.training.states import Diverged as Diverged
from nnplayground.training.surgery import Outcome, Removed, settle_normalization, transplant

GUARD_STEPS = 64
"""Steps, at least, between two checkpoints to go back to after a divergence: copying costs less than 1 % then."""
EVALUATION_SAMPLES = 2_000
"""Training samples, the first of the set, that an evaluation looks at."""


class Trainer:
    """Trains the network of `experiment` on `data`; `parameters` replaces the fresh start."""

    def __init__(self, experiment: Experiment, data: Data, parameters: Array | None = None) -> None:
        self.experiment = experiment
        self.data = data
        self.rng = np.random.default_rng(experiment.seed)
        self.network = experiment.network()
        experiment.check_memory(self.network, len(data.train_rows))
        drawn = self.network.initial_parameters(self.rng)
        self.parameters: Array = drawn if parameters is None else parameters.astype(np.float32)
        self.step_count = self._optimizer_start = 0
        self.loss = math.nan
        self._suspect = False
        self._bind()
        self._order = Order(self.samples, experiment.seed)
        self._guard = self._last_guard = self.checkpoint()

    @property
    def guard(self) -> Checkpoint:
        """The newest of the checkpoints that are kept while training."""
        return self._guard

    def adopt(self, experiment: Experiment, data: Data) -> None:
        """Take another network and its data as they were, before a `restore` fills in the numbers."""
        self.experiment, self.data = experiment, data
        self.network = experiment.network()
        self.parameters = np.zeros(self.network.size, self.parameters.dtype)
        self._bind()

    def _bind(self, state: Sequence[Array] | None = None) -> None:
        """Make what depends on the network and the data: gradients, optimizer state, targets, plans."""
        trainable = self.network.trainable
        self.gradients = np.zeros(trainable, self.parameters.dtype)
        fresh = (np.zeros_like(self.gradients) for _ in range(self.experiment.optimizer.slots))
        self.state = tuple(fresh if state is None else state)
        units, activation = self.network.output_shape[0], self.network.output_activation
        self._targets = self.data.task.targets(self.data.train_labels, units, activation)
        self._test_targets = self.data.task.targets(self.data.test_labels, units, activation)
        self._feeds: dict[int, Feed] = {}
        self._seen_as: tuple[object, ...] | None = None
        self._prepare()

    def _prepare(self) -> None:
        """Make what depends on the settings: how the parameters move, how the samples are changed and weighed."""
        experiment, learnt = self.experiment, self.parameters[: self.network.trainable]
        held = frozen_places(experiment, self.network)
        self._descent = descent(experiment, self.network, learnt, self.gradients, self.state, held)
        self._augments = experiment.augment.id != "none" and experiment.augment.fits(self.data.input_shape)
        seen_as = (experiment.class_weights, self._augments, experiment.numerical)
        if seen_as != self._seen_as:
            self._seen_as = seen_as
            self._weights = self._weighed()
            self._feeds.clear()
        for feed in self._feeds.values():
            self._instruct(feed)

    def _instruct(self, feed: Feed) -> None:
        takes_steps = self._descent.takes_steps
        feed.instruct(self._descent.steps, self.experiment.learning_rate if takes_steps else 1.0)

    def _weighed(self) -> Array | None:
        """How much each sample counts, by itself and by its class."""
        by_class, own = self.experiment.class_weights, self.data.train_weights
        if not by_class:
            return own
        each: Array = np.array(by_class, np.float32)[self.data.train_labels.astype(np.intp)]
        return each if own is None else own * each

    def _feed(self) -> Feed:
        """The next batches: of the size that is set, or the last short one of an epoch."""
        batch = min(self.experiment.batch_size, self._order.left)
        feed = self._feeds.get(batch)
        if feed is None:
            if len(self._feeds) > 1:
                self._feeds.clear()
            change = self._augment if self._augments else None
            sources = self.data.train_rows, self._targets, self._weights
            feed = Feed(batch, *sources, change, self._plan, singly=self.experiment.numerical)
            self._instruct(feed)
            self._feeds[batch] = feed
        return feed

    def _plan(self, rows: Array | None, targets: Array, first: Plan | None) -> Plan:
        plan = Plan(
            self.network, len(targets), self.parameters, self.gradients,
            training=True, rng=self.rng, rows=rows, targets=targets,
        ) if first is None or rows is None else first.beside(rows, targets)  # fmt: skip
        if self.experiment.numerical:
            plan.passes = (differences(plan, self.parameters, self.gradients, self.rng),)
        return plan

    def _augment(self, rows: Array) -> None:
        self.experiment.augment.apply(rows, self.data.input_shape, self.rng)

    def begin_epoch(self, shuffles: bool = True) -> None:
        """Leave an epoch that was broken off, and go through the samples in a new order each epoch or as they come."""
        if self._order.position or shuffles != self._order.shuffles:
            self._order.shuffles = shuffles
            self._order.start(self.samples)

    @property
    def plan(self) -> Plan:
        """The plan of the last step, with its outputs and targets."""
        return self._last_plan

    @property
    def targets(self) -> Array:
        """Targets of all training samples, (samples, outputs); not to be written to."""
        return self._targets

    @property
    def samples(self) -> int:
        """Number of training samples."""
        return len(self._targets)

    @property
    def epoch_count(self) -> int:
        """Whole epochs done."""
        return self._order.epoch

    @property
    def epoch(self) -> float:
        """Epochs done, with the share of the present one."""
        return self._order.epoch + self._order.position / self.samples

    @property
    def learning_rate(self) -> float:
        """The learning rate of the next step, by the schedule."""
        return self._rate_after(0)

    def _rate_after(self, samples: int) -> float:
        """The learning rate when `samples` samples from now have been seen."""
        epochs, position = divmod(self._order.position + samples, self.samples)
        return self._rate_at(self._order.epoch + epochs + position / self.samples)

    def _rate_at(self, epoch: float) -> float:
        return self.experiment.learning_rate * self.experiment.schedule.factor(epoch)

    @property
    def steps_per_epoch(self) -> int:
        return math.ceil(self.samples / self.experiment.batch_size)

    def steps(self, count: int) -> NDArray[np.float64]:
        """Do `count` steps and return their losses; raises `Diverged` before a bad number gets out."""
        losses = np.empty(count)
        start = self.step_count
        try:
            with np.errstate(over="call", invalid="call", divide="call", under="ignore", call=self._suspicious):
                while self.step_count < start + count:
                    done = self.step_count - start
                    found = self._stretch(count - done)
                    losses[done : done + len(found)] = found
                if not math.isfinite(float(np.dot(self.parameters, self.parameters))):
                    self._verify(losses)
        except Diverged as diverged:
            diverged.losses = losses[: max(0, self.step_count - start)]
            raise
        self.loss = float(losses[-1]) if count else self.loss
        return losses

    def step(self) -> float:
        """One mini-batch: forward, loss, backward, update. Returns the batch's loss before the update."""
        return float(self.steps(1)[0])

    def _stretch(self, most: int) -> Array:
        """Some steps in a row, at most `most`; returns their losses."""
        # What is done between steps depends on the place in the epoch, and not on how many steps somebody asked for.
        feed = self._feed()
        if self._place(feed)[0] == 0:
            if self._order.position // (feed.batch * feed.together) % max(1, FLUSH_STEPS // feed.together) == 0:
                flush(self.parameters, *self.state)
            if self.step_count - self._guard.step >= GUARD_STEPS:
                self._last_guard, self._guard = self._guard, self.checkpoint()
        losses = self._learn(most)
        if self._suspect or not math.isfinite(float(losses.sum())):
            self._verify(losses)
        return losses

    def _learn(self, most: int) -> Array:
        """Steps on batches that are judged together; returns their losses."""
        feed = self._feed()
        place, left = self._place(feed)
        count = min(most, left)
        rates = self._rates(feed.batch, count)
        plans = zip(feed.batches(self._order.next(count * feed.batch), place), rates, strict=True)
        self._last_plan = self._take_steps(plans) if self._descent.takes_steps else self._move(plans)
        self.step_count += count
        return feed.losses()

    def _place(self, feed: Feed) -> tuple[int, int]:
        """Which of the batches that are judged together comes next, and how many there are from there on."""
        done, left = self._order.position // feed.batch, self._order.left // feed.batch
        epochs, size = feed.together // self.steps_per_epoch, self.experiment.batch_size
        if epochs < 2 or self.samples % size or self._order.position % size:
            place = done % feed.together
            return place, min(feed.together - place, left)
        before = self._order.epoch % epochs
        return before * self.steps_per_epoch + done, (epochs - before - 1) * self.steps_per_epoch + left

    def _take_steps(self, plans: Iterable[tuple[Plan, float]]) -> Plan:
        """A step on each of `plans`, whose gradient is multiplied by the learning rate; returns the last of them."""
        steady = self.experiment.schedule.id == "constant"
        for plan, rate in plans:
            if not steady:
                plan.step_size = rate
            for do in plan.step:
                do()
        return plan

    def _move(self, plans: Iterable[tuple[Plan, float]]) -> Plan:
        """A step on each of `plans` with an optimizer that is told the rate; returns the last of them."""
        number, move = self.step_count - self._optimizer_start, self._descent.move
        for plan, rate in plans:
            for do in plan.step:
                do()
            number += 1
            move(rate, number)
        return plan

    def _rates(self, batch: int, count: int) -> Iterable[float]:
        """The learning rates of the next `count` steps."""
        if self.experiment.schedule.id == "constant":
            return repeat(self.experiment.learning_rate, count)
        return [self._rate_after(i * batch) for i in range(count)]

    def replay(self) -> tuple[float, Array]:
        """Loss and gradient (trainable,) of the last batch with the parameters of now, before regularization."""
        plan = self._last_plan
        rate, plan.step_size = plan.step_size, 1.0
        plan.forward()
        loss = plan.loss()
        plan.backward()
        plan.step_size = rate
        return loss, self.gradients.copy()

    def _suspicious(self, kind: str, flag: int) -> None:
        """NumPy saw an overflow or an invalid operation; some processors report some falsely, so look again."""
        self._suspect = True

    def _is_finite(self, losses: Array) -> bool:
        self._suspect = False
        return bool(np.isfinite(losses).all() and np.isfinite(self.parameters).all())

    def _verify(self, losses: Array) -> None:
        """Raise `Diverged` if losses or parameters are not finite, after going back to a good checkpoint."""
        if self._is_finite(losses):
            return
        good, last = self._last_guard, self.step_count
        # Once more from the checkpoint, step by step, to say where it began.
        self.restore(self._guard)
        while self._is_finite(self._learn(1)) and self.step_count < last:
            pass
        step, layer = self.step_count, self._bad_layer()
        # Numbers explode over some steps: those just before the bad one are finite, but no use to go on from.
        self.restore(good)
        raise Diverged(step, layer, self.step_count)

    def _bad_layer(self) -> int:
        """Where it began: at the first sums on the way forward, or else on the way back, which starts at the output."""
        last = len(self.network.spec.layers) - 1
        for index in range(last + 1):
            if not np.isfinite(self._last_plan.pre_activations(index)).all():
                return index
        bad = [i for i, _, place in self.network.each_block() if not np.isfinite(self.parameters[place]).all()]
        return max(bad, default=last)

    def checkpoint(self) -> Checkpoint:
        """The present state, as copies."""
        return Checkpoint(
            self.step_count, self._order.epoch, self._order.position, self.parameters.copy(),
            tuple(s.copy() for s in self.state), self._order.places, self.rng.bit_generator.state,
            self._order.rng.bit_generator.state, self._optimizer_start,
        )  # fmt: skip

    def restore(self, checkpoint: Checkpoint) -> None:
        """Back to `checkpoint`; the steps that follow are the same to the last bit."""
        self.step_count, order = checkpoint.step, self._order
        order.epoch, order.position, order.places = checkpoint.epoch, checkpoint.position, checkpoint.order
        self.parameters[...] = checkpoint.parameters
        for mine, kept in zip(self.state, checkpoint.state, strict=True):
            mine[...] = kept
        self.rng.bit_generator.state = checkpoint.rng
        order.rng.bit_generator.state = checkpoint.order_rng
        self._optimizer_start = checkpoint.optimizer_start
        self._guard = self._last_guard = checkpoint

    def fork(self) -> Trainer:
        """A trainer in the same state, which does the same steps, and goes its own way from here."""
        twin = Trainer(self.experiment, self.data, self.parameters)
        twin.restore(self.checkpoint())
        twin.loss, twin._order.shuffles = self.loss, self._order.shuffles
        return twin

    def configure(self, experiment: Experiment, data: Data | None = None, removed: Removed | None = None) -> Outcome:
        """Go on under a changed experiment with all that was learnt; the outcome says where the function changed.

        `data` is given when the dataset changed, `removed` names units that go (otherwise the last ones of a layer).
        Raises `Problem`, and changes nothing, if the network cannot work.
        """
        network = self.network if same_network(experiment, self.experiment) else experiment.network()
        same_optimizer = _same_rule(experiment, self.experiment)
        learnt = self.data if data is None else data
        experiment.check_memory(network, len(learnt.train_rows))
        outcome = self._operate(experiment, network, learnt, removed)
        state = [outcome.carry(s, network.trainable) for s in self.state] if same_optimizer else None
        if not same_optimizer:
            self._optimizer_start = self.step_count
        self.experiment, self.data = experiment, learnt
        if network is not self.network or data is not None or not same_optimizer:
            self.network, self.parameters = network, outcome.parameters
            self._bind(state)
        else:
            self._prepare()
        if data is not None and self.step_count == 0:
            self._order = Order(self.samples, experiment.seed)  # as if the run had begun with this data
        elif data is not None:
            self._order.start(self.samples)
        self._guard = self._last_guard = self.checkpoint()
        return outcome

    def _operate(self, experiment: Experiment, network: Network, data: Data, removed: Removed | None) -> Outcome:
        """The parameters for `network`, that of `experiment`, which may be the present one."""
        if same_layout(experiment, self.experiment):
            return Outcome(self.parameters, np.arange(network.size))
        fresh = network.initial_parameters(np.random.default_rng(experiment.seed), self.parameters.dtype)
        outcome = transplant(self.network, self.parameters, network, fresh, removed)
        settle_normalization(network, outcome.parameters, outcome.inserted, data.x_train[:EVALUATION_SAMPLES])
        return outcome

    def rewrite(self, parameters: Array) -> None:
        """Take other parameters by hand; training goes on from them."""
        self.parameters[...] = parameters
        # An equal experiment, but not the same one: whoever keeps the past can tell that the run did not get here itself.
        self.experiment = self.experiment.replace()
        self._guard = self._last_guard = self.checkpoint()

    def evaluate(self, limit: int | None = EVALUATION_SAMPLES) -> Evaluation:
        """Loss and accuracy on the first `limit` samples of both sides (None: all); changes nothing."""
        with np.errstate(all="ignore"):
            train = self._measure(self.data.x_train, self._targets, self.data.train_labels, limit)
            test = self._measure(self.data.x_test, self._test_targets, self.data.test_labels, limit)
            held = self._measure_held(limit)
        return Evaluation(self.step_count, *train, *test, *held)

    def _measure_held(self, limit: int | None) -> tuple[float | None, float | None]:
        """On the samples held back for validation, if there are any."""
        rows, labels = self.data.validation_rows, self.data.validation_labels
        if rows is None or labels is None:
            return None, None
        units, activation = self.network.output_shape[0], self.network.output_activation
        targets = self.data.task.targets(labels[:limit], units, activation)
        return self._measure(rows[:limit, :-1], targets, labels[:limit], limit)

    def _measure(
        self, rows: Array, targets: Array, labels: NDArray[np.generic], limit: int | None
    ) -> tuple[float, float | None]:
        given = rows[:limit], targets[:limit], labels[:limit]
        return measured(self.network, self.parameters, self.data.task, *given)


def _same_rule(a: Experiment, b: Experiment) -> bool:
    """Whether the optimizer's state means the same under both."""
    return (a.optimizer.id, a.optimizer.slots) == (b.optimizer.id, b.optimizer.slots)
