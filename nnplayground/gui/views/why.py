"""Why the drawing is read as it is: pixels, hidden units, training digits like it, and one sentence with figures."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout

from nnplayground.data.datasets import Dataset
from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.gui.class_choice import ClassChoice
from nnplayground.gui.desk import Desk
from nnplayground.gui.drawn_view import DrawnView
from nnplayground.gui.image_grid import ImageGrid, Item
from nnplayground.gui.image_tile import as_bytes
from nnplayground.gui.note import Note
from nnplayground.gui.pixel_picture import PixelPicture
from nnplayground.gui.readable_box import ReadableBox
from nnplayground.gui.share_bars import ShareBars
from nnplayground.text import Text
from nnplayground.training.inspection.counterfactual import runner_up
from nnplayground.training.inspection.reasons import Reasons, reasons
from nnplayground.training.probes import Probe
from nnplayground.training.probes.training_data import TrainingData
from nnplayground.training.snapshot import Snapshot

WHY_NOT = Text("Why not a", "なぜ次ではない？")
PIXELS = Text("Pixels that spoke", "効いた画素")
PIXELS_HELP = Text(
    "Blue pixels speak for the answer, orange ones for the class that is asked about; together they make up the lead.",
    "青い画素は今の答えを、オレンジの画素は比べているクラスを後押しします。すべて足すとスコアの差になります。",
)
UNITS = Text("Units that spoke", "効いたユニット")
UNITS_HELP = Text(
    "Units of the last hidden layer: their output times the difference of their weights to the two classes.",
    "最後の中間層のユニットです。出力に、2 つのクラスへの重みの差を掛けたものです。",
)
UNIT = Text("Unit {n}", "ユニット {n}")
LIKE = Text("Training digits like it", "似ている訓練データ")
TO_PERSON = Text("Alike to the eye", "見た目が近い")
TO_NETWORK = Text("Alike to the network", "内部表現が近い")
LIKE_HELP = Text(
    "Training digits whose pixels are most like those of the drawing, or what the last hidden layer makes of them.",
    "画素どうし、または最後の中間層の出力どうしを比べて、描いた数字にいちばん近い訓練データです。",
)
EMPTY = Text(
    "Draw a digit, and here you see what spoke for the answer, and why it is not another one.",
    "数字を描くと、何がその答えの決め手になったか、なぜほかの数字ではないのかがわかります。",
)


class WhyView(DrawnView[Reasons]):
    """The question above, three kinds of reasons side by side, and the sentence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("why_view")
        ui = desk.ui
        self.reasons: Reasons | None = None
        """What is shown."""
        self._data: Data | None = None
        self._dataset: Dataset | None = None
        """What the data came from."""
        self.choice = ClassChoice(ui, "why_not_", WHY_NOT)
        self.choice.setObjectName("why_not")
        self.picture = PixelPicture(ui, PIXELS)
        self.picture.setObjectName("why_pixels")
        self.units = ShareBars(ui, UNITS)
        self.units.setObjectName("why_units")
        self.like = ImageGrid(ui, LIKE, side=40)
        self.like.setObjectName("why_like")
        self.eye = ReadableBox()
        self.eye.setObjectName("why_eye")
        for name, words in (("person", TO_PERSON), ("network", TO_NETWORK)):
            self.eye.addItem("", name)
            ui.bind(partial(self.eye.setItemText, self.eye.count() - 1), words, self.eye)
        self.eye.currentIndexChanged.connect(self.refresh)
        self.words = Note(ui)
        self.words.setObjectName("why_words")
        self._lay_out()
        self.choice.chosen.connect(self.refresh)
        desk.document.changed.connect(self._suit)
        self._suit()
        self.show_found(None)

    def _lay_out(self) -> None:
        ui, grid, layout = self.desk.ui, QGridLayout(), QVBoxLayout(self)
        for column, (name, part, help) in enumerate(
            ((PIXELS, self.picture, PIXELS_HELP), (UNITS, self.units, UNITS_HELP), (LIKE, self.like, LIKE_HELP))
        ):
            caption = self.eye if part is self.like else self._caption(name)
            for widget in (caption, part):
                ui.bind(widget.setToolTip, help, widget)
            grid.addWidget(caption, 0, column)
            grid.addWidget(part, 1, column)
            grid.setColumnStretch(column, 1)
        ui.bind(self.eye.setAccessibleName, LIKE, self.eye)
        grid.setRowStretch(1, 1)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        layout.setContentsMargins(10, 4, 10, 8)
        layout.addWidget(self.choice)
        layout.addLayout(grid, 1)
        layout.addWidget(self.words)

    def _caption(self, name: Text) -> QLabel:
        caption = QLabel()
        caption.setProperty("role", "muted")
        caption.setWordWrap(True)
        self.desk.ui.bind(caption.setText, name, caption)
        return caption

    @Slot()
    def _suit(self) -> None:
        self.choice.set_classes(self.desk.document.experiment.dataset.task.classes)

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        """The training data, but only when all else is there: it may first have to be prepared."""
        return () if self.reasons is None else (TrainingData(),)

    def wish(self) -> Hashable:
        return self.choice.value, self.eye.currentData(), id(self._data)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        data = snapshot.probes.get(TrainingData())
        if isinstance(data, Data):
            self._data, self._dataset = data, snapshot.experiment.dataset
        elif snapshot.experiment.dataset != self._dataset:
            self._data = None
        if not isinstance(data, Data) and self.reasons is not None:
            self.desk.controller.prepare()
        super().show_snapshot(snapshot)

    def work(self, snapshot: Snapshot, row: Array) -> Callable[[], Reasons] | None:
        network, parameters, classes = snapshot.network, snapshot.parameters, snapshot.experiment.dataset.task.classes
        wanted, eye, data = self.choice.value, self.eye.currentData(), self._data
        if network.output_shape != (len(classes),):
            return None

        def find() -> Reasons:
            other = wanted if wanted >= 0 else runner_up(network, parameters, row)
            return reasons(network, parameters, row, other, classes, data, eye)

        return find

    def show_found(self, found: Reasons | None) -> None:
        first, self.reasons = self.reasons is None and found is not None, found
        if first and self._data is None:
            self.refresh()
        image = self.desk.drawing.image
        if found is None:
            self.picture.show_pixels(image, np.zeros(image.shape))
            self.units.show_shares(())
            self.like.show_items(())
            self.words.say(EMPTY)
            return
        shares = found.why.attribution.inputs.reshape(image.shape)
        self.picture.show_pixels(image * 0.5, shares / max(float(np.abs(shares).max()), 1e-12))
        self.units.show_shares([(UNIT.format(n=i + 1), share) for i, share in found.units])
        classes = self.desk.document.experiment.dataset.task.classes
        pictures = [as_bytes(row.reshape(image.shape)) for row in found.rows]
        self.like.show_items([Item(p, classes[int(k)]) for p, k in zip(pictures, found.labels, strict=True)])
        self.choice.mark(found.other)
        self.words.say(found.why.text)
