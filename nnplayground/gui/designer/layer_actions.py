"""What can be done to the list of layers, by button, menu and key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from nnplayground.engine.layers import Layer, layers
from nnplayground.gui.designer import edits
from nnplayground.gui.document import Document
from nnplayground.gui.explain import Explainer
from nnplayground.gui.setting import tip
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

_ADD = Text("add {layer}", "{layer}を追加")
_REMOVE = Text("remove {layer}", "{layer}を削除")
_DUPLICATE = Text("duplicate {layer}", "{layer}を複製")
_MOVE = Text("move {layer}", "{layer}を移動")


class LayerActions(QObject):
    """The actions work on the document's selected layer; their keys count while `keys_of` has the focus."""

    def __init__(self, ui: Ui, document: Document, explainer: Explainer, keys_of: QWidget) -> None:
        super().__init__(keys_of)
        self._ui, self._document, self._explainer, self._keys_of = ui, document, explainer, keys_of
        self.menu = self._make_menu()
        self.insert = self._make("add", Text("Add a layer", "層を追加"), "Insert", self.open_menu)
        self.duplicate = self._make("duplicate", Text("Duplicate the layer", "層を複製"), "Ctrl+D", self._duplicate)
        self.up = self._make("up", Text("Move the layer up", "層を上へ移動"), "Alt+Up", lambda: self._move(-1))
        self.down = self._make("down", Text("Move the layer down", "層を下へ移動"), "Alt+Down", lambda: self._move(1))
        self.remove = self._make("remove", Text("Remove the layer", "層を削除"), "Delete", self._remove)
        document.changed.connect(self._enable)
        document.selection_changed.connect(self._enable)
        self._enable()

    def _make(self, name: str, words: Text, key: str, do: Callable[[], None]) -> QAction:
        action = QAction(self._keys_of)
        action.setObjectName(f"action_layer_{name}")
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._ui.bind(action.setText, words, action)
        self._ui.bind(action.setToolTip, words.map(lambda w: f"{w} ({key})"), action)
        self._ui.bind_icon(action.setIcon, name, action)
        action.triggered.connect(lambda: do())
        self._keys_of.addAction(action)
        return action

    def _make_menu(self) -> QMenu:
        """One entry for each kind of layer."""
        menu = QMenu(self._keys_of)
        menu.setToolTipsVisible(True)
        for id, kind in layers.items():
            action = menu.addAction("")
            action.setObjectName(f"action_add_{id}")
            self._ui.bind(action.setText, kind.label, action)
            self._ui.bind(action.setToolTip, tip(kind.help), action)
            action.hovered.connect(lambda kind=kind: self._explainer.tell(kind))
            action.triggered.connect(lambda _=False, kind=kind: self.add(kind))
        return menu

    def open_menu(self, below: QWidget | None = None) -> None:
        """Open the menu of all kinds of layers."""
        place = below or self._keys_of
        self.menu.popup(place.mapToGlobal(place.rect().bottomLeft()))
        self.menu.setActiveAction(self.menu.actions()[0])

    def add(self, kind: type[Layer]) -> None:
        """Add a layer of `kind` and select it."""
        experiment = self._document.experiment
        at = edits.place_for_new(experiment, self._document.selected_layer)
        layer = edits.new_layer(experiment, kind)
        self._document.edit(edits.insert(experiment, at, layer), _ADD.format(layer=kind.label), select=at)

    def _duplicate(self) -> None:
        at, experiment = self._document.selected_layer, self._document.experiment
        layer = experiment.layers[at]
        self._document.edit(edits.insert(experiment, at, layer), _DUPLICATE.format(layer=layer.label), select=at + 1)

    def _move(self, by: int) -> None:
        at, experiment = self._document.selected_layer, self._document.experiment
        words = _MOVE.format(layer=experiment.layers[at].label)
        self._document.edit(edits.move(experiment, at, at + by), words, select=at + by)

    def _remove(self) -> None:
        at, experiment = self._document.selected_layer, self._document.experiment
        self._document.edit(edits.remove(experiment, at), _REMOVE.format(layer=experiment.layers[at].label), select=at)

    @Slot()
    def _enable(self) -> None:
        at, count = self._document.selected_layer, len(self._document.experiment.layers)
        for action in (self.duplicate, self.remove):
            action.setEnabled(at >= 0)
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < count - 1)
