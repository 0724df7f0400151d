"""What the window comes to when an experiment is trained from the start, to compare others with."""

import numpy as np

from nnplayground.storage import weights
from nnplayground.training.experiment import Experiment
from nnplayground.training.stopping import Watch, has_condition
from nnplayground.training.trainer import Trainer


def train(experiment: Experiment) -> tuple[Trainer, list[float]]:
    """The trainer at the end, and the mean loss of each epoch, for the experiment's epochs or until it stops by itself."""
    trainer = Trainer(experiment, experiment.load_data(), weights.trained(experiment))
    n, batch = trainer.samples, experiment.batch_size
    sizes = np.array([min(batch, n - i) for i in range(0, n, batch)])
    watch, losses = Watch(), []
    while len(losses) < experiment.epochs:
        losses.append(float(np.dot(trainer.steps(len(sizes)), sizes)) / n)
        if has_condition(experiment) and watch.look(trainer):
            break
    if watch.back is not None:
        trainer.rewrite(watch.back[1])
    return trainer, losses
