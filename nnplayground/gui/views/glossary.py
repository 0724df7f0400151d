"""The glossary: a card for each technical word, found by typing."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QKeyEvent, QTextDocument
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from nnplayground.gui.desk import Desk
from nnplayground.gui.glossary.pictures import SIZE, draw_of, pixmap_of
from nnplayground.gui.glossary.terms import Term, found
from nnplayground.text import LANGUAGES, Text

SEARCH = Text("Search for a word", "用語を検索")
HINT = Text("Search in English or Japanese", "日本語か英語で検索")
LIST = Text("Words", "用語")
CARD = Text("Meaning of the word", "用語の意味")
NONE = Text(
    "No such word. Try a part of it, in English or Japanese.",
    "見つかりません。用語の一部を日本語か英語で入力してください。",
)
PICTURE = "picture"


class GlossaryView(QWidget):
    """A field to type in, what is found, and the card of the chosen word."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._ui = desk.ui
        self.field, self.words, self.card = _Field(self), QListWidget(), QTextBrowser()
        self.setFocusProxy(self.field)
        self._name_parts()
        self._lay_out()
        self.field.textChanged.connect(self._search)
        self.words.currentItemChanged.connect(self._show)
        self._ui.language_changed.connect(self._search)
        self._ui.theme_changed.connect(self._show)
        self._search()

    def _name_parts(self) -> None:
        self.words.setWordWrap(True)
        self.words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part, name, words in (
            (self.field, "glossary_search", SEARCH), (self.words, "glossary_words", LIST),
            (self.card, "glossary_card", CARD),
        ):  # fmt: skip
            part.setObjectName(name)
            self._ui.bind(part.setAccessibleName, words, part)
        self._ui.bind(self.field.setPlaceholderText, HINT, self.field)

    def _lay_out(self) -> None:
        self.field.setClearButtonEnabled(True)
        self.card.setOpenLinks(False)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        for part in (self.words, self.card):
            part.setMinimumSize(90, 40)
            halves.addWidget(part)
        halves.setStretchFactor(1, 1)
        halves.setSizes([150, 300])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 8)
        layout.addWidget(self.field)
        layout.addWidget(halves, 1)

    @Slot()
    def _search(self) -> None:
        """List what fits; the word that was chosen stays chosen if it does."""
        before = self.term
        self.words.clear()
        for term in found(self.field.text(), self._ui.language):
            item = QListWidgetItem(self._ui.text(term.name))
            item.setData(Qt.ItemDataRole.UserRole, term)
            self.words.addItem(item)
            if before is not None and term == before and not self.field.text():
                self.words.setCurrentItem(item)
        if self.term is None and self.words.count():
            self.words.setCurrentRow(0)
        self._show()

    @property
    def term(self) -> Term | None:
        """The word whose card is shown."""
        item = self.words.currentItem()
        chosen = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return chosen if isinstance(chosen, Term) else None

    @Slot()
    def _show(self) -> None:
        term, theme = self.term, self._ui.theme
        if term is None:
            self.card.setPlainText(self._ui.text(NONE))
            return
        draw = draw_of(term.name.en, term.id, term.package)
        if draw is not None:
            drawn = pixmap_of(draw, theme, self.devicePixelRatioF())
            self.card.document().addResource(QTextDocument.ResourceType.ImageResource, QUrl(PICTURE), drawn)
        self.card.setHtml(_html(term, self._ui.language, theme.accent, theme.muted, draw is not None))


class _Field(QLineEdit):
    """Up and Down go through what is found, without leaving the field."""

    def __init__(self, view: GlossaryView) -> None:
        super().__init__(view)
        self._view = view

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        words = self._view.words
        if by:
            words.setCurrentRow(max(0, min(words.count() - 1, words.currentRow() + by)))
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _html(term: Term, language: str, accent: str, muted: str, pictured: bool) -> str:
    """The card: both names, that of the window's language first."""
    other = next(name for name in LANGUAGES if name != language)
    first, second = term.name.in_(language), term.name.in_(other)
    lines = [f"<p><b>{escape(first)}</b>"]
    if second != first:
        lines.append(f" &nbsp;{escape(second)}")
    lines.append(f'</p><p style="color: {muted}">{escape(term.kind.in_(language))}</p>')
    if term.formula:
        lines.append(f'<p style="color: {accent}">{escape(term.formula)}</p>')
    lines.append(f"<p>{escape(term.sentence.in_(language))}</p>")
    if pictured:
        lines.append(f'<p><img src="{PICTURE}" width="{SIZE.width()}" height="{SIZE.height()}"></p>')
    return "".join(lines)
