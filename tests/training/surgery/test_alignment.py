import pytest

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.training.surgery.alignment import align

A, B, OUT = Dense(4, Tanh()), Dense(6, Tanh()), Dense(3)


@pytest.mark.parametrize(
    ("new", "pairs"),
    [
        ((A, B, OUT), [(0, 0), (1, 1), (2, 2)]),
        ((Dense(5, Tanh()), B, OUT), [(0, 0), (1, 1), (2, 2)]),
        ((A, Dense(6, ReLU()), OUT), [(0, 0), (1, 1), (2, 2)]),
        ((A, Dense(5), B, OUT), [(0, 0), (None, 1), (1, 2), (2, 3)]),
        ((Dense(9), A, B, OUT), [(None, 0), (0, 1), (1, 2), (2, 3)]),
        ((B, OUT), [(0, None), (1, 0), (2, 1)]),
        ((A, OUT), [(0, 0), (1, None), (2, 1)]),
        ((A, Dropout(), B, OUT), [(0, 0), (None, 1), (1, 2), (2, 3)]),
        ((A, B, Dense(2)), [(0, 0), (1, 1), (2, 2)]),
    ],
)
def test_layers_are_recognised(new, pairs):
    assert align((A, B, OUT), new) == pairs


def test_layers_of_different_kinds_are_never_the_same():
    assert align((Dropout(),), (Dense(3),)) in ([(None, 0), (0, None)], [(0, None), (None, 0)])


def test_of_layers_that_are_the_same_the_last_one_comes_and_goes():
    assert align((A, B, OUT), (A, B, B, OUT)) == [(0, 0), (1, 1), (None, 2), (2, 3)]
    assert align((A, B, B, OUT), (A, B, OUT)) == [(0, 0), (1, 1), (2, None), (3, 2)]


def test_a_layer_that_is_said_to_be_gone_is_gone():
    assert align((A, B, B, OUT), (A, B, OUT), gone={1}) == [(0, 0), (1, None), (2, 1), (3, 2)]
    assert align((A, B, OUT), (A, B, OUT), gone={1}) in (
        [(0, 0), (1, None), (None, 1), (2, 2)], [(0, 0), (None, 1), (1, None), (2, 2)]
    )  # fmt: skip
