"""The picture that is read instead of a drawing, lying on the canvas."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from nnplayground.gui.drawing import Drawing
from nnplayground.gui.painting import guarded
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

NAME = Text("Picture of a digit; drawing on it begins a new drawing", "数字の画像。上から描くと新しい描画になります")
_MARGIN = 3


class PictureView(QWidget):
    """Hidden unless there is a picture. Lets the pen through to the canvas below, which begins anew then."""

    def __init__(self, ui: Ui, drawing: Drawing, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._ui, self._drawing, self._canvas = ui, drawing, canvas
        self._picture = QPixmap()
        self.setObjectName("picture")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        ui.bind(self.setAccessibleName, NAME, self)
        ui.theme_changed.connect(self.update)
        canvas.installEventFilter(self)
        drawing.picture_changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        pixels = self._drawing.pixels
        self._picture = QPixmap() if pixels is None else _pixmap(pixels)
        self.setGeometry(self._canvas.rect())
        self.setVisible(pixels is not None)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The canvas has another size."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        return False

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, size = self._ui.theme, self._picture.size()
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        place = QRectF(0, 0, *size.scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio).toTuple())
        place.moveCenter(room.center())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.outline), 1.0))
            painter.setBrush(QColor(theme.sunken))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))


def _pixmap(pixels: NDArray[np.uint8]) -> QPixmap:
    """(height, width, 4) bytes of red, green, blue and opacity over white, as they are read."""
    height, width = pixels.shape[:2]
    rows = np.ascontiguousarray(pixels)
    made = QPixmap(width, height)
    made.fill(Qt.GlobalColor.white)
    with QPainter(made) as painter:
        painter.drawImage(0, 0, QImage(rows.data, width, height, 4 * width, QImage.Format.Format_RGBA8888))
    return made
