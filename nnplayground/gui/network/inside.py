"""What is asked of the run for the picture: maps, a sample and its way through the network, and the words about a unit."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot

from nnplayground.data.features import FEATURES
from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import Plan
from nnplayground.gui.desk import Desk
from nnplayground.gui.network.columns import Choice
from nnplayground.gui.network.parts import INPUT, Part, low, unit_words
from nnplayground.gui.network.reading import Reading
from nnplayground.gui.network.words import UnitNumbers, lines, short
from nnplayground.gui.predictor import Predictor
from nnplayground.text import Text
from nnplayground.training.probes import Probe
from nnplayground.training.probes.training_sample import Sample, TrainingSample
from nnplayground.training.probes.unit_maps import UnitMaps, UnitMapsAnswer
from nnplayground.training.snapshot import Snapshot

SMALL, LARGE = 20, 64
"""Points along a side of the pictures in the units, and of the large view."""
SAMPLE = TrainingSample()
WEIGHT = Text("Weight: {value}", "重み: {value}")
BUNDLE = Text("Several weights together, size {value}", "複数の重みをまとめた線（大きさ {value}）")
UNKNOWN = Text("Press play or step to load the data.", "再生かステップを押すとデータを読み込みます。")


class Inside(QObject):
    """Keeps the newest answers. The sample is what the person asks about, or else the first of the training data."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._predictor = Predictor(self, desk.controller)
        self._snapshot: Snapshot | None = None
        self.maps: UnitMapsAnswer | None = None
        self.plan: Plan | None = None
        self._sample: Sample | None = None
        self._fine: UnitMapsAnswer | None = None
        desk.controller.renewed.connect(self._forget)

    @Slot()
    def _forget(self) -> None:
        self._snapshot = self.maps = self.plan = self._sample = self._fine = None

    def probes(self, snapshot: Snapshot, choice: Choice, pointed: Part | None) -> tuple[Probe, ...]:
        """What the next picture needs."""
        found: list[Probe] = [_small(choice), SAMPLE]
        if pointed is not None and pointed.kind == "unit":
            found.append(_large(pointed))
        return tuple(found)

    def look(self, snapshot: Snapshot, choice: Choice, pointed: Part | None) -> None:
        """Take the answers of `snapshot`, and send the sample through its network."""
        self._snapshot = snapshot
        self.maps = snapshot.probes.get(_small(choice), self.maps)
        self._sample = snapshot.probes.get(SAMPLE, self._sample)
        self._fine = None if pointed is None else snapshot.probes.get(_large(pointed))
        row = self._desk.question.row
        if row is None and self._sample is not None:
            row = self._sample.row
        self.plan = None if row is None else self._predictor.run(snapshot, row.reshape(1, -1))

    def input_names(self, layer: int) -> tuple[str, ...]:
        """What the inputs of a layer are called in formulas."""
        if self._snapshot is None or layer >= len(self._snapshot.network.spec.layers):
            return ()
        network, features = self._snapshot.network, self._snapshot.experiment.dataset.inputs
        weights = network.addresses[layer].get("W")
        count = 0 if weights is None else weights.shape[1]
        if layer == 0 and len(features) == count:
            return tuple(FEATURES[id].name if id in FEATURES else id for id in features)
        reads_input = all(o.is_view for o in network.operations if o.index < layer)
        return tuple(f"{'x' if reads_input else 'a'}{low(i + 1)}" for i in range(count))

    def describe(self, part: Part, reading: Reading | None) -> tuple[Text, list[Text], Array | None]:
        """Title, formula and large view of what is pointed at."""
        if part.kind in ("weight", "bundle") and reading is not None:
            return self._link(part, reading), [], None
        if part.layer < 0:
            return self._input(part, reading), [], self._view(part, reading)
        return unit_words(part.layer, part.unit), self._formula(part), self._view(part, reading)

    def _link(self, part: Part, reading: Reading) -> Text:
        for group in reading.links:
            target, source = reading.structure.columns[group.target], reading.structure.columns[group.source]
            if target.layer == part.layer:
                row, at = (np.flatnonzero(c.units == u) for c, u in ((target, part.unit), (source, part.source)))
                if len(row) and len(at):
                    words = WEIGHT if group.single else BUNDLE
                    return words.format(value=short(float(group.weights[row[0], at[0]])))
        return unit_words(part.layer, part.unit)

    def _input(self, part: Part, reading: Reading | None) -> Text:
        name, value = part.feature or str(part.unit + 1), ""
        if reading is not None:
            column = reading.structure.columns[0]
            place = next((i for i, node in enumerate(column.nodes) if node.part == part), None)
            if place is not None:
                name = column.nodes[place].name or name
                number = float(reading.values[0][place])
                value = f" = {short(number)}" if np.isfinite(number) and len(self._shape) == 1 else ""
        return INPUT.format(name=name + value)

    @property
    def _shape(self) -> tuple[int, ...]:
        return () if self._snapshot is None else self._snapshot.network.spec.input_shape

    def _formula(self, part: Part) -> list[Text]:
        snapshot, plan = self._snapshot, self.plan
        if snapshot is None or plan is None or part.layer >= len(snapshot.network.spec.layers):
            return [UNKNOWN]
        layer = snapshot.network.spec.layers[part.layer]
        named = snapshot.network.views(snapshot.parameters)[part.layer]
        sums = plan.pre_activations(part.layer)[..., 0]
        outputs = plan.activations(part.layer)[..., 0]
        if sums.ndim != 1 or len(sums) != len(outputs) or "W" not in named or part.unit >= len(sums):
            return []
        inputs = plan.rows[0] if part.layer == 0 else plan.activations(part.layer - 1)[..., 0].ravel()
        numbers = UnitNumbers(
            inputs, named["W"][part.unit], float(named["b"][part.unit]), float(sums[part.unit]),
            float(outputs[part.unit]), layer.activation, self.input_names(part.layer),
        )  # fmt: skip
        return lines(numbers)

    def _view(self, part: Part, reading: Reading | None) -> Array | None:
        if isinstance(self._fine, UnitMapsAnswer) and part.kind == "unit":
            layer = self._fine.layers[part.layer]
            if part.unit in layer.units.tolist():
                image = layer.maps[layer.units.tolist().index(part.unit)]
                scale = max(1.0, float(np.nan_to_num(np.abs(image)).max()))
                return np.asarray(image / scale)
        if reading is None:
            return None
        for place, column in enumerate(reading.structure.columns):
            for i, node in enumerate(column.nodes):
                same = (node.part.layer, node.part.feature or node.part.unit) == (part.layer, part.feature or part.unit)
                if same and place in reading.pictures:
                    return np.asarray(reading.pictures[place][i])
        return None


def _small(choice: Choice) -> UnitMaps:
    return UnitMaps(SMALL, choice.most, choice.kind, choice.chosen)


def _large(part: Part) -> UnitMaps:
    return UnitMaps(LARGE, 1, "chosen", ((part.layer, part.unit),))
