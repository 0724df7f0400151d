"""What can be done with a plot as a whole: fit, logarithmic axes, save, copy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from nnplayground.gui import plot_export
from nnplayground.text import Problem, Text

if TYPE_CHECKING:
    from nnplayground.gui.plot import Plot

FIT = Text("Show everything", "全体を表示")
LOG_X = Text("Logarithmic x axis", "横軸を対数目盛にする")
LOG_Y = Text("Logarithmic y axis", "縦軸を対数目盛にする")
SAVE = Text("Save as {kind}…", "{kind} で保存…")
COPY = Text("Copy as picture", "画像としてコピー")
SAVED = Text("Saved: {path}", "保存しました: {path}")


class PlotMenu:
    """The menu of one plot."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot

    def make(self) -> QMenu:
        """The menu as it is now; made for one showing."""
        plot, menu = self._plot, QMenu(self._plot)
        self._act(menu, FIT, plot.fit)
        x, y = plot.log
        if plot.log_offered[0]:
            self._check(menu, LOG_X, x, lambda: plot.set_log(not x, y))
        if plot.log_offered[1]:
            self._check(menu, LOG_Y, y, lambda: plot.set_log(x, not y))
        menu.addSeparator()
        for suffix in plot_export.SUFFIXES:
            self._act(menu, _save_as(suffix), partial(self.ask_and_save, suffix))
        self._act(menu, COPY, self.copy)
        return menu

    def open(self, at: QPoint) -> None:
        """Open it at a place on the screen."""
        menu = self.make()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def ask_and_save(self, suffix: str) -> None:
        """Ask where, and save there."""
        words = self._plot.ui.text
        name = words(self._plot.name).replace("/", "-") + suffix
        chosen, _ = QFileDialog.getSaveFileName(self._plot, words(_save_as(suffix)), name, f"*{suffix}")
        if chosen:
            path = Path(chosen)
            self.save(path if path.suffix.lower() == suffix else path.with_name(path.name + suffix))

    def save(self, path: Path) -> None:
        """Save as the suffix of `path` says (.png, .svg, .csv); say so, or why not."""
        try:
            plot_export.write(path, plot_export.content(self._plot, path.suffix.lower()))
        except Problem as problem:
            self._plot.ui.tell(problem.text, "error")
        else:
            self._plot.ui.tell(SAVED.format(path=str(path)))

    def copy(self) -> None:
        """Put a picture on the clipboard."""
        QGuiApplication.clipboard().setImage(plot_export.picture(self._plot))

    def _act(self, menu: QMenu, words: Text, do: Callable[[], object]) -> QAction:
        action = menu.addAction(self._plot.ui.text(words))
        action.triggered.connect(lambda _checked=False: do())
        return action

    def _check(self, menu: QMenu, words: Text, on: bool, do: Callable[[], object]) -> None:
        action = self._act(menu, words, do)
        action.setCheckable(True)
        action.setChecked(on)


def _save_as(suffix: str) -> Text:
    return SAVE.format(kind=suffix[1:].upper())
