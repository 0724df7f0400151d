"""What the person shows the network: strokes of the pen or a picture, and the steps from there to 28x28 pixels."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from nnplayground.data.paper import Floats, find_ink
from nnplayground.data.pictures import ink_stages
from nnplayground.data.strokes import CANVAS_PEN, SIZE, Stage, Strokes, Switches, digit_image, stages
from nnplayground.text import Problem, Text

Image = NDArray[np.float32]
NO_INK = Text(
    "No digit was found in the picture: nothing in it stands out from the paper. Choose one with more contrast.",
    "画像の中に数字が見つかりませんでした。背景とはっきり区別できる画像を選んでください。",
)


class Drawing(QObject):
    """Shared by all who want to know what is on the canvas. The image is made when the pen moves, all else on demand."""

    changed = Signal()
    """There is another image, or the way to it is another one."""
    switched = Signal()
    """Steps were switched on or off."""
    picture_changed = Signal()
    """A picture came, went or was inverted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.strokes: Strokes = ()
        self.pen = CANVAS_PEN
        self.switches = Switches()
        self.inverted = False
        """Whether ink and paper of the picture are taken the other way round than was found."""
        self.pixels: NDArray[Any] | None = None
        """The picture, or None while there are strokes."""
        self.retouched = False
        """Whether pixels of the image were changed after all steps."""
        self._made: dict[Switches, Image] = {}
        self._ink: Floats | None = None
        self._image: Image = np.zeros((SIZE, SIZE), np.float32)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.strokes and self._ink is None

    @property
    def has_picture(self) -> bool:
        """Whether it is a picture and not strokes."""
        return self._ink is not None

    @property
    def image(self) -> Image:
        """What the network gets, (28, 28) in 0..1; not to be written to."""
        return self._image

    @property
    def off(self) -> tuple[str, ...]:
        """The steps that are switched off, in order."""
        return tuple(f.name for f in fields(self.switches) if not getattr(self.switches, f.name))

    def draw(self, strokes: Strokes, pen: float) -> None:
        """The canvas holds `strokes` now, drawn with `pen`; a picture gives way to them."""
        had_picture, self._ink, self.pixels = self.has_picture, None, None
        self.strokes, self.pen = strokes, pen
        self._renew_ink()
        if had_picture:
            self.picture_changed.emit()

    def show_picture(self, pixels: NDArray[Any]) -> None:
        """Read `pixels`, as `data.pictures` describes them; raises `Problem`, and keeps what was there, if it cannot."""
        ink = find_ink(pixels)
        if not ink.any():
            raise Problem(NO_INK)
        self.pixels, self._ink, self.inverted, self.strokes = pixels, ink, False, ()
        self._renew_ink()
        self.picture_changed.emit()

    def invert(self, on: bool) -> None:
        """Take ink for paper and paper for ink, or not."""
        if self.pixels is not None and on != self.inverted:
            self.inverted = on
            self._ink = find_ink(self.pixels, inverted=on)
            self._renew_ink()
            self.picture_changed.emit()

    def switch(self, name: str, on: bool) -> None:
        """Take the step `name` from now on, or leave it out."""
        self.set_switches(replace(self.switches, **{name: on}))

    def set_switches(self, switches: Switches) -> None:
        """Take these steps from now on."""
        if switches != self.switches:
            self.switches = switches
            self._renew()
            self.switched.emit()

    def retouch(self, image: Image | None) -> None:
        """Give the network `image` (28, 28) instead of what was made, until something is drawn; None takes that back."""
        if image is None or self.empty:
            self._renew()
        else:
            self.retouched = True
            self._set(image.astype(np.float32))

    def image_with(self, switches: Switches) -> Image:
        """What the network would get with other steps."""
        if switches not in self._made:
            self._made[switches] = self._make(switches)
        return self._made[switches]

    def _make(self, switches: Switches) -> Image:
        if self._ink is not None:
            return ink_stages(self._ink, switches)[-1].image
        return digit_image(self.strokes, switches, self.pen)

    def stages(self) -> tuple[Stage, ...]:
        """The image after each step."""
        if self._ink is not None:
            return ink_stages(self._ink, self.switches)
        return stages(self.strokes, self.switches, self.pen)

    def _renew_ink(self) -> None:
        self._made.clear()
        self._renew()

    def _renew(self) -> None:
        self.retouched = False
        self._set(self.image_with(self.switches))

    def _set(self, image: Image) -> None:
        self._image = image
        self._image.flags.writeable = False
        self.changed.emit()
