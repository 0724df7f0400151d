"""The sheet to draw on, and beside it the image that the network gets."""

from __future__ import annotations

import time

from PySide6.QtCore import QElapsedTimer, QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from nnplayground.data.strokes import Strokes
from nnplayground.gui.canvas import DigitCanvas
from nnplayground.gui.desk import Desk
from nnplayground.gui.digit_keys import digit_of
from nnplayground.gui.digit_side import DigitSide
from nnplayground.gui.keep_button import KEEP, KeepButton
from nnplayground.gui.letters import scaled
from nnplayground.gui.picture_view import PictureView
from nnplayground.gui.square import Square
from nnplayground.text import Text

UNDO = Text("Undo stroke", "線を取り消す")
CLEAR = Text("Clear", "消去")
OPEN = Text("Open picture…", "画像を開く…")
PACE = 15
"""Milliseconds between two readings under a moving pen, at least: a little less than a frame of most screens. The ink
itself follows each move of a mouse, every 8 ms or every single one."""
ROOMY = 400
"""Width of the pane from which on the buttons beside the canvas have room for words."""


class DigitView(QWidget):
    """Canvas, buttons and image; side by side where there is room, else one over the other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.canvas = DigitCanvas(desk.ui)
        self.picture = PictureView(desk.ui, desk.drawing, self.canvas)
        self._side = DigitSide(desk)
        self.tile = self._side.tile
        self._undo = self._side.add_button("undo_stroke", "undo-stroke", UNDO, self.canvas.undo_stroke)
        self._clear = self._side.add_button("clear_drawing", "clear", CLEAR, self.canvas.clear)
        self._side.add_button("open_picture", "picture", OPEN, desk.pictures.choose)
        self._keep = KeepButton(desk)
        self._side.add(self._keep, "keep_digit", "keep", KEEP)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(12, 4, 12, 12)
        self._layout.setSpacing(12)
        self._layout.addWidget(Square(self.canvas), 1)
        self._layout.addWidget(self._side)
        self.setFocusProxy(self.canvas)
        self.setAcceptDrops(True)
        self._next = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._next.timeout.connect(self._draw)
        self._clock = QElapsedTimer()
        self.canvas.strokes_changed.connect(self._follow)
        desk.drawing.changed.connect(self._read)
        desk.drawing.picture_changed.connect(self._make_room)
        desk.drawing_wanted.connect(self._put)
        desk.document.changed.connect(self._read)
        self._read()

    @Slot()
    def _read(self) -> None:
        """Show the image and ask the network about it, at once."""
        drawing = self._desk.drawing
        self.tile.show_values(drawing.image)
        self._undo.setEnabled(self.canvas.can_undo)
        self._clear.setEnabled(not drawing.empty)
        self._keep.setEnabled(bool(drawing.strokes))
        self._desk.question.ask(None if drawing.empty else drawing.image.ravel())

    @Slot()
    def _follow(self) -> None:
        """Read at once, but while the pen moves not more often than can be of use."""
        left = PACE - self._clock.elapsed() if self.canvas.is_drawing and self._clock.isValid() else 0
        if left <= 0:
            self._draw()
        elif not self._next.isActive():
            self._next.start(left)

    @Slot()
    def _draw(self) -> None:
        self._next.stop()
        self._clock.start()
        self._desk.controller.schedule.calm_down(time.perf_counter())
        self._desk.drawing.draw(self.canvas.points(), self.canvas.property("pen_width"))

    @Slot(object)
    def _put(self, strokes: Strokes) -> None:
        self.canvas.setProperty("strokes", [list(map(list, stroke)) for stroke in strokes])

    @Slot()
    def _make_room(self) -> None:
        """A picture takes the place of the strokes, which undo brings back."""
        if self._desk.drawing.has_picture and not self.canvas.property("empty"):
            with QSignalBlocker(self.canvas):
                self.canvas.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit is the right answer."""
        digit = digit_of(event)
        if digit is None or not self._desk.teacher.teach(digit):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures may be dropped; everything else is the window's business."""
        if self._desk.pictures.accepts(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._desk.pictures.take(event.mimeData())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() > self.height() * 1.12
        to = QBoxLayout.Direction
        self._layout.setDirection(to.LeftToRight if beside else to.TopToBottom)
        self._side.arrange(beside, roomy=self.width() >= scaled(ROOMY) or not beside)
