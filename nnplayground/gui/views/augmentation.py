"""What is done to the training images each time they are seen: a switch and a slider for each change, and a preview."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from nnplayground.data.augmentations import Augmentation
from nnplayground.data.augmentations.images import Images
from nnplayground.data.augmentations.none import NoAugmentation
from nnplayground.data.handwriting import generate
from nnplayground.engine.arrays import Array
from nnplayground.gui.amount_sliders import AmountSliders
from nnplayground.gui.desk import Desk
from nnplayground.gui.drawn_view import DrawnView
from nnplayground.gui.image_grid import ImageGrid, Item
from nnplayground.gui.image_tile import as_bytes
from nnplayground.gui.note import Note
from nnplayground.gui.panes.augmentation import AugmentationPane
from nnplayground.gui.tool_row import ToolRow
from nnplayground.text import Text
from nnplayground.training.snapshot import Snapshot

AGAIN = Text("Change them anew", "もう一度変える")
OFF = Text("All switches are off: every image is learnt as it is.", "すべてオフです。画像はそのまま学習されます。")
DRAWN = Text("Your drawing, as training would see it.", "描いた数字を、学習で使うときのように変えたものです。")
MADE = Text(
    "Digits as training would see them. Draw one to see what becomes of yours.",
    "学習で使うときのように変えた数字です。数字を描くと、その数字で試せます。",
)
OTHER = Text(
    "Now “{name}” is used. A switch here puts this in its place.",
    "今は「{name}」を使っています。ここでオンにすると、こちらに替わります。",
)
MANY = 30
NOTHING = {"shift": 0.0, "rotate": 0.0, "scale": 0.0, "shear": 0.0, "elastic": 0.0, "pen": 0.0, "noise": 0.0}


class AugmentationView(DrawnView[Array]):
    """The preview at the left, the switches at the right; the setting is that of the experiment."""

    again = 0.0

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("augmentation_view")
        ui = desk.ui
        self._seed = 0
        self._made = (generate(MANY, 1)[0].reshape(MANY, -1)).astype(np.float32)
        self.grid = ImageGrid(ui, AugmentationPane.label, side=40, captions=False)
        self.grid.setObjectName("augmentation_grid")
        options = [o for o in Images.options() if o.name in NOTHING]
        self.sliders = AmountSliders(ui, desk.explainer, options, "augment_", switches=True)
        self.words = Note(ui)
        self.words.setObjectName("augmentation_words")
        self._lay_out()
        self.sliders.edited.connect(self._edit)
        self.sliders.sealed.connect(desk.document.seal)
        desk.document.changed.connect(self._follow)
        self._follow()

    def _lay_out(self) -> None:
        tools = ToolRow(self.desk.ui)
        tools.addWidget(self.words, 1)
        tools.add_button("augmentation_again", "dice", AGAIN, self._anew)
        row, layout = QHBoxLayout(), QVBoxLayout(self)
        row.addWidget(self.grid, 1)
        row.addWidget(self.sliders.scrolled(), 1)
        layout.setContentsMargins(10, 4, 10, 8)
        layout.addLayout(row, 1)
        layout.addLayout(tools)

    @property
    def augment(self) -> Augmentation:
        """What the experiment has."""
        return self.desk.document.experiment.augment

    def subject(self) -> Array:
        return self._made if self.desk.question.row is None else self.desk.question.row

    def wish(self) -> Hashable:
        return self.augment, self._seed

    def moment(self, snapshot: Snapshot) -> Hashable:
        return self.wish()

    def work(self, snapshot: Snapshot, row: Array) -> Callable[[], Array]:
        augment, seed = self.augment, self._seed
        shape = self.desk.document.experiment.dataset.input_shape
        rows = np.broadcast_to(row, (MANY, row.shape[-1])).astype(np.float32)

        def change() -> Array:
            if augment.fits(shape):
                augment.apply(rows, shape, np.random.default_rng(seed))
            return rows

        return change

    def show_found(self, found: Array | None) -> None:
        if found is not None:
            self.grid.show_items([Item(as_bytes(row.reshape(28, 28))) for row in found])
        self._tell()

    def _tell(self) -> None:
        augment, drawn = self.augment, self.desk.question.row is not None
        if isinstance(augment, NoAugmentation):
            self.words.say(OFF)
        elif isinstance(augment, Images):
            self.words.say(DRAWN if drawn else MADE)
        else:
            self.words.say(OTHER.format(name=augment.label))

    def _anew(self) -> None:
        self._seed += 1
        self.refresh()

    @Slot()
    def _follow(self) -> None:
        augment = self.augment
        self.sliders.show_values(
            {name: getattr(augment, name) for name in NOTHING} if isinstance(augment, Images) else NOTHING
        )
        self._tell()
        self.refresh()

    @Slot(str, float)
    def _edit(self, name: str, value: float) -> None:
        """A setting like any other: at once, also while it learns, and undone like one."""
        before = self.augment if isinstance(self.augment, Images) else Images(**NOTHING)
        after: Augmentation = before.replace(**{name: value})
        if after == Images(**NOTHING):
            after = NoAugmentation()
        self.desk.document.change(augment=after, merge=f"augment.{name}")
