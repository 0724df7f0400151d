"""Other data is chosen: what the panes found out about the last does not stay as if it were about the new."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.data.task import Data
from nnplayground.gui.blank import LOADING
from tests.gui.driving import Driver

GATE = threading.Event()


@dataclass(frozen=True)
class Slow(ThreeClasses):
    """Comes when the gate is opened."""

    id = "slow"

    def load(self) -> Data:
        assert GATE.wait(30)
        return super().load()


@pytest.fixture
def gate():
    GATE.clear()
    yield GATE
    GATE.set()


def test_panes_say_that_other_data_is_on_its_way(drive: Callable[..., Driver], gate: threading.Event) -> None:
    driver = drive("three-classes")
    driver.window.controller.step("epoch")
    driver.wait_for_state("paused")
    panes = driver.window.docks["decision_map"], driver.window.docks["loss"]
    driver.wait(lambda: panes[0].view.answer is not None)
    shown = panes[0].view.answer
    driver.window.document.change(dataset=Slow(seed=5))
    driver.wait(lambda: driver.find(QLabel, "waiting_decision_map").isVisible())
    assert driver.find(QLabel, "waiting_decision_map").text() == driver.window.ui.text(LOADING)
    assert not panes[0].view.isVisible()
    assert panes[1].view.isVisible(), "the curve is that of the run, which goes on"
    gate.set()
    driver.wait(lambda: panes[0].view.isVisible())
    driver.wait(lambda: not np.array_equal(panes[0].view.answer.data.x_train, shown.data.x_train))


def test_an_opened_experiment_does_not_begin_with_the_map_of_the_last(
    drive: Callable[..., Driver], gate: threading.Event
) -> None:
    driver = drive("three-classes")
    view = driver.window.docks["decision_map"].view
    driver.wait(lambda: view.answer is not None)
    assert view.blank.said is None
    driver.window.document.open(driver.window.document.experiment.replace(dataset=Slow()))
    driver.wait(lambda: not view.plot.isVisible())
    waiting = driver.find(QLabel, "waiting_decision_map")  # in the view's place, or words in the view
    assert waiting.isVisible() or view.blank.said == LOADING
    gate.set()
    driver.wait(view.plot.isVisible)
