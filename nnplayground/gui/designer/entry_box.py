"""A dropdown of the entries of a registry."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from nnplayground.engine.activations import activations
from nnplayground.gui.designer.activation_icon import activation_icon
from nnplayground.gui.explain import Explainer
from nnplayground.gui.readable_box import ReadableBox
from nnplayground.gui.setting import tip
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.registry import Entry, Registry


class EntryBox(ReadableBox):
    """Item data is the id; texts are in the language of the window."""

    chosen = Signal(str)
    """Id of the entry that the person chose."""

    def __init__(self, ui: Ui, explainer: Explainer, registry: Registry[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui, self._explainer, self._registry = ui, explainer, registry
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(24)
        for id in registry:
            self.addItem("", id)
        self._speak()
        if registry is activations:
            ui.bind_theme(self._draw, self)
        ui.language_changed.connect(self._speak)
        self.currentIndexChanged.connect(self._choose)
        self.highlighted.connect(self._point_at)

    def show_entry(self, entry: Entry) -> None:
        """Make `entry` the current one, without a signal."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(entry.id))
        self.updateGeometry()

    @Slot()
    def _speak(self) -> None:
        for i, kind in enumerate(self._registry.values()):
            self.setItemText(i, self._ui.text(kind.label))
            self.setItemData(i, self._ui.text(tip(kind.help)), Qt.ItemDataRole.ToolTipRole)

    def _draw(self, theme: Theme) -> None:
        """Activations show their shapes."""
        for i in range(self.count()):
            self.setItemIcon(i, activation_icon(self.itemData(i), theme))

    @Slot(int)
    def _choose(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit(self.itemData(index))

    @Slot(int)
    def _point_at(self, index: int) -> None:
        self._explainer.tell(self._registry[self.itemData(index)])
