"""7: plain, crossed, with a serif, with a curved stem, narrow like a 1."""

from __future__ import annotations

from nnplayground.data.handwriting.skeleton import Point, Strokes, Vary, corner, skeleton


@skeleton(7, share=4, width=(0.5, 0.9))
def plain(v: Vary) -> Strokes:
    """A bar and a slope, both straight."""
    right = v(0.9, 1.05)
    return [[corner(0, v(0, 0.12)), corner(right, v(-0.02, 0.08)), corner(v(0.25, 0.6), 1)]]


@skeleton(7, share=2.5, width=(0.5, 0.9))
def curved(v: Vary) -> Strokes:
    """The slope is bent."""
    return [[
        corner(v(0, 0.1), v(0.02, 0.14)), Point(v(0.45, 0.6), v(0.02, 0.08)), corner(v(0.88, 1.02), v(-0.02, 0.06)), Point(v(0.5, 0.72), v(0.38, 0.52)),
        corner(v(0.25, 0.6), 1),
    ]]  # fmt: skip


@skeleton(7, share=1.6, width=(0.5, 0.9))
def arched(v: Vary) -> Strokes:
    """No corner: the bar bends over into the stem."""
    return [[
        corner(v(0, 0.1), v(0.04, 0.2)), Point(v(0.35, 0.5), v(0, 0.06)), Point(v(0.78, 0.92), v(0.04, 0.14)), Point(v(0.8, 0.98), v(0.26, 0.4)),
        Point(v(0.6, 0.8), v(0.58, 0.7)), corner(v(0.25, 0.65), 1),
    ]]  # fmt: skip


@skeleton(7, share=2, width=(0.5, 0.9))
def serif(v: Vary) -> Strokes:
    """A short stroke down at the left end of the bar."""
    return [[
        corner(v(-0.04, 0.06), v(0.12, 0.36)), corner(v(0.02, 0.14), v(0, 0.1)), Point(v(0.45, 0.6), v(0.0, 0.08)), corner(v(0.88, 1.02), v(-0.02, 0.08)),
        Point(v(0.55, 0.8), v(0.4, 0.55)), corner(v(0.25, 0.65), 1),
    ]]  # fmt: skip


@skeleton(7, share=1.4, width=(0.45, 0.8))
def deep_serif(v: Vary) -> Strokes:
    """A rising stroke before the bar, like an n that leans."""
    return [[
        corner(v(0, 0.08), v(0.25, 0.5)), corner(v(0.1, 0.28), v(0.02, 0.12)), Point(v(0.4, 0.55), v(0.06, 0.18)), corner(v(0.88, 1.02), v(-0.02, 0.08)),
        corner(v(0.2, 0.65), 1),
    ]]  # fmt: skip


@skeleton(7, share=2.2, width=(0.5, 0.9))
def crossed(v: Vary) -> Strokes:
    """A bar, a slope, and a stroke through it."""
    right, foot, cross = v(0.88, 1.02), v(0.25, 0.6), v(0.42, 0.6)
    middle = right + (foot - right) * cross
    return [
        [corner(0, v(0, 0.1)), corner(right, v(-0.02, 0.08)), corner(foot, 1)],
        [corner(middle - v(0.2, 0.45), cross + v(-0.02, 0.06)), corner(middle + v(0.2, 0.45), cross + v(-0.08, 0.02))],
    ]


@skeleton(7, share=1.3, width=(0.5, 0.95))
def crossed_serif(v: Vary) -> Strokes:
    """With a serif and a stroke through the stem."""
    right, foot, cross = v(0.85, 1.0), v(0.3, 0.6), v(0.42, 0.58)
    middle = right + (foot - right) * cross
    return [
        [corner(v(-0.04, 0.06), v(0.12, 0.32)), corner(v(0.02, 0.12), v(0, 0.08)), Point(v(0.4, 0.55), v(0.02, 0.1)), corner(right, v(-0.02, 0.06)),
         corner(foot, 1)],
        [corner(middle - v(0.2, 0.42), cross + v(-0.02, 0.08)), corner(middle + v(0.2, 0.45), cross + v(-0.08, 0.03))],
    ]  # fmt: skip


@skeleton(7, share=1.3, width=(0.5, 1.0))
def crossed_upright(v: Vary) -> Strokes:
    """An upright stem with a bar at the top and one in the middle."""
    stem, cross = v(0.6, 0.85), v(0.4, 0.6)
    return [
        [corner(v(0, 0.12), v(0, 0.1)), corner(stem + v(0.05, 0.2), v(-0.02, 0.06)), corner(stem - v(0, 0.12), cross), corner(stem - v(0.05, 0.25), 1)],
        [corner(stem - v(0.3, 0.55), cross + v(-0.02, 0.05)), corner(stem + v(0.15, 0.4), cross + v(-0.05, 0.02))],
    ]  # fmt: skip


@skeleton(7, share=1.2, width=(0.25, 0.5), slant=(0.25, 0.22))
def narrow(v: Vary) -> Strokes:
    """Nearly a 1: a short bar and a long stem."""
    return [[
        corner(0, v(0.04, 0.2)), corner(v(0.1, 0.3), v(0, 0.1)), corner(v(0.88, 1.02), v(-0.02, 0.08)), corner(v(0.5, 0.9), 1),
    ]]  # fmt: skip


@skeleton(7, share=0.9, width=(0.7, 1.2))
def wide(v: Vary) -> Strokes:
    """A long bar, a short slope."""
    return [[
        corner(0, v(0.02, 0.2)), Point(v(0.4, 0.6), v(0, 0.1)), corner(v(0.9, 1.05), v(-0.02, 0.1)), Point(v(0.6, 0.75), v(0.35, 0.5)), corner(v(0.3, 0.6), 1),
    ]]  # fmt: skip


@skeleton(7, share=0.8, width=(0.45, 0.8))
def upright(v: Vary) -> Strokes:
    """A bar and an upright stem at its right end."""
    return [
        [
            corner(0, v(0, 0.14)),
            corner(v(0.85, 1.0), v(-0.02, 0.06)),
            corner(v(0.8, 1.05), 0.5),
            corner(v(0.72, 1.0), 1),
        ]
    ]


@skeleton(7, share=0.4, width=(0.5, 0.85))
def hooked_foot(v: Vary) -> Strokes:
    """The stem turns to the right at its foot."""
    foot = v(0.2, 0.45)
    return [[
        corner(v(0, 0.12), v(0.04, 0.2)), Point(v(0.4, 0.55), v(0, 0.06)), Point(v(0.85, 1.0), v(0.06, 0.2)), Point(v(0.55, 0.8), v(0.42, 0.55)),
        Point(foot, v(0.85, 0.94)), corner(foot + v(0.1, 0.4), v(0.95, 1.02)),
    ]]  # fmt: skip


@skeleton(7, share=0.8, width=(0.6, 1.05))
def crossed_wide(v: Vary) -> Strokes:
    """Low, with a deep serif and a long stroke through the stem."""
    right, foot, cross = v(0.8, 0.95), v(0.35, 0.6), v(0.45, 0.62)
    middle = right + (foot - right) * cross
    return [
        [
            corner(v(-0.05, 0.08), v(0.15, 0.45)),
            corner(v(0.02, 0.15), v(0, 0.12)),
            corner(right, v(-0.02, 0.08)),
            corner(foot, 1),
        ],
        [corner(middle - v(0.25, 0.5), cross + v(-0.02, 0.1)), corner(middle + v(0.25, 0.5), cross + v(-0.12, 0.03))],
    ]
