"""2: round and plain, looped, like a Z, like a swan."""

from __future__ import annotations

from nnplayground.data.handwriting.skeleton import Point, Strokes, Vary, arc, corner, skeleton


def _top(v: Vary, x: float = 0.48) -> list[Point]:
    """The hook at the top, from the left over to the right."""
    height = v(0.24, 0.36)
    return [corner(v(0, 0.22), v(0.12, 0.42)), *arc(x, height, v(0.36, 0.46), height, -140, 25, 5)]


@skeleton(2, share=3, width=(0.55, 1.0))
def plain(v: Vary) -> Strokes:
    """A hook, a slope, a sharp corner, a level base."""
    low = v(0.9, 1.0)
    return [[
        *_top(v), Point(v(0.45, 0.62), v(0.58, 0.7)), corner(v(0, 0.14), low), corner(v(0.85, 1.1), low + v(-0.08, 0.08)),
    ]]  # fmt: skip


@skeleton(2, share=2.5, width=(0.6, 1.1))
def wavy_base(v: Vary) -> Strokes:
    """The base swings like a swan's breast."""
    return [[
        *_top(v), Point(v(0.4, 0.6), v(0.58, 0.72)), corner(v(0, 0.12), v(0.9, 1.0)), Point(v(0.3, 0.42), v(0.86, 0.94)),
        Point(v(0.6, 0.72), v(0.94, 1.02)), Point(v(0.95, 1.15), v(0.82, 0.98)),
    ]]  # fmt: skip


@skeleton(2, share=3, width=(0.6, 1.15))
def looped(v: Vary) -> Strokes:
    """A small loop at the lower left."""
    x, y = v(0.1, 0.22), v(0.8, 0.9)
    return [[
        *_top(v), Point(v(0.5, 0.66), v(0.55, 0.68)), Point(x + v(0.08, 0.2), y + v(0.05, 0.12)),
        *arc(x, y, v(0.08, 0.16), v(0.06, 0.11), 110, 290, 4), Point(v(0.5, 0.62), v(0.9, 0.97)),
        Point(v(0.9, 1.15), v(0.85, 1.02)),
    ]]  # fmt: skip


@skeleton(2, share=3.2, width=(0.65, 1.25))
def large_loop(v: Vary) -> Strokes:
    """A large lower loop and a long tail."""
    x, y, r = v(0.18, 0.3), v(0.74, 0.84), v(0.13, 0.2)
    return [[
        corner(v(0, 0.28), v(0.08, 0.38)), *arc(0.46, 0.24, v(0.3, 0.42), 0.24, -130, 40, 5), Point(v(0.52, 0.64), v(0.62, 0.74)),
        *arc(x, y, v(0.16, 0.26), r, 60, 290, 5), Point(v(0.48, 0.62), v(0.82, 0.96)), Point(v(0.95, 1.2), v(0.84, 1.06)),
    ]]  # fmt: skip


@skeleton(2, share=1.6, width=(0.5, 1.0))
def angular(v: Vary) -> Strokes:
    """Like a Z: three straight strokes."""
    low = v(0.92, 1.0)
    return [[
        corner(v(0, 0.15), v(0, 0.14)), Point(v(0.5, 0.65), v(-0.02, 0.05)), corner(v(0.8, 0.98), v(0.02, 0.12)),
        corner(v(0, 0.12), low), corner(v(0.85, 1.05), low + v(-0.06, 0.06)),
    ]]  # fmt: skip


@skeleton(2, share=1.2, width=(0.45, 0.75))
def slim(v: Vary) -> Strokes:
    """Narrow, with a short base."""
    low = v(0.92, 1.0)
    return [[
        corner(v(0, 0.2), v(0.1, 0.28)), *arc(0.5, 0.24, 0.44, 0.24, -130, 30, 5), Point(v(0.5, 0.7), v(0.6, 0.72)),
        corner(v(0.05, 0.25), low), corner(v(0.8, 1.0), low + v(-0.06, 0.04)),
    ]]  # fmt: skip


@skeleton(2, share=1.2, width=(0.6, 1.1))
def round_foot(v: Vary) -> Strokes:
    """No corner: the slope bends over into the base."""
    return [[
        *_top(v), Point(v(0.45, 0.6), v(0.58, 0.7)), Point(v(0.1, 0.22), v(0.84, 0.92)), Point(v(0.12, 0.25), v(0.95, 1.02)),
        Point(v(0.5, 0.62), v(0.93, 1.0)), Point(v(0.9, 1.1), v(0.84, 0.98)),
    ]]  # fmt: skip


@skeleton(2, share=1.4, width=(0.6, 1.0))
def curl_top(v: Vary) -> Strokes:
    """The hook begins with a curl inside."""
    low = v(0.92, 1.0)
    return [[
        corner(v(0.2, 0.4), v(0.26, 0.4)), *arc(0.48, 0.27, v(0.4, 0.48), 0.27, -195, 30, 6), Point(v(0.4, 0.6), v(0.62, 0.72)),
        corner(v(0, 0.14), low), Point(v(0.4, 0.6), low + v(-0.04, 0.02)), corner(v(0.85, 1.1), low + v(-0.06, 0.06)),
    ]]  # fmt: skip


@skeleton(2, share=1.0, width=(0.9, 1.5))
def wide(v: Vary) -> Strokes:
    """Low and wide, with a long tail."""
    return [[
        corner(v(0.1, 0.25), v(0.1, 0.3)), *arc(0.42, 0.27, v(0.2, 0.32), 0.27, -140, 30, 5), Point(v(0.4, 0.5), v(0.6, 0.72)),
        corner(v(0, 0.12), v(0.84, 0.98)), Point(v(0.3, 0.45), v(0.82, 0.92)), Point(v(0.65, 0.75), v(0.92, 1.0)), Point(1, v(0.84, 1.0)),
    ]]  # fmt: skip


@skeleton(2, share=1.8, width=(0.6, 1.1))
def curl_and_loop(v: Vary) -> Strokes:
    """A hook that curls in, and a loop at the foot."""
    x, y = v(0.12, 0.26), v(0.8, 0.88)
    return [[
        corner(v(0.16, 0.42), v(0.24, 0.42)), *arc(0.5, 0.26, v(0.36, 0.48), 0.26, -200, 35, 6), Point(v(0.5, 0.64), v(0.58, 0.7)),
        *arc(x, y, v(0.14, 0.28), v(0.09, 0.2), 65, 290, 5), Point(v(0.48, 0.62), v(0.84, 0.96)), Point(v(0.85, 1.15), v(0.82, 1.05)),
    ]]  # fmt: skip


@skeleton(2, share=1.2, width=(0.4, 0.7), slant=(0.2, 0.2))
def slim_loop(v: Vary) -> Strokes:
    """Narrow, with a small hook and a small loop."""
    y = v(0.8, 0.9)
    return [[
        corner(v(0.1, 0.35), v(0.1, 0.3)), *arc(0.5, 0.2, v(0.28, 0.42), 0.2, -140, 40, 5), Point(v(0.5, 0.65), v(0.55, 0.7)),
        *arc(v(0.12, 0.25), y, v(0.1, 0.2), v(0.06, 0.12), 80, 290, 4), Point(v(0.5, 0.65), v(0.9, 0.98)), Point(v(0.8, 1.1), v(0.84, 1.0)),
    ]]  # fmt: skip


@skeleton(2, share=0.8, width=(0.5, 0.85))
def steep(v: Vary) -> Strokes:
    """A small hook, a steep slope, and a short base that stands off."""
    low = v(0.88, 0.98)
    return [[
        corner(v(0.15, 0.4), v(0.08, 0.25)), *arc(0.58, 0.17, v(0.22, 0.34), 0.17, -150, 45, 5), Point(v(0.45, 0.65), v(0.55, 0.68)),
        corner(v(0.1, 0.35), low), corner(v(0.75, 1.05), low + v(-0.06, 0.1)),
    ]]  # fmt: skip


@skeleton(2, share=3, width=(0.55, 1.1))
def falling_tail(v: Vary) -> Strokes:
    """A large loop at the foot, and a tail that falls to the right."""
    x, y = v(0.16, 0.28), v(0.76, 0.86)
    return [[
        corner(v(0, 0.3), v(0.16, 0.44)), *arc(0.48, 0.24, v(0.32, 0.46), 0.24, -165, 40, 5), Point(v(0.5, 0.62), v(0.58, 0.72)),
        *arc(x, y, v(0.14, 0.26), v(0.1, 0.18), 80, 280, 5), Point(v(0.45, 0.6), v(0.74, 0.86)), corner(v(0.8, 1.1), v(0.94, 1.08)),
    ]]  # fmt: skip


@skeleton(2, share=1.6, width=(0.55, 1.05))
def falling_base(v: Vary) -> Strokes:
    """The base falls to the right, below the corner that it begins at."""
    low = v(0.78, 0.92)
    return [[
        *_top(v), Point(v(0.42, 0.6), v(0.52, 0.64)), corner(v(0, 0.2), low), Point(v(0.35, 0.55), low + v(-0.04, 0.08)), corner(v(0.8, 1.1), v(0.92, 1.05)),
    ]]  # fmt: skip
