import pytest

from summit_analysis.text.intervals import compare
from summit_analysis.text.quantities import find_quantities


def read(words):
    (found,) = find_quantities(words)
    return found


@pytest.mark.parametrize(
    ("one", "two", "how"),
    [
        ("several hundred people", "about 300 people", "overlap"),
        ("several hundred people", "30 people", "disjoint"),
        ("a few hundred people", "several hundred people", "overlap"),
        ("several thousand people", "thousands of people", "overlap"),
        ("several thousand people", "hundreds of people", "disjoint"),
        ("dozens of people", "several dozen people", "overlap"),
        ("scores of people", "dozens of people", "overlap"),
        ("tens of thousands of people", "about 25,000 people", "overlap"),
        ("more than several hundred people", "2,000 people", "overlap"),
        ("up to several hundred people", "20 people", "overlap"),
        ("half a million people", "480,000 people", "overlap"),
        ("half a million people", "a million people", "disjoint"),
    ],
)
def test_vague_numbers_hold_what_they_are_said_of(one, two, how):
    assert compare(read(one), read(two)) == how
    assert compare(read(two), read(one)) == how


@pytest.mark.parametrize("words", ["a few", "several", "few ideas were new", "the scores were level", "many thousand"])
def test_no_vague_number_is_read(words):
    assert [q for q in find_quantities(words) if q.low != q.high or q.kind == "count"] == []
