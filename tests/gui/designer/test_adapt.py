from dataclasses import dataclass

import pytest

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.data.task import Task
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.losses.binary_cross_entropy import BinaryCrossEntropy
from nnplayground.engine.losses.cross_entropy import CategoricalCrossEntropy
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.gui.designer.adapt import with_dataset
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment, advice


@dataclass(frozen=True)
class Images(Dataset):
    id = "test-images"
    label = Text.same("images")
    input_shape = (1, 12, 12)
    task = Task(tuple("0123456789"))


@dataclass(frozen=True)
class Pair(Dataset):
    id = "test-pair"
    label = Text.same("pair")
    input_shape = (2,)
    task = Task(("no", "yes"))


@dataclass(frozen=True)
class Curve(Dataset):
    id = "test-curve"
    label = Text.same("curve")
    input_shape = (1,)
    task = Task(outputs=2)


FLAT = Experiment(layers=(Dense(8, Tanh()), Dense(3, Softmax())))
CONV = Experiment(
    dataset=Images(),
    layers=(Conv2D(activation=ReLU()), MaxPooling2D(), Flatten(), Dense(20, Tanh()), Dense(10, Softmax())),
)


def test_options_of_the_same_data_leave_the_network_alone() -> None:
    new, said = with_dataset(FLAT, ThreeClasses(samples=50))
    assert (new.layers, new.loss, said) == (FLAT.layers, FLAT.loss, [])


def test_the_output_layer_follows_the_classes_and_hidden_layers_stay() -> None:
    new, said = with_dataset(FLAT, Pair())
    assert new.layers == (Dense(8, Tanh()), Dense(2, Softmax()))
    assert [s.en for s in said] == ["output units: 2"]


def test_one_sigmoid_unit_for_two_classes_stays_and_becomes_softmax_for_more() -> None:
    one = Experiment(dataset=Pair(), layers=(Dense(1, Sigmoid()),), loss=BinaryCrossEntropy())
    new, said = with_dataset(one, ThreeClasses())
    assert new.layers == (Dense(3, Softmax()),)
    assert new.loss == CategoricalCrossEntropy()
    assert not advice(new)
    assert len(said) == 3


def test_an_image_gets_a_flatten_layer_before_the_dense_ones() -> None:
    new, _ = with_dataset(FLAT, Images())
    assert new.layers == (Flatten(), Dense(8, Tanh()), Dense(10, Softmax()))
    back, _ = with_dataset(new, ThreeClasses())
    assert back == FLAT


def test_convolutions_stay_as_long_as_the_input_is_an_image() -> None:
    @dataclass(frozen=True)
    class Larger(Images):
        input_shape = (3, 30, 30)

    new, said = with_dataset(CONV, Larger())
    assert new.layers == CONV.layers
    assert not said


def test_without_an_image_convolutions_become_dense_layers_and_this_is_said() -> None:
    new, said = with_dataset(CONV, ThreeClasses())
    kinds = [layer.id for layer in new.layers]
    assert kinds == ["dense", "dense", "dense"]
    assert new.layers[0].activation == ReLU()
    assert new.layers[1] == Dense(20, Tanh())
    words = " ".join(s.en for s in said)
    assert "Convolution" in words and "no image" in words
    assert not advice(new)


def test_a_regression_gets_plain_outputs_and_squares() -> None:
    new, _ = with_dataset(FLAT, Curve())
    assert new.layers == (Dense(8, Tanh()), Dense(2, Identity()))
    assert new.loss == MeanSquaredError()
    assert not advice(new)
    back, _ = with_dataset(new, ThreeClasses())
    assert back == FLAT


def test_a_loss_that_was_chosen_against_the_advice_is_left_alone() -> None:
    odd = FLAT.replace(loss=BinaryCrossEntropy())
    assert with_dataset(odd, Pair())[0].loss == BinaryCrossEntropy()


def test_no_layers_stay_no_layers() -> None:
    assert with_dataset(FLAT.replace(layers=()), Images())[0].layers == ()


@pytest.mark.parametrize("start", [FLAT, CONV], ids=["dense", "convolutional"])
@pytest.mark.parametrize("id", list(datasets))
def test_n13_every_dataset_works_with_a_network_made_for_another(id: str, start: Experiment) -> None:
    new, _ = with_dataset(start, datasets[id]())
    assert new.dataset == datasets[id]()
    assert not advice(new)


def test_weights_of_classes_that_are_gone_are_dropped() -> None:
    weighed = FLAT.replace(class_weights=(1.0, 2.0, 3.0))
    assert with_dataset(weighed, Pair())[0].class_weights == ()
    assert with_dataset(weighed, ThreeClasses(samples=50))[0].class_weights == (1.0, 2.0, 3.0)
