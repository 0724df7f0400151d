"""A slice of the space of all images: the plane through three digits, coloured by what the network reads there."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import predict
from nnplayground.gui.corner_button import CornerButton
from nnplayground.gui.curve import Floats
from nnplayground.gui.desk import Desk
from nnplayground.gui.drawn_view import DrawnView
from nnplayground.gui.image_tile import ImageTile
from nnplayground.gui.note import Note
from nnplayground.gui.slice_map import LETTERS, SliceMap
from nnplayground.text import Text
from nnplayground.training.inspection.digit_plane import slice_map, stretched
from nnplayground.training.snapshot import Snapshot

POINT = Text(
    "Between A, B and C the images are blends of the three. Drag the letters; point at a place to see the image there.",
    "A・B・C の間は 3 つの画像を混ぜ合わせたものです。文字はドラッグで動かせ、指した場所の画像も見られます。",
)
THERE = Text(
    "Here, {a:+.0%} A {b:+.0%} B {c:+.0%} C are read as {name}, {share:.1%}.",
    "ここ（A {a:+.0%}、B {b:+.0%}、C {c:+.0%}）は {name}（{share:.1%}）と読まれます。",
)
BLEND = Text("The image there", "その場所の画像")
ASIDE = 0.15
"""Seconds that the training stands aside, at most, for the map of a plane that was moved."""
DIGITS = (3, 8, 5)
"""What the plane goes through at first."""


@dataclass(frozen=True, eq=False)
class Slice:
    """The map `shares` (n, n, classes) of the plane with the given corners (3, features); `own` (3, classes) of the digits.

    `moment` is that of the network; `whole` tells whether it was asked at every point.
    """

    corners: Array
    shares: Array
    own: Array
    moment: Hashable
    whole: bool


class DigitSliceView(DrawnView[Slice]):
    """The map, and beside it the three digits and the image under the pointer."""

    interval, again = 0.016, 0.1

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("digit_slice_view")
        self.slice: Slice | None = None
        """What is shown."""
        self._corners: Array = np.zeros((3, 0), np.float32)
        self._moved = False
        """Whether a person waits for what is being found."""
        self._pointed: Floats | None = None
        self.map = SliceMap(desk.ui)
        self.buttons = [CornerButton(desk, letter, digit) for letter, digit in zip(LETTERS, DIGITS, strict=True)]
        self.blend = ImageTile(desk.ui)
        self.words = Note(desk.ui)
        self._lay_out()
        self.buttons[0].follow_drawing()
        for button in self.buttons:
            button.changed.connect(self._stretch)
        self.map.dragged.connect(self._stretch)
        self.map.pointed.connect(self._point)
        self._stretch()
        self._tell()

    def _lay_out(self) -> None:
        self.blend.setObjectName("slice_image")
        self.words.setObjectName("slice_words")
        self.desk.ui.bind(self.blend.setAccessibleName, BLEND, self.blend)
        self.desk.ui.bind(self.blend.setToolTip, BLEND, self.blend)
        side, row, layout = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        side.setSpacing(2)
        for button in self.buttons:
            side.addWidget(button)
        side.addWidget(self.blend, 1)
        row.addWidget(self.map, 3)
        row.addLayout(side, 1)
        layout.setContentsMargins(10, 4, 10, 8)
        layout.addLayout(row, 1)
        layout.addWidget(self.words)

    @Slot()
    def _stretch(self) -> None:
        """The plane is another one. A map of a moved plane is finished first, so that there is one while a person drags."""
        digits = np.stack([button.image.ravel() for button in self.buttons])
        self._corners = stretched(digits, self.map.places)
        if not self._moved:
            self._errand.drop()
        self.refresh()

    def subject(self) -> Array:
        return self._corners

    def moment(self, snapshot: Snapshot) -> Hashable:
        return super().moment(snapshot), self._is_time_for_all(snapshot)

    def _is_time_for_all(self, snapshot: Snapshot) -> bool:
        """Whether the network is to be asked at every point: it rests, and there is a first map of the plane."""
        found, rests = self.slice, snapshot.state != "running"
        return (
            rests and found is not None and found.corners is self._corners and found.moment == super().moment(snapshot)
        )

    def work(self, snapshot: Snapshot, row: Array) -> Callable[[], Slice] | None:
        network, parameters = snapshot.network, snapshot.parameters
        if network.output_shape != (len(snapshot.experiment.dataset.task.classes),):
            return None
        digits = np.stack([button.image.ravel() for button in self.buttons])
        moment, whole = super().moment(snapshot), self._is_time_for_all(snapshot)
        self._moved = self.slice is None or self.slice.corners is not row
        if self._moved:
            self.desk.controller.stand_aside(ASIDE)

        def find() -> Slice:
            shares, every = slice_map(network, parameters, row, everywhere=whole)
            return Slice(row, shares, predict(network, parameters, digits), moment, every)

        return find

    def show_found(self, found: Slice | None) -> None:
        if self._moved:
            self._moved = False
            self.desk.controller.stand_aside(0)
        self.slice = found
        classes = self.desk.document.experiment.dataset.task.classes
        if found is None or found.own.shape[1] != len(classes):
            return
        self.map.show_shares(found.shares, classes)
        for letter, button, own in zip(LETTERS, self.buttons, found.own, strict=True):
            button.say(f"{letter}: {classes[int(own.argmax())]}  {own.max():.0%}")
        self._tell()

    @Slot(object)
    def _point(self, place: Floats | None) -> None:
        self._pointed = place
        self._tell()

    def _tell(self) -> None:
        """What the network reads under the pointer, from the map."""
        found, place = self.slice, self._pointed
        if found is None or place is None:
            self.words.say(POINT)
            return
        x, y = place
        a, b, c = self._corners
        image = a + x * (b - a) + y * (c - a)
        self.blend.show_values(image.reshape(28, 28))
        last = len(found.shares) - 1
        shares = found.shares[round(y * last), round(x * last)]
        mix = np.array([*place, 1]) @ np.linalg.inv(np.column_stack([self.map.places, np.ones(3)]))
        name = self.desk.document.experiment.dataset.task.classes[int(shares.argmax())]
        self.words.say(THERE.format(a=mix[0], b=mix[1], c=mix[2], name=name, share=float(shares.max())))
