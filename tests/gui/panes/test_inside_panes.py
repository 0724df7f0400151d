"""What every pane that looks inside must do: speak both languages, have names, suit plane and digits, cost nothing unseen."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.gui.blank import LOADING
from nnplayground.gui.panes import panes
from nnplayground.storage import ready_made
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from tests.gui.driving import nameless

INSIDE = (
    "layers", "mistakes", "softmax", "sample_way", "gradient_bars", "loss_slice", "feature_maps", "embedding",
)  # fmt: skip
DIGITS = Experiment(
    dataset=GeneratedDigits(samples=200), layers=(Flatten(), Dense(12, ReLU()), Dense(10, Softmax()))
)  # fmt: skip
EXPERIMENTS = {"plane": Experiment(), "digits": DIGITS, "line": ready_made.load("sine")}


@pytest.mark.parametrize("kind", EXPERIMENTS)
@pytest.mark.parametrize("name", INSIDE)
def test_it_shows_the_plane_digits_and_a_line_in_both_languages_and_themes(open_pane, name, kind):
    experiment = EXPERIMENTS[kind]
    if not panes[name]().suits(experiment):
        assert panes[name].unsuited.en
        assert panes[name].unsuited.ja
        return
    driver = open_pane(experiment, name)
    driver.window.controller.step("epoch")
    driver.wait_for_state("paused")
    driver.settle()
    view = driver.window.views[name]
    for language, theme, size in (("ja", "dark", (200, 120)), ("en", "light", (1200, 300)), ("en", "dark", (500, 900))):
        driver.window.ui.set_language(language)
        driver.window.ui.set_theme_choice(theme)
        driver.window.resize(*size)
        QApplication.processEvents()
        assert not view.grab().isNull()


@pytest.mark.parametrize("name", INSIDE)
def test_all_that_can_be_operated_has_a_name_in_both_languages(open_pane, name):
    driver = open_pane(Experiment(), name)
    driver.settle()
    for language in ("en", "ja"):
        driver.window.ui.set_language(language)
        assert not nameless(driver.window)


@pytest.mark.parametrize("huge", [1e20, 1e38])
@pytest.mark.parametrize("name", INSIDE)
def test_numbers_beyond_all_bounds_are_shown_or_said_and_break_nothing(open_pane, name, huge):
    driver = open_pane(Experiment(), name)
    driver.settle()
    newest = driver.window.controller.newest
    signs = np.where(np.arange(newest.network.size) % 2, 1, -1)
    driver.window.controller.set_parameters((huge * signs).astype(np.float32), Text.same("huge"))
    driver.settle()
    assert not driver.window.views[name].grab().isNull()


@pytest.mark.parametrize("name", INSIDE)
def test_other_data_and_other_layers_take_the_place_of_those_before(open_pane, name):
    driver = open_pane(DIGITS, name)
    driver.settle()
    smaller = DIGITS.replace(layers=(*DIGITS.layers[:1], Dense(3, ReLU()), DIGITS.layers[-1]))
    for experiment in (smaller, Experiment(), ready_made.load("sine")):
        driver.window.document.open(experiment)
        driver.window.controller.load(experiment)
        driver.settle()
        assert not driver.window.views[name].grab().isNull()
        blank = getattr(driver.window.views[name], "blank", None)
        assert blank is None or blank.said != LOADING


@pytest.mark.parametrize("name", INSIDE)
def test_unseen_it_asks_for_nothing(open_pane, name):
    driver = open_pane(Experiment(), name)
    driver.settle()
    driver.window.views[name].hide()
    driver.window.controller.step("batch")
    driver.settle()
    asked = driver.window.controller.schedule.wanted(driver.window.controller.newest, 1e12)
    assert asked == ()


@pytest.mark.parametrize("name", INSIDE)
def test_its_words_are_there(name):
    pane = panes[name]
    assert pane.help.en != pane.help.ja
    assert not pane.opened
