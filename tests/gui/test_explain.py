from nnplayground.engine.activations.relu import ReLU
from nnplayground.gui.explain import Explanation, explanation_of
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment


def test_an_entry_is_explained_by_its_own_words() -> None:
    assert (
        explanation_of(ReLU) == explanation_of(ReLU()) == Explanation(ReLU.label, ReLU.formula, ReLU.help, ReLU.try_it)
    )


def test_an_option_says_its_bounds_and_when_a_change_counts() -> None:
    options = {o.name: o for o in Experiment.options()}
    rate = explanation_of(options["learning_rate"])
    assert rate.title.ja == "学習率 η"
    assert "From 1e-06 to 10." in rate.sentence.en and "at once" in rate.sentence.en
    assert "作り直します" in explanation_of(options["seed"]).sentence.ja


def test_an_explanation_is_its_own() -> None:
    card = Explanation(Text.same("t"), "f", Text.same("s"))
    assert explanation_of(card) is card
