from __future__ import annotations

from dataclasses import dataclass

from nnplayground.engine.optimizers.adagrad import AdaGrad
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.optimizers.momentum import Momentum
from nnplayground.engine.optimizers.sgd import SGD
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.race import Lane
from nnplayground.training.races import ReadyRace, races
from nnplayground.training.races._digits import deep_digits

RATES = ((SGD(), 0.01), (Momentum(), 0.01), (AdaGrad(), 0.01), (Adam(), 0.001))
"""Each at the rate at which it is usually shown."""


@races.register
@dataclass(frozen=True)
class Optimizers(ReadyRace):
    """Plain gradient descent against three that remember, from the same weights over the same batches."""

    id = "optimizers"
    label = Text("Optimizers: SGD, momentum, AdaGrad, Adam", "最適化手法: SGD・モーメンタム・AdaGrad・Adam")
    help = Text(
        "Whoever remembers past gradients falls faster at first; how they end depends on the task and on the rate.",
        "過去の勾配を覚えている手法は最初の下がりが速くなります。最後にどれが勝つかは、課題と学習率によります。",
    )
    order = 40

    def lanes(self, experiment: Experiment) -> tuple[Lane, ...]:
        return tuple(
            Lane(Text("{label}, η = {rate:g}", "{label}（η = {rate:g}）").format(label=o.label, rate=rate),
                 experiment.replace(optimizer=o, learning_rate=rate))
            for o, rate in RATES
        )  # fmt: skip

    def stage(self) -> Experiment:
        return deep_digits(4, 5_000)
