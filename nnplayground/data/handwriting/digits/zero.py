"""0: round, narrow, pointed, open at the top, boxed, slashed."""

from __future__ import annotations

from nnplayground.data.handwriting.skeleton import Strokes, Vary, arc, corner, skeleton


@skeleton(0, share=5, width=(0.45, 1.05))
def oval(v: Vary) -> Strokes:
    """Around against the clock from the top; the ends meet, pass each other, or do not quite meet."""
    begin = v(-130, -30)
    ring = arc(0.5, 0.5, 0.5, 0.5, begin, begin - v(325, 400), 10)
    end = ring[-1]
    ring[-1] = end._replace(x=end.x + v(-0.1, 0.1), y=end.y + v(-0.06, 0.12))
    return [ring]


@skeleton(0, share=2.5, width=(0.4, 0.95))
def egg(v: Vary) -> Strokes:
    """Pointed at the top, where the pen began, and wide at the bottom."""
    top, wide = v(0.4, 0.75), v(0.5, 0.75)
    return [[
        corner(top, v(0, 0.06)), corner(v(0.15, 0.35), v(0.22, 0.34)), *arc(0.5, wide, 0.48, 1 - wide, 190, -10, 6),
        corner(v(0.7, 0.9), v(0.18, 0.32)), corner(top + v(-0.25, 0.1), v(-0.02, 0.1)),
    ]]  # fmt: skip


@skeleton(0, share=2.6, width=(0.5, 1.0))
def curled(v: Vary) -> Strokes:
    """The pen begins or ends inside of the ring."""
    begin = v(-110, -40)
    ring = arc(0.5, 0.5, 0.5, 0.5, begin, begin - v(330, 380), 9)
    return [[*ring, corner(v(0.2, 0.65), v(0.1, 0.5))]]


@skeleton(0, share=1.6, width=(0.5, 1.0))
def tailed(v: Vary) -> Strokes:
    """The end runs across the beginning and out at the top."""
    begin = v(-120, -60)
    ring = arc(0.45, 0.55, 0.45, 0.45, begin, begin - v(310, 345), 9)
    return [[*ring, corner(v(0.4, 0.8), v(0, 0.14)), corner(v(0.7, 1.15), v(-0.08, 0.1))]]


@skeleton(0, share=1.2, width=(0.5, 1.0))
def open_top(v: Vary) -> Strokes:
    """A cup that does not close."""
    return [arc(0.5, 0.5, 0.5, 0.5, v(-150, -100), v(-445, -370), 9)]


@skeleton(0, share=1.0, width=(0.6, 1.2))
def clockwise(v: Vary) -> Strokes:
    """Around with the clock, after a stroke from the left, like a D turned round."""
    left = v(0.12, 0.35)
    return [[
        corner(v(-0.1, 0.2), v(0, 0.12)), corner(v(0.4, 0.6), v(0, 0.04)), *arc(0.55, 0.5, 0.45, 0.5, -60, 100, 5),
        corner(left, v(0.8, 0.95)), corner(left - v(0, 0.12), 0.5), corner(left + v(0, 0.1), v(-0.02, 0.1)),
    ]]  # fmt: skip


@skeleton(0, share=0.7, width=(0.5, 0.95))
def boxed(v: Vary) -> Strokes:
    """Four sides with round corners."""
    a, b = v(0.05, 0.3), v(0.05, 0.3)
    return [[
        corner(v(0.3, 0.6), v(0, 0.05)), corner(a, 0.04), corner(0, b), corner(0, 1 - b), corner(a, 1),
        corner(1 - a, 1), corner(1, 1 - b), corner(1, b), corner(1 - a, 0.02), corner(v(0.3, 0.6), v(-0.02, 0.08)),
    ]]  # fmt: skip


@skeleton(0, share=2.0, width=(0.45, 1.0))
def slashed(v: Vary) -> Strokes:
    """A ring and a stroke from the upper right to the lower left, often beyond it."""
    begin, out = v(-130, -40), v(-0.05, 0.3)
    ring = arc(0.5, 0.5, 0.5, 0.45, begin, begin - v(330, 385), 9)
    return [ring, [corner(1 + out * v(0.2, 1.2), 0.1 - out), corner(0 - out * v(0.2, 1.2), 0.9 + out)]]


@skeleton(0, share=0.9, width=(0.4, 0.9))
def barred(v: Vary) -> Strokes:
    """A ring and an upright stroke through it."""
    ring = arc(0.5, 0.5, 0.5, v(0.3, 0.45), -90, v(-470, -430), 9)
    return [ring, [corner(v(0.4, 0.7), v(-0.1, 0.1)), corner(v(0.3, 0.6), v(0.9, 1.1))]]


@skeleton(0, share=0.6, width=(0.7, 1.1))
def flick(v: Vary) -> Strokes:
    """Round, and without lifting the pen back through the ring."""
    ring = arc(0.5, 0.55, 0.45, 0.45, v(-70, -20), v(-420, -390), 9)
    return [[*ring, corner(v(0.9, 1.1), v(-0.05, 0.12)), corner(v(-0.1, 0.15), v(0.85, 1.05))]]


@skeleton(0, share=0.8, width=(0.35, 0.85))
def crossbar(v: Vary) -> Strokes:
    """A ring and a level stroke through it."""
    ring = arc(0.5, 0.5, v(0.4, 0.5), 0.5, -90, v(-470, -430), 9)
    level = v(0.42, 0.58)
    return [ring, [corner(v(-0.25, 0.1), level), corner(v(0.9, 1.25), level + v(-0.08, 0.04))]]
