"""A large view of the unit that is pointed at, with its formula and the numbers of the present sample."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from nnplayground.engine.arrays import Array
from nnplayground.gui.network.faces import to_bytes
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

SIDE = 128
"""Pixels of the large view."""
AWAY = 14
"""Pixels between the unit and the card."""


class UnitCard(QFrame):
    """Lies on the window, so that it may be larger than the picture, and lets the mouse through."""

    def __init__(self, ui: Ui, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui
        self.setObjectName("unit_card")
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view, self._words = QLabel(self), QLabel(self)
        self._view.setFixedSize(SIDE, SIDE)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 8, 10, 8)
        line.setSpacing(10)
        line.addWidget(self._view)
        line.addWidget(self._words)
        self.hide()

    @property
    def words(self) -> str:
        """What is written on it."""
        return self._words.text()

    @property
    def pixmap(self) -> QPixmap:
        """The large view."""
        return self._view.pixmap()

    def show_unit(
        self, title: Text, lines: list[Text], image: Array | None, picture: QWidget, beside: QRectF
    ) -> None:  # fmt: skip
        """Show the formula `lines` and the `image` (height, width) in -1..1, row 0 lowest, beside a place in `picture`."""
        text = self._ui.text
        self._words.setText("\n".join([text(title), "", *map(text, lines)]) if lines else text(title))
        self._view.setVisible(image is not None and image.shape[0] > 1)
        if image is not None and image.shape[0] > 1:
            self._view.setPixmap(large(image, self._ui.theme, self.devicePixelRatioF()))
        window = picture.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.adjustSize()
        corner = picture.mapTo(window, QPoint(0, 0))
        self._stand(beside.translated(corner), window.size())
        self.show()
        self.raise_()

    def _stand(self, beside: QRectF, room: QSize) -> None:
        """To the right of the unit, or to the left where there is no room; never outside."""
        x = int(beside.right()) + AWAY
        if x + self.width() > room.width():
            x = int(beside.left()) - AWAY - self.width()
        y = int(beside.center().y() - self.height() / 2)
        most = QPoint(room.width() - self.width(), room.height() - self.height())
        self.move(max(min(x, most.x()), 0), max(min(y, most.y()), 0))


def large(image: Array, theme: Theme, ratio: float) -> QPixmap:
    """`image` (height, width) in -1..1, row 0 lowest, as a picture of `SIDE` pixels."""
    pixels = np.ascontiguousarray(theme.diverging_table()[to_bytes(image)][::-1])
    height, width = pixels.shape[:2]
    made = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(QColor(theme.surface))
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        source = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
        painter.drawImage(QRectF(0, 0, SIDE, SIDE), source)
    return made
