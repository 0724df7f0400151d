"""A title comes from outside, with a file that somebody sent: in a script it stays a comment."""

import ast
import io
import tokenize

import numpy as np
import pytest

from nnplayground.exports import Material, exports
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

SCRIPTS = [name for name, kind in exports.items() if kind.suffix == ".py"]
TITLES = [
    "coding: utf-7 +AAo-raise SystemExit+AAo-",
    "-*- coding:utf-7 -*- +AAo-raise SystemExit",
    "vim: set fileencoding=utf-7 : +AAo-raise SystemExit",
    "My coding: a test",
    "\nraise SystemExit\n",
    "\rraise SystemExit\r\x0craise SystemExit\x85raise SystemExit\u2028raise SystemExit",
    "\0\x1b\u202eraise SystemExit",
    '"""\nraise SystemExit',
    "{title} {0} %s \\",
]


def script(name: str, title: str) -> bytes:
    experiment = Experiment(title=Text.same(title))
    parameters = experiment.network().initial_parameters(np.random.default_rng(0))
    return exports[name]().write(Material(experiment, parameters))


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("title", TITLES)
def test_no_title_becomes_code(name: str, title: str) -> None:
    written = script(name, title)
    assert tokenize.detect_encoding(io.BytesIO(written).readline)[0] == "utf-8"
    assert ast.dump(ast.parse(written)) == ast.dump(ast.parse(script(name, "A plain title")))
