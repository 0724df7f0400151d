"""How often a pane may ask for what is dear to compute."""

from __future__ import annotations

from nnplayground.engine.network import Network
from nnplayground.training.inspection.parts import multiplications

LARGE = 50_000
"""Multiplications for one sample from which on a network counts as large: the digit networks do."""


def interval_for(network: Network, quick: float, slow: float) -> float:
    """Seconds between two repaints: `quick` for small networks, `slow` for large ones."""
    return slow if is_large(network) else quick


def is_large(network: Network) -> bool:
    """Whether a look into the network takes so long that training would feel it."""
    return multiplications(network) > LARGE
