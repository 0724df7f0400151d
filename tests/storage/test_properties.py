"""Any experiment that can be set is the same again after its file."""

from hypothesis import given, settings
from hypothesis import strategies as st

from nnplayground.data.augmentations import augmentations
from nnplayground.engine.initializers import initializers
from nnplayground.engine.losses import losses
from nnplayground.engine.optimizers import optimizers
from nnplayground.engine.schedules import schedules
from nnplayground.storage import experiment_file
from nnplayground.training.experiment import Experiment
from tests.strategies import any_dataset, entries, stacks, values

PARTS = {
    "loss": losses, "initializer": initializers, "optimizer": optimizers, "schedule": schedules, "augment": augmentations,
}  # fmt: skip


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Any parts and any settings, whether they make sense together or not."""
    settings = {o.name: draw(values(o, small=False)) for o in Experiment.options()}
    parts = {name: draw(entries(registry)) for name, registry in PARTS.items()}
    weights = tuple(draw(st.lists(st.floats(0, 1e6), max_size=5)))
    return Experiment(
        dataset=draw(any_dataset), layers=draw(stacks())[1], **(settings | parts | {"class_weights": weights})
    )


@settings(max_examples=60, deadline=None)
@given(experiments())
def test_a_file_gives_back_any_experiment(experiment):
    data = experiment_file.dumps(experiment)
    assert experiment_file.loads(data) == experiment
    assert experiment_file.dumps(experiment_file.loads(data)) == data
