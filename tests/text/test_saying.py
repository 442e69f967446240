import pytest

from summit_analysis.text.clause_spans import Sentence
from summit_analysis.text.saying import attributions


def said(sentence):
    """Return (source, what it says) for each verb of saying."""
    return [
        (cue.source, sentence[slice(*cue.scope)].strip(" ,.")) for cue in attributions(Sentence(sentence, sentence))
    ]


@pytest.mark.parametrize(
    ("sentence", "source", "words"),
    [
        ("Mayor Lund wrote on X late on Monday that the vote was lost.", "lund", "the vote was lost"),
        ("Lund told a packed news conference that the vote was lost.", "lund", "the vote was lost"),
        ("Lund said in a statement the vote was lost.", "lund", "the vote was lost"),
        ("Experts warn that the vote was lost.", "experts", "the vote was lost"),
        ("Experts believe the vote to be lost.", "experts", "the vote to be lost"),
        ("Lund said the vote was lost, and Ek left the hall.", "lund", "the vote was lost"),
        ("While Lund said the vote was lost, Ek left.", "lund", "the vote was lost"),
        ("Lund called the vote a farce.", "lund", "the vote a farce"),
        ("Lund, 54, said the vote was lost.", "54", "the vote was lost"),
        ("The vote, Lund said, was lost.", "lund", "The vote, Lund said, was lost"),
        ("The vote was lost, say two of the tellers.", "two", "The vote was lost, say two of the tellers"),
        ("Noting that the vote was lost and calling for another, Lund left.", "", "the vote was lost"),
        ("The mayor, whom Ek says was drunk, left.", "ek", "was drunk"),
        ("Lund vowed to resign.", "lund", "to resign"),
    ],
)
def test_who_says_what(sentence, source, words):
    assert said(sentence) == [(source, words)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The United States is large.",
        "Lund promised an inquiry.",
        "The reported loss was small.",
        "Lund declined to say when he left.",
        "They said yes to the plan that was drawn up.",
        "The commission is to report for the first time.",
        "The Herald can reveal that the vote was lost.",
        "The fair concluded without a planned lunch.",
        "Lund had hoped to win.",
        "Nobody said that the vote was lost.",
    ],
)
def test_nothing_is_said(sentence):
    assert said(sentence) == []
