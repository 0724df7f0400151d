"""The slice is the loss, the secant has the step that is dragged, and the plane holds the run's way."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from nnplayground.engine.activations.softmax import Softmax
from nnplayground.gui.landscape_plot import heights
from nnplayground.gui.theme import LIGHT
from nnplayground.storage import ready_made
from nnplayground.training.inspection.loss_function import LossFunction
from tests.gui.driving import Driver

TEXTBOOK = ready_made.load("three-classes")
DATA = TEXTBOOK.dataset.load()


@pytest.fixture
def driver(open_pane):
    driver = open_pane(TEXTBOOK, "loss_slice")
    driver.window.resize(640, 620)
    driver.wait(lambda: driver.window.views["loss_slice"].blank.said is None)
    start = np.random.RandomState(1).randn(15).astype(np.float32)
    driver.window.controller.set_parameters(start, TEXTBOOK.title)
    driver.settle()
    return driver


def view(driver: Driver):
    return driver.window.views["loss_slice"]


def function(driver: Driver) -> LossFunction:
    newest = driver.window.controller.newest
    targets = DATA.task.targets(DATA.train_labels, 3, Softmax())
    return LossFunction(newest.network, newest.parameters, DATA.x_train, targets)


def on_plot(plot, x: float, y: float) -> QPoint:
    return plot.view.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))


def test_the_curve_is_the_loss_with_that_parameter_changed(driver):
    loss, valley = function(driver), view(driver).valley.valley
    w = loss.origin[0]
    assert valley.x[0] == pytest.approx(w - 3)
    for i in (0, 20, 60):
        assert valley.y[i] == pytest.approx(loss.at(0, valley.x[i] - w), rel=1e-5)
    dot = view(driver).valley.point.points()[0].pos()
    assert (dot.x(), dot.y()) == pytest.approx((w, loss.loss()), rel=1e-5)


def test_another_parameter_is_chosen_and_named(driver):
    view(driver).first.setFocus()
    view(driver).first.selectAll()
    QTest.keyClicks(view(driver).first, "8")
    QTest.keyClick(view(driver).first, Qt.Key.Key_Return)
    driver.settle()
    loss, valley = function(driver), view(driver).valley.valley
    assert valley.y[0] == pytest.approx(loss.at(7, valley.x[0] - loss.origin[7]), rel=1e-5)
    assert "Layer 2: weight from 2 to 1 =" in driver.find(QLabel, "slice_words").text()


def test_dragging_the_line_changes_the_step_of_the_secant(driver):
    plot = view(driver).valley
    w, handle = float(function(driver).origin[0]), plot.handles[1]
    assert handle.value() == pytest.approx(w + 0.5)
    low, high = plot.box.viewRange()[1]
    start = on_plot(plot, w + 0.5, (low + high) / 2)
    end = on_plot(plot, w + 1.5, (low + high) / 2)
    port = plot.view.viewport()
    QTest.mouseMove(port, start)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for i in range(1, 11):
        QTest.mouseMove(port, start + (end - start) * i / 10)
        QTest.qWait(5)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
    driver.settle()
    h = view(driver).h.field.value()
    assert h == pytest.approx(1.5, abs=0.05)
    loss = function(driver)
    slope = (loss.at(0, h) - loss.at(0, -h)) / (2 * h)
    secant = plot.secant
    assert (secant.y[1] - secant.y[0]) / (secant.x[1] - secant.x[0]) == pytest.approx(slope, rel=1e-3)
    tangent = plot.tangent
    exact = (tangent.y[1] - tangent.y[0]) / (tangent.x[1] - tangent.x[0])
    assert exact == pytest.approx(loss.gradient()[0], rel=1e-4)
    assert plot.handles[0].value() == pytest.approx(w - h, abs=0.05)


def test_the_error_is_a_v_over_the_step(driver):
    central = view(driver).errors.central
    assert view(driver).errors.log == (True, True)
    best = central.x[np.nanargmin(np.where(central.y > 0, central.y, np.nan))]
    assert 1e-7 < best < 1e-2
    assert central.y[-1] > 1e-4
    assert central.y[0] > 1e-4


def test_two_parameters_span_a_plane_through_the_present_point(driver):
    driver.choose("slice_kind", "parameters")
    driver.settle()
    found, loss = view(driver).landscape.found, function(driver)
    assert found.losses.shape == (25, 25)
    assert found.losses[12, 12] == pytest.approx(loss.loss(), rel=1e-5)
    loss.parameters[0] += found.x[20]
    loss.parameters[1] += found.y[3]
    assert found.losses[3, 20] == pytest.approx(loss.loss(), rel=1e-4)
    assert view(driver).landscape.picture.pixels.shape == (25, 25, 4)


def test_the_way_of_the_run_is_drawn_on_its_plane(driver):
    driver.window.controller.play()
    driver.wait(lambda: driver.window.controller.newest.step > 300)
    driver.window.controller.pause()
    driver.wait_for_state("paused")
    driver.choose("slice_kind", "path")
    driver.settle()
    path = view(driver).landscape.path
    assert len(path.x) >= 3
    assert (path.x[-1], path.y[-1]) == pytest.approx((0, 0), abs=1e-4)
    plot = view(driver).landscape
    QTest.mouseMove(plot.view.viewport(), on_plot(plot, 0.0, 0.0))
    driver.wait(lambda: plot.readout.label.isVisible())
    assert plot.readout.label.text().startswith("Loss E:")


def test_low_places_have_one_colour_and_high_ones_the_other():
    pixels = heights(np.array([[0.01, 10.0], [np.inf, 0.3]]), LIGHT)
    hexed = [["#" + "".join(f"{v:02x}" for v in pixel[:3]) for pixel in row] for row in pixels]
    assert hexed[0][0] == LIGHT.train
    assert hexed[0][1] == hexed[1][0] == LIGHT.test
    assert hexed[1][1] not in (LIGHT.train, LIGHT.test)
