"""A digit is read alike wherever, however large and with whatever pen it is drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from nnplayground.data.strokes import Switches, digit_image, stages
from nnplayground.text import Problem

SEVEN = [np.array([(0.3, 0.3), (0.6, 0.28), (0.5, 0.5), (0.42, 0.8)]), np.array([(0.35, 0.55), (0.62, 0.52)])]


def centre_of_mass(image: NDArray[np.float32]) -> NDArray[np.float64]:
    places = np.arange(28) + 0.5
    return np.array([image.sum(axis=0) @ places, image.sum(axis=1) @ places]) / image.sum()


def same(a: NDArray[np.float32], b: NDArray[np.float32]) -> bool:
    return bool(np.abs(a - b).max() <= 1 / 255)


def test_image_is_what_a_network_expects() -> None:
    image = digit_image(SEVEN)
    assert image.shape == (28, 28) and image.dtype == np.float32
    assert image.min() == 0.0 and image.max() == 1.0


def test_ink_is_20_pixels_long_and_its_mass_is_in_the_middle() -> None:
    image = digit_image(SEVEN)
    rows = np.flatnonzero(image.max(axis=1) > 0.5)
    assert rows[-1] - rows[0] + 1 in (20, 21)
    assert np.abs(centre_of_mass(image) - 14.5).max() < 0.05


@given(st.floats(0.1, 3), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))
def test_place_and_size_on_the_canvas_change_nothing(scale: float, x: float, y: float) -> None:
    assert same(digit_image([s * scale + (x, y) for s in SEVEN]), digit_image(SEVEN))


@pytest.mark.parametrize("points", [2, 10, 500])
def test_pen_speed_changes_nothing(points: int) -> None:
    share = np.linspace(0, 1, points)[:, None]
    slow = [np.concatenate([a + (b - a) * share for a, b in zip(s[:-1], s[1:], strict=True)]) for s in SEVEN]
    assert same(digit_image(slow), digit_image(SEVEN))


def test_pen_width_matters_only_with_the_switch_off() -> None:
    assert np.array_equal(digit_image(SEVEN, pen=0.02), digit_image(SEVEN, pen=0.2))
    off = Switches(pen=False)
    assert digit_image(SEVEN, off, pen=0.1).sum() > 1.5 * digit_image(SEVEN, off, pen=0.03).sum()


def test_stages_go_from_the_drawing_to_what_the_network_gets() -> None:
    found = stages([s * 0.4 for s in SEVEN])
    assert [s.id for s in found] == ["raw", "box", "size", "pen", "centre"]
    raw, box, size, _, centre = (s.image for s in found)
    assert centre_of_mass(raw).max() < 7 < centre_of_mass(box).min()
    assert size.sum() > 2 * box.sum()
    assert np.array_equal(centre, digit_image([s * 0.4 for s in SEVEN]))


def test_a_stage_that_is_off_changes_nothing() -> None:
    for name in ("box", "size", "pen", "centre"):
        found = {s.id: s.image for s in stages(SEVEN, Switches(**{name: False}))}
        before = list(found)[list(found).index(name) - 1]
        assert np.array_equal(found[name], found[before])


def test_k06_nothing_drawn_is_black() -> None:
    for nothing in ([], [[]], [np.empty((0, 2))]):
        assert digit_image(nothing).max() == 0.0
        assert len(stages(nothing)) == 5


def test_k06_a_dot_is_a_dot_in_the_middle() -> None:
    for dot in ([[(0.9, 0.1)]], [[(0.9, 0.1)] * 5], [[(0.9, 0.1), (0.901, 0.1)]]):
        image = digit_image(dot)
        assert 2 < image.sum() < 9
        assert np.abs(centre_of_mass(image) - 14.5).max() < 0.05


def test_a_straight_line_is_a_line() -> None:
    image = digit_image([[(0.5, 0.2), (0.5, 0.9)]])
    assert image.sum(axis=1)[5:23] == pytest.approx(2.2, abs=0.25)


@pytest.mark.parametrize("bad", [[[(np.nan, 0)]], [[(np.inf, 0)]], [[(1, 2, 3)]], [["ab"]], [[None]], [3], [[1e300]]])
def test_bad_points_are_told_in_a_sentence(bad: list[object]) -> None:
    with pytest.raises(Problem, match="draw the digit again"):
        digit_image(bad)


def test_k03_a_hundred_thousand_points_are_drawn_before_a_person_looks_up() -> None:
    rng = np.random.default_rng(0)
    walk = 0.5 + np.cumsum(rng.normal(0, 0.001, (100_000, 2)), axis=0)
    image = digit_image([walk])
    assert np.isfinite(image).all() and image.max() == 1.0


@given(st.lists(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), max_size=8), max_size=4))
def test_k06_any_finite_strokes_give_a_finite_image(strokes: list[list[tuple[float, float]]]) -> None:
    for stage in stages(strokes):
        assert stage.image.shape == (28, 28)
        assert 0 <= stage.image.min() <= stage.image.max() <= 1
