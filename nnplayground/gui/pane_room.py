"""The room of a pane: where the dock is too small for its words and controls, it can be scrolled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget

SMALLEST = (180, 110)


class PaneRoom(QScrollArea):
    """Holds a view as large as the room is, or as its layout needs: nothing of it is cut off or laid upon another."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view: QWidget | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    def hold(self, view: QWidget) -> None:
        """Show `view`, once and for all."""
        self._view = view
        view.setAutoFillBackground(True)  # then nothing behind it is painted with each change of it
        view.setBackgroundRole(QPalette.ColorRole.Base)
        self.setWidget(view)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Small, so that the person decides how the window is shared out."""
        return QSize(*SMALLEST)

    def sizeHint(self) -> QSize:
        return super().sizeHint() if self._view is None else self._view.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self._view:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Give the view all of the room, and more of it where it needs more."""
        view, room = self._view, self.maximumViewportSize()
        if view is None:
            return
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        size = room.expandedTo(_needed(view, room.width()))
        if size.height() > room.height():
            room.setWidth(room.width() - bar)
            size = room.expandedTo(_needed(view, room.width()))
        if size.width() > room.width():
            room.setHeight(room.height() - bar)
            size = room.expandedTo(_needed(view, size.width()))
        view.resize(size)


def _needed(view: QWidget, width: int) -> QSize:
    """The least in which all of `view` can be seen, where it is `width` pixels wide or as wide as it has to be."""
    layout = view.layout()
    if layout is None:
        return view.minimumSizeHint().expandedTo(view.minimumSize())
    least = layout.totalMinimumSize()
    if layout.hasHeightForWidth():
        least.setHeight(layout.totalMinimumHeightForWidth(max(width, least.width())))
    return least
