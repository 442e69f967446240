import math
from datetime import date

import pytest

from summit_analysis.text.intervals import compare, dated, in_unit, interval_of, nearest_date, number_label
from summit_analysis.text.quantities import find_quantities


def the(text):
    return find_quantities(f"It took {text}.")[0]


@pytest.mark.parametrize(
    ("value", "group", "interval"),
    [
        (3, "", (3, 3, False, False)),
        (3, "nearly", (2.75, 3, False, True)),
        (2.5, "about", (2.25, 2.75, False, False)),
        (1, "about", (0.75, 1.25, False, False)),
        (0.5, "nearly", (0.375, 0.5, False, True)),
        (40, "about", (36, 44, False, False)),
        (3, "just_over", (3, 3.25, True, False)),
        (3, "more", (3, math.inf, True, True)),
        (3, "at_least", (3, math.inf, False, True)),
        (3, "less", (0, 3, True, True)),
        (3, "at_most", (0, 3, True, False)),
        (3, "exactly", (3, 3, False, False)),
    ],
)
def test_what_a_qualifier_makes_of_a_value(value, group, interval):
    assert interval_of(value, group) == pytest.approx(interval)


@pytest.mark.parametrize(
    ("one", "two", "how"),
    [
        ("three hours", "180 minutes", "equal"),
        ("nearly three hours", "three hours", "overlap"),
        ("nearly three hours", "more than three hours", "disjoint"),
        ("under three hours", "at least three hours", "overlap"),
        ("three hours", "four hours", "disjoint"),
        ("three hours", "two hours and 50 minutes", "overlap"),
        ("three hours", "two and a half hours", "disjoint"),
        ("a decade", "seven years", "disjoint"),
        ("a decade", "eleven years", "overlap"),
        ("exactly three hours", "two hours and 50 minutes", "disjoint"),
    ],
)
def test_how_two_quantities_stand(one, two, how):
    a = the(one)
    b = in_unit(the(two), a.unit)
    assert compare(a, b) == compare(b, a) == how


def test_units_of_time_are_converted_and_nothing_else_is():
    hours = in_unit(the("90 minutes"), "hour")
    assert (hours.label, hours.low, hours.unit) == ("1.5", 1.5, "hour")
    assert in_unit(the("two to three weeks"), "day").label == "14–21"
    assert in_unit(the("$5"), "EUR") is None
    assert in_unit(the("90 minutes"), "%") is None


def test_a_date_without_a_year_gets_one():
    day = find_quantities("It ended on Aug. 8.")[0]
    assert math.isnan(dated(day).low)
    assert dated(day, 2025).label == "2025-08-08"
    leap = find_quantities("It ended on February 29.")[0]
    assert dated(leap, 2025).label == "02-29"
    assert dated(leap, 2024).label == "2024-02-29"


@pytest.mark.parametrize(("value", "label"), [(3.0, "3"), (2.5, "2.5"), (200 / 3, "66.6667"), (1.5e9, "1500000000")])
def test_labels(value, label):
    assert number_label(value) == label


@pytest.mark.parametrize(
    ("words", "day", "label"),
    [
        ("December 30", date(2026, 1, 2), "2025-12-30"),
        ("January 3", date(2025, 12, 31), "2026-01-03"),
        ("June 1", date(2025, 8, 16), "2025-06-01"),
        ("January 1", date(2024, 7, 2), "2024-01-01"),
        ("December 31", date(2024, 7, 2), "2024-12-31"),
        ("February 29", date(2023, 12, 1), "2024-02-29"),
        ("February 29", date(2026, 1, 2), "02-29"),
        ("December 30, 2020", date(2026, 1, 2), "2020-12-30"),
        ("December 30", date(1, 1, 1), "0001-12-30"),
        ("December 30", None, "12-30"),
    ],
)
def test_a_date_without_a_year_is_the_one_nearest_to_a_day(words, day, label):
    assert nearest_date(find_quantities(f"It ended on {words}.")[0], day).label == label
