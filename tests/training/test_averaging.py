"""Training to the end, and the mean of the parameters."""

import numpy as np

from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.training.averaging import train_averaged
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer

EXPERIMENT = Experiment(
    dataset=ThreeClasses(samples=600), layers=(Dense(16, Tanh()), Dense(3, Softmax())), batch_size=10,
    learning_rate=0.02, optimizer=Adam(),
)  # fmt: skip


def trained(epochs: int, **keywords) -> tuple[Trainer, np.ndarray]:
    trainer = Trainer(EXPERIMENT, EXPERIMENT.dataset.load())
    return trainer, train_averaged(trainer, epochs, **({"tell": lambda share: None} | keywords))


def test_the_averaged_network_has_learnt():
    trainer, mean = trained(12)
    assert mean.shape == trainer.parameters.shape and mean.dtype == np.float32
    trainer.parameters[...] = mean
    assert trainer.evaluate().test_accuracy > 0.85


def test_the_mean_is_steadier_than_the_last_step():
    trainer, mean = trained(4)
    before = trainer.parameters.copy()
    assert not np.array_equal(mean, before)
    assert np.linalg.norm(mean - before) < 0.5 * np.linalg.norm(before)


def test_it_is_told_how_far_it_is_and_repeats_itself():
    shares: list[float] = []
    _, mean = trained(3, tell=shares.append)
    assert shares == sorted(shares) and shares[-1] == 1
    assert trained(3)[1].tobytes() == mean.tobytes()


def test_data_is_renewed_for_each_epoch():
    asked = []

    def renew(epoch: int):
        asked.append(epoch)
        return ThreeClasses(samples=600, seed=epoch + 1).load()

    trainer, mean = trained(4, renew=renew)
    assert asked == [1, 2, 3]
    assert trainer.epoch_count == 4
    assert mean.tobytes() != trained(4)[1].tobytes()
