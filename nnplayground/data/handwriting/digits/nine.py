"""9: round, straight and curved stems, bowls that do not close, like a g, like a q."""

from __future__ import annotations

from nnplayground.data.handwriting.skeleton import Point, Strokes, Vary, arc, corner, skeleton


@skeleton(9, share=4, width=(0.45, 0.8))
def straight(v: Vary) -> Strokes:
    """A round bowl against the clock, then a straight stem."""
    bowl = v(0.38, 0.56)
    return [[
        corner(v(0.82, 0.98), v(0.08, 0.24)), *arc(0.46, bowl / 2, v(0.42, 0.5), bowl / 2, -50, -340, 7), corner(v(0.85, 1.0), v(0.06, 0.22)),
        corner(v(0.6, 0.98), 1),
    ]]  # fmt: skip


@skeleton(9, share=2.5, width=(0.5, 0.85))
def curved(v: Vary) -> Strokes:
    """The stem bends to the left at its foot."""
    bowl = v(0.4, 0.58)
    return [[
        corner(v(0.78, 0.95), v(0.08, 0.22)), *arc(0.46, bowl / 2, v(0.4, 0.48), bowl / 2, -50, -340, 7), corner(v(0.86, 1.0), v(0.06, 0.2)),
        Point(v(0.84, 0.98), v(0.5, 0.62)), Point(v(0.65, 0.85), v(0.82, 0.92)), corner(v(0.15, 0.5), v(0.95, 1.02)),
    ]]  # fmt: skip


@skeleton(9, share=1.6, width=(0.5, 0.85))
def hooked(v: Vary) -> Strokes:
    """Like a g: the stem turns up again on the left."""
    bowl = v(0.36, 0.5)
    return [[
        corner(v(0.8, 0.95), v(0.06, 0.2)), *arc(0.48, bowl / 2, v(0.38, 0.46), bowl / 2, -50, -340, 7), corner(v(0.86, 1.0), v(0.05, 0.2)),
        Point(v(0.84, 1.0), v(0.6, 0.72)), Point(v(0.5, 0.7), v(0.95, 1.0)), Point(v(0.15, 0.3), v(0.9, 0.98)), corner(v(-0.02, 0.12), v(0.74, 0.9)),
    ]]  # fmt: skip


@skeleton(9, share=2, width=(0.35, 0.65), slant=(0.25, 0.2))
def slim(v: Vary) -> Strokes:
    """A narrow bowl that leans, and a straight stem."""
    bowl = v(0.36, 0.56)
    return [[
        corner(v(0.85, 1.0), v(0.02, 0.16)), Point(v(0.45, 0.65), v(0, 0.04)), Point(v(0, 0.12), bowl * v(0.6, 0.8)), Point(v(0.25, 0.4), bowl),
        Point(v(0.7, 0.85), bowl * v(0.5, 0.8)), corner(v(0.9, 1.05), v(0.02, 0.16)), corner(v(0.55, 0.9), 1),
    ]]  # fmt: skip


@skeleton(9, share=1.8, width=(0.5, 0.85))
def open_(v: Vary) -> Strokes:
    """The bowl does not close at the top."""
    bowl = v(0.38, 0.54)
    return [[
        corner(v(0.5, 0.75), v(-0.02, 0.08)), *arc(0.45, bowl / 2, v(0.4, 0.48), bowl / 2, -110, -330, 6), corner(v(0.85, 1.05), v(0.04, 0.24)),
        corner(v(0.6, 0.98), 1),
    ]]  # fmt: skip


@skeleton(9, share=1.5, width=(0.55, 0.95))
def flat(v: Vary) -> Strokes:
    """A low and wide bowl, with a stem that falls back to the left."""
    bowl = v(0.34, 0.46)
    return [[
        corner(v(0.85, 1.02), v(0.02, 0.16)), Point(v(0.5, 0.62), v(-0.02, 0.04)), Point(v(0.0, 0.1), bowl * v(0.5, 0.75)), Point(v(0.25, 0.4), bowl),
        Point(v(0.7, 0.8), bowl * v(0.6, 0.85)), corner(v(0.9, 1.05), v(0.04, 0.18)), Point(v(0.6, 0.8), v(0.5, 0.62)), corner(v(0.25, 0.65), 1),
    ]]  # fmt: skip


@skeleton(9, share=1.2, width=(0.5, 0.85))
def two_strokes(v: Vary) -> Strokes:
    """A ring, and a stem beside it."""
    bowl = v(0.38, 0.54)
    return [
        arc(0.44, bowl / 2, v(0.4, 0.48), bowl / 2, v(-60, -10), v(-410, -370), 8),
        [corner(v(0.82, 1.0), v(-0.02, 0.12)), corner(v(0.78, 0.98), 0.5), corner(v(0.6, 0.98), 1)],
    ]


@skeleton(9, share=1.6, width=(0.5, 0.9))
def overshoot(v: Vary) -> Strokes:
    """The bar over the bowl starts at the right of the stem."""
    bowl = v(0.38, 0.52)
    return [[
        corner(v(0.95, 1.25), v(0.0, 0.14)), Point(v(0.55, 0.68), v(-0.02, 0.03)), Point(v(0, 0.1), bowl * 0.55), Point(v(0.25, 0.42), bowl),
        Point(v(0.7, 0.82), bowl * v(0.55, 0.8)), corner(v(0.88, 1.0), v(0.04, 0.16)), corner(v(0.55, 0.95), 1),
    ]]  # fmt: skip


@skeleton(9, share=0.9, width=(0.45, 0.8))
def angular(v: Vary) -> Strokes:
    """A bowl with corners, a straight stem."""
    bowl = v(0.38, 0.52)
    return [[
        corner(v(0.85, 1.0), v(0, 0.08)), corner(v(0.05, 0.25), v(0, 0.1)), corner(v(0, 0.12), bowl), corner(v(0.8, 0.95), bowl + v(-0.12, 0.02)),
        corner(v(0.88, 1.02), v(0, 0.1)), corner(v(0.7, 1.0), 1),
    ]]  # fmt: skip


@skeleton(9, share=0.8, width=(0.45, 0.8))
def tall_bowl(v: Vary) -> Strokes:
    """A large bowl and a short stem."""
    bowl = v(0.56, 0.7)
    return [[
        corner(v(0.82, 0.98), v(0.06, 0.22)), *arc(0.47, bowl / 2, v(0.42, 0.5), bowl / 2, -45, -335, 7), corner(v(0.88, 1.0), v(0.08, 0.24)),
        corner(v(0.7, 1.0), 1),
    ]]  # fmt: skip


@skeleton(9, share=0.7, width=(0.5, 0.85))
def clockwise(v: Vary) -> Strokes:
    """From the waist around with the clock and down."""
    bowl = v(0.4, 0.54)
    return [[
        corner(v(0.7, 0.9), bowl + v(-0.08, 0.04)), *arc(0.46, bowl / 2, v(0.42, 0.5), bowl / 2, 80, 330, 6), Point(v(0.88, 1.0), v(0.4, 0.5)), corner(v(0.6, 0.98), 1),
    ]]  # fmt: skip


@skeleton(9, share=1.4, width=(0.5, 0.9))
def s_like(v: Vary) -> Strokes:
    """The bowl hardly meets the stem, which swings out to the left, like a 3 or an 8 begun."""
    bowl = v(0.36, 0.48)
    return [[
        corner(v(0.7, 0.95), v(0.04, 0.18)), Point(v(0.45, 0.6), v(0, 0.04)), Point(v(0.08, 0.2), bowl * 0.55), Point(v(0.35, 0.5), bowl), Point(v(0.75, 0.9), bowl * v(0.6, 0.9)),
        corner(v(0.85, 1.0), v(0.1, 0.24)), Point(v(0.85, 1.0), v(0.56, 0.7)), Point(v(0.5, 0.65), v(0.92, 1.0)), corner(v(0.05, 0.3), v(0.86, 1.0)),
    ]]  # fmt: skip


@skeleton(9, share=1.8, width=(0.45, 0.85))
def deep_hook(v: Vary) -> Strokes:
    """A small bowl, a stem beside it, and a wide hook to the left, like a g."""
    bowl, left = v(0.28, 0.44), v(0.1, 0.35)
    return [[
        corner(v(0.78, 0.95), v(0.02, 0.16)), *arc(left + 0.3, bowl / 2, v(0.24, 0.34), bowl / 2, -50, -340, 7), corner(v(0.86, 1.0), v(-0.02, 0.14)),
        Point(v(0.84, 1.0), v(0.55, 0.68)), Point(v(0.7, 0.88), v(0.84, 0.92)), Point(v(0.35, 0.55), v(0.95, 1.0)), corner(v(-0.1, 0.2), v(0.82, 1.0)),
    ]]  # fmt: skip


@skeleton(9, share=1.2, width=(0.25, 0.5), slant=(0.15, 0.2))
def small_bowl(v: Vary) -> Strokes:
    """A small bowl at the top of a long stem."""
    bowl = v(0.22, 0.38)
    return [[
        corner(v(0.8, 1.0), v(0.02, 0.16)), *arc(0.45, bowl / 2, v(0.36, 0.5), bowl / 2, -50, -335, 7), corner(v(0.88, 1.05), v(0.02, 0.16)),
        corner(v(0.8, 1.0), 0.6), corner(v(0.5, 1.0), 1),
    ]]  # fmt: skip


@skeleton(9, share=1.2, width=(0.5, 0.9), slant=(0.2, 0.2))
def gaping(v: Vary) -> Strokes:
    """A cup open at the top right, beside a stem that begins at its height."""
    bowl = v(0.36, 0.52)
    return [[
        corner(v(0.45, 0.8), v(-0.04, 0.1)), Point(v(0.2, 0.36), v(0.02, 0.12)), Point(v(0, 0.1), bowl * v(0.5, 0.75)), Point(v(0.22, 0.4), bowl),
        Point(v(0.68, 0.8), bowl * v(0.7, 0.95)), corner(v(0.88, 1.1), v(-0.02, 0.2)), corner(v(0.6, 0.95), 1),
    ]]  # fmt: skip
