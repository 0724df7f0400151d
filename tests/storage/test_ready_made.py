import pytest

from nnplayground.data.files import FileProblem
from nnplayground.storage import experiment_file, ready_made
from nnplayground.training.experiment import advice


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
