"""Stories: groups join by their mean, copies count once, a running topic is many stories."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from summit_analysis.archive import stories
from summit_analysis.archive.likeness import WINDOW


def pairs(*found):
    a, b, s = zip(*found, strict=True)
    return np.array(a), np.array(b), np.array(s, dtype=float)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (pairs((0, 1, 0.5)), [0, 0, 2, 3]),
        # a chain: 2 is like 1 and not like 0, the mean of 0.25 and 0 lies below 0.16
        (pairs((0, 1, 0.5), (1, 2, 0.25)), [0, 0, 2, 3]),
        (pairs((0, 1, 0.5), (1, 2, 0.4)), [0, 0, 0, 3]),
        (pairs((0, 1, 0.3), (2, 3, 0.3), (0, 2, 0.22), (1, 3, 0.22), (0, 3, 0.22), (1, 2, 0.22)), [0, 0, 0, 0]),
        (pairs((0, 1, 0.15)), [0, 1, 2, 3]),
    ],
)
def test_groups(found, expected):
    assert stories.group(4, *found).tolist() == expected


def test_copies_are_chained_to_the_first():
    assert stories.collapse(5, np.array([1, 3]), np.array([3, 4])).tolist() == [0, 1, 2, 1, 1]


def test_days():
    published = pd.Series(["1970-01-02", "2024-02-29T10:00:00", "", "1500-01-01", "2024"])
    assert stories.days_of(published)[[0, 1, 2, 4]].tolist() == [1, 19782, stories.NO_DAY, stories.NO_DAY]


def test_time_is_cut_between_days():
    days = np.array([1, 1, 2, 2, 2, 5, stories.NO_DAY, 9])
    assert stories.time_slices(days, most=3) == [(1, 2), (5, 9)]


def test_alike_looks_within_the_window_alone():
    matrix = sparse.csr_array(np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))
    a, b = stories.alike(matrix, np.array([0, 5, 6, 0]))
    assert {tuple(sorted(pair)) for pair in zip(a.tolist(), b.tolist(), strict=True)} == {(0, 1), (1, 2)}


@pytest.mark.parametrize("a_day", [1, 3, 90])
def test_alike_finds_each_row_s_best_of_its_window_however_many_stand_beside(a_day):
    rng = np.random.default_rng(4)
    days = np.repeat(np.arange(360 // a_day), a_day)
    matrix = sparse.random_array((len(days), 12), density=0.5, rng=rng, format="csr")
    found = set(zip(*(x.tolist() for x in stories.alike(matrix, days)), strict=True))
    products = (matrix @ matrix.T).toarray()
    expected = set()
    for row, day in enumerate(days):
        near = np.flatnonzero((days >= day) & (days <= day + WINDOW) & (products[row] > stories.LEAST_COSINE / 2))
        near = near[near != row]
        best = near[np.argsort(-products[row, near], kind="stable")][: stories.BEST]
        expected |= {(row, other) for other in best.tolist()}
    assert found == expected
