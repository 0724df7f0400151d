"""The window and its thread at their worst: ten thousand clicks, changes in the middle of a step, slow panes."""

import dataclasses
import gc
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.gui.controller import Controller
from nnplayground.gui.panes import panes
from nnplayground.storage import ready_made
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.run import Run
from nnplayground.training.session import Session
from nnplayground.training.snapshot import Event, Snapshot
from tests.gui.driving import PATIENCE, SEVEN, Driver
from tests.gui.panes.test_inside_panes import EXPERIMENTS
from tests.gui.panes_of_digits import show_pane

Open = Callable[..., Driver]
EXPERIMENT = Experiment(dataset=ThreeClasses(samples=60))
WIDER = EXPERIMENT.replace(layers=(Dense(5, Tanh()), Dense(3, Softmax())))


class Gate:
    """Holds the training thread between the beginning of some steps and their end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.inside, self._open = threading.Event(), threading.Event()
        real = Run.steps

        def steps(run: Run, count: int) -> int:
            self.inside.set()
            assert self._open.wait(30)
            return real(run, count)

        monkeypatch.setattr(Run, "steps", steps)

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    return Gate(monkeypatch)


@pytest.fixture
def controller(qapp: QApplication) -> Iterator[Controller]:
    made = Controller(Session(EXPERIMENT))
    failed: list[Event] = []
    made.happened.connect(lambda event: failed.append(event) if event.kind == "failed" else None)
    yield made
    assert made.shutdown(10)
    assert not failed


def settled(controller: Controller) -> Snapshot:
    found = controller.settled(30)
    assert found is not None
    return found


def training_threads() -> int:
    return sum(thread.name == "nnplayground-training" for thread in threading.enumerate())


def snapshots() -> int:
    gc.collect()
    return sum(isinstance(each, Snapshot) for each in gc.get_objects())


def test_t02_ten_thousand_clicks_on_play_lose_none_and_leave_nothing(controller: Controller) -> None:
    before, blocks = snapshots(), []
    for _ in range(10):
        for _ in range(1_000):
            (controller.pause if controller.is_running else controller.play)()
        assert settled(controller).state == controller.state == "paused"
        gc.collect()
        blocks.append(sys.getallocatedblocks())
    controller.play()
    assert settled(controller).state == "running"
    assert training_threads() == 1
    assert snapshots() < before + 5
    assert len(settled(controller).curves.evaluations) < 5_000
    grown = np.diff(blocks)  # in one of the rounds something is imported, or computed for the first time
    assert np.median(grown) < 300, "something is kept of each click"


@pytest.mark.parametrize("clicks", [("play", "pause"), ("play", "pause", "play"), ("play", "step"), ("play", "reset")])
def test_t03_of_clicks_within_one_step_the_last_one_counts(
    controller: Controller, gate: Gate, clicks: tuple[str, ...]
) -> None:
    controller.play()
    assert gate.inside.wait(30)
    for click in clicks[1:]:
        getattr(controller, click)()
    wanted = {"pause": "paused", "play": "running", "step": "paused", "reset": "idle"}[clicks[-1]]
    assert controller.state == wanted, "as it is seen at once"
    gate.open()
    assert settled(controller).state == controller.state == wanted
    if wanted == "idle":
        assert settled(controller).step == 0


def test_t04_other_layers_come_between_two_steps_and_share_nothing_with_the_old_ones(
    controller: Controller, gate: Gate, qtbot: QtBot
) -> None:
    old = settled(controller)
    controller.play()
    assert gate.inside.wait(30)
    controller.set_experiment(EXPERIMENT, WIDER)
    run = controller._session._run
    assert run.experiment == EXPERIMENT, "the step in flight is one of the old network"
    assert run.trainer is None or run.trainer.network.spec == EXPERIMENT.network_spec
    gate.open()
    qtbot.waitUntil(lambda: settled(controller).experiment == WIDER, timeout=PATIENCE)
    controller.pause()
    new = settled(controller)
    assert new.network.spec == WIDER.network_spec
    assert len(new.parameters) == new.network.size
    assert not np.shares_memory(old.parameters, new.parameters)
    assert not np.shares_memory(new.parameters, controller._session._run.trainer.parameters)
    np.testing.assert_array_equal(old.parameters, Run(EXPERIMENT, lambda _: None).parameters)


SLOW = 60


class SlowView:
    """A view whose painting lasts until the thread has gone on by so many steps."""

    interval = 0.0

    def __init__(self, session: Session) -> None:
        self._run, self.shown = session._run, list[int]()

    def is_seen(self) -> bool:
        return True

    def probes(self, snapshot: Snapshot) -> tuple[()]:
        return ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.shown.append(snapshot.step)
        trainer = self._run.trainer
        while snapshot.state == "running" and trainer.step_count < snapshot.step + SLOW:
            threading.Event().wait(1e-3)


def test_t12_frames_of_a_slow_pane_are_dropped_and_training_does_not_wait_for_them(
    controller: Controller, qtbot: QtBot
) -> None:
    view = SlowView(controller._session)
    controller.schedule.add(view)
    controller.play()
    qtbot.waitUntil(lambda: len(view.shown) > 5, timeout=PATIENCE)
    controller.pause()
    settled(controller)
    shown = view.shown[1:6]
    # Of the many snapshots that there could have been in the meantime, at most one waited.
    assert all(later - before >= SLOW for before, later in zip(shown, shown[2:], strict=False)), shown


def test_n14_the_step_counter_goes_beyond_32_bits(drive: Open) -> None:
    driver = drive("xor")
    run = Run(driver.window.document.experiment, lambda _: None)
    trainer = run.load()
    trainer.restore(dataclasses.replace(trainer.checkpoint(), step=2**31 - 2))
    record = run.record()
    driver.window.controller.load(record.experiment, record.parameters, record.run)
    for _ in range(5):
        driver.action("step").trigger()
    driver.settle()
    assert driver.get("step") == 2**31 + 3
    driver.window.grab()


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_n12_every_pane_is_painted_whatever_the_network_has_come_to(open_pane: Open, name: str) -> None:
    experiment = EXPERIMENTS[name]
    driver = open_pane(experiment, *(pane.id for pane in panes.values() if pane().suits(experiment)))
    controller = driver.window.controller
    controller.prepare()
    if name == "digits":
        driver.draw(SEVEN)
    signs = np.where(np.arange(experiment.network().size) % 2, 1, -1)
    for size in (3.4e38, np.nan):
        controller.set_parameters((size * signs).astype(np.float32), Text.same("huge"))
        driver.settle()
        assert not driver.window.grab().isNull()
    controller.step()
    driver.settle()
    assert not driver.window.grab().isNull()


def test_t14_two_windows_know_nothing_of_each_other(drive: Open) -> None:
    first, second = drive("xor"), drive("circle")
    first.action("epoch").trigger()
    first.settle()
    second.window.document.change(learning_rate=0.5)
    second.settle()
    assert (first.get("step") > 0, second.get("step")) == (True, 0)
    assert first.window.document.experiment.learning_rate == ready_made.load("xor").learning_rate
    assert training_threads() == 2
    second.window.close()
    first.action("step").trigger()
    first.settle()
    assert first.get("state") == "paused"
    assert training_threads() == 1


class Trespasses:
    """Notes each method of something of Qt that is called outside of the main thread."""

    # These are the work itself: they are sent into a thread and touch nothing that is seen.
    allowed = frozenset({"_run", "_fetch", "_work", "_report", "_do"})

    def __init__(self) -> None:
        self.found: set[str] = set()

    def __call__(self, frame: Any, event: str, argument: object) -> None:
        if event != "call" or "/nnplayground/gui/" not in frame.f_code.co_filename:
            return
        this = frame.f_locals.get("self")
        if isinstance(this, QObject) and frame.f_code.co_name not in self.allowed:
            self.found.add(f"{type(this).__name__}.{frame.f_code.co_name}")


def test_t13_g21_nothing_of_the_window_runs_in_another_thread(drive: Open, tmp_path: Path) -> None:
    found = Trespasses()
    threading.setprofile(found)
    try:
        driver = drive("three-classes")
        driver.action("epoch").trigger()
        driver.settle()
        driver.window.document.change(layers=WIDER.layers)
        driver.window.controller.play()
        driver.wait(lambda: driver.get("step") > 20)
        assert driver.window.files.save_to(tmp_path / "a.nnp")
        driver.window.files.keeper.finish()
        driver.window.controller.load(EXPERIMENT.replace(learning_rate=1.0))
        for name in ("decision_map", "layers", "doctor", "loss_slice"):
            show_pane(driver, name)
        driver.window.controller.pause()
        driver.settle()
    finally:
        threading.setprofile(None)  # type: ignore[arg-type]
    assert not found.found
