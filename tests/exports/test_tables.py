"""Parameters and history as tables and arrays, and the command that writes them."""

import csv
import io
import subprocess
import sys

import numpy as np
import pytest
import safetensors.numpy

from nnplayground.cli import main
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.exports import Material, exports
from nnplayground.exports._csv import table
from nnplayground.storage import project
from nnplayground.storage.project import Project
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.run import Run

RUN = Run(Experiment(layers=(Dense(2), Dense(3, Softmax())), title=Text.same("=1+1")), lambda _: None)
RUN.steps(90)
RUN.evaluate()
RUN.configure(RUN.experiment.replace(learning_rate=0.02))
RUN.steps(10)
RECORD = RUN.record()
MATERIAL = Material(RECORD.experiment, RECORD.parameters, RECORD.run.history.curves())


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_every_parameter_is_a_row() -> None:
    head, *found = rows(exports["parameters-csv"]().write(MATERIAL))
    assert head == ["layer", "name", "row", "column", "value"] and len(found) == len(RECORD.parameters)
    w = MATERIAL.network.views(RECORD.parameters)[1]["W"]
    by_place = {tuple(row[:4]): float(row[4]) for row in found}
    assert np.float32(by_place["2", "W", "3", "1"]) == w[2, 0]


def test_the_history_has_losses_evaluations_and_changes() -> None:
    head, *found = rows(exports["history-csv"]().write(MATERIAL))
    assert head[:2] == ["step", "train_loss"]
    by_step = {row[0]: row for row in found}
    assert len([row for row in found if row[5]]) == 100
    assert float(by_step["90"][1]) == pytest.approx(RUN.history.curves().evaluations[0].train_loss)
    assert "0.02" in by_step["90"][6]


def test_parameters_are_a_safetensors_file() -> None:
    found = safetensors.numpy.load(exports["safetensors"]().write(MATERIAL))
    assert sorted(found) == ["1.W", "1.b", "2.W", "2.b"]


def test_c21_a_cell_is_never_a_formula() -> None:
    assert rows(table([["=cmd|' /C calc'!A0", "@x", -1.5, "a,b"]])) == [["'=cmd|' /C calc'!A0", "'@x", "-1.5", "a,b"]]


@pytest.mark.parametrize("kind", exports)
def test_the_command_writes_each_kind(kind, tmp_path, capsys) -> None:
    project.write(tmp_path / "mine.nnp", Project(RECORD.experiment, RECORD.parameters, RECORD.run))
    file = tmp_path / f"out{exports[kind].ending}{exports[kind].suffix}"
    assert main(["export", str(tmp_path / "mine.nnp"), str(file), "--lang", "en"]) == 0
    assert file.read_bytes() == exports[kind]().write(MATERIAL)
    assert exports[kind].label.en in capsys.readouterr().out


@pytest.mark.parametrize(("name", "said"), [("a.exe", "ending"), ("missing/a.onnx", "could not be saved")])
def test_what_cannot_be_written_is_said_in_one_line(name, said, tmp_path, capsys) -> None:
    assert main(["export", "xor", str(tmp_path / name)]) == 2
    error = capsys.readouterr().err
    assert said in error and len(error.splitlines()) == 1


def test_the_numpy_script_needs_only_numpy_and_runs_by_itself(tmp_path) -> None:
    (tmp_path / "script.py").write_bytes(exports["numpy"]().write(MATERIAL))
    block = "import sys; sys.modules.update(nnplayground=None, scipy=None); exec(open('script.py').read())"
    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1: ")
