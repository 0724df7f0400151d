"""Points lie along the principal components of the layer's outputs, in the colours of their classes."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.plan import Plan
from nnplayground.gui.image_tile import ImageTile, as_bytes
from nnplayground.training.experiment import Experiment
from tests.gui.driving import Driver
from tests.gui.pixels import like

DIGITS = Experiment(
    dataset=GeneratedDigits(samples=300), layers=(Flatten(), Dense(12, ReLU()), Dense(10, Softmax()))
)  # fmt: skip
PLANE = Experiment(layers=(Dense(5, Tanh()), Dense(3, Softmax())))


def opened(open_pane, experiment: Experiment, layer: int) -> Driver:
    driver = open_pane(experiment, "embedding")
    driver.window.document.select(layer)
    driver.wait(lambda: driver.window.views["embedding"].blank.said is None)
    driver.window.controller.step("epoch")
    driver.wait_for_state("paused")
    driver.settle()
    return driver


def outputs(driver: Driver, experiment: Experiment, layer: int) -> np.ndarray:
    newest, rows = driver.window.controller.newest, experiment.dataset.load().x_test[:300]
    plan = Plan(newest.network, len(rows), newest.parameters)
    plan.rows[...] = rows
    plan.forward()
    return plan.activations(layer).reshape(-1, len(rows)).T.astype(float)


@pytest.mark.parametrize(("experiment", "layer"), [(PLANE, 0), (DIGITS, 1)], ids=["plane", "digits"])
def test_points_are_the_principal_components_of_the_layer(open_pane, experiment, layer):
    driver = opened(open_pane, experiment, layer)
    values = outputs(driver, experiment, layer)
    centred = values - values.mean(axis=0)
    _, scale, directions = np.linalg.svd(centred, full_matrices=False)
    wanted = np.abs(centred @ directions[:2].T)
    shown = np.abs([p[:2] for p in driver.window.views["embedding"].plot.points.shown()])
    for axis in (0, 1):  # they are drawn class by class
        np.testing.assert_allclose(np.sort(shown[:, axis]), np.sort(wanted[:, axis]), atol=1e-3)
    share = (scale[:2] ** 2).sum() / (scale**2).sum()
    assert f"{share:.0%}" in driver.find(QLabel, "embedding_words").text()


def test_each_class_has_its_colour_and_mistakes_are_ringed(open_pane):
    driver = opened(open_pane, DIGITS, 2)
    plot, theme = driver.window.views["embedding"].plot, driver.window.ui.theme
    labels = DIGITS.dataset.load().test_labels[:300]
    colors = {(round(x, 4), round(y, 4)): color for x, y, color in plot.points.shown()}
    for place, label in zip(plot.found.points, labels, strict=True):
        assert colors[round(place[0], 4), round(place[1], 4)] == theme.class_color(int(label))
    answers = outputs(driver, DIGITS, 2).argmax(axis=1)
    assert len(plot.wrong.points()) == (answers != labels).sum() > 0
    assert like(plot.view, theme.error, 30).any()
    named = driver.find(QLabel, "embedding_classes").text()
    assert all(theme.class_color(k) in named for k in range(10))


def test_pointing_at_a_point_shows_its_image_and_says_its_class(open_pane):
    driver = opened(open_pane, DIGITS, 1)
    plot, data = driver.window.views["embedding"].plot, DIGITS.dataset.load()
    places = plot.found.points
    alone = int(np.argmax(np.abs(places).sum(axis=1)))
    at = plot.view.mapFromScene(plot.box.mapViewToScene(QPointF(*places[alone])))
    QTest.mouseMove(plot.view.viewport(), at)
    driver.wait(lambda: plot.readout.label.isVisible())
    assert plot.readout.label.text().startswith(str(data.test_labels[alone]))
    tile = driver.find(ImageTile, "embedding_sample")
    assert np.array_equal(tile.pixels, as_bytes(data.x_test[alone].reshape(28, 28)))


def test_another_layer_and_the_other_side_are_shown(open_pane):
    driver = opened(open_pane, PLANE, 0)
    plot = driver.window.views["embedding"].plot
    before = plot.found.points.copy()
    driver.choose("embedding_side", "train")
    driver.settle()
    trained = plot.found.points.copy()
    assert not np.array_equal(trained, before)
    box = driver.find(type(driver.window.views["embedding"].choice), "embedding_layer")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    driver.settle()
    assert driver.window.document.selected_layer == 1
    assert not np.array_equal(plot.found.points, trained)
