from datetime import date

import pytest

from summit_analysis.text.quantities import find_quantities
from summit_analysis.text.told_days import as_day, story_day


@pytest.mark.parametrize(
    ("text", "kind", "published", "day"),
    [
        ("They met yesterday.", "date", "2025-08-16", "2025-08-15"),
        ("They met yesterday.", "weekday", "2025-08-16", "Friday"),
        ("They met on Friday.", "date", "2025-08-16", "2025-08-15"),
        ("They met on Friday.", "date", "2025-08-15", "2025-08-15"),
        ("They met last Friday.", "date", "2025-08-15", "2025-08-08"),
        ("They will meet on Friday.", "date", "2025-08-13", "2025-08-15"),
        ("They met on December 30.", "date", "2026-01-02", "2025-12-30"),
        ("They met on August 15.", "weekday", "2025-08-16", "Friday"),
    ],
)
def test_a_day_is_told_by_the_day_of_publication(text, kind, published, day):
    (quantity,) = find_quantities(text)
    found = as_day(kind, quantity, published, None, text)
    assert found.label == day
    assert found.low == found.high == (5 if kind == "weekday" else date.fromisoformat(day).toordinal())


@pytest.mark.parametrize("text", ["They met yesterday.", "They met on Friday."])
def test_without_a_day_of_publication_there_is_none(text):
    (quantity,) = find_quantities(text)
    assert as_day("date", quantity, "", None, text) is None


def test_a_story_is_of_its_first_article_s_day_or_of_the_year_that_it_names_most():
    assert story_day(["2025-08-17", "", "2025-08-16"], []) == date(2025, 8, 16)
    texts = ["They met on 2 May 2024.", "They met on 3 May 2023 and on 4 May 2023."]
    assert story_day(["", ""], texts) == date(2023, 7, 2)
    assert story_day([""], ["They met."]) is None
