"""4: open, closed, in one stroke, with a long bar, like a y or an h."""

from __future__ import annotations

from nnplayground.data.handwriting.skeleton import Point, Strokes, Vary, corner, skeleton


@skeleton(4, share=4, width=(0.55, 0.95))
def open_(v: Vary) -> Strokes:
    """An L, then a stem through its foot."""
    bar, stem = v(0.42, 0.62), v(0.6, 0.85)
    return [
        [corner(v(0.02, 0.3), v(0, 0.12)), Point(v(0, 0.12), bar * 0.6), corner(v(-0.02, 0.1), bar), corner(v(0.85, 1.1), bar + v(-0.08, 0.05))],
        [corner(stem + v(-0.02, 0.14), v(-0.02, 0.22)), corner(stem, bar), corner(stem + v(-0.14, 0.05), 1)],
    ]  # fmt: skip


@skeleton(4, share=3.5, width=(0.5, 0.95))
def cup(v: Vary) -> Strokes:
    """A rounded cup whose right side runs on as the stem."""
    bar, stem = v(0.42, 0.6), v(0.72, 0.95)
    return [
        [corner(v(0, 0.22), v(0, 0.14)), Point(v(-0.04, 0.08), bar * 0.65), Point(v(0.12, 0.26), bar + v(-0.02, 0.04)),
         Point(v(0.45, 0.6), bar + v(-0.02, 0.03)), corner(stem, bar + v(-0.1, 0.03))],
        [corner(stem + v(-0.02, 0.12), v(-0.02, 0.16)), corner(stem, bar), corner(stem + v(-0.18, 0.04), 1)],
    ]  # fmt: skip


@skeleton(4, share=2, width=(0.5, 0.95))
def one_stroke(v: Vary) -> Strokes:
    """Down, along, up and down again without lifting the pen."""
    bar, stem = v(0.42, 0.6), v(0.68, 0.92)
    return [[
        corner(v(0, 0.2), v(0, 0.15)), Point(v(-0.04, 0.06), bar * 0.6), Point(v(0.1, 0.25), bar), Point(v(0.4, 0.55), bar + v(-0.06, 0.02)),
        corner(stem + v(0, 0.12), v(-0.02, 0.16)), corner(stem + v(-0.18, 0.06), 1),
    ]]  # fmt: skip


@skeleton(4, share=2.2, width=(0.55, 0.95))
def closed(v: Vary) -> Strokes:
    """A triangle: a slope from the top, a bar, and a stem from the top."""
    bar, stem = v(0.55, 0.72), v(0.58, 0.78)
    return [
        [corner(stem + v(-0.06, 0.04), v(0, 0.05)), corner(v(0, 0.08), bar + v(-0.04, 0.03)), corner(v(0.85, 1.1), bar + v(-0.04, 0.04))],
        [corner(stem + v(-0.05, 0.06), v(0, 0.08)), corner(stem + v(-0.06, 0.06), 1)],
    ]  # fmt: skip


@skeleton(4, share=1.4, width=(0.55, 0.95))
def closed_one_stroke(v: Vary) -> Strokes:
    """From the foot of the stem up, down the slope, and along the bar; or the other way round."""
    bar, stem = v(0.55, 0.72), v(0.58, 0.76)
    return [[
        corner(stem + v(-0.08, 0.06), 1), corner(stem + v(-0.04, 0.06), v(0, 0.06)), corner(v(0, 0.1), bar + v(-0.05, 0.03)),
        corner(v(0.85, 1.15), bar + v(-0.06, 0.06)),
    ]]  # fmt: skip


@skeleton(4, share=1.0, width=(0.6, 1.0))
def pinched(v: Vary) -> Strokes:
    """The slope and the stem lean together and nearly meet at the top."""
    bar, stem = v(0.45, 0.62), v(0.5, 0.7)
    return [
        [corner(stem - v(0.08, 0.25), v(0, 0.1)), corner(v(0, 0.1), bar), corner(v(0.9, 1.15), bar + v(-0.1, 0.03))],
        [corner(stem + v(0, 0.12), v(0.02, 0.2)), corner(stem + v(-0.1, 0.04), 1)],
    ]  # fmt: skip


@skeleton(4, share=1.2, width=(0.4, 0.7))
def narrow(v: Vary) -> Strokes:
    """Narrow and deep, like a y with a straight tail."""
    bar = v(0.4, 0.58)
    return [[
        corner(v(0, 0.15), v(0, 0.12)), Point(v(-0.02, 0.1), bar * 0.6), Point(v(0.3, 0.5), bar + v(0, 0.05)), Point(v(0.72, 0.85), bar - v(0.02, 0.1)),
        corner(v(0.88, 1.05), v(-0.02, 0.15)), corner(v(0.75, 0.95), 0.5), corner(v(0.4, 0.85), 1),
    ]]  # fmt: skip


@skeleton(4, share=1.0, width=(0.6, 1.0))
def short_stem(v: Vary) -> Strokes:
    """The stem is short and hangs at the bar, like an h upside down."""
    bar, stem = v(0.55, 0.75), v(0.6, 0.8)
    return [
        [corner(v(0.02, 0.25), v(0, 0.1)), corner(v(0, 0.12), bar), corner(v(0.8, 1.1), bar + v(-0.12, 0.02))],
        [corner(stem + v(-0.05, 0.08), v(0.15, 0.42)), corner(stem + v(-0.08, 0.04), 1)],
    ]  # fmt: skip


@skeleton(4, share=0.3, width=(0.5, 0.85))
def flat_closed(v: Vary) -> Strokes:
    """The top is shut by a level stroke, nearly a 9."""
    bar, stem = v(0.42, 0.56), v(0.8, 1.0)
    return [
        [corner(v(0.1, 0.3), v(0, 0.1)), corner(v(0, 0.1), bar), corner(stem, bar + v(-0.06, 0.04))],
        [corner(v(0.1, 0.3), v(0, 0.1)), corner(stem, v(0, 0.08)), corner(stem + v(-0.12, 0.03), 1)],
    ]  # fmt: skip
