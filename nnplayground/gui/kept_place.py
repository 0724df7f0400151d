"""The place of a widget that comes and goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class KeptPlace(QWidget):
    """Holds `inner`, whether it is hidden or not, so that nothing jumps.

    A layout with a size policy can do that too, but each `show` lays out the whole window anew, which takes some
    milliseconds: too long for what comes with the first touch of a pen.
    """

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inner = inner
        self._wanted = QSize()
        inner.setParent(self)

    def sizeHint(self) -> QSize:
        self._wanted = self._inner.sizeHint()
        return self._wanted

    def minimumSizeHint(self) -> QSize:
        return self._inner.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._inner.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        """What is in it may want another size."""
        if event.type() == QEvent.Type.LayoutRequest and self._inner.sizeHint() != self._wanted:
            self.updateGeometry()
        return super().event(event)
