from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._passes import backward, read_only
from nnplayground.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class Sizes:
    """Root mean square of the weights' gradient and of the weights, for each layer with weights, in their order.

    `layers` (n,) are the layers' indices; `gradients` and `weights` have shape (n,).
    """

    layers: NDArray[np.intp]
    gradients: NDArray[np.float64]
    weights: NDArray[np.float64]

    @property
    def ratio(self) -> float:
        """Gradient of the first layer as a share of that of the last hidden one; 1 with fewer than 2 of them."""
        return float(self.gradients[0] / self.gradients[-2]) if len(self.layers) > 2 and self.gradients[-2] > 0 else 1.0


@probes.register
@dataclass(frozen=True)
class GradientSizes(Probe):
    """How large the gradient of each layer's weights is, over the first `samples` training samples."""

    id = "gradient-sizes"
    label = Text("Gradient of each layer", "各層の勾配の大きさ")

    samples: int = 500

    def compute(self, trainer: Trainer) -> Sizes:
        _, gradients = backward(trainer, self.samples)
        named = [(i, a["W"].ravel()) for i, a in enumerate(trainer.network.addresses) if "W" in a]
        layers = np.array([i for i, _ in named], np.intp)
        sizes = [
            np.array([np.sqrt(np.mean(np.square(vector[places], dtype=np.float64))) for _, places in named])
            for vector in (gradients, trainer.parameters)
        ]
        return Sizes(layers, read_only(sizes[0]), read_only(sizes[1]))
