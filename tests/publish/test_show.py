import re

import pandas as pd
import pytest

from summit_analysis.publish import show

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://e.org/p.png)",
    "$\\alpha$",
    "`rm`",
    "*b* _i_ ~s~ | t",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_marks_become_characters(text):
    shown = show.say([text])._repr_markdown_().strip("*")
    for mark in "<>[]`$\\~|_":
        assert mark not in shown.replace("<span>$</span>", "")


def test_nothing_is_linked_by_itself():
    assert "http://" not in show.escape_markdown("see http://example.org")
    assert "www." not in show.escape_markdown("see www.example.org")


def test_a_sentence_cannot_begin_a_list():
    assert show.escape_markdown("1. April") == "1&#46; April"
    assert show.escape_markdown("- x") == "&#45; x"


@pytest.mark.parametrize("text", HOSTILE)
def test_tables_escape_cells_and_headers(text):
    shown = show.rows(pd.DataFrame({text: [text]}))._repr_html_()
    assert "<script" not in shown
    assert "<a " not in shown
    assert "mathjax_ignore" in shown


def test_sentences_stand_left_and_numbers_right():
    shown = show.rows(pd.DataFrame({"a": ["<td>", "x"], "n": [1, 2]}))._repr_html_()
    assert re.findall(r'align: (\w+);">([^<]*)', shown.split("tbody")[1]) == [
        ("left", "&lt;td&gt;"), ("right", "1"), ("left", "x"), ("right", "2"),
    ]  # fmt: skip


def test_direction_overrides_are_shown_not_obeyed():
    assert "\u202e" not in show.rows(pd.DataFrame({"a": ["\u202eevil"]}))._repr_html_()
    assert "\u202e" not in show.say(["\u202eevil"])._repr_markdown_()


def test_long_cells_are_whole_and_floats_rounded():
    shown = show.rows(pd.DataFrame({"a": ["x" * 300], "b": [1 / 3]}))
    assert "x" * 300 in shown._repr_html_()
    assert "0.33<" in shown._repr_html_()
    assert "0.333" not in repr(shown)


def test_what_a_story_lacks_is_said_in_one_line(tables_of):
    tables = tables_of({"a.txt": "They met."})
    assert repr(show.table(tables, "coverage")).startswith("No table here: claims are not compared")


def test_a_table_that_is_cut_says_how_many_rows_there_are_and_where():
    table = pd.DataFrame({"a": range(30)})
    cut = show.table({"words": table}, "words", head=20)
    for shown in (repr(cut), cut._repr_html_()):
        assert "The first 20 of 30 rows; all are in tables[" in shown
    assert "The first" not in repr(show.table({"words": table}, "words", head=30))


def test_groups_show_every_row_and_close_what_is_long():
    table = pd.DataFrame({"kind": ["<b>", "<b>", "few", "<b>"], "said": ["one", "two", "three", "four"]})
    shown = show.groups({"t": table}, "t", ["said"], by=["kind"], opened=2)
    page = shown._repr_html_()
    assert [word in page and word in repr(shown) for word in ("one", "two", "three", "four")] == [True] * 4
    assert "<summary>&lt;b&gt;: 3</summary>" in page
    assert re.findall(r"<details[^>]*?( open)?>", page) == ["", " open"]
    assert repr(show.groups({"t": table.head(0)}, "t", ["said"], by=["kind"])) == "The table “t” has no row."


def test_groups_of_a_table_that_a_story_lacks_are_its_reason(tables_of):
    shown = show.groups(tables_of({"a.txt": "They met."}), "nearly_told", ["label"], by=["trace"])
    assert repr(shown).startswith("No table here: claims are not compared")


def test_a_missing_whole_number_is_an_empty_cell_to_the_right():
    table = show.rows(pd.DataFrame({"start": pd.array([3, None], dtype="Int64"), "text": ["a", None]}))
    assert "NA" not in table._repr_html_() + repr(table)
    assert '<td style="text-align: right;">3</td>' in table._repr_html_()
    assert '<td style="text-align: right;"></td>' in table._repr_html_()
