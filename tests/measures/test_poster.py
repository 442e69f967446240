import pandas as pd
import pytest

from summit_analysis import NotDefinedError
from summit_analysis.measures.poster import COLUMNS, poster

COVERAGE = pd.DataFrame(
    [
        ("c1", "They met.", "talks", 0, "A", "asserts", True, 1, 0, 0),
        ("c1", "They met.", "talks", 1, "B", "absent", False, 1, 0, 0),
        ("c2", "It rained.", "talks", 0, "A", "partial", True, 1, 1, 1),
        ("c2", "It rained.", "talks", 1, "B", "contradicts", False, 1, 1, 1),
        ("c3", "They ate.", "dinner", 0, "A", "absent", False, 1, 0, 2),
        ("c3", "They ate.", "dinner", 1, "B", "asserts", True, 1, 0, 2),
    ],
    columns=["claim", "statement", "theme", "place", "label", "status", "told", "weight", "contradicted", "row"],
)
NAMING = pd.DataFrame(
    [
        (0, "the talks", 0, "A", "summit", 0, 2),
        (0, "the talks", 0, "A", "meeting", 1, 1),
        (0, "the talks", 1, "B", "meeting", 1, 1),
        (0, "the talks", 2, "C", "summit", 0, 1),
        (0, "the talks", 2, "C", "meeting", 1, 1),
    ],
    columns=["panel", "title", "place", "label", "form", "slot", "count"],
)


def rows_of(table, panel):
    return table[table["panel"] == panel]


def test_claims_told_are_counted_by_theme_and_article():
    told = rows_of(poster(None, None, COVERAGE, None), "told")
    assert list(zip(told["text"], told["label"], told["value"], told["high"], strict=True)) == [
        ("talks", "A", 2, 2),
        ("talks", "B", 0, 2),
        ("dinner", "A", 0, 1),
        ("dinner", "B", 1, 1),
    ]


def test_a_contradicted_claim_has_its_two_sides():
    against = rows_of(poster(None, None, COVERAGE, None), "contradicted")
    assert list(zip(against["text"], against["label"], against["value"], strict=True)) == [
        ("It rained.", "A", 1),
        ("It rained.", "B", -1),
    ]


def test_the_leading_form_of_each_article_is_counted_and_ties_are_no_lead():
    named = rows_of(poster(None, None, None, NAMING), "named")
    assert list(zip(named["label"], named["value"], named["high"], strict=True)) == [
        ("meeting", 1, 3),
        ("summit", 1, 3),
        ("several alike", 1, 3),
    ]


def test_pairs_without_a_cosine_are_left_out():
    pairs = pd.DataFrame(
        [("A", "B", 0.5, 0.4, 0.6), ("A", "C", None, None, None)],
        columns=["label_a", "label_b", "cosine", "low", "high"],
    )
    alike = poster(pairs, None, None, None)
    assert tuple(alike.columns) == COLUMNS
    assert alike[["label", "value"]].to_numpy().tolist() == [["A – B", 0.5]]


def test_shares_of_speakers_and_of_all_quotations_are_those_of_the_strips(alaska):
    voices = rows_of(alaska["poster"], "voices")
    whole, parts = voices[voices["column"] < 0], voices[voices["column"] >= 0]
    assert list(whole["label"]) == list(alaska["arrangement"].sort_values("place")["label"])
    assert parts.groupby("row")["value"].sum().round(9).tolist() == whole["value"].round(9).tolist()


def test_nothing_to_compare_is_not_defined():
    with pytest.raises(NotDefinedError, match="there is nothing to compare"):
        poster(None, None, None, None)
