"""Which ink to add and which to erase, so that the network takes the drawing for another digit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from nnplayground.engine.arrays import Array
from nnplayground.gui.class_choice import ClassChoice
from nnplayground.gui.desk import Desk
from nnplayground.gui.drawn_view import DrawnView
from nnplayground.gui.note import Note
from nnplayground.gui.pixel_picture import PixelPicture
from nnplayground.text import Text
from nnplayground.training.inspection.counterfactual import MOST, InkChange, ink_change, runner_up
from nnplayground.training.snapshot import Snapshot

MAKE_IT = Text("Make it a", "変える先")
PICTURE = Text("Ink to add and to erase", "加えるインクと消すインク")
EMPTY = Text(
    "Draw a digit, and here you see how little ink turns it into another one for this network.",
    "数字を描くと、どのインクを変えればネットワークが別の数字と読むかがわかります。",
)
TURNS = Text(
    "{add} pixels of ink more (blue) and {erase} fewer (orange) would make this {given} a {target}: "
    "{before:.1%} → {after:.1%}.",
    "青い {add} 画素を塗り、オレンジの {erase} 画素を消すと、この {given} は {target} になります（{before:.1%} → {after:.1%}）。",
)
STAYS = Text(
    "No {most} pixels that were found make this {given} a {target}: {before:.1%} → {after:.1%}.",
    "{most} 画素を変えても、この {given} は {target} になりません（{before:.1%} → {after:.1%}）。",
)
IT_IS = Text("It is read as {target} already, with {before:.1%}.", "すでに {target} と読まれています（{before:.1%}）。")
APPLY = Text("Change these pixels", "この通りに変える")
BACK = Text("Take the change back", "元に戻す")
SHINE = 0.85


class InkChangeView(DrawnView[InkChange]):
    """The wish, the picture, the sentence, and the button that does it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("ink_change_view")
        ui = desk.ui
        self.change: InkChange | None = None
        """What is shown."""
        self.choice = ClassChoice(ui, "make_it_", MAKE_IT)
        self.choice.setObjectName("make_it")
        self.picture = PixelPicture(ui, PICTURE)
        self.picture.setObjectName("ink_change_picture")
        self.words = Note(ui)
        self.words.setObjectName("ink_change_words")
        self.apply = self._button("ink_change_apply", APPLY, self._apply)
        self.back = self._button("ink_change_back", BACK, lambda: desk.drawing.retouch(None))
        self._lay_out()
        self.choice.chosen.connect(self.refresh)
        desk.document.changed.connect(self._suit)
        self._suit()
        self.show_found(None)

    def _lay_out(self) -> None:
        row, side, layout = QHBoxLayout(), QVBoxLayout(), QVBoxLayout(self)
        side.addStretch()
        side.addWidget(self.words)
        side.addWidget(self.apply)
        side.addWidget(self.back)
        side.addStretch()
        row.addWidget(self.picture, 1)
        row.addLayout(side, 1)
        row.setSpacing(12)
        layout.setContentsMargins(10, 4, 10, 8)
        layout.addWidget(self.choice)
        layout.addLayout(row, 1)

    def _button(self, name: str, words: Text, act: Callable[[], object]) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.clicked.connect(lambda: act())
        self.desk.ui.bind(button.setText, words, button)
        return button

    @Slot()
    def _suit(self) -> None:
        self.choice.set_classes(self.desk.document.experiment.dataset.task.classes)

    def wish(self) -> int:
        return self.choice.value

    def work(self, snapshot: Snapshot, row: Array) -> Callable[[], InkChange] | None:
        network, parameters, target = snapshot.network, snapshot.parameters, self.choice.value
        if network.output_shape != (len(snapshot.experiment.dataset.task.classes),):
            return None

        def find() -> InkChange:
            aim = target if target >= 0 else runner_up(network, parameters, row)
            return ink_change(network, parameters, row, aim)

        return find

    def show_found(self, found: InkChange | None) -> None:
        self.change = found
        self.back.setVisible(self.desk.drawing.retouched)
        self.apply.setEnabled(found is not None and bool(len(found.add) + len(found.erase)))
        image, amounts = self.desk.drawing.image, np.zeros(self.desk.drawing.image.size)
        if found is not None:
            amounts[found.add], amounts[found.erase] = SHINE, -SHINE
            self.choice.mark(found.target)
        self.picture.show_pixels(image, amounts.reshape(image.shape))
        self.words.say(EMPTY if found is None else self._said(found))

    def _said(self, found: InkChange) -> Text:
        classes = self.desk.document.experiment.dataset.task.classes
        given, target = int(found.before.argmax()), found.target
        words = IT_IS if given == target else TURNS if found.flips else STAYS
        return words.format(
            given=classes[given], target=classes[target], add=len(found.add), erase=len(found.erase), most=MOST,
            before=float(found.before[target]), after=float(found.after[target]),
        )  # fmt: skip

    def _apply(self) -> None:
        found, drawing = self.change, self.desk.drawing
        if found is not None and not drawing.empty:
            self.choice.choose(found.target)
            drawing.retouch(found.row.reshape(drawing.image.shape))
