"""A row whose parts go on in a further line where there is no room for all their words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QStyle, QWidget, QWidgetItem

from nnplayground.gui.letters import scaled

Policy = QSizePolicy.Policy
SENTENCE = 140
"""Pixels that a sentence wants at least, if it wraps its lines and gets what is left over."""
WIDTHS = 16
"""For so many widths the lines are known at a time: a window that is resized asks for hundreds, and never again."""


@dataclass
class _Part:
    item: QLayoutItem
    stretch: int

    def wanted(self, sentence: int) -> int:
        """Pixels across that show all of it: what is given more than it needs is asked for its least only."""
        hint, least = self.item.sizeHint().width(), self.item.minimumSize().width()
        widget = self.item.widget()
        if widget is not None and widget.sizePolicy().horizontalPolicy() == Policy.Ignored:
            hint = least
        elif self.stretch:
            hint = min(hint, sentence) if self.item.hasHeightForWidth() else least
        return min(max(hint, least), self.item.maximumSize().width())

    def least(self, wanted: int) -> int:
        """Pixels across without which something of it is cut off: less than `wanted`, if it breaks lines itself."""
        breaks = self.item.hasHeightForWidth() and not self.stretch
        return self.item.minimumSize().width() if breaks else wanted

    def height(self, width: int) -> int:
        """Pixels down at `width`."""
        if self.item.hasHeightForWidth():
            return self.item.heightForWidth(width)
        return max(self.item.sizeHint().height(), self.item.minimumSize().height())


@dataclass
class _Line:
    parts: list[_Part]
    widths: list[int]
    height: int


class FlowRow(QLayout):
    """Lays out like a `QHBoxLayout` as long as there is room, and then in several lines."""

    def __init__(self, parent: QWidget | None = None, sentence: int = SENTENCE) -> None:
        super().__init__(parent) if parent is not None else super().__init__()
        self._sentence = scaled(sentence)
        self._parts: list[_Part] = []
        self._wanted: list[tuple[_Part, int]] | None = None
        """Those that are shown, with the pixels they want, until something changes: between a part's being hidden and
        Qt's word of it, a row inside of others is asked once more."""
        self._known: dict[int, list[_Line]] = {}
        """Lines by their width, until something changes: a row in a row in a row would be measured again and again."""
        self._wide = self._high = 0
        """Pixels that it had last: Qt forgets its geometry whenever something changes."""
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(4)

    def addWidget(self, widget: QWidget, stretch: int = 0) -> None:
        """Put `widget` last; what is left over of its line goes to parts with a `stretch`."""
        self.insertWidget(len(self._parts), widget, stretch)

    def insertWidget(self, place: int, widget: QWidget, stretch: int = 0) -> None:
        """Put `widget` before the part that is at `place`."""
        self.addChildWidget(widget)
        self._parts.insert(place, _Part(QWidgetItem(widget), stretch))
        self.invalidate()

    def addStretch(self) -> None:
        """Push what comes to the other end of the line."""
        self._parts.append(_Part(QSpacerItem(0, 0, Policy.Expanding, Policy.Minimum), 0))
        self.invalidate()

    # What Qt asks of a layout.

    def invalidate(self) -> None:
        self._wanted, self._known = None, {}
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._parts.append(_Part(item, 0))

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._parts[index].item if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._parts.pop(index).item if 0 <= index < len(self._parts) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._around(self._lines(width - self._across()))

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = self._shown()
        wide = sum(part.item.sizeHint().width() for part in shown) + max(len(shown) - 1, 0) * self.spacing()
        tall = max((part.item.sizeHint().height() for part in shown), default=0)
        return QSize(wide + self._across(), tall + self._down())

    def minimumSize(self) -> QSize:
        """As wide as its widest part; as high as its lines are now, for those who do not ask `heightForWidth`.

        A page that its stack does not show has the width of when it was shown last.
        """
        wide = max((part.least(wanted) for part, wanted in self._all_wanted()), default=0)
        page = self.parentWidget()
        is_now = self._wide > 0 and not (page is not None and page.isHidden())
        tall = self.heightForWidth(self._wide) if is_now else self.sizeHint().height()
        return QSize(wide + self._across(), tall)

    def setGeometry(self, room: QRect) -> None:
        super().setGeometry(room)
        inner = room.marginsRemoved(self.contentsMargins())
        lines = self._lines(inner.width())
        top = inner.top() + max(inner.height() - self._around(lines) + self._down(), 0) // 2
        for line in lines:
            left = inner.left()
            for part, width in zip(line.parts, line.widths, strict=True):
                tall = min(part.height(width), line.height)
                place = QRect(left, top + (line.height - tall) // 2, width, tall)
                part.item.setGeometry(QStyle.visualRect(self._direction(), inner, place))
                left += width + self.spacing()
            top += line.height + self.spacing()
        self._wide = room.width()
        if self._high != self._around(lines):
            self._high = self._around(lines)
            self.update()  # who is around has to know

    def _direction(self) -> Qt.LayoutDirection:
        parent = self.parentWidget()
        return Qt.LayoutDirection.LeftToRight if parent is None else parent.layoutDirection()

    # Lines.

    def _shown(self) -> list[_Part]:
        return [part for part in self._parts if not part.item.isEmpty() or part.item.spacerItem() is not None]

    def _all_wanted(self) -> list[tuple[_Part, int]]:
        """Each part that is shown, with its pixels across."""
        if self._wanted is None:
            self._wanted = [(part, part.wanted(self._sentence)) for part in self._shown()]
        return self._wanted

    def _lines(self, width: int) -> list[_Line]:
        """The parts in lines that are `width` pixels long."""
        if width not in self._known:
            if len(self._known) >= WIDTHS:
                self._known.clear()
            self._known[width] = [self._line(parts, wanted, width) for parts, wanted in self._broken(width)]
        return self._known[width]

    def _broken(self, width: int) -> list[tuple[list[_Part], list[int]]]:
        """What comes into each line, and the pixels across that it wants."""
        lines: list[tuple[list[_Part], list[int]]] = []
        used = 0
        for part, wanted in self._all_wanted():
            is_full = used + self.spacing() + wanted > width and part.item.spacerItem() is None
            if not lines or is_full:
                lines.append(([], []))
                used = wanted
            else:
                used += self.spacing() + wanted
            lines[-1][0].append(part)
            lines[-1][1].append(wanted)
        return lines

    def _line(self, parts: list[_Part], wanted: list[int], width: int) -> _Line:
        widths = [min(wide, width) for wide in wanted]
        left = width - sum(widths) - (len(parts) - 1) * self.spacing()
        growing = [i for i, part in enumerate(parts) if part.stretch > 0]
        if not growing:
            growing = [i for i, part in enumerate(parts) if part.item.expandingDirections() & Qt.Orientation.Horizontal]
        while left > 0 and growing:
            weights = {i: max(parts[i].stretch, 1) for i in growing}
            shares = {i: left * weight // sum(weights.values()) for i, weight in weights.items()}
            for i, share in shares.items():
                more = min(share, parts[i].item.maximumSize().width() - widths[i])
                widths[i] += more
                left -= more
            full = [i for i in growing if widths[i] >= parts[i].item.maximumSize().width()]
            if not full:
                break
            growing = [i for i in growing if i not in full]
        heights = (part.height(wide) for part, wide in zip(parts, widths, strict=True))
        return _Line(parts, widths, max(heights, default=0))

    def _around(self, lines: list[_Line]) -> int:
        return sum(line.height for line in lines) + max(len(lines) - 1, 0) * self.spacing() + self._down()

    def _across(self) -> int:
        margins = self.contentsMargins()
        return margins.left() + margins.right()

    def _down(self) -> int:
        margins = self.contentsMargins()
        return margins.top() + margins.bottom()
