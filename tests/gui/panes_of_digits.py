"""A small room with the canvas, the bars and one more pane, for tests that need no whole window."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import predict
from nnplayground.gui.controller import Controller
from nnplayground.gui.desk import Desk
from nnplayground.gui.document import Document
from nnplayground.gui.panes import panes
from nnplayground.gui.ui import Ui
from nnplayground.training.experiment import Experiment
from nnplayground.training.session import Session
from nnplayground.training.snapshot import Event
from tests.gui.driving import Driver


class Room(QWidget):
    """What a window has, without docks, menus and designer."""

    def __init__(self, ui: Ui, experiment: Experiment, names: tuple[str, ...]) -> None:
        super().__init__()
        self.ui = ui
        self.document = Document(experiment, self)
        self.controller = Controller(Session(experiment), self)
        self.happened: list[Event] = []
        self.controller.happened.connect(self.happened.append)
        self.desk = Desk(ui, self.document, self.controller, self)
        self.document.edited.connect(lambda old, new: self.controller.set_experiment(old, new, self.document.removed))
        self.views = {name: panes[name]().build(self.desk) for name in names}
        layout = QHBoxLayout(self)
        for view in self.views.values():
            layout.addWidget(view, 1)
        self.resize(480 * len(self.views), 480)


def shares(driver: Driver, image: np.ndarray) -> Array:
    """What the network answers to `image` as it is now."""
    newest = driver.window.controller.newest
    return predict(newest.network, newest.parameters, image.reshape(1, -1))[0]


def strokes(driver: Driver) -> list[np.ndarray]:
    """What is drawn on the canvas."""
    return [np.array(s) for s in driver.find(QWidget, "digit_canvas").property("strokes")]


def show_pane(driver: Driver, name: str) -> QWidget:
    """Bring a pane of the window to the front and return its view."""
    driver.window.desk.pane_wanted.emit(name)
    view: QWidget = driver.window.docks[name].view
    driver.wait(lambda: not view.visibleRegion().isEmpty())
    driver.settle()
    return view
