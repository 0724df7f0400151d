"""One piece of long work in a thread, with a bar that shows how far it is and a way to stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QProgressDialog, QWidget

from nnplayground.data.progress import Cancelled, watched
from nnplayground.gui.ui import Ui
from nnplayground.text import Problem, Text

LOOK = 30
"""Milliseconds between two looks."""
STEPS = 1000
CANCEL = Text("Cancel", "キャンセル")
FAULT = Text(
    "This did not work because of a fault in the program ({kind}: {error}).",
    "プログラムの不具合で処理できませんでした（{kind}: {error}）。",
)


class Background(QObject):
    """`work` runs in a thread and tells how far it is by `data.progress.report`; then `ended`, and `done` or `failed`."""

    def __init__(
        self, ui: Ui, words: Text, work: Callable[[], Any], done: Callable[[Any], object],
        failed: Callable[[Problem], object], ended: Callable[[], object], parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._work, self._done, self._failed, self._ended = work, done, failed, ended
        self._share, self._cancelled = 0.0, False
        self._result: Any = None
        self._problem: Problem | None = None
        self._bar = QProgressDialog(ui.text(words), ui.text(CANCEL), 0, STEPS, parent)
        self._bar.setObjectName("progress")
        self._bar.setWindowTitle("nnplayground")
        self._bar.setAutoClose(False)
        self._bar.setAutoReset(False)
        self._bar.setMinimumDuration(400)
        self._bar.canceled.connect(self.cancel)
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self._look)
        self._thread = threading.Thread(target=self._run, name="nnplayground-work", daemon=True)
        self._thread.start()
        self._timer.start()

    @Slot()
    def cancel(self) -> None:
        """Stop as soon as the work looks up; neither `done` nor `failed` is called."""
        self._cancelled = True

    def end(self) -> None:
        """Stop and wait."""
        self.cancel()
        self._timer.stop()
        self._thread.join(2.0)
        self._bar.close()

    def _run(self) -> None:
        try:
            with watched(self._report):
                self._result = self._work()
        except Cancelled:
            self._cancelled = True
        except Problem as problem:
            self._problem = problem
        except Exception as error:
            self._problem = Problem(FAULT.format(kind=type(error).__name__, error=str(error)[:200]))

    def _report(self, share: float) -> None:
        if self._cancelled:
            raise Cancelled
        self._share = share

    @Slot()
    def _look(self) -> None:
        if self._thread.is_alive():
            self._bar.setValue(min(STEPS - 1, int(STEPS * self._share)))
            return
        self._timer.stop()
        self._bar.canceled.disconnect(self.cancel)
        self._bar.close()
        self._bar.deleteLater()
        self.deleteLater()
        self._ended()
        if self._cancelled:
            return
        if self._problem is not None:
            self._failed(self._problem)
        else:
            self._done(self._result)
