"""What is wrong with the training, why, and what helps."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.doctor import FIRST_STEP, STALE
from nnplayground.gui.evidence_plot import EvidencePlot
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.painting import guarded
from nnplayground.text import Text
from nnplayground.training.illnesses import Diagnosis

NOT_YET = Text(
    "The doctor looks at the run from step {first} on.", "ステップ {first} から、学習の様子を診断します。"
).format(first=FIRST_STEP)
HEALTHY = Text("Step {step}: nothing wrong was found.", "ステップ {step}: 問題は見つかりませんでした。")
LOOK = Text("Look now", "いま診断する")
TRY = Text("Compare first", "先に比べてみる")
TRY_HELP = Text(
    "Two copies of the network learn side by side: as it is, and with the remedy",
    "ネットワークのコピー 2 つを、そのままの設定と対処した設定とで並べて学習させます",
)
FINDINGS = Text("What was found", "見つかったこと")


class DoctorView(QWidget):
    """The first finding, or the one that is chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("doctor_view")
        self.desk, self._doctor = desk, desk.doctor
        self.box, self.remedy, self.look, self.trial = QComboBox(), QPushButton(), QPushButton(), QPushButton()
        self.words = QLabel(wordWrap=True)
        self.words.setObjectName("doctor_words")
        self.plots = (EvidencePlot(desk.ui), EvidencePlot(desk.ui))
        for widget, name, words in ((self.box, "doctor_findings", FINDINGS), (self.look, "doctor_look", LOOK)):
            widget.setObjectName(name)
            desk.ui.bind(widget.setAccessibleName, words, widget)
        self.remedy.setObjectName("doctor_remedy")
        desk.ui.bind(self.look.setText, LOOK, self.look)
        self.trial.setObjectName("doctor_try")
        desk.ui.bind(self.trial.setText, TRY, self.trial)
        desk.ui.bind(self.trial.setAccessibleName, TRY, self.trial)
        desk.ui.bind(self.trial.setToolTip, TRY_HELP, self.trial)
        self.trial.clicked.connect(self._try)
        self._lay_out()
        self.box.activated.connect(self._show)
        self.look.clicked.connect(self._doctor.look_now)
        self.remedy.clicked.connect(self._cure)
        self._doctor.changed.connect(self._renew)
        desk.ui.language_changed.connect(self._renew)
        self._renew()

    def _lay_out(self) -> None:
        head, charts = FlowRow(), QHBoxLayout()
        head.addWidget(self.box, 1)
        head.addStretch()
        head.addWidget(self.look)
        for plot in self.plots:
            charts.addWidget(plot, 1)
        foot = FlowRow()
        foot.addWidget(self.remedy)
        foot.addWidget(self.trial)
        foot.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.words)
        layout.addLayout(charts, 1)
        layout.addLayout(foot)

    @property
    def chosen(self) -> Diagnosis | None:
        """The finding that is shown."""
        place, found = self.box.currentIndex(), self._doctor.findings
        return found[place] if 0 <= place < len(found) else None

    @Slot()
    def _renew(self) -> None:
        """Other findings; who reads one goes on reading it."""
        found = self._doctor.findings
        reading = self.box.currentData()
        self.box.clear()
        for diagnosis in found:
            self.box.addItem(self.desk.ui.text(diagnosis.label), diagnosis.id)
        self.box.setCurrentIndex(max(0, self.box.findData(reading)) if found else -1)
        self.box.setVisible(bool(found))
        self._show()

    @Slot()
    def _show(self, *_: object) -> None:
        found, bind = self.chosen, self.desk.ui.bind
        step = self._doctor.step
        healthy = NOT_YET if step < 0 else HEALTHY.format(step=step)
        bind(self.words.setText, healthy if found is None else found.text, self.words)
        self.remedy.setVisible(found is not None)
        self.trial.setVisible(found is not None)
        evidence = () if found is None else found.evidence
        for i, plot in enumerate(self.plots):
            plot.setVisible(i < len(evidence))
            if i < len(evidence):
                plot.show_evidence(evidence[i])
        if found is not None:
            bind(self.remedy.setText, found.remedy_text, self.remedy)
            bind(self.remedy.setAccessibleName, found.remedy_text, self.remedy)

    @Slot()
    def _cure(self) -> None:
        found = self.chosen
        if found is not None and not self._doctor.apply(found):
            self.desk.ui.tell(STALE)

    @Slot()
    def _try(self) -> None:
        """Before and after, side by side, without touching the run."""
        if (found := self.chosen) is not None:
            self.desk.pane_wanted.emit("race")
            self.desk.racing.try_remedy(found)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """It is read, for as long as it is seen; a pane behind another tab is not."""
        super().paintEvent(event)
        self._doctor.read_by(lambda: not self.visibleRegion().isEmpty())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._doctor.read_by(None)
