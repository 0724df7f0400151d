"""Penalties on weights. One for the whole model: it takes the same for every layer that has weights."""

from __future__ import annotations

from nnplayground.keras.names import code_of
from nnplayground.keras.problems import number, refuse


class L1L2:
    """Adds l1 * sum |w| + l2 * sum w^2 to the loss that is minimized (the loss that is shown leaves it out)."""

    def __init__(self, l1: float = 0.0, l2: float = 0.0) -> None:
        self.l1 = number("regularizers", "l1", l1)
        self.l2 = number("regularizers", "l2", l2)

    def code(self) -> str:
        """As Python source."""
        return code_of("regularizers.L1L2", {k: v for k, v in (("l1", self.l1), ("l2", self.l2)) if v})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, L1L2) and (self.l1, self.l2) == (other.l1, other.l2)

    def __hash__(self) -> int:
        return hash((self.l1, self.l2))


def L1(l1: float = 0.01) -> L1L2:
    """Adds l1 * sum |w|."""
    return L1L2(l1=l1)


def L2(l2: float = 0.01) -> L1L2:
    """Adds l2 * sum w^2."""
    return L1L2(l2=l2)


l1, l2 = L1, L2


def l1_l2(l1: float = 0.01, l2: float = 0.01) -> L1L2:
    """Both."""
    return L1L2(l1, l2)


_NAMES = {"l1": L1, "l2": L2, "l1_l2": l1_l2, "L1": L1, "L2": L2, "L1L2": l1_l2}


def get(identifier: object) -> L1L2 | None:
    """The regularizer meant by None, a name, or an object of this module."""
    if identifier is None or isinstance(identifier, L1L2):
        return identifier
    for name, make in _NAMES.items():
        if identifier is make or (isinstance(identifier, str) and identifier == name):
            return make()
    raise refuse(
        "A regularizer is regularizers.L1(...), L2(...) or L1L2(...), not {what!r}.",
        "正則化は regularizers.L1(...)、L2(...)、L1L2(...) のどれかで指定します（{what!r} は使えません）。",
        what=identifier,
    )  # fmt: skip
