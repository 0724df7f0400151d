"""Fork and race: up to four copies of the network learn side by side, with one thing changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnplayground.gui.controller import Controller
from nnplayground.gui.desk import Desk
from nnplayground.gui.lane_tile import MAP, LaneTile
from nnplayground.gui.race_curves import MEASURES, RaceCurves
from nnplayground.gui.race_setup import RaceSetup
from nnplayground.text import Text
from nnplayground.training.probes import Probe
from nnplayground.training.race import Lane
from nnplayground.training.snapshot import Snapshot

EMPTY = Text(
    "Choose what to compare and press Start: copies of your network learn side by side, over the same batches.",
    "比べるものを選んで「スタート」を押すと、ネットワークのコピーが同じミニバッチで並んで学習します。",
)
MEASURE = Text("What the curves show", "曲線で示すもの")


class RaceView(QWidget):
    """Painted from the snapshots of the race, when it is seen."""

    interval = 0.15

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("race_view")
        self.desk, self._racing = desk, desk.racing
        self._shown: tuple[Lane, ...] = ()
        self.setup = RaceSetup(desk)
        self.curves: RaceCurves | None = None
        self.tiles: list[LaneTile] = []
        self.measure = QComboBox()
        self.measure.setObjectName("race_measure")
        for id in MEASURES:
            self.measure.addItem("", id)
        self._empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "muted")
        self._stage, self._row = QVBoxLayout(), QHBoxLayout()
        self._row.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self.setup)
        layout.addWidget(self._empty, 1)
        layout.addLayout(self._stage, 4)
        layout.addLayout(self._row, 3)
        desk.ui.bind(self._empty.setText, EMPTY, self._empty)
        desk.ui.bind(self.measure.setAccessibleName, MEASURE, self.measure)
        desk.ui.language_changed.connect(self._speak)
        self.measure.currentIndexChanged.connect(self._change_measure)
        desk.question.answered.connect(self._repaint)
        self._racing.changed.connect(self._line_up)
        self._racing.began.connect(self._watch)
        if self._racing.controller is not None:
            self._watch(self._racing.controller)
        self._speak()
        self._line_up()

    def is_seen(self) -> bool:
        """Whether a person can see it."""
        return self.isVisible() and not self.visibleRegion().isEmpty()

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        """The decision map of each lane, where there is one."""
        return (MAP,) if snapshot.experiment.dataset.lies_on_plane else ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Paint the lanes."""
        if len(snapshot.lanes) != len(self.tiles) or self._racing.newest is None or self.curves is None:
            return
        self.curves.show_curves([lane.snapshot.curves for lane in snapshot.lanes], self._racing.start_step)
        row = self.desk.question.row
        for tile, lane in zip(self.tiles, snapshot.lanes, strict=True):
            tile.show_lane(lane, row)

    @Slot(object)
    def _watch(self, controller: Controller) -> None:
        controller.schedule.add(self)
        controller.set_seen(self.isVisible())

    @Slot()
    def _line_up(self) -> None:
        """Make room for the lanes of another race."""
        lanes = self._racing.lanes
        if lanes is self._shown:
            return
        self._shown = lanes
        if self.curves is not None:
            self.measure.setParent(None)  # it stays, in the header of the next plot
            self.curves.deleteLater()
        for tile in self.tiles:
            tile.deleteLater()
        self._empty.hide()
        self.curves = RaceCurves(self.desk.ui, lanes, self.measure.currentData())
        self.curves.header.insertWidget(len(lanes) + 1, self.measure)
        self._stage.addWidget(self.curves)
        self.tiles = [LaneTile(self.desk.ui, i, lane.label) for i, lane in enumerate(lanes)]
        for i, tile in enumerate(self.tiles):
            tile.wanted.connect(lambda i=i: self._racing.adopt(i))
            self._row.addWidget(tile, 1)

    @Slot()
    def _change_measure(self) -> None:
        if self.curves is not None:
            self.curves.set_measure(self.measure.currentData())
        self._repaint()

    @Slot()
    def _repaint(self, *_: object) -> None:
        if self._racing.controller is not None and self._shown:
            self._racing.controller.schedule.refresh(self)

    @Slot()
    def _speak(self) -> None:
        for i, words in enumerate(MEASURES.values()):
            self.measure.setItemText(i, self.desk.ui.text(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setup.give(self.height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._racing.controller is not None:
            self._racing.controller.set_seen(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._racing.controller is not None:
            self._racing.controller.set_seen(False)
