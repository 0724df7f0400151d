"""What the units of a layer look for, and what they find, as images."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.gui.image_grid import Item
from nnplayground.gui.image_tile import as_bytes
from nnplayground.gui.readout import number
from nnplayground.text import Text
from nnplayground.training.inspection.images import kernels

KERNEL = Text("Unit {}: weights up to {} in size", "ユニット {}: 重み（絶対値は最大 {}）")
OUTPUT = Text("Unit {}: weights up to {} in size, output {}", "ユニット {}: 重み（絶対値は最大 {}）、出力 {}")
MAP = Text("Channel {n}: outputs from {low} to {high}", "チャンネル {n}: 出力は {low} から {high}")
MOST = 144
"""Units that are shown, at most."""


def unit_weights(network: Network, parameters: Array, index: int) -> Array | None:
    """The weights of each unit of layer `index` as an image, (units, height, width); None where it has none.

    Several channels lie beside each other; weights that belong to no image fill a square row by row.
    """
    found = kernels(network, parameters, index)
    if found is not None:
        return mosaics(found)
    weights = network.views(parameters)[index].get("W")
    if weights is None or weights.ndim != 2:
        return None
    wide = weights.shape[1] if weights.shape[1] <= 4 else math.ceil(math.sqrt(weights.shape[1]))
    high = math.ceil(weights.shape[1] / wide)
    padded = np.zeros((len(weights), high * wide), weights.dtype)
    padded[:, : weights.shape[1]] = weights
    return padded.reshape(-1, high, wide)


def mosaics(images: Array) -> Array:
    """Images (units, channels, height, width) with their channels in rows and columns: (units, height, width)."""
    units, channels, high, wide = images.shape
    if channels == 1:
        return images[:, 0]
    across = math.ceil(math.sqrt(channels))
    down = math.ceil(channels / across)
    # One line of zeros between two channels.
    found = np.zeros((units, down * (high + 1) - 1, across * (wide + 1) - 1), images.dtype)
    for channel in range(channels):
        y, x = channel // across * (high + 1), channel % across * (wide + 1)
        found[:, y : y + high, x : x + wide] = images[:, channel]
    return found


def weight_items(images: Array, outputs: Array | None) -> list[Item]:
    """Items for weights (units, height, width); with `outputs` (units,) the caption is the output."""
    shown = images[:MOST]
    sizes = np.nan_to_num(np.abs(shown)).reshape(len(shown), -1).max(axis=1, initial=0.0)
    pixels = signed_bytes(shown / (float(sizes.max(initial=0.0)) or 1.0))
    return [
        _weight_item(n, pixels[n], number(float(sizes[n])), None if outputs is None else float(outputs[n]))
        for n in range(len(shown))
    ]


def _weight_item(n: int, pixels: NDArray[np.uint8], most: str, output: float | None) -> Item:
    if output is None:
        return Item(pixels, str(n + 1), _filled(KERNEL, n + 1, most), signed=True)
    return Item(pixels, f"{output:.2g}", _filled(OUTPUT, n + 1, most, number(output)), signed=True)


def _filled(words: Text, *values: object) -> Text:
    """There are many of them, many times a second."""
    return Text(words.en.format(*values), words.ja.format(*values))


def map_items(maps: Array) -> list[Item]:
    """Items for the outputs (channels, height, width) of a layer, all on one scale."""
    shown = maps[:MOST]
    most = float(np.nanmax(np.abs(shown), initial=0.0)) or 1.0
    signed = bool((shown < 0).any())
    pixels = signed_bytes(shown / most) if signed else as_bytes(shown / most)
    words = [MAP.format(n=n + 1, low=number(float(m.min())), high=number(float(m.max()))) for n, m in enumerate(shown)]
    return [Item(p, str(n + 1), words[n], signed=signed) for n, p in enumerate(pixels)]


def signed_bytes(values: Array) -> NDArray[np.uint8]:
    """Values in -1..1 as 0..255; 0 becomes 128."""
    found: NDArray[np.uint8] = np.clip(np.nan_to_num(values) * 127.5 + 128, 0, 255).astype(np.uint8)
    return found
