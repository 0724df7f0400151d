"""What cells of tables are painted with."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from nnplayground.gui.bar_item import fitting
from nnplayground.gui.theme import Theme

GAP = 4.0
NUMBER = 36.0
"""Room for a share in numbers."""


def write(painter: QPainter, room: QRectF, words: str, side: Qt.AlignmentFlag, color: str) -> None:
    """Words in `room`, a little smaller than usual, and smaller still where it is low."""
    painter.save()
    painter.setFont(fitting(painter.font(), min(room.height(), painter.fontMetrics().height() * 0.85)))
    painter.setPen(QColor(color))
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)
    painter.restore()


def write_nothing(painter: QPainter, room: QRectF, theme: Theme) -> None:
    """A dash."""
    write(painter, room, "–", Qt.AlignmentFlag.AlignCenter, theme.muted)


def share_bar(painter: QPainter, line: QRectF, share: float, color: str, theme: Theme) -> None:
    """A bar for a share in 0..1 with its number at the right."""
    bar = QRectF(line.x(), line.y(), max(line.width() - NUMBER, 1), line.height())
    painter.fillRect(bar, QColor(theme.sunken))
    bar.setWidth(bar.width() * share)
    painter.fillRect(bar, QColor(color))
    write(painter, line, f"{share:.0%}", Qt.AlignmentFlag.AlignRight, theme.text)
