"""What a network for images looks for, and where it finds it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.network import Network
from nnplayground.engine.plan import Plan


@dataclass(frozen=True, eq=False)
class FeatureMaps:
    """What layer `index` gives for one image: `values` is (channels, height, width), or (units,) of a flat layer."""

    index: int
    values: Array


def feature_maps(network: Network, parameters: Array, row: Array) -> tuple[FeatureMaps, ...]:
    """The outputs of all layers for one sample `row` (features,); layers that only change the shape are left out."""
    plan = Plan(network, 1, parameters)
    plan.rows[0] = row
    with np.errstate(all="ignore"):
        plan.forward()
    computing = sorted({o.index for o in network.operations if not o.is_view})
    return tuple(FeatureMaps(i, plan.activations(i)[..., 0].copy()) for i in computing)


def kernels(network: Network, parameters: Array, index: int) -> Array | None:
    """The weights of layer `index` as images (units, channels, height, width); None where they are none.

    Of a convolution these are its filters; of a dense layer that sees the pixels of the input, a weight per pixel.
    """
    layer, before = network.spec.layers[index], network.shapes[index]
    weights = network.views(parameters)[index].get("W")
    if weights is None:
        return None
    if isinstance(layer, Conv2D):
        side = layer.kernel_size
        return weights.reshape(len(weights), before[0], side, side).copy()
    image = network.spec.input_shape
    sees_pixels = all(o.is_view for o in network.operations if o.index < index)
    if len(image) != 3 or not sees_pixels or math.prod(before) != math.prod(image):
        return None
    return weights.reshape(len(weights), *image).copy()
