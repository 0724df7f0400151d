"""What stands beside the canvas: the image that the network gets, and what can be done with the drawing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.image_tile import ImageTile
from nnplayground.gui.letters import scaled
from nnplayground.gui.steps_off import StepsOff
from nnplayground.text import LANGUAGES, Text

SEES = Text("The network gets", "ネットワークへの入力")
SEES_HELP = Text(
    "Your drawing as 28×28 pixels: cut out, brought to 20 pixels, its centre of mass in the middle. Click: step by step",
    "描いた数字を 28×28 画素にしたもの。切り出して 20 画素に縮め、重心を中央に合わせています。クリックすると手順を表示します",
)
INVERT = Text("Invert", "白黒反転")
INVERT_HELP = Text(
    "Take the light parts of the picture for ink instead of the dark ones, or the other way round",
    "画像の明るい部分と暗い部分のどちらをインクとみなすかを入れ替えます",
)
WIDTH, NARROW = 128, 84
"""Pixels beside the canvas, with words on the buttons and without."""
BESIDE_WORDS = 38
"""Pixels of a button that are not words."""
_ANY = 16777215


class DigitSide(QWidget):
    """Image above the buttons, or before them where the canvas stands above."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.tile = ImageTile(desk.ui)
        self._buttons: list[QToolButton] = []
        self._widest = 0
        self._caption = QLabel()
        self._caption.setProperty("role", "muted")
        self._caption.setWordWrap(True)
        self._invert = QCheckBox()
        self._grid = QGridLayout()
        self._grid.setSpacing(2)
        self._name_parts()
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        for part in (self._caption, self.tile, StepsOff(desk), self._invert):
            self._line.addWidget(part)
        self._line.addStretch()
        self._line.addLayout(self._grid)
        desk.drawing.picture_changed.connect(self._follow_picture)
        self._follow_picture()

    def _name_parts(self) -> None:
        ui, tile = self._desk.ui, self.tile
        tile.setObjectName("digit_image")
        tile.clicked.connect(lambda: self._desk.pane_wanted.emit("stages"))
        ui.bind(self._caption.setText, SEES, self._caption)
        ui.bind(tile.setAccessibleName, SEES, tile)
        ui.bind(tile.setToolTip, SEES_HELP, tile)
        self._invert.setObjectName("invert_picture")
        self._invert.toggled.connect(self._desk.drawing.invert)
        ui.bind(self._invert.setText, INVERT, self._invert)
        ui.bind(self._invert.setAccessibleName, INVERT, self._invert)
        ui.bind(self._invert.setToolTip, INVERT_HELP, self._invert)

    def add_button(self, name: str, icon: str, words: Text, act: Callable[[], object]) -> QToolButton:
        """A button below the others."""
        button = QToolButton()
        button.clicked.connect(lambda: act())
        self.add(button, name, icon, words)
        return button

    def add(self, button: QToolButton, name: str, icon: str, words: Text) -> None:
        """Put `button` below the others."""
        ui = self._desk.ui
        button.setParent(self)
        button.setObjectName(name)
        button.setIconSize(QSize(18, 18))
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for setter in (button.setText, button.setAccessibleName, button.setToolTip):
            ui.bind(setter, words, button)
        ui.bind_icon(button.setIcon, icon, button)
        self._buttons.append(button)
        longest = max(button.fontMetrics().horizontalAdvance(words.in_(language)) for language in LANGUAGES)
        self._widest = max(self._widest, longest + BESIDE_WORDS)

    def arrange(self, beside: bool, roomy: bool) -> None:
        """Stand `beside` the canvas or below it; `roomy` if there is room for words on the buttons."""
        to = QBoxLayout.Direction
        self._line.setDirection(to.TopToBottom if beside else to.LeftToRight)
        width = (max(WIDTH, self._widest) if roomy else scaled(NARROW)) if beside else 0
        self.setMinimumWidth(width)
        self.setMaximumWidth(width or _ANY)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if roomy else Qt.ToolButtonStyle.ToolButtonIconOnly
        columns = 1 if roomy else 2
        for i, button in enumerate(self._buttons):
            button.setToolButtonStyle(style)
            self._grid.addWidget(button, i // columns, i % columns)

    @Slot()
    def _follow_picture(self) -> None:
        drawing = self._desk.drawing
        self._invert.setVisible(drawing.has_picture)
        self._invert.setChecked(drawing.inverted)
