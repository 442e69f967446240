import pytest
from fact_entries import entry

from summit_analysis import load_corpus
from summit_analysis.codebook import load_codebook
from summit_analysis.text.questions import read_facts


def read(write_story, **fact):
    book = entry(id="f", question="How long did the votes take?", near=["vote", "count*"], **fact)
    corpus = load_corpus(write_story({"a.txt": "Five delegates voted."}, codebook=book))
    return read_facts(load_codebook(corpus), corpus)[0]


@pytest.mark.parametrize(
    ("kind", "unit", "read_as"),
    [
        ("duration", "Hours", "hour"),
        ("duration", "yrs", "year"),
        ("duration", "", ""),
        ("weekday", "", "weekday"),
        ("date", "day", "day"),
        ("number", "per cent", "%"),
        ("number", "out of 10", "of 10"),
        ("number", "$", "USD"),
        ("number", "eur", "EUR"),
        ("number", "euros", "EUR"),
        ("number", "ordinal", "ordinal"),
        ("number", "delegate", "delegate"),
        ("number", "", ""),
    ],
)
def test_units_are_read_in_one_notation(write_story, kind, unit, read_as):
    assert read(write_story, kind=kind, unit=unit).unit == read_as


def test_what_is_asked_holds_near_words_and_the_question(write_story):
    fact = read(write_story, kind="duration", unit="hours")
    assert [phrase.stems for phrase in fact.near] == [("vot",), ("count",)]
    assert {"vot", "count", "long", "how"} <= fact.asked
    assert fact.question == {"long", "tak", "vot"}
