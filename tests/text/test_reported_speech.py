import pytest

from summit_analysis.text.reported_speech import Reports
from summit_analysis.text.spans import find_spans


def reports(text, extra=()):
    found = Reports(text, find_spans(text), {}, frozenset(extra)).find()
    return [(text[r.start : r.end], r.speaker) for r in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Lund told reporters that the vote was lost.", [("told", "Ada Lund")]),
        ("Ada Lund insisted the vote was lost.", [("insisted", "Ada Lund")]),
        ("The vote was lost, Ada Lund claimed.", [("claimed", "Ada Lund")]),
        ("It was claimed that the vote was lost.", []),
        ("Ada Lund added milk.", []),
        ("Ada Lund denied the charges.", []),
        ("Ada Lund said: “The vote was lost.”", []),
        ("", []),
    ],
)
def test_reports_have_a_verb_and_a_speaker(text, expected):
    assert reports(text) == expected


def test_a_verb_of_the_codebook_is_found_too():
    text = "Ada Lund whinged that the vote was lost."
    assert reports(text) == []
    assert reports(text, ["whinged"]) == [("whinged", "Ada Lund")]


def test_a_pronoun_is_who_was_named_before_it_not_who_speaks_later():
    text = "Ada Lund lost. She claimed that the vote was wrong. “No,” said Bo Marsh. “No,” said Cy Nord."
    assert reports(text) == [("claimed", "Ada Lund")]
