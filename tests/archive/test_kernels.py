"""Each compiled loop gives what its plain path gives (the counts: test_counting)."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from summit_analysis.archive import kernels

SETS = st.lists(st.sets(st.integers(0, 20)), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(SETS, SETS)
def test_common_members(left, right):
    def pack(sets):
        return np.array([m for s in sets for m in sorted(s)], dtype=np.uint64), np.cumsum([0, *map(len, sets)])

    a, b = (grid.ravel() for grid in np.meshgrid(np.arange(len(left)), np.arange(len(right))))
    found = kernels.count_common(*pack(left), a, *pack(right), b)
    plain = [
        len(np.intersect1d(sorted(left[x]), sorted(right[y]), assume_unique=True)) for x, y in zip(a, b, strict=True)
    ]
    assert found.tolist() == plain


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32))
def test_products_of_pairs(seed):
    rng = np.random.default_rng(seed)
    left, right = (sparse.random_array((5, 12), density=0.3, rng=rng, format="csr") for _ in range(2))
    a, b = rng.integers(0, 5, 20), rng.integers(0, 5, 20)
    found = kernels.dot_pairs(left.indptr, left.indices, left.data, a, right.indptr, right.indices, right.data, b)
    plain = np.asarray(left[a].multiply(right[b]).sum(axis=1)).ravel()
    assert np.allclose(found, plain, rtol=1e-12)


def test_characters_are_what_python_takes_them_for():
    kinds, lowered = kernels.character_tables(kernels.CLEANED)
    for c in "aZ_9éß½ \u00a0Ⱥ-’":
        assert bool(kinds[ord(c)] & kernels.WORD) == (c.isalnum() or c == "_")
        assert bool(kinds[ord(c)] & kernels.SPACE) == c.isspace()
        assert chr(lowered[ord(c)]) == c.lower()
    for c in "İΣ\u00ad\u0301😀":
        assert kinds[ord(c)] & kernels.COMPLEX


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 40), max_size=60), st.sampled_from([4, 16]))
def test_no_hash_that_stands_twice_is_missed(members, bits):
    hashes = np.array([member << 58 for member in members], dtype=np.uint64)
    maybe = kernels.maybe_shared(hashes, bits)
    again = np.array([members.count(member) > 1 for member in members], dtype=bool)
    assert (maybe | ~again).all()
    if bits == 16:
        assert (maybe == again).all()
