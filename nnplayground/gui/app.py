"""The program with a window, from the start to its exit code."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nnplayground.gui import display
from nnplayground.text import Problem, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from nnplayground.gui.window import Window

HUNG = Text(
    "The training thread did not end; the program is ended without it.",
    "学習スレッドが終わらないので、待たずにプログラムを終了します。",
)
UNWRITABLE = Text(
    "{file} cannot be written; give the path of a PNG file in a folder that you may write to.",
    "{file} に書き込めません。書き込めるフォルダーの PNG ファイルを指定してください。",
)


def run(
    experiment: str | None = None, *, lang: str | None = None, theme: str | None = None, play: bool = False,
    screenshot: Path | None = None, after: float = 1.0, size: tuple[int, int] | None = None,
) -> int:  # fmt: skip
    """Open the window and stay until it is closed; returns the exit code.

    With `screenshot`, the window is drawn without a display, left alone for `after` seconds, and written as a PNG of
    `size` pixels. Raises `Problem` if there is no display, or the experiment or the picture cannot be had.
    """
    if screenshot is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    display.require(offscreen=screenshot is not None)
    gc.disable()
    app = _application()
    from nnplayground.gui import create_window

    window = create_window(experiment, lang=lang, theme=theme)
    if size is not None:
        window.resize(*size)
    window.show()
    gc.freeze()  # what is there now stays to the end: no need to look through it again and again
    gc.enable()
    if play:
        window.controller.play()
    if screenshot is not None:
        code = _picture(app, window, screenshot, after)
    else:
        code = _loop(app, window)
    return _leave(window, code)


def _application() -> QApplication:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("nnplayground")
    app.setApplicationDisplayName("nnplayground")
    app.setDesktopFileName("nnplayground")
    return app


def _loop(app: QApplication, window: Window) -> int:
    """Run until the window is closed or a signal comes."""
    from nnplayground.gui.crash_log import CRASHED, CrashLog
    from nnplayground.gui.faults import Faults
    from nnplayground.gui.signals import Signals

    crash_log = CrashLog(window.files.recovery.folder)
    faults = Faults(window.notices.fault, window)
    codes: list[int] = []

    def end(code: int) -> None:
        codes.append(code)
        try:
            window.shutdown(keep=True)
        finally:  # whatever went wrong in there, it ends
            app.closeAllWindows()
            app.quit()

    signals = Signals(end, window)
    faults.install()
    if details := crash_log.found():
        window.notices.fault(CRASHED, details)
    crash_log.start()
    window.files.offer_recovered()
    window.desk.later.do(lambda: window.guide.offer(window.settings))
    try:
        code = app.exec()
    finally:
        faults.remove()
        signals.remove()
        crash_log.end()
    return codes[0] if codes else code


def _picture(app: QApplication, window: Window, file: Path, after: float) -> int:
    from PySide6.QtCore import QTimer

    def end() -> None:
        if window.desk.later.is_waiting:  # however short the wait was, the picture shows the whole window
            window.desk.later.finish()
            window.controller.show_first()
        app.quit()

    QTimer.singleShot(max(0, int(after * 1000)), end)
    app.exec()
    saved = window.grab().save(os.fspath(file), "PNG")
    window.close()
    if not saved:
        raise Problem(UNWRITABLE.format(file=file))
    return 0


def _leave(window: Window, code: int) -> int:
    """The exit code, once the thread has ended; a thread that hangs is not waited for."""
    if not window.shutdown():
        sys.stderr.write(window.ui.text(HUNG) + "\n")
        sys.stderr.flush()
        os._exit(code or 1)
    return code
