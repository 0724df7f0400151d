"""The generated handwriting: digits in all ways of writing, and a slider for everything in which hands differ."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.handwriting import Style, examples, skeletons
from nnplayground.engine.arrays import Array
from nnplayground.gui.amount_sliders import AmountSliders
from nnplayground.gui.class_filter import NAME, ClassFilter
from nnplayground.gui.count_box import CountBox
from nnplayground.gui.designer.adapt import with_dataset
from nnplayground.gui.desk import Desk
from nnplayground.gui.drawn_view import DrawnView
from nnplayground.gui.image_grid import ImageGrid, Item
from nnplayground.gui.panes.handwriting import HandwritingPane
from nnplayground.gui.tool_row import ToolRow
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.snapshot import Snapshot

SEED = Text("Seed of the digits", "数字の乱数シード")
ANOTHER = Text("Other digits", "別の数字にする")
USUAL = Text("All sliders back to 1", "すべて 1 に戻す")
LEARN = Text("Learn from these", "この書き方で学習する")
LEARN_HELP = Text(
    "Make handwriting like this the training data; the network stays, and undo takes it back.",
    "この手書き数字を訓練データにします。ネットワークはそのままで、元に戻すこともできます。",
)
WAY = Text(
    "A {digit}, way of writing {k} of {n}: {share:.0%} of the people", "{digit} の書き方 {n} 種のうち {k}: {share:.0%}"
)
EACH = 6
"""Examples of each digit; of each way of writing where only one digit is shown."""


class HandwritingView(DrawnView[NDArray[np.uint8]]):
    """The gallery at the left, the sliders at the right."""

    quiet = again = 0.0

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("handwriting_view")
        ui = desk.ui
        self.style_shown = self._style_of_data()
        self._always = np.zeros(0)
        self.grid = ImageGrid(ui, HandwritingPane.label, side=36, captions=False)
        self.grid.setObjectName("handwriting_grid")
        self.filter = ClassFilter(ui)
        self.filter.set_classes(tuple("0123456789"))
        self.seed = CountBox(0, 9999, 1)
        self.sliders = AmountSliders(ui, desk.explainer, list(Style.options()), "handwriting_")
        self.learn = QPushButton()
        self.learn.setObjectName("handwriting_learn")
        ui.bind(self.learn.setText, LEARN, self.learn)
        ui.bind(self.learn.setToolTip, LEARN_HELP, self.learn)
        self._lay_out()
        self.sliders.edited.connect(self._edit)
        self.learn.clicked.connect(self._learn)
        for signal in (self.filter.chosen, self.seed.valueChanged):
            signal.connect(self.refresh)
        desk.document.changed.connect(self._follow)
        self._show_style()

    def _lay_out(self) -> None:
        tools = ToolRow(self.desk.ui)
        tools.add(self.filter, "handwriting_filter", NAME)
        tools.add(self.seed, "handwriting_seed", SEED)
        tools.add_button("handwriting_another", "dice", ANOTHER, lambda: self.seed.setValue(secrets.randbelow(10_000)))
        tools.add_button("handwriting_usual", "reset", USUAL, self._reset)
        tools.addStretch()
        row, right, layout = QHBoxLayout(), QVBoxLayout(), QVBoxLayout(self)
        right.addWidget(self.sliders.scrolled(), 1)
        right.addWidget(self.learn)
        row.addWidget(self.grid, 3)
        row.addLayout(right, 2)
        layout.setContentsMargins(10, 4, 10, 8)
        layout.addLayout(tools)
        layout.addLayout(row, 1)

    # What is shown.

    def subject(self) -> Array:
        return self._always

    def wish(self) -> Hashable:
        return self.style_shown, self.seed.value(), self.filter.value

    def moment(self, snapshot: Snapshot) -> Hashable:
        return self.wish()

    def work(self, snapshot: Snapshot, row: Array) -> Callable[[], NDArray[np.uint8]]:
        style, seed, ways = self.style_shown, self.seed.value(), self.ways()
        return lambda: examples(ways, seed, style)

    def show_found(self, found: NDArray[np.uint8] | None) -> None:
        ways = self.ways()
        if found is not None and len(found) == len(ways):
            self.grid.show_items([_item(pixels, int(way)) for pixels, way in zip(found, ways, strict=True)])

    def ways(self) -> NDArray[np.int64]:
        """The way of writing of each digit in the gallery; with all digits, as often as people write so."""
        known, digit = skeletons(), self.filter.value
        if digit >= 0:
            return np.repeat([i for i, s in enumerate(known) if s.digit == digit], EACH).astype(np.int64)
        rng, found = np.random.default_rng(self.seed.value()), []
        for wanted in range(10):
            mine = [i for i, s in enumerate(known) if s.digit == wanted]
            share = np.array([known[i].share for i in mine])
            found.append(rng.choice(mine, EACH, p=share / share.sum()))
        return np.concatenate(found).astype(np.int64)

    # What is done.

    def _style_of_data(self) -> Style:
        dataset = self.desk.document.experiment.dataset
        given = dataset if isinstance(dataset, Style) else Style()
        return Style(**{o.name: getattr(given, o.name) for o in Style.options()})

    @Slot(object, object)
    def _follow(self, old: Experiment, new: Experiment) -> None:
        """Other data: what it was made with is shown."""
        if new.dataset != old.dataset:
            if isinstance(new.dataset, Style):
                self.style_shown = self._style_of_data()
            self._show_style()

    @Slot(str, float)
    def _edit(self, name: str, value: float) -> None:
        self.style_shown = self.style_shown.replace(**{name: value})
        self._show_style()

    def _reset(self) -> None:
        self.style_shown = Style()
        self._show_style()

    def _show_style(self) -> None:
        self.sliders.show_values({o.name: getattr(self.style_shown, o.name) for o in Style.options()})
        self.learn.setEnabled(self._wanted() != self.desk.document.experiment.dataset)
        self.refresh()

    def _wanted(self) -> GeneratedDigits:
        dataset = self.desk.document.experiment.dataset
        base = dataset if isinstance(dataset, GeneratedDigits) else GeneratedDigits()
        return base.replace(**{o.name: getattr(self.style_shown, o.name) for o in Style.options()})

    @Slot()
    def _learn(self) -> None:
        new, _ = with_dataset(self.desk.document.experiment, self._wanted())
        self.desk.document.edit(new)


def _item(pixels: NDArray[np.uint8], way: int) -> Item:
    known = skeletons()
    mine = [i for i, s in enumerate(known) if s.digit == known[way].digit]
    share = known[way].share / sum(known[i].share for i in mine)
    said = WAY.format(digit=known[way].digit, k=mine.index(way) + 1, n=len(mine), share=share)
    return Item(pixels, "", said)
