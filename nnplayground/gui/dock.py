"""The frame around a pane: its title, and what it says where it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDockWidget,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnplayground.gui.blank import LOADING
from nnplayground.gui.desk import Desk
from nnplayground.gui.pane_room import PaneRoom
from nnplayground.gui.panes import Pane, PaneView
from nnplayground.text import Text
from nnplayground.training.snapshot import Event

CLOSE = Text("Close: {pane}", "閉じる: {pane}")
HELP = Text("What is this, and what to try: {pane}", "説明と試すこと: {pane}")
FLOAT = Text("Undock or dock: {pane}", "切り離す・戻す: {pane}")
PATIENCE = 150
"""Milliseconds after which it is said that the data is on its way."""
OPEN = Text("Open {title}", "{title} を開く")


class PaneDock(QDockWidget):
    """One pane of the window, `pane_<id>`."""

    help_wanted = Signal(object)
    """Somebody wants to know what this is; carries the dock."""

    def __init__(self, desk: Desk, pane: Pane, offer: Text) -> None:
        super().__init__()
        self.pane = pane
        self._desk = desk
        self.setObjectName(f"pane_{pane.id}")
        self._view: QWidget | None = None
        self._named = False
        self._came = False
        """Whether it is shown and not behind another tab, as Qt said last."""
        self._stack = QStackedWidget()
        self._offer = offer
        self._absent: QWidget | None = None
        self._room: QWidget | None = None
        """Around the view."""
        self.setWidget(self._stack)
        desk.ui.bind(self.setWindowTitle, pane.label, self)
        desk.ui.bind(self.setAccessibleName, pane.label, self)
        self._help: QToolButton | None = None
        desk.document.changed.connect(self._suit)
        self.visibilityChanged.connect(self._came_or_went)
        self.toggleViewAction().setObjectName(f"action_pane_{pane.id}")
        self.toggleViewAction().triggered.connect(self._to_front)
        self._waiting = QLabel()
        self._late = QTimer(self, interval=PATIENCE, singleShot=True)
        desk.explainer.watch(self, lambda: pane)

    def _name_buttons(self) -> None:
        """The buttons of the title bar, which Qt makes, speak the language of the window once they are seen."""
        if self._named:
            return
        self._named = True
        for name, words in (("close", CLOSE), ("float", FLOAT)):
            button = self.findChild(QAbstractButton, f"qt_dockwidget_{name}button")
            if button is None:
                continue
            said = words.format(pane=self.pane.label)
            for setter in (button.setAccessibleName, button.setToolTip, button.setAccessibleDescription):
                self._desk.ui.bind(setter, said, button)
        self._help = self._help_button()
        self.topLevelChanged.connect(self._place_help)
        self._place_help()

    def _help_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"help_{self.pane.id}")
        button.setProperty("role", "slim")
        button.setIconSize(QSize(14, 14))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # as the other two; the keys have F1
        for setter in (button.setAccessibleName, button.setToolTip):
            self._desk.ui.bind(setter, HELP.format(pane=self.pane.label), button)
        self._desk.ui.bind_icon(button.setIcon, "help", button)
        button.clicked.connect(lambda: self.help_wanted.emit(self))
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_help()

    @Slot()
    def _place_help(self) -> None:
        """The button stands before those of Qt in the title bar; a floating pane may have that of the system, without them."""
        first = self.findChild(QAbstractButton, "qt_dockwidget_floatbutton")
        if first is not None and self._help is not None:
            side = self._help.sizeHint()
            middle = first.geometry().center()
            self._help.setGeometry(first.x() - side.width() - 2, middle.y() - side.height() // 2, *side.toTuple())
            self._help.setVisible(not first.isHidden())

    @property
    def view(self) -> QWidget:
        """What the pane made; made when it is first needed: a pane that nobody opens costs nothing."""
        return self.make()

    def make(self) -> QWidget:
        """Have the view now, even if it is not yet seen."""
        if self._view is None:
            self._name_buttons()
            room = PaneRoom(self._stack)
            self._desk.nest = room.viewport()  # parents first: a style sheet is costly to apply again
            self._view = self.pane.build(self._desk)
            self._desk.nest = None
            room.hold(self._view)
            self._room = room
            self._stack.addWidget(room)
            if isinstance(self._view, PaneView):
                self._prepare_to_wait()
            self._suit()
        return self._view

    def _prepare_to_wait(self) -> None:
        self._waiting.setWordWrap(True)
        self._waiting.setProperty("role", "muted")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._waiting.setObjectName(f"waiting_{self.pane.id}")
        self._desk.ui.bind(self._waiting.setText, LOADING, self._waiting)
        self._stack.addWidget(self._waiting)
        self._late.timeout.connect(self._wait)
        self._desk.controller.happened.connect(self._happened)

    @Slot(object)
    def _happened(self, event: Event) -> None:
        if event.kind == "loading":
            self._late.start()
        elif event.kind in ("loaded", "refused", "failed"):
            self._late.stop()
            self._suit()

    @Slot()
    def _wait(self) -> None:
        """Other data was chosen and is still on its way: do not show what was found out about the last."""
        newest, view = self._desk.controller.newest, self._view
        if newest is None or not self.suits or not isinstance(view, PaneView):
            return
        painted = self._desk.controller.schedule.painted(view)
        other = painted is not None and painted.dataset.id != self._desk.document.experiment.dataset.id
        if other and view.probes(newest):
            self._stack.setCurrentWidget(self._waiting)

    @property
    def suits(self) -> bool:
        """Whether the pane has something to show for this experiment."""
        return self.pane.suits(self._desk.document.experiment)

    @Slot(bool)
    def _to_front(self, shown: bool) -> None:
        """What was asked for is seen, even if it shares its place."""
        if shown:
            self.raise_()

    @Slot()
    def _suit(self) -> None:
        if self.suits and (self._came or self._view is not None):
            self.make()
            if self._room is not None:
                self._stack.setCurrentWidget(self._room)
        elif self._came:
            self._stack.setCurrentWidget(self._excuse())

    def _excuse(self) -> QWidget:
        """Why there is nothing to see; made when it is first needed."""
        if self._absent is None:
            self._absent = room = PaneRoom(self._stack)
            room.hold(_Absent(self._desk, self.pane, self._offer, room.viewport()))
            self._stack.addWidget(room)
        return self._absent

    def is_in_front(self) -> bool:
        """Whether it is shown and not behind another tab."""
        return self.isVisible() and not self.visibleRegion().isEmpty()

    @Slot(bool)
    def _came_or_went(self, came: bool) -> None:
        self._came = came
        if came:
            self._name_buttons()
            self._desk.later.do(self._suit)
        self._desk.controller.wake()


class _Absent(QWidget):
    """Why there is nothing to see, and where there is something."""

    def __init__(self, desk: Desk, pane: Pane, offer: Text, parent: QWidget) -> None:
        super().__init__(parent)
        words = QLabel(self)
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setProperty("role", "muted")
        button = QPushButton(self)
        button.setObjectName(f"open_{pane.instead}")
        button.clicked.connect(lambda: desk.wanted.emit(pane.instead))
        button.setVisible(bool(pane.instead))
        desk.ui.bind(words.setText, pane.unsuited, words)
        desk.ui.bind(button.setText, OPEN.format(title=offer), button)
        desk.ui.bind(button.setAccessibleName, OPEN.format(title=offer), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 12)
        layout.addStretch()
        layout.addWidget(words)
        layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
