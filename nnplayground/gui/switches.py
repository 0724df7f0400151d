"""A row of small switches over a plot: what of it is shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from nnplayground.gui.flow import FlowRow
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

TRAIN, TEST = Text("Train", "訓練"), Text("Test", "テスト")
SHOW_TRAIN = Text("Show the training data", "訓練データを表示")
SHOW_TEST = Text("Show the test data", "テストデータを表示")


class Switches(QWidget):
    """Begins with a switch for the training and one for the test data."""

    changed = Signal()

    def __init__(self, ui: Ui, prefix: str) -> None:
        super().__init__()
        self._ui = ui
        self._prefix = prefix
        self.line = FlowRow(self)
        self.train = self.add("train", TRAIN, SHOW_TRAIN)
        self.test = self.add("test", TEST, SHOW_TEST)

    def add(self, name: str, words: Text, tip: Text, on: bool = True) -> QToolButton:
        """One more switch, `<prefix>_<name>`."""
        button = QToolButton(self)
        button.setObjectName(f"{self._prefix}_{name}")
        button.setProperty("role", "switch")
        button.setCheckable(True)
        button.setChecked(on)
        button.toggled.connect(self.changed)
        self._ui.bind(button.setText, words, button)
        self._ui.bind(button.setToolTip, tip, button)
        self._ui.bind(button.setAccessibleName, tip, button)
        self.line.addWidget(button)
        return button
