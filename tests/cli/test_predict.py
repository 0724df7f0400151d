import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.engine.plan import predict
from nnplayground.storage import project, ready_made
from nnplayground.storage.project import Project
from nnplayground.training.trainer import Trainer


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    """A network that has seen some digits."""
    experiment = ready_made.load("digits").replace(dataset=GeneratedDigits(samples=3000), epochs=3, weights="")
    trainer = Trainer(experiment, experiment.dataset.load())
    trainer.steps(3 * trainer.steps_per_epoch)
    path = tmp_path_factory.mktemp("model") / "digits.nnp"
    project.write(path, Project(experiment, trainer.parameters))
    return path


def draw(path: Path, pixels: np.ndarray) -> str:
    """Save (height, width) grey bytes."""
    high, wide = pixels.shape
    image = QImage(np.ascontiguousarray(pixels).tobytes(), wide, high, wide, QImage.Format.Format_Grayscale8)
    assert image.save(str(path))
    return str(path)


def enlarged(image: np.ndarray, times: int = 8) -> np.ndarray:
    """A digit (28, 28) in 0..1, white on black, as a photograph would have it: dark on light, larger, off centre."""
    bytes_ = 255 - np.rint(255 * image).astype(np.uint8)
    return np.pad(np.kron(bytes_, np.ones((times, times), np.uint8)), ((0, 90), (40, 0)), constant_values=255)


def test_digits_in_pictures_are_read(run, model, tmp_path):
    found = project.read(model)
    data = GeneratedDigits(samples=180, seed=9).load()
    answers = predict(found.experiment.network(), found.parameters, data.x_test).argmax(axis=1)
    files = [draw(tmp_path / f"{i}.png", enlarged(row.reshape(28, 28))) for i, row in enumerate(data.x_test)]
    said = json.loads(run("predict", str(model), *files, "--json"))
    assert [answer["file"] for answer in said] == files
    assert all(list(answer) == ["file", "prediction", "probabilities"] for answer in said)
    assert all(abs(sum(a["probabilities"]) - 1) < 1e-4 and len(a["probabilities"]) == 10 for a in said)
    assert all(a["probabilities"][a["prediction"]] == max(a["probabilities"]) for a in said)
    assert np.mean([a["prediction"] for a in said] == answers) >= 0.55


@pytest.mark.parametrize("suffix", ["jpg", "bmp", "png"])
def test_kinds_of_pictures_and_colours_of_ink_make_no_difference(run, model, tmp_path, suffix):
    pixels = enlarged(GeneratedDigits(samples=10).load().x_train[0].reshape(28, 28))
    dark, light = draw(tmp_path / f"a.{suffix}", pixels), draw(tmp_path / f"b.{suffix}", 255 - pixels)
    one, other = json.loads(run("predict", str(model), dark, light, "--json"))
    assert one["prediction"] == other["prediction"]
    assert np.allclose(one["probabilities"], other["probabilities"], atol=0.05)


def test_words_name_file_answer_and_probability(run, model, tmp_path):
    file = draw(tmp_path / "a.png", enlarged(GeneratedDigits(samples=10).load().x_train[0].reshape(28, 28)))
    said = run("predict", str(model), file)
    assert said.startswith(file + ": ") and said.rstrip().endswith(" %)")


def test_an_empty_picture_has_no_answer(run, model, tmp_path):
    file = draw(tmp_path / "a.png", np.full((50, 60), 255, np.uint8))
    (answer,) = json.loads(run("predict", str(model), file, "--json"))
    assert answer["prediction"] == -1 and set(answer["probabilities"]) == {0.0}
    assert "nothing" in run("predict", str(model), file)


def bad_pictures(folder: Path) -> dict[str, str]:
    whole = Path(draw(folder / "whole.png", np.zeros((40, 40), np.uint8))).read_bytes()
    files = {
        "cut.png": whole[: len(whole) // 2],
        "empty.png": b"",
        "words.png": b"no picture",
        "drawing.svg": b"<svg/>",
    }
    size = (60_000).to_bytes(4, "big")
    files["huge.png"] = whole[:16] + size + size + whole[24:]
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {name: str(folder / name) for name in files} | {
        "missing": str(folder / "nowhere.png"),
        "folder": str(folder),
    }


def test_what_is_no_picture_is_refused_in_one_line(run, model, tmp_path):
    for name, file in bad_pictures(tmp_path).items():
        said = run("predict", str(model), file)
        assert said.code == 2 and said == "" and said.errors.count("\n") == 1, name


@pytest.mark.parametrize(
    ("name", "words"), [("circle", "nnplayground train circle"), ("forward-pass", "pictures"), ("nope", "nope")]
)
def test_a_model_that_cannot_read_pictures_is_refused(run, tmp_path, name, words):
    said = run("predict", name, draw(tmp_path / "a.png", np.zeros((30, 30), np.uint8)))
    assert said.code == 2 and words in said.errors


def test_images_are_needed(run):
    assert "IMAGE" in run("predict", "digits").errors
