import time
import weakref
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplayground.engine.layers.dense import Dense
from nnplayground.gui.controller import Controller
from nnplayground.training.commands import Command
from nnplayground.training.experiment import Experiment
from nnplayground.training.run import Run
from nnplayground.training.session import Session
from nnplayground.training.snapshot import Event, Snapshot, State

EXPERIMENT = Experiment()


class SlowSession:
    """A thread that answers when the test tells it to."""

    def __init__(self) -> None:
        self.sent: list[Command] = []
        self.waiting: Snapshot | None = None
        self.closed = 0
        self._first = Run(EXPERIMENT, lambda _: None).snapshot("idle", 0, ())

    def send(self, command: Command) -> int:
        self.sent.append(command)
        return len(self.sent)

    def give_way(self, busy: bool) -> None:
        pass

    def answer(self, state: State, number: int) -> None:
        self.waiting = replace(self._first, state=state, answered=number)

    def take(self) -> Snapshot | None:
        found, self.waiting = self.waiting, None
        return found

    def events(self) -> list[Event]:
        return []

    def close(self, timeout: float = 2.0) -> bool:
        self.closed += 1
        return True

    def names(self) -> list[str]:
        return [type(command).__name__ for command in self.sent]


class Painted:
    """A view that counts."""

    interval = 0.0

    def __init__(self, seen: bool = True) -> None:
        self.seen, self.count = seen, 0

    def is_seen(self) -> bool:
        return self.seen

    def probes(self, snapshot: Snapshot) -> tuple[()]:
        return ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.count += 1


@pytest.fixture
def slow() -> SlowSession:
    return SlowSession()


@pytest.fixture
def controller(slow: SlowSession, qapp: QApplication) -> Iterator[Controller]:
    made = Controller(slow)  # type: ignore[arg-type]
    yield made
    made.shutdown()


def test_a_click_counts_at_once(controller: Controller, slow: SlowSession) -> None:
    seen: list[str] = []
    controller.state_changed.connect(seen.append)
    controller.play()
    assert (controller.state, seen, slow.names()) == ("running", ["running"], ["Play"])
    controller.pause()
    assert controller.state == "paused"
    controller.reset()
    assert controller.state == "idle"


def test_news_from_before_the_click_do_not_undo_it(controller: Controller, slow: SlowSession) -> None:
    controller.play()
    controller.pause()
    slow.answer("running", 1)
    controller._tick()
    assert controller.state == "paused"
    slow.answer("paused", 2)
    controller._tick()
    assert controller.state == "paused"


def test_the_thread_has_the_last_word(controller: Controller, slow: SlowSession) -> None:
    controller.play()
    slow.answer("stopped", 1)
    controller._tick()
    assert controller.state == "stopped"
    controller.step("epoch")
    assert controller.state == "running"
    slow.answer("paused", 2)
    controller._tick()
    assert controller.state == "paused"


def test_pause_is_asked_only_of_a_run(controller: Controller, slow: SlowSession) -> None:
    controller.pause()
    assert slow.names() == []


def test_it_looks_only_while_there_is_something_to_wait_for(controller: Controller, slow: SlowSession) -> None:
    slow.answer("idle", 0)
    until_it_stops(controller)
    controller.play()
    assert controller.is_polling
    slow.answer("running", 1)
    controller._tick()
    assert controller.is_polling
    controller.pause()
    slow.answer("paused", 2)
    until_it_stops(controller)


def until_it_stops(controller: Controller) -> None:
    for _ in range(100):
        controller._tick()
        if not controller.is_polling:
            return
    raise AssertionError("it looks for ever")


def test_while_the_pen_moves_it_looks_every_other_frame(
    controller: Controller, slow: SlowSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, seen = [100.0], list[float]()
    monkeypatch.setattr(time, "perf_counter", lambda: clock[0])
    controller.snapshot.connect(lambda _: seen.append(round(clock[0] - 100, 3)))
    controller.schedule.calm_down(100.1)
    for frame in range(32):
        clock[0] = 100 + 0.016 * frame
        slow.answer("running", 0)
        controller._tick()
    assert seen[:5] == [0.0, 0.032, 0.064, 0.096, 0.128]
    assert seen[-4:] == [0.448, 0.464, 0.48, 0.496]


def test_g22_a_hidden_window_paints_nothing_and_shows_the_newest_when_it_is_back(
    controller: Controller, slow: SlowSession
) -> None:
    view = Painted()
    controller.schedule.add(view)
    controller.set_seen(False)
    controller.play()
    for _ in range(5):
        slow.answer("running", 1)
        controller._tick()
    assert view.count == 0
    controller.set_seen(True)
    controller._tick()
    assert view.count == 1


def test_a_new_seed_makes_a_paused_run_idle_and_leaves_a_running_one(controller: Controller, slow: SlowSession) -> None:
    other = EXPERIMENT.replace(seed=7)
    controller.play()
    controller.set_experiment(EXPERIMENT, other)
    assert controller.state == "running"
    controller.pause()
    controller.set_experiment(EXPERIMENT, other)
    assert controller.state == "idle"


def test_after_shutdown_nothing_is_sent(controller: Controller, slow: SlowSession) -> None:
    assert controller.shutdown()
    assert controller.shutdown()
    controller.play()
    assert slow.sent == []
    assert not controller.is_polling


def test_t11_a_frozen_window_finds_one_snapshot_and_the_newest(qtbot: QtBot) -> None:
    """Nothing queues up while nobody looks."""
    session = Session(EXPERIMENT)
    controller = Controller(session)
    seen: list[Snapshot] = []
    controller.snapshot.connect(seen.append)
    controller.play()
    qtbot.waitUntil(lambda: controller.newest is not None and controller.newest.step > 0)
    seen.clear()
    time.sleep(0.3)  # the window is busy and looks at nothing
    controller._tick()
    controller._tick()
    assert len(seen) <= 2
    controller.pause()
    settled = controller.settled(5)
    assert settled is not None
    assert (settled.state, controller.state) == ("paused", "paused")
    assert controller.shutdown()


def test_t10_a_late_answer_after_closing_reaches_nobody(qtbot: QtBot) -> None:
    session = Session(EXPERIMENT)
    controller = Controller(session)
    seen: list[object] = []
    controller.snapshot.connect(seen.append)
    controller.play()
    assert controller.shutdown(5)
    seen.clear()
    QApplication.processEvents()
    assert not seen
    assert not session.alive


def test_a_layer_that_is_taken_away_and_brought_back_is_as_it_was(qtbot: QtBot) -> None:
    controller = Controller(Session(EXPERIMENT))
    controller.step("epoch")
    qtbot.waitUntil(lambda: (found := controller.settled(5)) is not None and found.state == "paused")
    before = controller.newest
    assert before is not None
    smaller = EXPERIMENT.replace(layers=EXPERIMENT.layers[1:])
    controller.set_experiment(EXPERIMENT, smaller)
    controller.set_experiment(smaller, EXPERIMENT)
    after = controller.settled(5)
    assert after is not None and after.step == before.step
    np.testing.assert_array_equal(after.parameters, before.parameters)
    controller.set_experiment(EXPERIMENT, smaller)
    controller.step("batch")
    controller.set_experiment(smaller, EXPERIMENT)  # it has learnt since, so that is kept
    later = controller.settled(5)
    assert later is not None and not np.array_equal(later.parameters, before.parameters)
    controller.shutdown()


def test_a_parameter_is_set_and_everything_painted_anew(qtbot: QtBot) -> None:
    controller, view = Controller(Session(EXPERIMENT)), Painted()
    controller.schedule.add(view)
    controller.step("batch")
    qtbot.waitUntil(lambda: controller.settled(5) is not None and not controller.is_polling)
    count = view.count
    controller.edit_parameter(1, "b", 2, 0.625)
    qtbot.waitUntil(lambda: view.count == count + 1)
    assert controller.newest is not None
    assert controller.newest.network.views(controller.newest.parameters)[1]["b"][2] == 0.625
    controller.shutdown()


def test_what_a_change_took_away_goes_with_its_experiment(qapp: QApplication) -> None:
    controller = Controller(Session(EXPERIMENT))
    controller.prepare()
    before = controller.settled(30)
    assert before is not None
    parameters = weakref.ref(before.parameters)
    del before
    controller.set_experiment(EXPERIMENT, EXPERIMENT.replace(layers=(Dense(5), *EXPERIMENT.layers)))
    controller.settled(30)
    assert parameters() is not None  # an undo would bring them back
    controller.load(EXPERIMENT)
    controller.settled(30)
    assert parameters() is None
    assert controller.shutdown()
