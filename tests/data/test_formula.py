"""Formulas as people type them, and what is refused."""

import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.formula import Formula
from nnplayground.text import Problem

X = np.array([-1.5, 0.5, 2.0])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sin(x)", np.sin(X)),
        ("2 sin(2x)", 2 * np.sin(2 * X)),
        ("x^3/10 - x", X**3 / 10 - X),
        ("x³", X**3),
        ("|x| - 2", np.abs(X) - 2),
        ("|x - |2x||", np.abs(X - np.abs(2 * X))),
        ("x sin(x)", X * np.sin(X)),
        ("(x+1)(x-1)", X * X - 1),
        ("3πx", 3 * np.pi * X),
        ("e^-x", np.exp(-X)),
        ("-x^2", -(X**2)),
        ("1e-2x", X / 100),
        ("y = max(x, 0)", np.maximum(X, 0)),
        ("ｓｉｎ（２ｘ）＋１", np.sin(2 * X) + 1),  # as a Japanese keyboard writes it
        ("2", np.full(3, 2.0)),
    ],
)
def test_it_is_read_as_it_is_meant(typed, meant):
    assert np.allclose(Formula(typed)(X), meant)


@pytest.mark.parametrize(
    "typed",
    ["", "x +", "((x", "sin", "sin x", "sin()", "sin(x, 1)", "max(x)", "z", "x.real", "__import__('os')", "lambda: 1",
     "[x]", "x if x else 1", "x and 1", "x == 1", "x := 1", "|x", "x" * 300, "(" * 150 + "x" + ")" * 45, "x\0", "1;2"],
)  # fmt: skip
def test_anything_else_is_refused_in_one_sentence(typed):
    with pytest.raises(Problem) as caught:
        Formula(typed)
    assert "\n" not in caught.value.text.en and caught.value.text.ja != caught.value.text.en


@given(st.text(max_size=60) | st.text("x0123456789.e+-*/^()|,sincoablgpmr ", max_size=60))
def test_no_text_does_anything_but_be_read_or_refused(typed):
    with contextlib.suppress(Problem):
        assert Formula(typed)(X).shape == X.shape


def test_where_there_is_no_value_the_place_is_named():
    with pytest.raises(Problem, match="sqrt.* x = -1.5"):
        Formula("sqrt(x)").finite(X)
    with pytest.raises(Problem):
        Formula("9^9^9^9").finite(X)
