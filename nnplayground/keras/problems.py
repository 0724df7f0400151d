"""The one kind of error of this package: it says what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from nnplayground.text import Problem, Text

T = TypeVar("T")


class InputProblem(Problem, ValueError):
    """A `ValueError`, as Keras raises, with the sentence in both languages in `text`."""


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
