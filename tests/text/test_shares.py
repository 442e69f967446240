import pytest

from summit_analysis.text.intervals import compare
from summit_analysis.text.quantities import find_quantities


def read(words):
    (found,) = find_quantities(words)
    return found


@pytest.mark.parametrize(
    ("one", "two", "how"),
    [
        ("two-thirds of pupils", "66 per cent", "overlap"),
        ("two-thirds of pupils", "67%", "overlap"),
        ("two-thirds of pupils", "66.7 per cent", "overlap"),
        ("two-thirds of pupils", "70 per cent", "disjoint"),
        ("two-thirds of pupils", "three-quarters of pupils", "disjoint"),
        ("a quarter of pupils", "25%", "equal"),
        ("a quarter of pupils", "28%", "disjoint"),
        ("nine in ten pupils", "91 per cent", "overlap"),
        ("one in ten pupils", "13 per cent", "disjoint"),
        # Of a small part a quarter: 1 % is not 2 %.
        ("one in 100 pupils", "1.2%", "overlap"),
        ("one in 100 pupils", "2%", "disjoint"),
        ("three out of four pupils", "75 per cent", "equal"),
        ("three out of four pupils", "3/4 of pupils", "equal"),
    ],
)
def test_a_share_in_words_is_a_round_one(one, two, how):
    assert compare(read(one), read(two)) == how
    assert compare(read(two), read(one)) == how


@pytest.mark.parametrize("words", ["a third man", "24/7", "a 50/50 chance", "two-third", "the 9/11 attacks", "11/10"])
def test_no_share_is_read(words):
    assert not [q for q in find_quantities(words) if q.kind in ("percentage", "scale")]
