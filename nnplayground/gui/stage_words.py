"""What is said of the steps between the pen and the network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nnplayground.data.strokes import LABELS
from nnplayground.engine.arrays import Array
from nnplayground.text import Text, listed

NOTHING = Text(
    "Draw a digit, and here you see what becomes of it on its way to the network.",
    "数字を描くと、ネットワークに渡るまでにどう加工されるかがここに表示されます。",
)
RESET = Text("All steps on", "すべて入れる")
TRY = Text("Switch it off and see whether your digit is still read.", "オフにして、まだ数字が読めるかを見ましょう。")
HELP = {
    "raw": Text(
        "The whole canvas squeezed into 28×28 pixels: all that most programs do.",
        "キャンバス全体を 28×28 画素に縮めただけの画像です。ここで終わりにするプログラムが多くあります。",
    ),
    "box": Text(
        "The frame around the digit is moved to the middle, wherever on the canvas it was drawn.",
        "数字を囲む枠を中央に移します。キャンバスのどこに描いても同じになります。",
    ),
    "size": Text(
        "The longer side becomes 20 pixels, however large the digit was drawn: so MNIST was made.",
        "長いほうの辺を 20 画素にそろえます。MNIST と同じ作り方で、大きさの違いがなくなります。",
    ),
    "pen": Text(
        "The strokes are drawn anew with a pen of 2.2 pixels, however thick yours was.",
        "線を太さ 2.2 画素で引き直します。ペンの太さの違いがなくなります。",
    ),
    "centre": Text(
        "The centre of mass of the ink is moved to the middle, as the makers of MNIST did.",
        "インクの重心を中央に合わせます。MNIST と同じ置き方になります。",
    ),
}
_OFF = Text(
    "Switched off: {names}. The network gets something else than it learnt from.",
    "切ってある手順: {names}。学習したときと違う画像がネットワークに渡っています。",
)
_OFF_NOW = Text(
    "Switched off: {names}. It reads {now}; with “{name}” it would read {then}.",
    "切ってある手順: {names}。今の答えは {now} ですが、「{name}」を入れると {then} になります。",
)
_TURNS = Text(
    "Without “{name}” it would read {then}, and not {now}.",
    "「{name}」がなければ、{now} ではなく {then} と読みます。",
)
_MATTERS = Text(
    "“{name}” matters most here: {with_it:.0%} with it, {without:.0%} without.",
    "ここでいちばん効いているのは「{name}」です。あれば {with_it:.0%}、なければ {without:.0%}。",
)
_NO_MATTER = Text(
    "Here no step alone changes the answer by much. Try a small digit in a corner.",
    "ここではどの手順を 1 つ切っても答えはほとんど変わりません。隅に小さく描いてみてください。",
)
_LITTLE = 0.02


@dataclass(frozen=True)
class Effect:
    """What one step does: shares of the class that is answered `now`, with it and without, and the answer otherwise."""

    step: str
    shares: tuple[float, float]
    now: str
    otherwise: str

    @classmethod
    def of(cls, step: str, on: bool, now: Array, otherwise: Array, classes: Sequence[str]) -> Effect:
        """From the shares of all `classes` as it is `now` and with the switch the other way."""
        best = int(now.argmax())
        with_it, without = (now, otherwise) if on else (otherwise, now)
        return cls(step, (float(with_it[best]), float(without[best])), classes[best], classes[int(otherwise.argmax())])

    @property
    def turns(self) -> bool:
        """Whether the switch decides what is read."""
        return self.now != self.otherwise


def said_of(effects: Sequence[Effect], off: Sequence[str]) -> Text:
    """The sentence below the images."""
    turning = [e for e in effects if e.turns and (e.step in off or not off)]
    strongest = max(turning or effects, key=lambda e: abs(e.shares[0] - e.shares[1]), default=None)
    names = listed(LABELS[name] for name in off)
    if strongest is None:
        return _OFF.format(names=names) if off else NOTHING
    known = {"name": LABELS[strongest.step], "now": strongest.now, "then": strongest.otherwise, "names": names}
    if off:
        return (_OFF_NOW if turning else _OFF).format(**known)
    if turning:
        return _TURNS.format(**known)
    with_it, without = strongest.shares
    if abs(with_it - without) < _LITTLE:
        return _NO_MATTER
    return _MATTERS.format(with_it=with_it, without=without, **known)
