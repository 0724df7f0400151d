"""Asking for a file in the language of the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from nnplayground.gui.ui import Ui
from nnplayground.text import Text


def to_open(ui: Ui, title: Text, kinds: Text) -> Path | None:
    """A file to read, or None."""
    parent = QApplication.activeWindow()
    chosen, _ = QFileDialog.getOpenFileName(parent, ui.text(title).rstrip("…"), str(Path.home()), ui.text(kinds))
    return Path(chosen) if chosen else None


def to_save(ui: Ui, title: Text, kinds: Text, name: str) -> Path | None:
    """A file to write, called `name` unless told otherwise, or None; it gets the suffix of `name` if it has none."""
    parent = QApplication.activeWindow()
    start = Path.home() / name
    chosen, _ = QFileDialog.getSaveFileName(parent, ui.text(title).rstrip("…"), str(start), ui.text(kinds))
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(start.suffix)
