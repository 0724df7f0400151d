"""The inside of the nodes, and the looks of the links, as numbers."""

import numpy as np
import pytest
from PySide6.QtCore import QSizeF

from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.gui.network import faces
from nnplayground.gui.network.columns import Choice, Links, links, structure
from nnplayground.gui.network.layout import Layout, Room
from nnplayground.gui.network.parts import Part
from nnplayground.gui.network.reading import Reading
from nnplayground.gui.network.strands import LEVELS, Look, levels_of, looks, width_of
from nnplayground.training.experiment import Experiment


def test_a_map_is_turned_upright_and_smoothed_between_its_points():
    image = np.linspace(-1, 1, 20)[:, None] * np.ones(20)  # rises with x2: the highest row is the last
    face = faces.maps(image[None].astype(np.float32), 47)[0].astype(int)
    assert face.shape == (47, 47)
    assert face[0, 0] == 255 and face[-1, 0] == 0
    assert (np.diff(face[:, 20]) <= 0).all() and np.abs(np.diff(face[:, 20])).max() <= 8
    np.testing.assert_array_equal(faces.maps(image[None], 20)[0], faces.to_bytes(image[::-1]))


def test_values_that_are_no_numbers_or_too_large_do_no_harm():
    with np.errstate(invalid="raise"):
        assert faces.to_bytes(np.array([np.inf, -np.inf, 7.0, -7.0])).tolist() == [255, 0, 255, 0]
    faces.maps(np.full((1, 4, 4), np.nan), 9)
    faces.curves(np.full((1, 4), np.inf), 9)


@pytest.mark.parametrize(("value", "row"), [(-1.0, 29), (0.0, 15), (1.0, 0)])
def test_a_curve_runs_at_the_height_of_its_value(value, row):
    face = faces.curves(np.full((1, 20), value), 30)[0].astype(int)
    assert abs(int(face[:, 10].argmax()) - row) <= 1
    assert (face.sum(axis=0) > 0).all()
    assert (face > 0).sum(axis=0).max() <= 3


def test_a_steep_curve_has_no_gaps():
    face = faces.curves(np.array([[-1.0, -1.0, 1.0, 1.0]]), 30)[0]
    assert (face > 100).any(axis=1).all()


def test_the_level_of_a_link_is_its_sign_and_its_size():
    weights = np.array([[-2.0, -0.5, -0.001, 0.0, 0.001, 0.5, 2.0]])
    levels = levels_of(Links(0, 1, weights, True, 2.0))[0]
    assert (np.sign(levels) == np.sign(weights[0])).all()
    assert (np.diff(levels) > 0).all() and levels[-1] == LEVELS == -levels[0]
    assert width_of(LEVELS) > width_of(int(levels[-2])) > width_of(int(levels[-3])) >= 1
    assert levels_of(Links(0, 1, np.array([[4.0, 2.0]]), True, 2.0)).tolist() == [[LEVELS, 12]]  # by the largest then


def test_links_of_a_silenced_unit_and_frozen_ones_look_different():
    experiment = Experiment(layers=(Dense(3, Tanh()), Dense(3, Softmax())))
    network = experiment.network()
    found = structure(experiment, network, Choice(8, all_features=False), {})
    groups = links(network, np.ones(network.size, np.float32), found)
    weight = Part("weight", 1, 0, 2)
    reading = Reading(found, groups, silenced=frozenset({Part("unit", 0, 1)}), frozen=frozenset({weight}))
    layout = Layout(found, Room(QSizeF(400, 300), 10, 10))
    first, second = (np.array([(look.asleep, look.frozen) for look in looks(g, layout, reading)]) for g in groups)
    assert first[:, 0].tolist() == [False, False, True, True, False, False]
    assert second[:, 0].tolist() == [False, True, False] * 3
    assert np.flatnonzero(second[:, 1]).tolist() == [2]
    plain = Reading(found, groups)
    assert {type(look) for look in looks(groups[0], layout, plain)} == {Look}
    assert not any(look.asleep or look.frozen for g in groups for look in looks(g, layout, plain))
