"""What of the words of a window a person cannot read: cut off, pushed out of what is around them, or one upon another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizeGrip,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionDockWidget,
    QTabBar,
    QToolButton,
    QWidget,
)

SLACK = 1
"""Pixels that rounding may cost."""


def misfits(window: QWidget) -> list[str]:
    """Every seen widget of `window` with words that do not fit, each with what is wrong."""
    for _ in range(3):
        QApplication.sendPostedEvents()  # a layout that has changed tells the next one around it
    behind = {dock for dock in window.findChildren(QDockWidget) if dock.visibleRegion().isEmpty()}
    every = (window, *window.findChildren(QWidget))
    seen = [w for w in every if w.isVisible() and w.window() is window and _is_own(w) and _dock(w) not in behind]
    found = [f"{named(w)}: {why}" for w in seen for why in (*_too_small(w), *_outside(w))]
    return found + list(_overlapping(seen))


def named(widget: QWidget) -> str:
    """The pane, and the widget with its words."""
    text, dock = getattr(widget, "text", None), _dock(widget)
    words = text() if callable(text) else widget.accessibleName()
    return f"{dock.objectName() if dock else ''} {type(widget).__name__} {widget.objectName()} {str(words)[:40]!r}"


@contextmanager
def painted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collect the words that are painted while this holds, and for which their place is too small."""
    found: list[str] = []
    draw, shorten = QPainter.drawText, QFontMetrics.elidedText

    def drawn(self: QPainter, *args: object) -> object:
        room, words = args[0], next((a for a in args if isinstance(a, str)), "")
        flags = next((getattr(a, "value", a) for a in args[1:] if not isinstance(a, str)), 0)
        if isinstance(room, (QRect, QRectF)) and words and not flags & Qt.TextFlag.TextDontClip.value:
            wrap = flags & Qt.TextFlag.TextWordWrap.value
            metrics = self.fontMetrics()
            need = metrics.boundingRect(QRect(0, 0, int(room.width()), 10_000), wrap, words)
            blank = 4 if wrap or "\n" in words else metrics.height() - metrics.tightBoundingRect(words).height()
            if need.width() > room.width() + 2 or need.height() - blank > room.height() + 2:
                found.append(f"painted {words!r} {need.width()}x{need.height()} in {room.width()}x{room.height()}")
        return draw(self, *args)

    def shortened(self: QFontMetrics, words: str, *args: object) -> str:
        shown: str = shorten(self, words, *args)
        if shown != words:
            found.append(f"shortened {words!r} to {shown!r}")
        return shown

    with monkeypatch.context() as patch:
        patch.setattr(QPainter, "drawText", drawn)
        patch.setattr(QFontMetrics, "elidedText", shortened)
        yield found


def _dock(widget: QWidget) -> QDockWidget | None:
    around: QWidget | None = widget
    while around is not None and not isinstance(around, QDockWidget):
        around = around.parentWidget()
    return around


def _is_own(widget: QWidget) -> bool:
    """Not an inner part of something that Qt lays out."""
    return not isinstance(widget, QSizeGrip) and not isinstance(widget.parent(), (QAbstractSpinBox, QComboBox, QTabBar))


# Its own words.


def _too_small(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel() if widget.text():
            wide = _longest_word(widget) if widget.wordWrap() else widget.minimumSizeHint().width()
            tall = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.minimumSizeHint().height()
            yield from _compare(widget.size().toTuple(), wide, tall)
        case QToolButton() | QPushButton() | QCheckBox() if widget.text() and _shows_words(widget):
            yield from _compare(widget.size().toTuple(), *widget.sizeHint().toTuple())
        case QComboBox():
            yield from _box(widget)
        case QAbstractSpinBox():
            yield from _needs(widget, widget.lineEdit().contentsRect(), widget.text(), 4)
        case QLineEdit():
            yield from _needs(widget, widget.contentsRect(), "0" if widget.text() else widget.placeholderText(), 4)
        case pg.PlotWidget():
            yield from _axes(widget)
        case QTabBar() if not widget.visibleRegion().isEmpty():
            tabs = [i for i in range(widget.count()) if widget.tabText(i) not in widget.tabToolTip(i)]
            for i in tabs:
                yield from _needs(widget, widget.tabRect(i), widget.tabText(i), 0)
        case QDockWidget() if not widget.isFloating() and widget.titleBarWidget() is None:
            yield from _title(widget)


def _longest_word(label: QLabel) -> int:
    """Pixels of what cannot be broken."""
    words = label.text()
    if "<" in words:
        document = QTextDocument()
        document.setHtml(words)
        words = document.toPlainText()
    pieces = re.split(r"[\s/–-]|[^\x00-\u02ff]", words)
    margins = label.contentsMargins()
    widest = max(label.fontMetrics().horizontalAdvance(piece) for piece in pieces)
    return widest + margins.left() + margins.right() + 2 * label.margin()


def _shows_words(button: QAbstractButton) -> bool:
    return not isinstance(button, QToolButton) or button.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly


def _box(box: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part, whole = QStyle.SubControl.SC_ComboBoxEditField, QStyle.ComplexControl.CC_ComboBox
    room = box.style().subControlRect(whole, option, part, box)
    icon = 0 if box.itemIcon(box.currentIndex()).isNull() else box.iconSize().width() + 4
    yield from _needs(box, room, box.currentText() or box.placeholderText(), icon)


def _title(dock: QDockWidget) -> Iterator[str]:
    option = QStyleOptionDockWidget()
    dock.initStyleOption(option)
    room = dock.style().subElementRect(QStyle.SubElement.SE_DockWidgetTitleBarText, option, dock)
    if room.width() > 0:
        yield from _needs(dock, room, dock.windowTitle(), 0)


def _axes(plot: pg.PlotWidget) -> Iterator[str]:
    """Names of axes that are longer than their axis."""
    for side in ("left", "bottom"):
        axis = plot.getPlotItem().getAxis(side)
        if axis.isVisible() and axis.label.isVisible() and axis.label.opacity() and axis.labelText:
            length = axis.height() if side == "left" else axis.width()
            if axis.label.boundingRect().width() > length + SLACK:
                yield f"the name {axis.labelText!r} is longer than its axis"


def _needs(widget: QWidget, room: QRect, words: str, more: int) -> Iterator[str]:
    metrics = widget.fontMetrics()
    yield from _compare(room.size().toTuple(), metrics.horizontalAdvance(words) + more, metrics.height() - 2)


def _compare(size: tuple[int, int], wide: int, tall: int) -> Iterator[str]:
    for has, needs, way in ((size[0], wide, "wide"), (size[1], tall, "high")):
        if has + SLACK < needs:
            yield f"{has} of {needs} pixels {way}"


# What is around it.


def _outside(widget: QWidget) -> Iterator[str]:
    """Where it goes beyond what is around it and cannot be scrolled to."""
    if not _has_words(widget) or isinstance(widget, QTabBar):
        return
    place = QRect(QPoint(0, 0), widget.size())
    inner, outer, ways = widget, widget.parentWidget(), {"across", "down"}
    while outer is not None and not inner.isWindow():
        place.translate(inner.pos())
        ways -= _scrolled(outer)
        beyond = {
            "across": place.left() < -SLACK or place.right() > outer.width() + SLACK,
            "down": place.top() < -SLACK or place.bottom() > outer.height() + SLACK,
        }
        if found := [way for way in ways if beyond[way]]:
            yield f"at {place.getRect()} beyond {type(outer).__name__} {outer.objectName()}: {found}"
            return
        inner, outer = outer, outer.parentWidget()


def _scrolled(viewport: QWidget) -> set[str]:
    """The ways in which what lies in `viewport` can be scrolled."""
    area = viewport.parentWidget()
    if not isinstance(area, QAbstractScrollArea) or viewport is not area.viewport():
        return set()
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    policies = {"across": area.horizontalScrollBarPolicy(), "down": area.verticalScrollBarPolicy()}
    return {way for way, policy in policies.items() if policy != never}


def _has_words(widget: QWidget) -> bool:
    kinds = (QLabel, QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit)
    focused = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    return isinstance(widget, kinds) or (focused and not isinstance(widget, QAbstractItemView))


def _overlapping(seen: list[QWidget]) -> Iterator[str]:
    """Pairs in one parent that cover each other."""
    parents: dict[QWidget | None, list[QWidget]] = {}
    for widget in seen:
        if _has_words(widget) and not widget.isWindow():
            parents.setdefault(widget.parentWidget(), []).append(widget)
    for parts in parents.values():
        for one, other in combinations(parts, 2):
            both = one.geometry() & other.geometry()
            if both.width() > SLACK and both.height() > SLACK:
                yield f"{named(one)} and {named(other)}: one upon the other"
