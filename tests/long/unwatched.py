"""A real window that nobody watches: what would wait for a person closes by itself, and what goes wrong is kept."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from nnplayground.gui import create_window
from nnplayground.gui.window import Window


class Unwatched:
    """`wrong` collects what must not be."""

    def __init__(self, experiment: str, folder: Path, patience: int) -> None:
        """`patience`: milliseconds that a dialog or a menu stays open."""
        self.wrong: list[str] = []
        self.window: Window = create_window(experiment, lang="en", theme="light", settings_dir=folder)
        self.window.resize(1400, 900)
        self.window.show()
        self.window.controller.happened.connect(self._happened)
        self.closer = QTimer(self.window, interval=patience)
        self.closer.timeout.connect(self.close_others)
        self.closer.start()

    def _happened(self, event: object) -> None:
        if getattr(event, "kind", "") == "failed":
            self.wrong.append(f"{event.text.en}\n{event.details}")  # type: ignore[attr-defined]

    def close_others(self) -> None:
        """A key or a command may have opened a dialog or a menu, which would wait for ever."""
        for other in (QApplication.activeModalWidget(), QApplication.activePopupWidget()):
            if other is not None:
                other.close()
