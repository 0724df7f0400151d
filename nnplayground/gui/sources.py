"""PySide reads the source of each module that is imported after it, and keeps its lines for good."""

from __future__ import annotations

import contextlib
import importlib


def leave_unread() -> None:
    """Spare it that. It looks whether a module may use `from __feature__ import ...`, which none here does.

    PySide6 6.11 has no switch for it, so its function is replaced; https://github.com/napari/napari/issues/8584. To be
    called before the modules of the window are imported.
    """
    with contextlib.suppress(ImportError):
        import PySide6.QtCore  # noqa: F401  # which brings the next one along

        feature = importlib.import_module("shibokensupport.feature")
        feature.__dict__["_mod_uses_pyside"] = lambda module: False
