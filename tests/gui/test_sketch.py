import math

import numpy as np
import pytest

from nnplayground.gui.sketch import MAX_POINTS, MAX_STROKE_POINTS, MAX_STROKES, MAX_UNDO, Sketch


def drawn(*strokes: list[tuple[float, float]]) -> Sketch:
    sketch = Sketch()
    for stroke in strokes:
        sketch.begin(*stroke[0])
        for point in stroke[1:]:
            sketch.move(*point)
        sketch.end()
    return sketch


def lists(sketch: Sketch) -> list[list[list[float]]]:
    return [stroke.tolist() for stroke in sketch.strokes]


def test_strokes_are_kept_as_they_were_drawn():
    sketch = drawn([(0.1, 0.2), (0.3, 0.4)], [(0.5, 0.5)])
    assert lists(sketch) == [[[0.1, 0.2], [0.3, 0.4]], [[0.5, 0.5]]]
    with pytest.raises(ValueError, match="read-only"):
        sketch.strokes[0][0] = 9


def test_the_unfinished_stroke_is_seen_too():
    sketch = Sketch()
    assert sketch.empty
    sketch.begin(0.1, 0.1)
    sketch.move(0.2, 0.1)
    assert not sketch.empty
    assert lists(sketch) == [[[0.1, 0.1], [0.2, 0.1]]]


def test_places_outside_are_moved_to_the_edge_and_no_numbers_left_out():
    sketch = drawn([(-3, 0.5), (0.5, 7), (math.nan, 0.1), (0.2, math.inf)])
    assert lists(sketch) == [[[0.0, 0.5], [0.5, 1.0]]]
    assert not Sketch().begin(math.nan, 0.5)


def test_undo_and_redo_go_stroke_by_stroke_and_over_clear():
    sketch = drawn([(0.1, 0.1)], [(0.2, 0.2)])
    both = lists(sketch)
    assert sketch.clear()
    assert sketch.empty
    assert sketch.undo()
    assert lists(sketch) == both
    assert sketch.undo()
    assert lists(sketch) == both[:1]
    assert sketch.redo()
    assert sketch.redo()
    assert sketch.empty
    assert not sketch.redo()
    for _ in range(3):
        sketch.undo()
    assert sketch.empty
    assert not sketch.undo()


def test_drawing_after_undo_forgets_what_was_undone():
    sketch = drawn([(0.1, 0.1)])
    sketch.undo()
    sketch.begin(0.9, 0.9)
    sketch.end()
    assert not sketch.can_redo
    assert lists(sketch) == [[[0.9, 0.9]]]


def test_clearing_nothing_is_no_change():
    sketch = Sketch()
    assert not sketch.clear()
    assert not sketch.can_undo


def test_an_abandoned_stroke_leaves_no_trace():
    sketch = Sketch()
    sketch.begin(0.1, 0.1)
    assert sketch.abandon()
    assert sketch.empty
    assert not sketch.can_undo


def test_k03_a_hundred_thousand_points_stay_bounded_and_keep_the_shape():
    sketch = Sketch()
    angles = np.linspace(0, 2 * math.pi, 20_000)
    for _ in range(5):
        sketch.begin(0.9, 0.5)
        for a in angles[1:]:
            sketch.move(0.5 + 0.4 * math.cos(a), 0.5 + 0.4 * math.sin(a))
        sketch.end()
    assert sum(map(len, sketch.strokes)) <= 5 * MAX_STROKE_POINTS
    for stroke in sketch.strokes:
        assert stroke[0].tolist() == [0.9, 0.5]
        assert np.allclose(stroke[-1], [0.9, 0.5], atol=1e-3)
        assert np.allclose(np.hypot(*(stroke - 0.5).T), 0.4, atol=1e-6)
        assert np.hypot(*np.diff(stroke, axis=0).T).max() < 0.02


def test_k03_many_strokes_and_undos_stay_bounded():
    line = [(x / 200, 0.5) for x in range(200)]
    sketch = drawn(*[line] * (MAX_STROKES + 300))
    assert len(sketch.strokes) == MAX_STROKES
    assert sum(map(len, sketch.strokes)) <= MAX_POINTS
    undone = 0
    while sketch.undo():
        undone += 1
    assert undone == MAX_UNDO


def test_strokes_can_be_replaced_as_one_change_and_wrong_ones_are_refused():
    sketch = drawn([(0.1, 0.1)])
    assert sketch.replace([[[0.3, 0.3], [2, 0.4]]])
    assert lists(sketch) == [[[0.3, 0.3], [1.0, 0.4]]]
    for wrong in ([[[0.1, math.nan]]], [[[1, 2, 3]]], [[]], [[["a", "b"]]]):
        with pytest.raises(ValueError, match="."):
            sketch.replace(wrong)
    sketch.undo()
    assert lists(sketch) == [[[0.1, 0.1]]]
