"""What fails, is refused or never ends in the training thread is told once, and the next play works."""

import threading
import time
from dataclasses import dataclass

import numpy as np
import pytest

from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.data.progress import report
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.plan import Plan
from nnplayground.training.commands import Load, Pause, Play, SetExperiment, SetSpeed, Step, Want
from nnplayground.training.history import History
from nnplayground.training.probes.layer_sums import LayerSums
from nnplayground.training.run import Run
from nnplayground.training.session import Session
from nnplayground.training.trainer import Trainer
from tests.training.sessions import BROKEN, EXPERIMENT, EXPLOSIVE, wait, wait_for_event


def test_a_network_that_cannot_work_is_refused_and_play_says_so_again(session):
    session.send(SetExperiment(BROKEN))
    assert "3 classes" in wait_for_event(session, "refused").text.en
    session.send(Play())
    wait_for_event(session, "refused")
    session.send(SetExperiment(EXPERIMENT))
    session.send(Step())
    assert wait(session, lambda s: s.step == 1).state == "paused"


def test_n01_divergence_stops_with_finite_parameters_and_the_next_play_works(session):
    session.send(Load(EXPLOSIVE))
    session.send(Play())
    event = wait_for_event(session, "diverged")
    stopped = wait(session, lambda s: s.state == "stopped")
    assert stopped.step < event.step
    assert (stopped.curves.steps <= stopped.step).all()
    assert np.isfinite(stopped.parameters).all()
    assert np.isfinite(stopped.curves.mean).all()
    session.send(SetExperiment(EXPLOSIVE.replace(learning_rate=1e-6)))
    session.send(Play())
    wait(session, lambda s: s.step > event.step)


class Failing:
    """Raises once, at the `nth` call from now on, and works before and after."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: type, name: str, nth: int, error: BaseException) -> None:
        self._left, self._error = nth, error
        real = getattr(owner, name)

        def call(this, *args, **kwargs):
            self._left -= 1
            if self._left == 0:
                raise self._error
            return real(this, *args, **kwargs)

        monkeypatch.setattr(owner, name, call)


@pytest.mark.parametrize("error", [RuntimeError("boom"), MemoryError(), KeyboardInterrupt(), SystemExit(3)])
def test_t06_a_fault_in_a_step_is_told_once_and_the_next_play_works(session, monkeypatch, error):
    Failing(monkeypatch, Trainer, "steps", 1, error)
    session.send(Play())
    event = wait_for_event(session, "failed")
    assert type(error).__name__ in event.details
    assert ("memory" in event.text.en) == isinstance(error, MemoryError)
    wait(session, lambda s: s.state == "stopped")
    session.send(Play())
    wait(session, lambda s: s.step > 0)


@pytest.mark.parametrize("nth", [1, 3])
@pytest.mark.parametrize(
    "where",
    [
        (Trainer, "steps"), (Trainer, "evaluate"), (Trainer, "checkpoint"), (Trainer, "_learn"), (Run, "snapshot"),
        (Run, "steps"), (Plan, "__init__"), (History, "extend"), (LayerSums, "compute"), (ThreeClasses, "load"),
        (Dense, "bind"),
    ],
    ids=lambda where: ".".join((where[0].__name__, where[1])),
)  # fmt: skip
def test_t05_wherever_the_engine_fails_it_is_told_and_the_next_play_works(session, monkeypatch, where, nth):
    wait(session, lambda s: True)
    session.send(Want((LayerSums(index=0, samples=7),)))
    Failing(monkeypatch, *where, nth, ZeroDivisionError("broken"))
    told = []
    for _ in range(nth):  # some are called once in a run
        session.send(Play())
        session.send(Load(EXPERIMENT))
    session.send(Play())
    end = time.monotonic() + 30
    while not told and time.monotonic() < end:
        session.take()  # so that there is room for the next
        told += [event for event in session.events() if event.kind == "failed"]
    assert ["ZeroDivisionError: broken" in event.text.en for event in told] == [True]
    assert where[1].replace("__init__", "Plan") in told[0].details
    session.send(Load(EXPERIMENT))
    session.send(Play(20))
    assert wait(session, lambda s: s.step == 20 and s.state == "paused").evaluation is not None
    assert not [event for event in session.events() if event.kind == "failed"]


def test_t05_a_fault_in_every_snapshot_is_told_once_and_does_not_go_round(session, monkeypatch):
    wait(session, lambda s: True)
    calls = []

    def broken(*args):
        calls.append(args)
        raise ZeroDivisionError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(Run, "snapshot", broken)
        session.send(Play())
        wait_for_event(session, "failed")
        for _ in range(50):
            session.send(SetSpeed(None))
        while session._commands.qsize():
            threading.Event().wait(0.001)
        assert len(calls) < 60
    session.send(Step())
    wait(session, lambda s: s.step > 0)


def test_n06_a_change_for_which_there_is_no_memory_is_refused_and_the_old_network_stays(session, monkeypatch):
    session.send(Step())
    before = wait(session, lambda s: s.step == 1)
    Failing(monkeypatch, Trainer, "configure", 1, MemoryError())
    session.send(SetExperiment(EXPERIMENT.replace(layers=(Dense(9), *EXPERIMENT.layers))))
    assert "not enough memory" in wait_for_event(session, "refused").text.en
    session.send(Play())
    assert "not enough memory" in wait_for_event(session, "refused").text.en, "it would train what is not shown"
    session.send(SetExperiment(EXPERIMENT))
    session.send(Want(()))
    after = wait(session, lambda s: s.answered == 5)
    assert (after.step, after.experiment) == (1, EXPERIMENT)
    np.testing.assert_array_equal(after.parameters, before.parameters)
    session.send(Step())
    wait(session, lambda s: s.step == 2)


@dataclass(frozen=True)
class Endless(ThreeClasses):
    """Data that is never ready: only cancelling ends the loading."""

    def load(self):
        while True:
            report(0.25)
            threading.Event().wait(0.001)


@pytest.mark.parametrize("cancel", [Pause(), Load(EXPERIMENT)])
def test_loading_tells_its_progress_and_can_be_cancelled(cancel):
    subject = Session(EXPERIMENT.replace(dataset=Endless()))
    try:
        subject.send(Play())
        assert wait_for_event(subject, "progress").share == 0.25
        subject.send(SetSpeed(None))
        number = subject.send(cancel)
        wait_for_event(subject, "loaded")
        assert wait(subject, lambda s: s.answered >= number).state in ("idle", "paused")
    finally:
        assert subject.close(10)


def test_t08_closing_while_data_is_loaded_ends_the_thread():
    subject = Session(EXPERIMENT.replace(dataset=Endless()))
    subject.send(Play())
    wait_for_event(subject, "progress")
    assert subject.close(10)
