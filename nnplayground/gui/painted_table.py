"""A table whose cells paint themselves; read and walked through like any table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from nnplayground.gui.letters import scaled
from nnplayground.gui.painting import guarded
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

Index = QModelIndex | QPersistentModelIndex
WIDEST = 104
"""Pixels for the names of the rows, at most; the whole name is a tip."""


class Cell(Protocol):
    """One cell."""

    @property
    def spoken(self) -> Text:
        """What it shows in words: the tip, and what a screen reader says."""

    def paint(self, painter: QPainter, room: QRectF, theme: Theme) -> None:
        """Draw it into `room`; the ground is painted already."""


class _Model(QAbstractTableModel):
    def __init__(self, ui: Ui, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui
        self.columns: Sequence[Text] = ()
        self.rows: Sequence[Text] = ()
        self.cells: Sequence[Sequence[Cell]] = ()
        ui.language_changed.connect(self._speak)

    def fill(self, columns: Sequence[Text], rows: Sequence[Text], cells: Sequence[Sequence[Cell]]) -> None:
        same = (tuple(columns), tuple(rows)) == (tuple(self.columns), tuple(self.rows))
        if not same:
            self.beginResetModel()
        self.columns, self.rows, self.cells = columns, rows, cells
        if not same:
            self.endResetModel()
        elif rows and columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))

    def _speak(self) -> None:
        for direction, words in ((Qt.Orientation.Horizontal, self.columns), (Qt.Orientation.Vertical, self.rows)):
            if words:
                self.headerDataChanged.emit(direction, 0, len(words) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, index: Index) -> Cell | None:
        known = index.row() < len(self.cells) and index.column() < len(self.columns)
        return self.cells[index.row()][index.column()] if index.isValid() and known else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        if cell is None or role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self._ui.text(cell.spoken)

    def headerData(self, place: int, direction: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        words = self.columns if direction == Qt.Orientation.Horizontal else self.rows
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) or not 0 <= place < len(words):
            return None
        return self._ui.text(words[place])


class _Delegate(QStyledItemDelegate):
    def __init__(self, ui: Ui, table: PaintedTable) -> None:
        super().__init__(table)
        self._ui, self._table = ui, table

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, theme, room = self._table.cell(index), self._ui.theme, QRectF(option.rect)
        if cell is None:
            return
        painter.save()
        cell.paint(painter, room, theme)
        state = option.state
        if state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected):
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(room.adjusted(1, 1, -1, -1))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(24, 18)


class PaintedTable(QTableView):
    """Fill it with `fill`; the current cell stays as long as the headers do."""

    def __init__(self, ui: Ui, name: Text, lowest: int = 20, narrowest: int = 26) -> None:
        super().__init__()
        self._model = _Model(ui, self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(ui, self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "plain")
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        for header, least in ((self.horizontalHeader(), scaled(narrowest)), (self.verticalHeader(), scaled(lowest))):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(least)
            header.setHighlightSections(False)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
            header.setStyleSheet("QHeaderView::section { padding: 3px; }")
        self.verticalHeader().setMaximumWidth(WIDEST)
        ui.bind(self.setAccessibleName, name, self)
        ui.bind_theme(lambda _theme: self.viewport().update(), self)

    def fill(self, columns: Sequence[Text], rows: Sequence[Text], cells: Sequence[Sequence[Cell]]) -> None:
        """Show `cells`[row][column] under these headers."""
        self._model.fill(columns, rows, cells)

    def cell(self, index: Index) -> Cell | None:
        """What stands there."""
        return self._model.cell(index)

    def at(self, row: int, column: int) -> Cell | None:
        """What stands in a row and a column."""
        return self.cell(self._model.index(row, column))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 80)
