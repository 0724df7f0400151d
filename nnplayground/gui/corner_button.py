"""One of the three digits that a plane goes through: shown, and chosen from a menu."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from nnplayground.data.handwriting import strokes_of
from nnplayground.data.strokes import digit_image
from nnplayground.gui.desk import Desk
from nnplayground.gui.drawing import Image
from nnplayground.gui.image_tile import as_bytes
from nnplayground.text import Text

CHOOSE = Text("Digit {letter}: choose another one", "数字 {letter}: 別の数字を選ぶ")
DRAWING = Text("What is on the canvas", "キャンバスの数字")
WRITTEN = Text("A generated {digit}", "生成した {digit}")
MINE = Text("My digits", "自分の数字")
MOST = 24
"""Of one's own digits, so many are offered, the last ones first."""
SIDE = 44


class CornerButton(QToolButton):
    """Holds an image; that of the canvas is followed as it changes."""

    changed = Signal()

    def __init__(self, desk: Desk, letter: str, digit: int) -> None:
        super().__init__()
        self._desk = desk
        self._random = np.random.default_rng(digit)
        self._caption = ""
        self.follows = False
        """Whether it is what is on the canvas."""
        self.image: Image = self._write(digit)
        self._menu = QMenu(self)
        self._mine = QMenu(self._menu)
        self._offer()
        self.setMenu(self._menu)
        self.setObjectName(f"slice_corner_{letter.lower()}")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for setter in (self.setToolTip, self.setAccessibleName):
            desk.ui.bind(setter, CHOOSE.format(letter=letter), self)
        desk.ui.bind_theme(lambda _theme: self._paint(), self)
        desk.drawing.changed.connect(self._follow)
        self._menu.aboutToShow.connect(self._offer_mine)

    def _offer(self) -> None:
        self._add(self._menu, DRAWING, "corner_drawing").triggered.connect(self.follow_drawing)
        for digit in range(10):
            action = self._add(self._menu, WRITTEN.format(digit=digit), f"corner_written_{digit}")
            action.triggered.connect(lambda _=False, digit=digit: self.show_image(self._write(digit)))
        self._menu.addMenu(self._mine)
        self._desk.ui.bind(self._mine.setTitle, MINE, self._mine)

    def _add(self, menu: QMenu, words: Text, name: str) -> QAction:
        action = menu.addAction("")
        action.setObjectName(name)
        self._desk.ui.bind(action.setText, words, action)
        return action

    @Slot()
    def _offer_mine(self) -> None:
        self._mine.clear()
        for digit in self._desk.my_digits.digits[: -MOST - 1 : -1]:
            action = self._mine.addAction(_icon(digit.pixels, self._desk), str(digit.label))
            action.triggered.connect(
                lambda _=False, pixels=digit.pixels: self.show_image(pixels.astype(np.float32) / np.float32(255))
            )
        self._mine.setEnabled(not self._mine.isEmpty())

    def _write(self, digit: int) -> Image:
        return digit_image(strokes_of(digit, self._random))

    def show_image(self, image: Image) -> None:
        """Take `image` (28, 28)."""
        self.follows = False
        self._set(image)

    @Slot()
    def follow_drawing(self) -> None:
        """Take what is on the canvas, as soon as there is something and as it changes."""
        self.follows = True
        self._follow()

    @Slot()
    def _follow(self) -> None:
        if self.follows and not self._desk.drawing.empty:
            self._set(self._desk.drawing.image)

    def say(self, caption: str) -> None:
        """What stands beside the image."""
        if caption != self._caption:
            self._caption = caption
            self.setText(caption)

    def _set(self, image: Image) -> None:
        self.image = image
        self._paint()
        self.changed.emit()

    def _paint(self) -> None:
        self.setIcon(_icon(as_bytes(self.image), self._desk))


def _icon(pixels: np.ndarray, desk: Desk) -> QIcon:
    colors = np.ascontiguousarray(desk.ui.theme.ink_table()[pixels])
    height, width = pixels.shape
    image = QImage(colors.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return QIcon(QPixmap.fromImage(image.scaled(2 * SIDE, 2 * SIDE)))
