"""One run of an experiment: its trainer, its history, its pace. The data is loaded when it is first needed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from copy import deepcopy

import numpy as np

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.text import Problem, Text
from nnplayground.training.changes import describe
from nnplayground.training.experiment import Experiment, same_data, same_layout, same_network, starts_afresh
from nnplayground.training.history import Evaluation, History
from nnplayground.training.kept import KeptRun, Record
from nnplayground.training.pace import Pace
from nnplayground.training.probes import Probe
from nnplayground.training.snapshot import Snapshot, State
from nnplayground.training.stopping import KEPT, Watch, has_condition
from nnplayground.training.surgery import Outcome, Removed, transplant
from nnplayground.training.teaching import TAUGHT, Lesson, few_samples, teach
from nnplayground.training.timeline import Timeline, travel
from nnplayground.training.trainer import Diverged, Trainer
from nnplayground.training.whole import whole

EVALUATION_SHARE = 0.04
"""Share of the time that evaluations may take while training runs."""
AT_ONCE = 0.03
"""Seconds that a slider which is being dragged can wait for."""
EVALUATION_PAUSE = 0.05
"""Seconds between two evaluations, at least."""

Trained = Callable[[Experiment], Array | None]


class Run:
    """Used by one thread. `trained` gives the parameters an experiment names in `weights`, or None.

    `parameters`, if given, are what it starts from instead; `kept` is how far it had come with them.
    """

    def __init__(
        self, experiment: Experiment, trained: Trained, parameters: Array | None = None, kept: KeptRun | None = None
    ) -> None:
        self.experiment = experiment
        self.trainer: Trainer | None = None
        self._kept = kept
        """Where to go on once the data is there."""
        self.history = History() if kept is None else History.of(kept.history)
        self.timeline = Timeline()
        self.pace = Pace()
        self.finished: Text | None = None
        """Why the last steps ended the training by themselves, or None."""
        self.lesson: Lesson | None = None
        """What came of the last drawing that was taught."""
        self.rewrites = 0
        """How often parameters were set by hand."""
        self.diverged: Diverged | None = None
        """The last divergence under the present settings, or None."""
        self._there: Evaluation | None = None
        """What was found where the run was brought back to, as long as it stands there."""
        self._watch = Watch() if kept is None else Watch.of(kept.watch)
        self._next_evaluation = 0.0
        self.network: Network = experiment.network()
        start = trained(experiment) if parameters is None else parameters
        self._given = start is not None if kept is None else kept.given
        """Whether the parameters came from outside and not from the seed."""
        self.parameters = self._drawn(self.network) if start is None else start.astype(np.float32)

    def _drawn(self, network: Network) -> Array:
        """The first parameters of the seed, the same that a trainer draws."""
        return network.initial_parameters(np.random.default_rng(self.experiment.seed))

    @property
    def is_loaded(self) -> bool:
        return self.trainer is not None

    @property
    def step(self) -> int:
        """Steps done."""
        if self.trainer is None:
            return self._kept.checkpoint.step if self._kept is not None and self._kept.checkpoint is not None else 0
        return self.trainer.step_count

    @property
    def epoch(self) -> float:
        """Epochs done, with the share of the present one."""
        if self.trainer is None:
            return 0.0 if self._kept is None else self._kept.epoch
        return self.trainer.epoch

    @property
    def is_in_past(self) -> bool:
        """Whether there are steps after the present one, which are given up when it goes on."""
        return self.step < self.timeline.last_step

    def load(self) -> Trainer:
        """The trainer, with its data; raises `Problem` if the data cannot be had."""
        if self.trainer is None:
            trainer = Trainer(self.experiment, self.experiment.load_data(), self.parameters)
            if self._kept is not None:
                self._kept.resume(trainer)
            self.trainer, self._kept = trainer, None
            self.timeline.note(self.trainer)
        return self.trainer

    def record(self) -> Record:
        """The run as it is now, in copies."""
        trainer = self.trainer
        parameters = (self.parameters if trainer is None else trainer.parameters).copy()
        checkpoint = trainer.checkpoint() if trainer is not None else self._kept and self._kept.checkpoint
        run = KeptRun(checkpoint or None, self.epoch, self._given, self.history.kept(), self._watch.kept())
        return Record(self.experiment, parameters, run)

    def _take_up(self) -> None:
        """Go on with what was kept before anything changes; if its data cannot be had, only the parameters stay."""
        if self._kept is None or self._kept.checkpoint is None:
            return
        try:
            self.load()
        except Problem:
            self._kept, self.history, self._given = None, History(), True

    def steps(self, count: int) -> int:
        """Do `count` steps, or fewer if a condition ends the training, and note their losses and how long they took.

        `finished` then says why it ended.
        """
        trainer = self.load()
        self._branch(trainer)
        self.finished = None
        if has_condition(self.experiment):
            count = min(count, self.steps_to_epoch_end())
        before, began = trainer.epoch, time.perf_counter()
        try:
            losses = trainer.steps(count)
        except Diverged as diverged:
            self.diverged = diverged
            self.history.extend(diverged.losses)
            self.history.truncate(trainer.step_count)
            self.timeline.truncate(trainer.step_count)
            raise
        self.pace.note(count, (trainer.epoch - before) * trainer.samples, time.perf_counter() - began)
        self.history.extend(losses)
        self.timeline.note(trainer)
        if has_condition(self.experiment) and trainer.epoch == trainer.epoch_count:
            self._look(trainer)
        return count

    def _look(self, trainer: Trainer) -> None:
        """After an epoch: find out whether to end here, and with which parameters."""
        self.finished = self._watch.look(trainer)
        if self._watch.evaluation is not None:
            self.history.evaluate(self._watch.evaluation)
        if self._watch.back is not None:
            epoch, best = self._watch.back
            self.rewrite(best, KEPT.format(epoch=epoch))

    def _branch(self, trainer: Trainer) -> None:
        """What lies after the present step is given up once training goes on from here."""
        if self.is_in_past:
            self.history.branch(trainer.step_count)
            self.timeline.truncate(trainer.step_count)

    def travel(self, step: int, quick: bool = False) -> None:
        """Bring back the state after `step` steps, under the settings of that time.

        `quick`: if finding it takes long, the nearest state before it that is kept.
        """
        if self.trainer is None:
            return
        trainer, timeline = self.trainer, self.timeline
        if trainer.step_count > timeline.last_step:
            timeline.note_now(trainer)
        step = min(max(step, timeline.first_step), timeline.last_step)
        kept = timeline.before(step)
        quick = quick and kept is not None and (step - kept.step) * self.pace.step_seconds > AT_ONCE
        travel(trainer, timeline, kept.step if quick and kept is not None else step)
        if trainer.experiment is not self.experiment:
            self.experiment, self.diverged = trainer.experiment, None
        self._there = None if quick else trainer.evaluate()
        self._watch = Watch()

    @property
    def _evaluation(self) -> Evaluation | None:
        """How good the network is, as of the present step or the last one before it where that is known."""
        if self.step >= self.timeline.last_step:
            return self.history.last_evaluation
        there = self._there
        return there if there is not None and there.step == self.step else self.history.evaluation_before(self.step)

    def fork(self) -> Run:
        """A run with the same past and the same state, which goes its own way from here; loads the data."""
        trainer = self.load().fork()
        twin = Run(self.experiment, lambda _: trainer.parameters)
        twin.trainer, twin._given = trainer, self._given
        twin.history, twin.timeline = deepcopy(self.history), self.timeline.copy()
        twin.rewrites, twin.lesson = self.rewrites, self.lesson
        return twin

    def mark(self, reason: Text) -> None:
        """Mark the present step on the curves with `reason`."""
        self.history.mark(self.step, reason)

    def steps_to_epoch_end(self) -> int:
        """Mini-batches left in the present epoch."""
        trainer = self.load()
        left = round((1 - (trainer.epoch - trainer.epoch_count)) * trainer.samples)
        return -(-left // self.experiment.batch_size)

    def reset(self, data: Data | None = None) -> None:
        """Back to the initial weights of the seed; history starts anew, data stays unless other `data` is given."""
        with whole(self):
            self.network = self.experiment.network()
            self.parameters, self._given = self._drawn(self.network), False
            self.history = History()
            self.timeline = Timeline()
            self.pace = Pace()
            self._watch, self.diverged, self._kept = Watch(), None, None
            if self.trainer is not None:
                self.trainer = Trainer(self.experiment, data or self.trainer.data)
                self.timeline.note(self.trainer)

    def configure(self, experiment: Experiment, removed: Removed | None = None) -> tuple[Text, ...]:
        """Go on under `experiment`; raises `Problem`, and changes nothing, if it cannot work.

        What was learnt is kept; `removed` names units that go. Returns what a person should know of it.
        """
        network = experiment.network()
        self._take_up()
        old, trainer = self.experiment, self.trainer
        data = None if trainer is None or same_data(old, experiment) else experiment.load_data()
        fresh = starts_afresh(old, experiment) or (self._is_untouched and not same_layout(old, experiment))
        with whole(self):
            self.experiment = experiment
            if fresh:
                self.reset(data)
                return ()
            if trainer is None:
                outcome = self._operate(old, network, removed)
                self.network, self.parameters = network, outcome.parameters
                return outcome.notes
            return self._reconfigure(trainer, old, data, removed)

    def _reconfigure(
        self, trainer: Trainer, old: Experiment, data: Data | None, removed: Removed | None
    ) -> tuple[Text, ...]:
        """Let the trainer go on under the present experiment; what it did under `old` stays in the history."""
        with whole(trainer):
            outcome = trainer.configure(self.experiment, data, removed)
            found = None if data is None and same_network(old, self.experiment) else self._measured(trainer)
        self._branch(trainer)
        self.diverged, self._watch = None, Watch()
        self.timeline.note(trainer)
        if trainer.step_count:
            for change in describe(old, self.experiment):
                self.history.mark(trainer.step_count, change)
        if found is not None:
            self.history.evaluate(found)
        return outcome.notes

    def edit(self, layer: int, name: str, index: int, value: float) -> None:
        """Set one parameter by hand, named as in `Network.views`; raises `Problem` if there is none, or no number."""
        trainer = self.trainer
        network, parameters = (
            (self.network, self.parameters) if trainer is None else (trainer.network, trainer.parameters)
        )
        places = network.addresses[layer].get(name) if 0 <= layer < len(network.addresses) else None
        if places is None or not 0 <= index < places.size or not np.isfinite(np.float32(value)):
            raise Problem(_NO_SUCH_PARAMETER.format(layer=layer + 1, name=name, index=index, value=value))
        changed = parameters.copy()
        changed[places.ravel()[index]] = value
        place = ", ".join(str(i + 1) for i in np.unravel_index(index, places.shape))
        self.rewrite(changed, _EDITED.format(layer=layer + 1, name=name, place=place, value=value))

    def rewrite(self, parameters: Array, reason: Text) -> None:
        """Go on with other `parameters` (size,), marked on the curves with `reason`; undone with those of before."""
        self._take_up()
        trainer = self.trainer
        if len(parameters) != (self.network if trainer is None else trainer.network).size:
            raise Problem(_OTHER_NETWORK)
        self._given = True
        self.rewrites += 1
        if trainer is None:
            self.parameters = parameters.astype(np.float32)
            return
        self._branch(trainer)
        trainer.rewrite(parameters)
        self.timeline.note(trainer)
        self.history.mark(trainer.step_count, reason)
        self.evaluate()

    def teach(self, row: Array, label: int) -> None:
        """Learn one drawing `row` (features,) as class `label` at once; `lesson` tells what came of it.

        Raises `Problem` for a class there is not, or if there is no data to rehearse with.
        """
        trainer = self.trainer
        network, parameters = (
            (self.network, self.parameters) if trainer is None else (trainer.network, trainer.parameters)
        )
        data = few_samples(self.experiment.dataset) if trainer is None else trainer.data
        lesson = teach(network, parameters, data, row, label)
        self.rewrite(lesson.parameters_after, TAUGHT.format(name=data.task.classes[label]))
        self.lesson = lesson

    def _operate(self, old: Experiment, network: Network, removed: Removed | None) -> Outcome:
        """The parameters for `network` before any data is there."""
        if same_layout(old, self.experiment):
            return Outcome(self.parameters, np.arange(network.size))
        return transplant(self.network, self.parameters, network, self._drawn(network), removed)

    @property
    def _is_untouched(self) -> bool:
        """Whether the parameters are still those of the seed: there is nothing to keep, and the seed should hold."""
        return not self._given and (self.trainer is None or self.trainer.step_count == 0)

    def evaluate(self) -> None:
        """Look at both sides of the split now."""
        if self.trainer is not None:
            self.history.evaluate(self._measured(self.trainer))

    def _measured(self, trainer: Trainer) -> Evaluation:
        began = time.perf_counter()
        found = trainer.evaluate()
        now = time.perf_counter()
        self._next_evaluation = now + max(EVALUATION_PAUSE, (now - began) / EVALUATION_SHARE)
        return found

    def evaluate_if_due(self) -> None:
        """Look at both sides of the split if that does not cost too much time."""
        if self.is_evaluation_due:
            self.evaluate()

    @property
    def is_evaluation_due(self) -> bool:
        """Whether another look would not cost too much time."""
        return time.perf_counter() >= self._next_evaluation

    def snapshot(self, state: State, answered: int, probes: Iterable[Probe]) -> Snapshot:
        """The run as it is now, in copies."""
        trainer = self.trainer
        network = self.network if trainer is None else trainer.network
        parameters = (self.parameters if trainer is None else trainer.parameters).copy()
        parameters.flags.writeable = False
        answers = {} if trainer is None else {probe: probe.look(self) for probe in probes}
        return Snapshot(
            state, answered, self.experiment, network, parameters,
            self.step, self.epoch,
            self.pace.samples_per_second if state == "running" else 0.0,
            self.history.curves(), self._evaluation, answers,
            max(self.timeline.last_step, self.step), self.timeline.first_step, self.timeline.size,
            self._given, self.rewrites, self.lesson,
        )  # fmt: skip


_NO_SUCH_PARAMETER = Text(
    "Layer {layer}: {name}[{index}] cannot be set to {value}; choose a parameter of the network and a finite number.",
    "第 {layer} 層の {name}[{index}] を {value} にはできません。ネットワークのパラメータと有限の数を指定してください。",
)
_EDITED = Text("layer {layer}: {name}[{place}] = {value:g}", "第 {layer} 層 {name}[{place}] = {value:g}")
_OTHER_NETWORK = Text(
    "These parameters belong to a network of another shape; undo the change of its layers first.",
    "このパラメータは形の違うネットワークのものです。先に層の変更を元に戻してください。",
)
