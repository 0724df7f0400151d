"""The decision map and the curve, seen as pixels and pointed at."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton

from nnplayground.data.datasets.plane import Plane
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.plan import predict
from nnplayground.storage import ready_made
from nnplayground.training.experiment import Experiment
from tests.gui.driving import Driver
from tests.gui.pixels import pixels

Open = Callable[..., Driver]
SIZE = (520, 480)


class Map:
    """The pane and what can be read off it."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.view = driver.window.views["decision_map"]
        self.plot = self.view.plot

    def train(self, epochs: int = 30) -> None:
        for _ in range(epochs):
            self.driver.window.controller.step("epoch")
        self.driver.wait_for_state("paused")
        self.driver.settle()

    @property
    def newest(self) -> Any:
        return self.driver.window.controller.newest

    def place(self, x: float, y: float) -> QPoint:
        """The pixel of a point of the plane in the plot's view."""
        return self.plot.view.mapFromScene(self.plot.box.mapViewToScene(QPointF(x, y)))

    def color(self, x: float, y: float) -> np.ndarray:
        return self.colors([(x, y)])[0]

    def colors(self, places: list[tuple[float, float]]) -> list[np.ndarray]:
        """What is painted at points of the plane."""
        painted = pixels(self.plot.view).astype(int)
        return [painted[at.y(), at.x()] for at in (self.place(*p) for p in places)]

    def shares(self, x: float, y: float) -> np.ndarray:
        experiment = self.newest.experiment
        rows = experiment.dataset.on_plane(np.array([[x, y]], np.float32))
        outputs = predict(self.newest.network, self.newest.parameters, rows)
        return experiment.dataset.task.probabilities(outputs, self.newest.network.output_activation)[0]

    def press(self, name: str) -> None:
        QTest.mouseClick(self.driver.find(QToolButton, name), Qt.MouseButton.LeftButton)
        self.driver.settle()

    def choose(self, levels: tuple[float, ...]) -> None:
        box = self.driver.find(QComboBox, "map_contours")
        wanted = [box.itemData(i) for i in range(box.count())].index(levels)
        box.setFocus()
        while box.currentIndex() != wanted:
            QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < wanted else Qt.Key.Key_Up)
        self.driver.settle()

    def places(self) -> list[tuple[float, float]]:
        """Points of a grid, away from data and edges."""
        low, high = self.view.answer.low, self.view.answer.high
        data = self.view.answer.data
        points = np.concatenate([data.x_train, data.x_test])
        grid = np.linspace(low, high, 26)[1:-1]
        near = 12 * self.plot.box.viewPixelSize()[0]
        every = [(x, y) for x in grid for y in grid]
        return [p for p in every if np.hypot(*(points - p).T).min() > near]


@pytest.fixture
def shown(plane_room: Open) -> Map:
    experiment = ready_made.load("three-classes").replace(batch_size=5, learning_rate=1.0)
    found = Map(plane_room(experiment, "decision_map", size=SIZE))
    found.train(60)
    return found


def nearest_class(color: np.ndarray, theme: Any, count: int) -> int:
    """The class whose colour, mixed into the paper, this is: what is left of the paper's colour has its direction."""
    paper = np.array(QColor(theme.surface).getRgb()[:3])
    towards = [np.array(QColor(theme.class_color(k)).getRgb()[:3]) - paper for k in range(count)]
    mixed = color - paper
    return int(np.argmax([mixed @ t / np.linalg.norm(t) / max(np.linalg.norm(mixed), 1e-9) for t in towards]))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("discrete", [False, True])
def test_the_colour_at_a_point_is_the_class_that_the_network_predicts_there(
    shown: Map, theme: str, discrete: bool
) -> None:
    shown.driver.window.ui.set_theme_choice(theme)
    shown.choose(())
    if discrete:
        shown.press("map_discrete")
    colors, looked = {}, 0
    places = shown.places()
    for (x, y), color in zip(places, shown.colors(places), strict=True):
        shares = shown.shares(x, y)
        if np.diff(np.sort(shares))[-1] > 0.2:
            best = int(shares.argmax())
            assert nearest_class(color, shown.driver.window.ui.theme, 3) == best, (x, y)
            colors.setdefault(best, []).append(color)
            looked += 1
    assert looked > 40 and len(colors) == 3
    spread = max(np.ptp(found, axis=0).max() for found in colors.values())
    assert spread <= 3 if discrete else spread > 20


def test_contours_are_drawn_where_the_probability_is_and_follow_the_level(shown: Map) -> None:
    drawn = {}
    for levels in ((), (0.5,), (0.9,), (0.5, 0.6, 0.7, 0.8, 0.9)):
        shown.choose(levels)
        lines = [np.transpose(curve.getData()) for curve in shown.plot.contours]
        drawn[levels] = sum(map(len, lines))
        for k, points in enumerate(lines):
            found = np.array([shown.shares(*p)[k] for p in points[::9]])
            assert len(found) == 0 or np.abs(found[:, None] - levels).min(axis=1).max() < 0.03
    assert drawn[()] == 0 < drawn[(0.5,)] < drawn[(0.5, 0.6, 0.7, 0.8, 0.9)]
    assert drawn[(0.9,)] > 0


def test_misclassified_points_are_ringed_and_the_data_can_be_hidden(shown: Map) -> None:
    shown.choose(())  # a line in the colour of the class may run under the point
    data = shown.view.answer.data
    for side, rows, labels in (
        ("train", data.x_train, data.train_labels), ("test", data.x_test, data.test_labels)
    ):  # fmt: skip
        wrong = np.array([shown.shares(*row).argmax() for row in rows]) != labels
        ring = shown.plot.rings[side]
        np.testing.assert_allclose(np.transpose(ring.getData()), rows[wrong], atol=1e-6)
        assert 0 < wrong.sum() < len(rows) / 2
        first = rows[np.flatnonzero(labels == 1)[0]]
        before = shown.color(*first)
        shown.press(f"map_{side}")
        assert not ring.isVisible()
        assert np.abs(shown.color(*first) - before).max() > 10
        shown.press(f"map_{side}")
        assert ring.isVisible() and np.abs(shown.color(*first) - before).max() <= 3


def test_pointing_reads_the_probabilities_there(shown: Map) -> None:
    at = shown.place(0.4, -0.6)
    QTest.mouseMove(shown.plot.view.viewport(), at)
    shown.driver.settle()
    words = shown.driver.find(QLabel, "decision_map_words").text()
    asked = shown.plot.asked.pos()
    assert (asked.x(), asked.y()) == pytest.approx((0.4, -0.6), abs=0.02)
    shares = shown.shares(asked.x(), asked.y())
    best = int(shares.argmax())
    assert words.startswith(f"At ({asked.x():.2f}, {asked.y():.2f}): class {best} {shares[best]:.0%}")
    assert words.count("%") == 3
    answer = shown.driver.window.desk.question.answer
    np.testing.assert_allclose(answer.values, shares, atol=1e-6)


def test_arrow_keys_move_the_point_that_is_asked_about(shown: Map) -> None:
    shown.plot.view.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up):
        QTest.keyClick(shown.plot.view, key)
    answer, place = shown.view.answer, shown.plot.asked.pos()
    middle, step = (answer.low + answer.high) / 2, 0.02 * (answer.high - answer.low)
    assert (place.x(), place.y()) == pytest.approx((middle + 2 * step, middle + step))
    np.testing.assert_allclose(
        shown.driver.window.desk.question.answer.values, shown.shares(place.x(), place.y()), atol=1e-6
    )


def test_of_many_samples_the_words_say_how_many_are_drawn(plane_room: Open) -> None:
    circle = ready_made.load("circle")
    found = Map(plane_room(circle.replace(dataset=circle.dataset.replace(samples=3000)), "decision_map", size=SIZE))
    assert "the first 600 are drawn" in found.driver.find(QLabel, "decision_map_words").text()
    assert sum(len(item.data) for items in found.plot.sides.values() for item in items) == 1200


def test_a_regression_is_a_surface_in_the_colours_of_its_values(plane_room: Open) -> None:
    experiment = Experiment(dataset=Plane(), layers=(Dense(1),), loss=MeanSquaredError(), learning_rate=0.01)
    found = Map(plane_room(experiment, "decision_map", size=SIZE))
    found.train(10)
    assert not found.driver.find(QComboBox, "map_contours").isVisible()
    table = found.driver.window.ui.theme.diverging_table()[:, :3].astype(int)
    top = float(np.abs(found.view.answer.data.train_labels).max())
    places = found.places()
    for (x, y), color in zip(places, found.colors(places), strict=True):
        value = found.shares(x, y)[0]
        assert np.abs(color - table[int(np.clip((value / top + 1) * 127.5, 0, 255))]).max() <= 12


def test_a_network_with_one_input_is_drawn_as_its_curve(plane_room: Open) -> None:
    driver = plane_room("sine", "regression_curve", size=SIZE)
    controller, plot = driver.window.controller, driver.window.views["regression_curve"].plot
    controller.step("epoch")
    driver.wait_for_state("paused")
    driver.settle()
    newest = controller.newest
    expected = predict(newest.network, newest.parameters, plot.output.x[:, None].astype(np.float32))[:, 0]
    np.testing.assert_allclose(plot.output.y, expected, atol=1e-6)
    data = [np.transpose(side.getData()) for side in plot.sides]
    assert [len(side) for side in data] == [100, 100]
    np.testing.assert_allclose(data[0][:, 1], np.sin(np.pi * data[0][:, 0]), atol=0.5)
    weights = newest.network.views(newest.parameters)[1]
    units = plot.units.getData()[1].reshape(16, -1)[:, :-1]
    np.testing.assert_allclose((weights["W"] @ units + weights["b"][:, None])[0], expected, atol=1e-5)
    QTest.mouseMove(plot.view.viewport(), plot.view.rect().center())
    x = driver.window.desk.question.row[0]
    assert driver.window.desk.question.answer.values[0] == pytest.approx(
        float(predict(newest.network, newest.parameters, np.array([[x]], np.float32))[0, 0]), abs=1e-6
    )
    QTest.mouseClick(driver.find(QToolButton, "curve_hidden"), Qt.MouseButton.LeftButton)
    assert not plot.units.isVisible() and plot.sides[0].isVisible()
