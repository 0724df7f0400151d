"""The picture of the network, seen as pixels and worked with mouse and keys."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton, QWidget

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.gui.network.parts import Part
from nnplayground.gui.theme import DARK, LIGHT
from nnplayground.training.experiment import Experiment
from nnplayground.training.handling import silence
from tests.gui.network.hand import CIRCLE, Hand, Open
from tests.gui.pixels import pixels

# What is seen.


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_unit_shows_what_it_answers_over_the_plane(hand: Hand, theme: str) -> None:
    hand.driver.window.ui.set_theme_choice(theme)
    hand.settle()
    table = (LIGHT if theme == "light" else DARK).diverging_table()[:, :3].astype(int)
    low, high = -6.0, 6.0
    for part in (Part("unit", 0, 0), Part("unit", 1, 1), Part("unit", 2, 0)):
        rect = hand.picture.layout_.find(part)
        named = hand.newest.network
        for fx, fy in ((0.25, 0.25), (0.75, 0.4), (0.5, 0.8)):
            point = np.array([[low + (high - low) * fx, high - (high - low) * fy]], np.float32)
            wanted = unit_output(named, hand.newest.parameters, point, part)
            at = QPoint(round(rect.left() + rect.width() * fx), round(rect.top() + rect.height() * fy))
            expected = table[int(np.clip(wanted * 127.5 + 127.5, 0, 255))]
            assert np.abs(hand.color(at) - expected).max() < 40, (part, fx, fy)


def unit_output(network: Any, parameters: np.ndarray, point: np.ndarray, part: Part) -> float:
    value = point[0]
    for layer, named in enumerate(network.views(parameters)):
        value = np.tanh(named["W"] @ value + named["b"])
        if layer == part.layer:
            return float(value[part.unit])
    raise AssertionError


def test_a_line_is_as_thick_as_its_weight_and_has_the_colour_of_its_sign(hand: Hand) -> None:
    part = Part("weight", 1, 0, 0)
    seen = {}
    for value in (-2.0, 0.05, 2.0):
        hand.driver.window.controller.edit_parameter(1, "W", 0, value)
        hand.settle()
        at = hand.place(part)
        column = pixels(hand.picture)[at.y() - 6 : at.y() + 7, at.x()]
        colored = np.abs(column - hand.color(QPoint(3, 3))).max(axis=1) > 60
        seen[value] = colored.sum(), column[6]
    assert seen[-2.0][0] >= 6 and seen[2.0][0] >= 6 and seen[0.05][0] <= 3
    red, blue = seen[-2.0][1][0] - seen[-2.0][1][2], seen[2.0][1][2] - seen[2.0][1][0]
    assert red > 60 and blue > 60  # orange below zero, blue above


def test_pointing_at_a_unit_shows_its_formula_with_the_numbers_of_the_sample(hand: Hand) -> None:
    hand.hover(Part("unit", 1, 1))
    card = hand.view.card
    assert card.isVisible() and not card.pixmap.isNull()
    assert hand.view.inside.describe(Part("unit", 1, 1), hand.picture.reading)[2].shape == (64, 64)
    network, parameters = hand.newest.network, hand.newest.parameters
    sample = hand.view.inside._sample.row
    named = network.views(parameters)
    before = np.tanh(named[0]["W"] @ sample + named[0]["b"])
    u = float(named[1]["W"][1] @ before + named[1]["b"][1])
    assert card.words.startswith("Layer 2, unit 2\n")
    said = card.words.replace("−", "-").replace("- ", "-").replace("+ ", "")
    rows = [line for line in said.splitlines() if "×" in line]
    assert len(rows) == 4
    for name, row, weight, value in zip("₁₂₃₄", rows, named[1]["W"][1], before, strict=True):
        product, _, of = row.partition("  ")
        assert [float(word) for word in product.split("×")] == pytest.approx([weight, value], rel=6e-3)
        assert of == f"(a{name})"
    assert f"= {u:.3g}" in said
    assert f"a = f(u) = {np.tanh(u):.3g}" in said
    QTest.mouseMove(hand.picture, QPoint(1, 1))
    assert not card.isVisible()


def test_what_a_person_asks_about_is_the_sample(hand: Hand) -> None:
    hand.driver.window.desk.question.ask(np.array([1.5, -2.25], np.float32))
    hand.settle()
    hand.hover(Part("unit", 0, 2))
    assert "1.5  (x₁)" in hand.view.card.words and "−2.25  (x₂)" in hand.view.card.words


def test_a_silenced_unit_is_crossed_out_and_its_links_are_grey(hand: Hand) -> None:
    theme = hand.driver.window.ui.theme
    unit, link = Part("unit", 0, 2), Part("weight", 1, 1, 2)
    hand.driver.window.controller.edit_parameter(1, "W", 1 * 4 + 2, 2.0)
    hand.settle()
    at, rect = hand.place(link), hand.picture.layout_.find(unit)
    corner = QPoint(round(rect.left() + rect.width() * 0.2), round(rect.top() + rect.height() * 0.2))
    aside = QPoint(round(rect.left() + rect.width() * 0.2), round(rect.center().y()))
    near = lambda at, name: np.abs(hand.color(at) - rgb(name)).max() < 60
    assert near(at, theme.positive) and not near(corner, theme.error)
    hand.driver.window.document.edit(silence(CIRCLE, 0, 2))
    hand.settle()
    assert near(at, theme.border) and near(corner, theme.error)
    assert near(aside, theme.surface)  # its answer is 0 everywhere, and what is switched off is pale
    hand.undo()
    assert near(at, theme.positive) and not near(corner, theme.error)


def rgb(color: str) -> np.ndarray:
    return np.array(QColor(color).getRgb()[:3])


@pytest.mark.parametrize("value", [-2.0, 2.0])
def test_the_square_at_a_unit_has_the_colour_of_its_bias(hand: Hand, value: float) -> None:
    hand.driver.window.controller.edit_parameter(1, "b", 1, value)
    hand.settle()
    theme = hand.driver.window.ui.theme
    expected = rgb(theme.positive if value > 0 else theme.negative)
    assert np.abs(hand.color(hand.place(Part("bias", 1, 1))) - expected).max() <= 12


# Without a mouse, and for those who do not see it.


def test_everything_is_done_with_keys(hand: Hand) -> None:
    document = hand.driver.window.document
    hand.key(Qt.Key.Key_Right)  # the first hidden unit, then the one beside it
    hand.key(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert hand.picture.selected.layer == 0
    unit = hand.picture.selected.unit
    hand.key(Qt.Key.Key_S)
    assert document.experiment.silenced == ((0, unit),)
    hand.key(Qt.Key.Key_Plus)
    assert document.experiment.layers[0].units == 5
    hand.key(Qt.Key.Key_Minus)
    assert document.experiment.layers[0].units == 4
    hand.key(Qt.Key.Key_Return)
    box = hand.driver.find(QWidget, "network_value")
    assert box.hasFocus()
    QTest.keyClicks(box, "-0.5")
    QTest.keyClick(box, Qt.Key.Key_Return)
    hand.settle()
    assert hand.newest.network.views(hand.newest.parameters)[0]["b"][unit] == -0.5
    hand.key(Qt.Key.Key_Delete)
    assert document.experiment.layers[0].units == 3
    assert document.experiment.silenced == ()
    hand.key(Qt.Key.Key_Escape)
    assert hand.picture.selected is None


def test_what_can_be_worked_has_a_name_in_both_languages(hand: Hand) -> None:
    hand.click(Part("unit", 0, 0))
    names = {}
    for language in ("en", "ja"):
        hand.driver.window.ui.set_language(language)
        parts = [
            w for w in hand.view.findChildren(QWidget) if isinstance(w, (QToolButton, QComboBox)) or w is hand.picture
        ]
        names[language] = [QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name) for w in parts]
        assert all(names[language])
    assert not set(names["en"]) & set(names["ja"])
    assert "バイアス" in hand.picture.accessibleDescription()


# Wide layers and other data.


def test_wide_layers_say_how_many_units_are_not_shown_and_let_choose(plane_room: Open) -> None:
    experiment = Experiment(layers=(Dense(60, ReLU()), Dense(3, Softmax())))
    hand = Hand(plane_room(experiment, "network"))
    hand.train()
    shown = hand.picture.reading.structure.columns[1]
    assert shown.units.tolist() == list(range(len(shown.nodes))) and 4 <= len(shown.nodes) < 60
    box = hand.driver.find(QComboBox, "network_shown")
    assert box.isVisible()
    hand.driver.choose("network_shown", "active")
    hand.settle()
    active = hand.picture.reading.structure.columns[1].units
    maps, named = hand.view.inside.maps, hand.newest.network.views(hand.newest.parameters)[0]
    edge = (np.arange(20) + 0.5) / 20 * (maps.high - maps.low) + maps.low
    points = np.stack(np.meshgrid(edge, edge)).reshape(2, -1)
    spread = np.maximum(named["W"] @ points + named["b"][:, None], 0).std(axis=1)
    assert active.tolist() == sorted(np.argsort(-spread)[: len(active)].tolist())
    hand.driver.choose("network_shown", "chosen")
    hand.press("network_layer_1")
    line = hand.driver.find(QWidget, "network_chosen")
    QTest.keyClicks(line, "60, 2-3")
    QTest.keyClick(line, Qt.Key.Key_Return)
    hand.settle()
    assert hand.picture.reading.structure.columns[1].units.tolist() == [59, 1, 2]


@pytest.mark.parametrize("width", [380, 560, 900])
def test_what_stands_over_the_columns_does_not_overlap(plane_room: Open, width: int) -> None:
    layers = (Flatten(), Dense(60, Sigmoid()), Dense(30, ReLU()), Dense(10, Softmax()))
    driver = plane_room(Experiment(dataset=GeneratedDigits(samples=200), layers=layers), "network", size=(width, 330))
    driver.window.ui.set_language("ja")
    QApplication.processEvents()
    parts = driver.find(QWidget, "network_layer_4").parentWidget().parentWidget()
    boxes = [part.geometry() for part in parts.children() if isinstance(part, QWidget) and part.isVisible()]
    assert len(boxes) >= 5
    for place, box in enumerate(boxes):
        assert parts.rect().contains(box)
        assert not [other for other in boxes[:place] if box.intersects(other)], boxes


def test_units_that_read_an_image_show_their_weights_or_maps(plane_room: Open) -> None:
    data = GeneratedDigits(samples=200)
    hand = Hand(
        plane_room(Experiment(dataset=data, layers=(Flatten(), Dense(6, ReLU()), Dense(10, Softmax()))), "network")
    )
    picture = hand.picture.reading.pictures
    weights = hand.newest.network.views(hand.newest.parameters)[1]["W"][2].reshape(28, 28)
    np.testing.assert_allclose(picture[2][2], weights[::-1] / np.abs(weights).max(), rtol=1e-4)
    np.testing.assert_allclose(picture[0][0], hand.view.inside._sample.row.reshape(28, 28)[::-1])
    assert len(hand.picture.reading.values[3]) == 10 and np.isfinite(hand.picture.reading.values[3]).all()
    layers = (Conv2D(4, 5, activation=ReLU()), Flatten(), Dense(10, Softmax()))
    hand.driver.window.document.edit(hand.driver.window.document.experiment.replace(layers=layers))
    hand.settle()
    assert hand.picture.reading.pictures[1].shape == (4, 24, 24)


def test_units_over_a_line_are_drawn_as_curves(plane_room: Open) -> None:
    hand = Hand(plane_room("sine", "network"))
    curves = hand.picture.reading.pictures
    assert curves[0].shape[1] == 1 and np.all(np.diff(curves[0][0, 0]) > 0)
    assert not hand.view.card.isVisible()
