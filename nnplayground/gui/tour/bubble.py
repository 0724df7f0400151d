"""What the tour says at one stop, beside what it speaks of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nnplayground.gui.theme import Theme
from nnplayground.gui.tour.stops import Stop
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

NEXT = Text("Next", "次へ")
DONE = Text("Done", "終わり")
BACK = Text("Back", "戻る")
SKIP = Text("Skip the tour", "ツアーをやめる")
NUMBER = Text("{n} of {all}", "{n} / {all}")
CHARACTERS = 40
"""Width of the bubble, in letters of average width."""
MARGIN = 10
_Key = Qt.Key
_ON = (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Right, _Key.Key_Down)
_BACK = (_Key.Key_Left, _Key.Key_Up, _Key.Key_Backspace)


class Bubble(QFrame):
    """A title, a few sentences, and the way on, back and out, also by Enter, the arrow keys and Esc."""

    turned = Signal(int)
    """1 for the next stop, -1 for the one before."""
    left = Signal()
    """The person has seen enough."""

    def __init__(self, ui: Ui, window: QWidget) -> None:
        super().__init__(window)
        self._ui = ui
        self._title, self._sentence, self._number = QLabel(), QLabel(), QLabel()
        self._next = self._button("tour_next", NEXT)
        self._back = self._button("tour_back", BACK)
        self._skip = self._button("tour_skip", SKIP)
        self.setObjectName("tour_bubble")
        self._title.setProperty("role", "title")
        self._number.setProperty("role", "muted")
        self._sentence.setWordWrap(True)
        self._title.setWordWrap(True)
        self._lay_out()
        self._next.clicked.connect(lambda: self.turned.emit(1))
        self._back.clicked.connect(lambda: self.turned.emit(-1))
        self._skip.clicked.connect(self.left)
        ui.bind_theme(self._restyle, self)
        self.hide()

    def _button(self, name: str, words: Text) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.installEventFilter(self)
        for setter in (button.setText, button.setAccessibleName):
            self._ui.bind(setter, words, button)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._number, 1)
        for button in (self._skip, self._back, self._next):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._sentence, 1)
        layout.addLayout(row)

    def say(self, stop: Stop, place: int, count: int) -> None:
        """Speak of `stop`, the one at `place` of `count`, to the eye and to screen readers."""
        last = place == count - 1
        bind = self._ui.bind
        bind(self._title.setText, stop.title, self._title)
        bind(self._sentence.setText, stop.sentence, self._sentence)
        bind(self._number.setText, NUMBER.format(n=place + 1, all=count), self._number)
        bind(self.setAccessibleName, stop.title, self)
        bind(self.setAccessibleDescription, stop.sentence, self)
        for setter in (self._next.setText, self._next.setAccessibleName):
            bind(setter, DONE if last else NEXT, self._next)
        self._back.setEnabled(place > 0)
        self._skip.setVisible(not last)
        self.show()
        self.raise_()
        self._next.setFocus(Qt.FocusReason.TabFocusReason)
        said = f"{self._ui.text(stop.title)}: {self._ui.text(stop.sentence)}"
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def put_beside(self, target: QRect | None, room: QRect) -> None:
        """Stand next to `target` within `room`, both in the window; in the middle if there is nothing to stand by."""
        width = min(
            max(CHARACTERS * self.fontMetrics().averageCharWidth(), self.minimumSizeHint().width()), room.width()
        )
        size = QSize(width, min(max(self.heightForWidth(width), 1), room.height()))
        self.setGeometry(beside(target, size, room))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys on the buttons turn the pages, whatever they mean to the window."""
        if not isinstance(event, QKeyEvent) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = event.key()
        if key not in (*_ON, *_BACK, _Key.Key_Escape):
            return False
        if key in (_Key.Key_Return, _Key.Key_Enter) and watched is not self._next:
            return self._press(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.left.emit() if key == _Key.Key_Escape else self.turned.emit(1 if key in _ON else -1)
        return True

    def _press(self, button: QObject, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(button, QPushButton):
            button.click()
        return event.type() == QEvent.Type.KeyPress

    def _restyle(self, theme: Theme) -> None:
        self.setStyleSheet(
            f"#tour_bubble {{ background: {theme.surface}; border: 2px solid {theme.accent}; border-radius: 8px; }}"
        )


def beside(target: QRect | None, size: QSize, room: QRect) -> QRect:
    """Where a thing of `size` stands on one side of `target`, inside `room` and off the target; if that can be had.

    Below or above something wide, as a row may go on beside it; else right or left of it.
    """
    middle = QRect(room.center() - QPoint(size.width() // 2, size.height() // 2), size)
    if target is None:
        return _inside(middle, room)
    x = max(room.left(), min(target.left(), room.right() - size.width() + 1))
    y = max(room.top(), min(target.top() + 2 * MARGIN, room.bottom() - size.height() + 1))
    sides = (QPoint(target.right() + MARGIN, y), QPoint(target.left() - MARGIN - size.width(), y))
    ends = (QPoint(x, target.bottom() + MARGIN), QPoint(x, target.top() - MARGIN - size.height()))
    wide = target.width() > 2 * target.height()
    places = (QRect(corner, size) for corner in ((*ends, *sides) if wide else (*sides, *ends)))
    return next((place for place in places if room.contains(place)), _inside(middle, room))


def _inside(place: QRect, room: QRect) -> QRect:
    x = max(room.left(), min(place.left(), room.right() - place.width() + 1))
    y = max(room.top(), min(place.top(), room.bottom() - place.height() + 1))
    return QRect(QPoint(x, y), place.size())
