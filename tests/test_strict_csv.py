import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summit_analysis.errors import StoryError
from summit_analysis.strict_csv import guard_formula, read_rows, to_csv, unguard_formula


@pytest.fixture
def read():
    def read_text(content: str | bytes):
        raw = content if isinstance(content, bytes) else content.encode()
        return read_rows(raw, name="t.csv", required=("a", "b"), optional=("published",))

    return read_text


def test_cells_stay_text_and_lines_are_counted_as_an_editor_counts_them(read):
    rows = read('a,b\n007,NA\n\n"two\nlines",null\nlast,x\n')
    assert [(row.line, row.cells) for row in rows] == [
        (2, {"a": "007", "b": "NA"}),
        (4, {"a": "two\nlines", "b": "null"}),
        (6, {"a": "last", "b": "x"}),
    ]


def test_a_byte_order_mark_and_blanks_around_names_do_no_harm(read):
    assert read("\ufeffa , b\n1,2\n".encode())[0].cells == {"a": "1", "b": "2"}


def test_a_field_beyond_the_csv_module_s_limit_is_read(read):
    assert len(read(f"a,b\n{'x' * 200_000},y\n")[0].cells["a"]) == 200_000
    assert csv.field_size_limit() == 131_072


def test_a_short_row_is_marked(read):
    assert [row.short for row in read("a,b\n1\n1,2\n")] == [True, False]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("a,b\n", "no rows"),
        ("a;b\n1;2\n", "separated by ';'"),
        ("a\tb\n1\t2\n", "separated by"),
        ("a,c\n1,2\n", "no column 'b'"),
        ("a,b,a\n1,2,3\n", "'a' stands twice"),
        ("a,b,Published\n1,2,3\n", "unknown column 'Published' → write 'published'"),
        ("a,b,pubished\n1,2,3\n", "unknown column 'pubished' → write 'published'"),
        ("a,b\n1,2\n1,2,3\n", "line 3: 3 fields where the header has 2"),
        ('a,b\n1,2\n"open,2\n3,4\n', "row that begins on line 3"),
        (b"a,b\n\x00,2\n", "NUL"),
    ],
)
def test_faults_name_the_place(read, content, message):
    with pytest.raises(StoryError, match=message):
        read(content)


def test_a_header_alone_is_a_table_where_that_is_expected():
    assert read_rows(b"a,b\n", name="t.csv", required=("a", "b"), may_be_empty=True) == []
    with pytest.raises(StoryError, match="no column 'b'"):
        read_rows(b"a\n", name="t.csv", required=("a", "b"), may_be_empty=True)


def test_every_overlong_row_is_reported(read):
    with pytest.raises(StoryError) as error:
        read("a,b\n1,2,3\n1,2\n1,2,3\n")
    assert [fault.where for fault in error.value.faults] == ["line 2", "line 4"]


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2", "@SUM", "\tx", "\rx", "'=1"])
def test_a_formula_gets_an_apostrophe_and_loses_it_when_read(cell):
    assert guard_formula(cell) == "'" + cell
    assert unguard_formula("'" + cell) == cell


@given(st.text())
def test_guarding_is_undone_by_reading(cell):
    assert unguard_formula(guard_formula(cell)) == cell


def test_numbers_are_never_guarded_and_floats_keep_ten_digits():
    table = pd.DataFrame({"text": ["-x", None], "number": [-1.5, 1 / 3], "count": [-1, 2]})
    assert to_csv(table) == "text,number,count\n'-x,-1.5,-1\n,0.3333333333,2\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), min_size=1))
def test_written_text_reads_back(cells):
    written = list(csv.reader(io.StringIO(to_csv(pd.DataFrame({"a": cells})), newline="")))
    assert [unguard_formula(row[0]) for row in written[1:]] == cells
