import pytest

from summit_analysis.text.belonging import alphabets, alphabets_of, in_another_alphabet, of_another_story, strangers

TEXTS = ["Wolves crossed the frozen lake.", "The hunter Bo Ek followed them at night."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("12 %", {}),
        ("abc", {"LATIN": 1.0}),
        ("Zażółć", {"LATIN": 1.0}),
        ("abc где", {"CYRILLIC": 0.5, "LATIN": 0.5}),
        ("首脳会談は", {"CJK": 1.0}),
    ],
)
def test_the_letters_of_a_text(text, expected):
    assert alphabets(text) == expected


def test_an_alphabet_that_is_only_quoted_is_none_that_a_text_is_written_in():
    assert alphabets_of(["The word “мир” stood on a wall of the old house by the lake, and nobody read it."]) == {
        "LATIN"
    }
    assert alphabets_of(["Волки перешли озеро.", "Wolves."]) == {"CYRILLIC", "LATIN"}


@pytest.mark.parametrize(
    ("statement", "known", "expected"),
    [
        ("Волки перешли озеро.", {"LATIN"}, True),
        ("Волки перешли озеро.", {"CYRILLIC"}, False),
        ("Волки Bo Ek перешли озеро.", {"LATIN"}, True),
        ("3,5 %", {"LATIN"}, False),
        ("Wolves.", set(), False),
    ],
)
def test_a_statement_in_another_alphabet(statement, known, expected):
    assert in_another_alphabet(statement, frozenset(known)) is expected


@pytest.mark.parametrize(
    ("statement", "cues", "expected"),
    [
        ("Wolves crossed the lake.", (), (0, 1)),
        ("A wolf is crossing lakes.", (), (0, 1)),
        ("A banker embezzled florins.", (), (1, 1)),
        ("A banker embezzled florins.", ("frozen lake",), (0, 1)),
        ("The lake froze when Ada Lund crossed.", (), (1, 1)),
        ("It was then.", (), (0, 0)),
    ],
)
def test_a_claim_is_strange_to_articles(statement, cues, expected):
    assert strangers([(statement, cues)], TEXTS) == expected


def test_a_claim_in_other_endings_is_none_of_another_story():
    claims = [("Президент посетил большие заводы.", ())] * 5
    assert of_another_story(claims, ["Президента видели: он посещает большой завод."]) == ""


def test_few_claims_are_never_of_another_story():
    strange = [("A banker embezzled florins.", ())]
    assert of_another_story(strange * 4, TEXTS) == ""
    assert "6 of its 6 claims" in of_another_story(strange * 6, TEXTS)
    assert of_another_story([*(strange * 3), *([("Wolves crossed the lake.", ())] * 3)], TEXTS) == ""
