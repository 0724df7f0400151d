"""Everything that knows Qt. Nothing is imported before it is asked for."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnplayground.gui.window import Window


def create_window(
    experiment: str | PathLike[str] | None = None, *, lang: str | None = None, theme: str | None = None,
    settings_dir: str | PathLike[str] | None = None,
) -> Window:  # fmt: skip
    """The main window, not yet shown, under an existing `QApplication`. Closing it ends its thread.

    `experiment` is the name of a ready-made one or an experiment file (`digits` unless told); `lang` "ja" or "en" and
    `theme` "light", "dark" or "system" go before what the window remembers in `settings_dir`.
    Raises `Problem` if the experiment cannot be had.
    """
    from nnplayground.gui import sources

    sources.leave_unread()
    from nnplayground.gui.window import Window

    return Window(experiment, lang=lang, theme=theme, settings_dir=settings_dir)
