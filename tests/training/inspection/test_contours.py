"""Lines of equal value."""

import numpy as np
import pytest

from nnplayground.training.inspection.contours import contours

X1, X2 = np.meshgrid((np.arange(60) + 0.5) / 60 * 6 - 3, (np.arange(60) + 0.5) / 60 * 6 - 3)


def test_a_circle_is_found_where_it_is_and_whole():
    lines = contours(np.hypot(X1, X2).astype(np.float32), [2.0], -3, 3)
    np.testing.assert_allclose(np.hypot(*lines.T), 2.0, atol=2e-3)
    pieces = lines.reshape(-1, 2, 2)
    length = np.hypot(*(pieces[:, 1] - pieces[:, 0]).T).sum()
    assert length == pytest.approx(4 * np.pi, rel=2e-3)


@pytest.mark.parametrize("angle", [0, 33, 90, 211, 300])
def test_a_straight_line_is_exact_in_every_direction(angle):
    a, b = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    lines = contours(a * X1 + b * X2, [0.3, -1.1], -3, 3)
    away = lines @ [a, b]
    assert np.abs(np.stack([away - 0.3, away + 1.1])).min(axis=0).max() < 1e-9
    assert 0 < (away > 0).sum() < len(away)


def test_every_piece_ends_where_another_begins_or_at_the_edge():
    field = np.sin(2 * X1) * np.sin(2 * X2)  # saddles
    pieces = contours(field, [0.01], -3, 3)
    ends, counts = np.unique(pieces.round(9), axis=0, return_counts=True)
    inside = (np.abs(ends) < 3 - 0.06).all(axis=1)
    assert inside.sum() > 100 and (counts[inside] == 2).all()


def test_nothing_is_found_where_there_is_nothing():
    assert contours(np.ones((9, 9)), [0.5, 2.0], 0, 1).shape == (0, 2)
    assert contours(X1, [], -3, 3).shape == (0, 2)
