import pytest

from summit_analysis.text.person_words import alike, is_body, same_person, stands_for_a_person


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("minister", True),
        ("skipper", True),
        ("widow", True),
        ("witness", True),
        ("number", False),
        ("state", False),
        ("rain", False),
    ],
)
def test_nouns_that_stand_for_a_person(noun, expected):
    assert stands_for_a_person(noun) is expected


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Ada Lund", "Ada M. Lund", True),
        ("Mike Ek", "Michael Ek", True),
        ("Berg Lund", "Ada Berg Lund", True),
        ("Bo Ek", "Bo Ek Jr.", False),
        ("Ada Lund", "Ida Lund", False),
        ("Ada Lund", "Ada Ek", False),
    ],
)
def test_two_names_of_one_person(one, two, expected):
    assert same_person(one, two) is expected


def test_bodies_and_like_words():
    assert is_body("Nordvik Rail")
    assert not is_body("Oslo")
    assert alike("minister", "ministers")
    assert not alike("minister", "mayor")
