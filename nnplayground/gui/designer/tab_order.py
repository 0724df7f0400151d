"""The Tab key goes through a panel as it is read: from top to bottom, from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def chain(root: QWidget) -> None:
    """Put the controls of `root` in the order of its layouts."""
    for one, next_ in pairwise(_controls(root)):
        QWidget.setTabOrder(one, next_)


def _controls(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    elif layout is not None:
        yield from _laid_out(layout, widget.findChildren(QWidget, options=DIRECT))


def _laid_out(layout: QLayout, widgets: list[QWidget]) -> Iterator[QWidget]:
    """Those of `widgets` that `layout` and the layouts in it have, in their order.

    Not by `QLayout.itemAt`: PySide keeps what that returned for as long as the layout lives, also when the item itself
    is long gone.
    """
    parts: tuple[QWidget | QLayout, ...] = (*widgets, *layout.findChildren(QLayout, options=DIRECT))
    places = [(layout.indexOf(part), part) for part in parts]
    for _, part in sorted((found for found in places if found[0] >= 0), key=itemgetter(0)):
        yield from _controls(part) if isinstance(part, QWidget) else _laid_out(part, widgets)
