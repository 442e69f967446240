import pytest

from summit_analysis.text.deeds import find_deeds, turned_round
from summit_analysis.text.meaning import read


def word_at(text, place):
    return text[place:].split()[0].strip(".,").lower()


def sides(text):
    return [
        (
            word_at(text, deed.verb),
            {word_at(text, a) for a in deed.agent},
            {word_at(text, p) for p in deed.patient},
        )
        for deed in find_deeds(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union sued the company.", ("sued", {"union"}, {"company"})),
        ("The company was later sued by the union.", ("sued", {"union"}, {"company"})),
        ("The family sued the company.", ("sued", {"family"}, {"company"})),
        ("The landlord, who lives abroad, evicted the tenants.", ("evicted", set(), {"tenants"})),
        ("The company was sued.", ("sued", set(), {"company"})),
        ("He praised Bo Ek.", ("praised", {"he"}, {"bo", "ek"})),
        ("The bishop dismissed the finance director on Monday.", ("dismissed", {"bishop"}, {"finance", "director"})),
        ("The farmers sued the company's lawyer.", ("sued", {"farmers"}, {"lawyer"})),
    ],
)
def test_the_two_sides_of_a_verb(text, expected):
    assert sides(text) == [expected]


@pytest.mark.parametrize("text", ["The ferry sank.", "", "Rain.", "The mayor of the town, who sang, left."])
def test_a_verb_with_one_side_says_nothing(text):
    assert sides(text) == []


@pytest.mark.parametrize(
    ("statement", "sentence", "expected"),
    [
        ("The union sued the company.", "The company sued the union.", True),
        ("The union sued the company.", "The union was sued by the company.", True),
        ("The union sued the company.", "The company was sued by the union.", False),
        ("The company was sued by the union.", "The company sued the union.", True),
        ("Ek praised Lund.", "He praised Ek.", True),
        ("The farmers met the mayor.", "The mayor met the farmers.", False),
        ("The storm sank the ferry.", "The ferry sank.", False),
        ("The union sued the company.", "The company sued the union and the union sued the company.", False),
    ],
)
def test_who_did_it_to_whom_is_turned_round(statement, sentence, expected):
    stated, found = read(statement, statement=True).words, read(sentence).words
    assert turned_round(find_deeds(statement), stated, find_deeds(sentence), found) is expected
