"""The time machine: a slider over the run so far. All panes show the step it stands at; play goes on from there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QStyle, QVBoxLayout, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.explain import Explanation
from nnplayground.gui.painting import guarded
from nnplayground.gui.panes import PaneView
from nnplayground.gui.run_readout import whole
from nnplayground.gui.tool_row import ToolRow
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.snapshot import Snapshot
from nnplayground.training.timeline import BUDGET

NAME = Text("Time machine", "タイムマシン")
TRY = Text(
    "Go back to the start of the training, change the learning rate and press play.",
    "学習の初めまで戻り、学習率を変えて再生しましょう。",
)
HELP = Text(
    "Go back to any step of the run: all panels show the network as it was, under the settings of that time. "
    "Play goes on from there; undo brings the steps after it back. An edit gives them up.",
    "学習の途中のどのステップにも戻れます。すべてのパネルが、当時の設定と当時のネットワークを表示します。"
    "そこで再生すると、そこから学習が枝分かれします（その後のステップには「元に戻す」で戻れます）。"
    "編集すると、その後のステップは失われます。",
)
GO_ON = Text(
    "Go on from here; undo brings the steps after it back",
    "ここから続ける（「元に戻す」で、この後のステップに戻れます）",
)
BACK = Text("Back to the newest step", "最新のステップに戻る")
NOW = Text("step {step}", "ステップ {step}")
PAST = Text("step {step} of {last}", "ステップ {step} / {last}")
MEMORY = Text(
    "{help} Memory for the past: {used} of at most {most} MB.",
    "{help} 過去のために使っているメモリ: {used} / 最大 {most} MB",
)
KEPT = Text("{used} MB", "{used} MB")
HIGHEST = 2**31 - 1
WIDE = 460
"""Pixels from which on there is room for all numbers."""


class TimeBar(PaneView):
    """Not there before the first step. A step asked for while the last one is on its way waits for it."""

    interval = 0.1

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("time_bar")
        self._asked: int | None = None
        """Number of the command that is on its way."""
        self._next: int | None = None
        self._shown_bytes = -1
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.where = _Where(desk.ui)
        row = ToolRow(desk.ui)
        row.setContentsMargins(6, 0, 6, 2)
        row.add(self.slider, "time", NAME, 1)
        row.addWidget(self.where)
        self.go_on = row.add_button("time_go_on", "fork", GO_ON, self._branch)
        self.back = row.add_button("time_back", "epoch", BACK, lambda: self.slider.setValue(self.slider.maximum()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        self.slider.valueChanged.connect(self._visit)
        self.slider.sliderPressed.connect(desk.controller.pause)
        self.slider.sliderReleased.connect(lambda: self._visit(self.slider.value()))
        desk.explainer.watch(self.slider, lambda: Explanation(NAME, "", HELP, TRY))
        desk.controller.snapshot.connect(self._follow)
        desk.document.edited.connect(self._let_go)
        desk.document.opened.connect(self._let_go)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the slider needs the room more than the numbers."""
        super().resizeEvent(event)
        self.where.take(self.width() >= WIDE)

    @Slot(int)
    def _visit(self, step: int) -> None:
        """Show the run after `step` steps."""
        if self._asked is not None:
            self._next = step
        else:
            self._asked = self.desk.controller.travel(step, quick=self.slider.isSliderDown())

    @Slot()
    def _branch(self) -> None:
        self.desk.controller.play()

    @Slot()
    def _let_go(self) -> None:
        """Something else was asked for: the designer says now what the settings are."""
        self._asked = self._next = None

    @Slot(object)
    def _follow(self, snapshot: Snapshot) -> None:
        """Whether the run has got to where it was sent, and is to go elsewhere by now."""
        if snapshot.last_step > snapshot.first_step and self.isHidden():
            self.show()
        if self._asked is None or snapshot.answered < self._asked:
            return
        self._asked = None
        if self._next is not None:
            step, self._next = self._next, None
            if step != snapshot.step:
                self._visit(step)
                return
        self.desk.document.show_past(snapshot.experiment)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Put the slider where the run is, unless a person holds it."""
        last, step = min(snapshot.last_step, HIGHEST), min(snapshot.step, HIGHEST)
        first = min(snapshot.first_step, last)
        self.setVisible(last > first)
        past = step < last
        if self._asked is None and not self.slider.isSliderDown():
            self.slider.put(step, first, last)
        words = (PAST if past else NOW).format(step=whole(step), last=whole(last))
        self.where.say(words, f"{whole(step)} / {whole(last)}" if past else whole(step))
        self.go_on.setEnabled(past)
        self.back.setEnabled(past)
        self._show_memory(snapshot.timeline_bytes)

    def _show_memory(self, used: int) -> None:
        tenths = used * 10 // 2**20
        if tenths != self._shown_bytes:
            self._shown_bytes = tenths
            said = MEMORY.format(help=HELP, used=f"{tenths / 10:.1f}", most=BUDGET // 2**20)
            self.desk.ui.bind(self.slider.setToolTip, said, self.slider)
            self.where.note(KEPT.format(used=f"{tenths / 10:.1f}"), said)


class _Slider(QSlider):
    """A click goes straight to that place; a key moves one step, a page a twentieth of the run."""

    def put(self, step: int, first: int, last: int) -> None:
        """Move without anybody being told."""
        if (step, first, last) != (self.value(), self.minimum(), self.maximum()):
            before = self.blockSignals(True)
            self.setRange(first, last)
            self.setPageStep(max(1, (last - first) // 20))
            self.setValue(step)
            self.blockSignals(before)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the handle under the pointer, which then drags it."""
        if event.button() == Qt.MouseButton.LeftButton:
            handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, None, self)
            place, span = event.position().x() - handle / 2, self.width() - handle
            self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), round(place), span))
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where it has the focus: whoever scrolls past must not travel."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _Where(QWidget):
    """The step, and the memory that the past takes. Painted, so that nothing is laid out anew."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._words, self._short, self._note = Text("", ""), "", Text("", "")
        self._roomy = True
        self.setObjectName("time_where")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        ui.language_changed.connect(self.update)
        ui.theme_changed.connect(self.update)

    def say(self, words: Text, short: str) -> None:
        """Show where the run is; `short` where there is little room."""
        if words != self._words:
            self._words, self._short = words, short
            self._ui.bind(self.setAccessibleName, words, self)
            self.update()

    def note(self, words: Text, tip: Text) -> None:
        """Show what the past takes."""
        self._note = words
        self._ui.bind(self.setToolTip, tip, self)
        self.update()

    def take(self, all_the_room: bool) -> None:
        """Have room for all numbers, or for the step only."""
        if all_the_room != self._roomy:
            self._roomy = all_the_room
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        widest = (
            f"{self._ui.text(PAST.format(step='000,000', last='000,000'))}  192.0 MB"
            if self._roomy
            else "00,000 / 00,000"
        )
        return QSize(self.fontMetrics().horizontalAdvance(widest) + 6, max(22, self.fontMetrics().height()))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, metrics = self._ui.theme, self.fontMetrics()
        words, note = self._ui.text(self._words) if self._roomy else self._short, self._ui.text(self._note)
        room = QRectF(self.rect()).adjusted(2, 0, -2, 0)
        with QPainter(self) as painter:
            painter.setPen(QColor(theme.text))
            painter.drawText(room, _LEFT, metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room.width())))
            if metrics.horizontalAdvance(f"{words}  {note}") <= room.width():
                painter.setPen(QColor(theme.muted))
                painter.drawText(room, _RIGHT, note)


_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
