"""8: one crossing path, two circles, open at the top, slim and leaning."""

from __future__ import annotations

from nnplayground.data.handwriting.skeleton import Point, Strokes, Vary, arc, corner, skeleton


@skeleton(8, share=4, width=(0.45, 0.85))
def crossing(v: Vary) -> Strokes:
    """An S from the upper right, then back up through the middle."""
    waist, upper, lower = v(0.4, 0.54), v(0.3, 0.46), v(0.38, 0.52)
    return [[
        corner(v(0.6, 0.92), v(0.03, 0.2)), *arc(0.5, waist / 2, upper, waist / 2, -70, -210, 5), Point(0.5, waist),
        *arc(0.5, (1 + waist) / 2, lower, (1 - waist) / 2, -30, 210, 7), Point(v(0.48, 0.6), waist - v(0, 0.06)), corner(v(0.7, 0.98), v(0.06, 0.22)),
    ]]  # fmt: skip


@skeleton(8, share=2.5, width=(0.45, 0.85))
def closed(v: Vary) -> Strokes:
    """One crossing path that ends where it began, at the top."""
    waist, upper, lower = v(0.42, 0.54), v(0.32, 0.46), v(0.4, 0.52)
    return [[
        *arc(0.5, waist / 2, upper, waist / 2, v(-90, -50), -210, 5), Point(0.5, waist), *arc(0.5, (1 + waist) / 2, lower, (1 - waist) / 2, -30, 210, 7),
        Point(0.5, waist), *arc(0.5, waist / 2, upper, waist / 2, 30, v(-120, -60), 5),
    ]]  # fmt: skip


@skeleton(8, share=1.8, width=(0.5, 0.9))
def two_circles(v: Vary) -> Strokes:
    """One ring on top of the other."""
    waist = v(0.42, 0.55)
    upper, lower = v(0.3, 0.46), v(0.38, 0.52)
    return [
        arc(0.5 + v(-0.05, 0.05), waist / 2, upper, waist / 2, v(-120, -30), v(-460, -400), 8),
        arc(0.5, (1 + waist) / 2 - v(0, 0.03), lower, (1 - waist) / 2, v(-130, -50), v(-470, -420), 8),
    ]


@skeleton(8, share=2, width=(0.3, 0.6), slant=(0.3, 0.22))
def slim(v: Vary) -> Strokes:
    """Narrow and leaning, crossing at the middle."""
    waist = v(0.4, 0.58)
    return [[
        corner(v(0.6, 1.0), v(0.0, 0.1)), *arc(0.55, waist / 2, v(0.34, 0.5), waist / 2, -80, -200, 4), Point(0.5, waist),
        *arc(0.48, (1 + waist) / 2, v(0.34, 0.5), (1 - waist) / 2, -20, 200, 6), Point(v(0.45, 0.6), waist), corner(v(0.8, 1.1), v(0.02, 0.18)),
    ]]  # fmt: skip


@skeleton(8, share=1.8, width=(0.55, 1.0), slant=(0.25, 0.2))
def open_tail(v: Vary) -> Strokes:
    """A pinched crossing and two ends that stay apart at the top."""
    waist = v(0.42, 0.56)
    return [[
        corner(v(0.55, 0.9), v(0.02, 0.14)), *arc(0.42, waist / 2, v(0.3, 0.42), waist / 2, -90, -215, 4), Point(v(0.42, 0.52), waist),
        *arc(0.46, (1 + waist) / 2, v(0.3, 0.46), (1 - waist) / 2, -25, 205, 6), Point(v(0.48, 0.62), waist - v(0, 0.05)), corner(v(0.95, 1.25), v(0, 0.2)),
    ]]  # fmt: skip


@skeleton(8, share=1.2, width=(0.45, 0.85))
def small_top(v: Vary) -> Strokes:
    """A small ring over a large one."""
    waist = v(0.3, 0.42)
    return [[
        corner(v(0.5, 0.7), v(0.0, 0.06)), *arc(0.5, waist / 2, v(0.2, 0.32), waist / 2, -100, -215, 4), Point(0.5, waist),
        *arc(0.5, (1 + waist) / 2, v(0.42, 0.54), (1 - waist) / 2, -40, 220, 7), Point(0.52, waist), corner(v(0.6, 0.8), v(0.02, 0.12)),
    ]]  # fmt: skip


@skeleton(8, share=1.4, width=(0.45, 0.85), slant=(0.22, 0.2))
def small_foot(v: Vary) -> Strokes:
    """A large ring over a small, pinched one."""
    waist = v(0.54, 0.68)
    return [[
        corner(v(0.6, 0.9), v(0.02, 0.14)), *arc(0.5, waist / 2, v(0.38, 0.5), waist / 2, -80, -220, 5), Point(0.48, waist),
        *arc(0.46, (1 + waist) / 2, v(0.1, 0.3), (1 - waist) / 2, -20, 200, 5), Point(0.5, waist), corner(v(0.8, 1.05), v(0.06, 0.24)),
    ]]  # fmt: skip


@skeleton(8, share=0.8, width=(0.5, 0.95))
def three_closed(v: Vary) -> Strokes:
    """The right side drawn like a 3, shut on the left."""
    waist = v(0.42, 0.54)
    return [[
        Point(v(0.3, 0.5), waist), *arc(0.5, waist / 2, v(0.34, 0.46), waist / 2, 150, 410, 7), Point(v(0.4, 0.55), waist),
        *arc(0.5, (1 + waist) / 2, v(0.4, 0.52), (1 - waist) / 2, -50, 210, 7), corner(v(0.3, 0.5), waist + v(-0.04, 0.04)),
    ]]  # fmt: skip


@skeleton(8, share=0.7, width=(0.5, 0.9))
def gap_top(v: Vary) -> Strokes:
    """The top does not close: the ends bend away from each other."""
    waist = v(0.42, 0.54)
    return [[
        corner(v(0.62, 0.85), v(0.08, 0.2)), *arc(0.48, waist / 2, v(0.34, 0.46), waist / 2, -60, -215, 5), Point(0.5, waist),
        *arc(0.5, (1 + waist) / 2, v(0.4, 0.52), (1 - waist) / 2, -35, 215, 7), Point(v(0.5, 0.6), waist - 0.02), corner(v(0.85, 1.05), v(0.12, 0.3)),
    ]]  # fmt: skip


@skeleton(8, share=1.3, width=(0.5, 0.95), slant=(0.2, 0.2))
def flat_top(v: Vary) -> Strokes:
    """Like a 5 that goes back up: a level start, a flat upper bowl, an end that stays short of it."""
    waist = v(0.42, 0.54)
    return [[
        corner(v(0.75, 1.1), v(0, 0.12)), Point(v(0.35, 0.5), v(0.0, 0.08)), Point(v(0.08, 0.22), waist * v(0.4, 0.65)), Point(v(0.4, 0.5), waist),
        *arc(0.48, (1 + waist) / 2, v(0.3, 0.46), (1 - waist) / 2, -30, 205, 6), Point(v(0.5, 0.62), waist - v(0.0, 0.06)),
        corner(v(0.75, 1.05), v(0.08, 0.28)),
    ]]  # fmt: skip


@skeleton(8, share=0.8, width=(0.45, 0.85), slant=(0.2, 0.2))
def open_foot(v: Vary) -> Strokes:
    """From the foot up around the top and down again; the foot stays open or hardly closes."""
    waist = v(0.45, 0.6)
    return [[
        corner(v(0.15, 0.45), v(0.9, 1.0)), Point(v(0.2, 0.38), v(0.68, 0.78)), Point(0.5, waist), *arc(0.5, waist / 2, v(0.36, 0.48), waist / 2, 30, -210, 7),
        Point(0.5, waist), Point(v(0.62, 0.8), v(0.72, 0.82)), corner(v(0.35, 0.75), v(0.92, 1.02)),
    ]]  # fmt: skip
