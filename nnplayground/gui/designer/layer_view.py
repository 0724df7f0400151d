"""The list of layers: as tall as its rows, edited in place, sorted by dragging."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

from nnplayground.engine.layers import Layer
from nnplayground.gui.designer import edits
from nnplayground.gui.designer.activation_menu import ActivationMenu
from nnplayground.gui.designer.layer_delegate import LayerDelegate
from nnplayground.gui.designer.layer_model import ROW, Index, LayerModel
from nnplayground.gui.designer.rows import Row
from nnplayground.gui.document import Document
from nnplayground.gui.explain import Explainer
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

NAME = Text("Layers of the network", "ネットワークの層")
MOST_ROWS = 12
"""With more rows than this, the list scrolls by itself."""


class LayerView(QListView):
    """Shows and edits the layers of the document; its current row is the document's selected layer."""

    def __init__(self, ui: Ui, document: Document, explainer: Explainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._explainer = document, explainer
        self._ui = ui
        self._model = LayerModel(ui, document, self)
        self.delegate = LayerDelegate(ui, self)
        self.setObjectName("layer_list")
        ui.bind(self.setAccessibleName, NAME, self)
        self.setModel(self._model)
        self.setItemDelegate(self.delegate)
        self._arrange()
        self._show_selection()
        self._connect(ui)

    @property
    def rows(self) -> list[Row]:
        """What the list says."""
        return self._model.rows

    def _arrange(self) -> None:
        self.setProperty("role", "plain")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(False)
        self.setTabKeyNavigation(False)

    def _connect(self, ui: Ui) -> None:
        self._model.followed.connect(self._fit)
        self._model.followed.connect(self._show_selection)
        self._document.selection_changed.connect(self._show_selection)
        self.delegate.activation_clicked.connect(self.open_activations)
        self._explainer.watch(self, self._selected)
        ui.theme_changed.connect(self.viewport().update)
        ui.language_changed.connect(self._fit)

    @Slot()
    def _fit(self) -> None:
        """Be as tall as the rows, up to `MOST_ROWS` of them."""
        self.scheduleDelayedItemsLayout()
        shown = range(min(len(self._model.rows), MOST_ROWS))
        tall = sum(self.sizeHintForRow(i) for i in shown)
        if tall != self.height():
            self.setFixedHeight(max(tall, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._model.following:
            self._document.select(current.row())
            self._explainer.tell(self._row(current).layer)

    def _selected(self) -> Layer | None:
        index = self.currentIndex()
        return self._row(index).layer if index.isValid() else None

    @Slot()
    def _show_selection(self) -> None:
        layer = self._document.selected_layer
        index = self._model.index(layer) if layer >= 0 else QModelIndex()
        if index != self.currentIndex() or not self.selectionModel().isSelected(index):
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or a digit edits the row's number, F4 opens its activations."""
        index, key = self.currentIndex(), event.key()
        if index.isValid() and self.hasFocus():  # keys that an open editor did not want come here, too
            editable = self._model.flags(index) & Qt.ItemFlag.ItemIsEditable
            if editable and (key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text().isdigit()):
                self.edit(index)
                editor = QApplication.focusWidget()
                if editor is not None and event.text().isdigit():
                    QApplication.sendEvent(editor, event)
                return
            if key == Qt.Key.Key_F4:
                self._open_activations_of(index)
                return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(QPoint(-1, -1))

    def _hover(self, at: QPoint) -> None:
        """Light up the row and cell under the pointer, and explain it."""
        index = self.indexAt(at)
        cell = self.delegate.layout(index, self.visualRect(index)).cell_at(at.x(), at.y()) if index.isValid() else None
        hovered = (index.row(), cell)
        if hovered != self.delegate.hovered:
            self.delegate.hovered = hovered
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor if cell is None else Qt.CursorShape.PointingHandCursor)
            self.viewport().update()
            if index.isValid():
                layer = self._row(index).layer
                self._explainer.tell(layer.activation if cell == "activation" else layer)

    def _open_activations_of(self, index: QModelIndex) -> None:
        cell = self.delegate.layout(index, self.visualRect(index)).activation
        if cell is not None:
            self.open_activations(index.row(), cell)

    @Slot(int, QRect)
    def open_activations(self, row: int, cell: QRect) -> None:
        """The dropdown of a row: a menu of all activations under its cell."""
        menu = ActivationMenu(self._ui, self._explainer, self._model.rows[row].layer.activation.id, self)
        menu.triggered.connect(lambda action: self._choose(row, str(action.data())))
        menu.setMinimumWidth(cell.width())
        menu.popup(self.viewport().mapToGlobal(cell.bottomLeft() + QPoint(0, 2)))
        menu.setActiveAction(menu.present)

    def _choose(self, row: int, id: str) -> None:
        experiment = self._document.experiment
        if row < len(experiment.layers):
            self._document.edit(edits.with_activation(experiment, row, id))

    def _row(self, index: Index) -> Row:
        row = index.data(ROW)
        assert isinstance(row, Row)
        return row
