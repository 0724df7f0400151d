"""The one kind of error of this package: it says what to write instead."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable
from typing import Any, TypeVar

from nnplayground.text import Problem, Text

T = TypeVar("T")


class InputProblem(Problem, ValueError):
    """A `ValueError`, as Keras raises, with the sentence in both languages in `text`."""


class InputWarning(UserWarning):
    """What will hardly work, though it is allowed, with the sentence in both languages in `text`."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def refuse(en: str, ja: str, **values: object) -> InputProblem:
    """The error with its sentence filled in."""
    return InputProblem(Text(en, ja).format(**values))


def not_offered(owner: str, argument: str, value: object, instead: str) -> InputProblem:
    """The error for an argument of Keras that has no counterpart here."""
    return refuse(
        "{owner}: {argument}={value!r} is not offered here; use {argument}={instead}.",
        "{owner}: {argument}={value!r} は使えません。{argument}={instead} にしてください。",
        owner=owner, argument=argument, value=value, instead=instead,
    )  # fmt: skip


def made(kind: Callable[..., T], *arguments: Any, **options: Any) -> T:
    """What `kind` makes of the arguments; what the engine refuses is an `InputProblem` too."""
    try:
        return kind(*arguments, **options)
    except InputProblem:
        raise
    except Problem as problem:
        raise InputProblem(problem.text) from None


def require(owner: str, **arguments: tuple[object, object]) -> None:
    """Refuse each argument that is given as (value, only value offered) and is not that value."""
    for name, (value, only) in arguments.items():
        if value != only:
            raise not_offered(owner, name, value, repr(only))


def number(owner: str, argument: str, value: Any, above: float = -math.inf) -> float:
    """`value` as a number that is more than `above`; raises `InputProblem`."""
    if not isinstance(value, numbers.Real) or not math.isfinite(value) or float(value) <= above:
        limit = Text("", "") if above == -math.inf else Text(" above {0:g}", "{0:g} より大きい")
        raise refuse(
            "{owner}: {argument} is {value!r}; give a number{limit}.",
            "{owner}: {argument} が {value!r} です。{limit}数を指定してください。",
            owner=owner, argument=argument, value=value, limit=limit.map(lambda words: words.format(above)),
        )  # fmt: skip
    return float(value)


def whole(owner: str, argument: str, value: Any, least: int) -> int:
    """`value` as a whole number of at least `least`; raises `InputProblem`."""
    if type(value) is bool or not isinstance(value, numbers.Integral) or int(value) < least:
        raise refuse(
            "{owner}: {argument} is {value!r}; give a whole number, at least {least}.",
            "{owner}: {argument} が {value!r} です。{least} 以上の整数を指定してください。",
            owner=owner, argument=argument, value=value, least=least,
        )  # fmt: skip
    return int(value)
