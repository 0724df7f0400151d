"""5: in one and in two strokes, like an S, with a long hat, with a bowl that closes."""

from __future__ import annotations

from nnplayground.data.handwriting.skeleton import Point, Strokes, Vary, arc, corner, skeleton


def _bowl(v: Vary, waist: object, begin: float = -125) -> list[Point]:
    """The bowl and its tail to the left."""
    y = (1 + waist) / 2  # type: ignore[operator]
    return [*arc(0.42, y, v(0.42, 0.52), 1 - y, begin, 110, 6), corner(v(-0.05, 0.12), v(0.82, 0.98))]


@skeleton(5, share=3.5, width=(0.55, 0.95))
def two_strokes(v: Vary) -> Strokes:
    """Down and around; then the hat."""
    neck, waist = v(0.1, 0.28), v(0.36, 0.48)
    top = v(0, 0.08)
    return [
        [corner(neck + v(0, 0.08), top), corner(neck + v(-0.06, 0.04), waist + v(0, 0.06)), *_bowl(v, waist)],
        [corner(neck + v(-0.04, 0.1), top + v(-0.02, 0.04)), corner(v(0.8, 1.15), v(-0.05, 0.06))],
    ]


@skeleton(5, share=3, width=(0.55, 0.95))
def one_stroke(v: Vary) -> Strokes:
    """From the right end of the hat, with sharp corners."""
    neck, waist = v(0.08, 0.26), v(0.36, 0.5)
    return [[
        corner(v(0.8, 1.1), v(-0.04, 0.1)), corner(neck + v(0, 0.12), v(0, 0.1)), corner(neck + v(-0.05, 0.05), waist + v(-0.01, 0.06)), *_bowl(v, waist),
    ]]  # fmt: skip


@skeleton(5, share=2.2, width=(0.5, 0.9))
def s_like(v: Vary) -> Strokes:
    """No corners, like an S."""
    return [[
        corner(v(0.75, 1.05), v(0, 0.12)), Point(v(0.45, 0.6), v(0, 0.06)), Point(v(0.1, 0.24), v(0.16, 0.28)), Point(v(0.3, 0.45), v(0.38, 0.48)),
        Point(v(0.7, 0.85), v(0.52, 0.62)), Point(v(0.78, 0.95), v(0.7, 0.82)), Point(v(0.4, 0.55), v(0.94, 1.0)), corner(v(-0.05, 0.12), v(0.84, 1.0)),
    ]]  # fmt: skip


@skeleton(5, share=1.8, width=(0.7, 1.2))
def long_hat(v: Vary) -> Strokes:
    """Leaning, with a small bowl and a long hat that rises to the right."""
    neck = v(0.3, 0.45)
    return [[
        corner(v(0.9, 1.2), v(-0.04, 0.1)), Point(v(0.65, 0.75), v(0.06, 0.14)), corner(neck, v(0.1, 0.2)), corner(neck - v(0.04, 0.14), v(0.42, 0.54)),
        Point(v(0.48, 0.6), v(0.5, 0.6)), Point(v(0.58, 0.74), v(0.66, 0.78)), Point(v(0.35, 0.45), v(0.92, 0.99)), corner(v(-0.05, 0.1), v(0.86, 1.02)),
    ]]  # fmt: skip


@skeleton(5, share=1.2, width=(0.55, 0.95))
def round_neck(v: Vary) -> Strokes:
    """The hat and the neck are one bend; the bowl begins with a corner."""
    waist = v(0.38, 0.5)
    return [[
        corner(v(0.75, 1.05), v(0, 0.1)), Point(v(0.4, 0.55), v(0, 0.05)), Point(v(0.12, 0.25), v(0.1, 0.2)), corner(v(0.08, 0.22), waist + v(0, 0.05)),
        *_bowl(v, waist, -115),
    ]]  # fmt: skip


@skeleton(5, share=1.7, width=(0.5, 0.9))
def closed(v: Vary) -> Strokes:
    """The bowl curls in until it nearly closes, like a 6."""
    neck, waist = v(0.08, 0.2), v(0.36, 0.46)
    y = (1 + waist) / 2
    return [[
        corner(v(0.75, 1.05), v(-0.02, 0.1)), corner(neck + 0.05, v(0, 0.08)), corner(neck, waist + v(0.02, 0.06)), *arc(0.46, y, 0.46, 1 - y, -130, 150, 7),
        corner(v(0.0, 0.12), v(0.62, 0.78)),
    ]]  # fmt: skip


@skeleton(5, share=0.9, width=(0.5, 0.85))
def angular(v: Vary) -> Strokes:
    """Straight strokes and sharp turns."""
    neck, waist = v(0.02, 0.15), v(0.38, 0.5)
    return [[
        corner(v(0.8, 1.1), v(0, 0.08)), corner(neck + v(0, 0.08), v(0, 0.06)), corner(neck, waist), corner(v(0.7, 0.9), waist + v(-0.06, 0.08)),
        corner(v(0.78, 0.98), v(0.78, 0.92)), corner(v(0.4, 0.6), v(0.94, 1.02)), corner(v(-0.05, 0.12), v(0.88, 1.0)),
    ]]  # fmt: skip


@skeleton(5, share=0.8, width=(0.55, 0.95))
def hat_apart(v: Vary) -> Strokes:
    """The hat is level and stands off."""
    neck, waist = v(0.08, 0.24), v(0.4, 0.5)
    return [
        [corner(neck, v(0.1, 0.2)), corner(neck + v(-0.06, 0.03), waist + v(0, 0.05)), *_bowl(v, waist)],
        [corner(v(0.1, 0.4), v(0, 0.08)), corner(v(0.85, 1.15), v(-0.04, 0.06))],
    ]
