"""What stands where `models` is meant: it tells so, whatever is asked of it."""

from __future__ import annotations

from typing import NoReturn

from nnplayground.keras.problems import refuse


def __getattr__(name: str) -> NoReturn:
    if name.startswith("__"):  # what tools look for in every module
        raise AttributeError(name)
    raise refuse(
        "keras.model is spelt keras.models: write from nnplayground.keras.models import Sequential.",
        "keras.model ではなく keras.models です。from nnplayground.keras.models import Sequential と書いてください。",
    )
