"""Augmented images are other images of the same digit."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from nnplayground.data.augmentation import Augmentation
from nnplayground.data.handwriting import generate
from nnplayground.text import Problem

OFF = Augmentation(**{f.name: 0.0 for f in dataclasses.fields(Augmentation)})
IMAGES = generate(300, seed=0)[0]


def apply(augmentation: Augmentation, seed: int = 0, images: np.ndarray = IMAGES) -> np.ndarray:
    return augmentation.apply(images, np.random.default_rng(seed))


def test_off_changes_nothing() -> None:
    assert np.abs(apply(OFF) - IMAGES).max() < 1e-5


def test_the_given_images_are_left_alone_and_the_random_numbers_decide() -> None:
    before = IMAGES.copy()
    first, again, other = apply(Augmentation()), apply(Augmentation()), apply(Augmentation(), seed=1)
    assert np.array_equal(IMAGES, before)
    assert first.tobytes() == again.tobytes() != other.tobytes()
    assert first.shape == IMAGES.shape and first.dtype == np.float32
    assert first.min() >= 0 and first.max() <= 1


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Augmentation)])
def test_each_switch_alone_changes_the_images(name: str) -> None:
    alone = OFF.replace(**{name: 0.15 if name in ("scale", "shear", "noise") else 1.0})
    assert np.abs(apply(alone) - IMAGES).mean() > 0.003


def mass_centres(images: np.ndarray) -> np.ndarray:
    places = np.arange(28) + 0.5
    mass = images.sum(axis=(1, 2))
    return np.stack([images.sum(axis=1) @ places, images.sum(axis=2) @ places]) / mass


def test_shift_moves_by_at_most_so_many_pixels_either_way() -> None:
    moved = mass_centres(apply(OFF.replace(shift=2.0))) - mass_centres(IMAGES)
    assert np.abs(moved).max() <= 2.05
    assert moved.min() < -1.5 and moved.max() > 1.5


def test_rotation_and_scale_keep_the_middle() -> None:
    moved = mass_centres(apply(OFF.replace(rotate=20, scale=0.1))) - mass_centres(IMAGES)
    assert np.abs(moved).max() < 0.6


def test_scale_makes_digits_larger_and_smaller() -> None:
    ratio = apply(OFF.replace(scale=0.2)).sum(axis=(1, 2)) / IMAGES.sum(axis=(1, 2))
    assert ratio.min() < 0.8 and ratio.max() > 1.2


def test_pen_makes_ink_wider_and_thinner() -> None:
    ratio = apply(OFF.replace(pen=0.8)).sum(axis=(1, 2)) / IMAGES.sum(axis=(1, 2))
    assert ratio.min() < 0.8 and ratio.max() > 1.2


def test_no_images_give_no_images() -> None:
    assert apply(Augmentation(), images=IMAGES[:0]).shape == (0, 28, 28)


def test_amounts_are_bounded() -> None:
    with pytest.raises(Problem, match="Rotate"):
        Augmentation(rotate=400)
