"""The dropdown of a layer's row: all activations with their shapes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QFont
from PySide6.QtWidgets import QMenu, QWidget

from nnplayground.engine.activations import activations
from nnplayground.gui.designer.activation_icon import activation_icon
from nnplayground.gui.explain import Explainer
from nnplayground.gui.ui import Ui


class ActivationMenu(QMenu):
    """Its actions carry the ids; the present one is checked. It goes when it is closed."""

    def __init__(self, ui: Ui, explainer: Explainer, present: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("activation_menu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(self)
        for id, kind in activations.items():
            action = group.addAction(activation_icon(id, ui.theme), ui.text(kind.label))
            action.setData(id)
            action.setCheckable(True)
            action.hovered.connect(lambda kind=kind: explainer.tell(kind))
            if id == present:
                _mark(action)
        self.addActions(group.actions())
        self.present = group.checkedAction()


def _mark(action: QAction) -> None:
    """Check it, and say so in bold: the icon stands where the tick would be."""
    action.setChecked(True)
    font = action.font()
    font.setWeight(QFont.Weight.Bold)
    action.setFont(font)
