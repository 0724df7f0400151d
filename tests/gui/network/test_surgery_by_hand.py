"""Units and layers are put into the picture and taken out of it."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.gui.network.handing_on import layer_that_hands_on
from nnplayground.gui.network.parts import Part
from nnplayground.storage import ready_made
from nnplayground.training.experiment import Experiment
from tests.gui.network.hand import CIRCLE, Hand, Open

# Weights and biases by hand.


def test_a_weight_is_read_edited_and_put_back(hand: Hand) -> None:
    named = hand.newest.network.views(hand.newest.parameters)
    hand.click(Part("weight", 0, 3, 1))
    box = hand.driver.find(QWidget, "network_value")
    assert hand.driver.find(QComboBox, "network_which").currentText() == "from x₂"
    assert box.value() == pytest.approx(float(named[0]["W"][3, 1]), abs=1e-5)
    before = hand.newest.parameters.copy()
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "1.75")
    QTest.keyClick(box, Qt.Key.Key_Return)
    hand.settle()
    after = hand.newest.network.views(hand.newest.parameters)[0]["W"]
    assert after[3, 1] == 1.75
    assert (hand.newest.parameters != before).sum() == 1
    hand.undo()
    np.testing.assert_allclose(hand.newest.parameters, before, rtol=1e-6)
    assert box.value() == pytest.approx(float(named[0]["W"][3, 1]), abs=1e-5)


def test_a_frozen_weight_does_not_learn(hand: Hand) -> None:
    hand.click(Part("bias", 1, 0))
    assert hand.driver.find(QComboBox, "network_which").currentText() == "Bias"
    hand.press("network_freeze")
    before = hand.newest.parameters
    hand.train()
    was, now = (hand.newest.network.views(p)[1]["b"] for p in (before, hand.newest.parameters))
    assert was[0] == now[0] and was[1] != now[1]
    hand.press("network_freeze")
    hand.train()
    assert hand.newest.network.views(hand.newest.parameters)[1]["b"][0] != now[0]


def test_a_weight_of_a_layer_that_is_only_just_back_does_no_harm(hand: Hand) -> None:
    hand.click(Part("weight", 2, 0, 1))
    layers = hand.driver.window.document.experiment.layers
    hand.driver.window.document.change(layers=layers[1:])
    hand.driver.wait(lambda: len(hand.newest.network.spec.layers) == 2)
    hand.undo()
    hand.driver.wait(lambda: len(hand.newest.network.spec.layers) == 3)
    hand.press("network_freeze")
    assert hand.driver.window.document.experiment.frozen == ((2, "W", 1),)


def test_a_silenced_unit_is_silent_at_once_and_comes_back_as_it_was(hand: Hand) -> None:
    before, loss = hand.outputs(), hand.newest.evaluation.train_loss
    hand.click(Part("unit", 0, 2))
    hand.press("network_silence")
    assert hand.driver.window.document.experiment.silenced == ((0, 2),)
    assert not np.array_equal(hand.outputs(), before)
    assert hand.newest.evaluation.train_loss != loss
    assert Part("unit", 0, 2) in hand.picture.reading.silenced
    hand.key(Qt.Key.Key_S)
    np.testing.assert_array_equal(hand.outputs(), before)


def test_the_output_cannot_be_silenced_or_removed(hand: Hand) -> None:
    hand.click(Part("unit", 2, 0))
    assert not hand.driver.find(QToolButton, "network_silence").isEnabled()
    assert not hand.driver.find(QToolButton, "network_remove").isEnabled()
    hand.key(Qt.Key.Key_Delete, Qt.Key.Key_Plus)
    assert hand.driver.window.document.experiment == CIRCLE


# Units and layers come and go.


def test_more_units_enter_without_a_change_and_learn(hand: Hand) -> None:
    before = hand.outputs()
    for _ in range(3):
        hand.press("network_more_1")
    assert hand.driver.window.document.experiment.layers[0].units == 7
    assert np.abs(hand.outputs() - before).max() < 1e-6
    step = hand.newest.step
    hand.train()
    assert hand.newest.step > step
    assert np.abs(hand.newest.network.views(hand.newest.parameters)[1]["W"][:, 4:]).max() > 0


def test_a_certain_unit_goes_and_comes_back_with_all_it_knew(hand: Hand) -> None:
    before, parameters = hand.outputs(), hand.newest.parameters
    weights = hand.newest.network.views(parameters)[0]["W"].copy()
    hand.click(Part("unit", 0, 1))
    hand.press("network_remove")
    left = hand.newest.network.views(hand.newest.parameters)[0]["W"]
    np.testing.assert_array_equal(left, weights[[0, 2, 3]])
    hand.undo()
    np.testing.assert_array_equal(hand.newest.parameters, parameters)
    np.testing.assert_array_equal(hand.outputs(), before)


def test_layers_are_inserted_and_removed_in_the_picture(hand: Hand) -> None:
    hand.press("network_insert_1")
    layers = hand.driver.window.document.experiment.layers
    assert [layer.units for layer in layers] == [4, 4, 2, 1]
    assert hand.newest.network.spec.layers == layers
    hand.press("network_layer_2")
    hand.press("network_remove_layer")
    assert hand.driver.window.document.experiment.layers == CIRCLE.layers
    hand.undo()
    hand.undo()
    assert hand.driver.window.document.experiment == CIRCLE


@pytest.mark.parametrize("activation", [Tanh(), ReLU(), Sigmoid(), Identity()], ids=lambda a: a.id)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_inserted_layer_changes_nothing_and_learns(plane_room: Open, activation: Any, place: int) -> None:
    layers = (Dense(5, activation), Dense(4, activation), Dense(3, Softmax()))
    hand = Hand(plane_room(Experiment(layers=layers, learning_rate=0.3), "network"))
    hand.train()
    before, step = hand.outputs(), hand.newest.step
    hand.press(f"network_insert_{place}")
    assert len(hand.newest.network.spec.layers) == 4
    assert np.abs(hand.outputs() - before).max() < 1e-6
    hand.train()
    assert hand.newest.step > step and np.abs(hand.outputs() - before).max() > 1e-4


def test_where_columns_stand_close_a_layer_is_inserted_after_the_selected_one(plane_room: Open) -> None:
    layers = (*[Dense(3, Tanh())] * 4, Dense(3, Softmax()))
    hand = Hand(plane_room(Experiment(layers=layers), "network"))
    assert not hand.driver.find(QToolButton, "network_insert_2").isVisible()
    hand.train()
    before = hand.outputs()
    hand.press("network_layer_5")
    assert not hand.driver.find(QToolButton, "network_insert_after").isEnabled()  # the output stays the last
    hand.press("network_layer_2")
    hand.press("network_insert_after")
    assert [layer.activation.id for layer in hand.newest.network.spec.layers[:4]] == ["tanh", "tanh", "relu", "tanh"]
    assert np.abs(hand.outputs() - before).max() < 1e-6


def test_a_layer_that_is_inserted_before_an_image_is_flattened_comes_after_that() -> None:
    digits = ready_made.load("digits-cnn")
    place, layer, _ = layer_that_hands_on(digits, 0)
    flat = next(i for i, shape in enumerate(digits.network().shapes) if len(shape) == 1)
    assert place == flat and layer.units >= digits.network().shapes[flat][0]


def test_an_input_is_switched_by_a_click_and_the_weights_of_the_others_stay(hand: Hand) -> None:
    before = hand.outputs()
    weights = hand.newest.network.views(hand.newest.parameters)[0]["W"].copy()
    hand.click(Part("input", -1, -1, feature="x1*x2"))
    assert hand.driver.window.document.experiment.dataset.features == ("x1", "x2", "x1*x2")
    now = hand.newest.network.views(hand.newest.parameters)[0]["W"]
    np.testing.assert_array_equal(now[:, :2], weights)
    assert np.abs(hand.outputs() - before).max() < 1e-6
    hand.click(Part("input", -1, 0, feature="x1"))
    assert hand.driver.window.document.experiment.dataset.features == ("x2", "x1*x2")
    np.testing.assert_array_equal(hand.newest.network.views(hand.newest.parameters)[0]["W"][:, 0], weights[:, 1])
