"""What a person wrote down about an experiment; it goes into the file with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Notes(QObject):
    """One plain text."""

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""

    @property
    def text(self) -> str:
        return self._text

    def set(self, text: str) -> None:
        """Have `text` from now on."""
        if text != self._text:
            self._text = text
            self.changed.emit(text)
