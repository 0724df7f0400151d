"""The sheet to draw on, and beside it the image that the network gets."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nnplayground.data.strokes import SIZE
from nnplayground.gui.canvas import DigitCanvas
from nnplayground.gui.desk import Desk
from nnplayground.gui.image_tile import ImageTile
from nnplayground.gui.panes import SMALLEST, Pane, panes
from nnplayground.gui.square import Square
from nnplayground.gui.steps_off import StepsOff
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

SEES = Text("The network gets", "ネットワークへの入力")
SEES_HELP = Text(
    "Your drawing as 28×28 pixels: cut out, brought to 20 pixels, its centre of mass in the middle. Click: step by step",
    "描いた数字を 28×28 画素にしたもの。切り出して 20 画素に縮め、重心を中央に合わせています。クリックすると手順を表示します",
)
UNDO = Text("Undo stroke", "線を取り消す")
ROOMY = 400
"""Width of the pane from which on the buttons beside the canvas have room for words."""
CLEAR = Text("Clear", "消去")


@panes.register
@dataclass(frozen=True)
class DigitPane(Pane):
    """Draw a digit."""

    id = "digit"
    label = Text("Draw a digit", "数字を描く")
    help = Text(
        "Draw with mouse, pen or finger; the network reads while you draw.",
        "マウス、ペン、指で描けます。描いている間もネットワークが読み取ります。",
    )
    icon = "digit"
    column = "right"
    order = 10
    share = 58
    unsuited = Text(
        "This network does not read images, so there is nothing to draw for it.",
        "このネットワークは画像を読まないので、数字を描いても判定できません。",
    )
    instead = "digits"

    def suits(self, experiment: Experiment) -> bool:
        return math.prod(experiment.dataset.input_shape) == SIZE * SIZE

    def build(self, desk: Desk) -> QWidget:
        return DigitView(desk)


class DigitView(QWidget):
    """Canvas, buttons and image; side by side where there is room, else one over the other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.canvas = DigitCanvas(desk.ui)
        self.tile = ImageTile(desk.ui)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(12, 4, 12, 12)
        self._layout.setSpacing(12)
        self._layout.addWidget(Square(self.canvas), 1)
        self._side = self._build_side()
        self._layout.addWidget(self._side)
        self.setFocusProxy(self.canvas)
        self.canvas.strokes_changed.connect(self._draw)
        desk.drawing.changed.connect(self._read)
        desk.document.changed.connect(self._read)
        self._read()

    def _build_side(self) -> QWidget:
        ui, side = self._desk.ui, QWidget()
        caption = QLabel()
        caption.setProperty("role", "muted")
        caption.setWordWrap(True)
        ui.bind(caption.setText, SEES, caption)
        self.tile.setObjectName("digit_image")
        self.tile.clicked.connect(lambda: self._desk.pane_wanted.emit("stages"))
        ui.bind(self.tile.setToolTip, SEES_HELP, self.tile)
        ui.bind(self.tile.setAccessibleName, SEES, caption)
        self._undo = self._button("undo_stroke", "undo-stroke", UNDO, self.canvas.undo_stroke)
        self._clear = self._button("clear_drawing", "clear", CLEAR, self.canvas.clear)
        self._inner = QBoxLayout(QBoxLayout.Direction.TopToBottom, side)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.addWidget(caption)
        self._inner.addWidget(self.tile)
        self._inner.addWidget(StepsOff(self._desk))
        self._inner.addStretch()
        buttons = QVBoxLayout()
        buttons.addWidget(self._undo)
        buttons.addWidget(self._clear)
        self._inner.addLayout(buttons)
        return side

    def _button(self, name: str, icon: str, words: Text, act: object) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(18, 18))
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        button.clicked.connect(act)
        self._desk.ui.bind(button.setText, words, button)
        self._desk.ui.bind(button.setAccessibleName, words, self.canvas)
        self._desk.ui.bind(button.setToolTip, words, self.canvas)
        self._desk.ui.bind_icon(button.setIcon, icon, button)
        return button

    def minimumSizeHint(self) -> QSize:
        return QSize(*SMALLEST)

    @Slot()
    def _read(self) -> None:
        """Show the image and ask the network about it, at once."""
        drawing = self._desk.drawing
        self.tile.show_values(drawing.image)
        self._undo.setEnabled(self.canvas.can_undo)
        self._clear.setEnabled(not drawing.empty)
        self._desk.question.ask(None if drawing.empty else drawing.image.ravel())

    @Slot()
    def _draw(self) -> None:
        self._desk.drawing.draw(self.canvas.points(), self.canvas.property("pen_width"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > self.height() * 1.12
        to = QBoxLayout.Direction
        self._layout.setDirection(to.LeftToRight if wide else to.TopToBottom)
        self._inner.setDirection(to.TopToBottom if wide else to.LeftToRight)
        roomy = self.width() >= ROOMY or not wide
        self._side.setFixedWidth(128 if roomy else 84) if wide else self._side.setMaximumWidth(16777215)
        self._side.setMinimumWidth(0 if not wide else self._side.maximumWidth())
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if roomy else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in (self._undo, self._clear):
            button.setToolButtonStyle(style)
