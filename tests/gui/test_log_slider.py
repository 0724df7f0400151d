import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider

from nnplayground.gui.log_slider import LogSlider
from nnplayground.registry import Option
from nnplayground.text import Text

RATE = Option("learning_rate", float, 0.01, Text("Learning rate", "学習率"), low=1e-6, high=10.0, log=True)


@pytest.fixture
def editor(ui, qtbot):
    made = LogSlider(RATE)
    made.setObjectName("learning_rate")
    qtbot.addWidget(made)
    made.resize(400, 40)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def said(editor):
    log = []
    editor.edited.connect(lambda value: log.append(("edited", value)))
    editor.sealed.connect(lambda: log.append("sealed"))
    editor.refused.connect(lambda typed: log.append(("refused", typed)))
    return log


def handle(slider):
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    style, part = slider.style(), QStyle.SubControl.SC_SliderHandle
    return style.subControlRect(QStyle.ComplexControl.CC_Slider, option, part, slider).center()


def type_in(editor, words):
    editor.field.setFocus()
    editor.field.selectAll()
    QTest.keyClick(editor.field, Qt.Key.Key_Delete)
    if words.isascii():
        QTest.keyClicks(editor.field, words)
    else:  # as an input method gives it
        commit = QInputMethodEvent()
        commit.setCommitString(words)
        QApplication.sendEvent(editor.field, commit)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)


def test_a_drag_gives_many_values_and_one_seal(editor, said):
    slider, left = editor.slider, Qt.MouseButton.LeftButton
    start = handle(slider)
    QTest.mousePress(slider, left, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(slider, start + type(start)(8 * step, 0))
    assert "sealed" not in said
    QTest.mouseRelease(slider, left, pos=start + type(start)(40, 0))
    values = [entry[1] for entry in said if entry != "sealed"]
    assert values == sorted(values)
    assert values[0] > 0.01
    assert len(values) >= 3
    assert said.count("sealed") == 1
    assert said[-1] == "sealed"
    assert editor.property("value") == values[-1]
    assert editor.field.text() == f"{values[-1]:.10g}"


def test_equal_ways_are_equal_factors(editor, said):
    editor.slider.setFocus()
    for _ in range(3):
        QTest.keyClick(editor.slider, Qt.Key.Key_PageUp)
    assert [entry[1] for entry in said] == pytest.approx([0.1, 1.0, 10.0])
    QTest.keyClick(editor.slider, Qt.Key.Key_Home)
    assert editor.property("value") == 1e-6
    QTest.keyClick(editor.slider, Qt.Key.Key_Right)
    assert 1e-6 < editor.property("value") < 1.3e-6


@pytest.mark.parametrize(
    ("typed", "value"), [("0.03", 0.03), ("0,03", 0.03), ("３ｅ-2", 0.03), ("0.0123456", 0.0123456), ("10", 10.0)]
)
def test_the_field_takes_exact_numbers_and_moves_the_slider(editor, said, typed, value):
    before = editor.slider.value()
    type_in(editor, typed)
    assert editor.property("value") == value
    assert ("edited", value) in said
    assert editor.slider.value() > before


@pytest.mark.parametrize("typed", ["50", "0", "-1", "1e-9", "", "1e", "nan", "ほげ"])
def test_what_cannot_be_taken_is_told_and_changes_nothing(editor, said, typed):
    type_in(editor, typed)
    assert editor.property("value") == 0.01
    assert editor.field.text() == "0.01"
    assert any(entry[0] == "refused" for entry in said)
    assert not any(entry[0] == "edited" for entry in said)


def test_the_property_is_bounded_and_never_nan(editor):
    for value, kept in ((0.5, 0.5), (math.nan, 0.5), (math.inf, 0.5), (99.0, 10.0), (0.0, 1e-6)):
        editor.setProperty("value", value)
        assert editor.property("value") == kept
        assert editor.field.text() == f"{kept:.10g}".replace("1e-06", "1e-6")


def test_showing_a_value_says_nothing(editor, said):
    editor.show_value(0.3)
    assert editor.property("value") == 0.3
    assert said == []
