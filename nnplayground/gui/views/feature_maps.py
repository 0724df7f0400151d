"""What the units of a layer look for (their weights), and what they find in the digit that is drawn."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout

from nnplayground.engine.arrays import Array
from nnplayground.gui.blank import Blank
from nnplayground.gui.desk import Desk
from nnplayground.gui.explain import joined
from nnplayground.gui.image_grid import ImageGrid
from nnplayground.gui.panes import PaneView
from nnplayground.gui.predictor import Predictor
from nnplayground.gui.readout import number
from nnplayground.gui.unit_images import MOST, map_items, unit_weights, weight_items
from nnplayground.gui.views.activation import LayerChoice
from nnplayground.text import Text
from nnplayground.training.snapshot import Snapshot

WEIGHTS = Text("Weights", "重み")
MAPS = Text("Feature maps", "特徴マップ")
SHAPE_ONLY = Text(
    "This layer has no weights and computes nothing of its own; choose another one.",
    "この層には重みがなく、値も変えません。別の層を選んでください。",
)
DRAW = Text(
    "Draw a digit or point at the decision map to see the outputs.",
    "数字を描くか決定境界の点を指すと、出力が見られます。",
)
OUTPUTS = Text("Below each: its output.", "下の数は出力です。")
LARGEST = Text("Largest weight {w}.", "重みの絶対値は最大 {w}。")
SOME = Text("The first {shown} of {count} units.", "{count} ユニットのうち最初の {shown} 個。")


class FeatureMapsView(PaneView):
    """Weights above, maps below."""

    interval = 0.25

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._predictor = Predictor(self, desk.controller)
        self.choice = LayerChoice(desk)
        self.choice.setObjectName("feature_layer")
        self.weights, self.maps = ImageGrid(desk.ui, WEIGHTS), ImageGrid(desk.ui, MAPS)
        self.weights.setObjectName("weight_images")
        self.maps.setObjectName("feature_maps_images")
        self.words = QLabel()
        self.words.setObjectName("feature_words")
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self._both = QSplitter(Qt.Orientation.Vertical)
        self._both.setChildrenCollapsible(False)
        self._both.addWidget(self.weights)
        self._both.addWidget(self.maps)
        self.blank = Blank(desk.ui, self._both)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 8)
        layout.setSpacing(4)
        layout.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.blank, 1)
        layout.addWidget(self.words)
        desk.document.selection_changed.connect(self.refresh)
        desk.question.answered.connect(self.outdate)
        desk.drawing.changed.connect(self.outdate)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        index, network = self.desk.document.selected_layer, snapshot.network
        if not 0 <= index < len(network.spec.layers):
            return
        outputs = self._outputs(snapshot, index)
        images = unit_weights(network, snapshot.parameters, index)
        maps = outputs if outputs is not None and outputs.ndim == 3 else None
        if images is None and all(o.is_view for o in network.operations if o.index == index):
            self.blank.say(SHAPE_ONLY)
            self._say(Text.same(" "))
            return
        self.blank.say(None)
        flat = outputs if outputs is not None and outputs.ndim == 1 else None
        self.weights.setVisible(images is not None)
        if images is not None:
            self.weights.show_items(weight_items(images, flat))
        self.maps.setVisible(maps is not None)
        if maps is not None:
            self.maps.show_items(map_items(maps))
        self._say(_words(images, outputs, network.shapes[index + 1][0]))

    def _outputs(self, snapshot: Snapshot, index: int) -> Array | None:
        """What the layer gives for the input that is asked about: (units,) or (channels, height, width)."""
        row = self.desk.question.row
        plan = None if row is None else self._predictor.run(snapshot, row[None])
        return None if plan is None else plan.activations(index)[..., 0].copy()

    def _say(self, words: Text) -> None:
        if self.words.text() != self.desk.ui.text(words):
            self.desk.ui.bind(self.words.setText, words, self.words)


def _words(images: Array | None, outputs: Array | None, count: int) -> Text:
    said = [SOME.format(shown=MOST, count=count)] if count > MOST else []
    if images is not None:
        said.append(LARGEST.format(w=number(float(np.abs(images).max(initial=0.0)))))
    if outputs is None:
        said.append(DRAW)
    elif outputs.ndim == 1 and images is not None:
        said.append(OUTPUTS)
    return joined(*said)
