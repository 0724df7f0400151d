"""Numbers as people type them: point or comma, wide or narrow digits."""

from __future__ import annotations

import math
import re
import unicodedata

_TYPING = re.compile(r"[+-]?[\d.]*(e[+-]?\d*)?", re.IGNORECASE)


def tidy(text: str) -> str:
    """Wide characters made narrow, a decimal comma made a point, minus signs made "-"."""
    narrow = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    return narrow if "." in narrow else narrow.replace(",", ".", 1)


def parse(text: str) -> float | None:
    """The finite number that `text` says, or None."""
    try:
        number = float(tidy(text)) if can_become_number(text) else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def parse_several(text: str) -> tuple[float, ...] | None:
    """The finite numbers that `text` says, with commas or spaces between; None if something else is among them."""
    words = re.split(r"[\s,;、]+", unicodedata.normalize("NFKC", text).strip(" ,;、"))
    numbers = [parse(word) for word in words if word]
    found = tuple(number for number in numbers if number is not None)
    return found if len(found) == len(numbers) else None


def can_become_number(text: str) -> bool:
    """Whether `text` is the beginning of a number: "-", "1e" and "" are, "nan" is not."""
    return _TYPING.fullmatch(tidy(text)) is not None


def write(number: float) -> str:
    """`number` in its shortest form with a point: 0.001, 1e-7, 20000."""
    words = f"{number:.10g}"
    return re.sub(r"e([+-])0*(\d)", lambda m: "e" + m[1].replace("+", "") + m[2], words)
