"""The nearest are the exact nearest, and rare terms find those that matter."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import sparse

from summit_analysis.archive import neighbours


def unit_rows(seed: int, n: int, terms: int = 40) -> sparse.csr_array:
    matrix = sparse.random_array((n, terms), density=0.2, rng=np.random.default_rng(seed), format="csr")
    norm = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    return sparse.csr_array(matrix.multiply(1 / np.where(norm > 0, norm, 1)[:, None]))


@pytest.mark.parametrize("cut", [(30,), (7, 23), (10, 20)])
def test_equal_to_all_pairs_by_brute_force(cut):
    rows = unit_rows(1, 30)
    bounds = [0, *cut] if cut[-1] == 30 else [0, *cut, 30]
    blocks = [sparse.csr_array(rows[low:high].T.tocsr()) for low, high in pairwise(bounds)]
    found = neighbours.nearest_of_blocks(rows, blocks, 10)
    a, b = np.repeat(np.arange(30), np.diff(found.indptr)), found.indices
    a, b = a[a != b], b[a != b]
    a, b, rank, cosine = neighbours.ranked(a, b, neighbours.cosine_of_pairs(rows, a, rows, b), 5)
    dense = (rows @ rows.T).toarray()
    np.fill_diagonal(dense, -1)
    for article in range(30):
        best = np.lexsort((np.arange(30), -np.round(dense[article], 12)))[:5]
        best = best[dense[article, best] > 0]
        assert b[a == article].tolist() == best.tolist()
        assert cosine[a == article] == pytest.approx(dense[article, best])
        assert rank[a == article].tolist() == list(range(1, len(best) + 1))


def test_of_many_equal_products_the_first_columns_are_found_however_they_are_cut():
    rows = sparse.csr_array(np.ones((2, 1)))
    columns = sparse.csr_array(np.array([[0.5] * 40 + [0.9] + [0.5] * 40]))
    found = []
    for cuts in ([0, 81], [0, 7, 50, 81], [0, 40, 41, 81]):
        blocks = [sparse.csr_array(columns[:, low:high]) for low, high in pairwise(cuts)]
        found.append(neighbours.nearest_of_blocks(rows, blocks, 5).toarray())
        assert np.flatnonzero(found[-1][0]).tolist() == [0, 1, 2, 3, 4, 40]
    assert all((own == found[0]).all() for own in found)


def test_equal_cosines_stand_by_article_and_zero_is_no_neighbour():
    a, b = np.array([0, 0, 0, 1]), np.array([3, 2, 1, 2])
    a, b, rank, cosine = neighbours.ranked(a, b, np.array([0.5, 0.5, 0.0, 1.0]), 2)
    assert list(zip(a, b, rank, cosine, strict=True)) == [(0, 2, 1, 0.5), (0, 3, 2, 0.5), (1, 2, 1, 1.0)]


def test_equal_rows_have_cosine_one():
    rows = unit_rows(2, 5)
    assert neighbours.cosine_of_pairs(rows, np.arange(5), rows, np.arange(5)).tolist() == [1.0] * 5


def test_common_terms_are_left_out_where_candidates_are_sought(monkeypatch):
    monkeypatch.setattr(neighbours, "RARE", 2)
    rows = sparse.csr_array(np.array([[0.6, 0.8], [0.6, 0.8], [1.0, 0.0]]))
    assert neighbours._rare(rows, np.array([3, 2])).toarray().tolist() == [[0, 0.8], [0, 0.8], [0, 0]]


def test_an_article_seeks_by_its_rarest_terms_until_they_stand_in_too_many_articles(monkeypatch):
    monkeypatch.setattr(neighbours, "PRODUCTS", 6)
    rows = sparse.csr_array(
        np.array([[0.1, 0.2, 0.3, 0.4], [0.0, 0.5, 0.0, 0.5], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0]])
    )
    # 2 + 3 articles for the first row and the second; 9 are too many even alone.
    found = neighbours.rarest_terms(rows, np.array([4, 3, 9, 2]))
    assert found.toarray().tolist() == [[0.0, 0.2, 0.0, 0.4], [0.0, 0.5, 0.0, 0.5], [0.0] * 4, [0.0] * 4]


def test_blocks_hold_what_the_memory_allows_and_every_row_once():
    ends = np.array([0, 3, 4, 9, 9, 10])
    # Room for four weights: two rows, then one of five that needs more, then what is left.
    assert neighbours._block_cuts(ends, 4 * 60).tolist() == [0, 2, 3, 5]
    assert neighbours._block_cuts(ends, 1 << 30).tolist() == [0, 5]
