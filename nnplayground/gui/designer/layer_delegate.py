"""How a layer's row is shown, clicked, and its number edited in place."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnplayground.gui.designer.edits import size_option
from nnplayground.gui.designer.layer_model import ROW
from nnplayground.gui.designer.row_layout import Cell, RowLayout, lay_out
from nnplayground.gui.designer.row_painter import Look, RowPainter
from nnplayground.gui.designer.rows import Row
from nnplayground.gui.fields import FloatBox, IntBox, without_buttons
from nnplayground.gui.forms import field_for, why_refused
from nnplayground.gui.painting import guarded
from nnplayground.gui.ui import Ui
from nnplayground.text import Problem

Index = QModelIndex | QPersistentModelIndex


class LayerDelegate(QStyledItemDelegate):
    """Rows in the theme and language of the window."""

    refused = Signal(object)
    """A `Text`: why a number typed in a row cannot be taken."""
    activation_clicked = Signal(int, QRect)
    """The dropdown of a row, and where it is in the list."""

    def __init__(self, ui: Ui, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._ui, self._view = ui, view
        self.hovered: tuple[int, Cell | None] = (-1, None)
        """Row and cell under the pointer."""

    def layout(self, index: Index, at: QRect) -> RowLayout:
        """Where the parts of the row lie if the row lies `at`."""
        row: Row = index.data(ROW)
        problem = "" if row.problem is None else self._ui.text(row.problem)
        return lay_out(row, problem, at, self._view.fontMetrics())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.layout(index, QRect(0, 0, self._view.viewport().width(), 0)).row.size()

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state, flag = option.state, QStyle.StateFlag
        hovered_row, cell = self.hovered
        here = hovered_row == index.row()
        selected = bool(state & flag.State_Selected)
        focused = bool(state & flag.State_HasFocus) and self._view.hasFocus()
        look = Look(index.row() + 1, selected, focused, here, cell if here else None)
        painter.save()
        RowPainter(painter, self._ui).paint(index.data(ROW), self.layout(index, option.rect), look)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click on a cell edits it."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            if event.button() != Qt.MouseButton.LeftButton:
                return False
            parts = self.layout(index, option.rect)
            cell = parts.cell_at(event.position().toPoint().x(), event.position().toPoint().y())
            if cell == "number":
                self._view.edit(model.index(index.row(), 0))
            elif cell == "activation" and parts.activation is not None:
                self.activation_clicked.emit(index.row(), parts.activation)
            return cell is not None
        return False

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        layer = cast(Row, index.data(ROW)).layer
        known = size_option(layer)
        assert known is not None, "rows without a number are not editable"
        box = field_for(known, parent)
        assert isinstance(box, (IntBox, FloatBox))
        without_buttons(box)
        box.setAccessibleName(self._ui.text(known.label))
        box.refused.connect(lambda typed: self.refused.emit(why_refused(layer.label, known, typed)))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        layer = cast(Row, index.data(ROW)).layer
        known = size_option(layer)
        if isinstance(editor, (IntBox, FloatBox)) and known is not None:
            editor.show_value(getattr(layer, known.name))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, (IntBox, FloatBox)):
            editor.interpretText()
            try:
                model.setData(model.index(index.row(), 0), editor.value())
            except Problem as problem:
                self.refused.emit(problem.text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        cell = self.layout(index, option.rect).number
        if cell is not None:
            editor.setFixedWidth(cell.width())
            editor.setGeometry(cell)
