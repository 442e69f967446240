"""Each compiled loop gives what its plain path gives (the counts: test_counting)."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from summit_analysis.archive import kernels, neighbours

SETS = st.lists(st.sets(st.integers(1, 40)), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(SETS)
def test_common_members(sets):
    members = np.array([m for s in sets for m in s], dtype=np.uint64)
    ends = np.cumsum([0, *map(len, sets)])
    a, b = (grid.ravel() for grid in np.meshgrid(np.arange(len(sets)), np.arange(len(sets))))
    plain = [
        len(np.intersect1d(members[ends[x] : ends[x + 1]], members[ends[y] : ends[y + 1]], assume_unique=True))
        for x, y in zip(a, b, strict=True)
    ]
    assert kernels.count_common(members, ends, a, b).tolist() == plain


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 30), st.sampled_from([0.0, 0.1, 0.3, 2.0]))
def test_largest_products_of_all_pairs_are_those_of_the_plain_path(seed, step, common):
    rng = np.random.default_rng(seed)
    rows = sparse.random_array((30, 12), density=0.3, rng=rng, format="csr")
    rows = sparse.csr_array(rows[rng.integers(0, 30, 30)])  # some of them twice
    whole, wanted, low = (rows.indptr.astype(np.int64), rows.indices, rows.data), 5, 4
    product, partner = np.zeros((30 - low, wanted), np.float32), np.full((30 - low, wanted), -1, np.int32)
    least = np.zeros(30 - low, np.float32)
    for first in range(low, 30, step):
        last = min(first + step, 30)
        tile = kernels.turn_tile(first, last, *whole, 12, common * (last - first))
        for at in range(first, 30, 7):
            kernels.keep_largest(first, last, at, min(at + 7, 30), *whole, tile, product, partner, least)
    plain = neighbours.nearest_of_blocks(rows[low:], [sparse.csr_array(rows[low:].T.tocsr())], 30).toarray()
    np.fill_diagonal(plain, 0)
    assert np.allclose(np.sort(product), np.sort(plain)[:, -wanted:], rtol=1e-6)
    assert (least == product.min(axis=1)).all()
    for row, kept in enumerate(partner):
        others = kept[kept >= 0]
        assert len(set(others)) == len(others) == np.count_nonzero(product[row])
        assert np.allclose(np.sort(plain[row, others - low]), np.sort(product[row][product[row] > 0]), rtol=1e-6)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32))
def test_products_of_pairs(seed):
    rng = np.random.default_rng(seed)
    left, right = (sparse.random_array((5, 12), density=0.3, rng=rng, format="csr") for _ in range(2))
    a, b = rng.integers(0, 5, 20), rng.integers(0, 5, 20)
    spread = np.zeros(12)
    found = kernels.dot_pairs(
        left.indptr, left.indices, left.data, a, right.indptr, right.indices, right.data, b, spread
    )
    plain = np.asarray(left[a].multiply(right[b]).sum(axis=1)).ravel()
    assert np.allclose(found, plain, rtol=1e-12)
    assert not spread.any()


def test_characters_are_what_python_takes_them_for():
    kinds, lowered = kernels.character_tables(kernels.CLEANED)
    for c in "aZ_9éß½ \u00a0Ⱥ-’":
        assert bool(kinds[ord(c)] & kernels.WORD) == (c.isalnum() or c == "_")
        assert bool(kinds[ord(c)] & kernels.SPACE) == c.isspace()
        assert chr(lowered[ord(c)]) == c.lower()
    for c in "İΣ\u00ad\u0301😀":
        assert kinds[ord(c)] & kernels.COMPLEX


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 40), max_size=60), st.sampled_from([4, 16]))
def test_no_hash_that_stands_twice_is_missed(members, bits):
    maybe = set(kernels.maybe_shared(np.array(members, dtype=np.uint64), bits).tolist())
    again = {n for n, member in enumerate(members) if members.count(member) > 1}
    assert again <= maybe
    if bits == 16:
        assert again == maybe


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 9), max_size=40))
def test_how_often_each_hash_stands(members):
    times = kernels.count_times(np.array(members, dtype=np.uint64))
    assert times.tolist() == [members.count(member) for member in members]


@settings(max_examples=50, deadline=None)
@given(SETS, st.integers(1, 4))
def test_slices_are_a_stable_sort(sets, slices):
    hashes = np.array([m * 0x9E3779B97F4A7C15 % 2**64 for s in sets for m in s], dtype=np.uint64)
    ends = np.cumsum([0, *map(len, sets)])
    found, cuts = kernels.cut_into_slices(hashes, ends, slices)
    number = np.array([kernels.slice_of(h, slices) for h in hashes], dtype=int)
    assert found.tolist() == hashes[np.argsort(number, kind="stable")].tolist()
    article = np.repeat(np.arange(len(sets)), np.diff(ends))
    assert np.diff(cuts).tolist() == np.bincount(number * len(sets) + article, minlength=slices * len(sets)).tolist()
