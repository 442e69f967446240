import pytest

from summit_analysis.text.meaning import read
from summit_analysis.text.quantifiers import find_shares, hold_shares


@pytest.mark.parametrize(
    ("text", "noun", "whole", "less"),
    [
        ("All of the votes were counted.", "votes", True, False),
        ("She read every single letter.", "letter", True, False),
        ("Nearly all letters were lost.", "letters", False, True),
        ("All but two villages were reached.", "villages", False, True),
        ("Seven of the nine boats sank.", "boats", False, True),
        ("Nine of nine boats sank.", "boats", True, False),
        ("Half of the boats sank.", "boats", False, True),
        ("Most boats sank.", "boats", False, False),
    ],
)
def test_how_much_of_a_thing_is_meant(text, noun, whole, less):
    (share,) = find_shares(text)
    assert text[share.start : share.end].startswith(noun)
    assert (share.whole, share.less) == (whole, less)


@pytest.mark.parametrize("text", ["Boats sank.", "", "The most expensive boat sank."])
def test_what_says_nothing_of_a_share(text):
    assert find_shares(text) == []


@pytest.mark.parametrize(
    ("statement", "sentence", "expected"),
    [
        ("All boats sank.", "Seven of nine boats sank.", (1, 0)),
        ("All boats sank.", "Most boats sank.", (0, 1)),
        ("All boats sank.", "Every boat sank.", (0, 0)),
        ("All boats sank.", "Half of the crews drowned.", (0, 0)),
        ("Nearly all boats sank.", "All boats sank.", (1, 0)),
        ("All boats sank.", "Boats sank.", (0, 0)),
    ],
)
def test_all_and_a_part_conflict(statement, sentence, expected):
    stated, found = read(statement).words, read(sentence).words
    assert hold_shares(find_shares(statement), stated, find_shares(sentence), found) == expected
