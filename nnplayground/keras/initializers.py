"""Rules for the first weights of a layer."""

from __future__ import annotations

from typing import Any

from nnplayground.engine.initializers import Initializer as Entry
from nnplayground.engine.initializers import initializers as registry
from nnplayground.engine.initializers.glorot import GlorotUniform as _GlorotUniform
from nnplayground.engine.initializers.he import HeNormal as _HeNormal
from nnplayground.engine.initializers.normal import Normal as _Normal
from nnplayground.keras.names import Kind, code_of, custom_code
from nnplayground.keras.problems import made, require
from nnplayground.text import Text


class Initializer:
    """An initializer of the engine under the name that Keras has for it. Draws come from the model's generator."""

    def __init__(self, entry: Entry, name: str | None = None, **arguments: Any) -> None:
        self.entry = entry
        self.name = name
        self.arguments = arguments

    def code(self) -> str:
        """How a layer names it."""
        if self.name:
            return f'"{self.name}"'
        if self.arguments:
            return code_of(f"initializers.{type(self).__name__}", self.arguments)
        return custom_code("initializers", self.entry)


class GlorotUniform(Initializer):
    """U(-a, a), a = sqrt(6 / (fan_in + fan_out))."""

    def __init__(self, seed: None = None) -> None:
        require("GlorotUniform", seed=(seed, None))
        super().__init__(_GlorotUniform(), "glorot_uniform")


class HeNormal(Initializer):
    """N(0, 2 / fan_in), not truncated."""

    def __init__(self, seed: None = None) -> None:
        require("HeNormal", seed=(seed, None))
        super().__init__(_HeNormal(), "he_normal")


class RandomNormal(Initializer):
    """N(mean, stddev^2)."""

    def __init__(self, mean: float = 0.0, stddev: float = 0.05, seed: None = None) -> None:
        require("RandomNormal", mean=(mean, 0.0), seed=(seed, None))
        super().__init__(made(_Normal, std=stddev), stddev=stddev)


def custom(id: str, **options: Any) -> Initializer:
    """Not in Keras: any initializer of this program by its own id, with its options."""
    return Initializer(made(lambda: registry[id](**options)))


def of(entry: Entry) -> Initializer:
    """The initializer of Keras that is `entry`, or a custom one."""
    if isinstance(entry, _Normal):
        return RandomNormal(stddev=entry.std)
    plain: tuple[Initializer, ...] = (GlorotUniform(), HeNormal())
    return next((found for found in plain if found.entry == entry), None) or Initializer(entry)


_KIND = Kind(
    Text("initializer", "重みの初期値"), "initializers", Initializer,
    {"glorot_uniform": GlorotUniform, "he_normal": HeNormal, "random_normal": RandomNormal, "normal": RandomNormal},
    registry, of,
)  # fmt: skip
get = _KIND.get
