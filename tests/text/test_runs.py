import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summit_analysis.text.runs import MOST_REPEATED, find_runs


def runs_of(*words: str, least: int = 2) -> list[tuple[int, ...]]:
    codes: dict[str, int] = {}
    coded = [np.array([codes.setdefault(w, len(codes)) for w in text.split()], dtype=np.int64) for text in words]
    return [tuple(row) for row in find_runs(coded, least=least).tolist()]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["the red fish swam", "a red fish swam home"], [(0, 1, 1, 1, 3)]),
        (["red fish swam red fish", "red fish"], [(0, 1, 0, 0, 2), (0, 1, 3, 0, 2)]),
        (["red fish", "red fish", "red fish"], [(0, 1, 0, 0, 2), (0, 2, 0, 0, 2), (1, 2, 0, 0, 2)]),
        (["red fish", "fish red"], []),
        (["red", "red"], []),
        (["", "red fish"], []),
        (["red fish"], []),
    ],
)
def test_runs_are_maximal_and_all_of_them_are_found(texts, expected):
    assert runs_of(*texts) == expected


def slow_runs(texts, least):
    found = []
    for a, one in enumerate(texts):
        for b, two in list(enumerate(texts))[a + 1 :]:
            for i in range(len(one)):
                for j in range(len(two)):
                    if one[i] < 0 or one[i] != two[j] or (i and j and one[i - 1] == two[j - 1] >= 0):
                        continue
                    n = 0
                    while i + n < len(one) and j + n < len(two) and one[i + n] == two[j + n] >= 0:
                        n += 1
                    if n >= least:
                        found.append((a, b, i, j, n))
    return sorted(found)


@given(st.lists(st.lists(st.integers(-1, 3), max_size=18), min_size=1, max_size=4), st.integers(1, 5))
def test_runs_are_those_of_the_plain_way(texts, least):
    found = find_runs([np.array(text, dtype=np.int64) for text in texts], least=least)
    assert [tuple(row) for row in found.tolist()] == slow_runs(texts, least)


def test_a_word_without_end_begins_no_search_but_is_part_of_a_run():
    refrain = "ha " * (MOST_REPEATED + 9)
    assert runs_of(refrain, refrain) == []
    found = runs_of(f"one fine day {refrain}", f"one fine day {refrain}")
    assert (0, 1, 0, 0, 3 + MOST_REPEATED + 9) in found
