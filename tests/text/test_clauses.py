import pytest

from summit_analysis.text.clauses import Clauses
from summit_analysis.text.verbs import VERBS


def clauses(text: str) -> Clauses:
    return Clauses(text, [0], {})


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Lund said that she would call it off", ["said", "call"]),
        ("The claim and the reports of the country’s proposed tariff", []),
        ("Critics say the offer is late", ["say"]),
        ("Lund left, adding that he was late", ["adding"]),
        ("She calls it late", ["calls"]),
        ("Lund corrected the erroneous reports via emails", []),
        ("However, she adds: that is late", ["adds"]),
        ("Lund added a ship and spoke with Ek", []),
        ("Lund compared last year with this", []),
    ],
)
def test_reporting_verbs_are_told_from_nouns(text, verbs):
    assert [verb.form for verb in clauses(text)._verbs(0, len(text))] == verbs


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Ada Lund |said", "Ada Lund"),
        ("On Monday, Ada Lund also |said", "Ada Lund"),
        ("Ada Lund, who heads the bank, |said", "Ada Lund"),
        ("She left and |said", ""),
        ("a note which |said", "a note"),
        ("Senator Ada Lund of the U.S. |said", "Senator Ada Lund of the U.S"),
    ],
)
def test_the_subject_of_a_verb_is_found_before_it(text, subject):
    before, _, _ = text.partition("|")
    assert clauses(text.replace("|", ""))._subject(0, len(before)) == subject


def test_each_form_has_one_lemma_and_a_stance():
    stances = {"neutral", "assertive", "conceding", "doubting", "mocking", "holding"}
    assert {stance for _, stance in VERBS.values()} == stances
    assert VERBS["gloated"] == ("gloat", "mocking")
    assert VERBS["conceded"] == ("concede", "conceding")
    assert VERBS["claimed"] == ("claim", "doubting")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("said |U.S. Senator Ada Lund on Monday.", "U.S. Senator Ada Lund"),
        ("said |U.S. Sen. Ada F. Lund, R-Alaska.", "U.S. Sen. Ada F. Lund"),
    ],
)
def test_the_subject_behind_a_verb_runs_over_the_stops_of_abbreviations(text, phrase):
    at = text.index("|")
    text = text.replace("|", "")
    assert clauses(text)._phrase_after(at, len(text)) == phrase
