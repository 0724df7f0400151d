"""The explanation of what has the focus, for those who do not point."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QTabBar, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.explain import Explanation, Subject, explanation_of, joined
from nnplayground.registry import Entry
from nnplayground.text import Text

PANE = "explanation"


class FocusHelp(QObject):
    """Opens the explanation card and tells of the control that has the focus, or of the pane around it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, parent

    @Slot()
    def show(self) -> None:
        """Explain it now, to the eye and to screen readers."""
        self.explain(QApplication.focusWidget())

    def explain(self, widget: QWidget | None) -> None:
        """Open the card on what is known of `widget` or of the nearest thing around it."""
        subject = self.subject_of(widget)
        self._desk.pane_wanted.emit(PANE)
        if subject is None:
            return
        self._desk.explainer.tell(subject)
        found = explanation_of(subject)
        parts = (self._text(found.title), found.formula, self._text(found.sentence), self._text(found.try_it))
        said = " ".join(part for part in parts if part)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, said))

    def _text(self, words: Text) -> str:
        return self._desk.ui.text(words)

    def subject_of(self, focused: QWidget | None) -> Subject | None:
        """What is known of `focused` or of the nearest thing around it that is explained."""
        widget: QWidget | None = self._pane_of(focused) if isinstance(focused, QTabBar) else focused
        while widget is not None:
            subject = self._desk.explainer.subject_of(widget)
            if subject is not None:
                return self._spoken(focused, subject)
            widget = widget.parentWidget()
        return None

    def _pane_of(self, tabs: QTabBar) -> QWidget:
        """The pane that is in front in a row of tabs."""
        title = tabs.tabText(tabs.currentIndex())
        return next((dock for dock in self._window.findChildren(QDockWidget) if dock.windowTitle() == title), tabs)

    def _spoken(self, focused: QWidget | None, subject: Subject) -> Subject:
        """A control of a pane that has no words of its own is told by its name and tip, before those of the pane."""
        own = focused.accessibleName() if focused is not None else ""
        around = explanation_of(subject)
        is_pane = isinstance(subject, Entry) and own not in ("", self._text(around.title))
        if focused is None or not is_pane or self._desk.explainer.subject_of(focused) is not None:
            return subject
        tips = dict.fromkeys((focused.toolTip(), focused.accessibleDescription()))
        tip = " ".join(t for t in tips if t and t != own)
        return Explanation(Text.same(own), "", joined(Text.same(tip), around.sentence), around.try_it)
