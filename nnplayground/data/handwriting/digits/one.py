"""1: a plain stroke, bent, with a flag, with a base, with both."""

from __future__ import annotations

from nnplayground.data.handwriting.skeleton import Strokes, Vary, corner, skeleton


@skeleton(1, share=9, width=(0.02, 0.12), slant=(0.25, 0.28))
def plain(v: Vary) -> Strokes:
    """One straight stroke."""
    return [[corner(0.5, 0), corner(0.5 + v(-0.4, 0.4), 0.5), corner(0.5, 1)]]


@skeleton(1, share=2.5, width=(0.1, 0.3), slant=(0.2, 0.25))
def bent(v: Vary) -> Strokes:
    """One stroke that bows to a side or swings."""
    return [[corner(0.5, 0), corner(0.5 + v(-0.5, 0.5), 0.33), corner(0.5 + v(-0.5, 0.5), 0.67), corner(0.5, 1)]]


@skeleton(1, share=2.2, width=(0.2, 0.5), slant=(0.15, 0.2))
def flag(v: Vary) -> Strokes:
    """A short stroke up, then the stem down."""
    stem = v(0.7, 1)
    return [[corner(v(0, 0.4), v(0.12, 0.36)), corner(stem, 0), corner(stem + v(-0.1, 0.1), 1)]]


@skeleton(1, share=1.2, width=(0.35, 0.8), slant=(0.1, 0.2))
def long_flag(v: Vary) -> Strokes:
    """The stroke up is nearly as long as the stem."""
    return [[corner(0, v(0.35, 0.7)), corner(v(0.75, 1), 0), corner(v(0.75, 1), 1)]]


@skeleton(1, share=1.9, width=(0.4, 0.95), slant=(0.08, 0.15))
def flag_and_base(v: Vary) -> Strokes:
    """As it is printed."""
    stem, low = v(0.45, 0.65), v(0.93, 1.0)
    top = [corner(stem - v(0.2, 0.5), v(0.1, 0.4)), corner(stem, 0), corner(stem + v(-0.05, 0.05), low)]
    return [top, [corner(v(0, 0.15), low + v(-0.03, 0.05)), corner(v(0.85, 1.1), low + v(-0.1, 0.04))]]


@skeleton(1, share=0.5, width=(0.35, 0.7), slant=(0.08, 0.15))
def base(v: Vary) -> Strokes:
    """A stem on a base."""
    stem, low = v(0.4, 0.6), v(0.94, 1.0)
    return [[corner(stem, 0), corner(stem, low)], [corner(v(0, 0.15), low), corner(v(0.85, 1.0), low + v(-0.05, 0.05))]]


@skeleton(1, share=0.6, width=(0.2, 0.45), slant=(0.15, 0.2))
def hooked(v: Vary) -> Strokes:
    """A stem that turns to the right at its foot, like an l."""
    stem = v(0.1, 0.3)
    return [
        [
            corner(stem, 0),
            corner(stem - 0.05, 0.5),
            corner(stem, v(0.8, 0.9)),
            corner(v(0.35, 0.6), 1),
            corner(1, v(0.86, 0.97)),
        ]
    ]


@skeleton(1, share=0.7, width=(0.15, 0.45), slant=(0.15, 0.22))
def bar_top(v: Vary) -> Strokes:
    """A stem with a small level or falling flag."""
    stem = v(0.7, 1)
    return [[corner(0, v(0, 0.25)), corner(stem, v(0, 0.04)), corner(stem + v(-0.2, 0.1), 1)]]


@skeleton(1, share=0.5, width=(0.04, 0.15), slant=(0.2, 0.25))
def twice(v: Vary) -> Strokes:
    """Gone over twice."""
    return [[corner(0.5, 0), corner(v(0.2, 0.8), v(0.9, 1)), corner(v(0.0, 1), v(0, 0.12))]]


@skeleton(1, share=0.6, width=(0.4, 0.9), slant=(0.1, 0.18))
def one_stroke_base(v: Vary) -> Strokes:
    """Flag, stem and base without lifting the pen, back along the base."""
    stem, low = v(0.4, 0.65), v(0.93, 1.0)
    return [[
        corner(stem - v(0.2, 0.5), v(0.1, 0.36)), corner(stem, 0), corner(stem + v(-0.08, 0.05), low), corner(v(0, 0.2), low + v(-0.02, 0.06)),
        corner(v(0.85, 1.1), low + v(-0.06, 0.04)),
    ]]  # fmt: skip


@skeleton(1, share=0.5, width=(0.35, 0.8), slant=(0.1, 0.18))
def bar_and_base(v: Vary) -> Strokes:
    """A bar at the top and one at the foot, like a printed I."""
    stem, low = v(0.4, 0.6), v(0.94, 1.0)
    return [
        [corner(v(0, 0.2), v(0, 0.12)), corner(stem + v(0, 0.3), v(0, 0.05))],
        [corner(stem + v(0, 0.1), 0.02), corner(stem, low)], [corner(v(0, 0.2), low), corner(v(0.8, 1.0), low + v(-0.05, 0.04))],
    ]  # fmt: skip
