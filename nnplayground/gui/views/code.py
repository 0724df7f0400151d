"""The experiment as a script."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import PaneView
from nnplayground.gui.tool_row import ToolRow
from nnplayground.text import Problem, Text
from nnplayground.training.snapshot import Snapshot

COPY = Text("Copy the script", "スクリプトをコピー")
COPIED = Text("The script is in the clipboard.", "スクリプトをクリップボードにコピーしました。")
SCRIPT = Text("Python script", "Python のスクリプト")


class CodeView(PaneView):
    """The script, made when it is seen and something changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.editor = QPlainTextEdit()
        self.editor.setObjectName("code")
        self.editor.setReadOnly(True)
        self.editor.setTabChangesFocus(True)
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self.editor.setFont(font)
        desk.ui.bind(self.editor.setAccessibleName, SCRIPT, self.editor)
        row = ToolRow(desk.ui)
        row.addStretch()
        row.add_button("copy_code", "copy", COPY, self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 2, 6, 6)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.editor)
        self._made_for: object = None
        desk.document.changed.connect(self.outdate)
        desk.ui.language_changed.connect(self.refresh)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        experiment, language = self.desk.document.experiment, self.desk.ui.language
        if self._made_for == (experiment, language):
            return
        from nnplayground.keras.scripting import script  # not needed before somebody looks

        self._made_for = (experiment, language)
        try:
            words = script(experiment, language)
        except Problem as problem:
            words = f"# {problem.text.in_(language)}"
        bar = self.editor.verticalScrollBar()
        place = bar.value()
        self.editor.setPlainText(words)
        bar.setValue(place)

    @Slot()
    def copy(self) -> None:
        """Put the script into the clipboard."""
        QGuiApplication.clipboard().setText(self.editor.toPlainText())
        self.desk.ui.tell(COPIED)
