import pytest

from summit_analysis.text.negation import find_negations


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They did not meet.", ["not"]),
        ("They didn’t meet, and won't.", ["n’t", "n't"]),
        ("Neither leader took questions.", ["Neither"]),
        ("She refused to leave without him.", ["refused", "without"]),
        ("They met not only once.", []),
        ("No doubt they met.", []),
        ("The knot held; notable nodes.", []),
        ("", []),
    ],
)
def test_negations(text, words):
    assert [text[start:end] for start, end in find_negations(text)] == words
