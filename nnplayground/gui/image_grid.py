"""Many small images in rows, each with a word below it; browsed with mouse and keys like any list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnplayground.gui.bar_item import fitting
from nnplayground.gui.image_tile import paint_image
from nnplayground.gui.painting import guarded
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

Index = QModelIndex | QPersistentModelIndex
CELL = 52
MARGIN = 4


@dataclass(frozen=True, eq=False)
class Item:
    """One image (height, width) in bytes, the word below it, what is spoken of it, and whether it is marked.

    A `signed` image holds negative values below 128 and positive ones above.
    """

    pixels: NDArray[np.uint8]
    caption: str = ""
    spoken: Text | None = None
    marked: bool = False
    signed: bool = False


class _Model(QAbstractListModel):
    def __init__(self, ui: Ui, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui
        self.items: Sequence[Item] = ()

    def set_items(self, items: Sequence[Item]) -> None:
        if len(items) == len(self.items):
            self.items = items
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.items):
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return item
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return item.caption if item.spoken is None else self._ui.text(item.spoken)
        return item.caption if role == Qt.ItemDataRole.DisplayRole else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, ui: Ui, grid: ImageGrid) -> None:
        super().__init__(grid)
        self._ui, self._grid = ui, grid

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._grid.cell()

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item, theme = index.data(Qt.ItemDataRole.UserRole), self._ui.theme
        room = QRectF(option.rect)
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = state & QStyle.StateFlag.State_Selected
            painter.fillRect(room, QColor(theme.selected if chosen else theme.hover))
        side = room.width() - 2 * MARGIN
        place = QRectF(room.x() + MARGIN, room.y() + MARGIN, side, side)
        paint_image(painter, place, item.pixels, theme, item.signed)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QColor(theme.error if item.marked else theme.accent if focused else theme.border))
        painter.drawRect(place)
        painter.setPen(QColor(theme.error if item.marked else theme.text))
        words = QRectF(room.x(), place.bottom() + 1, room.width(), room.bottom() - place.bottom() - 1)
        painter.save()
        painter.setFont(fitting(painter.font(), words=item.caption, width=words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, item.caption)
        painter.restore()


class ImageGrid(QListView):
    """Set the images with `show_items`; the selection is kept as long as their number stays."""

    def __init__(self, ui: Ui, name: Text, side: int = CELL, captions: bool = True) -> None:
        super().__init__()
        self._side, self._captions = side, captions
        self._model = _Model(ui, self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(ui, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "plain")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ui.bind(self.setAccessibleName, name, self)
        ui.bind_theme(lambda _theme: self.viewport().update(), self)

    def cell(self) -> QSize:
        """Room of one image with its caption."""
        below = self.fontMetrics().height() + 2 if self._captions else 0
        return QSize(self._side + 2 * MARGIN, self._side + 2 * MARGIN + below)

    @property
    def items(self) -> Sequence[Item]:
        """What is shown."""
        return self._model.items

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these instead of those before."""
        self._model.set_items(items)

    def chosen(self) -> list[int]:
        """Places of the selected images, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def choose(self, place: int) -> None:
        """Select one image and go there."""
        index = self._model.index(place)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def minimumSizeHint(self) -> QSize:
        return self.cell()
