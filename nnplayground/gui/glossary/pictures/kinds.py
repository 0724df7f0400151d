"""Pictures of what is registered: one way of drawing for each kind."""

from __future__ import annotations

from collections.abc import Callable

from nnplayground.data.augmentations import augmentations
from nnplayground.engine.initializers import initializers
from nnplayground.engine.layers import layers
from nnplayground.engine.losses import losses
from nnplayground.engine.optimizers import optimizers
from nnplayground.engine.schedules import schedules
from nnplayground.gui.glossary.pictures import curves, descents, grids, nets, tables
from nnplayground.gui.glossary.pictures.sheet import Sheet

_LAYERS: dict[str, Callable[[Sheet], None]] = {
    "dense": lambda sheet: nets.network(sheet, (4, 4)),
    "conv2d": grids.convolution,
    "max_pooling2d": grids.pooling,
    "average_pooling2d": lambda sheet: grids.pooling(sheet, largest=False),
    "flatten": grids.flatten,
    "reshape": lambda sheet: grids.flatten(sheet, back=True),
    "dropout": nets.dropout,
    "batch_normalization": tables.normalized,
    "activation": lambda sheet: curves.activation(sheet, "relu"),
}


def _layer(sheet: Sheet, id: str) -> None:
    _LAYERS[id](sheet)


KINDS: dict[str, Callable[[Sheet, str], None]] = {
    losses.package: curves.loss,
    optimizers.package: descents.optimizer,
    layers.package: _layer,
    initializers.package: tables.initializer,
    schedules.package: curves.schedule,
    augmentations.package: grids.augmented,
}
