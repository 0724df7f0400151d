"""The README's example is true: the file it shows, dropped into its folder, is all that a new activation takes."""

import re
from pathlib import Path

import numpy as np

from nnplayground.engine.activations import Activation, activations

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_example_is_a_whole_activation(monkeypatch):
    monkeypatch.setattr(activations, "_entries", dict(activations))
    [example] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {"__name__": "example"})
    new: Activation = activations["bent_identity"]()
    u = np.linspace(-3, 3, 31)
    _, slope = new.curve(u)
    h = 1e-6
    assert np.allclose(slope, (new.curve(u + h)[0] - new.curve(u - h)[0]) / (2 * h), atol=1e-8)


def test_every_folder_and_picture_it_names_is_there():
    named = set(re.findall(r"`((?:nnplayground|resources|tests)/[\w/]*)`", README)) | set(
        re.findall(r"!\[.*?\]\((.*?)\)", README)
    )
    assert all((Path(__file__).parent.parent / name).exists() for name in named)
