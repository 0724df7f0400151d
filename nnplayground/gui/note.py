"""A remark beside a control: an icon and a sentence, and no room taken while there is nothing to say."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from nnplayground.gui.icons import pixmap
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

Kind = Literal["info", "warning", "error"]
ICON = 14


class Note(QWidget):
    """Hidden until `say` gives it a sentence."""

    def __init__(self, ui: Ui, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._kind: Kind = "info"
        self.said: Text | None = None
        self._icon = QLabel(self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(6)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.hide()

    @property
    def kind(self) -> Kind:
        """What the sentence is: a remark, a warning, or an error."""
        return self._kind

    def say(self, words: Text | None, kind: Kind = "info") -> None:
        """Show a sentence, or nothing."""
        if (words, kind) == (self.said, self._kind):
            return
        self.said, self._kind = words, kind
        if words is not None:
            self._ui.bind(self._words.setText, words, self._words)
            self._ui.bind(self.setAccessibleName, words, self)
            self._ui.bind_theme(self._paint, self)
        self.setVisible(words is not None)

    def _paint(self, theme: Theme) -> None:
        color = {"info": theme.muted, "warning": theme.warning, "error": theme.error}[self._kind]
        self._icon.setPixmap(pixmap(self._kind, color, ICON, self.devicePixelRatioF()))
        self._words.setStyleSheet(f"color: {color};")
