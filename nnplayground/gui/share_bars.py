"""What speaks for something and what against it, as bars to the right and to the left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.gui.painting import guarded
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

MOST = 12
NARROW = 40
"""Bars shorter than this need the room of their numbers."""


class ShareBars(QWidget):
    """A row for each share, as many as there is room for; the strongest ones first."""

    def __init__(self, ui: Ui, name: Text) -> None:
        super().__init__()
        self._ui = ui
        self._shares: Sequence[tuple[Text, float]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        ui.bind(self.setAccessibleName, name, self)
        ui.theme_changed.connect(self.update)
        ui.language_changed.connect(self._describe)

    @property
    def shares(self) -> Sequence[tuple[Text, float]]:
        """What is shown."""
        return self._shares

    def show_shares(self, shares: Sequence[tuple[Text, float]]) -> None:
        """Show the first of `shares`: a name and a number each."""
        self._shares = tuple(shares[:MOST])
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription(", ".join(f"{self._ui.text(name)} {share:+.2f}" for name, share in self._shares))

    def sizeHint(self) -> QSize:
        return QSize(150, 150)

    def minimumSizeHint(self) -> QSize:
        return QSize(90, 40)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = self.fontMetrics()
        high = metrics.height() + 4
        shown = self._shares[: max(self.height() // high, 1)]
        if not shown:
            return
        names = max(metrics.horizontalAdvance(self._ui.text(name)) for name, _ in shown) + 8
        numbers = metrics.horizontalAdvance("+00.00") + 6
        numbers = numbers if self.width() - names - numbers >= NARROW else 0
        room = max(self.width() - names - numbers, 1)
        low = min(0.0, *(share for _, share in shown))
        span = max(max(0.0, *(share for _, share in shown)) - low, 1e-12)
        with QPainter(self) as painter:
            for i, (name, share) in enumerate(shown):
                self._paint_row(painter, QRectF(0, i * high, self.width(), high), name, share, names, numbers)
                zero = names + room * -low / span
                bar = QRectF(zero, i * high + 3, room * share / span, high - 6).normalized()
                painter.fillRect(bar, QColor(self._ui.theme.positive if share > 0 else self._ui.theme.negative))

    def _paint_row(
        self, painter: QPainter, place: QRectF, name: Text, share: float, names: float, numbers: float
    ) -> None:
        align = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self._ui.theme.muted))
        painter.drawText(place.adjusted(0, 0, names - place.width(), 0), align, self._ui.text(name))
        if numbers:
            painter.setPen(QColor(self._ui.theme.text))
            right = place.adjusted(place.width() - numbers, 0, 0, 0)
            painter.drawText(right, align | Qt.AlignmentFlag.AlignRight, f"{share:+.2f}")
