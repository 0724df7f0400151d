"""How fast the run may go, from one step a second to as fast as it goes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QSlider, QVBoxLayout, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.explain import Explanation
from nnplayground.gui.letters import scaled
from nnplayground.text import Text

SPEEDS: tuple[float | None, ...] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, None)
"""Steps a second; None: no limit."""
NAME = Text("Speed", "速度")
FULL = Text("Full speed", "最高速")
LIMITED = Text("{n:,.0f} steps/s", "{n:,.0f} ステップ/秒")
TRY = Text("Go down to one step a second and read each one.", "1 秒に 1 ステップまで下げ、1 歩ずつ見ましょう。")
HELP = Text(
    "How many mini-batches are learnt per second; at the right end, as many as this computer can.",
    "1 秒間に学習するミニバッチの数です。右端では、このコンピューターで出せる最高の速さになります。",
)


class SpeedControl(QWidget):
    """A slider under its reading."""

    changed = Signal(object)
    """Steps a second, or None."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("speed")
        self._slider.setRange(0, len(SPEEDS) - 1)
        self._slider.setPageStep(1)
        self._slider.setValue(len(SPEEDS) - 1)
        self._label = QLabel()
        self._label.setProperty("role", "muted")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(0)
        layout.addWidget(self._label)
        layout.addWidget(self._slider)
        self.setMinimumWidth(scaled(92))
        self.setMaximumWidth(scaled(132))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        desk.ui.bind(self._slider.setAccessibleName, NAME, self)
        desk.ui.bind(self.setToolTip, HELP, self)
        desk.explainer.watch(self._slider, lambda: Explanation(NAME, "", HELP, TRY))
        self._slider.valueChanged.connect(self._change)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(scaled(124), scaled(38))

    @property
    def steps_per_second(self) -> float | None:
        """The chosen limit."""
        return SPEEDS[self._slider.value()]

    @Slot()
    def _change(self) -> None:
        self._show()
        self._desk.controller.set_speed(self.steps_per_second)
        self.changed.emit(self.steps_per_second)

    def _show(self) -> None:
        limit = self.steps_per_second
        words = FULL if limit is None else LIMITED.format(n=limit)
        self._desk.ui.bind(self._label.setText, words, self._label)
        self._desk.ui.bind(self._slider.setAccessibleDescription, words, self._slider)
