"""Anything a person could set, for property tests: made from what the registries hold, so that new entries are in it."""

import dataclasses
import math

from hypothesis import strategies as st

from nnplayground.data.datasets import datasets
from nnplayground.engine.activations import activations
from nnplayground.engine.arrays import Shape
from nnplayground.engine.layers import Layer, layers
from nnplayground.registry import Entry, Option, Registry
from nnplayground.text import Problem

LARGEST = 6
"""Of the sizes that networks are made with here: they should be small."""


def values(option: Option, small: bool) -> st.SearchStrategy:
    """What an option may be set to; `small` keeps whole numbers small."""
    if option.is_several:
        return st.lists(st.sampled_from(option.choices), min_size=1, unique=True).map(tuple)
    if option.choices is not None:
        return st.sampled_from(option.choices)
    if option.type is bool:
        return st.booleans()
    if option.type is int:
        high = int(min(option.high, 2**31 - 1 if not small else max(LARGEST, option.low)))
        return st.integers(int(option.low), high)
    if option.type is float:
        return st.floats(option.low, option.high)
    return st.just(option.default)


def entries(registry: Registry, small: bool = False) -> st.SearchStrategy:
    """An entry of `registry` with any options; those that it refuses in this combination are not drawn."""
    return st.sampled_from(list(registry.values())).flatmap(lambda kind: of_kind(kind, small))


def of_kind(kind: type[Entry], small: bool = False) -> st.SearchStrategy:
    options = {o.name: values(o, small) for o in kind.options()}
    if any(field.name == "activation" for field in dataclasses.fields(kind)):
        options["activation"] = entries(activations, small)
    return st.fixed_dictionaries(options).map(lambda chosen: _made(kind, chosen)).filter(lambda made: made is not None)


def _made(kind: type[Entry], options: dict) -> Entry | None:
    try:
        return kind(**options)
    except Problem:
        return None


shapes = st.one_of(
    st.tuples(st.integers(1, 12)), st.tuples(st.integers(1, 3), st.integers(1, 8), st.integers(1, 8))
)  # fmt: skip
"""Of an input: flat, or an image."""


@st.composite
def stacks(draw: st.DrawFn, most: int = 5) -> tuple[Shape, tuple[Layer, ...]]:
    """An input shape, and layers that fit it and each other."""
    before = start = draw(shapes)
    found: list[Layer] = []
    for layer in draw(st.lists(entries(layers, small=True), min_size=1, max_size=most)):
        try:
            after = layer.output_shape(before)
        except Problem:
            continue
        if math.prod(after) <= 400:
            found.append(layer)
            before = after
    return start, tuple(found or [layers["flatten"]()])


any_dataset = entries(datasets)
