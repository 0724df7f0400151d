"""Tables that people have: section C of what can go wrong."""

import errno
import io
import os
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data import files, sheet
from nnplayground.data.columns import Choices, build, number
from nnplayground.data.files import FileProblem
from nnplayground.data.sheet import Format

PLAIN = "width,height,kind\n1.5,2,cat\n2.5,1,dog\n3,4,cat\n4,4,dog\n"


def table(text: str | bytes, **how):
    data = text if isinstance(text, bytes) else text.encode()
    found = sheet.guess(data, "a.csv")
    wanted = Format(**{"encoding": found.encoding, "delimiter": found.delimiter, "header": found.header, **how})
    return sheet.parse(data, wanted, "a.csv")


def imported(text: str | bytes, answer: int = -1, gaps: str = "stop", **how):
    found = table(text, **how)
    return build(found, Choices(answer % len(found.columns), gaps))


def refusal(call, *args, **how) -> FileProblem:
    with pytest.raises(FileProblem) as caught:
        call(*args, **how)
    assert caught.value.text.ja and len(caught.value.text.en) < 500
    return caught.value


def test_a_table_becomes_data() -> None:
    found = imported(PLAIN)
    assert (
        found.dataset.classes == ("cat", "dog") and found.dataset.features == ("width", "height") and found.samples == 4
    )
    data = found.dataset.load()
    assert len(data.train_labels) + len(data.test_labels) == 4
    assert np.allclose(np.concatenate([data.x_train, data.x_test]).mean(0), 0, atol=1e-6)


def test_c01_a_mark_in_front_is_no_part_of_the_first_name() -> None:
    assert table(b"\xef\xbb\xbf" + PLAIN.encode()).columns[0] == "width"
    assert table(PLAIN.encode("utf-16")).columns == ("width", "height", "kind")


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-16"])
def test_c02_c03_japanese_tables_are_read_and_their_encoding_is_shown(encoding) -> None:
    text = "長さ,幅,種類\n1,2,髙①～\n3,4,表ソ\n5,6,ｱｲｳ\n"
    found = table(text.encode(encoding))
    assert found.format.encoding.startswith(encoding[:5]) and found.columns == ("長さ", "幅", "種類")
    assert [row[2] for row in found.rows] == ["髙①～", "表ソ", "ｱｲｳ"]


def test_c03_other_encodings_are_asked_for_with_the_row() -> None:
    bad = PLAIN.encode() + b"5,5,\xa4\xff\n"
    problem = refusal(sheet.guess, bad, "a.csv")
    assert problem.code == "encoding" and "row 6" in problem.text.en
    euc = "長さ,種類\n1,三毛猫\n2,柴犬\n".encode("euc_jp")
    assert sheet.guess(euc, "a").encoding == "euc_jp"
    assert sheet.parse(euc, Format("euc_jp"), "a").columns == ("長さ", "種類")


def test_c05_letters_that_cannot_be_read_are_named_with_their_row_however_far_down() -> None:
    data = b"1,2\n" * 899_999 + b"3,\xa4\xff\n" + b"1,2\n" * 100
    for call in (sheet.guess, lambda data, name: sheet.parse(data, Format(), name)):
        problem = refusal(call, data, "a.csv")
        assert problem.code == "encoding" and "row 900000" in problem.text.en


@pytest.mark.parametrize("at", ["stat", "open", "read"])
def test_c23_a_drive_that_goes_away_in_the_middle_is_a_sentence(tmp_path, monkeypatch, at) -> None:
    path = tmp_path / "a.csv"
    path.write_text(PLAIN)

    def gone(*args, **how):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

    class Gone(io.BytesIO):
        fileno = staticmethod(lambda: os.open(path, os.O_RDONLY))
        read = gone

    with monkeypatch.context() as patch:
        if at == "stat":
            patch.setattr(os, "stat", gone)
        else:
            patch.setattr(files, "open", gone if at == "open" else lambda *_, **__: Gone(), raising=False)
        problem = refusal(sheet.read, path)
    assert problem.code == "unreadable" and os.strerror(errno.EIO) in problem.text.en
    assert sheet.read(path) == PLAIN.encode()


@given(st.text(alphabet="①～髙ｱﾊﾟ表ソ能十漢字ABC 0-9", min_size=1, max_size=20).filter(str.strip))
def test_c04_letters_of_cp932_are_kept(word) -> None:
    found = sheet.parse(f'a,b\n1,"{word}"\n'.encode("cp932"), Format("cp932"), "a")
    assert found.rows[0][1] == word.strip()


def test_c06_c13_incomplete_rows_are_counted_and_somebody_decides() -> None:
    text = PLAIN + "5,dog\n,5,cat\n6,#N/A,dog\n7,7,\n"
    problem = refusal(imported, text)
    assert problem.code == "gaps" and "row" in problem.text.en
    dropped = imported(text, gaps="drop")
    assert dropped.samples == 4 and "6" in dropped.notes[0].en and "7, 8, 9" in dropped.notes[1].en
    filled = imported(text, gaps="fill")
    assert filled.samples == 6 and np.isfinite(filled.dataset.load().train_rows).all()


@pytest.mark.parametrize("text", ['a,b\n1,"' + "x" * 200_000 + '"\n', "x" * 5_000_000, 'a,b\n1,"' + "x\n" * 2_000_000])
def test_c08_c20_endless_cells_are_refused_with_the_row(text) -> None:
    began = time.monotonic()
    assert "row" in refusal(sheet.parse, text.encode(), Format(header=False), "a.csv").text.en
    assert time.monotonic() - began < 10


def test_c09_too_many_columns() -> None:
    assert refusal(table, ",".join(["1"] * 20_000) + "\n").code == "too-large"


@pytest.mark.parametrize(
    ("text", "header", "columns"),
    [
        (PLAIN, True, ("width", "height", "kind")), ("1,2\n3,4\n", False, ("x1", "x2")), ("a,a,\n1,2,3\n", True, ("a", "a_2", "x3")),
        ("a,b\nc,d\ne,f\n", True, ("a", "b")), ("a,b\na,c\na,b\n", False, ("x1", "x2")), ("x2,\n1,2\n", True, ("x2", "x2_2")),
    ],
)  # fmt: skip
def test_c10_the_header_is_guessed_and_names_are_made_unique(text, header, columns) -> None:
    found = table(text)
    assert found.format.header is header and found.columns == columns
    assert len(table(text, header=not header).rows) == len(found.rows) + (1 if header else -1)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", " "])
def test_c11_delimiters(delimiter) -> None:
    assert table(PLAIN.replace(",", delimiter)).format.delimiter == delimiter
    assert refusal(imported, "a\n1\n2\n").code == "columns"


@pytest.mark.parametrize(
    ("cell", "comma", "value"),
    [
        ("1.5", False, 1.5), ("１．５", False, 1.5), ("−3", False, -3), ("1,234.5", False, 1234.5), ("1,5", True, 1.5), ("1e-320", False, 1e-320),
        ("1,5", False, None), ("1.2.3", False, None), ("0x10", False, None), ("1_000", False, None), ("1e999", False, None), ("nan", False, None),
        ("", False, None), ("１２３", False, 123), ("+.5", False, 0.5), ("٣", False, 3),
    ],
)  # fmt: skip
def test_c12_numbers_as_people_write_them(cell, comma, value) -> None:
    assert number(cell, comma) == value


def test_c14_words_become_inputs_or_are_left_out_and_that_is_said() -> None:
    found = imported(
        "colour,name,size,kind\nred,n0,1,a\nblue,n1,2,b\nred,n2,x,a\nblue,n3,4,b\n"
        + "".join(f"red,m{i},5,a\n" for i in range(30))
    )
    assert found.dataset.features == ("colour = blue", "colour = red")
    said = " ".join(note.en for note in found.notes)
    assert "name is left out" in said and "size is left out" in said


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("1,a\n2,a\n", "classes"), ("".join(f"{i},c{i}\n" for i in range(200)), "classes"), ("1,a\n", "rows"),
        ("a,1\nb,2\n", None), ("1,0.5\n2,0.7\n3,0.1\n", None),
    ],
)  # fmt: skip
def test_c15_c22_answers_that_can_be_learnt(rows, code) -> None:
    if code is None:
        assert imported(rows, header=False).samples > 1
    else:
        assert refusal(imported, rows, header=False).code == code


@pytest.mark.parametrize("text", ["", "a,b\n", "\n\n"])
def test_c22_no_rows(text) -> None:
    assert refusal(sheet.parse, text.encode(), Format(), "a.csv").code == "empty"


@pytest.mark.parametrize("scaling", ["standard", "range", "none"])
def test_c16_c17_columns_that_are_constant_or_of_any_size_stay_finite(scaling) -> None:
    found = imported("a,b,c,k\n5,1e30,1e-300,x\n5,-1e30,2e-300,y\n5,0,0,x\n5,3,1,y\n")
    data = found.dataset.replace(scaling=scaling).load()
    assert np.isfinite(data.train_rows).all() and "a is the same" in found.notes[0].en
    assert refusal(imported, "a,k\n1e300,x\n2,y\n").code == "numbers"


def test_c18_rows_are_shuffled_with_the_seed_and_classes_counted() -> None:
    found = imported("a,k\n" + "".join(f"{i},{'xy'[i // 50]}\n" for i in range(100)))
    assert "x: 50, y: 50" in found.notes[-1].en
    first, again = found.dataset.load(), found.dataset.load()
    assert np.array_equal(first.train_rows, again.train_rows) and len(set(first.test_labels.tolist())) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_c19_ends_of_lines_blank_lines_and_zero_bytes(end) -> None:
    assert table(PLAIN.replace("\n", end)).rows == table(PLAIN).rows == table(PLAIN.replace("\n", "\n\n").rstrip()).rows
    problem = refusal(table, PLAIN + "1,\0,cat\n")
    assert problem.code == "not-text" and "row 6" in problem.text.en


def test_c07_a_hundred_thousand_rows_take_seconds() -> None:
    text = "a,b,k\n" + "".join(f"{i},{i % 7}.5,{'xyz'[i % 3]}\n" for i in range(100_000))
    began = time.monotonic()
    assert imported(text).samples == 100_000
    assert time.monotonic() - began < 30


@given(st.one_of(st.binary(max_size=300), st.text(alphabet='ab1.5,;\t "\n\r', max_size=200).map(str.encode)))
def test_whatever_comes_is_a_table_or_one_problem(data) -> None:
    try:
        how = sheet.guess(data, "a.csv")
        found = sheet.parse(data, how, "a.csv")
        for gaps in ("stop", "fill", "drop"):
            made = build(found, Choices(len(found.columns) - 1, gaps))
            made.dataset.load()
    except FileProblem:
        pass
