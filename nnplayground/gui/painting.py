"""An error while something of ours is painted does not reach Qt, where it may end the process."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any, TypeVar, cast

Method = TypeVar("Method", bound=Callable[..., Any])
_OFF = "_paints_no_more"


def guarded_with(otherwise: Callable[[], object]) -> Callable[[Method], Method]:
    """For each method that Qt calls to paint: its first error is told, as any other, and then `self` paints no more.

    Otherwise a fault would come again with every frame. Qt gets what `otherwise` makes.
    """

    def guard(paint: Method) -> Method:
        @functools.wraps(paint)
        def painted(self: object, *args: Any) -> Any:
            if _OFF in self.__dict__:
                return otherwise()
            try:
                return paint(self, *args)
            except Exception:
                self.__dict__[_OFF] = True
                sys.excepthook(*sys.exc_info())
                return otherwise()

        return cast(Method, painted)

    return guard


guarded = guarded_with(lambda: None)
"""For one that gives nothing back."""
