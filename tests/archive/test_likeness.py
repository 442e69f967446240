"""How likely two articles tell one event: titles, days and what each article is usually like."""

import numpy as np
import pytest

from summit_analysis.archive import likeness
from summit_analysis.archive.likeness import NO_DAY, TYPICAL_BACKGROUND


def probability(*, cosine=0.3, background=0.2, title=0.25, days=(10, 10)):
    return likeness.probability(*(np.array([value]) for value in (cosine, background, background, title, *days)))[0]


@pytest.mark.parametrize(
    ("given", "log_odds"),
    [
        # -1.3 + 4.75 ln 0.3 - 5.7 ln 0.2 + 4.4 * 0.5 - 1.9 * 0
        ({}, 4.355),
        ({"days": (12, 10)}, 0.555),
        # 1 + 5.4 ln 0.3 - 5.6 ln 0.2 - 1.8
        ({"title": np.nan, "days": (10, 11)}, 1.711),
        ({"days": (10, NO_DAY)}, 4.355 - 7.6),
        ({"days": (NO_DAY, NO_DAY)}, 4.355 - 3.8),
    ],
)
def test_log_odds(given, log_odds):
    assert probability(**given) == pytest.approx(1 / (1 + np.exp(-log_odds)), abs=1e-3)


def test_nothing_is_likely_beyond_the_window():
    assert probability(days=(10, 15)) > 0
    assert probability(days=(10, 16)) == 0


def test_what_is_usual_counts_against_a_pair():
    assert probability(background=0.1) > probability(background=0.2) > probability(background=0.3)


def test_background_is_the_mean_of_other_weeks():
    near = {
        "article": np.array([0, 0, 0, 0, 1, 2]),
        "neighbour": np.array([1, 2, 3, 4, 0, 0]),
        "cosine": np.array([0.9, 0.5, 0.3, 0.1, 0.05, 0.4]),
    }
    # 1 is a copy of 0; 2 is of the same week as 0, 3 and 4 are not.
    days, first = np.array([10, 10, 12, 30, 50]), np.array([0, 0, 2, 3, 4])
    found = likeness.background(near, days, first, k=10)
    assert found.tolist() == pytest.approx([0.2, TYPICAL_BACKGROUND, TYPICAL_BACKGROUND, 0.18, 0.18])


@pytest.mark.parametrize(("k", "expected"), [(2, 0.4), (3, TYPICAL_BACKGROUND)])
def test_background_among_articles_of_one_day_is_bounded_by_the_last(k, expected):
    near = {"article": np.zeros(2, int), "neighbour": np.array([1, 2]), "cosine": np.array([0.6, 0.4])}
    assert likeness.background(near, np.array([1, 1, 1]), np.arange(3), k=k)[0] == pytest.approx(expected)
