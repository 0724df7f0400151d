"""How sure the network is of each class, for what is drawn or pointed at."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from nnplayground.gui.bars import ProbabilityBars
from nnplayground.gui.desk import Desk
from nnplayground.gui.digit_keys import digit_of
from nnplayground.gui.kept_place import KeptPlace
from nnplayground.gui.look_into import LookInto
from nnplayground.gui.panes import PaneView
from nnplayground.gui.question import Answer
from nnplayground.gui.teach_row import TeachRow
from nnplayground.text import Text
from nnplayground.training.snapshot import Snapshot

DRAW = Text("Draw a digit, and the answer appears here.", "数字を描くと、ここに答えが出ます。")
POINT = Text("Point at the decision map to see the answer there.", "決定境界の上を指すと、そこでの答えが出ます。")


class ProbabilitiesView(PaneView):
    """Bars that follow the question, and the training."""

    interval = 1 / 30

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._classes: tuple[str, ...] = ()
        self.bars = ProbabilityBars(desk.ui)
        header = self.bars.plot.header
        header.insertWidget(header.count() - 1, LookInto(desk))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 8, 6)
        layout.addWidget(self.bars, 1)
        self._teach_place = KeptPlace(TeachRow(desk))  # or the bars would jump with each drawing
        layout.addWidget(self._teach_place)
        desk.teacher.changed.connect(self._renew)
        desk.question.answered.connect(self._show)
        desk.document.changed.connect(self._suit)
        self._suit()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.desk.question.renew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit is the right answer."""
        digit = digit_of(event)
        if digit is None or not self.desk.teacher.teach(digit):
            super().keyPressEvent(event)

    @Slot()
    def _suit(self) -> None:
        """Take the classes of the data."""
        dataset = self.desk.document.experiment.dataset
        if dataset.task.classes != self._classes:
            self._classes = dataset.task.classes
            self.bars.set_classes([Text.same(name) for name in self._classes], colored=dataset.lies_on_plane)
        self._teach_place.setVisible(not dataset.lies_on_plane)
        self.bars.set_hint(POINT if dataset.lies_on_plane else DRAW)

    @Slot(object)
    def _show(self, answer: Answer | None) -> None:
        fits = answer is not None and answer.classes == self._classes
        lesson = self.desk.teacher.lesson
        before = None if lesson is None else lesson.before
        self.bars.set_values(answer.values if answer is not None and fits else None, before)

    @Slot()
    def _renew(self) -> None:
        self._show(self.desk.question.answer)
