"""One step between the pen and the network: its image, its switch, and what the switch does to the answer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from nnplayground.gui.bar_item import fitting
from nnplayground.gui.image_tile import as_bytes, paint_frame, paint_image
from nnplayground.gui.painting import guarded
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

SMALLEST = 40
_SWITCH = (26.0, 14.0)


class StageTile(QAbstractButton):
    """Checked while the step is taken. `has_switch` is False for what no step came before."""

    def __init__(self, ui: Ui, has_switch: bool) -> None:
        super().__init__()
        self._ui = ui
        self._has_switch = has_switch
        self._pixels: NDArray[np.uint8] = np.zeros((28, 28), np.uint8)
        self._effect = ""
        self._turns = False
        self.setCheckable(has_switch)
        self.setChecked(has_switch)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_switch else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        if has_switch:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        ui.theme_changed.connect(self.update)

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """The image that is shown, 0 paper to 255 ink."""
        return self._pixels

    @property
    def effect(self) -> str:
        """What is said of the switch's effect."""
        return self._effect

    def show_image(self, values: NDArray[np.floating]) -> None:
        """Show an image (height, width) of values in 0..1."""
        self._pixels = as_bytes(values)
        self.update()

    def show_effect(self, shares: tuple[float, float] | None, turns: bool = False) -> None:
        """The share of the answer with this step and without it; `turns` if the answer is another one without it."""
        words = "" if shares is None else f"{shares[0] * 100:.0f} → {shares[1] * 100:.0f} %"
        if (words, turns) != (self._effect, self._turns):
            self._effect, self._turns = words, turns
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(92, 92 + self._below())

    def minimumSizeHint(self) -> QSize:
        return QSize(SMALLEST, SMALLEST + self._below())

    def _below(self) -> int:
        """Height of what stands below the image."""
        return 2 * self.fontMetrics().height() + round(_SWITCH[1]) + 12

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, line = self._ui.theme, self.fontMetrics().height()
        side = max(min(self.width() - 6, self.height() - self._below()), 1)
        top = max((self.height() - side - self._below()) / 2, 0) + 3
        image = QRectF((self.width() - side) / 2, top, side, side)
        on = self.isChecked() or not self._has_switch
        with QPainter(self) as painter:
            painter.setOpacity(1.0 if on else 0.35)
            paint_image(painter, image, self._pixels, theme)
            painter.setOpacity(1.0)
            paint_frame(painter, image, theme, self.hasFocus())
            self._write(painter, image.bottom() + 2, line, self.text(), theme.text if on else theme.muted)
            top = image.bottom() + line + 4
            if self._has_switch:
                self._paint_switch(painter, top)
                color = theme.error if self._turns else theme.muted
                self._write(painter, top + _SWITCH[1] + 2, line, self._effect, color)

    def _write(self, painter: QPainter, top: float, height: int, words: str, color: str) -> None:
        painter.setFont(fitting(self.font(), words=words, width=self.width() - 2))
        painter.setPen(QColor(color))
        painter.drawText(QRectF(0, top, self.width(), height), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_switch(self, painter: QPainter, top: float) -> None:
        theme, (width, height), on = self._ui.theme, _SWITCH, self.isChecked()
        track = QRectF((self.width() - width) / 2, top, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent if on else theme.outline), 1.5))
        painter.setBrush(QColor(theme.accent if on else theme.sunken))
        painter.drawRoundedRect(track, height / 2, height / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.on_accent if on else theme.outline))
        knob = track.right() - height / 2 if on else track.left() + height / 2
        painter.drawEllipse(QPointF(knob, track.center().y()), height / 2 - 3, height / 2 - 3)


def name_tile(ui: Ui, tile: StageTile, label: Text, help: Text) -> None:
    """Give `tile` its words."""
    ui.bind(tile.setText, label, tile)
    ui.bind(tile.setAccessibleName, label, tile)
    ui.bind(tile.setToolTip, help, tile)
