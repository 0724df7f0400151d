"""Puts headers, picture, card and bar together, and follows the run and the person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.letters import scaled
from nnplayground.gui.network.bar import BIAS, FROM, PartBar
from nnplayground.gui.network.card import UnitCard
from nnplayground.gui.network.choosing import UnitChoice
from nnplayground.gui.network.columns import Choice
from nnplayground.gui.network.deeds import Deeds
from nnplayground.gui.network.header import Headers
from nnplayground.gui.network.inside import Inside
from nnplayground.gui.network.parts import Part
from nnplayground.gui.network.picture import NetworkPicture
from nnplayground.gui.network.reading import Reader
from nnplayground.gui.panes import PaneView
from nnplayground.text import Text
from nnplayground.training.probes import Probe
from nnplayground.training.snapshot import Snapshot

NODE = 24
"""Pixels of height that one more unit takes."""
SMALL_NODE = 13
"""The same of an output, of which rather all are shown."""
STEPS = (4, 6, 8, 12, 16)
"""How many units of a wide layer are shown, by the height that there is."""
BAR = 36
"""Height of the line below the picture."""
FEATURES_NEED = 130
"""Pixels of height from which on inputs that are switched off are shown too."""
MANY = 1000
"""With more inputs, only those that are shown are listed by name."""


class NetworkView(PaneView):
    """The pane."""

    interval = 0.15

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("network_view")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        ui = desk.ui
        self.deeds, self.inside = Deeds(desk), Inside(desk, self)
        self.headers, self.picture = Headers(ui, self), NetworkPicture(ui, self)
        self.bar, self.choice = PartBar(ui, self), UnitChoice(ui, self)
        self.card = UnitCard(ui, self)
        self._reader = Reader()
        self._is_cut = False
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        foot = QWidget(self)
        foot.setMinimumHeight(scaled(BAR))  # or the picture would change its size with what is selected
        below = FlowRow(foot)
        below.setSpacing(8)
        below.addWidget(self.bar, 1)
        below.addWidget(self.choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 6)
        column.setSpacing(2)
        column.addWidget(self.headers)
        column.addWidget(self.picture, 1)
        column.addWidget(foot)

    def _connect(self) -> None:
        picture, headers, unit, layer = self.picture, self.headers, self.bar.unit, self.bar.layer
        picture.laid_out.connect(self._place_headers)
        picture.selected_changed.connect(self._select)
        picture.hovered_changed.connect(self._point)
        picture.wanted.connect(self._do)
        headers.layer_clicked.connect(lambda index: picture.select(Part("layer", index)))
        headers.grow.connect(self.deeds.grow)
        headers.shrink.connect(self.deeds.shrink)
        headers.insert.connect(self.deeds.insert_layer)
        unit.chosen.connect(self._choose_weight)
        unit.edited.connect(self._set_value)
        unit.sealed.connect(self.desk.document.seal)
        unit.frozen.connect(lambda on: self.deeds.freeze(self._parameter(), on))
        unit.silenced.connect(lambda on: self.deeds.silence(self._part.layer, self._part.unit, on))
        unit.removed.connect(lambda: self._do("remove"))
        layer.frozen.connect(lambda on: self.deeds.freeze(self._part, on))
        layer.inserted.connect(lambda: self.deeds.insert_layer(self._part.layer + 1))
        layer.removed.connect(lambda: self._do("remove"))
        self.bar.currentChanged.connect(self._show_choice)
        self.choice.changed.connect(self.refresh)
        self.desk.document.changed.connect(self._show_part)
        self.desk.ui.language_changed.connect(self._show_part)
        self.desk.ui.theme_changed.connect(self.refresh)
        self.desk.question.answered.connect(self.outdate)

    # Following the run.

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        return self.inside.probes(snapshot, self._choice(snapshot), self.picture.hovered)

    def _choice(self, snapshot: Snapshot) -> Choice:
        height, outputs = max(self.picture.height(), 1), snapshot.network.output_shape[0]
        most = max((n for n in STEPS if n <= height // NODE), default=STEPS[0])
        if outputs <= height // SMALL_NODE:
            most = max(most, min(outputs, 10))
        return self.choice.choice(most, self.picture.height() >= FEATURES_NEED)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        choice = self._choice(snapshot)
        self.inside.look(snapshot, choice, self.picture.hovered)
        if self.inside.maps is None and self.inside.plan is None and snapshot.experiment.dataset.lies_on_plane:
            self.desk.controller.prepare()
        reading = self._reader.read(snapshot, choice, self.inside.maps, self.inside.plan)
        self.picture.show_reading(reading)
        self._is_cut = any(c.is_cut and len(c.nodes) >= choice.most for c in reading.structure.columns)
        self._show_choice()
        self._show_value()
        self._show_card()

    @Slot()
    def _show_choice(self) -> None:
        """There is room for it while no unit is edited."""
        self.choice.setVisible(self._is_cut and self.bar.currentWidget() is not self.bar.unit)

    @Slot()
    def _place_headers(self) -> None:
        if self.picture.layout_ is not None:
            self.headers.follow(self.picture.layout_, self.deeds.sizable())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_headers()
        self.refresh()

    # What is pointed at.

    @Slot(object)
    def _point(self, part: Part | None) -> None:
        self.refresh()
        self._show_card()

    def _show_card(self) -> None:
        part = self.picture.hovered
        place = None if part is None else self.picture.place_of(part)
        if part is None or place is None:
            self.card.hide()
            return
        title, lines, image = self.inside.describe(part, self.picture.reading)
        self.card.show_unit(title, lines, image, self.picture, place)

    # What is selected.

    @property
    def _part(self) -> Part:
        found = self.picture.selected
        assert found is not None
        return found

    def _parameter(self) -> Part:
        """The weight or bias that the bar edits."""
        part = self._part
        return part if part.kind in ("weight", "bias") else Part("bias", part.layer, part.unit)

    @Slot(object)
    def _select(self, part: Part | None) -> None:
        if part is not None and part.feature:
            self.deeds.switch(part.feature)
        if part is not None and part.layer >= 0:
            self.desk.document.select(part.layer)
            self.choice.show_layer(part.layer)
        self._show_part()
        self.refresh()

    @Slot()
    def _show_part(self) -> None:
        part, experiment = self.picture.selected, self.desk.document.experiment
        if part is None or not 0 <= part.layer < len(experiment.layers):
            self.bar.setCurrentIndex(0)
            return
        if part.kind == "layer":
            layers = experiment.layers
            kind = layers[part.layer].label
            self.bar.layer.show_layer(part.layer, kind, self.deeds.is_frozen(part), part.layer < len(layers) - 1)
            self.bar.setCurrentWidget(self.bar.layer)
            return
        hidden = part.layer in self.deeds.sizable()
        silent = (part.layer, part.unit) in experiment.silenced
        self.bar.unit.show_unit(
            self._parameter(), self._sources(part.layer), (self.deeds.is_frozen(self._parameter()), silent, hidden)
        )
        self.bar.setCurrentWidget(self.bar.unit)
        self._show_value()
        self.picture.speak(self.desk.ui.text(self.deeds.words(self._parameter())))

    def _show_value(self) -> None:
        if self.bar.currentWidget() is self.bar.unit and self.picture.selected is not None:
            self.bar.unit.show_value(self.deeds.value(self._parameter()))

    def _sources(self, layer: int) -> list[tuple[int, Text]]:
        names = self.inside.input_names(layer)
        shown = list(enumerate(names))
        if len(names) > MANY and self._parameter().source >= 0:
            shown = [(self._parameter().source, names[self._parameter().source])]
        elif len(names) > MANY:
            shown = []
        return [(-1, BIAS), *((i, FROM.format(name=name)) for i, name in shown)]

    @Slot(int)
    def _choose_weight(self, source: int) -> None:
        part = self._part
        kind = "bias" if source < 0 else "weight"
        self.picture.select(Part(kind, part.layer, part.unit, source))  # type: ignore[arg-type]

    @Slot(float)
    def _set_value(self, value: float) -> None:
        part = self._parameter()
        before = self.deeds.value(part)
        if before is not None:
            self.deeds.set_parameter(part, before, value)

    @Slot(str)
    def _do(self, deed: str) -> None:
        part = self._part
        if part.layer < 0:
            if deed == "edit" and part.feature:
                self.deeds.switch(part.feature)
            return
        match deed:
            case "grow":
                self.deeds.grow(part.layer)
            case "shrink":
                self.deeds.shrink(part.layer)
            case "silence" if part.kind != "layer":
                on = (part.layer, part.unit) not in self.desk.document.experiment.silenced
                self.deeds.silence(part.layer, part.unit, on)
            case "edit" if part.kind != "layer":
                self.bar.unit.value.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.bar.unit.value.selectAll()
            case "remove":
                self._remove(part)

    def _remove(self, part: Part) -> None:
        self.picture.select(None)
        if part.kind == "layer":
            self.deeds.remove_layer(part.layer)
        else:
            self.deeds.shrink(part.layer, part.unit)
