"""Whether a window can be opened here, asked before Qt is: it aborts the process where it cannot.

`python -m nnplayground.gui.display [offscreen]` writes the command that installs missing libraries to stdout, the sentence
about it to stderr, and exits with 1 if there are any.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from nnplayground.gui import libraries
from nnplayground.text import Problem, Text

NO_DISPLAY = Text(
    "There is no display here to open a window on (DISPLAY and WAYLAND_DISPLAY lead to none).\n"
    "For a picture of the window: nnplayground --screenshot window.png; on a virtual display: xvfb-run -a nnplayground",
    "ウィンドウを開ける画面がありません（DISPLAY にも WAYLAND_DISPLAY にもつながりません）。\n"
    "ウィンドウの画像を作るには nnplayground --screenshot window.png、仮想画面で開くには xvfb-run -a nnplayground",
)
UNSOUND_QT = Text(
    "PySide6 6.12.0 crashes under Python {python}; install another: "
    '{executable} -m pip install "PySide6-Essentials>=6.11.2,<6.12"',
    "PySide6 6.12.0 は Python {python} で異常終了します。別の版を入れてください: "
    '{executable} -m pip install "PySide6-Essentials>=6.11.2,<6.12"',
)


def require(*, offscreen: bool = False) -> None:
    """Raise `Problem` unless Qt can open a window here, or draw one without a display when `offscreen`.

    Call it before PySide6 is imported. It takes a few milliseconds: what it loads, Qt loads anyway.
    """
    if sys.platform.startswith("linux"):
        _require_a_platform(offscreen)
    _refuse_unsound_qt()


def _require_a_platform(offscreen: bool) -> None:
    wanted = ["offscreen"] if offscreen else platforms()
    if not wanted:
        raise Problem(NO_DISPLAY)
    lacking = [libraries.missing([platform]) for platform in wanted]
    if all(lacking):
        raise libraries.problem(lacking[-1])
    if not any(_reachable(platform) for platform, lacks in zip(wanted, lacking, strict=True) if not lacks):
        raise Problem(NO_DISPLAY)


def platforms() -> list[str]:
    """The platforms of Qt that the environment points to, the first choice first; empty if there is no display."""
    if chosen := os.environ.get("QT_QPA_PLATFORM"):
        return [name.split(":")[0] for name in chosen.split(";")]
    variables = {"wayland": "WAYLAND_DISPLAY", "xcb": "DISPLAY"}
    return [platform for platform, variable in variables.items() if os.environ.get(variable)]


def _reachable(platform: str) -> bool:
    if platform == "xcb":
        return _x_server_answers()
    if platform == "wayland":
        folder = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
        return folder.joinpath(os.environ.get("WAYLAND_DISPLAY") or "wayland-0").is_socket()
    return True


def _x_server_answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(None, None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed


def _refuse_unsound_qt() -> None:
    """PySide6 6.12.0 gives references to None and True away below Python 3.12, until the interpreter aborts."""
    import PySide6

    if PySide6.__version__ == "6.12.0" and sys.version_info < (3, 12):
        python = "{}.{}".format(*sys.version_info)
        raise Problem(UNSOUND_QT.format(python=python, executable=sys.executable))


def main(arguments: Sequence[str]) -> int:
    """What this module does as a command."""
    lacking = libraries.missing(arguments or platforms())
    if not lacking:
        return 0
    print(*libraries.install_command(lacking))
    print(libraries.problem(lacking), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
