"""The command that trains what is shipped: here on a few digits, to see that what it writes can be used."""

import json

import numpy as np
import pytest

from nnplayground.cli import bundle
from nnplayground.data.handwriting import generate
from nnplayground.data.sources import Source
from nnplayground.storage import ready_made, weights


@pytest.fixture
def few_digits(monkeypatch):
    """MNIST's place is taken by a few generated digits."""
    pairs = [generate(n, seed=n, dtype=np.uint8) for n in (300, 100)]
    monkeypatch.setattr(Source, "load", lambda self: tuple(pairs))


@pytest.mark.parametrize("name", list(bundle.EPOCHS))
def test_parameters_and_card_are_written_and_fit_the_ready_made_network(name, few_digits, tmp_path, run):
    said = run("bundle", name, "--epochs", "1", "--generated", "200", "--folder", str(tmp_path))
    assert said.code == 0
    network = ready_made.load(name).network()
    parameters = weights.read(tmp_path / f"{name}.safetensors", network)
    assert np.abs(parameters).max() > 0
    card = json.loads((tmp_path / f"{name}.json").read_text())
    assert card["figures"]["parameters"] == network.trainable
    assert card["figures"]["bytes"] == (tmp_path / f"{name}.safetensors").stat().st_size
    assert "--generated 200" in card["made_by"]


def test_what_is_shipped_is_trained_on_mnist_and_generated_digits_only():
    for name in bundle.EPOCHS:
        experiment = bundle.recipe(name)
        assert experiment.dataset.id == "mixed-digits"
        assert experiment.layers == ready_made.load(name).layers
        assert experiment.network().trainable <= (100_000 if name == "digits-cnn" else 300_000)


def test_an_unknown_network_is_refused(run):
    said = run("bundle", "xor")
    assert said.code == 2 and "xor" in said.errors
