"""Rules for the first weights of a layer. Draws come from the model's generator; normal ones are not truncated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnplayground.engine.initializers import Initializer as Entry
from nnplayground.engine.initializers import initializers as registry
from nnplayground.keras.names import Kind, code_of, custom_code, entry_of
from nnplayground.keras.problems import number, refuse, require
from nnplayground.text import Text


class Initializer:
    """An initializer of the engine, by the name that Keras has for it or with `arguments`."""

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


def _entry(id: str, **options: Any) -> Entry:
    return entry_of(registry, id, options)


class _Plain(Initializer):
    """One without arguments but a seed, which is the model's."""

    id: str

    def __init__(self, seed: None = None) -> None:
        require(type(self).__name__, seed=(seed, None))
        super().__init__(_entry(self.id), self.id)


class GlorotUniform(_Plain):
    """U(-a, a), a = sqrt(6 / (fan_in + fan_out))."""

    id = "glorot_uniform"


class GlorotNormal(_Plain):
    """N(0, 2 / (fan_in + fan_out))."""

    id = "glorot_normal"


class HeUniform(_Plain):
    """U(-a, a), a = sqrt(6 / fan_in)."""

    id = "he_uniform"


class HeNormal(_Plain):
    """N(0, 2 / fan_in)."""

    id = "he_normal"


class LecunUniform(_Plain):
    """U(-a, a), a = sqrt(3 / fan_in)."""

    id = "lecun_uniform"


class LecunNormal(_Plain):
    """N(0, 1 / fan_in)."""

    id = "lecun_normal"


class Zeros(_Plain):
    """All 0."""

    id = "zeros"


class Constant(Initializer):
    """All `value`."""

    def __init__(self, value: float = 0.0) -> None:
        value = number("Constant", "value", value)
        super().__init__(_entry("constant", value=value), value=value)


class Ones(Initializer):
    """All 1."""

    def __init__(self) -> None:
        super().__init__(_entry("constant", value=1.0), "ones")


class RandomNormal(Initializer):
    """N(mean, stddev^2)."""

    def __init__(self, mean: float = 0.0, stddev: float = 0.05, seed: None = None) -> None:
        require("RandomNormal", mean=(mean, 0.0), seed=(seed, None))
        stddev = number("RandomNormal", "stddev", stddev)
        super().__init__(_entry("normal", std=stddev), stddev=stddev)


class RandomUniform(Initializer):
    """U(minval, maxval)."""

    def __init__(self, minval: float = -0.05, maxval: float = 0.05, seed: None = None) -> None:
        require("RandomUniform", seed=(seed, None))
        minval, maxval = number("RandomUniform", "minval", minval), number("RandomUniform", "maxval", maxval)
        if minval != -maxval:
            raise refuse(
                "RandomUniform: minval must be -maxval here; use minval={low}.",
                "RandomUniform: minval は -maxval でなければなりません。minval={low} にしてください。",
                low=-maxval,
            )  # fmt: skip
        super().__init__(_entry("uniform", limit=maxval), minval=minval, maxval=maxval)


class Orthogonal(Initializer):
    """A random rotation times `gain`."""

    def __init__(self, gain: float = 1.0, seed: None = None) -> None:
        require("Orthogonal", seed=(seed, None))
        gain = number("Orthogonal", "gain", gain)
        super().__init__(_entry("orthogonal", gain=gain), gain=gain)


_PLAIN = (GlorotUniform, GlorotNormal, HeUniform, HeNormal, LecunUniform, LecunNormal, Zeros)
_CLASSES = (*_PLAIN, Ones, Constant, RandomNormal, RandomUniform, Orthogonal)
_NAMES: dict[str, Callable[[], Initializer]] = {
    **{kind.id: kind for kind in _PLAIN},
    "ones": Ones,
    "constant": Constant,
    "random_normal": RandomNormal,
    "normal": RandomNormal,
    "random_uniform": RandomUniform,
    "uniform": RandomUniform,
    "orthogonal": Orthogonal,
    **{kind.__name__: kind for kind in _CLASSES},
}


def custom(id: str, **options: Any) -> Initializer:
    """Not in Keras: any initializer of this program by its own id, with its options."""
    return Initializer(_entry(id, **options))


def of(entry: Entry) -> Initializer:
    """The initializer of Keras that is `entry`, or a custom one."""
    options: Any = entry
    match entry.id:
        case "normal":
            return RandomNormal(stddev=options.std)
        case "uniform":
            return RandomUniform(-options.limit, options.limit)
        case "constant":
            return Constant(options.value)
        case "orthogonal":
            return Orthogonal(options.gain)
    return next((kind() for kind in _PLAIN if kind.id == entry.id), None) or Initializer(entry)


_KIND = Kind(Text("initializer", "重みの初期値"), "initializers", Initializer, _NAMES, registry, of)
get = _KIND.get
