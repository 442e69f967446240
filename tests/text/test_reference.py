import pytest

from summit_analysis.text.reference import People
from summit_analysis.text.segments import segment


def people(text: str) -> People:
    return People(text, [start for _, start, _ in segment(text)], {})


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Finance minister Ada Lund met the banker Bo Ek.", "finance minister", "Ada Lund"),
        ("Finance minister Ada Lund met the banker Bo Ek.", "banker", "Bo Ek"),
        ("Ada Lund, the mayor of Oslo, met Bo Ek, a lawyer.", "lawyer", "Bo Ek"),
        ("Russian leader Bo Ek met US President Ada Lund.", "American president", "Ada Lund"),
        ("Ada Lund met Bo Ek.", "two leaders", "Ada Lund; Bo Ek"),
        ("Ada Lund met Bo Ek.", "report", ""),
    ],
)
def test_an_office_stands_for_who_holds_it(text, phrase, name):
    assert people(text).by_description(phrase, len(text)) == name


@pytest.mark.parametrize(
    ("pronoun", "name"), [("she", "Maria Lund"), ("he", "John Ek"), ("they", "Maria Lund; John Ek")]
)
def test_a_pronoun_goes_by_gender_and_nearness(pronoun, name):
    text = "Maria Lund met John Ek. It was cold. "
    assert people(text).by_pronoun(pronoun, len(text)) == name


def test_the_subject_of_the_last_sentence_comes_first():
    text = "Maria Lund met Anna Ek. Anna Ek left. "
    assert people(text).by_pronoun("she", len(text)) == "Anna Ek"
