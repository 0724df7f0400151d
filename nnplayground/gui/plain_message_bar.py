"""One line of words with buttons, until there is a better one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from nnplayground.gui.ui import Ui
from nnplayground.text import Text


class MessageBar(QWidget):
    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._label = QLabel()
        self._box = QHBoxLayout(self)
        self._box.addWidget(self._label, 1)
        self._buttons: list[QPushButton] = []

    @property
    def text(self) -> str:
        return self._label.text()

    def clear(self) -> None:
        self._label.setText("")
        for b in self._buttons:
            b.deleteLater()
        self._buttons = []

    def show_message(
        self, kind: str, text: Text, *, details: str = "", buttons: Sequence[tuple[Text, Callable[[], object]]] = ()
    ) -> None:
        self.clear()
        self._label.setText(self._ui.text(text))
        for words, act in buttons:
            b = QPushButton(self._ui.text(words))
            b.clicked.connect(act)
            self._box.addWidget(b)
            self._buttons.append(b)
