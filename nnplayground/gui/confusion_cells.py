"""The cells of a confusion matrix: how often each answer was given to each class, and how many were right."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from nnplayground.gui.cell_paint import share_bar, write, write_nothing
from nnplayground.gui.painted_table import Cell
from nnplayground.gui.theme import Theme
from nnplayground.text import Text
from nnplayground.training.probes.confusion import Confusion

RIGHT = Text("{count} of {total} samples of {label} answered rightly.", "{label}: {total} 件中 {count} 件が正解。")
READ_AS = Text(
    "{count} of {total} samples of {label} answered as {predicted}.",
    "{label} の {total} 件中 {count} 件を {predicted} と答えた。",
)
NO_SAMPLES = Text("There are no samples of {label}.", "{label} のデータはありません。")
ACCURACY = Text("Right", "正解率")
STRONGEST = 0.65
"""Opacity of a cell that holds all samples of its class."""


@dataclass(frozen=True, eq=False)
class CountCell:
    """How many samples of one class got one answer."""

    count: int
    total: int
    label: str
    predicted: str

    @property
    def spoken(self) -> Text:
        words = RIGHT if self.label == self.predicted else READ_AS
        return words.format(count=self.count, total=self.total, label=self.label, predicted=self.predicted)

    def paint(self, painter: QPainter, room: QRectF, theme: Theme) -> None:
        inner = room.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(inner, QColor(theme.sunken))
        if self.count:
            color = QColor(theme.accent if self.label == self.predicted else theme.error)
            # The root, so that one mistake among a hundred is seen.
            color.setAlphaF(STRONGEST * math.sqrt(self.count / self.total))
            painter.fillRect(inner, color)
            write(painter, inner, str(self.count), Qt.AlignmentFlag.AlignCenter, theme.text)


@dataclass(frozen=True, eq=False)
class RecallCell:
    """The share of a class that was answered rightly; NaN for a class without samples."""

    share: float
    label: str
    count: int
    total: int

    @property
    def spoken(self) -> Text:
        return (RIGHT if self.total else NO_SAMPLES).format(label=self.label, count=self.count, total=self.total)

    def paint(self, painter: QPainter, room: QRectF, theme: Theme) -> None:
        if not self.total:
            write_nothing(painter, room, theme)
            return
        share_bar(painter, room.adjusted(4, 3, -2, -3), self.share, theme.accent, theme)


def cells_of(found: Confusion) -> list[list[Cell]]:
    """A row for each right class: a cell for each answer, and the share that was right."""
    names, totals = found.classes, found.counts.sum(axis=1)
    return [
        [
            *(CountCell(int(found.counts[i, j]), int(totals[i]), names[i], names[j]) for j in range(len(names))),
            RecallCell(float(found.recall[i]), names[i], int(found.counts[i, i]), int(totals[i])),
        ]
        for i in range(len(names))
    ]
