"""What of the decision map is shown: the data, shades or plain colours, and contours at which probability."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from nnplayground.gui.switches import Switches
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9)
DISCRETE = Text("Discrete", "離散")
PLAIN = Text("Plain colours without shades", "濃淡をつけずに塗り分ける")
CONTOURS = Text("Contours: lines of equal probability of a class", "等確率線: クラスの確率が等しい線")
AT = Text("Contours {levels}", "等確率 {levels}")
NONE = Text("No contours", "等確率線なし")


class PlaneSwitches(Switches):
    """Three switches and a list of levels."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(ui, "map")
        self.discrete = self.add("discrete", DISCRETE, PLAIN, on=False)
        self.contours = QComboBox(self)
        self.contours.setObjectName("map_contours")
        self.contours.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.contours.setMinimumContentsLength(12)
        for levels in (), LEVELS, *((level,) for level in LEVELS):
            self.contours.addItem("", levels)
        self.contours.setCurrentIndex(1)
        self.contours.currentIndexChanged.connect(self.changed)
        self.line.addWidget(self.contours)
        ui.bind(self.contours.setAccessibleName, CONTOURS, self.contours)
        ui.bind(self.contours.setToolTip, CONTOURS, self)
        ui.language_changed.connect(self._name_levels)
        self._name_levels()

    @property
    def levels(self) -> tuple[float, ...]:
        """Probabilities at which lines are drawn."""
        return tuple(self.contours.currentData())

    @Slot()
    def _name_levels(self) -> None:
        for index in range(self.contours.count()):
            levels = self.contours.itemData(index)
            words = AT.format(levels="–".join(str(level) for level in levels[:: max(len(levels) - 1, 1)]))
            self.contours.setItemText(index, self._ui.text(words if levels else NONE))
