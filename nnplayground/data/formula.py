"""Formulas of x that a person types: read as a small tree of known operations, never executed as code."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.text import Problem, Text

Floats = NDArray[np.float64]
LONGEST = 200
"""Characters."""
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan,
    "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "exp": np.exp, "log": np.log, "ln": np.log, "sqrt": np.sqrt,
    "abs": np.abs, "sign": np.sign, "floor": np.floor, "ceil": np.ceil, "round": np.round,
    "min": np.minimum, "max": np.maximum,
}  # fmt: skip
CONSTANTS = {"pi": np.pi, "e": np.e}
_TWO = ("min", "max")
"""Functions of two values; the others take one."""
_BINARY: dict[type[ast.operator], Callable[..., Any]] = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Pow: np.power, ast.Mod: np.mod,
}  # fmt: skip
_UNARY: dict[type[ast.unaryop], Callable[..., Any]] = {ast.UAdd: np.positive, ast.USub: np.negative}
_SIGNS = str.maketrans({"−": "-", "×": "*", "·": "*", "÷": "/", "π": " pi "})
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TOKEN = re.compile(r"\s*((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[^\W\d]\w*|\*\*|[-+*/%^(),|])")


class Formula:
    """`text` as a function of x; raises `Problem` if it is not one. 2x, x^3, x², |x| and π are understood."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._root = _read(text)
        with np.errstate(all="ignore"):
            _value(self._root, np.ones(1), text)

    def __call__(self, x: Floats) -> Floats:
        """The values at `x` (n,); what has no value there is nan or infinite."""
        with np.errstate(all="ignore"):
            return np.broadcast_to(np.asarray(_value(self._root, x, self.text), np.float64), x.shape).copy()

    def finite(self, x: Floats) -> Floats:
        """The values at `x` (n,); raises `Problem` where there is none."""
        y = self(x)
        bad = ~np.isfinite(y) | (np.abs(y) > 1e6)
        if bad.any():
            raise Problem(_NO_VALUE.format(text=_shown(self.text), x=f"{x[bad][0]:.3g}"))
        return y


def _read(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise Problem(_TOO_LONG.format(n=len(text), most=LONGEST))
    try:
        return ast.parse(_plain(text), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Problem(_UNREADABLE.format(text=_shown(text))) from None


def _plain(text: str) -> str:
    """As Python would write it: with every multiplication sign, and with abs instead of bars."""
    out: list[str] = []
    ended = False
    """Whether a value ends here, so that the next one is multiplied with it."""
    for token in _tokens(text):
        begins = token[0].isalnum() or token[0] in "._(" or (token == "|" and not ended)
        if begins and ended:
            out.append("*")
        elif begins and out and out[-1] in FUNCTIONS and token != "(":
            raise Problem(_NO_BRACKETS.format(name=out[-1]))
        out.append({"^": "**", "|": ")" if ended else "abs("}.get(token, token))
        ended = token not in FUNCTIONS and (token == ")" or out[-1] == ")" or (begins and token not in "(|"))
    return "".join(out)


def _tokens(text: str) -> list[str]:
    words = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: "^" + m[0].translate(_RAISED), text.translate(_SIGNS))
    words = unicodedata.normalize("NFKC", words).translate(_SIGNS).strip()
    words = re.sub(r"^y\s*[=<>]", "", words)
    found, place = [], 0
    while place < len(words):
        match = _TOKEN.match(words, place)
        if match is None:
            raise ValueError(words[place])
        found.append(match[1])
        place = match.end()
    return found


def _value(node: ast.expr, x: Floats, text: str) -> Any:
    """The value of one node of the tree; whatever is not listed here is refused."""
    match node:
        case ast.Constant(value=bool() | complex()):
            pass
        case ast.Constant(value=int() | float() as number):
            return np.float64(number) if abs(number) < 1e300 else np.float64(np.inf)
        case ast.Name(id="x" | "X"):
            return x
        case ast.Name(id=name) if name in CONSTANTS:
            return np.float64(CONSTANTS[name])
        case ast.Name(id=name) if name in FUNCTIONS:
            raise Problem(_NO_BRACKETS.format(name=name))
        case ast.Name(id=name):
            raise Problem(_UNKNOWN.format(name=_shown(name), names=", ".join(FUNCTIONS)))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _BINARY[type(op)](_value(left, x, text), _value(right, x, text))
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _UNARY:
            return _UNARY[type(op)](_value(operand, x, text))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return _call(name, args, x, text)
    raise Problem(_UNREADABLE.format(text=_shown(text)))


def _call(name: str, args: list[ast.expr], x: Floats, text: str) -> Any:
    if name not in FUNCTIONS:
        raise Problem(_UNKNOWN.format(name=_shown(name), names=", ".join(FUNCTIONS)))
    count = 2 if name in _TWO else 1
    if len(args) != count:
        raise Problem(_ARGUMENTS.format(name=name, n=count))
    return FUNCTIONS[name](*(_value(arg, x, text) for arg in args))


def _shown(words: str) -> str:
    return words if len(words) <= 30 else words[:27] + "..."


_TOO_LONG = Text(
    "The formula has {n} characters; at most {most} are read.",
    "式が {n} 文字あります。{most} 文字以内にしてください。",
)
_UNREADABLE = Text(
    "“{text}” is not a formula of x; write one like sin(2x) + x^2 / 3.",
    "「{text}」は x の式として読めません。sin(2x) + x^2 / 3 のように書いてください。",
)
_UNKNOWN = Text(
    "The formula has “{name}”, which is not known; use x, pi, e and {names}.",
    "式の「{name}」がわかりません。x, pi, e と次の関数が使えます: {names}",
)
_NO_BRACKETS = Text(
    "{name} needs its argument in brackets: {name}(x).", "{name} は {name}(x) のように括弧を付けて書いてください。"
)
_ARGUMENTS = Text("{name} takes {n} value(s).", "{name} に与える値は {n} 個です。")
_NO_VALUE = Text(
    "{text} has no usable value at x = {x}; choose a formula that has one everywhere.",
    "{text} は x = {x} で値がないか大きすぎます。どこでも値のある式にしてください。",
)
