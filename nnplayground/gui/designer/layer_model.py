"""The layers of the document as a Qt model: one row each, moved by dragging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot

from nnplayground.engine.layers import Layer
from nnplayground.gui.designer import edits
from nnplayground.gui.designer.rows import Row, rows
from nnplayground.gui.document import Document
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

MIME = "application/x-nnplayground-layer"
ROW = Qt.ItemDataRole.UserRole
"""Role of the `Row` value."""
MOVE = Text("move {layer}", "{layer}を移動")

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class LayerModel(QAbstractListModel):
    """Reads the document and asks it for edits; rows follow what the document then says."""

    followed = Signal()
    """The rows are what the document says again."""

    def __init__(self, ui: Ui, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ui, self._document = ui, document
        self.rows: list[Row] = rows(document.experiment)
        self.following = False
        """True while rows come and go because the document changed: the current row says nothing then."""
        document.changed.connect(self._follow)
        ui.language_changed.connect(self._speak)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._ui.text(row.layer.label)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._ui.text(row.spoken)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        can = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren
        return can | flag.ItemIsEditable if edits.size_option(self.rows[index.row()].layer) else can

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Set the number that stands in the row; raises `Problem` if it is out of bounds."""
        layer = self.rows[index.row()].layer
        option = edits.size_option(layer)
        if option is None or role != Qt.ItemDataRole.EditRole:
            return False
        changed = layer.replace(**{option.name: value})
        self._document.edit(edits.put(self._document.experiment, index.row(), changed))
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(MIME, f"{id(self)} {indexes[0].row()}".encode())
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        return self._dragged(data) is not None

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        source = self._dragged(data)
        if source is None:
            return False
        before = row if row >= 0 else parent.row() if parent.isValid() else len(self.rows)
        return self.moveRows(_NOWHERE, source, 1, _NOWHERE, before)

    def moveRows(
        self, sourceParent: Index, sourceRow: int, count: int, destinationParent: Index, destinationChild: int
    ) -> bool:
        """Move one layer before row `destinationChild`, as one edit of the document."""
        if count != 1 or not 0 <= sourceRow < len(self.rows):
            return False
        target = destinationChild - (destinationChild > sourceRow)
        words = MOVE.format(layer=self.rows[sourceRow].layer.label)
        self._document.edit(edits.move(self._document.experiment, sourceRow, target), words, select=target)
        return True

    def _dragged(self, data: QMimeData) -> int | None:
        """The row that is dragged, if it is one of this very list."""
        words = data.data(MIME).toStdString().split()
        return int(words[1]) if len(words) == 2 and words[0] == str(id(self)) else None

    @Slot(object, object)
    def _follow(self, old: Experiment, new: Experiment) -> None:
        found = rows(new)
        if old.layers == new.layers and found == self.rows:
            return
        self.following = True
        if old.layers != new.layers:
            self._restructure(old.layers, new.layers, found)
        self.rows = found
        self._tell()
        self.following = False
        self.followed.emit()

    def _restructure(self, before: tuple[Layer, ...], after: tuple[Layer, ...], found: list[Row]) -> None:
        """Tell the views which rows moved, came or went, so that selection and scrolling stay."""
        start = _common(before, after)
        tail = _common(before[start:][::-1], after[start:][::-1])
        gone, come = len(before) - start - tail, len(after) - start - tail
        a, b = before[start : start + gone], after[start : start + come]
        if gone == come > 1 and b == (*a[1:], a[0]):
            self._moved(start, start + gone, found)
        elif gone == come > 1 and b == (a[-1], *a[:-1]):
            self._moved(start + gone - 1, start, found)
        elif come > gone:
            self.beginInsertRows(_NOWHERE, start + gone, start + come - 1)
            self.rows = found
            self.endInsertRows()
        elif gone > come:
            self.beginRemoveRows(_NOWHERE, start + come, start + gone - 1)
            self.rows = found
            self.endRemoveRows()

    def _moved(self, source: int, before: int, found: list[Row]) -> None:
        self.beginMoveRows(_NOWHERE, source, source, _NOWHERE, before)
        self.rows = found
        self.endMoveRows()

    @Slot(str)
    def _speak(self, _language: str) -> None:
        self._tell()

    def _tell(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))


def _common(a: tuple[Layer, ...], b: tuple[Layer, ...]) -> int:
    """Number of equal layers at the beginning."""
    pairs = zip(a, b, strict=False)
    return next((i for i, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))
