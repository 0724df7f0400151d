"""Where everything in the picture stands, and what is at a place."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt

from nnplayground.gui.network.columns import Column, Links, Structure
from nnplayground.gui.network.parts import Part

LARGE, LARGEST, SMALLEST = 46.0, 96.0, 9.0
"""Sides of a node in pixels: usually, where there is much room, and at least."""
SHARE = 0.18
"""Share of the height that a node may take if that is more than usual."""
GAP = 0.28
"""Between two nodes, as a share of their side."""
CAPTION = 18.0
"""Height below a column that says how many units are not shown."""
BIAS = 0.26
"""Side of the square that shows the bias, as a share of the node's side."""
NEAR = 5.0
"""Pixels from a link that still count as on it."""
THIN = 0.55
"""Room that a column without units takes, compared with one that has some."""


@dataclass(frozen=True)
class Room:
    """The picture's size, and what is kept free at the left and right for names."""

    size: QSizeF
    left: float
    right: float


class Layout:
    """Rectangles of the nodes, by column and place, and the middles of the columns."""

    def __init__(self, structure: Structure, room: Room) -> None:
        self.structure = structure
        self.room = room
        self._lines: dict[tuple[int, int], list[QLineF | None]] = {}
        columns = structure.columns
        cut = any(column.is_cut for column in columns)
        height = max(room.size.height() - 8 - (CAPTION if cut else 0), 1.0)
        self.middle_y = 4 + height / 2
        self.sides = [self._side(column, height) for column in columns]
        self.middles = self._middles(columns)
        self.nodes = [self._nodes(*each) for each in zip(columns, self.middles, self.sides, strict=True)]

    def _side(self, column: Column, height: float) -> float:
        most = max(len(column.nodes), 1)
        across = max(len(self.structure.columns), 1)
        width = (self.room.size.width() - self.room.left - self.room.right) / across
        side = min(max(LARGE, height * SHARE), LARGEST, height / (most * (1 + GAP)), width * 0.62)
        return max(math.floor(side), SMALLEST)

    def _middles(self, columns: tuple[Column, ...]) -> list[float]:
        wide = [1.0 if column.nodes else THIN for column in columns]
        steps = [0.0, *((a + b) / 2 for a, b in zip(wide, wide[1:], strict=False))]
        total = sum(steps) or 1.0
        first = self.room.left + self.sides[0] / 2
        last = self.room.size.width() - self.room.right - self.sides[-1] / 2
        return [first + (last - first) * sum(steps[: i + 1]) / total for i in range(len(columns))]

    def _nodes(self, column: Column, x: float, side: float) -> list[QRectF]:
        step = side * (1 + GAP)
        top = self.middle_y - step * len(column.nodes) / 2 + (step - side) / 2
        left = round(x - side / 2)  # whole pixels are sharp
        return [QRectF(left, round(top + i * step), side, side) for i in range(len(column.nodes))]

    def width(self, place: int) -> float:
        """Pixels that a column may take over itself, on both sides of its middle, beside its neighbours."""
        wide = [1.0 if column.nodes else THIN for column in self.structure.columns]
        halves = [
            abs(self.middles[other] - self.middles[place]) * wide[place] / (wide[place] + wide[other])
            for other in (place - 1, place + 1)
            if 0 <= other < len(wide)
        ]
        return 2 * min(halves, default=60.0)

    @property
    def spacing(self) -> float:
        """Pixels between the middles of two columns, where they are nearest."""
        return min((b - a for a, b in zip(self.middles, self.middles[1:], strict=False)), default=200.0)

    def lines(self, links: Links) -> list[QLineF | None]:
        """Lines to each node of the target column from those of the source column; None from an input that is off."""
        key = links.source, links.target
        if key not in self._lines:
            starts = zip(self.structure.columns[links.source].nodes, self.nodes[links.source], strict=True)
            ends = [(r.right(), r.center().y()) if node.part.unit >= 0 else None for node, r in starts]
            self._lines[key] = [
                None if end is None else QLineF(*end, rect.left(), rect.center().y())
                for rect in self.nodes[links.target]
                for end in ends
            ]
        return self._lines[key]

    def name(self, place: int, node: QRectF) -> tuple[QRectF, Qt.AlignmentFlag]:
        """Where the name of a node stands: left of inputs, right of outputs."""
        middle = Qt.AlignmentFlag.AlignVCenter
        if place == 0:
            return QRectF(2, node.top(), max(node.left() - 7, 0), node.height()), Qt.AlignmentFlag.AlignRight | middle
        room = max(self.room.right - 6, 0)
        return QRectF(node.right() + 5, node.top(), room, node.height()), Qt.AlignmentFlag.AlignLeft | middle

    def caption(self, place: int) -> QRectF:
        """The line below a column."""
        width = max(self.spacing, 60.0)
        return QRectF(self.middles[place] - width / 2, self.nodes[place][-1].bottom() + 5, width, CAPTION)

    def bias(self, node: QRectF) -> QRectF:
        """The square at the lower left of a node that shows its bias."""
        side = _bias_side(node.width())
        return QRectF(node.left() - side // 2, node.bottom() - side // 2, side, side)

    def bias_side(self, place: int) -> int:
        """The side of those squares in a column."""
        return _bias_side(self.sides[place])

    def find(self, part: Part) -> QRectF | None:
        """The node of a unit, an input, or of the unit that a weight or bias belongs to."""
        for column, rects in zip(self.structure.columns, self.nodes, strict=True):
            for node, rect in zip(column.nodes, rects, strict=True):
                own = node.part
                if (own.layer, own.feature or own.unit) == (part.layer, part.feature or part.unit):
                    return rect
        return None

    def at(self, place: QPointF, links: tuple[Links, ...]) -> Part | None:
        """The part under the pointer."""
        for column, rects in zip(self.structure.columns, self.nodes, strict=True):
            for node, rect in zip(column.nodes, rects, strict=True):
                if node.part.kind == "unit" and self.bias(rect).adjusted(-2, -2, 2, 2).contains(place):
                    return Part("bias", node.part.layer, node.part.unit)
                if rect.contains(place):
                    return node.part
        return self._link_at(place, links)

    def _link_at(self, place: QPointF, links: tuple[Links, ...]) -> Part | None:
        nearest, found = NEAR, None
        for group in links:
            if not self.middles[group.source] < place.x() < self.middles[group.target]:
                continue
            for line, part in zip(self.lines(group), self.structure.parts(group), strict=True):
                distance = math.inf if line is None else _distance(line, place)
                if distance < nearest:
                    nearest, found = distance, part
        return found


def _bias_side(side: float) -> int:
    return max(6, round(side * BIAS))


def _distance(line: QLineF, place: QPointF) -> float:
    dx, dy = line.dx(), line.dy()
    along = ((place.x() - line.x1()) * dx + (place.y() - line.y1()) * dy) / max(dx * dx + dy * dy, 1e-9)
    near = line.pointAt(min(max(along, 0.0), 1.0))
    return math.hypot(place.x() - near.x(), place.y() - near.y())
