""" "Why not a 4?" in one sentence with figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.text import Text
from nnplayground.training.inspection.attribution import Attribution, attribution
from nnplayground.training.inspection.counterfactual import InkChange, ink_change

PLACES = (
    (Text("top left", "左上"), Text("top", "上"), Text("top right", "右上")),
    (Text("left", "左"), Text("middle", "中央"), Text("right", "右")),
    (Text("bottom left", "左下"), Text("bottom", "下"), Text("bottom right", "右下")),
)
"""Names of the ninths of an image, row by row."""


@dataclass(frozen=True, eq=False)
class WhyNot:
    """The sentence, and what it is drawn from: shares of the lead by pixel, and the ink that would turn it round."""

    text: Text
    attribution: Attribution
    change: InkChange


def why_not(
    network: Network,
    parameters: Array,
    row: Array,
    other: int,
    classes: tuple[str, ...],
    ink: tuple[int, int] = (28, 28),
) -> WhyNot:
    """Why `row` (features,), an image of `ink` (height, width), is not answered with class `other`.

    For networks with one output per class.
    """
    change = ink_change(network, parameters, row, other)
    given = int(change.before.argmax())
    if given == other:
        found = attribution(network, parameters, row, other)
        return WhyNot(_IT_IS.format(name=classes[other], share=float(change.before[other])), found, change)
    found = attribution(network, parameters, row, given, other)
    place, part = _strongest(found.inputs.reshape(-1, *ink).sum(axis=0))
    said = _BECAUSE.format(
        given=classes[given], other=classes[other], share=float(change.before[given]),
        rest=float(change.before[other]), lead=found.score, place=place, part=part,
    )  # fmt: skip
    turn = _TURNS.format(n=len(change.add) + len(change.erase), add=len(change.add), erase=len(change.erase),
                         other=classes[other]) if change.flips else _STAYS.format(other=classes[other])  # fmt: skip
    return WhyNot(Text(f"{said.en} {turn.en}", f"{said.ja}{turn.ja}"), found, change)


def _strongest(shares: NDArray[np.float64]) -> tuple[Text, float]:
    """The ninth of the image that speaks most for the answer, and how much it adds to the lead."""
    rows, columns = (np.array_split(np.arange(n), 3) for n in shares.shape)
    sums = np.array([[shares[np.ix_(r, c)].sum() for c in columns] for r in rows])
    i, j = (int(k) for k in np.unravel_index(sums.argmax(), sums.shape))
    return PLACES[i][j], float(sums[i, j])


_IT_IS = Text("It is read as {name}, with {share:.0%}.", "{share:.0%} の確率で {name} と読んでいます。")
_BECAUSE = Text(
    "{given} gets {share:.1%} and {other} only {rest:.1%}: its score is ahead by {lead:.2f}, of which the {place} of the image "
    "gives {part:.2f}.",
    "{given} が {share:.1%}、{other} は {rest:.1%} です。スコアの差は {lead:.2f} で、画像の{place}がそのうち {part:.2f} を占めています。",
)
_TURNS = Text(
    "Changing {n} pixels ({add} with ink, {erase} without) would make it {other}.",
    "{n} 画素（{add} 画素を塗り、{erase} 画素を消す）を変えれば {other} になります。",
)
_STAYS = Text("No change of 30 pixels makes it {other}.", "30 画素を変えるだけでは {other} になりません。")
