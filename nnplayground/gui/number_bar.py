"""A number with a bar behind it."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.gui.curve import Paint
from nnplayground.gui.painting import guarded
from nnplayground.gui.ui import Ui


class NumberBar(QWidget):
    """Shows `value` in words and `share` (0..1) of its width as a bar; what is no number is written in the error colour."""

    def __init__(self, ui: Ui, paint: Paint) -> None:
        super().__init__()
        self._ui, self._paint = ui, paint
        self.value = 0.0
        self.share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        ui.bind_theme(lambda _theme: self.update(), self)

    def show_value(self, value: float, share: float) -> None:
        """Show it."""
        self.value, self.share = value, min(max(share, 0.0), 1.0) if math.isfinite(share) else 0.0
        self.setAccessibleDescription(self.words())
        self.update()

    def words(self) -> str:
        """The number as it is written."""
        if not math.isfinite(self.value):
            return str(self.value)
        return f"{self.value:.4f}" if abs(self.value) < 1e4 else f"{self.value:.3g}"

    def sizeHint(self) -> QSize:
        return QSize(84, self.fontMetrics().height() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, self.fontMetrics().height() + 4)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, room = self._ui.theme, QRectF(self.rect()).adjusted(0, 1, 0, -1)
        bar = QRectF(room)
        bar.setWidth(room.width() * self.share)
        color = QColor(self._paint(theme))
        color.setAlphaF(0.45)
        with QPainter(self) as painter:
            painter.fillRect(room, QColor(theme.sunken))
            painter.fillRect(bar, color)
            painter.setPen(QColor(theme.text if math.isfinite(self.value) else theme.error))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room.adjusted(2, 0, -5, 0), side, self.words())
