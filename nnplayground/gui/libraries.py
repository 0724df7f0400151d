"""The system libraries that Qt loads on Linux and does not bring along, and the command that installs those missing.

Asked before Qt is imported, for Qt can only abort when one of them is not there.
"""

from __future__ import annotations

import ctypes
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nnplayground.text import Problem, Text


@dataclass(frozen=True)
class Library:
    """One shared library, and the package that holds it for each package manager."""

    name: str
    apt: str
    dnf: str
    pacman: str


_COMMON = (
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libzstd.so.1", "libzstd1", "libzstd", "zstd"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libX11.so.6", "libx11-6", "libX11", "libx11"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype", "freetype2"),
)
_XCB = (
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Library("libxcb.so.1", "libxcb1", "libxcb", "libxcb"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Library("libxcb-glx.so.0", "libxcb-glx0", "libxcb", "libxcb"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb"),
    Library("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
)
_WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
    Library("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl", "wayland"),
)
NEEDED = {"offscreen": _COMMON, "xcb": _COMMON + _XCB, "wayland": _COMMON + _WAYLAND}
"""For each platform plugin of Qt, what it loads, directly or not."""

_INSTALL = {
    "apt": ("apt-get", "install", "-y", "--no-install-recommends"),
    "dnf": ("dnf", "install", "-y"),
    "pacman": ("pacman", "-S", "--needed", "--noconfirm"),
}
_JAPANESE_FONT = {"apt": "fonts-ipafont-gothic", "dnf": "google-noto-sans-cjk-fonts", "pacman": "noto-fonts-cjk"}
"""A system without Qt's libraries has no Japanese letters either."""


def missing(platforms: Iterable[str]) -> list[Library]:
    """The libraries that Qt's `platforms` need and that cannot be loaded here; empty except on Linux."""
    if not sys.platform.startswith("linux"):
        return []
    needed = {library: None for platform in platforms for library in NEEDED.get(platform, _COMMON)}
    return [library for library in needed if not _loads(library.name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install_command(libraries: Sequence[Library]) -> list[str]:
    """The command that installs `libraries` with the package manager of this system; empty if it has none we know."""
    manager = next((name for name, command in _INSTALL.items() if shutil.which(command[0])), None)
    if manager is None:
        return []
    packages = dict.fromkeys(getattr(library, manager) for library in libraries)
    return [*_INSTALL[manager], *packages, _JAPANESE_FONT[manager]]


def problem(libraries: Sequence[Library]) -> Problem:
    """Says which libraries are missing and what installs them."""
    names = ", ".join(library.name for library in libraries)
    command = install_command(libraries)
    if not command:
        return Problem(
            Text(
                "Qt needs these system libraries; install them with your system's package manager: {names}",
                "Qt に必要なシステムライブラリがありません。お使いのシステムのパッケージ管理で入れてください: {names}",
            ).format(names=names)
        )
    return Problem(
        Text(
            "Qt needs system libraries that are missing here: {names}\nInstall them with: sudo {command}",
            "Qt に必要なシステムライブラリがありません: {names}\n次のコマンドで入れてください: sudo {command}",
        ).format(names=names, command=" ".join(command))
    )
