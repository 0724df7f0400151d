"""Notes on the experiment."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes.notes import NotesPane
from nnplayground.storage.table import MOST_NOTES
from nnplayground.text import Text

HINT = Text(
    "What did you try, and what did you see? Notes are saved with the experiment.",
    "何を試して、何が分かりましたか。メモは実験と一緒に保存されます。",
)


class NotesView(QWidget):
    """The editor over `desk.notes`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._notes = desk.notes
        self.editor = QPlainTextEdit()
        self.editor.setObjectName("notes")
        self.editor.setTabChangesFocus(True)
        self.editor.setPlainText(desk.notes.text)
        desk.ui.bind(self.editor.setPlaceholderText, HINT, self.editor)
        desk.ui.bind(self.editor.setAccessibleName, NotesPane.label, self.editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.editor)
        self.editor.textChanged.connect(self._write)
        desk.notes.changed.connect(self._read)

    @Slot()
    def _write(self) -> None:
        self._notes.set(self.editor.toPlainText()[:MOST_NOTES])

    @Slot(str)
    def _read(self, text: str) -> None:
        if text != self.editor.toPlainText()[:MOST_NOTES]:
            self.editor.setPlainText(text)
