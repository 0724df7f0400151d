"""What the table of the layers says is what the engine computes."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QSlider

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.initializers.glorot import GlorotUniform
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.plan import Plan
from nnplayground.gui.depth import hidden, with_depth
from nnplayground.gui.painted_table import PaintedTable
from nnplayground.gui.views.layers import COLUMNS
from nnplayground.training.experiment import Experiment
from tests.gui.pixels import like

DEEP = Experiment(layers=(Dense(6, Sigmoid()), Dense(5, ReLU()), Dense(3, Softmax())), initializer=GlorotUniform())


@pytest.fixture
def driver(open_pane):
    driver = open_pane(DEEP, "layers")
    driver.wait(lambda: table_of(driver).at(0, 0) is not None)
    return driver


def table_of(driver):
    return driver.find(PaintedTable, "layers_table")


def plan_of(driver, gradients=None):
    newest, data = driver.window.controller.newest, DEEP.dataset.load()
    plan = Plan(newest.network, len(data.x_train), newest.parameters.copy(), gradients)
    plan.rows[...] = data.x_train
    plan.targets[...] = data.task.targets(data.train_labels, 3, Softmax())
    plan.forward()
    return plan


def test_histograms_count_what_the_engine_computes(driver):
    driver.window.controller.step("epoch")
    driver.wait_for_state("paused")
    driver.settle()
    plan = plan_of(driver)
    for layer in range(3):
        for column, values in enumerate((plan.pre_activations(layer), plan.activations(layer))):
            shown = table_of(driver).at(layer, column).histogram
            assert shown.counts.sum() == values.size
            assert shown.edges[[0, -1]] == pytest.approx([values.min(), values.max()], rel=1e-4)
            counts, _ = np.histogram(values, shown.edges)
            np.testing.assert_allclose(shown.counts, counts, atol=2)
    parameters = table_of(driver).at(1, 2).histogram
    assert parameters.counts.sum() == 5 * 7


def test_a_dead_layer_is_counted_as_dead(open_pane):
    driver = open_pane(DEEP, "layers")
    newest = driver.window.controller.settled()
    dead = newest.parameters.copy()
    dead[newest.network.addresses[1]["b"]] = [-1e3, -1e3, -1e3, -1e3, 1e3]
    driver.window.controller.set_parameters(dead, COLUMNS[0])
    driver.wait(lambda: (cell := table_of(driver).at(1, 4)) is not None and cell.counts[1] == 4)
    assert table_of(driver).at(1, 4).spoken.en.startswith("4 of 5 units are dead")
    assert "停止 4" in table_of(driver).at(1, 4).spoken.ja


def test_the_bars_are_as_high_as_their_counts(driver):
    cell = table_of(driver).at(0, 0)
    bars = cell.bars(QRectF(0, 0, 400, 100))
    counts = cell.histogram.counts[cell.histogram.counts > 0]
    np.testing.assert_allclose([bar.height() for bar in bars], 100 * counts / counts.max())
    table = table_of(driver)
    place = table.visualRect(table.model().index(0, 0))
    ink = like(table.viewport(), driver.window.ui.theme.accent)[
        place.top() : place.bottom(), place.left() : place.right()
    ]
    assert ink.any()


def test_the_plot_shows_the_gradient_of_each_layer_on_a_logarithmic_axis(driver):
    newest = driver.window.controller.newest
    gradients = np.zeros(newest.network.trainable, np.float32)
    plan_of(driver, gradients).backward()
    plan = plan_of(driver, gradients)
    plan.backward()
    wanted = [np.sqrt(np.mean(np.square(gradients[named["W"]]))) for named in newest.network.addresses]
    plot = driver.window.views["layers"].plot
    assert plot.log == (False, True)
    assert plot.gradients.x.tolist() == [1, 2, 3]
    np.testing.assert_allclose(plot.gradients.y, wanted, rtol=1e-3)


def test_with_many_sigmoid_layers_the_gradient_vanishes_and_relu_with_he_brings_it_back(driver):
    plot, slider = driver.window.views["layers"].plot, driver.find(QSlider, "depth_slider")
    QTest.mouseClick(driver.find(QPushButton, "hidden_sigmoid"), Qt.MouseButton.LeftButton)
    slider.setFocus()
    for _ in range(6):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    driver.window.controller.reset()
    driver.wait(lambda: len(plot.gradients.y) == 9)
    driver.settle()
    assert plot.gradients.y[0] < plot.gradients.y[-2] / 1000
    QTest.mouseClick(driver.find(QPushButton, "hidden_relu"), Qt.MouseButton.LeftButton)
    driver.wait(lambda: plot.gradients.y[0] > plot.gradients.y[-2] / 20)
    document = driver.window.document
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert len(hidden(document.experiment)) == 2


def test_the_table_is_walked_through_with_keys_and_spoken(driver):
    table = table_of(driver)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert (table.currentIndex().row(), table.currentIndex().column()) in ((1, 1), (0, 1), (1, 0))
    said = table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "mean" in said
    driver.window.ui.set_language("ja")
    assert "平均" in table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert table.model().headerData(0, Qt.Orientation.Horizontal) == COLUMNS[0].ja


def test_depth_keeps_the_first_layers_and_what_stands_around_them():
    deep = with_depth(DEEP, 4)
    assert deep.layers == (*DEEP.layers[:2], DEEP.layers[1], DEEP.layers[1], DEEP.layers[2])
    assert with_depth(deep, 0).layers == DEEP.layers[2:]
    assert len(with_depth(with_depth(deep, 0), 2).layers) == 3
