import pytest

from summit_analysis.text.values import find_values


def value(text):
    (found,) = find_values(text)
    return found


@pytest.mark.parametrize("text", ["", "one of them", "the first of May be", "a tall man", "B-2 bombers", "no one"])
def test_no_value_is_read(text):
    assert find_values(text) == []


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("nearly three hours", "around two and a half hours", False),
        ("nearly three hours", "three hours", True),
        ("about 150 minutes", "2½ hours", True),
        ("150 minutes", "nearly three hours", False),
        ("about 500 people", "hundreds of people", True),
        ("more than 200 operations", "around 250 operations", True),
        ("Friday", "Saturday", False),
        ("25%", "25 per cent", True),
        ("on 8 August", "by August 8, 2025", True),
        ("on 8 August", "in August 2025", True),
        ("on 8 August", "on August 9", False),
    ],
)
def test_two_values_agree_or_not(one, other, agree):
    assert value(one).comparable(value(other))
    assert value(one).agrees(value(other)) is agree


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("seven years", "three hours"),
        ("seven years", "a decade"),
        ("25 per cent", "25 soldiers"),
        ("14 people", "14 lorries"),
        ("Friday", "8 August"),
    ],
)
def test_other_things_are_not_compared(one, other):
    assert not value(one).comparable(value(other))


def test_what_is_counted_may_have_another_name():
    assert value("nine villagers").comparable(value("nine residents"))


def test_what_was_only_expected_is_marked():
    assert value("instead of the seven hours").unreal
    assert value("shorter than the seven hours").unreal
    assert not value("shorter than seven hours").unreal
    assert not value("the seven hours of talks").unreal


def test_the_same_number_is_known_however_exact():
    assert value("nearly three hours").same(value("three hours"))
    assert not value("two hours").same(value("three hours"))
