import json
from pathlib import Path

import pytest

from summit_analysis.text.days import DAYS, YEARS

TEXTS = [
    json.loads(line)["text"]
    for line in Path(__file__).with_name("quantity_cases.jsonl").read_text("utf-8").splitlines()
]


def read(text):
    """The days that any reader finds, as (label, words), each place once, the most particular reader first."""
    found, taken = [], set()
    for _, pattern, reader in (*DAYS, YEARS):
        for match in pattern.finditer(text):
            quantity = reader(text, match)
            if quantity and not taken & set(range(quantity.start, quantity.end)):
                taken |= set(range(quantity.start, quantity.end))
                found.append((quantity.label, text[quantity.start : quantity.end]))
    return found


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("They met on 15 August 2025.", [("2025-08-15", "15 August 2025")]),
        ("They met on August 15.", [("08-15", "August 15")]),
        ("It began in 2022.", [("2022", "2022")]),
        ("It began on 2025-08-15.", [("2025-08-15", "2025-08-15")]),
        ("They met on Friday.", [("Friday", "Friday")]),
        ("They met yesterday.", [("-1", "yesterday")]),
        ("They met since March.", [("03", "March")]),
        ("There is no 30 February 2025 and no 2025-02-30.", [("2025-02", "February 2025")]),
        ("He may march on.", []),
    ],
)
def test_days_are_read_as_they_are_written(text, days):
    assert read(text) == days


def test_what_is_searched_for_first_hides_no_day():
    missed = [
        (text, pattern.pattern[:40])
        for text in TEXTS
        for hint, pattern, _ in (*DAYS, YEARS)
        if pattern.search(text) and not hint.search(text)
    ]
    assert not missed
    assert sum(bool(pattern.search(text)) for text in TEXTS for _, pattern, _ in DAYS) > 20
