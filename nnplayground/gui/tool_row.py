"""A row of small buttons with signs, each with a name and a tip."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton, QWidget

from nnplayground.gui.flow import FlowRow
from nnplayground.gui.ui import Ui
from nnplayground.text import Text


class ToolRow(FlowRow):
    """Widgets from left to right."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui

    def add_button(
        self, name: str, icon: str, words: Text, act: Callable[[], object], *, checkable: bool = False
    ) -> QToolButton:
        """A button with an icon; its words are its tip."""
        button = QToolButton()
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setCheckable(checkable)
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(lambda: act())
        self._ui.bind(button.setToolTip, words, button)
        self._ui.bind(button.setAccessibleName, words, button)
        self._ui.bind_icon(button.setIcon, icon, button)
        self.addWidget(button)
        return button

    def add(self, widget: QWidget, name: str, words: Text, stretch: int = 0) -> None:
        """Another widget, with its name for people and for programs."""
        widget.setObjectName(name)
        self._ui.bind(widget.setAccessibleName, words, widget)
        self.addWidget(widget, stretch)
