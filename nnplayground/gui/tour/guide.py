"""Leads through the window, when asked to; offers it once."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QFrame, QMainWindow, QWidget
from shiboken6 import isValid

from nnplayground.gui.desk import Desk
from nnplayground.gui.dock import PaneDock
from nnplayground.gui.message_bar import MessageBar
from nnplayground.gui.settings import Settings
from nnplayground.gui.tour.bubble import MARGIN, Bubble
from nnplayground.gui.tour.stops import MENU, Stop, stops_for
from nnplayground.text import Text

OFFER = Text(
    "New here? A short tour shows what is where. You find it in the Help menu later.",
    "初めてですか。どこに何があるかを短いツアーで紹介します。あとで「ヘルプ」メニューからも見られます。",
)
SHOW = Text("Show me around", "ツアーを見る")
OFFERED = "tour_offered"
"""Name of the setting that says that it was offered."""
_MOVED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest)


class Guide(QObject):
    """Goes from stop to stop; everything of the window can be used meanwhile."""

    def __init__(self, window: QMainWindow, desk: Desk, docks: Mapping[str, PaneDock], bar: MessageBar) -> None:
        super().__init__(window)
        self._window, self._desk, self._docks, self._bar = window, desk, docks, bar
        self._stops: tuple[Stop, ...] = ()
        self._at = 0
        self._shown: tuple[Bubble, QFrame] | None = None
        self._before: QWidget | None = None
        desk.controller.state_changed.connect(self._withdraw)

    @property
    def stop(self) -> Stop | None:
        """Where it stands; None when nobody is led."""
        return self._stops[self._at] if self._stops else None

    def offer(self, settings: Settings) -> None:
        """Ask once whether a tour is wanted, when there is nothing more urgent to say."""
        if not settings.get(OFFERED, False) and not self._bar.level:
            settings.set(OFFERED, True)
            self._bar.show_message(OFFER, actions=[(SHOW, self.start)])

    @Slot()
    def start(self) -> None:
        """Begin with the first stop."""
        self._withdraw()
        if not self._stops:
            self._before = QApplication.focusWidget()
            self._window.installEventFilter(self)
        self._stops = stops_for({name for name, dock in self._docks.items() if dock.suits})
        self._go(0)

    @Slot(int)
    def turn(self, by: int) -> None:
        """Go on, or back; after the last stop the tour ends."""
        if self._at + by >= len(self._stops):
            self.end()
        else:
            self._go(max(0, self._at + by))

    @Slot()
    def end(self) -> None:
        """Leave the window as it was."""
        self._stops = ()
        self._window.removeEventFilter(self)
        for part in self._parts():
            part.hide()
        before = self._before  # Qt may have deleted it meanwhile: a help window was closed, a pane made again
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another size or arrangement."""
        if event.type() in _MOVED:
            QTimer.singleShot(0, self, self.place)
        return False

    @Slot()
    def place(self) -> None:
        """Stand beside what is spoken of, which is framed."""
        if not self._stops:
            return
        bubble, ring = self._parts()
        target = self._target(self._stops[self._at])
        ring.setVisible(target is not None)
        if target is not None:
            ring.setGeometry(target)
            ring.raise_()
        bubble.put_beside(target, self._window.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN))

    def _go(self, at: int) -> None:
        self._at = at
        stop = self._stops[at]
        if stop.place in self._docks:
            self._desk.pane_wanted.emit(stop.place)
        self._parts()[0].say(stop, at, len(self._stops))
        self.place()
        QTimer.singleShot(0, self, self.place)  # a pane that was opened has its place only then

    def _target(self, stop: Stop) -> QRect | None:
        """What is framed, in the window; None if it is somewhere else."""
        window = self._window
        docks: Mapping[str, QWidget] = self._docks
        known = {**docks, MENU: window.menuBar()}
        widget = known.get(stop.place) or window.findChild(QWidget, stop.place)
        if not isinstance(widget, QWidget) or not widget.isVisible() or widget.window() is not window:
            return None
        return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())

    def _parts(self) -> tuple[Bubble, QFrame]:
        """The bubble and the frame, made when they are first needed."""
        if self._shown is None:
            ui = self._desk.ui
            bubble, ring = Bubble(ui, self._window), QFrame(self._window)
            ring.setObjectName("tour_ring")
            ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            look = "#tour_ring {{ border: 3px solid {}; border-radius: 8px; background: transparent; }}"
            ui.bind_theme(lambda theme: ring.setStyleSheet(look.format(theme.accent)), ring)
            bubble.turned.connect(self.turn)
            bubble.left.connect(self.end)
            self._shown = bubble, ring
        return self._shown

    @Slot()
    def _withdraw(self) -> None:
        """Whoever has begun needs no offer."""
        if self._bar.shows(OFFER):
            self._bar.close_message()
