"""Going along one sample's way in small or large steps: a term, a neuron, a layer, all of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from nnplayground.training.inspection.sample_way import SampleWay

Phase = Literal["forward", "loss", "backward"]
Unit = Literal["term", "neuron", "layer", "sample"]
UNITS: tuple[Unit, ...] = ("term", "neuron", "layer", "sample")


@dataclass(frozen=True)
class Stop:
    """One neuron on the way there or back (or the loss between), and of how many terms it is made."""

    phase: Phase
    layer: int
    unit: int
    terms: int


@dataclass(frozen=True)
class Route:
    """All stops in order. A place on it is the number of terms that have been done, 0..`length`."""

    stops: tuple[Stop, ...]

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The place at which each stop is done."""
        done, found = 0, []
        for stop in self.stops:
            done += stop.terms
            found.append(done)
        return tuple(found)

    @property
    def length(self) -> int:
        return self.ends[-1] if self.ends else 0

    def at(self, place: int) -> tuple[Stop, int] | None:
        """The stop that was worked on last, and how many of its terms are done; None at the start."""
        if place <= 0 or not self.stops:
            return None
        index = bisect_left(self.ends, place)
        begin = self.ends[index - 1] if index else 0
        return self.stops[index], place - begin

    def done(self, place: int, phase: Phase, layer: int, unit: int) -> bool:
        """Whether that stop is done at `place`."""
        index = self._places.get((phase, layer, unit))
        return index is not None and self.ends[index] <= place

    @cached_property
    def _places(self) -> dict[tuple[Phase, int, int], int]:
        return {(s.phase, s.layer, s.unit): i for i, s in enumerate(self.stops)}

    def after(self, place: int, unit: Unit) -> int:
        """The place one step further."""
        if place >= self.length:
            return self.length
        if unit == "term":
            return place + 1
        if unit == "sample":
            return self.length
        index = bisect_right(self.ends, place)
        if unit == "layer":
            index = self._last_like(index, range(index, len(self.stops)))
        return self.ends[index]

    def before(self, place: int, unit: Unit) -> int:
        """The place one step back."""
        if unit == "term" or place <= 0:
            return max(place - 1, 0)
        if unit == "sample":
            return 0
        index = bisect_left(self.ends, place)
        if unit == "layer":
            index = self._last_like(index, range(index, -1, -1))
        return self.ends[index - 1] if index else 0

    def _last_like(self, index: int, way: range) -> int:
        """How far the stops of the same layer and phase go."""
        here, found = self.stops[index], index
        for other in way:
            if (self.stops[other].phase, self.stops[other].layer) != (here.phase, here.layer):
                break
            found = other
        return found


def route_of(way: SampleWay, layers: tuple[int, ...]) -> Route:
    """The route there and back through `layers`: for a neuron a term for the bias and each product, one for its output."""
    forward = [
        Stop("forward", i, unit, 2 + way.layers[i].x.size if way.layers[i].W is not None else 1)
        for i in layers
        for unit in range(len(way.layers[i].a))
    ]
    backward = [Stop("backward", i, unit, 1) for i in reversed(layers) for unit in range(len(way.layers[i].u))]
    return Route((*forward, Stop("loss", len(way.layers), 0, 1), *backward))


Known = Callable[[Phase, int, int], bool]
