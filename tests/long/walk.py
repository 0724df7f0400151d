"""Every menu item and every button, pressed in every state of the window: `python -m tests.long.walk`.

Arguments are experiments, states and panes, as in `python -m tests.long.walk digits,xor fresh,running digit,stages`;
with panes, only the commands of the program and the buttons of these panes are pressed.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMenu, QWidget
from shiboken6 import isValid

from tests.long.unwatched import Unwatched

STATES = ("fresh", "running", "paused", "diverged", "undone", "read")
EXPERIMENTS = ("three-classes", "digits", "sine", "xor")
LEAVING = ("quit", "close")
"""What ends the window is not pressed."""
MOMENT = 5


class Walk(Unwatched):
    """`pressed` collects what was pressed."""

    def __init__(self, experiment: str, folder: Path) -> None:
        super().__init__(experiment, folder, patience=50)
        self.experiment, self.pressed = experiment, set[str]()
        sys.excepthook = self._raised

    def _raised(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """In something that Qt called, or in this file."""
        self.wrong.append("".join(traceback.format_exception(kind, error, trace)))
        sys.__excepthook__(kind, error, trace)

    def bring_into(self, state: str) -> None:
        """Begin anew, and go on until the window is in `state`."""
        window, act = self.window, self.window.actions_by_name
        window.controller.pause()
        window.files.open(self.experiment)
        window.controller.settled(30)
        if state in ("running", "paused"):
            act["play"].trigger()
            QTest.qWait(20 * MOMENT)
            if state == "paused":
                window.controller.pause()
        elif state == "diverged":
            window.document.change(learning_rate=10.0, batch_size=1)
            act["play"].trigger()
            QTest.qWait(20 * MOMENT)
        elif state == "undone":
            window.document.change(learning_rate=0.007)
            act["undo"].trigger()
        elif state == "read":
            act["step"].trigger()
            window.ui.set_language("ja")
        window.controller.settled(30)

    def items(self) -> Iterator[QAction]:
        """Those of all menus and toolbars, but what leaves."""
        known = {a for a in self.window.findChildren(QAction) if a.associatedObjects()}
        for menu in self.window.findChildren(QMenu):
            known |= set(menu.actions())
        yield from (a for a in known if a.menu() is None and not any(w in a.objectName() for w in LEAVING))

    def press_all(self, panes: Sequence[str] = ()) -> None:
        """Every item, then the buttons of each pane; with `panes` only the commands of the program and these panes."""
        commands = self.window.actions_by_name
        for action in [a for n, a in commands.items() if n not in LEAVING] if panes else list(self.items()):
            self._press(action)
        self.window.actions_by_name["reset_layout"].trigger()
        for name in (None, *(panes or self.window.docks)):
            dock = None if name is None else self.window.docks[name]
            if dock is not None:
                dock.show()
                dock.raise_()
                QTest.qWait(MOMENT)
            for button in list((self.window if dock is None else dock).findChildren(QAbstractButton)):
                self._press(button)

    def _press(self, what: QAction | QAbstractButton) -> None:
        if not isValid(what):  # what was pressed before has taken it away
            return
        name = what.objectName() or what.text()
        if not self.window.isVisible():
            self.wrong.append(f"the window is closed; last pressed before {name}")
            self.window.show()
        try:
            if not what.isEnabled() or (isinstance(what, QWidget) and not what.isVisible()):
                return
            self.pressed.add(name)
            what.trigger() if isinstance(what, QAction) else what.click()
            QTest.qWait(MOMENT)
        except Exception:
            self.wrong.append(f"{name}: {traceback.format_exc()}")

    def end(self) -> None:
        """Close the window."""
        self.closer.stop()
        self.window.shutdown()
        self.window.close()
        sys.excepthook = sys.__excepthook__


def without_files() -> None:
    """What asks for a file gets none: the dialog of the platform would wait for a person."""
    for name in ("getOpenFileName", "getSaveFileName"):
        setattr(QFileDialog, name, staticmethod(lambda *_args, **_more: ("", "")))
    QFileDialog.getExistingDirectory = staticmethod(lambda *_args, **_more: "")  # type: ignore[method-assign]


def main(experiments: str = ",".join(EXPERIMENTS), states: str = ",".join(STATES), panes: str = "") -> int:
    _application = QApplication.instance() or QApplication([])
    without_files()
    wrong = 0
    for experiment in experiments.split(","):
        with tempfile.TemporaryDirectory() as folder:
            walk = Walk(experiment, Path(folder))
            for state in states.split(","):
                walk.bring_into(state)
                walk.press_all([name for name in panes.split(",") if name])
                print(f"{experiment} {state}: {len(walk.pressed)} pressed, {len(walk.wrong)} wrong", flush=True)
            walk.end()
            wrong += len(walk.wrong)
            print(*walk.wrong, sep="\n", flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
