"""Points of a person's own: part of the experiment, split and fed like any other data, and read from tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data import point_table
from nnplayground.data.datasets.my_points import MOST, MyPoints
from nnplayground.data.datasets.spiral import Spiral
from nnplayground.data.files import FileProblem
from nnplayground.storage.values import from_plain, to_plain
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment

POINTS = ((0.5, 1.0, 0), (-1.25, 2.0, 2), (3.0, -4.0, 1), (0.0, 0.0, 0), (1e6, -1e6, 2))


def test_all_points_are_there_once_and_split_as_asked():
    data = MyPoints(points=POINTS, classes=3, test_share=0.4, seed=5).load()
    assert (len(data.x_train), len(data.x_test)) == (3, 2)
    x = np.concatenate([data.x_train, data.x_test])
    labels = np.concatenate([data.train_labels, data.test_labels])
    assert {(*map(float, p), int(k)) for p, k in zip(x, labels, strict=True)} == set(POINTS)
    squares = MyPoints(points=POINTS, classes=3, features=("x1^2",)).load()
    assert squares.input_shape == (1,)


def test_they_are_written_with_the_experiment_and_come_back():
    dataset = MyPoints(points=POINTS, classes=3)
    assert from_plain(type(dataset).__mro__[2], to_plain(dataset), "dataset") == dataset
    assert Experiment(dataset=dataset).dataset.points == POINTS
    assert MyPoints().after(Spiral(classes=4, test_share=0.3)).classes == 4


@pytest.mark.parametrize(
    "how",
    [
        {"points": ((0.0, 0.0, 2),)},
        {"points": ((0.0, 0.0, -1),)},
        {"points": ((float("nan"), 0.0, 0),)},
        {"points": ((0.0, 2e6, 0),)},
        {"points": ((0.0, 0.0, 0),) * (MOST + 1)},
    ],
)
def test_what_cannot_be_shown_is_refused(how):
    with pytest.raises(Problem):
        MyPoints(**how)


def test_an_empty_plane_says_what_to_do():
    with pytest.raises(Problem, match="paint some"):
        MyPoints(points=()).load()


def test_a_table_comes_back_as_it_was_written():
    assert point_table.parse(point_table.encode(POINTS), "t.csv") == (POINTS, 3)


@pytest.mark.parametrize(
    "table",
    [
        b"0.5,1,0\n-1.5,2,1\n",
        b"\xef\xbb\xbfx1,x2,class\r\n0.5,1,0\r\n\r\n-1.5,2,1\r\n",
        b"x1;x2;class\n0,5;1;0\n-1,5;2;1\n",
        b"0.5\t1\tcat\n-1.5\t2\tdog\n",
        "横,縦,種類\n0.5,1,ねこ\n-1.5,2,ぶた\n".encode("cp932"),
    ],
)
def test_tables_as_programs_write_them(table):
    assert point_table.parse(table, "t.csv") == (((0.5, 1.0, 0), (-1.5, 2.0, 1)), 2)


@pytest.mark.parametrize(
    ("table", "code", "says"),
    [
        (b"x1,x2,class\n", "value", "line 1"),
        (b"1,2,0\n1,2\n", "columns", "line 2"),
        (b"1,2,0\n1,b,0\n", "value", "line 2"),
        (b"1,inf,0\n", "value", "line 1"),
        (b"1,2,\n", "value", "line 1"),
        (b"\n".join(b"0,0,c%d" % i for i in range(11)), "classes", "11"),
        (b"0,0,0\n" * (MOST + 1), "too-large", "5000"),
        (b"\xff\xfe\xfa", "encoding", "encoding"),
    ],
)
def test_a_bad_table_is_refused_in_words(table, code, says):
    with pytest.raises(FileProblem) as caught:
        point_table.parse(table, "t.csv")
    assert caught.value.code == code
    assert says in caught.value.text.en
    assert "t.csv" in caught.value.text.ja


@given(st.binary(max_size=200))
def test_nothing_but_problems_comes_out_of_any_bytes(data):
    try:
        points, classes = point_table.parse(data, "t.csv")
    except FileProblem:
        return
    MyPoints(points=points, classes=classes)
