"""The nearest are the exact nearest, and rare terms find those that matter."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import sparse

from summit_analysis.archive import neighbours, stages, weights


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


def nearest_of_all(work, rows, k=3, strips=(0, 9, 20, 40), parts=(0, 25, 40)):
    """Return article, neighbour, rank and cosine as two parts leave them, of pairs taken up in three strips."""
    for number, (low, high) in enumerate(pairwise(parts)):
        own = sparse.csr_array(rows[low:high])
        stages.save(
            stages.part_file(work, "weights", number),
            **stages.pack_matrix(own), **stages.pack_matrix(own[:, :0], "rare_"), heavy=weights.heavy_terms(own),
        )  # fmt: skip
    stages.save(work / "vocabulary.npz", documents=np.bincount(rows.indices, minlength=rows.shape[1]))
    settings = {
        "k": k,
        "all_pairs": True,
        "strips": list(strips),
        "parts": len(parts) - 1,
        "part_ends": list(parts),
        "room": 1 << 30,
    }
    with neighbours.gathering(work, settings) as take:
        for part in range(settings["parts"]):
            take(part)
    for number in range(len(strips) - 1):
        neighbours.pair_strip(work, number, settings)
    found = []
    for part in range(len(parts) - 1):
        neighbours.find_part(work, part, settings)
        arrays = stages.load(stages.part_file(work, neighbours.NEIGHBOURS, part))
        found += zip(*(arrays[name].tolist() for name in ("article", "neighbour", "rank", "cosine")), strict=True)
    return found


def check_nearest(found, rows, k):
    cosine = np.round((rows @ rows.T).toarray(), 12)
    np.fill_diagonal(cosine, 0)
    expected = []
    for article, own in enumerate(cosine):
        best = np.lexsort((np.arange(len(own)), -own))[:k]
        expected += [(article, n, rank, own[n]) for rank, n in enumerate(best, 1) if own[n] > 0]
    assert [row[:3] for row in found] == [row[:3] for row in expected]
    assert [row[3] for row in found] == pytest.approx([row[3] for row in expected])


@pytest.mark.parametrize("different", [40, 12, 2, 1])
def test_the_nearest_of_all_pairs_are_exact_however_many_are_equal(different, tmp_path):
    rows = unit_rows(3, different)
    rows = sparse.csr_array(rows[np.random.default_rng(4).integers(0, different, 40)])
    check_nearest(nearest_of_all(tmp_path, rows), rows, 3)


def test_the_first_of_equal_ones_are_nearest_though_nearer_ones_come_after_them(tmp_path):
    rows = sparse.csr_array(np.array([[1.0, 0.0]] + [[0.6, 0.8]] * 30 + [[0.8, 0.6]] * 9))
    check_nearest(nearest_of_all(tmp_path, rows, k=12), rows, 12)


def test_strips_hold_every_article_once_and_about_as_many_pairs():
    for articles in (0, 1, 1_300, 10_000, 123_456):
        bounds = neighbours.strips(articles)
        assert (bounds[0], bounds[-1]) == (0, articles)
        pairs = [sum(articles - 1 - a for a in range(low, high)) for low, high in pairwise(bounds)]
        assert max(pairs) - min(pairs) <= 2 * articles


def test_equal_cosines_stand_by_article_and_zero_is_no_neighbour():
    a, b = np.array([0, 0, 0, 1]), np.array([3, 2, 1, 2])
    a, b, rank, cosine = neighbours.ranked(a, b, np.array([0.5, 0.5, 0.0, 1.0]), 2)
    assert list(zip(a, b, rank, cosine, strict=True)) == [(0, 2, 1, 0.5), (0, 3, 2, 0.5), (1, 2, 1, 1.0)]


def test_equal_rows_have_cosine_one():
    rows = unit_rows(2, 5)
    assert neighbours.cosine_of_pairs(rows, np.arange(5), rows, np.arange(5)).tolist() == [1.0] * 5


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
