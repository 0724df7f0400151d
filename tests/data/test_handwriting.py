"""Digits made up by a program: varied, repeatable, placed as real ones are."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.data.handwriting import Style, examples, generate, skeletons, strokes_of
from nnplayground.data.strokes import digit_image
from nnplayground.text import Problem


def test_images_and_labels_have_the_shapes_of_mnist() -> None:
    images, labels = generate(300, seed=1)
    assert images.shape == (300, 28, 28) and images.dtype == np.float32
    assert labels.shape == (300,) and set(labels) == set(range(10))
    assert images.min() == 0 and images.max() <= 1
    assert (images.max(axis=(1, 2)) > 0.5).all()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    first, again, other = generate(50, seed=3), generate(50, seed=3), generate(50, seed=4)
    assert first[0].tobytes() == again[0].tobytes() and first[1].tobytes() == again[1].tobytes()
    assert first[0].tobytes() != other[0].tobytes()


def test_bytes_are_the_same_images_in_fewer_bits() -> None:
    exact, bytes_ = generate(40, seed=5)[0], generate(40, seed=5, dtype=np.uint8)[0]
    assert bytes_.dtype == np.uint8
    assert np.abs(bytes_ / 255 - exact).max() <= 0.5 / 255 + 1e-6


@pytest.mark.parametrize("count", [0, 1, 8193])
def test_any_number_can_be_had(count: int) -> None:
    images, labels = generate(count, seed=0)
    assert len(images) == len(labels) == count
    assert np.isfinite(images).all()


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(Problem, match="0 or more"):
        generate(-1, seed=0)


def test_every_digit_is_as_frequent_as_the_others() -> None:
    _, labels = generate(6_000, seed=0)
    assert np.abs(np.bincount(labels, minlength=10) / 600 - 1).max() < 0.2


def test_ink_is_placed_as_in_mnist() -> None:
    images, _ = generate(500, seed=2)
    rows, columns = images.max(axis=2) > 0.5, images.max(axis=1) > 0.5
    longer = np.maximum(_extent(rows), _extent(columns))
    assert 18 <= np.median(longer) <= 21 and longer.max() <= 24
    places = np.arange(28) + 0.5
    mass = images.sum(axis=(1, 2))
    for axis in (1, 2):
        centre = (images.sum(axis=axis) @ places) / mass
        assert np.abs(centre - 14.5).mean() < 0.6 and np.abs(centre - 14.5).max() < 2.5


def _extent(mask: np.ndarray) -> np.ndarray:
    return 28 - mask[:, ::-1].argmax(axis=1) - mask.argmax(axis=1)


def test_each_way_of_writing_has_its_own_name_and_a_sentence() -> None:
    names = [(s.digit, s.name) for s in skeletons()]
    assert len(set(names)) == len(names) >= 68
    assert {s.digit for s in skeletons()} == set(range(10))
    assert all(s.write.__doc__ for s in skeletons())


def test_a_style_without_variety_writes_each_form_the_same() -> None:
    still = Style(**{o.name: 0.0 for o in Style.options() if o.name != "pen"})
    images, labels = generate(600, seed=0, style=still)
    different = {image.tobytes() for image in images}
    assert len(different) <= len(skeletons())
    assert len({image.tobytes() for image in generate(600, seed=0)[0]}) == 600
    assert len(labels) == 600


@pytest.mark.parametrize(("change", "more"), [({"pen": 1.8}, True), ({"pen": 0.6}, False)])
def test_the_pen_slider_changes_the_ink(change: dict[str, float], more: bool) -> None:
    usual, changed = generate(200, seed=0)[0].mean(), generate(200, seed=0, style=Style(**change))[0].mean()
    assert (changed > 1.2 * usual) if more else (changed < 0.85 * usual)


def test_sliders_are_bounded() -> None:
    with pytest.raises(Problem, match="Pen width"):
        Style(pen=100)


@pytest.mark.parametrize("digit", range(10))
def test_strokes_of_a_digit_can_be_drawn_on_the_canvas(digit: int) -> None:
    strokes = strokes_of(digit, np.random.default_rng(digit))
    points = np.concatenate(strokes)
    assert points.min() >= 0.1 and points.max() <= 0.9
    assert 10 < digit_image(strokes).sum() < 250


def test_strokes_of_something_else_are_refused() -> None:
    with pytest.raises(Problem, match="from 0 to 9"):
        strokes_of(10, np.random.default_rng(0))


def test_examples_are_written_in_the_ways_that_are_asked_for():
    ways = np.array([5, 0, 5, 11])
    images = examples(ways, seed=3)
    assert images.shape == (4, 28, 28) and images.dtype == np.uint8
    assert np.array_equal(images, examples(ways, seed=3))
    typical = examples(np.array([5, 0, 5, 11]), 3, Style(**dict.fromkeys(STILL, 0.0)))
    assert np.array_equal(typical[0], typical[2]), "without chance, one way of writing has one form"
    assert not np.array_equal(typical[0], typical[1])


STILL = [o.name for o in Style.options() if o.name != "pen"]
