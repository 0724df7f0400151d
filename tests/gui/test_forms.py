"""A form made from an entry that has every kind of option."""

import math
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.data.datasets import datasets
from nnplayground.engine.initializers import initializers
from nnplayground.engine.layers import layers
from nnplayground.engine.losses import losses
from nnplayground.engine.optimizers import optimizers
from nnplayground.engine.schedules import schedules
from nnplayground.gui.choice_fields import ExampleBox, SwitchesBox
from nnplayground.gui.explain import Explainer, explanation_of
from nnplayground.gui.fields import ChoiceBox, FloatBox, IntBox, SwitchBox, WordsBox
from nnplayground.gui.fold import Fold
from nnplayground.gui.forms import SHOWN, OptionForm, field_for
from nnplayground.gui.log_slider import LogSlider
from nnplayground.gui.ui import Ui
from nnplayground.registry import Entry, option
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

NUMBERS = [
    (kind, known)
    for kind in (
        Experiment,
        *(k for r in (layers, optimizers, losses, initializers, schedules, datasets) for k in r.values()),
    )
    for known in kind.options()
    if known.type in (int, float)
]
NAMES = (Text("P", "ピー"), Text("Q", "キュー"), Text("R", "アール"))


@dataclass(frozen=True)
class Sample(Entry):
    id = "sample"
    label = Text("Sample", "見本")

    count: int = option(3, Text("Count", "個数"), low=1, high=9)
    share: float = option(0.5, Text("Share", "割合"), low=0.0, high=1.0, live=True)
    on: bool = option(False, Text("On", "有効"))
    kind: str = option("a", Text("Kind", "種類"), choices=("a", "b"), help=Text("Which one.", "どれか。"))
    rate: float = option(0.1, Text("Rate", "率"), low=1e-3, high=10.0, log=True)
    words: str = option("x", Text("Words", "言葉"))
    some: tuple[str, ...] = option(("p",), Text("Some", "いくつか"), choices=("p", "q", "r"), names=NAMES)
    text: str = option("one", Text("Text", "文"), examples=("one", "two"))


@dataclass(frozen=True)
class Plain(Entry):
    id = "plain"
    label = Text("Plain", "無地")


@pytest.fixture
def explainer(qapp: QApplication) -> Explainer:
    return Explainer(qapp)


@pytest.fixture
def form(ui: Ui, explainer: Explainer, qtbot: QtBot) -> OptionForm:
    made = OptionForm(ui, explainer)
    qtbot.addWidget(made)
    made.show_entry(Sample())
    made.findChild(Fold).open()
    made.show()
    qtbot.waitExposed(made)
    return made


def editor(form: OptionForm, name: str) -> QWidget:
    found = form.findChild(QWidget, f"option_{name}")
    assert found is not None
    return found


def test_each_kind_of_option_has_its_editor(form: OptionForm) -> None:
    kinds = {o.name: type(editor(form, o.name)) for o in Sample.options()}
    assert kinds == {
        "count": IntBox, "share": FloatBox, "on": SwitchBox, "kind": ChoiceBox, "rate": LogSlider, "words": WordsBox,
        "some": SwitchesBox, "text": ExampleBox,
    }  # fmt: skip


def test_what_a_person_gives_is_told_by_name(form: OptionForm) -> None:
    told: list[tuple[str, object]] = []
    form.edited.connect(lambda name, value: told.append((name, value)))
    QTest.keyClick(editor(form, "count"), Qt.Key.Key_Up)
    QTest.keyClick(editor(form, "share"), Qt.Key.Key_Up)
    QTest.keyClick(editor(form, "on"), Qt.Key.Key_Space)
    QTest.keyClick(editor(form, "kind"), Qt.Key.Key_Down)
    editor(form, "rate").slider.setValue(0)
    QTest.keyClicks(editor(form, "words"), "y")
    QTest.keyClick(editor(form, "words"), Qt.Key.Key_Return)
    assert told == [("count", 4), ("share", 0.51), ("on", True), ("kind", "b"), ("rate", 0.001), ("words", "xy")]


def test_switches_keep_their_order_and_the_last_one_stays_on(form: OptionForm) -> None:
    told: list[object] = []
    form.edited.connect(lambda _, value: told.append(value))
    buttons = {name: form.findChild(QToolButton, f"some_{name}") for name in "pqr"}
    assert [b.accessibleName() for b in buttons.values()] == ["P", "Q", "R"]
    QTest.mouseClick(buttons["p"], Qt.MouseButton.LeftButton)
    assert told == [] and buttons["p"].isChecked()
    QTest.keyClick(buttons["r"], Qt.Key.Key_Space)
    QTest.keyClick(buttons["q"], Qt.Key.Key_Space)
    QTest.mouseClick(buttons["p"], Qt.MouseButton.LeftButton)
    assert told == [("p", "r"), ("p", "r", "q"), ("r", "q")]


def test_an_example_is_taken_and_a_refused_text_stays_to_be_mended(form: OptionForm) -> None:
    told: list[object] = []

    def refuse(_: str, value: object) -> None:
        told.append(value)
        form.show_entry(Sample(), again=True)

    box = editor(form, "text")
    form.edited.connect(refuse)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert told == ["two"]
    box.lineEdit().selectAll()
    QTest.keyClicks(box.lineEdit(), "thr")
    QTest.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    QTest.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert told == ["two", "thr"] and box.currentText() == "thr"
    form.show_entry(Sample(), again=True)
    assert box.currentText() == "one"


def test_showing_an_entry_tells_nothing(form: OptionForm) -> None:
    told: list[object] = []
    form.edited.connect(lambda *change: told.append(change))
    form.show_entry(Sample(count=7, share=0.25, on=True, kind="b", rate=1.0, words="z"))
    assert told == []
    assert editor(form, "count").value() == 7
    assert editor(form, "share").text() == "0.25"
    assert editor(form, "on").isChecked()
    assert editor(form, "kind").currentData() == "b"
    assert editor(form, "rate").property("value") == 1.0
    assert editor(form, "words").text() == "z"


def test_another_kind_of_entry_leaves_no_old_editor(form: OptionForm) -> None:
    form.show_entry(Plain())
    assert form.findChild(QWidget, "option_count") is None
    assert form.isHidden()
    form.show_entry(Sample())
    assert not form.isHidden()
    form.show_entry(None)
    assert form.isHidden()


def test_more_options_than_a_few_are_folded_and_opened_by_key(form: OptionForm) -> None:
    form.show_entry(Plain())
    form.show_entry(Sample())
    QApplication.processEvents()
    names = [o.name for o in Sample.options()]
    shown = {w.objectName() for w in form.findChildren(QWidget) if w.isVisible()}
    assert [n for n in names if f"option_{n}" in shown] == names[:SHOWN]
    fold = next(w for w in form.findChildren(QWidget) if w.accessibleName() == f"More options ({len(names) - SHOWN})")
    fold.setFocus()
    QTest.keyClick(fold, Qt.Key.Key_Space)
    assert all(editor(form, n).isVisible() for n in names)


def test_words_and_names_follow_the_language(form: OptionForm, ui: Ui) -> None:
    ui.set_language("ja")
    said = {label.text() for label in form.findChildren(QLabel)}
    assert {"個数", "割合", "種類"} <= said
    assert editor(form, "on").text() == "有効"
    assert editor(form, "kind").accessibleName() == "種類"
    assert "どれか。" in editor(form, "kind").toolTip()


def test_each_option_says_when_it_takes_effect(form: OptionForm) -> None:
    marks = {
        label.accessibleName()
        for label in form.findChildren(QLabel)
        if label.pixmap().width() and label.accessibleName()
    }
    assert len(marks) == 2


def test_steps_of_a_number_follow_its_size(form: OptionForm) -> None:
    share = editor(form, "share")
    for start, wanted in ((0.5, "0.51"), (0.001, "0.0011"), (0.0, "0.001"), (1.0, "1")):
        share.show_value(start)
        share.stepBy(1)
        assert share.text() == wanted
    share.show_value(0.0011)
    share.stepBy(-1)
    assert share.text() == "0.001"


def test_what_is_refused_is_said_until_it_is_mended(form: OptionForm) -> None:
    count = editor(form, "count")
    for typed in ("0", "99", "1.5", ""):
        count.selectAll()
        QTest.keyClicks(count, typed) if typed else QTest.keyClick(count, Qt.Key.Key_Delete)
        QTest.keyClick(count, Qt.Key.Key_Return)
        assert count.text() == "3"
        spoken = [w.text() for w in form.findChildren(QLabel) if w.isVisible() and "Sample: Count" in w.text()]
        assert len(spoken) == 1 and "1 to 9" in spoken[0]
    QTest.keyClick(count, Qt.Key.Key_Up)
    assert not [w for w in form.findChildren(QLabel) if w.isVisible() and "Sample: Count" in w.text()]


def test_hover_and_focus_explain(form: OptionForm, explainer: Explainer) -> None:
    told: list[str] = []
    explainer.explain.connect(lambda subject: told.append(explanation_of(subject).title.en))
    editor(form, "share").setFocus()
    editor(form, "kind").setFocus()
    assert told == ["Share", "Kind"]


def test_choices_have_names_in_both_languages(form: OptionForm, ui: Ui) -> None:
    form.say("some", None)
    buttons = {b.objectName(): b for b in form.findChildren(QToolButton) if b.objectName().startswith("some_")}
    assert [b.text() for b in buttons.values()] == ["P", "Q", "R"]
    ui.set_language("ja")
    assert [b.text() for b in buttons.values()] == ["ピー", "キュー", "アール"]
    assert [b.accessibleName() for b in buttons.values()] == ["ピー", "キュー", "アール"]


def type_into(field: QWidget, typed: str) -> None:
    line = getattr(field, "field", field)
    line.selectAll()
    QTest.keyClicks(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)


@pytest.mark.parametrize("typed", ["nan", "inf", "-1", "0", "1", "1e999", "-1e300", "1e-320", "0x10", ""])
def test_n17_whatever_is_typed_every_number_stays_finite_and_within_its_bounds(qtbot: QtBot, typed: str) -> None:
    assert len(NUMBERS) > 50
    for kind, known in NUMBERS:
        field = field_for(known)
        qtbot.addWidget(field)
        type_into(field, typed)
        value = field.property("value")
        assert math.isfinite(value), (kind, known.name)
        known.check(kind.label, value)


@pytest.mark.parametrize("language", [QLocale.Language.German, QLocale.Language.Arabic, QLocale.Language.Japanese])
def test_g06_point_and_comma_both_mark_decimals_wherever_one_lives(qtbot: QtBot, language: QLocale.Language) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        for known in (o for o in Sample.options() if o.name in ("share", "rate")):
            field = field_for(known)
            qtbot.addWidget(field)
            for typed, value in (("0,25", 0.25), ("0.75", 0.75)):
                type_into(field, typed)
                assert field.property("value") == pytest.approx(value)
                assert getattr(field, "field", field).text() == f"{value:g}"
    finally:
        QLocale.setDefault(before)
