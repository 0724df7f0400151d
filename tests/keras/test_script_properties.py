"""Whatever is set, a script that is shown runs, and comes to what the window comes to."""

import contextlib
import io
import math
import warnings

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.features import FEATURES
from nnplayground.engine.activations import activations
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers import Layer
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.losses import losses
from nnplayground.keras import script
from nnplayground.keras.problems import InputWarning
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Diverged
from tests.strategies import entries
from tests.window_run import train

CURVES = ("sin(x) / 2 - 1", "(1 + |x|/x)/2", "(1 + sin(x)) / 2", "x / 2 + sin(2 x) - 1 + cos(x) + x^3 / 10 - |x| / 3")
SHARES = st.sampled_from((0.0, 0.0, 0.3, 0.9))


@st.composite
def small_data(draw: st.DrawFn) -> Dataset:
    """A few samples of a plane, of a curve, or of all logic gates."""
    name = draw(
        st.sampled_from(("curve", "logic-gates", "circle", "three-classes", "my-points", "plane", "sum-and-difference"))
    )
    options = {o.name: o for o in datasets[name].options()}
    chosen = {}
    if "curve" in options:
        chosen["curve"] = draw(st.sampled_from(CURVES))
    if "features" in options:
        chosen["features"] = tuple(draw(st.lists(st.sampled_from(list(FEATURES)), min_size=1, unique=True)))
    if "samples" in options:
        chosen["samples"] = draw(st.integers(4, 40))
    if "noise" in options:
        chosen["noise"] = draw(st.sampled_from((0.0, 0.1)))
    if name == "my-points":
        chosen["points"] = tuple((i / 7, -i / 3, i % 2) for i in range(30))
    return datasets[name](**chosen)


@st.composite
def networks(draw: st.DrawFn, dataset: Dataset) -> tuple[Layer, ...]:
    """Weighted layers and others between them, with an end that fits the data."""
    weighted = st.builds(Dense, st.integers(1, 4), st.sampled_from([a() for a in activations.values()]))
    other = st.one_of(st.builds(ActivationLayer, entries(activations, small=True)), st.just(BatchNormalization()))
    inner = draw(st.lists(st.one_of(weighted, other), max_size=4))
    units = 1 if len(dataset.task.classes) == 2 and draw(st.booleans()) else dataset.task.units
    last = draw(st.sampled_from((Softmax(), Sigmoid(), activations["tanh"](), activations["identity"]())))
    end = (Dense(units, last),) if draw(st.booleans()) else (Dense(units), ActivationLayer(last))
    return (*inner, *end)


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    dataset = draw(small_data())
    layers = draw(networks(dataset))
    numbers = st.integers(0, len(layers) - 1)
    blocks = st.sampled_from(("", "W", "b", "gamma"))
    made = Experiment(
        dataset=dataset, layers=layers, loss=draw(entries(losses)), epochs=3, batch_size=draw(st.integers(1, 20)),
        learning_rate=draw(st.sampled_from((0.01, 0.1, 1.0))), validation=draw(SHARES), stop_loss=draw(SHARES),
        stop_test_loss=draw(SHARES), stop_accuracy=draw(SHARES), patience=draw(st.integers(0, 2)),
        silenced=tuple(draw(st.lists(st.tuples(numbers, st.integers(0, 3)), max_size=2, unique=True))),
        frozen=tuple(draw(st.lists(st.tuples(numbers, blocks, st.integers(-1, 1)), max_size=2, unique=True))),
    )  # fmt: skip
    weights = draw(st.sampled_from(((), (1.0, 0.5, 2.0)[: len(dataset.task.classes)])))
    made = made.replace(class_weights=weights)
    try:
        made.network()
    except Problem:
        assume(False)
    return made


@settings(max_examples=60)
@given(experiments())
def test_a_script_comes_to_what_the_window_comes_to(experiment):
    with np.errstate(all="ignore"):
        try:
            trainer, losses = train(experiment)
        except Diverged:
            assume(False)
        test_loss = trainer.evaluate(limit=None).test_loss
    assume(math.isfinite(test_loss))
    names = {}
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore", InputWarning)
        exec(script(experiment), names)
    model, measured = names["model"], names["model"].evaluate(names["x_test"], names["y_test"], verbose=0)
    np.testing.assert_array_equal(model._ready().parameters, trainer.parameters)
    assert names["history"].history["loss"] == losses
    assert np.ravel(measured)[0] == test_loss
