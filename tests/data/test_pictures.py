"""Pictures of digits are read as drawings are: dark or light, large or small, in any light."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nnplayground.data.handwriting import generate, strokes_of
from nnplayground.data.pictures import picture_image, picture_stages
from nnplayground.data.raster import draw, path
from nnplayground.data.strokes import Switches, digit_image
from nnplayground.text import Problem

STROKES = {digit: strokes_of(digit, np.random.default_rng(digit)) for digit in range(10)}


def photo(digit: int, *, size: float = 100, x: float = 60, y: float = 40, pen: float = 8) -> np.ndarray:
    """Ink 0..1 on a picture of 240x180 pixels."""
    points = np.concatenate(STROKES[digit])
    low, span = points.min(axis=0), np.ptp(points, axis=0).max()
    placed = [(s - low) / span * size + (x, y) for s in STROKES[digit]]
    return draw(path(placed, 240), pen, 240)[:180].astype(np.float64)


def alike(image: np.ndarray, digit: int) -> float:
    """Correlation with what the strokes themselves give, to a pixel or two."""
    return _correlation(image, digit_image(STROKES[digit]))


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    blur = np.abs(np.subtract.outer(range(28), range(28))) <= 2
    return float(np.corrcoef((blur @ a @ blur).ravel(), (blur @ b @ blur).ravel())[0, 1])


@pytest.mark.parametrize("digit", range(10))
def test_a_picture_gives_what_the_strokes_give(digit: int) -> None:
    assert alike(picture_image((255 * photo(digit)).astype(np.uint8)), digit) > 0.9


@pytest.mark.parametrize("digit", range(10))
def test_dark_on_light_is_read_as_light_on_dark(digit: int) -> None:
    ink = photo(digit)
    assert np.abs(picture_image(1 - ink) - picture_image(ink)).max() < 0.02


@pytest.mark.parametrize("change", [{"size": 40.0}, {"x": 120.0, "y": 70.0}, {"pen": 3.0}, {"pen": 12.0}])
@pytest.mark.parametrize("digit", [2, 4, 7])
def test_size_place_and_pen_change_little(digit: int, change: dict[str, float]) -> None:
    change = {"pen": 3.0, **change} if change.get("size") else change
    assert alike(picture_image(1 - photo(digit, **change)), digit) > 0.85


@pytest.mark.parametrize("digit", [0, 3, 8])
def test_uneven_light_noise_and_faint_ink_are_seen_through(digit: int) -> None:
    y, x = np.mgrid[:180, :240] / 240
    paper = 0.9 - 0.4 * x - 0.2 * y**2
    noise = np.random.default_rng(0).normal(0, 0.01, paper.shape)
    picture = paper * (1 - 0.4 * photo(digit)) + noise
    assert alike(picture_image(picture), digit) > 0.88


def test_dirt_and_the_edge_of_the_paper_are_left_out() -> None:
    ink = photo(5)
    ink[170:, :] = ink[:, 235:] = 1
    ink[150:152, 20:22] = 1
    assert alike(picture_image(1 - ink), 5) > 0.9


def test_colour_and_transparency_are_seen() -> None:
    ink = photo(6)
    red_on_white = np.stack([np.ones_like(ink), 1 - ink, 1 - ink], axis=2)
    see_through = np.stack([np.zeros_like(ink)] * 3 + [ink], axis=2)
    assert alike(picture_image(red_on_white), 6) > 0.9
    assert alike(picture_image(see_through), 6) > 0.9


def test_images_like_mnist_come_out_as_they_went_in() -> None:
    images, _ = generate(40, seed=0)
    assert np.median([_correlation(picture_image(i), i) for i in images]) > 0.95


def test_stages_have_switches() -> None:
    picture = 1 - photo(4, size=60, pen=3)
    found = {s.id: s.image for s in picture_stages(picture)}
    assert list(found) == ["raw", "box", "size", "pen", "centre"]
    assert found["size"].sum() > 2 * found["box"].sum()
    assert found["pen"].sum() > 1.1 * found["size"].sum()
    for name in ("box", "size", "pen", "centre"):
        off = {s.id: s.image for s in picture_stages(picture, Switches(**{name: False}))}
        before = list(off)[list(off).index(name) - 1]
        assert np.array_equal(off[name], off[before])


@pytest.mark.parametrize("value", [0, 128, 255])
@pytest.mark.parametrize("shape", [(1, 1), (1, 10_000), (10_000, 1), (28, 28), (3, 3, 4)])
def test_k06_a_picture_of_nothing_is_black(shape: tuple[int, ...], value: int) -> None:
    assert picture_image(np.full(shape, value, dtype=np.uint8)).max() == 0


@pytest.mark.parametrize(
    "bad",
    [
        np.zeros((0, 0)), np.zeros((5, 0)), np.zeros(7), np.zeros((4, 4, 2)), np.zeros((4, 4), complex),
        np.full((4, 4), np.nan), np.array([["a"]]),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused(bad: np.ndarray) -> None:
    with pytest.raises(Problem, match="not a picture"):
        picture_image(bad)


def test_a_picture_that_is_too_large_is_refused_before_it_is_worked_on() -> None:
    with pytest.raises(Problem, match="make it smaller"):
        picture_image(np.broadcast_to(np.uint8(0), (60_000, 60_000)))


shapes = hnp.array_shapes(min_dims=2, max_dims=2, max_side=40)


@settings(max_examples=50)
@given(hnp.arrays(np.uint8, shapes) | hnp.arrays(np.float32, shapes, elements=st.floats(-1e6, 1e6, width=32)))
def test_any_numbers_give_an_image(pixels: np.ndarray) -> None:
    for stage in picture_stages(pixels):
        assert stage.image.shape == (28, 28) and stage.image.dtype == np.float32
        assert stage.image.min() >= 0 and stage.image.max() <= 1


def test_a_faint_spot_beside_a_bright_edge_is_no_digit() -> None:
    picture = np.zeros((20, 20))
    picture[:, 0] = 1
    for value in np.linspace(0.3, 0.8, 26):
        picture[8:11, 8:11] = value
        assert np.isfinite(picture_image(picture)).all()
