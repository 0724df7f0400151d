"""One line for what the program has to say. It stops nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnplayground.gui.icons import pixmap
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Notice, Ui
from nnplayground.text import Text

CLOSE = Text("Close the message", "メッセージを閉じる")
DETAILS = Text("Details", "詳細")
COPY = Text("Copy details", "詳細をコピー")
LEVELS = {
    "info": Text("Note", "お知らせ"),
    "warning": Text("Warning", "注意"),
    "error": Text("Error", "エラー"),
}
_KEPT = 20
_INFO_MS = 8000
"""How long a mere note stays, unless somebody reads it with the pointer on it."""

Action = tuple[Text, Callable[[], object]]
"""A button's words and what it does; pressing it closes the message."""


@dataclass(frozen=True)
class _Message:
    notice: Notice
    actions: tuple[Action, ...] = ()


class MessageBar(QFrame):
    """The newest message; closing it brings back the warning or error that it covered."""

    changed = Signal()

    def __init__(self, ui: Ui, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._messages: list[_Message] = []
        self._icon = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = QHBoxLayout()
        self._details_button = QToolButton()
        self._details_button.setCheckable(True)
        self._copy_button = QToolButton()
        self._close_button = QToolButton()
        self._details = QPlainTextEdit()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fade)
        self._name_parts()
        self._lay_out()
        self._details_button.toggled.connect(self._show_details)
        self._copy_button.clicked.connect(self._copy)
        self._close_button.clicked.connect(self.close_message)
        ui.bind_theme(self._restyle, self)
        ui.language_changed.connect(self._show)
        self._show()

    def _name_parts(self) -> None:
        self.setObjectName("message_bar")
        for part, name, words in (
            (self._details_button, "message_details", DETAILS),
            (self._copy_button, "message_copy", COPY),
            (self._close_button, "message_close", CLOSE),
            (self._details, "message_details_text", DETAILS),
        ):
            part.setObjectName(name)
            self._ui.bind(part.setAccessibleName, words, part)
        self._words.setObjectName("message_text")
        self._ui.bind(self._details_button.setText, DETAILS, self._details_button)
        for button, icon, words in ((self._copy_button, "copy", COPY), (self._close_button, "close", CLOSE)):
            button.setIconSize(QSize(16, 16))
            self._ui.bind_icon(button.setIcon, icon, button)
            self._ui.bind(button.setToolTip, words, button)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(12, 4, 6, 4)
        line.setSpacing(8)
        line.addWidget(self._icon)
        line.addWidget(self._words, 1)
        line.addLayout(self._buttons)
        for button in (self._details_button, self._copy_button, self._close_button):
            button.setAutoRaise(True)
            line.addWidget(button)
        self._details.setReadOnly(True)
        self._details.setMaximumHeight(130)
        self._details.setTabChangesFocus(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self._details)

    def text(self) -> str:
        """What the bar says now, in the language of the window; empty when it says nothing."""
        return self._ui.text(self._messages[-1].notice.text) if self._messages else ""

    def shows(self, text: Text) -> bool:
        """Whether it says `text`, perhaps behind something newer."""
        return any(message.notice.text == text for message in self._messages)

    @property
    def level(self) -> str:
        """ "info", "warning" or "error"; empty when it says nothing."""
        return self._messages[-1].notice.level if self._messages else ""

    @Slot(object)
    def show_notice(self, notice: Notice, actions: Sequence[Action] = ()) -> None:
        """Say `notice`, with buttons for `actions`; connect `Ui.told` here."""
        kept = [m for m in self._messages if m.notice.level != "info" and m.notice.text != notice.text]
        self._messages = [*kept, _Message(notice, tuple(actions))][-_KEPT:]
        self._show()
        self._announce()

    def show_message(self, text: Text, level: str = "info", details: str = "", actions: Sequence[Action] = ()) -> None:
        """Say `text`; `details` are technical words, shown when asked for."""
        self.show_notice(Notice(text, level, details), actions)

    @Slot()
    def close_message(self) -> None:
        """Take the message away."""
        if self._messages:
            self._messages.pop()
            self._show()

    @Slot()
    def clear(self) -> None:
        """Take all messages away."""
        self._messages.clear()
        self._show()

    def _show(self) -> None:
        message = self._messages[-1] if self._messages else None
        if message is None:
            self.hide()
        self._details_button.setChecked(False)
        self._details.hide()
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
                widget.hide()
        self._timer.stop()
        if message is not None:
            if message.notice.level == "info" and not message.actions:
                self._timer.start(_INFO_MS)
            self._words.setText(self.text())
            self._details.setPlainText(message.notice.details)
            for words, do in message.actions:
                button = self._action_button(words, do)
                self._buttons.addWidget(button)
                button.show()  # a layout would do so only later
            for detail in (self._details_button, self._copy_button):
                detail.setVisible(bool(message.notice.details))
            self.setAccessibleName(f"{self._ui.text(LEVELS[message.notice.level])}: {self.text()}")
            self._restyle(self._ui.theme)
            self.show()  # last: each part that is shown in what is seen lays out the window anew
        self.changed.emit()

    @Slot()
    def _fade(self) -> None:
        if self.underMouse() or self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self._timer.start(_INFO_MS)
        else:
            self.close_message()

    def _action_button(self, words: Text, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(self._ui.text(words), self)
        button.setAutoDefault(False)

        def pressed() -> None:
            self.close_message()
            do()

        button.clicked.connect(pressed)
        return button

    def _announce(self) -> None:
        """Tell screen readers, at once when it is an error."""
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        said = QAccessibleAnnouncementEvent(self, self.accessibleName())
        urgent = QAccessible.AnnouncementPoliteness.Assertive
        said.setPoliteness(urgent if self.level == "error" else QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(said)

    def _show_details(self, shown: bool) -> None:
        self._details.setVisible(shown)

    def _copy(self) -> None:
        message = self._messages[-1]
        QGuiApplication.clipboard().setText(f"{self.text()}\n\n{message.notice.details}")

    def _restyle(self, theme: Theme) -> None:
        level = self.level or "info"
        color = {"info": theme.info, "warning": theme.warning, "error": theme.error}[level]
        self._icon.setPixmap(pixmap(level, color, 20, self.devicePixelRatioF()))
        self.setStyleSheet(
            f"#message_bar {{ background: {theme.sunken}; border: 1px solid {theme.outline};"
            f" border-left: 4px solid {color}; border-radius: 6px; }}"
        )
