"""Where the panes stand: three columns at first, later where the person put them, and never off the screen."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar

from nnplayground.gui.dock import PaneDock
from nnplayground.gui.letters import scaled
from nnplayground.gui.settings import Settings
from nnplayground.training.experiment import Experiment

SIZE = (1400, 900)
SHARES = {"left": 24, "middle": 40, "right": 36}
"""Widths of the columns at first."""
NARROWEST = 290
"""Pixels of the left column at first, at least: what the designer needs, with letters of the usual size."""
WIDEST = 34
"""Of a hundred parts of the window, the most for that."""
GRIP = 80
"""Pixels of the title bar that must be on a screen."""


NEAR = 6
"""Pixels between a pane and its tabs, at most."""


def arrange(window: QMainWindow, docks: Mapping[str, PaneDock]) -> None:
    """Put all panes into their first places."""
    columns = {name: _column(docks, name) for name in SHARES}
    area = Qt.DockWidgetArea.LeftDockWidgetArea
    for dock in docks.values():
        if dock.parent() is not None:
            dock.setFloating(False)  # before it is taken out: Qt does not put back what has no place
            window.removeDockWidget(dock)
        if not dock.pane.opened:
            dock.hide()  # Qt lays out a row of tabs anew with each pane of it that is shown
    heads = [column[0] for column in columns.values() if column]
    for head in heads:
        window.addDockWidget(area, head)
    for left, right in zip(heads, heads[1:], strict=False):
        window.splitDockWidget(left, right, Qt.Orientation.Horizontal)
    for column in columns.values():
        for upper, lower in zip(column, column[1:], strict=False):
            window.splitDockWidget(upper, lower, Qt.Orientation.Vertical)
    for dock in docks.values():
        if dock.pane.behind in docks:
            window.tabifyDockWidget(docks[dock.pane.behind], dock)
    for dock in docks.values():
        if dock.isHidden() == dock.pane.opened:
            dock.setVisible(dock.pane.opened)
    share_out(window, docks)


def share_out(window: QMainWindow, docks: Mapping[str, PaneDock]) -> None:
    """Give the first places their first sizes."""
    columns = {name: _column(docks, name) for name in SHARES}
    heads = {name: column[0] for name, column in columns.items() if column}
    width = max(window.width(), 1)
    left = max(_narrowest(width), width * SHARES["left"] // 100)
    rest = (width - left) / (SHARES["middle"] + SHARES["right"])
    widths = [left if name == "left" else int(rest * SHARES[name]) for name in heads]
    window.resizeDocks(list(heads.values()), widths, Qt.Orientation.Horizontal)
    for column in columns.values():
        total = sum(dock.pane.share for dock in column)
        heights = [window.height() * dock.pane.share // total for dock in column]
        window.resizeDocks(column, heights, Qt.Orientation.Vertical)


def _narrowest(width: int) -> int:
    """Pixels of the left column that a window of `width` can spare for it."""
    return min(scaled(NARROWEST), width * WIDEST // 100)


def keep_room(window: QMainWindow, docks: Mapping[str, PaneDock], before: int) -> None:
    """Qt takes from all columns alike when a window that was `before` pixels wide gets narrower.

    The left one gets back what it needs, if it had that much.
    """
    left, *others = (_column(docks, name)[0] for name in SHARES)
    width = max(window.width(), 1)
    needed, had, rest = _narrowest(width), left.width() * before / width, sum(dock.width() for dock in others)
    if not (left.isHidden() or left.isFloating()) and left.width() < needed <= had:
        widths = [int(dock.width() * (1 - (needed - left.width()) / rest)) for dock in others]
        window.resizeDocks([left, *others], [needed, *widths], Qt.Orientation.Horizontal)


def _column(docks: Mapping[str, PaneDock], name: str) -> list[PaneDock]:
    own = [d for d in docks.values() if d.pane.column == name and d.pane.opened and d.pane.behind not in docks]
    return sorted(own, key=lambda dock: dock.pane.order)


def raise_suited(window: QMainWindow, docks: Mapping[str, PaneDock], experiment: Experiment) -> None:
    """Of panes that share a place, show one that has something to show."""
    done: set[PaneDock] = set()
    for dock in docks.values():
        if dock.isHidden() or dock in done:
            continue
        there = [dock, *(d for d in window.tabifiedDockWidgets(dock) if isinstance(d, PaneDock))]
        done.update(there)
        suited = [d for d in there if d.pane.suits(experiment)]
        leading = [d for d in suited if d.pane.leads(experiment)]
        front = min(leading or suited or there, key=lambda d: (bool(d.pane.behind), d.pane.order))
        if len(there) > 1 and not any(d.is_in_front() for d in leading or suited):
            front.raise_()


def hide_stray_tabs(window: QMainWindow, docks: Mapping[str, PaneDock]) -> None:
    """Qt forgets some rows of tabs that it made while panes were arranged: they stay where no pane is above them."""
    places = [dock.geometry() for dock in docks.values() if dock.isVisible() and not dock.isFloating()]
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        top, left = bar.geometry().top(), bar.geometry().left()
        if not any(abs(p.left() - left) <= NEAR and abs(p.bottom() - top) <= NEAR for p in places):
            bar.hide()


def remember(window: QMainWindow, settings: Settings) -> None:
    """Note size, place and layout."""
    settings.set("geometry", _pack(window.saveGeometry()))
    settings.set("layout", layout_of(window))


def _version(window: QMainWindow) -> int:
    """Of the layouts that Qt reads: those with the panes of now. It would put panes it does not know anywhere."""
    names = sorted(dock.objectName() for dock in window.findChildren(QDockWidget))
    return zlib.crc32(" ".join(names).encode()) & 0x7FFFFFFF


def layout_of(window: QMainWindow) -> str:
    """The places of the panes, as a word."""
    return _pack(window.saveState(_version(window)))


def put_layout(window: QMainWindow, layout: str) -> bool:
    """Put the panes where `layout_of` found them; False, and nothing moves, if that cannot be done."""
    places = _unpack(layout)
    return places is not None and window.restoreState(places, _version(window))


def recall(window: QMainWindow, settings: Settings) -> int:
    """Bring back size, place and layout; returns how wide the window was with it, 0 if there was no layout."""
    geometry = _unpack(settings.get("geometry", ""))
    if geometry is None or not window.restoreGeometry(geometry):
        window.resize(*SIZE)
    before = window.width()
    keep_on_screen(window)
    return before if put_layout(window, settings.get("layout", "")) else 0


def keep_on_screen(window: QMainWindow) -> None:
    """Move a window whose title bar no screen shows, and shrink one that is larger than its screen."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    place = window.geometry()
    if not screens or window.isFullScreen() or window.isMaximized():
        return
    title = QRect(place.x(), place.y(), place.width(), 1)
    home = next((s for s in screens if (seen := s.intersected(title)).width() >= GRIP and seen.height() > 0), None)
    room = home or screens[0]
    window.resize(min(place.width(), room.width()), min(place.height(), room.height()))
    if home is None:
        window.move(room.center() - window.rect().center())


def _pack(data: QByteArray) -> str:
    return base64.b64encode(bytes(data.data())).decode("ascii")


def _unpack(words: str) -> QByteArray | None:
    try:
        return QByteArray(base64.b64decode(words, validate=True)) if words else None
    except (binascii.Error, ValueError):
        return None
