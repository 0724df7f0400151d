"""Scripts of experiments on a person's own data run where only the experiment's file is."""

import numpy as np
import pytest

from nnplayground import cli
from nnplayground.data import holdings, my_digits
from nnplayground.data.datasets.my_digits import MyDigits
from nnplayground.data.datasets.own_data import OwnData
from nnplayground.data.files import FileProblem
from nnplayground.data.holdings import Holding, hold
from nnplayground.data.my_digits import KeptDigit
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.keras import InputProblem, datasets, script
from nnplayground.storage import my_digits as my_digits_file
from nnplayground.storage import project
from nnplayground.storage.project import Project
from nnplayground.training.experiment import Experiment
from tests.window_run import train

MINE = [KeptDigit.of(i % 10, [[(0.2, 0.1 + i / 40), (0.8, 0.9)]]) for i in range(20)]


@pytest.fixture
def table():
    rng = np.random.default_rng(0)
    content = hold(Holding(rng.normal(size=(60, 3)).astype(np.float32), rng.integers(0, 2, 60)))
    dataset = OwnData(source="my flowers.csv", content=content, shape=(3,), features=("petal width (cm)", "b", "c"))
    return Experiment(dataset=dataset, layers=(Dense(2, Softmax()),), epochs=2)


@pytest.fixture
def drawn():
    my_digits_file.save(my_digits.path(), MINE)
    dataset = MyDigits(mix="alone", version=my_digits.version_of(MINE))
    return Experiment(dataset=dataset, layers=(Flatten(), Dense(10, Softmax())), epochs=2)


def run(code):
    names = {}
    exec(code, names)
    return names["model"]._ready().parameters


@pytest.mark.parametrize("kind", ["table", "drawn"])
def test_a_script_takes_the_data_from_the_file_of_its_experiment(kind, request, tmp_path, monkeypatch, capsys):
    experiment = request.getfixturevalue(kind)
    learnt = train(experiment)[0].parameters
    own, written = tmp_path / "own.nnp", tmp_path / "own-keras.py"
    project.write(own, Project(experiment))
    assert cli.main(["export", str(own), str(written)]) == 0
    monkeypatch.setattr(holdings, "_held", {})  # as another process is
    my_digits_file.save(my_digits.path(), MINE[:5])
    np.testing.assert_array_equal(run(written.read_text("utf-8")), learnt)


@pytest.mark.parametrize(("language", "words"), [("en", "save the experiment"), ("ja", "実験を保存し")])
def test_a_script_without_a_file_says_that_the_experiment_is_to_be_saved(
    table, language, words, tmp_path, monkeypatch, capsys
):
    learnt = train(table)[0].parameters
    code = script(table, language)
    before, after = code.split("(x_train, y_train), (x_test, y_test) = keras.datasets.load(")
    assert words in before.splitlines()[-1] and 'file="experiment.nnp"' in after
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileProblem, match=r"experiment\.nnp"):
        run(code)
    project.write(tmp_path / "experiment.nnp", Project(table))
    monkeypatch.setattr(holdings, "_held", {})
    np.testing.assert_array_equal(run(code), learnt)


def test_digits_of_another_state_of_the_collection_are_not_taken_for_those_that_are_asked_for(drawn, monkeypatch):
    monkeypatch.setattr(holdings, "_held", {})
    options = {"mix": "alone", "version": drawn.dataset.version}
    (x, _), _ = datasets.load("my-digits", **options)
    assert len(x) == 16
    monkeypatch.setattr(holdings, "_held", {})
    my_digits_file.save(my_digits.path(), MINE[:10])
    with pytest.raises(InputProblem, match="collection has changed"):
        datasets.load("my-digits", **options)
    (x, _), _ = datasets.load("my-digits", mix="alone")
    assert len(x) == 8
