"""6: with loops of all sizes, straight and curved backs, closed and open."""

from __future__ import annotations

from nnplayground.data.handwriting.skeleton import Point, Strokes, Vary, arc, corner, skeleton


@skeleton(6, share=4, width=(0.5, 0.85))
def curved(v: Vary) -> Strokes:
    """A curved back and a round loop that meets it."""
    top = v(0.42, 0.6)
    y = (1 + top) / 2
    return [[
        corner(v(0.5, 0.9), v(0, 0.06)), Point(v(0.2, 0.36), v(0.2, 0.32)), Point(v(0.0, 0.08), y - 0.1), *arc(0.48, y, 0.46, 1 - y, 150, -75, 7),
        corner(v(0.05, 0.3), y + v(-0.08, 0.1)),
    ]]  # fmt: skip


@skeleton(6, share=2.5, width=(0.45, 0.8))
def straight(v: Vary) -> Strokes:
    """A straight back that leans, and a small loop."""
    top = v(0.48, 0.66)
    y = (1 + top) / 2
    return [[
        corner(v(0.35, 0.75), v(0, 0.04)), corner(v(0.14, 0.3), v(0.35, 0.45)), *arc(0.48, y, v(0.4, 0.5), 1 - y, 175, -80, 7),
        corner(v(0.02, 0.22), y + v(-0.06, 0.08)),
    ]]  # fmt: skip


@skeleton(6, share=1.6, width=(0.65, 1.1))
def wide_loop(v: Vary) -> Strokes:
    """A flat and wide loop far to the right, like a b."""
    top = v(0.5, 0.66)
    y = (1 + top) / 2
    return [[
        corner(v(0.2, 0.5), v(0, 0.05)), Point(v(0.06, 0.2), v(0.3, 0.42)), Point(v(0, 0.06), v(0.7, 0.8)), Point(v(0.25, 0.4), v(0.94, 1.0)),
        *arc(0.62, y, 0.38, 1 - y, 70, -110, 5), corner(v(0.05, 0.3), v(0.72, 0.86)),
    ]]  # fmt: skip


@skeleton(6, share=1.8, width=(0.55, 0.95))
def large(v: Vary) -> Strokes:
    """Round: the loop is most of the digit and the back is short."""
    top = v(0.3, 0.44)
    y = (1 + top) / 2
    return [[
        corner(v(0.6, 0.95), v(0, 0.08)), Point(v(0.25, 0.4), v(0.08, 0.18)), Point(v(0, 0.08), v(0.4, 0.55)), *arc(0.5, y, 0.48, 1 - y, 160, -80, 7),
        corner(v(0.1, 0.35), y + v(-0.12, 0.1)),
    ]]  # fmt: skip


@skeleton(6, share=1.4, width=(0.5, 0.85))
def spiral(v: Vary) -> Strokes:
    """The loop ends inside, free of the back."""
    top = v(0.42, 0.58)
    y = (1 + top) / 2
    return [[
        corner(v(0.45, 0.85), v(0, 0.05)), Point(v(0.15, 0.3), v(0.22, 0.34)), Point(v(0, 0.06), y), *arc(0.5, y, 0.46, 1 - y, 140, -90, 6),
        Point(v(0.25, 0.4), y - v(0, 0.1)), corner(v(0.25, 0.5), v(0.82, 0.95)),
    ]]  # fmt: skip


@skeleton(6, share=1.6, width=(0.5, 0.9))
def open_(v: Vary) -> Strokes:
    """The loop does not reach the back."""
    top = v(0.46, 0.62)
    y = (1 + top) / 2
    return [[
        corner(v(0.4, 0.8), v(0, 0.05)), Point(v(0.12, 0.28), v(0.25, 0.38)), Point(v(0, 0.06), v(0.68, 0.78)), *arc(0.5, y, 0.45, 1 - y, 130, v(-70, -20), 6),
        corner(v(0.45, 0.62), v(0.55, 0.68)),
    ]]  # fmt: skip


@skeleton(6, share=1.0, width=(0.35, 0.6))
def slim(v: Vary) -> Strokes:
    """Narrow: a long back and a slit of a loop."""
    return [[
        corner(v(0.6, 1.0), v(0, 0.04)), Point(v(0.2, 0.4), v(0.35, 0.45)), Point(v(0, 0.1), v(0.75, 0.85)), Point(v(0.3, 0.45), v(0.96, 1.0)),
        Point(v(0.8, 1.0), v(0.76, 0.88)), Point(v(0.6, 0.8), v(0.56, 0.68)), corner(v(0.08, 0.25), v(0.76, 0.9)),
    ]]  # fmt: skip


@skeleton(6, share=0.8, width=(0.5, 0.85))
def hooked(v: Vary) -> Strokes:
    """The back begins with a small hook or bend at the top."""
    y = v(0.7, 0.78)
    return [[
        corner(v(0.75, 1.0), v(0.06, 0.18)), Point(v(0.5, 0.65), v(0, 0.04)), Point(v(0.15, 0.3), v(0.22, 0.34)), Point(v(0, 0.06), y - 0.08),
        *arc(0.48, y, 0.46, 1 - y, 155, -80, 7), corner(v(0.05, 0.25), y + v(-0.05, 0.1)),
    ]]  # fmt: skip


@skeleton(6, share=2.2, width=(0.6, 1.1))
def cup(v: Vary) -> Strokes:
    """A U whose right side comes high up and curls in."""
    top = v(0.3, 0.5)
    return [[
        corner(v(0.1, 0.45), v(0, 0.05)), Point(v(0.02, 0.14), v(0.35, 0.48)), Point(v(0, 0.1), v(0.68, 0.8)), Point(v(0.3, 0.5), v(0.95, 1.0)),
        Point(v(0.85, 1.0), v(0.68, 0.8)), Point(v(0.7, 0.9), top), Point(v(0.42, 0.6), top + v(0.06, 0.2)), corner(v(0.3, 0.6), v(0.72, 0.96)),
    ]]  # fmt: skip


@skeleton(6, share=1.2, width=(0.3, 0.6), slant=(0.2, 0.2))
def small_loop(v: Vary) -> Strokes:
    """A long back and a small loop low down."""
    x, y = v(0.35, 0.5), v(0.8, 0.88)
    return [[
        corner(v(0.55, 1.0), v(0, 0.06)), Point(v(0.25, 0.45), v(0.25, 0.38)), Point(v(0.02, 0.14), v(0.66, 0.76)),
        *arc(x, y, v(0.3, 0.45), 1 - y, 140, -85, 6), corner(v(0.05, 0.3), y + v(-0.04, 0.08)),
    ]]  # fmt: skip
