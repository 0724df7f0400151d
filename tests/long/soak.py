"""T15, G15: a monkey at the real window: `python -m tests.long.soak --minutes 60`. An action stands for a second of a person.

It plays, pauses, edits, draws, opens and closes panes, changes experiments, languages and colours, by a seed, without a
display. It ends with 1 if an exception or a warning of Qt was seen, or if memory grows faster than `--slope` after a
third of the time.
"""

from __future__ import annotations

import argparse
import collections
import gc
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QMenu, QMenuBar, QWidget

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.gui import create_window
from nnplayground.gui.faults import Faults
from nnplayground.gui.window import Window

EXPERIMENTS = ("xor", "circle", "three-classes", "spiral", "digits")
HARMLESS = "This plugin does not support"
OPENING = (QAbstractButton, QComboBox, QMenu, QMenuBar)
LEFT = Qt.MouseButton.LeftButton


class Monkey:
    """`wrong` collects what must not be."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.random, self.wrong, self.done = random.Random(seed), [], collections.Counter[str]()
        self.folder = folder
        self.window: Window = create_window("xor", lang="en", theme="light", settings_dir=folder)
        self.window.resize(1400, 900)
        self.window.show()
        self.window.controller.happened.connect(self._happened)
        self.closer = QTimer(self.window, interval=200)
        self.closer.timeout.connect(self.close_others)
        self.closer.start()
        self.actions: list[tuple[Callable[[], object], int]] = [
            (self.play_or_pause, 6), (self.step, 3), (self.edit, 6), (self.layers, 3), (self.undo, 4), (self.pane, 6),
            (self.draw, 4), (self.point, 6), (self.key, 4), (self.another, 1), (self.look, 2), (self.resize, 1), (self.save, 1),
        ]  # fmt: skip

    def _happened(self, event: object) -> None:
        if getattr(event, "kind", "") == "failed":
            self.wrong.append(f"{event.text.en}\n{event.details}")

    def close_others(self) -> None:
        """A key may have opened a dialog or a menu, which would wait for ever."""
        for other in (QApplication.activeModalWidget(), QApplication.activePopupWidget()):
            if other is not None:
                other.close()

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
        seen = [w for w in self.window.findChildren(QWidget) if w.isVisible() and not isinstance(w, OPENING)]
        target = self.random.choice(seen)
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


def memory() -> float:
    """Of this process, in MB."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seconds", type=float, default=1e9, help="end after so many real ones")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--slope", type=float, default=1.0, help="MB an hour")
    options = parser.parse_args()
    QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        monkey = Monkey(options.seed, Path(folder))
        measured = run(monkey, round(60 * options.minutes), options.seconds)
        monkey.window.close()
        if not monkey.window.shutdown():
            monkey.wrong.append("the training thread did not end")
    half = measured[len(measured) // 3 :]
    slope = float(np.polyfit(*np.array(half).T, 1)[0] * 3600) if len(half) > 2 else 0.0
    for words, times in collections.Counter(monkey.wrong).items():
        print(f"{times} times: {words}")
    print(dict(monkey.done))
    print(f"{sum(monkey.done.values())} actions, {len(monkey.wrong)} things wrong, {half[0][1]:.0f} MB after a third,"
          f" {measured[-1][1]:.0f} MB at the end, {slope:.1f} MB an hour")  # fmt: skip
    return int(bool(monkey.wrong) or slope > options.slope)


def run(monkey: Monkey, count: int, seconds: float) -> list[tuple[int, float]]:
    """Act `count` times; returns memory by action."""

    def warned(kind: QtMsgType, _context: object, words: str | None) -> None:
        if kind != QtMsgType.QtDebugMsg and HARMLESS not in (words or ""):
            monkey.wrong.append(f"Qt: {words}")

    before = qInstallMessageHandler(warned)
    faults = Faults(lambda words, details: monkey.wrong.append(details))
    faults.install()
    measured, end = [], time.monotonic() + seconds
    for i in range(count):
        monkey.act()
        if i % 60 == 59:
            measured.append((i, memory()))
            print(f"{i + 1} actions, {measured[-1][1]:.0f} MB, {len(monkey.wrong)} wrong", flush=True)
        if time.monotonic() > end:
            break
    QTest.qWait(100)
    faults.remove()
    qInstallMessageHandler(before)
    return measured


if __name__ == "__main__":
    sys.exit(main())
