"""One control with all that belongs to it: its name, when it takes effect, and a place for a remark."""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nnplayground.gui.calm import calm
from nnplayground.gui.explain import LIVE, REBUILDS, Explainer, Subject, explanation_of
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.icons import pixmap
from nnplayground.gui.note import Note
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

MARK = 13
NAME = 64
"""Pixels that the name wants at least beside its editor, or it stands above it."""


def tip(words: Text) -> Text:
    """`words` as a tool tip that wraps its lines."""
    return words.map(lambda sentence: f"<p>{html.escape(sentence)}</p>" if sentence else "")


class Mark(QLabel):
    """A small sign that a control takes effect at once, or that it rebuilds the network."""

    def __init__(self, ui: Ui, live: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        ui.bind(self.setToolTip, tip(LIVE if live else REBUILDS), self)
        ui.bind(self.setAccessibleName, LIVE if live else REBUILDS, self)
        ui.bind_theme(self._paint, self)

    def _paint(self, theme: Theme) -> None:
        name, color = ("live", theme.success) if self._live else ("rebuild", theme.muted)
        self.setPixmap(pixmap(name, color, MARK, self.devicePixelRatioF()))


class Setting(QWidget):
    """A named editor. `stacked` puts the editor below its name, for wide ones; without a name it names itself."""

    def __init__(
        self, ui: Ui, explainer: Explainer, label: Text, live: bool, editor: QWidget,
        subject: Callable[[], Subject | None], *, stacked: bool = False, named: bool = True, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.editor = editor
        editor.setParent(self)
        self.note = Note(ui, self)
        self.mark = Mark(ui, live, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        line = FlowRow(sentence=NAME)
        line.setSpacing(6)
        column.addLayout(line)
        if named:
            line.addWidget(self._name(ui, label), 1)
        else:
            line.addWidget(editor, 1)
        line.addWidget(self.mark)
        if stacked:
            column.addWidget(editor)
        elif named:
            line.addWidget(editor)
        column.addWidget(self.note)
        self._introduce(ui, explainer, label, subject)

    def _name(self, ui: Ui, label: Text) -> QLabel:
        name = QLabel(self)
        name.setWordWrap(True)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setBuddy(self.editor)
        ui.bind(name.setText, label, name)
        return name

    def _introduce(self, ui: Ui, explainer: Explainer, label: Text, subject: Callable[[], Subject | None]) -> None:
        """Give the editor its name, its tool tip, and its manners."""
        ui.bind(self.editor.setAccessibleName, label, self.editor)
        known = subject()
        if known is not None:
            ui.bind(self.editor.setToolTip, tip(explanation_of(known).sentence), self.editor)
        explainer.watch(self, subject)
        for part in _parts(self.editor):
            calm(part)
            explainer.watch(part, subject)


def _parts(editor: QWidget) -> list[QWidget]:
    """What takes the focus: the editor itself, or several controls that it is made of."""
    if editor.layout() is None:
        return [editor]
    return editor.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
