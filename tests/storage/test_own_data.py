"""A person's own data travels in the experiment file."""

from pathlib import Path

import numpy as np
import pytest

from nnplayground.data import holdings, my_digits, sheet
from nnplayground.data.columns import Choices, build
from nnplayground.data.datasets.my_digits import MyDigits
from nnplayground.data.files import FileProblem
from nnplayground.data.my_digits import KeptDigit
from nnplayground.data.own_pictures import labels_beside, of_idx, of_pictures
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.storage import my_digits as my_digits_file
from nnplayground.storage import project, share_code
from nnplayground.storage.project import Project
from nnplayground.storage.tensors import pack, unpack
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment
from nnplayground.training.run import Run

TEXT = "a,b,kind\n" + "".join(f"{i},{i * i},{'xyz'[i % 3]}\n" for i in range(30))


def experiment() -> Experiment:
    found = sheet.parse(TEXT.encode(), sheet.guess(TEXT.encode(), "mine.csv"), "mine.csv")
    return Experiment(dataset=build(found, Choices(2)).dataset, layers=(Dense(3, Softmax()),))


def test_own_data_comes_back_in_another_process_and_training_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(experiment(), lambda _: None)
    run.steps(20)
    record = run.record()
    data = project.dumps(Project(record.experiment, record.parameters, record.run))
    wanted = run.steps(5), run.trainer.parameters.copy()
    monkeypatch.setattr(holdings, "_held", {})  # as another process is
    with pytest.raises(Problem, match="not here"):
        record.experiment.dataset.load()
    found = project.loads(data)
    again = Run(found.experiment, lambda _: None, found.parameters, found.run)
    again.steps(5)
    assert again.step == 25 and np.array_equal(again.trainer.parameters, wanted[1])


def test_one_s_own_digits_come_along_to_somebody_who_has_others(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = [KeptDigit.of(i % 10, [[(0.2, 0.1 + i / 40), (0.8, 0.9)]]) for i in range(20)]
    my_digits_file.save(my_digits.path(), mine)
    dataset = MyDigits(mix="alone", version=my_digits.version_of(mine))
    run = Run(Experiment(dataset=dataset, layers=(Flatten(), Dense(10, Softmax()))), lambda _: None)
    run.steps(3)
    record = run.record()
    data = project.dumps(Project(record.experiment, record.parameters, record.run))
    run.steps(3)
    monkeypatch.setattr(holdings, "_held", {})
    my_digits_file.save(my_digits.path(), mine[:5])
    found = project.loads(data)
    again = Run(found.experiment, lambda _: None, found.parameters, found.run)
    again.steps(3)
    assert again.step == 6 and np.array_equal(again.trainer.parameters, run.trainer.parameters)


@pytest.mark.parametrize("change", ["content", "type", "labels", "only x", "other dataset"])
def test_data_that_is_not_that_of_the_experiment_is_refused_and_not_held(
    change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays, description = unpack(project.dumps(Project(experiment())), "a")
    if change == "content":
        arrays["data/x"] = arrays["data/x"] + 1
    elif change == "type":
        arrays["data/x"] = arrays["data/x"].astype(np.float64)
    elif change == "labels":
        arrays["data/t"] = arrays["data/t"][:-1]
    elif change == "only x":
        del arrays["data/t"]
    else:
        description["experiment"]["dataset"] = {"id": "xor"}
    monkeypatch.setattr(holdings, "_held", {})
    with pytest.raises(FileProblem) as caught:
        project.loads(pack(arrays, description), "a.nnp")
    assert caught.value.code == "damaged" and holdings._held == {}


@pytest.mark.parametrize("shape", [[], [2, 2], [0], [100_001], [-1], [100_000, 100_000, 100_000], "x"])
def test_a_shape_that_cannot_be_is_refused(shape: object) -> None:
    arrays, description = unpack(project.dumps(Project(experiment())), "a")
    description["experiment"]["dataset"]["shape"] = shape
    with pytest.raises(FileProblem):
        project.loads(pack(arrays, description), "a.nnp")


def test_a_share_code_says_that_it_cannot_carry_data() -> None:
    with pytest.raises(Problem, match="send the file"):
        share_code.encode(experiment())


def test_pictures_and_idx_files(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    pictures = rng.integers(0, 256, (12, 6, 5), np.uint8)
    labels = [str(i % 3 + 8) for i in range(12)]
    first = of_pictures(pictures, labels, "folder")
    assert first.classes == ("8", "9", "10") and first.input_shape == (1, 6, 5)
    data = first.load()
    assert data.x_train.max() <= 1 and len(data.x_train) + len(data.x_test) == 12

    images, beside = tmp_path / "t-images-idx3-ubyte", tmp_path / "t-labels-idx1-ubyte"
    images.write_bytes(b"\0\0\x08\x03" + b"".join(n.to_bytes(4) for n in pictures.shape) + pictures.tobytes())
    assert labels_beside(images) is None
    beside.write_bytes(b"\0\0\x08\x01" + (12).to_bytes(4) + bytes(map(int, labels)))
    assert labels_beside(images) == beside
    assert of_idx(images, beside).content == first.content


def test_i03_other_counts_and_a_single_class_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        of_pictures(np.zeros((3, 4, 4), np.uint8), ["a"] * 3, "folder")
