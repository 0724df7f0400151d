"""A widget that lies on its window, so that nothing moves under the pen when it comes and goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QWidget

MARGIN = 16
WIDEST = 860


class Overlay(QObject):
    """Keeps `widget` above the lower edge of `window`, as high as it has to be."""

    def __init__(self, widget: QWidget, window: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._window = window
        visible = widget.isVisibleTo(window)
        widget.setParent(window)
        widget.setVisible(visible)
        for watched in (widget, window):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another size, or the widget has more or less to say."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self.place()
        return False

    def place(self) -> None:
        """Put the widget where it belongs."""
        room, widget = self._window.size(), self._widget
        width = max(min(WIDEST, room.width() - 2 * MARGIN), 1)
        tall = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
        height = max(min(tall, room.height() - 2 * MARGIN), 1)
        there = QRect((room.width() - width) // 2, room.height() - MARGIN - height, width, height)
        if widget.geometry() != there:
            widget.setGeometry(there)
        widget.raise_()
