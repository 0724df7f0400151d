"""Painting data in the real window: with the mouse, with keys, from a table; undone, moved, erased, exported."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from nnplayground.data import point_table
from nnplayground.data.datasets.my_points import MyPoints
from nnplayground.gui import ask_file
from nnplayground.gui.point_canvas import BRUSH, REACH, STEP, PointCanvas
from nnplayground.gui.views.points import PointsView
from tests.gui.driving import Driver

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def paint(driver: Driver) -> PointCanvas:
    driver.window.desk.pane_wanted.emit("points")
    canvas: PointCanvas = driver.find(PointCanvas, "point_canvas")
    driver.wait(lambda: canvas.isVisible() and len(canvas.points) > 0)
    driver.settle()
    return canvas


def points(driver: Driver) -> tuple:
    dataset = driver.window.document.experiment.dataset
    assert isinstance(dataset, MyPoints)
    return dataset.points


def drag(canvas: PointCanvas, *way: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
    places: list[QPoint] = [canvas.place_of(*p).toPoint() for p in way]
    QTest.mousePress(canvas, button, pos=places[0])
    for a, b in zip(places, places[1:], strict=False):
        for i in range(1, 21):
            QTest.mouseMove(canvas, a + (b - a) * i / 20)
    QTest.mouseRelease(canvas, button, pos=places[-1])


def test_points_are_put_moved_erased_and_each_step_is_undone(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    document = driver.window.document
    before = document.experiment
    canvas = paint(driver)
    count = len(canvas.points)
    assert count == 200  # those of the data that is there
    driver.click("points_clear")
    assert points(driver) == ()
    driver.wait(lambda: "paint some" in driver.get("message"))

    driver.click("points_point")
    driver.click("points_class_2")
    QTest.mouseClick(canvas, LEFT, pos=canvas.place_of(2.0, -3.0).toPoint())
    driver.click("points_class_0")
    QTest.mouseClick(canvas, LEFT, pos=canvas.place_of(-4.0, 1.0).toPoint())
    (x, y, k), (u, v, m) = points(driver)
    np.testing.assert_allclose((x, y, u, v), (2, -3, -4, 1), atol=0.05)
    assert (k, m) == (2, 0)
    pixel = canvas.grab().toImage().pixelColor(canvas.place_of(x, y).toPoint() * canvas.devicePixelRatio())
    assert pixel == QColor(driver.window.ui.theme.class_color(2))

    driver.click("points_move")
    drag(canvas, (x, y), (0.0, 5.0))
    np.testing.assert_allclose(points(driver)[0][:2], (0, 5), atol=0.05)
    driver.click("points_erase")
    drag(canvas, (-5.0, 1.0), (-3.0, 1.0))
    assert [p[2] for p in points(driver)] == [2]

    for expected in (2, 2, 1, 0):
        driver.click("points_undo")
        assert len(points(driver)) == expected
    driver.click("points_undo")
    assert document.experiment == before
    assert len(canvas.points) == count


def test_a_brush_scatters_and_the_network_learns_on(drive: Callable[..., Driver]) -> None:
    driver = drive("circle")
    canvas = paint(driver)
    driver.action("epoch").trigger()
    driver.wait_for_state("paused")
    learnt = driver.window.controller.settled(30).parameters
    driver.click("points_brush")
    driver.click("points_class_1")
    drag(canvas, (-5.0, -5.0), (5.0, -5.0))
    added = points(driver)[500:]
    assert len(added) > 10
    assert {p[2] for p in added} == {1}
    assert all(abs(p[1] + 5) <= BRUSH * 2 * REACH + 0.1 for p in added)
    now = driver.window.controller.settled(30)
    np.testing.assert_array_equal(now.parameters, learnt)
    drag(canvas, (-5.0, -5.0), (5.0, -5.0), button=RIGHT)
    assert len(points(driver)) < 510
    driver.action("epoch").trigger()
    driver.wait(lambda: driver.window.controller.settled(30).step > now.step)
    assert driver.window.controller.newest.experiment.dataset.points == points(driver)


def test_keys_do_all_of_it(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    canvas = paint(driver)
    driver.click("points_clear")
    driver.click("points_point")
    canvas.setFocus()
    driver.key("1")
    for _ in range(8):
        driver.key(Qt.Key.Key_Right)
    driver.key(Qt.Key.Key_Space)
    assert driver.get("state") != "running"  # here the space bar paints
    assert points(driver) == ((round(8 * STEP * 2 * REACH, 4), 0.0, 1),)
    driver.find(QToolButton, "points_move").click()
    canvas.setFocus()
    driver.key(Qt.Key.Key_Space)
    driver.key(Qt.Key.Key_Up)
    driver.key(Qt.Key.Key_Space)
    np.testing.assert_allclose(points(driver)[0], (8 * STEP * 12, STEP * 12, 1), atol=1e-3)
    driver.key(Qt.Key.Key_Delete)
    assert points(driver) == ()


def test_one_more_class_gives_the_network_one_more_output(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    canvas = paint(driver)
    driver.click("points_more")
    experiment = driver.window.document.experiment
    assert len(experiment.dataset.task.classes) == 4
    assert experiment.layers[-1].units == 4
    QTest.mouseClick(canvas, LEFT, pos=canvas.place_of(5.0, 5.0).toPoint())
    assert points(driver)[-1][2] == 3


def test_a_table_is_dropped_and_written_and_a_bad_one_is_refused(
    drive: Callable[..., Driver], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = drive("three-classes")
    paint(driver)
    view: PointsView = driver.find(PointsView, "points_view")
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("x1,x2,class\n1,2,a\n3,4,b\n-5,0.5,a\n")
    bad.write_text("1,2,0\n1,2\n")

    def drop(path: Path) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        copy, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(5, 5), copy, mime, LEFT, keys)
        QApplication.sendEvent(view, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(view, QDropEvent(QPointF(5, 5), copy, mime, LEFT, keys))

    drop(good)
    assert points(driver) == ((1.0, 2.0, 0), (3.0, 4.0, 1), (-5.0, 0.5, 0))
    assert "3 of" in driver.find(QLabel, "points_count").text()
    drop(bad)
    assert "line 2" in driver.get("message")
    assert len(points(driver)) == 3
    out = tmp_path / "out.csv"
    monkeypatch.setattr(ask_file, "to_save", lambda *_: out)
    driver.click("points_save")
    assert point_table.read(out)[0] == points(driver)


def test_the_plane_shows_what_the_network_says_there(drive: Callable[..., Driver]) -> None:
    driver = drive("circle")
    canvas = paint(driver)
    driver.wait(lambda: canvas._image is not None)
    driver.window.docks["decision_map"].raise_()
    driver.wait(lambda: canvas.visibleRegion().isEmpty())
    shown = canvas._map
    driver.action("epoch").trigger()
    driver.wait_for_state("paused")
    driver.settle()
    assert canvas._map is shown  # hidden, it is not painted


def test_data_that_lies_on_no_plane_says_so(drive: Callable[..., Driver]) -> None:
    driver = drive("sine")
    dock = driver.window.docks["points"]
    driver.window.desk.pane_wanted.emit("points")
    assert not dock.suits
    driver.window.desk.wanted.emit("three-classes")
    driver.wait(lambda: dock.suits)


def test_data_is_drawn_anew_and_the_network_keeps_what_it_has_learnt(drive: Callable[..., Driver]) -> None:
    driver = drive("circle")
    document = driver.window.document
    driver.action("epoch").trigger()
    driver.wait(lambda: driver.get("epoch") == 1.0)
    driver.wait_for_state("paused")
    before, learnt = document.experiment, driver.window.controller.settled(30).parameters
    QTest.mouseClick(driver.find(QPushButton, "data_anew"), LEFT)
    after = document.experiment
    assert after == before.replace(dataset=before.dataset.replace(seed=after.dataset.seed))
    assert after.dataset.seed != before.dataset.seed
    now = driver.window.controller.settled(30)
    assert now.experiment == after
    np.testing.assert_array_equal(now.parameters, learnt)
    driver.action("epoch").trigger()
    driver.wait(lambda: driver.window.controller.newest.step > now.step)
    driver.action("undo").trigger()
    assert document.experiment == before
