"""Augmented samples are other samples of the same class."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from nnplayground.data.augmentations import augmentations
from nnplayground.data.augmentations.images import Images
from nnplayground.data.augmentations.noise import Noise
from nnplayground.data.handwriting import generate
from nnplayground.text import Problem

OFF = Images(**{f.name: 0.0 for f in dataclasses.fields(Images)})
IMAGES = generate(300, seed=0)[0]
SHAPE = (1, 28, 28)


def apply(augmentation: Images, seed: int = 0, images: np.ndarray = IMAGES) -> np.ndarray:
    rows = images.reshape(len(images), 784).copy()
    augmentation.apply(rows, SHAPE, np.random.default_rng(seed))
    return rows.reshape(-1, 28, 28)


@pytest.mark.parametrize("kind", list(augmentations.values()), ids=list(augmentations))
def test_each_kind_leaves_shape_and_type_and_repeats_itself(kind):
    def once(seed: int) -> np.ndarray:
        # The last column of ones, as a batch has it, must stay.
        rows = np.ones((64, 785), np.float32)
        rows[:, :-1] = IMAGES[:64].reshape(64, 784)
        kind().apply(rows[:, :-1], SHAPE, np.random.default_rng(seed))
        assert (rows[:, -1] == 1).all() and np.isfinite(rows).all()
        return rows

    assert kind().fits(SHAPE)
    assert once(1).tobytes() == once(1).tobytes()
    assert (once(1).tobytes() != once(2).tobytes()) == (kind.id != "none")


def test_off_changes_nothing():
    assert np.abs(apply(OFF) - IMAGES).max() < 1e-5


def test_images_stay_between_black_and_white():
    changed = apply(Images(noise=0.3))
    assert changed.min() >= 0 and changed.max() <= 1


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Images)])
def test_each_switch_alone_changes_the_images(name):
    alone = OFF.replace(**{name: 0.15 if name in ("scale", "shear", "noise") else 1.0})
    assert np.abs(apply(alone) - IMAGES).mean() > 0.003


def mass_centres(images: np.ndarray) -> np.ndarray:
    places = np.arange(28) + 0.5
    mass = images.sum(axis=(1, 2))
    return np.stack([images.sum(axis=1) @ places, images.sum(axis=2) @ places]) / mass


def test_shift_moves_by_at_most_so_many_pixels_either_way():
    moved = mass_centres(apply(OFF.replace(shift=2.0))) - mass_centres(IMAGES)
    assert np.abs(moved).max() <= 2.05
    assert moved.min() < -1.5 and moved.max() > 1.5


def test_rotation_and_scale_keep_the_middle():
    moved = mass_centres(apply(OFF.replace(rotate=20, scale=0.1))) - mass_centres(IMAGES)
    assert np.abs(moved).max() < 0.9


def test_scale_makes_digits_larger_and_smaller():
    ratio = apply(OFF.replace(scale=0.2)).sum(axis=(1, 2)) / IMAGES.sum(axis=(1, 2))
    assert ratio.min() < 0.8 and ratio.max() > 1.2


def test_pen_makes_ink_wider_and_thinner():
    ratio = apply(OFF.replace(pen=0.8)).sum(axis=(1, 2)) / IMAGES.sum(axis=(1, 2))
    assert ratio.min() < 0.8 and ratio.max() > 1.2


def test_rotation_turns_by_the_angle():
    bar = np.zeros((200, 28, 28), np.float32)
    bar[:, 4:24, 13:15] = 1
    turned = apply(OFF.replace(rotate=30), images=bar)
    y, x = np.mgrid[:28, :28] - 13.5
    xx, yy, xy = ((turned * m).sum(axis=(1, 2)) for m in (x * x, y * y, x * y))
    angles = np.rad2deg(0.5 * np.arctan2(2 * xy, yy - xx))
    assert 25 < np.abs(angles).max() < 32


def test_colours_of_one_image_are_moved_alike():
    rows = np.tile(IMAGES.reshape(-1, 784), (1, 3))
    Images(noise=0).apply(rows, (3, 28, 28), np.random.default_rng(0))
    red, green, blue = np.split(rows, 3, axis=1)
    assert np.array_equal(red, green) and np.array_equal(red, blue)


def test_points_are_not_images_but_take_noise():
    assert not Images().fits((2,))
    points = np.zeros((1000, 2), np.float32)
    Noise(amount=0.5).apply(points, (2,), np.random.default_rng(0))
    assert points.std() == pytest.approx(0.5, rel=0.1)


def test_no_images_give_no_images():
    assert apply(Images(), images=IMAGES[:0]).shape == (0, 28, 28)


def test_amounts_are_bounded():
    with pytest.raises(Problem, match="Rotate"):
        Images(rotate=400)
