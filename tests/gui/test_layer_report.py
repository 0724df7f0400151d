import subprocess
import sys

import numpy as np
import pytest

from nnplayground.engine.activations import activations
from nnplayground.gui.layer_report import BINS, density, reach_of, shape_of, words

NORMAL = np.random.default_rng(0).normal(size=(4, 500)).astype(np.float32)


def said(sums, id="relu", reach=5.0):
    return " ".join(text.en for text in words(sums, shape_of(activations[id](), reach, 3)))


@pytest.mark.parametrize("id", list(activations))
def test_every_function_has_a_finite_curve(id):
    shape = shape_of(activations[id](), 5.0, 3)
    assert len(shape.u) == len(shape.f) == len(shape.slope)
    assert np.isfinite(shape.f).all()
    assert np.isfinite(shape.slope).all()


def test_a_softmax_is_the_share_of_one_unit_among_level_ones():
    shape = shape_of(activations["softmax"](), 5.0, 4)
    middle = len(shape.u) // 2
    assert shape.f[middle] == pytest.approx(1 / 4)
    assert shape.slope[middle] == pytest.approx(1 / 4 * 3 / 4)


def test_the_density_counts_where_the_sums_lie():
    found = density(np.array([[-4.85, -4.85, 0.01, 99.0, np.nan]]), 5.0)
    assert len(found) == BINS
    assert found[1] == 1.0
    assert found[BINS // 2] == 0.5
    assert found.sum() == 1.5


@pytest.mark.parametrize(("scale", "reach"), [(1, 5), (3, 10), (30, 100), (np.nan, 5)])
def test_the_axis_reaches_as_far_as_the_sums(scale, reach):
    assert reach_of(NORMAL * scale) == reach


def test_dead_units_are_counted():
    sums = NORMAL.copy()
    sums[1] = -3
    assert "1 of 4 units pass on no gradient" in said(sums)
    assert "No unit is dead" in said(NORMAL)


def test_saturation_is_a_share_of_the_sums():
    sums = np.zeros((2, 10), np.float32)
    sums[0] = 40
    assert "50% of the sums" in said(sums, "sigmoid", 50.0)


def test_what_is_missing_is_said_instead():
    assert "Press play" in said(None)
    assert "adds up" in said(NORMAL, "identity")
    assert "nothing can be learnt" in said(NORMAL, "step")


def test_the_first_density_does_not_wait_for_numpy_to_import_its_masked_arrays():
    code = (
        "import sys\nimport numpy as np\nfrom nnplayground.gui.layer_report import density, reach_of\n"
        "sums = np.linspace(-9, 9, 20_000).reshape(4, -1)\ndensity(sums, reach_of(sums))\n"
        "print('numpy.ma.core' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "False\n", done.stderr
