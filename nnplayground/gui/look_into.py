"""Buttons beside an answer that open the panes which look into it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import panes

PANES = ("why", "ink_change", "pen_film", "digit_slice")


class LookInto(QWidget):
    """Hidden where they have nothing to show."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for name in PANES:
            row.addWidget(self._button(name))
        desk.document.changed.connect(self._suit)
        self._suit()

    def _button(self, name: str) -> QToolButton:
        button, pane, ui = QToolButton(), panes[name](), self._desk.ui
        button.setObjectName(f"look_{name}")
        button.setAutoRaise(True)
        button.setIconSize(QSize(16, 16))
        ui.bind(button.setToolTip, pane.label, button)
        ui.bind(button.setAccessibleName, pane.label, button)
        ui.bind_icon(button.setIcon, pane.icon, button)
        button.clicked.connect(lambda: self._desk.pane_wanted.emit(name))
        return button

    @Slot()
    def _suit(self) -> None:
        self.setVisible(panes[PANES[0]]().suits(self._desk.document.experiment))
