"""Where no window can be opened, the program says so and what to do; it is never aborted by Qt."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import PySide6
import pytest

from nnplayground.gui import display, libraries
from nnplayground.gui.libraries import NEEDED, Library
from nnplayground.text import Problem

ROOT = Path(__file__).parent.parent.parent
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux alone may lack a display")


@pytest.fixture
def no_display(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@linux
@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":4321"}, {"QT_QPA_PLATFORM": "xcb"}])
def test_g09_no_display_is_two_lines_that_name_both_ways_out(no_display, monkeypatch, environment):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(libraries, "missing", lambda platforms: [])
    with pytest.raises(Problem) as raised:
        display.require()
    for words in (raised.value.text.en, raised.value.text.ja):
        assert len(words.splitlines()) == 2
        assert "--screenshot" in words and "xvfb-run" in words


def test_a_picture_needs_no_display(no_display):
    display.require(offscreen=True)


def test_the_platform_asked_for_comes_first(no_display, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert display.platforms() == ["wayland", "xcb"]
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen:size=1x1;xcb")
    assert display.platforms() == ["offscreen", "xcb"]


@linux
def test_x_takes_over_where_wayland_lacks_its_libraries(no_display, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setattr(display, "_x_server_answers", lambda: True)
    monkeypatch.setattr(libraries, "missing", lambda platforms: ["anything"] if "wayland" in platforms else [])
    display.require()


@pytest.mark.parametrize(
    ("tool", "command"),
    [
        ("apt-get", "apt-get install -y --no-install-recommends libegl1 libxcb-cursor0 "),
        ("dnf", "dnf install -y libglvnd-egl xcb-util-cursor "),
        ("pacman", "pacman -S --needed --noconfirm libglvnd xcb-util-cursor "),
    ],
)
def test_g10_missing_libraries_are_named_with_the_command_of_the_system(no_display, monkeypatch, tool, command):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(libraries.shutil, "which", lambda name: f"/bin/{name}" if name == tool else None)
    monkeypatch.setattr(libraries, "_loads", lambda name: name not in ("libEGL.so.1", "libxcb-cursor.so.0"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    with pytest.raises(Problem) as raised:
        display.require()
    for words in (raised.value.text.en, raised.value.text.ja):
        assert "libEGL.so.1, libxcb-cursor.so.0" in words
        assert f"sudo {command}" in words


def test_a_system_without_a_known_package_manager_still_hears_the_names(monkeypatch):
    monkeypatch.setattr(libraries.shutil, "which", lambda name: None)
    assert "libEGL.so.1" in str(libraries.problem([Library("libEGL.so.1", "", "", "")]))


def test_the_installing_command_alone_goes_to_stdout(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(libraries.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(libraries, "_loads", lambda name: name != "libEGL.so.1")
    assert display.main(["offscreen", "xcb"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("apt-get install") and " libegl1 " in out and len(out.splitlines()) == 1
    assert "libEGL.so.1" in err
    monkeypatch.setattr(libraries, "_loads", lambda name: True)
    assert display.main(["offscreen", "xcb"]) == 0
    assert capsys.readouterr() == ("", "")


@linux
@pytest.mark.skipif(not shutil.which("readelf"), reason="needs readelf of binutils")
@pytest.mark.parametrize(
    ("platform", "plugins"),
    [
        ("offscreen", ["libqoffscreen.so"]),
        ("xcb", ["libqxcb.so", "../xcbglintegrations/libqxcb-glx-integration.so"]),
        ("wayland", ["libqwayland.so", "../wayland-graphics-integration-client/libqt-plugin-wayland-egl.so"]),
    ],
)
def test_the_list_is_all_that_qt_links_to(platform, plugins):
    """Direct needs of Qt's own files that Qt does not bring along, against the table."""
    known = {library.name for library in NEEDED[platform]}
    assert _linked(platform, plugins) - known == set()


def _linked(platform: str, plugins: list[str]) -> set[str]:
    qt = Path(find_spec("PySide6").origin).parent / "Qt"
    modules = ["Core", "Gui", "Widgets", "Svg", "SvgWidgets", "DBus"]
    modules += {"xcb": ["XcbQpa"], "wayland": ["WaylandClient"]}.get(platform, [])
    files = [qt / f"lib/libQt6{name}.so.6" for name in modules] + [qt / "plugins/platforms" / name for name in plugins]
    needed = {name for file in files for name in _needed(file)}
    return {name for name in needed if not name.startswith(_OF_C) and not (qt / "lib" / name).exists()}


_OF_C = ("libc.", "libm.", "libdl.", "librt.", "libpthread.", "libgcc_s.", "libstdc++.", "ld-linux", "libz.")


def _needed(file: Path) -> list[str]:
    out = subprocess.run(["readelf", "-d", file], capture_output=True, text=True, check=True)
    return [line.split("[")[1].rstrip("]") for line in out.stdout.splitlines() if "(NEEDED)" in line]


def test_s08_the_qt_that_crashes_is_refused(monkeypatch):
    monkeypatch.setattr(PySide6, "__version__", "6.12.0")
    monkeypatch.setattr(sys, "version_info", (3, 11, 2))
    with pytest.raises(Problem, match=r"6\.12\.0.*3\.11.*pip install"):
        display.require(offscreen=True)
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))
    display.require(offscreen=True)


def test_asking_needs_the_standard_library_alone():
    """It is asked before anything is installed; importing the gui room must not load Qt."""
    done = subprocess.run([sys.executable, "-S", "-m", "nnplayground.gui.display", "offscreen"], cwd=ROOT)
    assert done.returncode == 0
