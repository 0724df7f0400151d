"""Paints the picture: names once, links and nodes at each reading, and above them what is pointed at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnplayground.engine.arrays import Array
from nnplayground.gui.color import table
from nnplayground.gui.network import faces
from nnplayground.gui.network.columns import FULL, Column
from nnplayground.gui.network.layout import Layout
from nnplayground.gui.network.parts import Part
from nnplayground.gui.network.reading import Reading
from nnplayground.gui.network.sheet import Pixels, Sheet, packed, pixel
from nnplayground.gui.network.strands import paint_links, paint_marked
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

Flags = NDArray[np.bool_]
PALE = 0.35
"""Strength of what is switched off or silenced."""
SHOWN = Text("{n} of {total}", "{total} 個中 {n} 個")


class NetworkPainter:
    """Paints readings of one structure, as it stands in `widget`."""

    def __init__(self, ui: Ui, layout: Layout, widget: QWidget) -> None:
        self._ui, self._theme, self._layout = ui, ui.theme, layout
        self.ratio = widget.devicePixelRatioF()
        both = self._theme.diverging_table(), table(self._theme.neutral, self._theme.accent)
        self._tables = [[packed(_pale(t, self._theme.surface, share)) for t in both] for share in (1.0, PALE)]
        self._edge, self._unknown = pixel(self._theme.outline), pixel(self._theme.sunken)
        self._backdrop, self._sheet = Sheet(widget.size(), self.ratio), Sheet(widget.size(), self.ratio)
        self._windows = [[self._sheet.window(rect) for rect in rects] for rects in layout.nodes]
        self._squares = [[self._sheet.window(layout.bias(rect)) for rect in rects] for rects in layout.nodes]
        self._shown: Reading | None = None
        self._paint_names(small(widget.font()))

    def image(self, reading: Reading) -> QImage:
        """The picture of a reading."""
        if reading is not self._shown:
            self._shown = reading
            self._paint(reading)
        return self._sheet.image

    def mark(self, painter: QPainter, reading: Reading, part: Part, selected: bool) -> None:
        """Show what is selected or pointed at."""
        color = QColor(self._theme.accent if selected else self._theme.text)
        rect = self._layout.find(part)
        if part.kind in ("weight", "bundle"):
            paint_marked(painter, self._layout, reading, self._theme, part, color)
        elif rect is not None and part.kind != "layer":
            painter.setPen(QPen(color, 3.0 if selected else 2.0))
            painter.drawRect(rect)
            if part.kind == "bias":
                painter.drawRect(self._layout.bias(rect))

    def _paint_names(self, font: QFont) -> None:
        """What stays as it is while the network learns: names, and how many units of a column are shown."""
        self._backdrop.image.fill(QColor(self._theme.surface))
        with QPainter(self._backdrop.image) as painter:
            painter.setFont(font)
            for place, column in enumerate(self._layout.structure.columns):
                for node, rect in zip(column.nodes, self._layout.nodes[place], strict=True):
                    painter.setPen(QColor(self._theme.text if node.part.unit >= 0 else self._theme.muted))
                    painter.drawText(*self._layout.name(place, rect), node.name)
                if column.is_cut and column.nodes:
                    count = sum(node.part.unit >= 0 for node in column.nodes)
                    words = self._ui.text(SHOWN.format(n=count, total=f"{column.total:,}"))
                    painter.setPen(QColor(self._theme.muted))
                    painter.drawText(self._layout.caption(place), Qt.AlignmentFlag.AlignHCenter, words)

    def _paint(self, reading: Reading) -> None:
        self._sheet.pixels[...] = self._backdrop.pixels
        with QPainter(self._sheet.image) as painter:
            paint_links(painter, self._layout, reading, self._theme)
        for place, column in enumerate(self._layout.structure.columns):
            if column.nodes:
                self._column(reading, place, column)
        if reading.silenced:
            with QPainter(self._sheet.image) as painter:
                self._cross_out(painter, reading)

    def _column(self, reading: Reading, place: int, column: Column) -> None:
        silent = [node.part in reading.silenced for node in column.nodes]
        _put(self._inside(reading, place, column.units < 0, np.array(silent)), self._windows[place])
        biases = reading.biases.get(place)
        if biases is not None:
            frozen = [Part("bias", node.part.layer, node.part.unit) in reading.frozen for node in column.nodes]
            side = round(self._layout.bias_side(place) * self.ratio)
            _put(self._bias_squares(biases, side, np.array(frozen)), self._squares[place])

    def _inside(self, reading: Reading, place: int, off: Flags, silent: Flags) -> Pixels:
        """The nodes of a column (n, side, side)."""
        entries, curved = _entries(reading, place, round(self._layout.sides[place] * self.ratio))
        found = self._tables[0][curved][entries]
        pale = off | silent
        if pale.any():
            found[pale] = self._tables[1][curved][entries[pale]]
        if place not in reading.pictures:
            found[~np.isfinite(reading.values[place])] = self._unknown
        _frame(found, self._edge, off)
        return found

    def _bias_squares(self, biases: Array, side: int, frozen: Flags) -> Pixels:
        """The squares that show the biases (n, side, side)."""
        colors = self._tables[0][0][faces.to_bytes(np.sign(biases) * np.sqrt(np.abs(biases) / FULL))]
        found = np.broadcast_to(colors[:, None, None], (len(colors), side, side)).copy()
        _frame(found, self._edge, frozen)
        return found

    def _cross_out(self, painter: QPainter, reading: Reading) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.error), 2.0))
        for rect in filter(None, map(self._layout.find, reading.silenced)):
            painter.drawLine(rect.topLeft(), rect.bottomRight())
            painter.drawLine(rect.topRight(), rect.bottomLeft())


def _entries(reading: Reading, place: int, side: int) -> tuple[NDArray[np.uint8], bool]:
    """The inside of the nodes of a column, (n, side, side), and whether these are curves."""
    images = reading.pictures.get(place)
    if images is None:
        entries = faces.to_bytes(reading.values[place])
        return np.broadcast_to(entries[:, None, None], (len(entries), side, side)), False
    curved = images.shape[1] == 1
    return (faces.curves(images[:, 0], side) if curved else faces.maps(images, side)), curved


def _pale(colors: NDArray[np.uint8], paper: str, share: float) -> NDArray[np.uint8]:
    ground = np.array(QColor(paper).getRgb(), np.float32)
    found: NDArray[np.uint8] = (ground + (colors - ground) * share).astype(np.uint8)
    return found


def _put(nodes: Pixels, windows: list[Pixels]) -> None:
    """Nodes (n, side, side) in their places, which may reach over the edge of the picture."""
    for node, window in zip(nodes, windows, strict=True):
        window[...] = node[: len(window), : window.shape[1]]


def _frame(nodes: Pixels, edge: np.uint32, dotted: Flags) -> None:
    """An edge within each of the nodes (n, side, side); dotted where it is not there in earnest."""
    for strip in (nodes[:, 0], nodes[:, -1], nodes[:, :, 0], nodes[:, :, -1]):
        strip[~dotted] = edge
        strip[dotted, ::2] = edge


def small(font: QFont) -> QFont:
    """The font of names and captions."""
    found = QFont(font)
    found.setPixelSize(11)
    return found
