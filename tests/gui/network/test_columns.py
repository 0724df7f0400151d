"""What the picture shows of a network, as values."""

import numpy as np
import pytest

from nnplayground.data.datasets.circle import Circle
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.gui.network.choosing import numbers, written
from nnplayground.gui.network.columns import Choice, Structure, links, structure
from nnplayground.storage import ready_made
from nnplayground.training.experiment import Experiment

WIDE = Experiment(layers=(Dense(40, Tanh()), Dropout(), Dense(3, Softmax())))


EIGHT = Choice(8)


def look(experiment: Experiment, choice: Choice = EIGHT, active=None) -> tuple[Structure, list]:
    network = experiment.network()
    parameters = np.arange(network.size, dtype=np.float32) + 1
    found = structure(experiment, network, choice, active or {})
    return found, [links(network, parameters, found), network.views(parameters)]


def test_a_link_is_the_weight_between_its_two_units():
    found, (groups, named) = look(WIDE, Choice(4, "chosen", ((0, 7), (0, 30))))
    assert [c.total for c in found.columns] == [2, 40, 0, 3]
    assert [n.part.unit for n in found.columns[1].nodes] == [7, 30]
    assert groups[0].single and groups[1].single
    np.testing.assert_array_equal(groups[0].weights[:, :2], named[0]["W"][[7, 30]])
    np.testing.assert_array_equal(groups[1].weights, named[2]["W"][:, [7, 30]])  # through the dropout layer


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        (Choice(4), [0, 1, 2, 3]),
        (Choice(4, "active"), [3, 8, 9, 20]),
        (Choice(4, "chosen", ((0, 39), (1, 5), (0, 99))), [39]),
        (Choice(4, "chosen"), [0, 1, 2, 3]),  # nothing chosen yet
        (Choice(40), list(range(40))),
    ],
)
def test_wide_layers_show_the_first_the_most_active_or_the_chosen(choice, shown):
    found, _ = look(WIDE, choice, {0: [8, 3, 20, 9, 1]})
    assert found.columns[1].units.tolist() == shown
    assert found.columns[1].is_cut == (len(shown) < 40)


def test_inputs_that_are_off_have_a_place_but_no_weight():
    circle = ready_made.load("circle")
    experiment = circle.replace(dataset=Circle(features=("x2", "x1*x2")))
    found, (groups, named) = look(experiment)
    parts = {node.part.feature: node.part.unit for node in found.columns[0].nodes}
    assert len(parts) == 9
    assert {name: unit for name, unit in parts.items() if unit >= 0} == {"x2": 0, "x1*x2": 1}
    assert not found.columns[0].is_cut
    places = [i for i, node in enumerate(found.columns[0].nodes) if node.part.unit >= 0]
    np.testing.assert_array_equal(groups[0].weights[:, places], named[0]["W"])
    assert np.isnan(np.delete(groups[0].weights, places, axis=1)).all()


def test_a_link_of_an_image_stands_for_many_weights_and_shows_their_size():
    layers = (Conv2D(3, 3, activation=ReLU()), MaxPooling2D(2), Flatten(), Dense(10, Softmax()))
    experiment = ready_made.load("digits").replace(layers=layers)
    found, (groups, named) = look(experiment, Choice(10))
    assert [len(c.nodes) for c in found.columns] == [1, 3, 0, 0, 10]
    assert [g.single for g in groups] == [False, False]
    of_one = named[0]["W"][2]
    assert groups[0].weights[2, 0] == pytest.approx(np.sqrt((of_one.astype(float) ** 2).mean()))
    channel = named[3]["W"].reshape(10, 3, -1)[4, 1].astype(float)
    assert groups[1].weights[4, 1] == pytest.approx(np.sqrt((channel**2).mean()))
    assert [n.name for n in found.columns[-1].nodes] == [str(i) for i in range(10)]


def test_numbers_of_units_are_read_as_they_are_written():
    assert numbers("1, 5, 17-20 5") == (0, 4, 16, 17, 18, 19)
    assert numbers("0, x, -3") == (2,)
    assert len(numbers("1-99999")) == 100
    assert numbers(written((0, 4, 16))) == (0, 4, 16)
