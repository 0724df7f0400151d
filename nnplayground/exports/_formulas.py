"""Activation functions as formulas in plain Python, from which scripts and graphs are made.

A formula speaks of `u` and numbers, with + - * / and exp, log, tanh, erf, abs, maximum, minimum, greater; a derivative
also of `y`, the function's value.
"""

from __future__ import annotations

from collections.abc import Callable

from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.elu import ELU
from nnplayground.engine.activations.gelu import CUBIC, GELU, ROOT
from nnplayground.engine.activations.leaky_relu import LeakyReLU
from nnplayground.engine.activations.rrelu import RReLU
from nnplayground.engine.activations.selu import ALPHA, SCALE
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.step import Step
from nnplayground.text import Problem, Text

SOFTPLUS = "maximum(u, 0) + log(1 + exp(-abs(u)))"
_SIGMOID = "(1 + tanh(u / 2)) / 2"


def _elu(f: ELU) -> tuple[str, str]:
    return (
        f"maximum(u, 0) + {f.alpha!r} * (exp(minimum(u, 0)) - 1)",
        f"greater(u, 0) + greater(0, u) * (y + {f.alpha!r})",
    )


def _gelu(f: GELU) -> tuple[str, str]:
    if f.form == "exact":
        share, slope = "(1 + erf(u * 0.7071067811865476)) / 2", "exp(-u * u / 2) * 0.3989422804014327"
    else:
        share = f"(1 + tanh({ROOT!r} * (u + {CUBIC!r} * u * u * u))) / 2"
        slope = f"2 * {share} * (1 - {share}) * {ROOT!r} * (1 + {3 * CUBIC!r} * u * u)"
    return f"u * ({share})", f"{share} + u * ({slope})"


def _leaky(slope: float) -> tuple[str, str]:
    return f"maximum(u, 0) + {slope!r} * minimum(u, 0)", f"{slope!r} + {1 - slope!r} * greater(u, 0)"


def _sigmoid(f: Sigmoid) -> tuple[str, str]:
    return f"(1 + tanh(u / {2 * f.temperature!r})) / 2", f"y * (1 - y) / {f.temperature!r}"


def _step(f: Step) -> tuple[str, str]:
    return "greater(u, 0)", "0 * u" if f.surrogate == "none" else "1 - greater(abs(u), 1)"


_KNOWN: dict[str, Callable[[Activation], tuple[str, str]]] = {
    "identity": lambda f: ("u", "1 + 0 * u"),
    "relu": lambda f: ("maximum(u, 0)", "greater(u, 0)"),
    "tanh": lambda f: ("tanh(u)", "1 - y * y"),
    "absolute": lambda f: ("abs(u)", "greater(u, 0) - greater(0, u)"),
    "hard_sigmoid": lambda f: ("minimum(maximum(u / 6 + 0.5, 0), 1)", "greater(3, abs(u)) / 6"),
    "softplus": lambda f: (SOFTPLUS, _SIGMOID),
    "softsign": lambda f: ("u / (1 + abs(u))", "1 / (1 + abs(u)) / (1 + abs(u))"),
    "silu": lambda f: (f"u * {_SIGMOID}", f"{_SIGMOID} + y * (1 - {_SIGMOID})"),
    "mish": lambda f: (
        f"u * tanh({SOFTPLUS})",
        f"tanh({SOFTPLUS}) + u * {_SIGMOID} * (1 - tanh({SOFTPLUS}) * tanh({SOFTPLUS}))",
    ),
    "selu": lambda f: (
        f"{SCALE!r} * (maximum(u, 0) + {ALPHA!r} * (exp(minimum(u, 0)) - 1))",
        f"{SCALE!r} * (greater(u, 0) + (1 - greater(u, 0)) * {ALPHA!r} * exp(minimum(u, 0)))",
    ),
    "elu": lambda f: _elu(f) if isinstance(f, ELU) else ("", ""),
    "gelu": lambda f: _gelu(f) if isinstance(f, GELU) else ("", ""),
    "leaky_relu": lambda f: _leaky(f.slope) if isinstance(f, LeakyReLU) else ("", ""),
    "rrelu": lambda f: _leaky((f.low + f.high) / 2) if isinstance(f, RReLU) else ("", ""),
    "sigmoid": lambda f: _sigmoid(f) if isinstance(f, Sigmoid) else ("", ""),
    "step": lambda f: _step(f) if isinstance(f, Step) else ("", ""),
}


def formula(activation: Activation) -> tuple[str, str]:
    """f(u) and f'(u) of an elementwise activation, as in inference; raises `Problem` for one that has none here."""
    found = _KNOWN.get(activation.id)
    if found is None:
        raise Problem(_UNKNOWN.format(name=activation.label))
    return found(activation)


_UNKNOWN = Text(
    "{name} cannot be written to this kind of file yet; choose another kind, or another activation function.",
    "{name} はこの形式ではまだ書き出せません。別の形式か、別の活性化関数を選んでください。",
)
