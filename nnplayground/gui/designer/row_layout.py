"""Where the parts of a layer's row lie; painting, clicking and editing all ask here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from nnplayground.gui.designer.edits import has_activation, size_option
from nnplayground.gui.designer.rows import Row
from nnplayground.gui.letters import scaled

Cell = Literal["number", "activation"]

MARGIN = 8
GRIP = 10
"""Width of the dots by which a row is dragged."""
INDENT = MARGIN + GRIP + 6
CELL = 26
"""Height of an editable cell, with letters of the usual size."""
NUMBER = 58
GAP = 6
ICON = 14


@dataclass(frozen=True)
class RowLayout:
    """Rectangles of one row, in the coordinates of `row`."""

    row: QRect
    head: QRect
    number: QRect | None
    activation: QRect | None
    problem: QRect | None

    def cell_at(self, x: int, y: int) -> Cell | None:
        """The editable cell at a point."""
        if self.number is not None and self.number.contains(x, y):
            return "number"
        if self.activation is not None and self.activation.contains(x, y):
            return "activation"
        return None


def lay_out(row: Row, problem: str, at: QRect, metrics: QFontMetrics) -> RowLayout:
    """The parts of `row` inside `at`; only the width and the place of `at` count. `problem` is in the language shown."""
    left, width = at.left() + INDENT, at.width() - INDENT - MARGIN
    y = at.top() + MARGIN
    head = QRect(left, y, width, metrics.height() + 2)
    y = head.bottom() + 1
    number = activation = trouble = None
    tall = scaled(CELL)
    if size_option(row.layer) is not None:
        number = QRect(left, y + 4, scaled(NUMBER), tall)
    if has_activation(row.layer):
        x = left if number is None else number.right() + 1 + GAP
        activation = QRect(x, y + 4, head.right() + 1 - x, tall)
    if number is not None or activation is not None:
        y += 4 + tall
    if problem:
        space = QRect(left + ICON + GAP, y + 6, width - ICON - GAP, 10_000)
        trouble = metrics.boundingRect(space, Qt.TextFlag.TextWordWrap, problem)
        trouble.setWidth(space.width())
        y = trouble.bottom() + 1
    whole = QRect(at.left(), at.top(), at.width(), y + MARGIN - at.top())
    return RowLayout(whole, head, number, activation, trouble)
