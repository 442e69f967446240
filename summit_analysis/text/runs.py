"""All maximal runs of terms that sequences share, found by hashing n-grams: linear in the words and the matches.

A run is maximal where it can be carried on neither to the left nor to the right. Two sequences may share a run several
times, and a run may answer to a sequence at several places.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# A run of three words that stands more often than this in one sequence ("ha ha ha", a refrain) starts no search; it is
# still part of the runs that reach across it. It keeps the work linear where a text repeats itself without end.
MOST_REPEATED = 40


def find_runs(sequences: Sequence[np.ndarray], *, least: int = 4) -> np.ndarray:
    """Return one row per maximal run of at least `least` equal codes: (a, b, start in a, start in b, length), a < b.

    Sequences hold codes from 0; a negative code (a gap) is equal to nothing. Rows are ordered by their columns.
    """
    lengths = np.array([len(s) for s in sequences], dtype=np.int64)
    offsets = np.concatenate([[0], np.cumsum(lengths + 1)])  # one gap behind each sequence
    text = np.full(int(offsets[-1]), -1, dtype=np.int64)
    owner = np.zeros(len(text), dtype=np.int64)
    for number, sequence in enumerate(sequences):
        text[offsets[number] : offsets[number] + lengths[number]] = sequence
        owner[offsets[number] : offsets[number + 1]] = number
    grams = _name_grams(text, least)
    begins = np.flatnonzero(grams >= 0)
    begins = begins[_seldom(grams[begins], owner[begins])]
    order = begins[np.argsort(grams[begins], kind="stable")]  # within an n-gram in reading order
    named = grams[order]
    found = [_runs_of(n, text, owner, offsets, order, named, grams, least) for n in range(len(sequences) - 1)]
    rows = np.concatenate([np.zeros((0, 5), dtype=np.int64), *found])
    return rows[np.lexsort(rows.T[::-1])]


def _name_grams(text: np.ndarray, length: int) -> np.ndarray:
    """Return a number for the n-gram that begins at each place, -1 where a gap or the end cuts it short."""
    named, size = text, 1
    while size < length:
        step = min(size, length - size)  # n-grams of 4 from two of 2, of 5 from two of 4 that overlap
        whole = np.full(len(text), -1, dtype=np.int64)
        left, right = named[: len(text) - step], named[step:]
        both = (left >= 0) & (right >= 0)
        _, whole_names = np.unique(left[both] * (right.max(initial=0) + 1) + right[both], return_inverse=True)
        whole[: len(text) - step][both] = whole_names
        named, size = whole, size + step
    return named


def _seldom(grams: np.ndarray, owner: np.ndarray) -> np.ndarray:
    key = grams * (owner.max(initial=0) + 1) + owner
    _, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    return counts[inverse] <= MOST_REPEATED


def _runs_of(
    number: int,
    text: np.ndarray,
    owner: np.ndarray,
    offsets: np.ndarray,
    order: np.ndarray,
    named: np.ndarray,
    grams: np.ndarray,
    least: int,
) -> np.ndarray:
    """Return the runs that sequence `number` shares with those behind it."""
    here = np.arange(offsets[number], offsets[number + 1])
    here = here[grams[here] >= 0]
    first = np.searchsorted(named, grams[here], side="left")
    last = np.searchsorted(named, grams[here], side="right")
    counts = last - first
    p = np.repeat(here, counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    q = order[np.repeat(first, counts) + within]
    later = owner[q] > number
    p, q = p[later], q[later]
    if not len(p):
        return np.zeros((0, 5), dtype=np.int64)
    by_diagonal = np.lexsort((p, q - p))
    p, q = p[by_diagonal], q[by_diagonal]
    opens = np.ones(len(p), dtype=bool)
    opens[1:] = (np.diff(q - p) != 0) | (np.diff(p) != 1)
    at = np.flatnonzero(opens)
    p, q, length = p[at], q[at], np.diff([*at, len(p)]) + least - 1
    # N-grams that are too frequent to be looked up leave runs short: carry them on word by word.
    length = length + _carry(text, p + length, q + length, 1)
    back = _carry(text, p - 1, q - 1, -1)
    rows = np.column_stack(
        [np.full(len(p), number), owner[q], p - back - offsets[number], q - back - offsets[owner[q]], length + back]
    )
    return np.unique(rows, axis=0)


def _carry(text: np.ndarray, p: np.ndarray, q: np.ndarray, step: int) -> np.ndarray:
    """Return for each pair of places how many equal codes follow in the direction of `step`."""
    carried = np.zeros(len(p), dtype=np.int64)
    active = np.arange(len(p))
    while len(active):
        i, j = p[active] + step * carried[active], q[active] + step * carried[active]
        inside = (np.minimum(i, j) >= 0) & (np.maximum(i, j) < len(text))
        active, i, j = active[inside], i[inside], j[inside]
        active = active[(text[i] == text[j]) & (text[i] >= 0)]
        carried[active] += 1
    return carried
