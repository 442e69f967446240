import pytest

from summit_analysis.text.meaning import likeness, read
from summit_analysis.text.polarity import Said


def said(statement, sentence):
    """Return what is said where each word of the statement is held against the likest of the sentence."""
    stated, reading = read(statement, statement=True).words, read(sentence)
    found = Said(stated, sentence, reading)
    for word in stated:
        near, other = max(((likeness(word, other), other) for other in reading.words), key=lambda pair: pair[0])
        if near:
            found.add(word, other, near, 1.0)
    return found


@pytest.mark.parametrize(
    ("statement", "sentence", "flipped"),
    [
        ("The wolves howled.", "The wolves howled.", 0),
        ("The wolves howled.", "The wolves never howled.", 1),
        ("The wolves never howled.", "The wolves howled.", 1),
        ("The wolves never howled.", "The wolves never howled.", 0),
        ("The budget was accepted.", "The budget was rejected.", 1),
        ("The budget was not accepted.", "The budget was rejected.", 0),
        ("The budget was accepted.", "The budget was not rejected.", 0),
        ("The wolves howled at night.", "The wolves howled, though not at night.", 1),
        ("The wolves howled.", "A few, if not all wolves howled.", 0),
        ("Wolves howled at night.", "But not only wolves howled at night.", 0),
        ("The wolves could howl.", "The wolves never howled.", 0),
        ("The wolves howled.", "The choir sang.", 0),
    ],
)
def test_the_opposite_is_known(statement, sentence, flipped):
    assert said(statement, sentence).flipped() == flipped


def test_part_of_what_is_said_may_be_denied():
    # wolves, howled and lake are found, and the lake is denied
    assert said(
        "The wolves howled and crossed the lake.", "The wolves howled; no lake froze."
    ).flipped() == pytest.approx(1 / 3)
