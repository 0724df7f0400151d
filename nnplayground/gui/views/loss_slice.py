"""Slices through the loss: along one parameter, or over a plane of two directions."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout

from nnplayground.engine.network import Network
from nnplayground.gui.blank import LOADING, Blank
from nnplayground.gui.count_box import CountBox
from nnplayground.gui.desk import Desk
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.landscape_plot import LandscapePlot
from nnplayground.gui.log_slider import LogSlider
from nnplayground.gui.named_choice import NamedChoice
from nnplayground.gui.pacing import interval_for, is_large
from nnplayground.gui.panes import PaneView
from nnplayground.gui.parameter_names import parameter_name
from nnplayground.gui.readout import number
from nnplayground.gui.valley_plot import STEP, ErrorPlot, ValleyPlot
from nnplayground.registry import Option
from nnplayground.text import Text
from nnplayground.training.inspection.loss_slice import LossPlane
from nnplayground.training.inspection.secants import Secant
from nnplayground.training.probes import Probe
from nnplayground.training.probes.loss_landscape import LossLandscape
from nnplayground.training.probes.loss_of_parameter import LossOfParameter
from nnplayground.training.probes.secant_errors import SecantErrorsProbe
from nnplayground.training.snapshot import Snapshot

KINDS = {
    "one": Text("One parameter", "パラメータ 1 個"),
    "parameters": Text("Two parameters", "パラメータ 2 個"),
    "path": Text("Along the run's way", "学習の道のりに沿う面"),
    "random": Text("Random directions", "ランダムな 2 方向"),
}
KIND = Text("Slice", "切り口")
FIRST, SECOND = Text("Parameter", "パラメータ"), Text("Second parameter", "2 つ目のパラメータ")
H = Option("h", float, 0.5, STEP, low=1e-15, high=3.0)
SPAN = 3.0
BUDGET = 3e8
"""Multiplications of one look."""
LOSSES = 180
"""Losses of one look along a parameter: the curve and the errors."""
SAMPLES = 200
POINTS, ERRORS = 61, 46
FEW_POINTS, FEW_ERRORS = 25, 16
"""Of a large network."""
NUMBERS = Text(
    "{name} = {w}.  Secant with h = {h}: slope {slope}. Exact slope: {exact}. Error: {error}.",
    "{name} = {w}。割線（h = {h}）の傾きは {slope}、正確な傾きは {exact}、誤差は {error} です。",
)
HERE = Text("The dot is where the network is now: E = {loss}.", "点が今のネットワークの位置で、E = {loss} です。")
STILL = Text(
    "The run has not moved yet, so these are random directions.", "まだ学習が進んでいないので、ランダムな方向です。"
)


class LossSliceView(PaneView):
    """Controls above, one of two pictures, and a sentence."""

    interval = 0.35

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.kind = NamedChoice(desk.ui, "slice_kind", KIND, KINDS)
        self.first, self.second = CountBox(1, 2, 1), CountBox(1, 2, 2)
        self.h = LogSlider(H)
        self.h.slider.setMinimumWidth(24)
        self.valley, self.errors, self.landscape = ValleyPlot(desk.ui), ErrorPlot(desk.ui), LandscapePlot(desk.ui)
        self.valley.hold_axis(self.errors)
        self.words = QLabel()
        self._network: Network | None = None
        self._pictures = QStackedWidget()
        self.blank = Blank(desk.ui, self._pictures)
        self._name()
        self._lay_out()
        for field in (self.first, self.second):
            field.valueChanged.connect(self.refresh)
        self.kind.currentIndexChanged.connect(self._follow_kind)
        self.h.edited.connect(self.refresh)
        self.valley.dragged.connect(self._drag)
        self._follow_kind()

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        size, first = max(snapshot.network.size, 1), self.first.value() - 1
        if self.kind.value != "one":
            second = self.second.value() - 1
            return (
                LossLandscape(self.kind.value, first, second, span=SPAN if self.kind.value == "parameters" else 1.0),
            )
        samples = int(min(SAMPLES, max(1, BUDGET / (LOSSES * size))))
        points, errors = (FEW_POINTS, FEW_ERRORS) if is_large(snapshot.network) else (POINTS, ERRORS)
        valley = LossOfParameter(first, SPAN, self.h.field.value(), points, samples)
        return valley, SecantErrorsProbe(first, samples, errors)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.interval = interval_for(snapshot.network, 0.35, 2.0)
        if self._bound(snapshot.network):
            self.refresh()
            return
        probes = self.probes(snapshot)
        found = [snapshot.probes.get(probe) for probe in probes]
        if any(answer is None for answer in found):
            self.desk.controller.prepare()
            self.blank.say(LOADING)
            return
        if isinstance(found[0], LossPlane):
            self.landscape.show_plane(found[0])
            loss = float(found[0].losses[abs(found[0].y).argmin(), abs(found[0].x).argmin()])
            still = self.kind.value == "path" and len(found[0].path) < 3
            self._say(STILL if still else HERE.format(loss=number(loss)))
        else:
            valley, errors = found
            assert valley is not None
            assert errors is not None
            self.valley.show_valley(valley)
            self.errors.show_errors(errors, valley.secant.h)
            name = parameter_name(snapshot.network, self.first.value() - 1)
            self._say(words_of(valley.secant, name))
        self.blank.say(None)

    def _say(self, words: Text) -> None:
        if self.words.text() != self.desk.ui.text(words):
            self.desk.ui.bind(self.words.setText, words, self.words)

    def _bound(self, network: Network) -> bool:
        """Offer the parameters of another network; True if another one is chosen now.

        Of images, whose outer pixels are always 0, at first biases of the last layer: they always matter.
        """
        if network is self._network:
            return False
        before, self._network = self.first.value(), network
        biases = network.addresses[-1].get("b", np.zeros(1, np.intp)).ravel()
        for place, field in enumerate((self.first, self.second)):
            field.setMaximum(max(network.trainable, 1))
            start = int(biases[min(place, len(biases) - 1)]) + 1
            if len(network.spec.input_shape) == 3 and field.value() < int(biases[0]):
                field.show_value(start)
        return self.first.value() != before

    @Slot(float)
    def _drag(self, h: float) -> None:
        self.h.show_value(min(max(h, H.low or 0.0), H.high or 1.0))
        self.refresh()

    @Slot()
    def _follow_kind(self, *_: object) -> None:
        one = self.kind.value == "one"
        self.first.setVisible(one or self.kind.value == "parameters")
        self.second.setVisible(self.kind.value == "parameters")
        self.h.setVisible(one)
        self._pictures.setCurrentIndex(0 if one else 1)
        self.refresh()

    def _name(self) -> None:
        bind = self.desk.ui.bind
        known = (
            ("slice_first", self.first, FIRST), ("slice_second", self.second, SECOND),
            ("slice_step", self.h, STEP),
        )  # fmt: skip
        for name, widget, words in known:
            widget.setObjectName(name)
            bind(widget.setAccessibleName, words, widget)
            bind(widget.setToolTip, words, widget)

    def _lay_out(self) -> None:
        top = FlowRow()
        for widget in (self.kind, self.first, self.second):
            top.addWidget(widget)
        top.addWidget(self.h, 1)
        top.addStretch()
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(self.valley)
        both.addWidget(self.errors)
        both.setSizes([500, 400])
        self._pictures.addWidget(both)
        self._pictures.addWidget(self.landscape)
        self.words.setObjectName("slice_words")
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.blank, 1)
        layout.addWidget(self.words)


def words_of(line: Secant, name: Text) -> Text:
    """What the secant says."""
    numbers = {"w": line.w, "h": line.h, "slope": line.slope, "exact": line.exact, "error": line.slope - line.exact}
    return NUMBERS.format(name=name, **{key: number(value) for key, value in numbers.items()})
