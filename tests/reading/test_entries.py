from pathlib import Path

import pytest

from summit_analysis import StoryError
from summit_analysis.reading.entries import Entry, iso_date, validated

GOOD = {"article": "a", "outlet": "The A", "file": "t.csv"}


def entry(line=2, **cells):
    return Entry("t.csv", f"line {line}", "t.csv", GOOD | cells, "Red carpet.")


def test_an_entry_with_a_problem_is_not_checked():
    assert validated([Entry("t.csv", "line 2", "t.csv", {}, problem="no text")], Path()) == []


def test_every_fault_of_every_row_is_listed():
    with pytest.raises(StoryError) as error:
        validated([entry(2, outlet=""), entry(3), entry(4), entry(5, article="")], Path())
    assert [(fault.where, fault.found) for fault in error.value.faults] == [
        ("line 2, column outlet", "is empty"),
        ("line 5, column article", "is empty"),
        ("line 3 and line 4", "the article id 'a' is given twice"),
    ]


@pytest.mark.parametrize("column", ["outlet", "article", "title", "url", "country"])
def test_control_characters_and_half_characters_are_refused(column):
    for value in ("a\x1bb", "a\x00b", "a\nb"):
        with pytest.raises(StoryError, match="control character"):
            validated([entry(**{column: value})], Path())
    with pytest.raises(StoryError, match="half a character"):
        validated([entry(**{column: "a\ud800"})], Path())


@pytest.mark.parametrize("name", ["punycode", "unicode_escape", "zip", "hex", "klingon", "utf-8\x00"])
def test_what_is_no_encoding_of_stored_texts_is_refused(name):
    with pytest.raises(StoryError, match="no encoding"):
        validated([entry(encoding=name)], Path())


@pytest.mark.parametrize(
    ("written", "read"),
    [("2025-08-16T01:00:00+02:00", "2025-08-15T23:00:00+00:00"), ("2025-08-15T23:00:00Z", "2025-08-15T23:00:00+00:00")],
)
def test_times_of_different_zones_meet_in_utc(written, read):
    assert iso_date(written) == read
