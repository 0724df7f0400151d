"""Pictures of technical words, drawn from the same code that the network runs on. Imported when the first is seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPixmap

from nnplayground.engine.activations import activations
from nnplayground.gui.glossary.pictures import clouds, curves, descents, grids, kinds, nets, tables
from nnplayground.gui.glossary.pictures.sheet import Sheet
from nnplayground.gui.theme import Theme

Draw = Callable[[Sheet], None]
SIZE = QSize(216, 132)

_WORDS: dict[str, Draw] = {
    **clouds.WORDS, **curves.WORDS, **descents.WORDS, **grids.WORDS, **nets.WORDS, **tables.WORDS,
}  # fmt: skip


def draw_of(name: str, id: str = "", kind: str = "") -> Draw | None:
    """What draws the word with the English `name`, or entry `id` of the registry in package `kind`; None: nothing."""
    if not kind:
        return _WORDS.get(name)
    if kind == activations.package:
        return lambda sheet: curves.activation(sheet, id)
    found = kinds.KINDS.get(kind)
    return None if found is None else lambda sheet: found(sheet, id)


def pixmap_of(draw: Draw, theme: Theme, ratio: float) -> QPixmap:
    """The picture in the colours of `theme`, for a screen with `ratio` pixels to the point."""
    made = QPixmap(SIZE * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(theme.surface)
    with QPainter(made) as painter:
        draw(Sheet(painter, SIZE, theme))
    return made
