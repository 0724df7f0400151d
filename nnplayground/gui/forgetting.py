"""What a lesson cost elsewhere, as a small gauge: red beyond one point of accuracy."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.gui.painting import guarded
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.teaching import Lesson

FULL = 2.0
"""Points of accuracy at the right end."""
ALLOWED = 1.0
NAME = Text("Forgetting meter", "忘却メーター")
FORGOT = Text(
    "Forgotten elsewhere: {points:.1f} points (test accuracy {before:.1%} → {after:.1%})",
    "ほかの数字を忘れた量: {points:.1f} ポイント（テスト精度 {before:.1%} → {after:.1%}）",
)
GAINED = Text(
    "Nothing forgotten: test accuracy {before:.1%} → {after:.1%}",
    "ほかの数字は忘れていません（テスト精度 {before:.1%} → {after:.1%}）",
)


def words_of(lesson: Lesson) -> Text:
    """The cost of `lesson` in a sentence."""
    words = FORGOT if lesson.forgotten > 0 else GAINED
    return words.format(
        points=100 * lesson.forgotten, before=lesson.accuracy_before, after=lesson.accuracy_after
    )  # fmt: skip


class ForgettingMeter(QWidget):
    """From nothing to `FULL` points, with a mark at what is allowed."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._lesson: Lesson | None = None
        self.setObjectName("forgetting_meter")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        ui.bind(self.setAccessibleName, NAME, self)
        ui.bind_theme(lambda _theme: self.update(), self)

    @property
    def color(self) -> str:
        """Colour of the reading."""
        theme = self._ui.theme
        return theme.error if self._lesson is not None and self._lesson.is_costly else theme.success

    def show_lesson(self, lesson: Lesson | None) -> None:
        """Show what `lesson` cost."""
        self._lesson = lesson
        if lesson is not None:
            self._ui.bind(self.setToolTip, words_of(lesson), self)
            self._ui.bind(self.setAccessibleDescription, words_of(lesson), self)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(72, 14)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, 14)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, lesson = self._ui.theme, self._lesson
        track = QRectF(self.rect()).adjusted(0.5, 3.5, -0.5, -3.5)
        points = 0.0 if lesson is None else max(100 * lesson.forgotten, 0.0)
        filled = QRectF(track)
        filled.setWidth(track.width() * min(points / FULL, 1.0))
        allowed = track.x() + track.width() * ALLOWED / FULL
        with QPainter(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.sunken))
            painter.drawRect(track)
            painter.setBrush(QColor(self.color))
            painter.drawRect(filled)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.color), 1.0))
            painter.drawRect(track)
            painter.setPen(QPen(QColor(theme.text), 1.5))
            painter.drawLine(round(allowed), 0, round(allowed), self.height())
