"""What the training doctor goes by, as a curve or as bars, with the line it should not cross."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QToolButton

from nnplayground.gui.curve import Floats
from nnplayground.gui.plot import Plot
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.illnesses import Evidence

NAME = Text("Evidence", "根拠")
FOUND = Text("Found", "実際の値")
LIMIT = Text("Limit", "目安")
STEP, NUMBER = Text("Step", "ステップ"), Text("No.", "番号")
HALF = 0.38
"""Half the width of a bar."""


class EvidencePlot(Plot):
    """One `Evidence` at a time."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(ui, NAME, STEP, NAME)
        self.setObjectName("evidence")
        self.found = self.curve(FOUND, lambda theme: theme.train)
        self.limit = self.curve(LIMIT, lambda theme: theme.warning, style=Qt.PenStyle.DashLine)
        self.title = QLabel(wordWrap=True)
        self.title.setProperty("role", "muted")
        for button in self.findChildren(QToolButton):
            button.setHidden(bool(button.property("legend")))  # the title says more, and takes its place
        self.header.insertWidget(0, self.title, 1)
        self.item.getAxis("left").showLabel(False)
        self._evidence: Evidence | None = None
        ui.bind_theme(self._fill, self)

    def show_evidence(self, evidence: Evidence) -> None:
        """Draw `evidence`."""
        self._evidence = evidence
        self.set_names(NUMBER if evidence.bars else STEP, evidence.label)
        self.item.getAxis("left").showLabel(False)
        self.ui.bind(self.title.setText, evidence.label, self.title)
        if self.log != (False, evidence.logarithmic):
            self.set_log(False, evidence.logarithmic)
        x, y = bars(evidence, self._ground()) if evidence.bars else (evidence.x, evidence.y)
        self.found.set(x, y)
        ends = (float(np.min(x)), float(np.max(x))) if len(x) else (0.0, 1.0)
        self.limit.set(*((ends, (evidence.limit, evidence.limit)) if evidence.limit is not None else ((), ())))
        self._fill(self.ui.theme)
        self.fit()

    def _ground(self) -> float:
        """Where bars stand: at 0, or below the smallest where there is no 0."""
        assert self._evidence is not None
        if not self._evidence.logarithmic:
            return 0.0
        known = self._evidence.y[self._evidence.y > 0]
        return float(known.min()) / 10 if len(known) else 1e-12

    def _fill(self, theme: Theme) -> None:
        is_bars = self._evidence is not None and self._evidence.bars
        color = QColor(theme.train)
        color.setAlphaF(0.35)
        self.found.fill(color if is_bars else None)


def bars(evidence: Evidence, ground: float) -> tuple[Floats, Floats]:
    """The outline of bars as one line."""
    x = np.repeat(evidence.x, 4) + np.tile([-HALF, -HALF, HALF, HALF], len(evidence.x))
    y = np.stack([np.full(len(evidence.y), ground), evidence.y, evidence.y, np.full(len(evidence.y), ground)], axis=1)
    return x, y.ravel()
