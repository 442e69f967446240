import pytest

from summit_analysis.text.number_frames import QUALIFIER, RANGE, START, STOP, compiled, counted_noun, group_of, ranged

PATTERN = compiled(rf"{QUALIFIER}{START}{RANGE}{STOP}")


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("between 20 and 30", (20, 30)),
        ("minus 5 to minus 10", (-10, -5)),
        ("between minus 5 and 3", (-5, 3)),
        ("5-7 million", (5e6, 7e6)),
        ("nearly minus 8", (-8, -7.75)),
        ("at most minus 8", (float("-inf"), -8)),
        # A change and a pair are no ranges.
        ("from 20 to 30", None),
        ("20 and 30", None),
    ],
)
def test_a_range_or_a_qualified_number_is_an_interval(text, interval):
    read = ranged(PATTERN.search(text), "count", "")
    assert (read and (read.low, read.high)) == interval


@pytest.mark.parametrize(
    ("text", "group"),
    [("nearly 3", "nearly"), ("shorter than the planned 3", "less"), ("no more than 3", "at_most"), ("3", "")],
)
def test_a_qualifier_reaches_over_the_and_planned(text, group):
    assert group_of(PATTERN.match(text)) == group


@pytest.mark.parametrize(
    ("behind", "noun"),
    [
        (" boats", "boats"),
        (" small boats", "boats"),
        (" of boats", ""),
        (" °C", "degrees"),
        ("°", "degrees"),
        (" gas", ""),
    ],
)
def test_what_a_number_counts(behind, noun):
    assert counted_noun("5" + behind, 1)[1] == noun
