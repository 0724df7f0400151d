"""Weights and feature maps are painted as the network has them, for what is drawn."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.plan import Plan
from nnplayground.gui.image_grid import ImageGrid
from nnplayground.gui.image_tile import as_bytes, paint_image
from nnplayground.gui.theme import LIGHT
from nnplayground.gui.unit_images import mosaics, signed_bytes, unit_weights
from nnplayground.gui.views.feature_maps import SHAPE_ONLY
from nnplayground.training.experiment import Experiment
from tests.gui.driving import SEVEN, Driver
from tests.gui.pixels import pixels

CONVOLUTION = (Conv2D(6, 5, activation=ReLU()), MaxPooling2D(2), Conv2D(4, 3, activation=ReLU()), Flatten(),
               Dense(10, Softmax()))  # fmt: skip


@pytest.fixture
def driver(digits_room):
    driver = digits_room("feature_maps", layers=CONVOLUTION)
    driver.window.document.select(0)
    driver.draw(SEVEN)
    driver.settle()
    return driver


def items(driver: Driver, name: str):
    return driver.find(ImageGrid, name).items


def given(driver: Driver, layer: int) -> np.ndarray:
    newest = driver.window.controller.newest
    plan = Plan(newest.network, 1, newest.parameters)
    plan.rows[0] = driver.window.desk.question.row
    plan.forward()
    return plan.activations(layer)[..., 0]


def test_the_kernels_of_a_convolution_and_its_maps_of_the_drawn_digit(driver):
    newest = driver.window.controller.newest
    weights = newest.network.views(newest.parameters)[0]["W"].reshape(6, 5, 5)
    shown = items(driver, "weight_images")
    for item, kernel in zip(shown, weights, strict=True):
        assert item.signed
        assert np.array_equal(item.pixels, signed_bytes(kernel / np.abs(weights).max()))
    maps = given(driver, 0)
    found = items(driver, "feature_maps_images")
    for item, wanted in zip(found, maps, strict=True):
        assert item.pixels.shape == (24, 24)
        assert np.array_equal(item.pixels, as_bytes(wanted / np.abs(maps).max()))
    assert f"to {maps[2].max():.4g}" in found[2].spoken.en


def test_the_maps_follow_the_pen_and_the_layer(driver):
    before = [item.pixels.copy() for item in items(driver, "feature_maps_images")]
    driver.draw(((0.2, 0.8), (0.8, 0.8)))
    driver.settle()
    after = items(driver, "feature_maps_images")
    assert any(not np.array_equal(a, b.pixels) for a, b in zip(before, after, strict=True))
    driver.window.document.select(1)
    driver.settle()
    assert not driver.find(ImageGrid, "weight_images").isVisible()
    assert items(driver, "feature_maps_images")[0].pixels.shape == (12, 12)
    driver.window.document.select(3)
    driver.settle()
    assert driver.window.views["feature_maps"].blank.said == SHAPE_ONLY


def test_a_dense_layer_on_the_pixels_shows_a_weight_for_each_and_its_output_below(digits_room):
    driver = digits_room("feature_maps")
    driver.window.document.select(1)
    driver.draw(SEVEN)
    driver.settle()
    newest = driver.window.controller.newest
    weights = newest.network.views(newest.parameters)[1]["W"]
    shown, outputs = items(driver, "weight_images"), given(driver, 1)
    assert len(shown) == 24
    for n, item in enumerate(shown):
        assert np.array_equal(item.pixels, signed_bytes(weights[n].reshape(28, 28) / np.abs(weights).max()))
        assert item.caption == f"{outputs[n]:.2g}"
    assert "output" in driver.find(QLabel, "feature_words").text()
    assert not driver.find(ImageGrid, "feature_maps_images").isVisible()


def test_on_the_plane_too_each_unit_has_its_weights(open_pane):
    driver = open_pane(Experiment(), "feature_maps")
    driver.window.document.select(0)
    driver.settle()
    newest = driver.window.controller.newest
    weights = newest.network.views(newest.parameters)[0]["W"]
    shown = items(driver, "weight_images")
    assert [item.pixels.shape for item in shown] == [(1, 2), (1, 2)]
    assert np.array_equal(shown[1].pixels[0], signed_bytes(weights[1] / np.abs(weights).max()))
    assert "Draw a digit or point" in driver.find(QLabel, "feature_words").text()


def test_positive_weights_have_one_colour_negative_ones_another_and_zero_neither(qapp):
    image = QImage(30, 10, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        paint_image(painter, QRectF(0, 0, 30, 10), signed_bytes(np.array([[-1.0, 0.0, 1.0]])), LIGHT, signed=True)
    colors = ["#" + "".join(f"{v:02x}" for v in pixels(image)[5, x]) for x in (5, 15, 25)]
    assert colors[0] == LIGHT.negative
    assert colors[2] == LIGHT.positive
    assert np.abs(pixels(image)[5, 15] - [int(LIGHT.neutral[i : i + 2], 16) for i in (1, 3, 5)]).max() <= 2


def test_channels_lie_side_by_side_with_a_line_between():
    images = np.arange(2 * 3 * 2 * 2, dtype=np.float32).reshape(2, 3, 2, 2) + 1
    found = mosaics(images)
    assert found.shape == (2, 5, 5)
    assert np.array_equal(found[1, :2, 3:], images[1, 1])
    assert np.array_equal(found[0, 3:, :2], images[0, 2])
    assert not found[:, 2].any()
    assert not found[:, 3:, 3:].any()


def test_weights_without_an_image_fill_a_square_row_by_row():
    network = Experiment(layers=(Dense(7, ReLU()), Dense(3, Softmax()))).network()
    parameters = network.initial_parameters(np.random.default_rng(1))
    found = unit_weights(network, parameters, 1)
    assert found.shape == (3, 3, 3)
    assert np.array_equal(found[2].ravel()[:7], network.views(parameters)[1]["W"][2])
    assert not found[:, 2, 1:].any()
