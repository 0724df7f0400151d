"""Errors while something of ours is painted: told once, and the rest of the window lives on."""

import ast
from pathlib import Path

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.gui.painting import guarded
from nnplayground.gui.plot import Plot
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from tests.program import end, start

GUI = Path(__file__).parent.parent.parent / "nnplayground" / "gui"
ASKED_BY_QT = ({"self", "event"}, {"self", "painter", "option"}, {"self", "painter", "rect", "mode"})


class Tile(QWidget):
    """Counts how often it is painted."""

    def __init__(self, parent: QWidget, breaks: bool) -> None:
        super().__init__(parent)
        self.setMinimumSize(20, 20)
        self.breaks, self.count = breaks, 0

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        self.count += 1
        with QPainter(self) as painter:
            painter.drawRect(self.rect())
            if self.breaks:
                raise RuntimeError("broken")


class Item(pg.GraphicsObject):  # type: ignore[misc]
    count = 0

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, 1, 1)

    @guarded
    def paint(self, painter: QPainter, option: object, widget: object) -> None:
        self.count += 1
        raise ZeroDivisionError


def test_g20_what_cannot_be_painted_is_told_once_and_left_out(ui: Ui, qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    broken, whole = Tile(room, True), Tile(room, False)
    plot, item = Plot(ui, *map(Text.same, ("plot", "x", "y"))), Item()
    plot.box.addItem(item)
    line = pg.InfiniteLine(0.5)
    plot.box.addItem(line)
    line.currentPen = None
    layout = QHBoxLayout(room)
    for widget in (broken, whole, plot):
        layout.addWidget(widget)
    with qtbot.capture_exceptions() as told:
        room.show()
        qtbot.waitExposed(room)
        for _ in range(3):
            room.update()
            item.update()
            QApplication.processEvents()
            assert not room.grab().isNull()
    assert sorted(kind.__name__ for kind, _, _ in told) == ["AttributeError", "RuntimeError", "ZeroDivisionError"]
    assert broken.count == item.count == 1 and whole.count > 3


def test_g20_every_method_that_qt_asks_to_paint_is_guarded() -> None:
    found, bare = 0, []
    for file in sorted(GUI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.FunctionDef) or node.name not in ("paint", "paintEvent"):
                continue
            names = {argument.arg for argument in node.args.args}
            if any(known <= names for known in ASKED_BY_QT):
                found += 1
                if not any(isinstance(by, ast.Name) and by.id == "guarded" for by in node.decorator_list):
                    bare.append(f"{file.name}:{node.lineno}")
    assert found > 20 and bare == []


BROKEN = """
from PySide6.QtGui import QPainter
def broken(*args):
    raise RuntimeError("no paint")
for name in ("fillRect", "drawImage", "drawText", "strokePath", "drawLines"):
    setattr(QPainter, name, broken)
def look():
    for _ in range(3):
        window.update()
        window.grab()
    print(window.property("message"), flush=True)
    window.close()
window.controller.play()
QTimer.singleShot(1500, look)
"""


@pytest.mark.parametrize("experiment", ["'three-classes'", "'digits'"])
def test_g20_a_window_in_which_nothing_can_be_painted_lives_and_ends_in_order(experiment: str) -> None:
    process = start(BROKEN, experiment)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "no paint" in out.splitlines()[-1], "it is told in the window"
    assert 0 < errors.count("RuntimeError: no paint") < 100, "each of them once"


def test_g20_a_window_that_is_painted_tells_nothing() -> None:
    assert end(start("window.grab(); QTimer.singleShot(0, window.close)")) == (0, "")
