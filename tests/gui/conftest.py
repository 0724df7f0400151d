from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.gui import create_window
from nnplayground.gui.ui import Ui
from nnplayground.gui.window import Window
from nnplayground.storage import ready_made
from nnplayground.training.experiment import Experiment
from tests.gui.driving import PATIENCE, Driver
from tests.gui.panes_of_digits import Room


@pytest.fixture
def ui(qapp: QApplication) -> Iterator[Ui]:
    """A light window in English."""
    made = Ui("en", "light")
    yield made
    made.set_language("en")
    made.set_theme_choice("light")
    delete(made)


@pytest.fixture
def drive(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Driver]]:
    """Opens the real window on an experiment, in English and light, and closes it at the end."""
    opened: list[Window] = []

    def open_window(experiment: str | None = "three-classes", **how: Any) -> Driver:
        known = {"lang": "en", "theme": "light", "settings_dir": tmp_path / "settings", **how}
        window = create_window(experiment, **known)
        opened.append(window)
        qtbot.addWidget(window)
        window.resize(1400, 900)
        window.show()
        qtbot.waitUntil(lambda: window.isActiveWindow() and window.controller.newest is not None, timeout=PATIENCE)
        qtbot.waitUntil(lambda: not window.desk.later.is_waiting, timeout=PATIENCE)
        return Driver(qtbot, window)

    yield open_window
    for window in opened:
        window.close()
        qtbot.waitUntil(window.shutdown, timeout=PATIENCE)
        window.ui.set_language("en")


@pytest.fixture
def digits_room(open_pane: Callable[..., Driver]) -> Callable[..., Driver]:
    """The canvas, the bars and the named panes over a small network for digits, without a window around them."""

    def open_room(*names: str, **changes: Any) -> Driver:
        experiment = Experiment(
            dataset=GeneratedDigits(samples=600),
            layers=(Flatten(), Dense(24, ReLU()), Dense(10, Softmax())),
        ).replace(**changes)
        return open_pane(experiment, "digit", "probabilities", *names)

    return open_room


@pytest.fixture
def open_pane(ui: Ui, qtbot: QtBot) -> Iterator[Callable[..., Driver]]:
    """The named panes over an experiment, without a window around them."""
    opened: list[Room] = []

    def open_room(experiment: Experiment, *names: str) -> Driver:
        room = Room(ui, experiment, names)
        opened.append(room)
        qtbot.addWidget(room)
        room.show()
        room.activateWindow()
        qtbot.waitUntil(lambda: room.controller.newest is not None, timeout=PATIENCE)
        return Driver(qtbot, room)

    yield open_room
    for room in opened:
        room.close()
        assert room.controller.shutdown(10)
        assert [event.details for event in room.happened if event.kind == "failed"] == []


@pytest.fixture
def plane_room(open_pane: Callable[..., Driver]) -> Callable[..., Driver]:
    """The named panes over an experiment, ready-made or a value, without a window around them; its data is loaded."""

    def open_room(experiment: str | Experiment, *names: str, size: tuple[int, int] = (560, 330)) -> Driver:
        value = ready_made.load(experiment) if isinstance(experiment, str) else experiment
        driver = open_pane(value, *names)
        driver.window.resize(size[0] * len(names), size[1])
        driver.window.controller.prepare()
        driver.settle()
        return driver

    return open_room
