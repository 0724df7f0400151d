from __future__ import annotations

from dataclasses import dataclass

from nnplayground.engine.initializers.glorot import GlorotUniform
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.engine.initializers.normal import Normal
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.race import Lane
from nnplayground.training.races import ReadyRace, races
from nnplayground.training.races._digits import deep_digits


@races.register
@dataclass(frozen=True)
class InitialWeights(ReadyRace):
    """Small normal weights, Xavier's and He's, from the same seed."""

    id = "initial-weights"
    label = Text("Initial weights: σ = 0.01, Xavier, He", "重みの初期値: σ = 0.01・Xavier・He")
    help = Text(
        "With ReLU in four layers, weights of spread 0.01 never start to learn; He's, made for ReLU, start fastest.",
        "ReLU の 4 層では、標準偏差 0.01 の重みは学習が始まりません。ReLU 用の He の初期値が最も速く進みます。",
    )
    order = 20

    def lanes(self, experiment: Experiment) -> tuple[Lane, ...]:
        starts = (Normal(0.01), GlorotUniform(), HeNormal())
        return tuple(
            Lane(Text.same("σ = 0.01") if isinstance(s, Normal) else s.label, experiment.replace(initializer=s))
            for s in starts
        )

    def stage(self) -> Experiment:
        return deep_digits(4, 5_000)
