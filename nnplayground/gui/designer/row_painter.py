"""The picture of one layer's row."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from nnplayground.gui.designer.edits import size_option
from nnplayground.gui.designer.row_layout import GRIP, ICON, MARGIN, Cell, RowLayout
from nnplayground.gui.designer.rows import Row
from nnplayground.gui.icons import pixmap
from nnplayground.gui.numbers import write
from nnplayground.gui.ui import Ui

Flag = Qt.AlignmentFlag
RADIUS = 6


@dataclass(frozen=True)
class Look:
    """How the row stands in the list."""

    number: int
    """Counted from 1."""
    selected: bool
    focused: bool
    hovered: bool
    hovered_cell: Cell | None


class RowPainter:
    """Paints with one painter, in the theme and language of the window."""

    def __init__(self, painter: QPainter, ui: Ui) -> None:
        self._painter, self._ui, self._theme = painter, ui, ui.theme

    def paint(self, row: Row, parts: RowLayout, look: Look) -> None:
        """The whole row."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(parts.row, look)
        self._grip(parts.row)
        self._head(row, parts.head, look)
        if parts.number is not None:
            self._number_cell(row, parts.number, look.hovered_cell == "number")
        if parts.activation is not None:
            self._activation_cell(row, parts.activation, look.hovered_cell == "activation")
        if parts.problem is not None and row.problem is not None:
            self._problem(row, parts.problem)

    def _ground(self, where: QRect, look: Look) -> None:
        theme = self._theme
        color = theme.selected if look.selected else theme.hover if look.hovered else theme.surface
        self._painter.setPen(QPen(QColor(theme.accent), 1.5) if look.focused else Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(color))
        self._painter.drawRoundedRect(QRectF(where).adjusted(2, 1.5, -2, -1.5), RADIUS, RADIUS)

    def _grip(self, where: QRect) -> None:
        """Six dots: here it can be dragged."""
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._theme.outline))
        x, y = where.left() + MARGIN + GRIP // 2 - 2, where.center().y() - 5
        for i in range(6):
            self._painter.drawEllipse(QPoint(x + 4 * (i % 2), y + 5 * (i // 2)), 1, 1)

    def _head(self, row: Row, where: QRect, look: Look) -> None:
        plain, bold = self._painter.font(), QFont(self._painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        facts = row.facts
        facts_width = QFontMetrics(plain).horizontalAdvance(facts) + 8
        self._write(where, facts, self._theme.text if look.selected else self._theme.muted, Flag.AlignRight)
        self._painter.setFont(bold)
        name = f"{look.number}  {self._ui.text(row.layer.label)}"
        self._write(where.adjusted(0, 0, -facts_width, 0), name, self._theme.text, Flag.AlignLeft)
        self._painter.setFont(plain)

    def _number_cell(self, row: Row, where: QRect, hovered: bool) -> None:
        option = size_option(row.layer)
        if option is not None:
            self._box(where, hovered)
            self._write(where.adjusted(8, 0, -8, 0), write(getattr(row.layer, option.name)), self._theme.text)

    def _activation_cell(self, row: Row, where: QRect, hovered: bool) -> None:
        self._box(where, hovered)
        words = self._ui.text(row.layer.activation.label)
        self._write(where.adjusted(8, 0, -ICON - 10, 0), words, self._theme.text)
        self._icon(
            "arrow-down", self._theme.muted, QPoint(where.right() - ICON - 5, where.center().y() - ICON // 2 + 1)
        )

    def _problem(self, row: Row, where: QRect) -> None:
        kind, color = ("warning", self._theme.warning) if row.works else ("error", self._theme.error)
        self._icon(kind, color, where.topLeft() - QPoint(ICON + 6, -1))
        self._painter.setPen(QColor(color))
        self._painter.drawText(where, Qt.TextFlag.TextWordWrap, self._ui.text(row.problem) if row.problem else "")

    def _box(self, where: QRect, hovered: bool) -> None:
        """The frame of an editable cell."""
        self._painter.setPen(QPen(QColor(self._theme.accent if hovered else self._theme.outline), 1))
        self._painter.setBrush(QColor(self._theme.surface))
        self._painter.drawRoundedRect(QRectF(where).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _icon(self, name: str, color: str, at: QPoint) -> None:
        self._painter.drawPixmap(at, pixmap(name, color, ICON, self._painter.device().devicePixelRatioF()))

    def _write(self, where: QRect, words: str, color: str, side: Qt.AlignmentFlag = Flag.AlignLeft) -> None:
        """One line, cut with an ellipsis if it is too long."""
        self._painter.setPen(QColor(color))
        words = self._painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, where.width())
        self._painter.drawText(where, side | Flag.AlignVCenter, words)
