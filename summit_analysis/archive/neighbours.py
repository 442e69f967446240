"""The articles that are most alike: k nearest by TF-IDF cosine, exact for all pairs or among those that share rare terms.

All pairs cost the square of the archive. Beyond `ALL_PAIRS` articles, candidates are the articles that share the most
weight in terms of at most `RARE` articles; their cosines are computed in full. The work is then bounded by articles
times terms times `RARE`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn, zip_sp_matmul_topn

from summit_analysis.archive import kernels, stages

NEIGHBOURS = "neighbours"
COLUMNS = ("article", "neighbour", "rank", "cosine", "exact")
K = 10
ALL_PAIRS = 40_000
RARE, CANDIDATES = 1_000, 60
# Found by the fast product beyond k, so that equal cosines are ordered by article and not by chance.
SPARE = 10
DIGITS = 12


def find_part(work: Path, part: int, settings: dict) -> None:
    """Leave the k nearest of each article of a part: article, neighbour (rows), rank, cosine."""
    rows = weights(work, part)
    exact = settings["all_pairs"]
    documents = stages.load_shared(work / "vocabulary.npz")["documents"]
    seeking = rows if exact else _rare(rows, documents)
    wanted = settings["k"] + SPARE if exact else CANDIDATES
    found = nearest_of_blocks(seeking, _blocks(work, settings, exact, documents), wanted, threads=settings["threads"])
    a, b = np.repeat(np.arange(rows.shape[0]), np.diff(found.indptr)), found.indices.astype(np.int64)
    offset = int(settings["part_ends"][part])
    own = a + offset != b
    a, b = a[own], b[own]
    cosine = cosines(work, settings, rows, a, b)
    a, b, rank, cosine = ranked(a, b, cosine, settings["k"])
    stages.save(stages.part_file(work, NEIGHBOURS, part), article=a + offset, neighbour=b, rank=rank, cosine=cosine)


def weights(work: Path, part: int) -> sparse.csr_array:
    """Return the TF-IDF rows of a part."""
    return stages.unpack_matrix(stages.load(stages.part_file(work, "weights", part)))


def _rare(rows: sparse.csr_array, documents: np.ndarray) -> sparse.csr_array:
    rare = rows.copy()
    rare.data[documents[rare.indices] > RARE] = 0
    rare.eliminate_zeros()
    return rare


def _blocks(work: Path, settings: dict, exact: bool, documents: np.ndarray) -> list[sparse.csr_array]:
    """Yield the archive's weights, terms by articles, in blocks of parts that fit the memory granted."""
    for low, high in settings["blocks"]:
        yield _block(work, low, high, exact, documents)


_held: dict[tuple, sparse.csr_array] = {}


def _block(work: Path, low: int, high: int, exact: bool, documents: np.ndarray) -> sparse.csr_array:
    key = (work, low, high, exact, stages.part_file(work, "weights", low).stat().st_mtime_ns)
    if key not in _held:
        parts = [weights(work, part) for part in range(low, high)]
        parts = parts if exact else [_rare(rows, documents) for rows in parts]
        _held.clear()  # one block at a time
        _held[key] = sparse.vstack(parts, format="csr").T.tocsr()
    return _held[key]


def nearest_of_blocks(rows: sparse.csr_array, blocks: object, wanted: int, *, threads: int = 1) -> sparse.csr_matrix:
    """Return the `wanted` largest products of `rows` with the columns of all `blocks` side by side."""
    pieces = [
        sp_matmul_topn(
            sparse.csr_matrix(rows), sparse.csr_matrix(block), top_n=wanted + 1, sort=True, n_threads=threads
        )
        for block in blocks
    ]
    return pieces[0] if len(pieces) == 1 else sparse.csr_matrix(zip_sp_matmul_topn(top_n=wanted + 1, C_mats=pieces))


def cosines(work: Path, settings: dict, rows: sparse.csr_array, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the cosine of row ``a`` of `rows` with article ``b`` of the archive, reading one part at a time."""
    ends = np.asarray(settings["part_ends"])
    part_of = np.searchsorted(ends, b, side="right") - 1
    result = np.zeros(len(a))
    for part in np.unique(part_of):
        chosen = np.flatnonzero(part_of == part)
        result[chosen] = cosine_of_pairs(rows, a[chosen], weights(work, part), b[chosen] - ends[part])
    return result


def cosine_of_pairs(rows: sparse.csr_array, a: np.ndarray, others: sparse.csr_array, b: np.ndarray) -> np.ndarray:
    """Return the products of pairs of rows, in [0, 1], exactly 1 for equal rows."""
    product = kernels.dot_pairs(rows.indptr, rows.indices, rows.data, a, others.indptr, others.indices, others.data, b)
    product = np.clip(product, 0, 1)
    product[np.abs(product - 1) < 1e-12] = 1
    return product


def ranked(
    a: np.ndarray, b: np.ndarray, cosine: np.ndarray, k: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the `k` best of each `a`, equal cosines by row, with their rank (1 = most alike); no cosine is 0."""
    some = cosine > 0
    a, b, cosine = a[some], b[some], cosine[some]
    order = np.lexsort((b, -np.round(cosine, DIGITS), a))
    a, b, cosine = a[order], b[order], cosine[order]
    start = np.searchsorted(a, a)
    rank = np.arange(len(a)) - start + 1
    kept = rank <= k
    return a[kept], b[kept], rank[kept], cosine[kept]
