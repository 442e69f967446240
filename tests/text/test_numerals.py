import pytest

from summit_analysis.text.numerals import find_values


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("nearly three hours", "number", 2.75, 3),
        ("after two and a half hours", "number", 2.5, 2.5),
        ("2½ hours", "number", 2.5, 2.5),
        ("2 1/2 hours", "number", 2.5, 2.5),
        ("twenty-five soldiers", "number", 25, 25),
        ("310 million crowns", "number", 310e6, 310e6),
        ("a hundred people", "number", 100, 100),
        ("at least 4,000 people", "number", 4000, 6000),
        ("hundreds of people", "number", 200, 1000),
        ("25 per cent", "percent", 25, 25),
        ("25%", "percent", 25, 25),
        ("by a quarter", "percent", 24.5, 25.5),
        ("on Friday", "weekday", 4, 4),
        ("by August 8", "date", 808, 808),
        ("on 8 August", "date", 808, 808),
        ("in 1926,", "year", 1926, 1926),
        ("at 9 p.m.", "time", 21, 21),
    ],
)
def test_a_value_is_read(text, kind, low, high):
    (value,) = find_values(text)
    assert (value.kind, value.low, value.high) == (kind, low, high)
    assert text[value.start : value.end].strip()


@pytest.mark.parametrize("text", ["", "one of them", "the first of May be", "a tall man", "B-2 bombers", "no one"])
def test_no_value_is_read(text):
    assert find_values(text) == []


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("nearly three hours", "around two and a half hours", False),
        ("nearly three hours", "three hours", True),
        ("about 500 people", "hundreds of people", True),
        ("Friday", "Saturday", False),
        ("more than 200 operations", "around 200 operations", True),
        ("25%", "25 per cent", True),
    ],
)
def test_two_values_agree_or_not(one, other, agree):
    assert find_values(one)[0].agrees(find_values(other)[0]) is agree


def test_the_unit_is_the_noun_counted():
    assert find_values("the nearly three-hour session")[0].unit == ("hour", "session")
    assert find_values("shorter than the seven hours")[0].unreal
