"""How a hand writes: the sliders of the generated handwriting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnplayground.registry import Entry, option
from nnplayground.text import Text


def _amount(en: str, ja: str, help_en: str, help_ja: str, high: float = 2.0) -> float:
    return option(1.0, Text(en, ja), help=Text(help_en, help_ja), low=0.0, high=high)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Style(Entry):
    """Amounts of everything in which one hand differs from another; 1 is as people differ, 0 is not at all."""

    id: ClassVar[str] = "style"
    label: ClassVar[Text] = Text("Handwriting", "手書きの個性")

    variety: float = _amount(
        "Variety",
        "字形のばらつき",
        "How far each way of writing strays from its typical form.",
        "同じ書き方の中での字形の違い。",
    )
    jitter: float = _amount("Jitter", "手のふるえ", "Unsteadiness of the hand.", "線のふらつき。")
    warp: float = _amount("Warp", "ゆがみ", "Smooth bending of the whole digit.", "字全体のなめらかなゆがみ。")
    aspect: float = _amount("Width", "字の幅のばらつき", "Narrow and wide digits.", "縦長の字や横長の字。")
    slant: float = _amount(
        "Slant", "傾斜のばらつき", "Digits that lean to the right or to the left.", "右や左に傾いた字。"
    )
    rotation: float = _amount("Rotation", "回転", "Digits turned as a whole.", "字全体の回転。")
    pen: float = option(
        1.0,
        Text("Pen width", "線の太さ"),
        help=Text("1 is as wide as people's pens.", "1 が普通のペンの太さ。"),
        low=0.3,
        high=2.5,
    )
    pen_variety: float = _amount("Pens", "太さのばらつき", "Thin and thick pens.", "細いペンや太いペン。")
    pressure: float = _amount(
        "Pressure", "筆圧の変化", "Pressure that changes along the path.", "線の途中での筆圧の変化。"
    )
    softness: float = _amount("Softness", "線のぼけ", "Blurred edges of the ink.", "線のふちのぼけ。")
    placement: float = _amount(
        "Placement", "位置のずれ", "Off by up to half a pixel, as in MNIST.", "MNIST と同じ、最大半ピクセルの位置ずれ。"
    )
