"""What a person does to the picture of a network."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget

from nnplayground.engine.plan import predict
from nnplayground.gui.network.parts import Part
from nnplayground.storage import ready_made
from tests.gui.driving import Driver
from tests.gui.pixels import pixels

Open = Callable[..., Driver]
LEFT = Qt.MouseButton.LeftButton
CIRCLE = ready_made.load("circle")
GRID = np.stack(np.meshgrid(*[np.linspace(-6, 6, 60, dtype=np.float32)] * 2), axis=-1).reshape(-1, 2)


class Hand:
    """What a person does to the picture."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.view = driver.find(QWidget, "network_view")
        self.picture = self.view.picture

    @property
    def newest(self) -> Any:
        return self.driver.window.controller.newest

    def settle(self) -> None:
        self.driver.settle()

    def place(self, part: Part) -> QPoint:
        """Where to point for a part: the middle of a unit, its bias, or of a line where no other line is nearer."""
        layout, links = self.picture.layout_, self.picture.reading.links
        if part.kind == "bias":
            return layout.bias(layout.find(part)).center().toPoint()
        if part.kind != "weight":
            return layout.find(part).center().toPoint()
        for group in links:
            parts = layout.structure.parts(group)
            if part in parts:
                line = layout.lines(group)[parts.index(part)]
                there = (line.pointAt(t / 40) for t in range(4, 37))
                return next(p.toPoint() for p in there if layout.at(QPointF(p.toPoint()), links) == part)
        raise AssertionError(part)

    def click(self, part: Part) -> None:
        QTest.mouseClick(self.picture, LEFT, pos=self.place(part))
        self.settle()

    def hover(self, part: Part) -> None:
        QTest.mouseMove(self.picture, self.place(part))
        self.settle()

    def press(self, name: str) -> None:
        QTest.mouseClick(self.driver.find(QToolButton, name), LEFT)
        self.settle()

    def key(self, *keys: Qt.Key) -> None:
        self.picture.setFocus()
        for key in keys:
            QTest.keyClick(self.picture, key)
        self.settle()

    def undo(self) -> None:
        self.driver.window.document.undo_stack.undo()
        self.settle()

    def train(self, unit: str = "epoch") -> None:
        self.driver.window.controller.step(unit)
        self.driver.wait_for_state("paused")
        self.settle()

    def outputs(self) -> np.ndarray:
        newest = self.newest
        rows = newest.experiment.dataset.on_plane(GRID)
        return predict(newest.network, newest.parameters, rows)

    def color(self, at: QPoint) -> np.ndarray:
        return pixels(self.picture)[at.y(), at.x()]
