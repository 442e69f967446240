import pytest

from summit_analysis.text.agency import agents_at, agents_of, last_name, names_in, verb_of

NAMES = frozenset(["lund", "ek", "ada", "bo"])


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Lund accused Ek of fraud.", {"lund"}),
        ("Ada Lund and Bo Ek signed.", {"lund", "ek"}),
        ("Mayor Lund said nothing.", {"lund"}),
        ("Neither Lund nor Ek came.", {"lund", "ek"}),
        ("The Foreign Ministry spokeswoman Ada Lund left.", {"lund"}),
        ("Lund was not invited.", set()),
        ("The bridge was opened by Lund.", set()),
        ("", set()),
    ],
)
def test_whom_a_statement_begins_with(statement, expected):
    assert agents_of(statement, NAMES) == expected


@pytest.mark.parametrize(
    ("sentence", "term", "expected"),
    [
        ("Bo Ek accused Ada Lund of fraud.", "accused", {"ek"}),
        ("The mayor was accused by Bo Ek.", "accused", {"ek"}),
        ("Together with Bo Ek, Ada Lund signed.", "signed", {"lund"}),
        ("She accused Ek.", "accused", set()),
        ("Ek came, but he signed nothing.", "signed", set()),
    ],
)
def test_who_acts_before_a_word(sentence, term, expected):
    assert agents_at(sentence, sentence.index(term), NAMES) == expected


def test_names_are_never_written_small():
    assert names_in(["Mayor Lund met the police. Then Lund left.", "The Police said so."]) == {"lund"}


def test_the_reporting_verb_of_a_statement():
    assert verb_of("Lund said that it rained.") == "said"
    assert verb_of("Lund opened the bridge.") == ""


def test_a_run_is_known_by_its_last_word():
    assert last_name("Ada Lund’s") == "lund"
