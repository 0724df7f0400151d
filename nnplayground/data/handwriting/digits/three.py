"""3: round, flat on top, looped in the middle, slim, angular."""

from __future__ import annotations

from nnplayground.data.handwriting.skeleton import Point, Strokes, Vary, arc, corner, skeleton


@skeleton(3, share=4, width=(0.5, 0.9))
def round_(v: Vary) -> Strokes:
    """Two bowls that meet in a cusp."""
    waist, cusp = v(0.4, 0.52), v(0.3, 0.6)
    return [[
        corner(v(0, 0.2), v(0.05, 0.22)), *arc(0.45, waist / 2, v(0.38, 0.5), waist / 2, -125, 60, 5), corner(cusp, waist),
        *arc(0.45, (1 + waist) / 2, v(0.42, 0.55), (1 - waist) / 2, -60, 120, 6), corner(v(-0.05, 0.15), v(0.78, 0.98)),
    ]]  # fmt: skip


@skeleton(3, share=2, width=(0.5, 0.95))
def soft(v: Vary) -> Strokes:
    """Two bowls, the waist rounded."""
    waist, cusp = v(0.4, 0.52), v(0.35, 0.62)
    return [[
        corner(v(0, 0.2), v(0.04, 0.2)), *arc(0.45, waist / 2, v(0.4, 0.5), waist / 2, -120, 50, 5), Point(cusp, waist),
        *arc(0.45, (1 + waist) / 2, v(0.45, 0.55), (1 - waist) / 2, -50, 110, 6), corner(v(-0.05, 0.15), v(0.82, 1.0)),
    ]]  # fmt: skip


@skeleton(3, share=1.6, width=(0.5, 0.95))
def flat_top(v: Vary) -> Strokes:
    """A level stroke, a slope back, and a bowl."""
    waist = v(0.34, 0.48)
    return [[
        corner(v(0, 0.15), v(0, 0.08)), corner(v(0.75, 0.98), v(-0.02, 0.08)), corner(v(0.25, 0.5), waist),
        *arc(0.45, (1 + waist) / 2, v(0.45, 0.55), (1 - waist) / 2, -75, 120, 6), corner(v(-0.05, 0.12), v(0.82, 0.98)),
    ]]  # fmt: skip


@skeleton(3, share=1.5, width=(0.55, 0.95))
def looped(v: Vary) -> Strokes:
    """A small loop at the waist."""
    waist = v(0.42, 0.52)
    return [[
        corner(v(0, 0.2), v(0.06, 0.24)), *arc(0.48, waist / 2, v(0.4, 0.48), waist / 2, -130, 60, 5),
        Point(v(0.3, 0.42), waist + v(0.02, 0.07)), Point(v(0.2, 0.32), waist - v(-0.02, 0.04)), Point(v(0.38, 0.5), waist - v(0.02, 0.06)),
        *arc(0.45, (1 + waist) / 2, v(0.45, 0.55), (1 - waist) / 2, -45, 115, 5), corner(v(-0.05, 0.15), v(0.8, 0.98)),
    ]]  # fmt: skip


@skeleton(3, share=1.2, width=(0.35, 0.6))
def slim(v: Vary) -> Strokes:
    """Narrow, with a shallow waist."""
    waist, cusp = v(0.4, 0.54), v(0.45, 0.7)
    return [[
        corner(v(0, 0.3), v(0.02, 0.15)), Point(v(0.5, 0.7), v(0, 0.04)), Point(v(0.85, 1), waist / 2), Point(cusp, waist),
        Point(v(0.85, 1.05), v(0.66, 0.78)), Point(v(0.5, 0.7), v(0.92, 0.99)), corner(v(-0.05, 0.2), v(0.9, 1.03)),
    ]]  # fmt: skip


@skeleton(3, share=1.0, width=(0.5, 0.9))
def angular(v: Vary) -> Strokes:
    """Straight strokes and sharp turns."""
    waist = v(0.42, 0.54)
    return [[
        corner(v(0, 0.15), v(0, 0.12)), corner(v(0.7, 0.9), v(0.08, 0.2)), corner(v(0.25, 0.5), waist), corner(v(0.85, 1.05), v(0.66, 0.8)),
        corner(v(-0.05, 0.15), v(0.92, 1.02)),
    ]]  # fmt: skip


@skeleton(3, share=1.3, width=(0.6, 1.0))
def large_bowl(v: Vary) -> Strokes:
    """A small top over a large bowl that runs far to the left."""
    waist = v(0.3, 0.42)
    return [[
        corner(v(0.1, 0.3), v(0.04, 0.16)), *arc(0.5, waist / 2, v(0.26, 0.36), waist / 2, -120, 70, 5), corner(v(0.35, 0.6), waist),
        *arc(0.42, (1 + waist) / 2, v(0.5, 0.6), (1 - waist) / 2, -65, 120, 6), corner(v(-0.15, 0.05), v(0.74, 0.95)),
    ]]  # fmt: skip


@skeleton(3, share=1.8, width=(0.55, 1.0))
def large_top(v: Vary) -> Strokes:
    """A large top over a small bowl."""
    waist = v(0.5, 0.62)
    return [[
        corner(v(0, 0.15), v(0.08, 0.24)), *arc(0.48, waist / 2, v(0.44, 0.52), waist / 2, -130, 65, 5), corner(v(0.3, 0.55), waist),
        *arc(0.45, (1 + waist) / 2, v(0.26, 0.46), (1 - waist) / 2, -65, 110, 5), corner(v(0, 0.3), v(0.86, 1.02)),
    ]]  # fmt: skip


@skeleton(3, share=1.4, width=(0.5, 0.95))
def curled(v: Vary) -> Strokes:
    """Both ends curl in."""
    waist = v(0.42, 0.52)
    return [[
        corner(v(0.05, 0.2), v(0.2, 0.34)), *arc(0.46, waist / 2, v(0.42, 0.5), waist / 2, -160, 60, 6), corner(v(0.3, 0.55), waist),
        *arc(0.46, (1 + waist) / 2, v(0.46, 0.54), (1 - waist) / 2, -60, 160, 7), corner(v(0, 0.2), v(0.68, 0.8)),
    ]]  # fmt: skip
