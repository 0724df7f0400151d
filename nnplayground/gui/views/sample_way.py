"""One sample's way through the network and back, with every number in place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnplayground.engine.network import Network
from nnplayground.gui.blank import LOADING, Blank
from nnplayground.gui.desk import Desk
from nnplayground.gui.explain import joined
from nnplayground.gui.named_choice import NamedChoice
from nnplayground.gui.pacing import interval_for
from nnplayground.gui.panes import PaneView
from nnplayground.gui.tool_row import ToolRow
from nnplayground.gui.way_diagram import WayDiagram
from nnplayground.gui.way_layout import computing_layers
from nnplayground.gui.way_source import WaySource
from nnplayground.gui.way_stops import Route, Unit, route_of
from nnplayground.gui.way_words import chain_words, forward_words, loss_words
from nnplayground.text import Text
from nnplayground.training.inspection.sample_way import SampleWay
from nnplayground.training.probes import Probe
from nnplayground.training.snapshot import Snapshot

DIAL: dict[str, Text] = {
    "term": Text("Term", "項"), "neuron": Text("Neuron", "ニューロン"), "layer": Text("Layer", "層"),
    "sample": Text("Sample", "データ 1 件"), "batch": Text("Batch", "ミニバッチ"), "epoch": Text("Epoch", "エポック"),
}  # fmt: skip
STEP = Text("Size of a step", "1 歩の大きさ")
BACK, NEXT = Text("One step back", "1 歩戻る"), Text("One step on", "1 歩進む")
START = Text("Back to the start of the way", "最初に戻る")
NOTHING = Text(
    "There is no sample to follow: draw a digit, point at the decision map, or type as many numbers as there are "
    "inputs and outputs.",
    "追うデータがありません。数字を描くか、決定境界の点を指すか、入力と出力の数だけ数値を入れてください。",
)
THINNED = Text(
    "Wide layers show the units with the largest outputs.", "広い層は、出力の大きいユニットだけを表示しています。"
)


class SampleWayView(PaneView):
    """The choice of the sample, the dial, the picture, and the formulas."""

    interval = 0.3

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.source = WaySource(desk)
        self.diagram = WayDiagram(desk.ui)
        self.lines = [self._line(name) for name in ("forward", "chain", "loss")]
        self.dial = NamedChoice(desk.ui, "way_dial", STEP, DIAL)
        self.dial.choose("neuron")
        self.place: int | None = None
        """How far the way has been gone; None: to its end, whatever its length."""
        self._seen: tuple[Network, SampleWay] | None = None
        self._route = Route(())
        self.blank = Blank(desk.ui, self._content())
        self._lay_out()
        self.source.changed.connect(self.refresh)
        self.source.moved.connect(self.outdate)
        self.diagram.chosen.connect(self._choose)
        self.selected = (0, 0, 0)

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        probe = self.source.probe(snapshot)
        return () if probe is None else (probe,)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.interval = interval_for(snapshot.network, 0.3, 1.0)
        probes = self.probes(snapshot)
        found = snapshot.probes.get(probes[0]) if probes else None
        if found is None:
            self._seen = None
            self.blank.say(LOADING if probes else NOTHING)
            if probes:
                self.desk.controller.prepare()
            return
        self._seen = snapshot.network, found
        self._route = route_of(found, computing_layers(snapshot.network))
        self._show()
        self.blank.say(None)

    # Steps.

    def go(self, forth: bool) -> None:
        """One step of the dial on or back."""
        unit = self.dial.value
        if unit in ("batch", "epoch"):
            if forth:
                self.desk.controller.step("batch" if unit == "batch" else "epoch")
            return
        if self._seen is None:
            return
        here = self._here()
        size: Unit = unit  # type: ignore[assignment]
        if forth and here >= self._route.length:
            here = 0  # the way begins anew
        self._go_to(self._route.after(here, size) if forth else self._route.before(here, size))

    @Slot()
    def restart(self) -> None:
        """Nothing computed yet."""
        self._go_to(0)

    def _here(self) -> int:
        return self._route.length if self.place is None else min(self.place, self._route.length)

    def _go_to(self, place: int) -> None:
        self.place = None if place >= self._route.length else place
        stop = self._route.at(place)
        if stop is not None and stop[0].phase != "loss":
            self.selected = stop[0].layer, stop[0].unit, self.selected[2]
        self._show()

    @Slot(int, int, int)
    def _choose(self, layer: int, unit: int, source: int) -> None:
        self.selected = layer, unit, source
        self._show()

    # Showing.

    def _fit_selection(self, network: Network, way: SampleWay) -> None:
        """The selection names a unit and a weight that there are."""
        layer, unit, source = self.selected
        layers = computing_layers(network)
        if layer not in layers:
            layer = min(layers, key=lambda i: abs(i - layer), default=0)
        step = way.layers[layer]
        self.selected = layer, min(unit, len(step.a) - 1), min(source, len(step.x) - 1)

    def _show(self) -> None:
        if self._seen is None:
            return
        network, way = self._seen
        self._fit_selection(network, way)
        layer, unit, source = self.selected
        here = self._here()
        self.diagram.show_way(network, way, self.selected, partial(self._route.done, here))
        stop = self._route.at(here)
        shown = None
        if stop is not None and (stop[0].phase, stop[0].layer, stop[0].unit) == ("forward", layer, unit):
            shown = stop[1]
        there = shown is not None or self._route.done(here, "forward", layer, unit)
        back = self._route.done(here, "backward", layer, unit)
        chained = chain_words(network, way, layer, unit, source) if back else None
        loss = loss_words(way) if self._route.done(here, "loss", len(way.layers), 0) else None
        if loss is not None and self.diagram.layout_ is not None and self.diagram.layout_.thinned:
            loss = joined(loss, Text("   ", "   "), THINNED)
        forward = forward_words(network, way, layer, unit, shown) if there else None
        for label, words in zip(self.lines, (forward, chained, loss), strict=True):
            self.desk.ui.bind(label.setText, words or Text.same(" "), label)
        self.diagram.setAccessibleDescription(self.lines[0].text())

    def _line(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(f"way_{name}")
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _content(self) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.diagram, 1)
        for label in self.lines[:2]:
            layout.addWidget(label)
        return content

    def _lay_out(self) -> None:
        steps = ToolRow(self.desk.ui)
        steps.add_button("way_restart", "reset", START, self.restart)
        steps.add_button("way_back", "undo", BACK, lambda: self.go(False))
        steps.addWidget(self.dial)
        steps.add_button("way_next", "step", NEXT, lambda: self.go(True))
        self.source.addStretch()
        below = QHBoxLayout()
        below.addWidget(self.lines[2], 1)
        below.addLayout(steps)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(self.source)
        layout.addWidget(self.blank, 1)
        layout.addLayout(below)
