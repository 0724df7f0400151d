"""Any order of commands: the thread agrees with a model of it, loses none, and always ends."""

import threading
import time

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.training.commands import (
    Command,
    Load,
    Pause,
    Play,
    Prepare,
    Reset,
    SetExperiment,
    SetSpeed,
    Step,
    Want,
)
from nnplayground.training.experiment import Experiment
from nnplayground.training.probes.layer_sums import LayerSums
from nnplayground.training.session import Session
from nnplayground.training.snapshot import Snapshot
from nnplayground.training.trainer import Trainer

BASE = Experiment(batch_size=30, dataset=Experiment().dataset.replace(samples=60))
"""30 training samples, so that a step is an epoch, unless the batch size is changed to 7 (5 steps an epoch)."""
LAYERS = (
    (Dense(2, Sigmoid()), Dense(3, Softmax())),
    (Dense(3, ReLU()), Dense(3, Softmax())),
    (Dense(3, Softmax()),),
)
IMPOSSIBLE = (Dense(4, Softmax()),)
PATIENCE = 30.0


class SessionMachine(RuleBasedStateMachine):
    """`state` and `step` are what the thread must say once it has answered; `step` is None while it runs."""

    @initialize()
    def begin(self) -> None:
        self.session = Session(BASE)
        self.experiment = BASE
        self.refused = False
        self.state, self.step = "idle", 0
        self.ticket = 0
        self.snapshot: Snapshot | None = None

    def ask(self, command: Command) -> None:
        self.ticket = self.session.send(command)

    def answer(self) -> Snapshot:
        """The newest snapshot, once it knows of all commands and no single steps are under way."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            taken = self.session.take()
            if taken is not None:
                self.snapshot = taken
            known = self.snapshot
            if (
                known is not None
                and known.answered >= self.ticket
                and (known.state, self.state) != ("running", "paused")
            ):
                return known
            time.sleep(2e-4)
        raise AssertionError(f"no answer to command {self.ticket}: {self.snapshot}")

    @rule()
    def play(self) -> None:
        self.ask(Play())
        if not self.refused:
            self.state, self.step = "running", None

    @rule()
    def pause(self) -> None:
        self.ask(Pause())
        if self.state == "running":
            self.state = "paused"
            self.step = self.answer().step

    @rule()
    def batch(self) -> None:
        was = self.step
        self.ask(Step("batch"))
        if not self.refused:
            self.state = "paused"
            self.step = self.answer().step if was is None else was + 1

    @rule()
    def epoch(self) -> None:
        self.ask(Step("epoch"))
        if not self.refused:
            self.state = "paused"
            shown = self.answer()
            assert shown.epoch == round(shown.epoch)
            assert shown.epoch >= 1
            self.step = shown.step

    @rule()
    def reset(self) -> None:
        if self.refused:
            return
        self.ask(Reset())
        self.state, self.step = "idle", 0
        fresh = Trainer(self.experiment, self.experiment.dataset.load()).parameters
        np.testing.assert_array_equal(self.answer().parameters, fresh)

    @rule(rate=st.sampled_from([0.01, 0.1, 0.5]), batch=st.sampled_from([7, 30]))
    def live_edit(self, rate: float, batch: int) -> None:
        self.edit(self.experiment.replace(learning_rate=rate, batch_size=batch))

    @rule(layers=st.sampled_from(LAYERS))
    def layers_edit(self, layers: tuple[Dense, ...]) -> None:
        self.edit(self.experiment.replace(layers=layers))

    @rule(samples=st.sampled_from([60, 80]))
    def data_edit(self, samples: int) -> None:
        self.edit(self.experiment.replace(dataset=self.experiment.dataset.replace(samples=samples)))

    def edit(self, experiment: Experiment) -> None:
        self.ask(SetExperiment(experiment))
        self.experiment, self.refused = experiment, False

    @rule(seed=st.integers(0, 3))
    def seed_edit(self, seed: int) -> None:
        changed = seed != self.experiment.seed
        self.edit(self.experiment.replace(seed=seed))
        if changed and self.state != "running":
            self.state, self.step = "idle", 0

    @rule()
    def impossible_edit(self) -> None:
        self.ask(SetExperiment(self.experiment.replace(layers=IMPOSSIBLE)))
        self.refused = True
        if self.state == "running":
            self.state = "stopped"
            self.step = self.answer().step

    @rule(layers=st.sampled_from(LAYERS))
    def load(self, layers: tuple[Dense, ...]) -> None:
        self.experiment, self.refused = BASE.replace(layers=layers), False
        self.ask(Load(self.experiment))
        self.state, self.step = "idle", 0

    @rule()
    def prepare(self) -> None:
        self.ask(Prepare())

    @rule(wanted=st.sampled_from([(), (LayerSums(0, 10),), (LayerSums(0, 10), LayerSums(5, 10))]))
    def want(self, wanted: tuple[LayerSums, ...]) -> None:
        self.ask(Want(wanted))

    @rule(rate=st.sampled_from([None, 2000.0]))
    def speed(self, rate: float | None) -> None:
        self.ask(SetSpeed(rate))

    @precondition(lambda self: self.ticket % 3 == 0)  # not after each command: they are to meet each other too
    @invariant()
    def the_thread_agrees(self) -> None:
        shown = self.answer()
        assert shown.state == self.state
        assert self.step is None or shown.step == self.step
        assert np.isfinite(shown.parameters).all()
        assert not shown.parameters.flags.writeable
        assert len(shown.parameters) == shown.network.size
        if not self.refused:
            assert shown.experiment == self.experiment
            assert shown.network.spec == self.experiment.network_spec
        assert not [event for event in self.session.events() if event.kind == "failed"]

    def teardown(self) -> None:
        if hasattr(self, "session"):
            assert self.session.close(PATIENCE)
            assert sum(t.name == "nnplayground-training" for t in threading.enumerate()) == 0


SessionMachine.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
test_t01_m29_any_order_of_commands = SessionMachine.TestCase
