"""Every number of one sample's way stands where it belongs, and the steps go from one product to an epoch."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox, QToolButton

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.gui.views.sample_way import NOTHING
from nnplayground.gui.way_diagram import WayDiagram
from nnplayground.gui.way_layout import INPUTS
from nnplayground.gui.way_stops import route_of
from nnplayground.storage import ready_made
from nnplayground.training.experiment import Experiment
from nnplayground.training.inspection.loss_function import LossFunction
from nnplayground.training.inspection.sample_way import sample_way
from tests.gui.driving import SEVEN, Driver
from tests.gui.pixels import like

BY_HAND = ready_made.load("forward-pass")
WEIGHTS = np.array([.1, .2, .1, .3, .4, .2, .5, .6, .3, .1, .2, .3, .1, .4, .5, .6, .2, .1, .2, .1, .3, .4, .2])  # fmt: skip
DIGITS = Experiment(
    dataset=GeneratedDigits(samples=200), layers=(Flatten(), Dense(12, ReLU()), Dense(10, Softmax()))
)  # fmt: skip


@pytest.fixture
def driver(open_pane):
    driver = open_pane(BY_HAND, "sample_way")
    driver.window.controller.set_parameters(WEIGHTS.astype(np.float32), NOTHING)
    driver.settle()
    return driver


def diagram(driver: Driver) -> WayDiagram:
    return driver.find(WayDiagram, "way_diagram")


def line(driver: Driver, name: str) -> str:
    return driver.find(QLabel, f"way_{name}").text().strip()


def press(driver: Driver, name: str, times: int = 1) -> None:
    for _ in range(times):
        QTest.mouseClick(driver.find(QToolButton, name), Qt.MouseButton.LeftButton)


def click(driver: Driver, layer: int, unit: int) -> None:
    place = diagram(driver).node_place(layer, unit).center().toPoint()
    QTest.mouseClick(diagram(driver), Qt.MouseButton.LeftButton, pos=place)


def test_the_network_of_the_article_opens_with_all_its_numbers_in_place(driver):
    lines = diagram(driver).lines_of
    assert [lines(INPUTS, i) for i in range(2)] == [["x 1"], ["x 0.5"]]
    assert [lines(0, i)[:2] for i in range(3)] == [["u 0.3", "a 0.5744"], ["u 0.7", "a 0.6682"], ["u 1.1", "a 0.7503"]]
    assert [lines(1, i)[:2] for i in range(2)] == [["u 0.5162", "a 0.6262"], ["u 1.214", "a 0.771"]]
    assert [lines(2, i)[1] for i in range(2)] == ["a 0.3168", "a 0.6963"]
    click(driver, 2, 0)
    assert "0.1 + 0.1·0.6262 + 0.2·0.771 = 0.316827" in line(driver, "forward")


def test_the_chain_rule_ends_in_the_slope_of_the_loss(driver):
    network = driver.window.controller.newest.network
    parameters = driver.window.controller.newest.parameters.astype(np.float64)
    function = LossFunction(network, parameters, np.array([[1.0, 0.5]]), np.array([[0.0, 1.0]]))
    click(driver, 0, 1)
    diagram(driver).setFocus()
    QTest.keyClick(diagram(driver), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert diagram(driver).selected == (0, 1, 1)
    place = int(network.addresses[0]["W"][1, 1])
    numeric = (function.at(place, 1e-5) - function.at(place, -1e-5)) / 2e-5
    said = line(driver, "chain")
    assert float(said.rsplit("=", 1)[1].replace("−", "-")) == pytest.approx(numeric, rel=1e-4)
    assert "x · f′(u) · ∂E/∂a = 0.5 · " in said
    assert line(driver, "loss") == f"Loss E = {function.loss():.6g}"


def test_a_click_on_a_line_chooses_the_weight(driver):
    click(driver, 1, 0)
    start, end = diagram(driver).node_place(0, 2), diagram(driver).node_place(1, 0)
    at = start.center() + (end.center() - start.center()) * 0.5
    at.setX((start.right() + end.left()) / 2)
    at.setY((start.center().y() + end.center().y()) / 2)
    QTest.mouseClick(diagram(driver), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert diagram(driver).selected == (1, 0, 2)
    assert line(driver, "chain").startswith("Weight from 3 to it")


def test_the_picture_colours_weights_by_their_sign(driver):
    click(driver, 1, 1)
    theme = driver.window.ui.theme
    assert like(diagram(driver), theme.positive, 25).any()
    assert not like(diagram(driver), theme.negative, 25).any()
    driver.window.controller.set_parameters(-WEIGHTS.astype(np.float32), NOTHING)
    driver.settle()
    assert like(diagram(driver), theme.negative, 25).any()


def test_each_step_of_a_term_adds_exactly_one_product(driver):
    driver.choose("way_dial", "term")
    press(driver, "way_restart")
    assert line(driver, "forward") == ""
    assert diagram(driver).lines_of(0, 0)[0] == "u …"
    wanted = ["u = 0.1 = 0.1", "0.1 + 0.1·1 = 0.2", "0.1 + 0.1·1 + 0.2·0.5 = 0.3"]
    for words in wanted:
        press(driver, "way_next")
        assert line(driver, "forward").endswith(words)
        assert diagram(driver).lines_of(0, 0)[0] == "u …"
    press(driver, "way_next")
    assert "a = sigmoid(u) = 0.574443" in line(driver, "forward")
    assert diagram(driver).lines_of(0, 0)[:2] == ["u 0.3", "a 0.5744"]
    press(driver, "way_back", 2)
    assert line(driver, "forward").endswith(wanted[1])


def test_a_neuron_a_layer_the_whole_sample(driver):
    press(driver, "way_restart")
    press(driver, "way_next")
    shown = diagram(driver).lines_of
    assert (shown(0, 0)[0], shown(0, 1)[0]) == ("u 0.3", "u …")
    driver.choose("way_dial", "layer")
    press(driver, "way_next")
    assert (shown(0, 2)[0], shown(1, 0)[0]) == ("u 1.1", "u …")
    press(driver, "way_next", 2)
    assert shown(2, 1)[1] == "a 0.6963"
    assert line(driver, "loss") == ""
    press(driver, "way_next")
    assert line(driver, "loss").startswith("Loss E")
    assert shown(2, 1)[2] == "δ …"
    press(driver, "way_next")
    assert shown(2, 1)[2] != "δ …" == shown(1, 1)[2]
    driver.choose("way_dial", "sample")
    press(driver, "way_next")
    assert "…" not in "".join(shown(0, 0))


def test_a_batch_and_an_epoch_train(driver):
    driver.choose("way_dial", "batch")
    before = diagram(driver).lines_of(0, 0)
    press(driver, "way_next")
    driver.settle()
    assert driver.window.controller.newest.step == 1
    assert diagram(driver).lines_of(0, 0) != before
    driver.choose("way_dial", "epoch")
    press(driver, "way_next")
    driver.wait(lambda: driver.window.controller.newest.epoch == 1)


def test_numbers_are_typed_and_wrong_ones_are_said(driver):
    field = driver.find(QLineEdit, "way_inputs")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "2; x")
    QTest.keyClick(field, Qt.Key.Key_Return)
    driver.settle()
    assert driver.window.views["sample_way"].blank.said == NOTHING
    field.selectAll()
    QTest.keyClicks(field, "0 1")
    QTest.keyClick(field, Qt.Key.Key_Return)
    driver.settle()
    assert diagram(driver).lines_of(INPUTS, 1) == ["x 1"]
    assert driver.window.views["sample_way"].blank.said is None


def test_a_training_sample_of_the_digits_is_followed_and_wide_layers_say_that_they_are_thinned(open_pane):
    driver = open_pane(DIGITS, "sample_way")
    number = driver.find(QSpinBox, "way_number")
    number.setValue(3)
    driver.settle()
    driver.wait(lambda: driver.window.views["sample_way"].blank.said is None)
    newest, data = driver.window.controller.newest, DIGITS.dataset.load()
    target = np.eye(10, dtype=np.float32)[data.train_labels[2]]
    way = sample_way(newest.network, newest.parameters.astype(np.float64), data.x_train[2], target)
    layout = diagram(driver).layout_
    assert [len(c.units) for c in layout.columns] == [6, 6, 6]
    largest = set(np.argsort(-np.abs(way.layers[1].a))[:5])
    assert largest <= set(layout.columns[1].units)
    for unit in layout.columns[2].units:
        assert diagram(driver).lines_of(2, int(unit))[1] == f"a {way.layers[2].a[unit]:.4g}"
    assert "largest outputs" in line(driver, "loss")
    assert "more:" in line(driver, "forward")


def test_what_is_drawn_goes_its_way(digits_room):
    driver = digits_room("sample_way")
    driver.choose("way_source", "asked")
    driver.draw(SEVEN)
    driver.settle()
    combo: QComboBox = driver.find(QComboBox, "way_answer")
    assert combo.isVisible()
    assert combo.count() == 10
    row = driver.window.desk.question.row
    newest = driver.window.controller.newest
    way = sample_way(newest.network, newest.parameters.astype(np.float64), row, np.eye(10)[0])
    driver.wait(lambda: driver.window.views["sample_way"].blank.said is None)
    assert f"{way.loss:.6g}" in line(driver, "loss")


def test_every_place_of_a_route_can_be_reached_and_left():
    network = BY_HAND.network()
    way = sample_way(network, WEIGHTS, np.array([1.0, 0.5]), np.array([0.0, 1.0]))
    route = route_of(way, (0, 1, 2))
    assert route.length == 3 * 4 + 2 * 5 + 2 * 4 + 1 + 7
    for unit in ("term", "neuron", "layer", "sample"):
        place, seen = 0, [0]
        while place < route.length:
            place = route.after(place, unit)
            seen.append(place)
        assert seen == sorted(set(seen))
        back = [place]
        while place > 0:
            place = route.before(place, unit)
            back.append(place)
        assert back == seen[::-1]


def test_weights_are_written_beside_the_neurons_and_three_numbers_have_room_in_each(open_pane):
    driver = open_pane(DIGITS, "sample_way")
    driver.window.resize(560, 330)
    driver.wait(lambda: bool(diagram(driver).labels))
    shown = diagram(driver)
    nodes = [shown.node_place(column.layer, int(u)) for column in shown.layout_.columns for u in column.units]
    assert not [label for label in shown.labels for node in nodes if label.intersects(node)]
    shown.resize(shown.minimumSizeHint())
    column = shown.layout_.columns[1]
    assert shown.node_place(column.layer, int(column.units[0])).height() >= 1.7 * shown.fontMetrics().height()
