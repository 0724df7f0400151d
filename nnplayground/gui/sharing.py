"""Share codes: the settings in the clipboard, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog

from nnplayground.storage import share_code
from nnplayground.storage.project import Project
from nnplayground.text import Problem, Text

if TYPE_CHECKING:
    from nnplayground.gui.window import Window

COPIED = Text(
    "The share code ({n} letters) is in the clipboard: paste it into a chat or a mail. It holds the settings, not what was learnt.",
    "共有コード（{n} 文字）をクリップボードにコピーしました。チャットやメールに貼り付けられます。設定だけが入り、学習した値は入りません。",
)
OPEN = Text("Open a share code", "共有コードを開く")
PASTE = Text("Paste the code here:", "コードを貼り付けてください:")
MOST = 100_000
"""Letters of the clipboard that are looked at."""


class Sharing(QObject):
    """The two actions of the edit menu."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        window.actions_by_name["copy_share"].triggered.connect(self.copy)
        window.actions_by_name["open_share"].triggered.connect(self.ask)

    @Slot()
    def copy(self) -> None:
        """Put the code of the experiment into the clipboard."""
        try:
            code = share_code.encode(self._window.document.experiment)
        except Problem as problem:
            self._window.notices.problem(problem)
            return
        QGuiApplication.clipboard().setText(code)
        self._window.notices.say(COPIED.format(n=len(code)))

    @Slot()
    def ask(self) -> None:
        """Ask for a code, with what is in the clipboard if it is one."""
        ui = self._window.ui
        held = QGuiApplication.clipboard().text()[:MOST].strip()
        start = held if held.startswith("nnp") else ""
        words, chosen = QInputDialog.getMultiLineText(self._window, ui.text(OPEN), ui.text(PASTE), start)
        if chosen:
            self.open(words)

    def open(self, words: str) -> bool:
        """Show the experiment of a code; False if it is none, which is said."""
        try:
            experiment = share_code.decode(words)
        except Problem as problem:
            self._window.notices.problem(problem)
            return False
        self._window.files.show(Project(experiment), None)
        return True
