"""A monkey at the real window: it plays, pauses, edits, draws, opens and closes panes, by a seed, without a display."""

from __future__ import annotations

import collections
import gc
import random
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QMenu, QMenuBar, QWidget

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.storage import ready_made
from nnplayground.text import Text
from nnplayground.training.races.learning_rates import LearningRates
from tests.long.unwatched import Unwatched

EXPERIMENTS = ("xor", "circle", "three-classes", "spiral", "digits")
OPENING = (QAbstractButton, QComboBox, QMenu, QMenuBar)
BOXES = ("about", "keys", "explain", "tour", "open_share")
LEFT = Qt.MouseButton.LeftButton
MOMENT = 50
"""Milliseconds in which the window shows what it was told."""
PATIENCE = 120_000
"""Milliseconds in which it has to come to rest, on a machine that may do other things meanwhile."""


class Monkey(Unwatched):
    """Does what comes to its mind; `done` counts what it did."""

    def __init__(self, seed: int, folder: Path) -> None:
        super().__init__("xor", folder, patience=200)
        self.random, self.done = random.Random(seed), collections.Counter[str]()
        self.folder = folder
        self.actions: list[tuple[Callable[[], object], int]] = [
            (self.play_or_pause, 24), (self.step, 12), (self.edit, 24), (self.layers, 12), (self.undo, 16),
            (self.pane, 24), (self.draw, 16), (self.point, 24), (self.key, 16), (self.another, 4), (self.look, 8),
            (self.resize, 4), (self.save, 4), (self.box, 4), (self.race, 2), (self.dress, 1),
        ]  # fmt: skip

    def act(self) -> None:
        """Do one thing, and let the window live for a moment."""
        action = self.random.choices(*zip(*self.actions, strict=True))[0]
        self.done[action.__name__] += 1
        try:
            action()
        except Exception:
            self.wrong.append(f"{action.__name__}: {traceback.format_exc()}")
        QTest.qWait(self.random.choice((0, 5, 20)))

    def trigger(self, name: str) -> None:
        action = self.window.actions_by_name.get(name)
        if action is not None and action.isEnabled():
            action.trigger()

    def play_or_pause(self) -> None:
        self.trigger("play")

    def step(self) -> None:
        self.trigger(self.random.choice(("step", "step", "reset", "new_seed")))

    def edit(self) -> None:
        rate, size = self.random.choice((0.001, 0.03, 0.3, 10.0)), self.random.choice((1, 10, 64))
        self.window.document.change(learning_rate=rate, batch_size=size)

    def layers(self) -> None:
        layers = self.window.document.experiment.layers
        if len(layers) > 4:
            self.window.document.change(layers=layers[-2:] if layers[0].id != "flatten" else (layers[0], *layers[-2:]))
        else:
            new = Dense(self.random.randint(1, 12), self.random.choice((Tanh(), ReLU())))
            self.window.document.change(layers=(*layers[:-1], new, layers[-1]))

    def undo(self) -> None:
        self.trigger(self.random.choice(("undo", "undo", "redo")))

    def pane(self) -> None:
        dock = self.random.choice(list(self.window.docks.values()))
        dock.toggleViewAction().trigger()
        if self.random.random() < 0.1:
            dock.setFloating(not dock.isFloating())
        if not dock.isHidden():
            dock.raise_()
        if sum(not d.isHidden() for d in self.window.docks.values()) > 9:
            self.trigger("reset_layout")

    def draw(self) -> None:
        self.drag(self.window.findChild(QWidget, "digit_canvas"))

    def point(self) -> None:
        # Not out of `findChildren`: PySide keeps what that returned, also when Qt has deleted it.
        target = self.window.childAt(self.place(self.window))
        if target is None or isinstance(target, OPENING):
            return
        if self.random.random() < 0.5:
            self.drag(target)
        else:
            QTest.mouseMove(target, self.place(target))

    def drag(self, widget: QWidget | None) -> None:
        if widget is None or not widget.isVisible():
            return
        QTest.mousePress(widget, LEFT, pos=self.place(widget))
        for _ in range(self.random.randint(0, 8)):
            QTest.mouseMove(widget, self.place(widget, 1.2))
        QTest.mouseRelease(widget, LEFT, pos=self.place(widget))

    def place(self, widget: QWidget, beyond: float = 1.0) -> QPoint:
        x, y = self.random.random() * beyond, self.random.random() * beyond
        return QPoint(round(x * widget.width()), round(y * widget.height()))

    def key(self) -> None:
        keys = (
            Qt.Key.Key_Tab,
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_Space,
            Qt.Key.Key_Period,
            Qt.Key.Key_7,
            Qt.Key.Key_Left,
        )
        QTest.keyClick(QApplication.focusWidget() or self.window, self.random.choice(keys))

    def another(self) -> None:
        self.window.files.open(self.random.choice(EXPERIMENTS))

    def dress(self) -> None:
        self.window.ui.set_language(self.random.choice(("en", "ja")))
        self.window.ui.set_theme_choice(self.random.choice(("light", "dark")))

    def look(self) -> None:
        self.window.grab()

    def resize(self) -> None:
        self.window.resize(self.random.randint(320, 1800), self.random.randint(240, 1200))

    def save(self) -> None:
        path = self.folder / "mine.nnp"
        if self.window.files.save_to(path) and self.window.files.keeper.finish() and not self.window.files.open(path):
            self.wrong.append("what was saved cannot be opened")

    def box(self) -> None:
        """A dialog or a bubble, which `close_others` closes."""
        self.trigger(self.random.choice(BOXES))

    def race(self) -> None:
        self.trigger("race_rates")

    def see_everything(self) -> None:
        """What is made when it is first seen is made now: each pane, menu, dialog, ready-made experiment, language, theme."""
        window = self.window
        for name in ready_made.names():
            window.files.open(name)
            self.trigger("play")
            QTest.qWait(10 * MOMENT)
        for dock in window.docks.values():
            dock.make()
        for language in ("ja", "en"):
            for theme in ("dark", "light"):
                window.ui.set_language(language)
                window.ui.set_theme_choice(theme)
                self._see_panes()
        self.trigger("reset_layout")
        for menu in window.menuBar().findChildren(QMenu):
            menu.popup(window.pos())
            QTest.qWait(MOMENT)
            menu.close()
        for box in BOXES:
            self.trigger(box)
            QTest.qWait(10 * MOMENT)
        self._see_letters()

    def _see_letters(self) -> None:
        """Every letter that the program can write, in each font of its widgets: Qt keeps their pictures."""
        texts = [each for each in gc.get_objects() if isinstance(each, Text)]
        letters = sorted({letter for text in texts for letter in text.en + text.ja if letter.isprintable()})
        fonts = {widget.font().key(): widget.font() for widget in QApplication.allWidgets()}
        sheet = QPixmap(800, 60)
        with QPainter(sheet) as painter:
            for font in fonts.values():
                painter.setFont(font)
                for start in range(0, len(letters), 20):
                    painter.drawText(0, 40, "".join(letters[start : start + 20]))

    def _see_panes(self) -> None:
        """Each pane over what it suits, while it is trained, and the whole window."""
        for name in ("xor", "digits"):
            experiment = ready_made.load(name)
            self.window.files.open(name)
            for dock in self.window.docks.values():
                if dock.pane.suits(experiment):
                    dock.show()
                    dock.raise_()
                    self.trigger("play")
                    QTest.qWait(MOMENT)
            self.window.grab()

    def rest(self) -> None:
        """Put everything aside, and have the same small things open as at each other rest."""
        window, racing = self.window, self.window.desk.racing
        racing.cancel()
        window.controller.pause()
        window.ui.set_language("en")
        window.ui.set_theme_choice("light")
        window.resize(1400, 900)
        self.trigger("reset_layout")
        self.trigger("clear")
        for name in ("digits", "spiral", "xor"):
            window.files.open(name)
            window.message_bar.clear()  # what was put aside would be held as long as it is offered
            self.trigger("step")
            self._wait(
                lambda name=name: (seen := window.controller.newest) and seen.experiment.name == name and seen.step
            )
        racing.start(LearningRates(), False, 10)  # in the place of the last one, which may be large
        self._wait(lambda: racing.phase == "done")
        QTest.qWait(10 * MOMENT)

    def _wait(self, until: Callable[[], object]) -> None:
        for _ in range(PATIENCE // MOMENT):
            if until():
                return
            QTest.qWait(MOMENT)
        self.wrong.append("the window did not come to rest")
