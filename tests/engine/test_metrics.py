import math

import numpy as np
import pytest

from nnplayground.engine.metrics import accuracy, confusion_matrix, r_squared, top_k_accuracy

SHARES = np.array([[0.7, 0.2, 0.1], [0.3, 0.3, 0.4], [0.1, 0.5, 0.4], [0.2, 0.2, 0.6]])
LABELS = [0, 1, 2, 1]


def test_the_largest_share_decides():
    assert accuracy(SHARES, LABELS) == 0.25
    np.testing.assert_array_equal(confusion_matrix(SHARES, LABELS, 3), [[1, 0, 0], [0, 0, 2], [0, 1, 0]])


def test_among_the_first_k():
    # In rows 1 and 3 the class shares its place with class 0, which comes first.
    assert [top_k_accuracy(SHARES, LABELS, k) for k in (1, 2, 3)] == [0.25, 0.5, 1.0]


def test_r_squared_is_1_for_the_truth_and_0_for_the_mean():
    targets = np.array([[1.0], [2.0], [6.0]])
    assert r_squared(targets, targets) == 1
    assert r_squared(np.full((3, 1), 3.0), targets) == pytest.approx(0)
    assert math.isnan(r_squared(targets, np.ones((3, 1))))
    assert math.isnan(r_squared(np.full((3, 1), 0.2), np.full((3, 1), 0.1)))


def test_r_squared_refuses_targets_of_another_shape():
    with pytest.raises(ValueError, match=r"\(3, 1\), but targets \(3,\)"):
        r_squared(np.ones((3, 1)), np.ones(3))
