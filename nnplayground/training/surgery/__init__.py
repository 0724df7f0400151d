"""Changing a network without losing what it learnt: units and layers come and go, the function stays.

New units enter with freshly drawn incoming and zero outgoing weights, an inserted layer as the identity where its
activation allows it. The optimizer's state moves along with the parameters.
"""

from __future__ import annotations

from nnplayground.training.surgery.outcome import Outcome, Removed
from nnplayground.training.surgery.settling import settle_normalization
from nnplayground.training.surgery.transplant import transplant, values_before

__all__ = ["Outcome", "Removed", "settle_normalization", "transplant", "values_before"]
