"""The textbook's bars appear, and both ways to find them agree."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.gui.gradient_plot import GradientPlot
from nnplayground.gui.views.gradient_bars import words_of
from nnplayground.storage import ready_made
from nnplayground.training.experiment import Experiment
from nnplayground.training.inspection.gradient_bars import Bar, GradientBars
from tests.gui.driving import Driver
from tests.gui.pixels import like

TEXTBOOK = ready_made.load("three-classes")
BARS = [0.0885, 0.1916, -0.0514, 0.0128, -0.1447, -0.1424, -0.0299, 0.0135, -0.1112, -0.1010, -0.0943, -0.4686,
        0.1310, 0.0808, 0.5797]  # fmt: skip
DIGITS = Experiment(
    dataset=GeneratedDigits(samples=200), layers=(Flatten(), Dense(12, ReLU()), Dense(10, Softmax()))
)  # fmt: skip


def plot_of(driver: Driver) -> GradientPlot:
    plot = driver.window.views["gradient_bars"].plot
    assert isinstance(plot, GradientPlot)
    return plot


@pytest.fixture
def driver(open_pane):
    driver = open_pane(TEXTBOOK, "gradient_bars")
    driver.wait(lambda: plot_of(driver).found is not None)
    QTest.mouseClick(driver.find(QPushButton, "textbook_weights"), Qt.MouseButton.LeftButton)
    driver.wait(lambda: abs(float(plot_of(driver).found.values[0]) - 1.6243) < 1e-3)
    return driver


def test_the_bars_of_the_textbook_appear(driver):
    heights = np.array(plot_of(driver).backprop.opts["height"])
    np.testing.assert_allclose(heights, BARS, atol=5e-5)
    np.testing.assert_allclose(plot_of(driver).numeric.opts["height"], BARS, atol=5e-5)
    assert "1.0e-08" in driver.find(QLabel, "gradient_words").text()


def test_they_have_the_colours_of_their_layers(driver):
    theme = driver.window.ui.theme
    colors = [brush.name() for brush in plot_of(driver).backprop.opts["brushes"]]
    assert colors == [theme.curve_color(0)] * 6 + [theme.curve_color(1)] * 9
    named = driver.find(QLabel, "gradient_layers").text()
    assert theme.curve_color(0) in named
    assert theme.curve_color(1) in named
    view = plot_of(driver).view
    up = view.mapFromScene(plot_of(driver).box.mapViewToScene(QPointF(15.2, 0.5)))
    there = like(view, theme.curve_color(1), 20)
    assert there[up.y(), up.x()]
    down = view.mapFromScene(plot_of(driver).box.mapViewToScene(QPointF(15.2, -0.3)))
    assert not there[down.y(), down.x()]


def test_pointing_at_a_bar_names_its_parameter(driver):
    view = plot_of(driver).view
    at = view.mapFromScene(plot_of(driver).box.mapViewToScene(QPointF(2.0, 0.1)))
    QTest.mouseMove(view.viewport(), at)
    driver.wait(lambda: plot_of(driver).readout.label.isVisible())
    said = plot_of(driver).readout.label.text()
    assert "Layer 1: weight from 2 to 1" in said
    assert "0.191" in said
    driver.window.ui.set_language("ja")
    assert "第 1 層: 2 から 1 への重み" in plot_of(driver).readout.label.text()


def test_the_bars_follow_training_and_the_number_of_samples(driver):
    before = plot_of(driver).found.backprop.copy()
    driver.window.controller.step("batch")
    driver.settle()
    trained = plot_of(driver).found.backprop
    assert not np.array_equal(trained, before)
    driver.find(QSpinBox, "gradient_samples").setValue(50)
    driver.settle()
    assert not np.array_equal(plot_of(driver).found.backprop, trained)


def test_a_large_network_shows_some_and_says_what_all_would_cost(open_pane):
    driver = open_pane(DIGITS, "gradient_bars")
    driver.wait(lambda: plot_of(driver).found is not None)
    found = plot_of(driver).found
    assert found.parameters == 784 * 12 + 12 + 130
    assert 16 <= len(found.bars) <= 100
    assert f"{2 * found.parameters:,} losses" in driver.find(QLabel, "gradient_words").text()
    assert not driver.find(QPushButton, "textbook_weights").isVisible()


def test_the_stopwatch_says_what_it_measured():
    some = GradientBars((Bar(0, "W", (0, 0)),), np.array([0]), np.ones(1), np.ones(1), np.ones(1), 0.002, 0.001, 1000)
    words = words_of(some).en
    assert "2 losses in 2.0 ms" in words
    assert "2,000 losses, about 2.0 s: 2,000 times" in words
    assert "2.0 秒" in words_of(some).ja
    everything = GradientBars(some.bars, some.places, some.values, some.numeric, some.backprop, 0.01, 0.001, 1)
    assert "10 times faster" in words_of(everything).en


def test_the_table_has_all_of_it(driver):
    columns = plot_of(driver).columns()
    assert [column[0] for column in columns] == ["Parameter", "Value", "Numerical", "Backpropagation"]
    assert {len(column) for column in columns} == {16}
