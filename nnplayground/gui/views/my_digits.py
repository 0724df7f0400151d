"""The digits that the person kept: looked at, corrected, drawn again, taken away, trained on."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QVBoxLayout

from nnplayground.gui.class_filter import NAME, ClassFilter
from nnplayground.gui.desk import Desk
from nnplayground.gui.digit_keys import digit_of
from nnplayground.gui.image_grid import ImageGrid, Item
from nnplayground.gui.my_digits_tools import MyDigitsTools
from nnplayground.gui.panes import PaneView
from nnplayground.gui.panes.my_digits import MyDigitsPane
from nnplayground.gui.predictor import Predictor
from nnplayground.text import Text
from nnplayground.training.snapshot import Snapshot

EMPTY = Text(
    "Nothing is kept yet. Draw a digit and press “Keep as…” beside the canvas: then it stays here, and the network "
    "can learn from it.",
    "まだ何もありません。数字を描いてキャンバスの横の「残す…」を押すと、ここに加わり、学習に使えるようになります。",
)
LABEL = Text("A {label}", "{label}")
MISREAD = Text("A {label}, read as a {read}", "{label}、ネットワークの答えは {read}")
MOST_READ = 600
"""With more digits than this, what the network reads in each is not shown."""


class MyDigitsView(PaneView):
    """A grid of the collection, and what can be done with it."""

    interval = 0.2

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._predictor = Predictor(self, desk.controller)
        self._places: list[int] = []
        self.grid = _Grid(desk, self)
        self.filter = ClassFilter(desk.ui)
        self.filter.set_classes(tuple("0123456789"))
        self.tools = MyDigitsTools(desk, self.chosen)
        self.tools.insertWidget(0, self.filter)
        self.filter.setObjectName("my_digits_filter")
        desk.ui.bind(self.filter.setAccessibleName, NAME, self)
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        desk.ui.bind(self._empty.setText, EMPTY, self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 2, 10, 8)
        layout.addLayout(self.tools)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.grid, 1)
        self.filter.chosen.connect(self.refresh)
        self.grid.selectionModel().selectionChanged.connect(self.tools.follow)
        desk.my_digits.changed.connect(self.refresh)

    def chosen(self) -> list[int]:
        """Places in the collection of the digits that are selected."""
        return [self._places[i] for i in self.grid.chosen()]

    def show_snapshot(self, snapshot: Snapshot) -> None:
        digits, wanted = self.desk.my_digits.digits, self.filter.value
        self._places = [i for i, digit in enumerate(digits) if wanted in (-1, digit.label)]
        shown = [digits[i] for i in self._places]
        pixels = [digit.pixels for digit in shown]
        read = self._read(snapshot, pixels)
        self.grid.show_items([_item(p, d.label, r) for p, d, r in zip(pixels, shown, read, strict=True)])
        self.grid.setVisible(bool(digits))
        self._empty.setVisible(not digits)
        self.tools.follow()

    def _read(self, snapshot: Snapshot, pixels: list[np.ndarray]) -> list[str]:
        """What the network reads in each, as it is now; empty where it is not known."""
        if not 0 < len(pixels) <= MOST_READ:
            return [""] * len(pixels)
        rows = np.stack(pixels).reshape(len(pixels), -1) / np.float32(255)
        shares = self._predictor.shares(snapshot, rows)
        classes = snapshot.experiment.dataset.task.classes
        return [""] * len(pixels) if shares is None or not classes else [classes[i] for i in shares.argmax(axis=1)]


def _item(pixels: np.ndarray, label: int, read: str) -> Item:
    wrong = read not in ("", str(label))
    words = (MISREAD if wrong else LABEL).format(label=label, read=read)
    return Item(pixels, f"{label} → {read}" if wrong else str(label), words, marked=wrong)


class _Grid(ImageGrid):
    """Knows the keys that correct and take away."""

    def __init__(self, desk: Desk, view: MyDigitsView) -> None:
        super().__init__(desk.ui, MyDigitsPane.label)
        self._desk, self._view = desk, view
        self.setObjectName("my_digits_grid")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.doubleClicked.connect(lambda _: view.tools.draw_again())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen, digits = self._view.chosen(), self._desk.my_digits
        label = digit_of(event)
        if label is not None and chosen:
            digits.relabel(chosen, label)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and chosen:
            digits.remove(chosen)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen:
            self._view.tools.draw_again()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def keyboardSearch(self, search: str) -> None:
        """Keys are labels here and not a search."""
