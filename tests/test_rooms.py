"""The rooms of the house: who may look into whom, and that everything but the window lives without Qt."""

import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

from importlinter.cli import lint_imports

import nnplayground

ROOT = Path(__file__).parent.parent
WITH_QT = {"__main__", "cli", "gui"}
WITHOUT_QT = """
import importlib, pkgutil, sys
for name in ("PySide6", "shiboken6", "pyqtgraph"):
    sys.modules[name] = None  # its import fails
import nnplayground

def modules(path, prefix):
    for module in pkgutil.iter_modules(path, prefix):
        if module.name not in ("nnplayground.gui", "nnplayground.__main__"):
            yield module.name
            if module.ispkg:
                yield from modules(importlib.import_module(module.name).__path__, module.name + ".")

found = list(modules(nnplayground.__path__, "nnplayground."))
for name in found:
    importlib.import_module(name)
assert "nnplayground.training.trainer" in found

from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer

experiment = Experiment()
trainer = Trainer(experiment, experiment.dataset.load())
before = trainer.evaluate().train_loss
for _ in range(200):
    trainer.step()
assert trainer.evaluate().train_loss < before
"""


def test_every_room_looks_only_where_it_may(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(ROOT)
    assert lint_imports(cache_dir=str(tmp_path)) == 0, capsys.readouterr().out


def test_no_room_is_without_a_contract():
    rooms = {module.name for module in pkgutil.iter_modules(nnplayground.__path__)}
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = {name.strip(" ()") for layer in contracts[0]["layers"] for name in layer.split("|")}
    without_qt = {name.removeprefix("nnplayground.") for name in contracts[1]["source_modules"]}
    assert rooms <= layers, "give the new room its place in pyproject.toml"
    assert without_qt == rooms - WITH_QT, "name the new room in pyproject.toml"


def test_everything_but_the_window_imports_and_trains_without_qt():
    done = subprocess.run([sys.executable, "-c", WITHOUT_QT], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
