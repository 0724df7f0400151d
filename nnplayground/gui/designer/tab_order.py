"""The Tab key goes through a panel as it is read: from top to bottom, from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def chain(root: QWidget) -> None:
    """Put the controls of `root` in the order of its layouts."""
    for one, next_ in pairwise(_controls(root)):
        QWidget.setTabOrder(one, next_)


def _controls(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    elif layout is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for i in range(layout.count()):
        item = layout.itemAt(i)
        widget, inner = (None, None) if item is None else (item.widget(), item.layout())
        if widget is not None:
            yield from _controls(widget)
        elif inner is not None:
            yield from _laid_out(inner)
