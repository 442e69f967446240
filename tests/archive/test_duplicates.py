"""Near duplicates are all pairs whose sets overlap by half, none other, whatever the sizes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summit_analysis.archive import duplicates, kernels

SETS = st.lists(st.sets(st.integers(0, 25), min_size=0, max_size=12), min_size=2, max_size=14)


def packed(sets):
    # Spread over all bits, as hashes are.
    hashes = [sorted(int(np.uint64(member + 1) * duplicates.ODD & np.uint64(2**64 - 1)) for member in s) for s in sets]
    ends = np.cumsum([0, *map(len, hashes)])
    return np.array([h for row in hashes for h in row], dtype=np.uint64), ends


@settings(max_examples=200, deadline=None)
@given(SETS, st.integers(1, 2))
def test_all_pairs_and_no_other(sets, threads):
    with np.errstate(over="ignore"):
        a, b, jaccard = duplicates.find(*packed(sets), threads=threads)
    expected = {
        (x, y): len(sets[x] & sets[y]) / len(sets[x] | sets[y])
        for x in range(len(sets))
        for y in range(x + 1, len(sets))
        if sets[x] | sets[y] and 2 * len(sets[x] & sets[y]) >= len(sets[x] | sets[y])
    }
    assert dict(zip(zip(a.tolist(), b.tolist(), strict=True), jaccard.tolist(), strict=True)) == pytest.approx(expected)


def test_shingles_by_hand():
    order = np.array([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 7, 8], dtype=np.uint64)
    shingles, ends = duplicates.shingle(order, np.array([0, 6, 11, 11, 13]))
    # 1-5 and 2-6; 1-5 again; nothing; one shingle of two words
    assert ends.tolist() == [0, 2, 3, 3, 4]
    assert shingles[2] in shingles[:2]
    assert len(set(shingles.tolist())) == 3


def test_shingles_tell_order_and_count_once():
    tokens = np.array([1, 2, 3, 4, 5, 5, 4, 3, 2, 1], dtype=np.uint64)
    shingles, ends = duplicates.shingle(tokens, np.array([0, 5, 10]))
    assert len(set(shingles.tolist())) == 2
    _, ends = duplicates.shingle(np.tile(tokens[:5], 3), np.array([0, 15]))
    assert ends.tolist() == [0, 5]


def test_slices_hold_every_hash_once():
    hashes = np.random.default_rng(1).integers(0, 2**63, 1000, dtype=np.uint64) * np.uint64(2)
    number = duplicates.slice_of(hashes, 7)
    assert np.bincount(number).min() > 50
    assert number.tolist() == [kernels.slice_of(h, 7) for h in hashes]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), max_size=15), min_size=1, max_size=5), st.integers(1, 3))
def test_compiled_shingles_are_the_plain_ones(articles, threads):
    order = np.array([token for row in articles for token in row], dtype=np.uint64)
    ends = np.cumsum([0, *map(len, articles)])
    for found, plain in zip(
        duplicates.shingle(order, ends, threads=threads), duplicates.shingle_plainly(order, ends), strict=True
    ):
        assert found.tolist() == plain.tolist()
