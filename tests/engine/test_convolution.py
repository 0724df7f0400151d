"""Convolution and pooling: worked examples, and every geometry against the plain definition."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.engine.arrays import Shape
from nnplayground.engine.gradient_check import check_gradients
from nnplayground.engine.layers import Layer
from nnplayground.engine.layers.average_pooling_2d import AveragePooling2D
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.plan import predict
from nnplayground.text import Problem


def output(layer: Layer, image: np.ndarray, parameters: np.ndarray | None = None) -> np.ndarray:
    """`layer` applied to images (batch, channels, height, width)."""
    network = Network(NetworkSpec(image.shape[1:], (layer,), MeanSquaredError()))
    parameters = np.zeros(network.size) if parameters is None else parameters
    return predict(network, parameters, image.reshape(len(image), -1)).reshape(len(image), *network.output_shape)


def windows(image: np.ndarray, size: int, stride: int, padding: str, fill: float):
    """Every window of images (batch, channels, height, width) by its place, cut from a padded copy."""
    places, padded = [], image
    for axis in (2, 3):
        length = image.shape[axis]
        count = (length - size) // stride + 1 if padding == "valid" else -(-length // stride)
        missing = max(0, (count - 1) * stride + size - length) if padding == "same" else 0
        widths = [(0, 0)] * 4
        widths[axis] = (missing // 2, missing - missing // 2)
        padded = np.pad(padded, widths, constant_values=fill)
        places.append(range(0, count * stride, stride))
    return {(h // stride, w // stride): padded[:, :, h : h + size, w : w + size] for h in places[0] for w in places[1]}


def slid(image, size, stride, padding, fill, value) -> np.ndarray:
    """`value` of each window, as (batch, ..., height, width)."""
    found = {place: value(window) for place, window in windows(image, size, stride, padding, fill).items()}
    height, width = (max(p[i] for p in found) + 1 for i in (0, 1))
    return np.stack([np.stack([found[h, w] for w in range(width)], -1) for h in range(height)], -2)


GEOMETRIES = {
    "size": st.integers(1, 4),
    "stride": st.integers(1, 3),
    "padding": st.sampled_from(["valid", "same"]),
    "shape": st.tuples(st.integers(1, 3), st.integers(4, 7), st.integers(4, 7)),
}


def test_the_textbook_kernel_on_a_ramp():
    ramp = np.arange(16.0).reshape(1, 1, 4, 4)
    kernel = np.array([1.0, 0.0, 0.0, -1.0, 0.0])
    np.testing.assert_array_equal(output(Conv2D(1, 2), ramp, kernel), np.full((1, 1, 3, 3), -5.0))
    np.testing.assert_array_equal(output(MaxPooling2D(), ramp)[0, 0], [[5, 7], [13, 15]])


@given(**GEOMETRIES)
def test_convolution_is_the_sum_over_each_window(size, stride, padding, shape):
    rng = np.random.default_rng(1)
    image, w, b = rng.normal(size=(2, *shape)), rng.normal(size=(3, shape[0], size, size)), rng.normal(size=3)
    parameters = np.concatenate([w.reshape(3, -1), b[:, None]], axis=1).ravel()
    wanted = slid(image, size, stride, padding, 0, lambda x: np.einsum("ocij,ncij->no", w, x) + b)
    np.testing.assert_allclose(output(Conv2D(3, size, stride, padding), image, parameters), wanted, atol=1e-12)


@given(**{**GEOMETRIES, "size": st.integers(2, 4)})
def test_pooling_looks_at_the_pixels_inside_each_window(size, stride, padding, shape):
    image = np.random.default_rng(2).normal(size=(2, *shape))
    largest = slid(image, size, stride, padding, -np.inf, lambda x: x.max(axis=(2, 3)))
    np.testing.assert_array_equal(output(MaxPooling2D(size, stride, padding), image), largest)
    mean = slid(image, size, stride, padding, np.nan, lambda x: np.nanmean(x, axis=(2, 3)))
    np.testing.assert_allclose(output(AveragePooling2D(size, stride, padding), image), mean, atol=1e-12)


@pytest.mark.parametrize("kind", [Conv2D, MaxPooling2D, AveragePooling2D])
def test_gradients_reach_the_layer_before(kind):
    rng = np.random.default_rng(3)
    for shape, stride, padding in itertools.product([(2, 7, 6), (1, 5, 8)], [1, 2, 3], ["valid", "same"]):
        layer = Conv2D(2, 3, stride, padding) if kind is Conv2D else kind(3, stride, padding)
        network = Network(NetworkSpec(shape, (Conv2D(2, 1), layer, Flatten()), MeanSquaredError()))
        rows, targets = rng.normal(size=(4, np.prod(shape))), rng.normal(size=(4, *network.output_shape))
        report = check_gradients(network, rows, targets)
        assert report.passed, f"{shape} {layer}\n{report}"


def test_of_equal_pixels_only_the_first_gets_the_gradient():
    network = Network(NetworkSpec((1, 2, 2), (Conv2D(1, 1), MaxPooling2D(), Flatten()), MeanSquaredError()))
    report = check_gradients(network, np.full((1, 4), 3.0), [[0.0]], np.array([1.0, 0.0]))
    assert report.passed, str(report)


@pytest.mark.parametrize(
    ("layer", "shape", "words"),
    [
        (Conv2D(4, 5), (1, 3, 28), "Convolution gets 1×3×28 .* at least 5×5"),
        (Conv2D(4, 5), (784,), "Convolution gets 784"),
        (MaxPooling2D(4), (8, 3, 3), "Max pooling gets 8×3×3 .* at least 4×4"),
    ],
)
def test_an_image_too_small_is_named_with_both_sizes(layer: Layer, shape: Shape, words: str):
    with pytest.raises(Problem, match=f"Layer 1: {words}"):
        Network(NetworkSpec(shape, (layer,)))
