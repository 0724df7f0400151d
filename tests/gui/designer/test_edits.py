import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers import layers
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.gui.designer import edits
from nnplayground.training.experiment import Experiment

A, B, C = Dense(1), Dense(2), Dense(3)
START = Experiment(layers=(A, B, C))


@pytest.mark.parametrize(
    ("source", "target", "wanted"), [(0, 2, (B, C, A)), (2, 0, (C, A, B)), (1, 1, (A, B, C)), (0, 1, (B, A, C))]
)
def test_a_layer_moves_to_its_new_place(source: int, target: int, wanted: tuple[Dense, ...]) -> None:
    assert edits.move(START, source, target).layers == wanted


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.data())
def test_moves_and_inserts_can_be_taken_back(units: list[int], data: st.DataObject) -> None:
    start = Experiment(layers=tuple(Dense(n) for n in units))
    source, target = (data.draw(st.integers(0, len(units) - 1)) for _ in range(2))
    assert edits.move(edits.move(start, source, target), target, source) == start
    assert edits.remove(edits.insert(start, source, Flatten()), source) == start


def test_a_new_layer_comes_before_the_output_layer_but_after_any_other() -> None:
    assert edits.place_for_new(START, 2) == 2
    assert edits.place_for_new(START, 0) == 1
    assert edits.place_for_new(START, -1) == 0
    unfinished = START.replace(layers=(A, B))
    assert edits.place_for_new(unfinished, 1) == 2
    assert edits.place_for_new(START.replace(layers=()), -1) == 0


def test_a_new_layer_takes_the_activation_of_the_hidden_ones() -> None:
    tanh = Experiment(layers=(Dense(4, Tanh()), Dense(3, Sigmoid())))
    assert edits.new_layer(tanh, Dense).activation == Tanh()
    assert edits.new_layer(Experiment(layers=(Dense(3, Sigmoid()),)), Dense).activation.id == "relu"
    assert edits.new_layer(tanh, Flatten) == Flatten()


def test_only_numbers_that_say_how_large_a_layer_is_stand_in_its_row() -> None:
    named = {id: option.name for id, kind in layers.items() if (option := edits.size_option(kind()))}
    assert named["dense"] == "units"
    assert named["conv2d"] == "filters"
    assert "flatten" not in named and "batch_normalization" not in named
