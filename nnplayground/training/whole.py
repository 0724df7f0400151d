"""Changes that happen whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def whole(*changed: object) -> Iterator[None]:
    """If what happens inside fails, for want of memory perhaps, the attributes of `changed` are those of before.

    What the attributes refer to must not have been written to.
    """
    before = [dict(vars(each)) for each in changed]
    try:
        yield
    except BaseException:
        for each, attributes in zip(changed, before, strict=True):
            vars(each).clear()
            vars(each).update(attributes)
        raise
