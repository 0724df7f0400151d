"""From scores to shares, in the ways that are compared: softmax, sigmoids one by one, and shares without e."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnplayground.gui.curve import Floats


@dataclass(frozen=True)
class SoftmaxNumbers:
    """All numbers for `scores`, in float64 as on paper. Unless `stable`, exp may overflow: then there is inf and nan."""

    scores: Sequence[float]
    temperature: float = 1.0
    stable: bool = True

    @cached_property
    def exps(self) -> Floats:
        """exp(a / T), or exp((a - max a) / T) if stable."""
        a = np.array(self.scores, np.float64)
        with np.errstate(all="ignore"):
            return np.exp((a - a.max() if self.stable else a) / self.temperature)

    @property
    def total(self) -> float:
        """u, the sum of the exps."""
        with np.errstate(all="ignore"):
            return float(self.exps.sum())

    @property
    def shares(self) -> Floats:
        """exp / u: softmax."""
        with np.errstate(all="ignore"):
            return np.asarray(self.exps / self.total)

    @property
    def sigmoids(self) -> Floats:
        """1 / (1 + exp(-a)) of each score alone."""
        with np.errstate(all="ignore"):
            return np.asarray(1 / (1 + np.exp(-np.array(self.scores, np.float64))))

    @property
    def plain(self) -> Floats:
        """a / sum of a: shares without e; not finite where the sum is 0."""
        a = np.array(self.scores, np.float64)
        with np.errstate(all="ignore"):
            return np.asarray(a / a.sum())

    @property
    def overflows(self) -> bool:
        """Whether the shares are no numbers any more."""
        return not bool(np.isfinite(self.shares).all())
