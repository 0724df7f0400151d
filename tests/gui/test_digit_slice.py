"""The plane through three digits: right at the digits, dragged with the mouse, and following the training."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.plan import predict
from nnplayground.gui.image_tile import ImageTile, as_bytes
from nnplayground.gui.note import Note
from nnplayground.gui.slice_map import SliceMap
from nnplayground.gui.views.digit_slice import DigitSliceView
from nnplayground.training.inspection.digit_plane import stretched
from tests.gui.driving import SEVEN, Driver
from tests.gui.panes_of_digits import shares

Open = Callable[..., Driver]


def view(driver: Driver) -> DigitSliceView:
    found = driver.find(DigitSliceView, "digit_slice_view")
    assert isinstance(found, DigitSliceView)
    return found


def plane(driver: Driver) -> SliceMap:
    return view(driver).map


@pytest.fixture
def driver(digits_room: Open) -> Driver:
    driver = digits_room("digit_slice")
    driver.window.controller.step("epoch")
    driver.wait_for_state("paused")
    driver.wait(lambda: view(driver).slice is not None)
    driver.settle()
    return driver


def drag(driver: Driver, index: int, x: float, y: float) -> None:
    begin = plane(driver).to_pixels(plane(driver).places[index]).toPoint()
    end = plane(driver).to_pixels(np.array([x, y])).toPoint()
    QTest.mousePress(plane(driver), Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(plane(driver), (begin + end) / 2)
    QTest.mouseMove(plane(driver), end)
    QTest.mouseRelease(plane(driver), Qt.MouseButton.LeftButton, pos=end)
    driver.settle()


def agrees(driver: Driver) -> None:
    """What the map shows at each digit, and in the corners of the square, is what the network says of it."""
    newest, found = driver.window.controller.newest, view(driver).slice
    for button, place in zip(view(driver).buttons, plane(driver).places, strict=True):
        own = shares(driver, button.image)
        row, column = np.rint(place[::-1] * 63).astype(int)
        assert np.abs(plane(driver).shares[row, column] - own).max() < 0.15, "to the nearest point of the map"
        assert button.text().endswith(f"{own.argmax()}  {own.max():.0%}")
    direct = predict(newest.network, newest.parameters, found.corners)
    corners = plane(driver).shares[[0, 0, -1], [0, -1, 0]]
    np.testing.assert_allclose(corners, direct, atol=1e-4)


def test_the_digits_are_read_where_they_lie_also_after_dragging(driver: Driver) -> None:
    agrees(driver)
    before = plane(driver).shares
    drag(driver, 1, 0.95, 0.7)
    np.testing.assert_allclose(plane(driver).places[1], (0.95, 0.7), atol=0.02)
    assert not np.array_equal(plane(driver).shares, before)
    agrees(driver)


def test_the_three_never_come_to_lie_on_one_line(driver: Driver) -> None:
    drag(driver, 1, 0.2, 0.5)
    (ax, ay), (bx, by) = plane(driver).places[1:] - plane(driver).places[0]
    assert abs(ax * by - ay * bx) > 0.005
    agrees(driver)


def test_keys_move_a_digit(driver: Driver) -> None:
    plane(driver).setFocus()
    QTest.keyClick(plane(driver), Qt.Key.Key_C)
    QTest.keyClick(plane(driver), Qt.Key.Key_Right)
    driver.settle()
    np.testing.assert_allclose(plane(driver).places[2], (0.22, 0.8))
    agrees(driver)


def test_the_first_is_what_is_drawn_and_others_can_be_chosen(driver: Driver) -> None:
    driver.draw(SEVEN)
    driver.settle()
    first, second, _ = view(driver).buttons
    assert np.array_equal(first.image, driver.window.desk.drawing.image)
    agrees(driver)
    before = second.image
    second.findChild(QAction, "corner_written_2").trigger()
    driver.settle()
    assert not np.array_equal(second.image, before)
    agrees(driver)


def test_pointing_shows_the_blend_that_is_there(driver: Driver) -> None:
    a, b = (button.image.ravel() for button in view(driver).buttons[:2])
    at = plane(driver).to_pixels(np.array([0.5, 0.2])).toPoint()
    QTest.mouseMove(plane(driver), at + QPoint(9, 0))
    QTest.mouseMove(plane(driver), at)
    tile = driver.find(ImageTile, "slice_image")
    assert np.abs(tile.pixels.astype(int).ravel() - as_bytes((a + b) / 2)).max() <= 5, "half of A and half of B"
    assert "+50% A +50% B" in driver.find(Note, "slice_words").said.en


def test_it_follows_the_training(driver: Driver) -> None:
    before = view(driver).slice
    driver.window.controller.play()
    driver.wait(lambda: not np.allclose(view(driver).slice.shares, before.shares, atol=1e-3))
    driver.window.controller.pause()
    driver.wait_for_state("paused")
    driver.settle()
    agrees(driver)


def test_at_rest_every_point_is_asked_and_a_drag_does_not_wait_for_it(digits_room: Open) -> None:
    layers = (Conv2D(8, 5, activation=ReLU()), MaxPooling2D(), Flatten(), Dense(300, ReLU()), Dense(10, Softmax()))
    driver = digits_room("digit_slice", layers=layers)
    driver.wait(lambda: view(driver).slice is not None and view(driver).slice.whole)
    newest = driver.window.controller.newest
    y, x = (place.reshape(-1, 1).astype(np.float32) / 63 for place in np.indices((64, 64)))
    a, b, c = view(driver).slice.corners
    some = np.arange(0, 4096, 37)
    direct = predict(newest.network, newest.parameters, (a + x * (b - a) + y * (c - a))[some])
    np.testing.assert_allclose(plane(driver).shares.reshape(4096, -1)[some], direct, atol=1e-5)
    shown = []
    show = plane(driver).show_shares
    plane(driver).show_shares = lambda shares, classes: (shown.append(view(driver).slice.whole), show(shares, classes))
    drag(driver, 1, 0.95, 0.7)
    driver.wait(lambda: bool(shown) and shown[-1])
    assert not shown[0], "a quick map comes first"
    agrees(driver)


def test_digits_lie_where_they_were_put() -> None:
    rng = np.random.default_rng(0)
    digits, places = rng.random((3, 5)), np.array([[0.1, 0.2], [0.9, 0.4], [0.3, 0.95]])
    a, b, c = stretched(digits, places)
    for digit, (x, y) in zip(digits, places, strict=True):
        np.testing.assert_allclose(a + x * (b - a) + y * (c - a), digit)
