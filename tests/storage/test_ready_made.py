import os

import numpy as np
import pytest

from nnplayground.data.files import FileProblem
from nnplayground.data.sources import MNIST
from nnplayground.engine.plan import Plan
from nnplayground.engine.schedules.cosine import Cosine
from nnplayground.storage import experiment_file, ready_made
from nnplayground.storage.weights import bundled
from nnplayground.training.experiment import advice
from nnplayground.training.trainer import Trainer


@pytest.mark.parametrize("name", ready_made.names())
def test_a_ready_made_experiment_works_and_says_what_it_is(name):
    experiment = ready_made.load(name)
    assert experiment.name == name
    assert experiment.title.en and experiment.title.ja and experiment.description.en and experiment.description.ja
    assert advice(experiment) == []
    assert experiment_file.loads(experiment_file.dumps(experiment)) == experiment


def test_all_are_read():
    assert [experiment.name for experiment in ready_made.load_all()] == list(ready_made.names())


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(FileProblem, match="three-classes"):
        ready_made.load("no-such-thing")


def test_those_with_fixed_names_are_there():
    assert {"three-classes", "circle", "xor", "spiral", "forward-pass"} <= set(ready_made.names())


@pytest.mark.parametrize("name", ["mnist", "mnist-cnn"])
def test_real_digits_that_are_not_here_are_asked_for_in_words(name, monkeypatch, tmp_path):
    monkeypatch.setenv("NNPLAYGROUND_DATA_DIR", str(tmp_path))
    with pytest.raises(FileProblem, match="nnplayground download mnist"):
        ready_made.load(name).dataset.load()


@pytest.mark.skipif(
    not os.environ.get("NNPLAYGROUND_DATA_DIR") or bool(MNIST.missing()),
    reason="NNPLAYGROUND_DATA_DIR has no mnist folder",
)
@pytest.mark.parametrize(("name", "share"), [("mnist", 0.91), ("mnist-cnn", 0.94)])
def test_some_of_the_real_digits_teach_to_read_most_of_the_others(name, share):
    """All of them teach 98 % and 99 %, which takes minutes; a tenth in two epochs is far enough to see a fault."""
    experiment = ready_made.load(name)
    few = experiment.replace(dataset=experiment.dataset.replace(samples=6000), schedule=Cosine(length=2))
    trainer = Trainer(few, few.dataset.load())
    trainer.steps(2 * trainer.steps_per_epoch)
    assert trainer.evaluate(limit=None).test_accuracy >= share


def test_the_networks_for_real_digits_are_those_of_the_shipped_parameters():
    dense, convolutional = (ready_made.load(name).network() for name in ("mnist", "mnist-cnn"))
    assert (dense.trainable, convolutional.trainable) == (235_146, 63_466)


def test_circle_is_the_first_task_of_tensorflow_playground():
    circle = ready_made.load("circle")
    assert [(layer.units, layer.activation.id) for layer in circle.layers] == [(4, "tanh"), (2, "tanh"), (1, "tanh")]
    assert (circle.learning_rate, circle.batch_size) == (0.03, 10)
    assert len(circle.dataset.load().x_train) == 250


def trained(name: str) -> Trainer:
    experiment = ready_made.load(name)
    trainer = Trainer(experiment, experiment.dataset.load(), bundled(experiment))
    trainer.steps(trainer.steps_per_epoch * experiment.epochs)
    return trainer


def test_the_textbook_network_reaches_the_textbook_loss():
    found = trained("three-classes").evaluate()
    assert found.test_loss == pytest.approx(0.2947, abs=0.01)
    assert found.train_loss == pytest.approx(0.2234, abs=0.01)
    assert found.test_accuracy == pytest.approx(0.88, abs=0.02)


@pytest.mark.parametrize(("name", "share"), [("circle", 0.99), ("xor", 0.98), ("spiral", 0.93), ("logic-gates", 1.0)])
def test_the_classes_are_learnt_in_the_epochs_that_are_set(name, share):
    assert trained(name).evaluate().test_accuracy >= share


@pytest.mark.parametrize(("name", "loss"), [("sine", 0.02), ("forward-pass", 0.01)])
def test_the_values_are_learnt_in_the_epochs_that_are_set(name, loss):
    assert trained(name).evaluate().test_loss <= loss


def test_the_worked_forward_pass_has_the_printed_numbers():
    experiment = ready_made.load("forward-pass")
    parameters = bundled(experiment)
    network = experiment.network()
    plan = Plan(network, 1, parameters.astype(np.float64))
    plan.rows[...] = experiment.dataset.load().x_train[0]
    plan.forward()
    printed = [
        (plan.pre_activations(0), [0.3, 0.7, 1.1]),
        (plan.activations(0), [0.57444252, 0.66818777, 0.75026011]),
        (plan.pre_activations(1), [0.51615984, 1.21402696]),
        (plan.activations(1), [0.62624937, 0.77101070]),
        (plan.outputs, [0.31682708, 0.69627909]),
    ]
    for found, expected in printed:
        assert np.allclose(found[:, 0], expected, atol=1e-6)
