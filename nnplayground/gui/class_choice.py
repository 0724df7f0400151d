"""One of the classes as a row of buttons, or none of them: then it is the runner-up that is meant."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from nnplayground.gui.digit_keys import digit_of
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

CHOOSE = Text("{name} (pressed once more: the likeliest other class)", "{name}（もう一度押すと、次点のクラス）")


class ClassChoice(QWidget):
    """Buttons are called `prefix` and the class; a digit key presses one."""

    chosen = Signal(int)
    """The class, or -1 for the runner-up."""

    def __init__(self, ui: Ui, prefix: str, caption: Text) -> None:
        super().__init__()
        self._ui, self._prefix = ui, prefix
        self._classes: tuple[str, ...] = ()
        self._buttons: list[QToolButton] = []
        self.value = -1
        """The chosen class, or -1."""
        self._row = FlowRow(self)
        self._row.setSpacing(2)
        words = QLabel()
        words.setProperty("role", "muted")
        ui.bind(words.setText, caption, words)
        ui.bind(self.setAccessibleName, caption, self)
        self._row.addWidget(words)

    def set_classes(self, classes: Sequence[str]) -> None:
        """Offer these; none is chosen then."""
        if tuple(classes) == self._classes:
            return
        self._classes = tuple(classes)
        for button in self._buttons:
            button.setParent(None)
            button.deleteLater()
        self._buttons = [self._button(i, name) for i, name in enumerate(classes)]
        self.choose(-1)

    def mark(self, index: int) -> None:
        """Show class `index` as the one that is meant, be it chosen or the runner-up."""
        for i, button in enumerate(self._buttons):
            button.setChecked(i == index)

    @Slot(int)
    def choose(self, index: int) -> None:
        """Choose class `index`, or -1."""
        if index != self.value and index < len(self._buttons):
            self.value = index
            self.mark(index)
            self.chosen.emit(index)

    def _button(self, index: int, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{self._prefix}{index}")
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setText(name if len(name) < 3 else str(index))
        words = CHOOSE.format(name=name)
        self._ui.bind(button.setToolTip, words, button)
        self._ui.bind(button.setAccessibleName, words, button)
        button.clicked.connect(lambda: self._press(index))
        self._row.addWidget(button)
        return button

    def _press(self, index: int) -> None:
        if index == self.value:
            self.mark(index)  # until the runner-up is known
            self.choose(-1)
        else:
            self.choose(index)
            self.mark(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = digit_of(event)
        if digit is not None and digit < len(self._buttons):
            self._press(digit)
        else:
            super().keyPressEvent(event)
