"""Where the panes of the real window stand, and that they are found there again."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu, QTabBar, QWidget

from nnplayground.gui import arrangement
from nnplayground.gui.panes import GROUPS, panes
from tests.gui.driving import Driver

Open = Callable[..., Driver]


def test_every_pane_is_a_dock_and_in_the_view_menu(drive: Open) -> None:
    driver = drive()
    view = driver.find(QMenu, "menu_view")
    groups = {id: driver.find(QMenu, f"menu_panes_{id}") for id in GROUPS}
    assert all(menu.menuAction() in view.actions() and menu.actions() for menu in groups.values())
    for name, pane in panes.items():
        dock = driver.find(QDockWidget, f"pane_{name}")
        action = driver.action(f"pane_{name}")
        assert [id for id, menu in groups.items() if action in menu.actions()] == [pane.group]
        dock.close()
        assert not action.isChecked()
        action.trigger()
        assert dock.isVisible()


def test_layout_language_and_theme_are_found_again(drive: Open, tmp_path: Path) -> None:
    first = drive()
    first.window.docks["loss"].close()
    first.action("language_ja").trigger()
    first.action("theme_dark").trigger()
    first.window.resize(1100, 760)
    first.window.close()
    second = drive(lang=None, theme=None)
    # The fixture resizes the window; the rest is as it was left.
    assert second.window.docks["loss"].isHidden()
    assert second.window.docks["activation"].isVisible()
    assert (second.window.ui.language, second.window.ui.theme_choice) == ("ja", "dark")
    second.action("reset_layout").trigger()
    assert second.window.docks["loss"].isVisible()


@pytest.mark.parametrize("name", ["loss", "race", "code"])
@pytest.mark.parametrize("hidden", [False, True])
def test_the_usual_arrangement_brings_back_a_pane_that_was_taken_out(drive: Open, name: str, hidden: bool) -> None:
    driver = drive()
    dock = driver.window.docks[name]
    usual = dock.isVisible()
    dock.show()
    dock.setFloating(True)
    dock.setHidden(hidden)
    driver.action("reset_layout").trigger()
    assert not dock.isFloating() and dock.isVisible() == usual
    assert not any(isinstance(top, QDockWidget) and top.windowHandle() for top in QApplication.topLevelWidgets())


@pytest.mark.parametrize(("experiment", "front"), [("xor", "points"), ("digits", "digit")])
def test_the_usual_arrangement_has_panes_in_front_that_have_something_to_show(
    drive: Open, experiment: str, front: str
) -> None:
    driver = drive(experiment)
    docks = driver.window.docks
    shown = [name for name, dock in docks.items() if dock.is_in_front()]
    docks["loss"].setFloating(True)
    docks[front].setFloating(True)
    driver.action("reset_layout").trigger()
    driver.wait(lambda: all(docks[name].is_in_front() for name in shown if docks[name].suits))
    assert not any(dock.is_in_front() and not dock.suits for dock in docks.values())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_menu_of_panes_tells_which_are_open(drive: Open, theme: str) -> None:
    driver = drive("xor", theme=theme)
    menu = driver.find(QMenu, "menu_panes_network")
    menu.popup(driver.window.pos())
    picture = menu.grab().toImage()
    marked = QColor(driver.window.ui.theme.selected)
    for action in menu.actions():
        place = menu.actionGeometry(action)
        row = [picture.pixelColor(x, place.center().y() + 6) for x in range(place.left(), place.left() + 24)]
        assert (marked in row) == action.isChecked(), action.text()
    menu.close()


def test_no_row_of_tabs_lies_over_a_pane(drive: Open) -> None:
    window = drive("spiral").window
    window.desk.pane_wanted.emit("my_digits")
    QApplication.processEvents()
    docks = [dock.geometry() for dock in window.docks.values() if dock.is_in_front()]
    for bar in window.findChildren(QTabBar):
        over = [dock for dock in docks if bar.isVisible() and dock.intersects(bar.geometry())]
        assert not over, [bar.tabText(i) for i in range(bar.count())]


def test_s03_a_layout_from_before_there_was_some_pane_is_not_taken(drive: Open) -> None:
    first = drive()
    first.window.docks["designer"].hide()
    layout = arrangement.layout_of(first.window)
    first.window.docks["race"].setObjectName("pane_of_before")
    before = arrangement.layout_of(first.window)
    second = drive()
    assert not arrangement.put_layout(second.window, before)
    assert second.window.docks["designer"].isVisible()
    assert arrangement.put_layout(second.window, layout)
    assert not second.window.docks["designer"].isVisible()


@pytest.mark.parametrize("wrong", ["", "!", "AAAA", "QUJD" * 1000])
def test_a_broken_layout_is_the_usual_one(drive: Open, tmp_path: Path, wrong: str) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "settings.json").write_text(json.dumps({"layout": wrong, "geometry": wrong}))
    driver = drive()
    assert all(dock.isVisible() == dock.pane.opened for dock in driver.window.docks.values() if not dock.pane.behind)


def test_s05_a_window_off_the_screen_comes_back(drive: Open) -> None:
    window = drive().window
    window.setGeometry(QRect(50_000, -20_000, 900, 700))
    arrangement.keep_on_screen(window)
    screen = window.screen().availableGeometry()
    assert screen.contains(window.geometry().topLeft())


@pytest.mark.parametrize("size", [(320, 240), (1, 1), (1024, 700), (8000, 5000)])
@pytest.mark.parametrize("experiment", ["digits", "three-classes"])
def test_g01_any_size_can_be_painted(drive: Open, size: tuple[int, int], experiment: str) -> None:
    driver = drive(experiment)
    driver.window.resize(*size)
    QApplication.processEvents()
    driver.action("step").trigger() if experiment != "digits" else None
    driver.settle()
    picture = driver.window.grab()
    assert picture.width() >= min(size[0], 320)
    for dock in driver.window.docks.values():
        assert dock.width() > 0
        assert dock.height() > 0


def test_a_pane_that_others_look_for_is_made_even_where_it_was_closed(drive: Open, tmp_path: Path) -> None:
    first = drive("digits")
    for name in ("digit", "probabilities"):
        first.window.docks[name].close()
    assert first.window.close()
    again = drive("digits")
    assert again.window.docks["probabilities"].isHidden()
    assert again.find(QWidget, "digit_canvas").property("empty")
    assert again.find(QWidget, "probabilities").property("prediction") == -1


def test_the_designer_keeps_its_room_when_the_window_gets_narrower_unless_a_person_gave_it_less(drive: Open) -> None:
    drive("digits").window.close()
    driver = drive("digits")  # with the layout of the first one, and no longer with the first sizes
    window, dock = driver.window, driver.window.docks["designer"]
    assert dock.width() > 300
    window.resize(1024, 700)
    driver.settle()
    assert dock.view.width() <= dock.width(), "it would scroll to the side"
    window.resize(1400, 900)
    window.resizeDocks([dock], [200], Qt.Orientation.Horizontal)
    driver.settle()
    narrow = dock.width()
    assert narrow < 290
    window.resize(1300, 900)
    driver.settle()
    assert dock.width() <= narrow
