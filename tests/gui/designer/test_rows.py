from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.gui.designer.rows import rows, total_parameters
from nnplayground.training.experiment import Experiment

GOOD = Experiment(dataset=ThreeClasses(), layers=(Dense(8), Dense(3, Softmax())))


def test_shapes_and_parameters_are_those_of_the_network() -> None:
    found = rows(GOOD)
    network = GOOD.network()
    assert [row.output_shape for row in found] == network.shapes[1:]
    assert [row.parameters for row in found] == [network.parameter_count(i) for i in range(2)]
    assert total_parameters(found) == network.trainable == 51
    assert found[0].facts == "8  ·  24"
    assert all(row.problem is None for row in found)


def test_a_layer_that_cannot_take_its_input_says_so_and_those_after_it_are_silent() -> None:
    found = rows(GOOD.replace(layers=(Dense(8), Conv2D(), Dense(3, Softmax()))))
    assert [row.works for row in found] == [True, False, True]
    assert found[1].problem is not None and "gets 8" in found[1].problem.en
    assert found[2].problem is None and found[2].output_shape is None
    assert total_parameters(found) is None


def test_wrong_units_for_the_classes_stand_at_the_output_layer() -> None:
    found = rows(GOOD.replace(layers=(Dense(8), Dense(4, Softmax()))))
    assert found[0].problem is None
    assert found[1].problem is not None and "3 classes" in found[1].problem.en
    assert not found[1].works


def test_advice_against_a_network_that_works_is_a_warning() -> None:
    from nnplayground.data.datasets.sine import Sine

    found = rows(Experiment(dataset=Sine(), layers=(Dense(1, Softmax()),)))
    assert found[0].problem is not None
    assert found[0].works


def test_a_row_is_spoken_whole_in_both_languages() -> None:
    spoken = rows(GOOD)[1].spoken
    assert spoken.en == "Dense, Units 3, Softmax, output 3, 27 parameters"
    assert spoken.ja == "全結合層、ユニット数 3、ソフトマックス関数、出力 3、パラメータ 27 個"
    assert Identity.label.en in rows(GOOD)[0].spoken.en


def test_no_layers_have_no_total() -> None:
    assert rows(GOOD.replace(layers=())) == []
    assert total_parameters([]) is None
