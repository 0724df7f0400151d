"""A view that has nothing to show yet, and says so in its middle."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedLayout, QWidget

from nnplayground.gui.ui import Ui
from nnplayground.text import Text

LOADING = Text("Preparing the data…", "データを準備しています…")


class Blank(QWidget):
    """Holds `content`, or a sentence in its place."""

    def __init__(self, ui: Ui, content: QWidget) -> None:
        super().__init__()
        self._ui = ui
        self.words = QLabel()
        self.words.setObjectName("blank_words")
        self.words.setWordWrap(True)
        self.words.setProperty("role", "muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setContentsMargins(24, 8, 24, 8)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.content = content
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.words)
        self._stack.addWidget(content)
        self.said: Text | None = None
        self.say(LOADING)

    def say(self, words: Text | None) -> None:
        """Show a sentence; None shows the content."""
        if words is not None and words != self.said:
            self._ui.bind(self.words.setText, words, self.words)
        self.said = words
        self._stack.setCurrentWidget(self.content if words is None else self.words)

    def minimumSizeHint(self) -> QSize:
        """What the content needs at the width of now."""
        least, layout = super().minimumSizeHint(), self.content.layout()
        if layout is not None and layout.hasHeightForWidth():
            tall = layout.totalMinimumHeightForWidth(max(self.width(), least.width()))
            least.setHeight(max(least.height(), tall))
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Or a box would take what the content would like for the least that it needs."""
        return False
