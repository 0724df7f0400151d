"""A notice beside the canvas that steps of the preprocessing are switched off; a click switches them on."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton

from nnplayground.data.strokes import LABELS, Switches
from nnplayground.gui.desk import Desk
from nnplayground.gui.icons import pixmap
from nnplayground.gui.theme import Theme
from nnplayground.text import Text, listed

OFF = Text("{n} off", "{n} 個オフ")
OFF_TIP = Text(
    "Steps between pen and network are switched off: {names}. A click switches them on again.",
    "ペンからネットワークまでの手順のうち、{names}が切ってあります。クリックするとすべて入ります。",
)


class StepsOff(QPushButton):
    """Hidden while all steps are taken."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("steps_off")
        self.clicked.connect(lambda: desk.drawing.set_switches(Switches()))
        desk.drawing.switched.connect(self._follow)
        desk.ui.bind_theme(self._paint, self)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        ui, off = self._desk.ui, self._desk.drawing.off
        tip = OFF_TIP.format(names=listed(LABELS[name] for name in off))
        ui.bind(self.setText, OFF.format(n=len(off)), self)
        ui.bind(self.setToolTip, tip, self)
        ui.bind(self.setAccessibleName, tip, self)
        self.setVisible(bool(off))

    def _paint(self, theme: Theme) -> None:
        self.setIcon(pixmap("warning", theme.warning, 16, self.devicePixelRatioF()))
        self.setStyleSheet(f"color: {theme.warning}; border-color: {theme.warning}; padding: 3px 4px;")
