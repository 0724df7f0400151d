"""Widgets of the window in unusual rooms: tiny and huge, with other fonts, from right to left."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from nnplayground.gui.bars import ProbabilityBars
from nnplayground.gui.canvas import DigitCanvas
from nnplayground.gui.message_bar import MessageBar
from nnplayground.gui.plot import Plot
from nnplayground.text import Text


def canvas(ui):
    made = DigitCanvas(ui)
    made.setProperty("strokes", [[[0.1, 0.1], [0.5, 0.9]]])
    return made


def bars(ui):
    made = ProbabilityBars(ui)
    made.set_values(np.full(10, 0.1), np.eye(10)[3])
    return made


def plot(ui):
    made = Plot(ui, Text.same("plot"), Text.same("x"), Text.same("y"))
    for i in range(6):
        made.curve(Text.same(f"curve {i}"), lambda t: t.train).set(np.arange(9.0), np.arange(9.0) ** i)
    made.set_marks([(3.0, Text.same("mark"))])
    return made


def message(ui):
    made = MessageBar(ui)
    made.show_message(Text.same("words"), "error", "details", [(Text.same("do"), lambda: None)])
    return made


makers = pytest.mark.parametrize("make", [canvas, bars, plot, message], ids=lambda make: make.__name__)


@makers
@pytest.mark.parametrize("size", [(1, 1), (320, 240), (60, 900), (4000, 200)], ids=str)
def test_it_paints_in_any_room(ui, qtbot, make, size):
    widget = make(ui)
    qtbot.addWidget(widget)
    widget.setMinimumSize(1, 1)
    widget.resize(*size)
    widget.show()
    QApplication.processEvents()
    assert not widget.grab().isNull()
    for child in widget.findChildren(type(widget).__mro__[1]):
        assert child.width() >= 0
        assert child.height() >= 0


@makers
@pytest.mark.parametrize("points", [6, 32])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2], ids=lambda d: d.name)
def test_it_paints_with_any_font_and_direction(ui, qtbot, make, points, direction):
    widget = make(ui)
    qtbot.addWidget(widget)
    font = widget.font()
    font.setPointSize(points)
    widget.setFont(font)
    widget.setLayoutDirection(direction)
    widget.resize(500, 400)
    widget.show()
    QApplication.processEvents()
    assert not widget.grab().isNull()


def test_g04_plots_run_from_left_to_right_everywhere(ui, qtbot):
    widget = plot(ui)
    qtbot.addWidget(widget)
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    widget.resize(400, 300)
    widget.show()
    QApplication.processEvents()
    left, right = (widget.view.mapFromScene(widget.box.mapViewToScene(p)) for p in (
        widget.box.viewRect().topLeft(), widget.box.viewRect().topRight()
    ))  # fmt: skip
    assert left.x() < right.x()


def test_a_long_legend_does_not_widen_the_plot(ui, qtbot):
    widget = plot(ui)
    qtbot.addWidget(widget)
    widget.show()
    widget.resize(330, 250)
    QApplication.processEvents()
    assert widget.width() == 330
