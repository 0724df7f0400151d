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
    """Hidden until `say` gives it a sentence; most never get one, so its parts are made for the first."""

    def __init__(self, ui: Ui, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._kind: Kind = "info"
        self.said: Text | None = None
        self._parts: tuple[QLabel, QLabel] | None = None
        self.hide()

    def _icon_and_words(self) -> tuple[QLabel, QLabel]:
        if self._parts is None:
            self._parts = icon, words = QLabel(self), QLabel(self)
            self._lay_out(icon, words)
        return self._parts

    def _lay_out(self, icon: QLabel, words: QLabel) -> None:
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(6)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(words, 1)

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
            label = self._icon_and_words()[1]
            self._ui.bind(label.setText, words, label)
            self._ui.bind(self.setAccessibleName, words, self)
            self._ui.bind_theme(self._paint, self)
        self.setVisible(words is not None)

    def _paint(self, theme: Theme) -> None:
        color = {"info": theme.muted, "warning": theme.warning, "error": theme.error}[self._kind]
        icon, words = self._icon_and_words()
        icon.setPixmap(pixmap(self._kind, color, ICON, self.devicePixelRatioF()))
        words.setStyleSheet(f"color: {color};")
