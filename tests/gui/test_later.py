"""The window is there before all of its panes are: designer, canvas and bars first, the others in the frames after."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from nnplayground.gui import create_window
from nnplayground.gui.later import Later


def places(window):
    return {name: dock.geometry() for name, dock in window.docks.items() if dock.is_in_front()}


def made(window):
    return {name for name, dock in window.docks.items() if dock._view is not None}


def test_what_is_put_off_is_done_in_order_between_events_after_the_first_picture(qtbot):
    later, done = Later(), []
    later.do(lambda: done.append("at once"))
    later.hold()
    later.do(lambda: done.append("c"), last=True)
    for name in "ab":
        later.do(lambda name=name: done.append(name))
    QApplication.processEvents()
    assert done == ["at once"] and later.is_waiting
    later.begin()
    qtbot.waitUntil(lambda: not later.is_waiting)
    assert done == ["at once", "a", "b", "c"]
    later.do(lambda: done.append("at once again"))
    assert done[-1] == "at once again"


def test_what_is_put_off_can_be_done_now_or_never(qapp):
    for end, wanted in ((Later.finish, ["a", "b"]), (Later.stop, [])):
        later, done = Later(), []
        later.hold()
        later.do(lambda done=done: done.append("a"))
        later.do(lambda done=done: done.append("b"))
        end(later)
        assert done == wanted and not later.is_waiting


def test_what_others_find_by_name_is_there_at_once_and_the_rest_comes_without_moving_anything(
    qtbot, tmp_path, monkeypatch
):
    window = create_window("digits", lang="en", theme="light", settings_dir=tmp_path)
    qtbot.addWidget(window)
    window.resize(1400, 900)
    assert made(window) == {"designer", "digit", "probabilities"}
    first = []
    monkeypatch.setattr(
        window.desk.later, "begin", lambda: (first.append(places(window)), Later.begin(window.desk.later))
    )
    window.show()
    qtbot.waitUntil(lambda: made(window) >= {"loss", "activation", "explanation"})
    qtbot.waitUntil(lambda: not window.desk.later.is_waiting)
    assert made(window) == {"designer", "digit", "probabilities", "loss", "activation", "explanation"}
    assert places(window) == first[0]
    for name in ("schedule_box", "weight_decay", "epochs", "validation"):  # in closed folds of the designer
        assert window.findChild(QWidget, name) is not None, name
    window.close()


def test_a_picture_shows_the_whole_window_without_waiting_for_it(tmp_path: Path):
    """In a process of its own: Qt keeps what was left of an ended application's loop for the next."""
    script = f"""
import pathlib, sys
from nnplayground.gui import app, window
grab = window.Window.grab
def look(self):
    print(*(name for name, dock in self.docks.items() if dock._view is not None))
    return grab(self)
window.Window.grab = look
sys.exit(app.run("digits", screenshot=pathlib.Path({str(tmp_path / "window.png")!r}), after=0))
"""
    said = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    assert {*said.split()} >= {"loss", "activation", "explanation"}
    assert (tmp_path / "window.png").stat().st_size > 10_000


def test_a_pane_that_is_asked_for_does_not_wait_its_turn(qtbot, tmp_path):
    window = create_window("circle", lang="en", theme="light", settings_dir=tmp_path)
    qtbot.addWidget(window)
    window.show()
    assert window.docks["loss"].view.isVisibleTo(window)
    window.close()  # while the others still wait
