from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.layers.dense import Dense
from nnplayground.gui.document import Document
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment


@pytest.fixture
def document(qapp: QApplication) -> Iterator[Document]:
    made = Document(Experiment())
    yield made
    delete(made)


def test_an_edit_is_told_once_and_undone(document: Document) -> None:
    seen: list[tuple[Experiment, Experiment]] = []
    start = document.experiment
    document.changed.connect(lambda old, new: seen.append((old, new)))
    document.change(learning_rate=0.5)
    assert seen == [(start, start.replace(learning_rate=0.5))]
    assert document.is_modified
    assert document.undo_text is not None and document.undo_text.ja == "学習率 η 0.1 → 0.5"
    document.undo_stack.undo()
    assert document.experiment == start
    assert len(seen) == 2
    assert not document.is_modified
    assert document.undo_text is None
    assert document.redo_text is not None and document.redo_text.en == "Learning rate η 0.1 → 0.5"


def test_an_edit_to_the_same_is_none(document: Document) -> None:
    document.change(learning_rate=document.experiment.learning_rate)
    assert document.undo_stack.count() == 0


def test_a_value_out_of_bounds_changes_nothing(document: Document) -> None:
    start = document.experiment
    with pytest.raises(Problem):
        document.change(batch_size=0)
    assert document.experiment is start
    assert document.undo_stack.count() == 0


def test_one_drag_is_one_undo_named_by_its_ends(document: Document) -> None:
    for rate in (0.2, 0.3, 0.4):
        document.change(learning_rate=rate, merge="learning_rate")
    document.seal()
    document.change(learning_rate=0.5, merge="learning_rate")
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    assert document.experiment.learning_rate == 0.4
    assert document.undo_text is not None and document.undo_text.en == "Learning rate η 0.1 → 0.4"
    document.undo_stack.undo()
    assert document.experiment.learning_rate == 0.1


def test_a_drag_back_to_the_start_leaves_nothing_to_undo(document: Document) -> None:
    for rate in (0.2, 0.1):
        document.change(learning_rate=rate, merge="learning_rate")
    assert document.undo_stack.count() == 0
    assert not document.is_modified


def test_an_edit_after_undo_does_not_join_an_older_one(document: Document) -> None:
    document.change(learning_rate=0.2, merge="learning_rate")
    document.seal()
    document.change(learning_rate=0.3, merge="learning_rate")
    document.undo_stack.undo()
    document.change(learning_rate=0.4, merge="learning_rate")
    document.undo_stack.undo()
    assert document.experiment.learning_rate == 0.2


def test_other_edits_do_not_join(document: Document) -> None:
    document.change(learning_rate=0.2, merge="learning_rate")
    document.change(batch_size=5, merge="batch_size")
    document.change(learning_rate=0.3, merge="learning_rate")
    assert document.undo_stack.count() == 3


def test_undo_brings_the_selection_back(document: Document) -> None:
    seen: list[int] = []
    document.selection_changed.connect(seen.append)
    layers = document.experiment.layers
    document.edit(document.experiment.replace(layers=(layers[0], Dense(5, ReLU()), layers[1])), select=1)
    document.edit(document.experiment.replace(layers=layers[:1]), select=0)
    document.undo_stack.undo()
    assert document.selected_layer == 1
    document.select(99)
    assert document.selected_layer == 2
    document.select(-5)
    assert document.selected_layer == -1
    # It starts on the last of two layers, which is where the new one came.
    assert seen == [0, 1, 2, -1]


def test_fewer_layers_are_announced_with_a_selection_among_them(document: Document) -> None:
    seen: list[int] = []
    document.changed.connect(lambda old, new: seen.append(document.selected_layer - len(new.layers)))
    document.change(layers=document.experiment.layers[:1])
    document.change(layers=())
    assert seen == [-1, -1]


def test_opening_forgets_the_history(document: Document) -> None:
    opened: list[Experiment] = []
    edited: list[object] = []
    document.change(learning_rate=0.5)
    document.opened.connect(opened.append)
    document.edited.connect(lambda old, new: edited.append(new))
    other = Experiment(layers=(Dense(7), Dense(8), Dense(3)))
    document.open(other)
    assert (document.experiment, opened, edited) == (other, [other], [])
    assert not document.undo_stack.canUndo()
    assert not document.is_modified
    assert document.selected_layer == 2


def test_saved_is_a_point_in_the_history(document: Document) -> None:
    document.change(learning_rate=0.5, merge="learning_rate")
    document.mark_saved()
    assert not document.is_modified
    document.change(learning_rate=0.6, merge="learning_rate")
    assert document.is_modified
    document.undo_stack.undo()
    assert (document.experiment.learning_rate, document.is_modified) == (0.5, False)
    document.undo_stack.undo()
    assert document.is_modified


EDIT = st.one_of(
    st.fixed_dictionaries({"learning_rate": st.floats(1e-6, 10), "merge": st.sampled_from([None, "rate"])}),
    st.fixed_dictionaries({"batch_size": st.integers(1, 64), "merge": st.sampled_from([None, "batch"])}),
    st.fixed_dictionaries({"layers": st.lists(st.builds(Dense, st.integers(1, 9)), max_size=4).map(tuple)}),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.one_of(EDIT, st.just("seal")), max_size=12))
def test_undoing_all_is_the_start_and_redoing_all_the_end(qapp: QApplication, edits: list) -> None:
    document = Document(Experiment())
    for edit in edits:
        document.seal() if edit == "seal" else document.change(**edit)
    start, end = Experiment(), document.experiment
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.experiment == start
    while document.undo_stack.canRedo():
        document.undo_stack.redo()
    assert document.experiment == end
    delete(document)


def test_a_unit_that_goes_is_named_and_takes_its_silence_along(document: Document) -> None:
    told: list[object] = []
    document.edited.connect(lambda old, new: told.append(dict(document.removed)))
    hidden, out = Dense(4, ReLU()), document.experiment.layers[-1]
    document.open(document.experiment.replace(layers=(hidden, out), silenced=((0, 1), (0, 3))))
    document.edit(document.experiment.replace(layers=(Dense(3, ReLU()), out)), removed={0: (1,)})
    assert document.experiment.silenced == ((0, 2),)
    document.undo_stack.undo()
    assert document.experiment.silenced == ((0, 1), (0, 3))
    assert told == [{0: (1,)}, {}]


def test_what_is_no_setting_can_be_undone_too(document: Document) -> None:
    done: list[str] = []
    document.act(lambda: done.append("do"), lambda: done.append("undo"), Text("weight", "重み"))
    assert document.undo_text == Text("weight", "重み")
    document.undo_stack.undo()
    document.undo_stack.redo()
    assert done == ["do", "undo", "do"]
