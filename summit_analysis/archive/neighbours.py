"""The articles that are most alike: k nearest by TF-IDF cosine, exact for all pairs or among those that share rare terms.

All pairs cost the square of the archive. Beyond `ALL_PAIRS` articles, candidates are the articles that share the most
weight in an article's rarest terms, as many of them as stand in `PRODUCTS` articles together; their cosines are computed
in full. The work of an article is then the same in an archive of any size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn, zip_sp_matmul_topn

from summit_analysis.archive import counting, kernels, stages

NEIGHBOURS = "neighbours"
GATHERED, WHOLE, RARE_TERMS, BLOCKS = "gathered.npz", "whole", "rare_terms", "blocks"
COLUMNS = ("article", "neighbour", "rank", "cosine", "exact")
K = 10
ALL_PAIRS = 40_000
# A term of more articles than `RARE` is no rare term, however few terms an article has.
RARE, PRODUCTS, CANDIDATES = 1_000, 20_000, 60
# Found by the fast product beyond k, so that equal cosines are ordered by article and not by chance.
SPARE = 10
DIGITS = 12
# Weights that are copied, and pairs whose cosines are computed, at a time: few, as the system reads 64 KB around each place.
STRETCH, PAIRS = 1 << 17, 256
# How far two products of equal weights may differ for the order of their sums, and rows compared with all at a time.
TOLERANCE, TIED = 1e-6, 32


def gather(work: Path, parts: int, room: int) -> None:
    """Leave the TF-IDF rows of all parts in files that are read in place, whole and with rare terms alone."""
    documents = stages.load_shared(work / "vocabulary.npz")["documents"]
    ends = {WHOLE: [np.zeros(1, np.int64)], RARE_TERMS: [np.zeros(1, np.int64)]}
    part_ends = [0]
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(stages.appended(work / f"{name}.npy"))
            for kind in ends
            for name in (f"{kind}.columns", f"{kind}.values")
        }
        for part in range(parts):
            arrays = stages.load(stages.part_file(work, "weights", part), "ends", "columns", "values", "width")
            rows = stages.unpack_matrix(arrays)
            part_ends.append(part_ends[-1] + rows.shape[0])
            # Candidates only have to be ordered, for which four bytes a weight do.
            for kind, matrix in ((WHOLE, rows), (RARE_TERMS, _rare(rows, documents).astype(np.float32))):
                ends[kind].append(ends[kind][-1][-1] + matrix.indptr[1:].astype(np.int64))
                files[f"{kind}.columns"](matrix.indices.astype(np.int32, copy=False))
                files[f"{kind}.values"](matrix.data)
    ends = {kind: np.concatenate(pieces) for kind, pieces in ends.items()}
    cuts = {f"{kind}_cuts": _block_cuts(ends[kind], room) for kind in ends}
    stages.save(work / GATHERED, **ends, **cuts, part_ends=np.array(part_ends), width=arrays["width"])


def _gathered(work: Path, kind: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ends, columns and values of all rows; the last two are read from the file where they are used."""
    columns, values = (stages.in_place(work / f"{kind}.{name}.npy") for name in ("columns", "values"))
    return stages.load_shared(work / GATHERED)[kind], columns, values


def rows_of(work: Path, articles: np.ndarray, kind: str = WHOLE, *, room: int = 1 << 62) -> sparse.csr_array:
    """Return the TF-IDF rows of some articles of the archive, at most a quarter of `room` bytes being read in place at once."""
    ends, columns, values = _gathered(work, kind)
    own = np.concatenate([[0], np.cumsum(ends[articles + 1] - ends[articles])])
    cells = (np.empty(own[-1], values.dtype), np.empty(own[-1], columns.dtype))
    # A stretch at a time: the places of all weights take more memory than the weights.
    cuts = np.unique(np.append(np.searchsorted(own, np.arange(0, own[-1], STRETCH)), len(articles)))
    for low, high in pairwise([0, *cuts[cuts > 0].tolist()]):
        some = articles[low:high]
        place = np.arange(own[low], own[high]) + np.repeat(ends[some] - own[low:high], np.diff(own[low : high + 1]))
        for array, whole in zip(cells, (values, columns), strict=True):
            np.take(whole, place, out=array[own[low] : own[high]], mode="clip")
        stages.let_go(room // 4)
    width = int(stages.load_shared(work / GATHERED)["width"])
    return sparse.csr_array((*cells, counting.narrow(own)), shape=(len(articles), width))


def find_part(work: Path, part: int, settings: dict) -> None:
    """Leave the k nearest of each article of a part: article, neighbour (rows), rank, cosine."""
    exact, kind = settings["all_pairs"], _kind(settings)
    low, high = settings["part_ends"][part : part + 2]
    wanted = settings["k"] + SPARE if exact else CANDIDATES
    seeking = rows_of(work, np.arange(low, high), kind, room=settings["room"])
    if not exact:
        seeking = rarest_terms(seeking, stages.load_shared(work / "vocabulary.npz")["documents"])
    sure = settings["k"] + 1 if exact else 0
    found = nearest_of_blocks(seeking, _Blocks(work, settings), wanted, sure=sure, threads=settings["threads"])
    a, b = np.repeat(np.arange(low, high), np.diff(found.indptr)), found.indices.astype(np.int64)
    a, b = a[a != b], b[a != b]
    every, cosine = _gathered(work, WHOLE), np.empty(len(a))
    own = rows_of(work, np.arange(low, high), room=settings["room"])
    own = (own.indptr.astype(np.int64), own.indices, own.data)
    # In the order of the file: every stretch of it is then read once, however few of them memory holds.
    in_order = np.argsort(b, kind="stable")
    for at in range(0, len(a), PAIRS):
        some = in_order[at : at + PAIRS]
        cosine[some] = cosines(*own, a[some] - low, *every, b[some])
        stages.let_go(settings["room"] // 4)
    a, b, rank, cosine = ranked(a, b, cosine, settings["k"])
    stages.save(
        stages.part_file(work, NEIGHBOURS, part),
        article=a.astype(np.int32), neighbour=b.astype(np.int32), rank=rank.astype(np.int32), cosine=cosine,
    )  # fmt: skip


def _rare(rows: sparse.csr_array, documents: np.ndarray) -> sparse.csr_array:
    rare = rows.copy()
    rare.data[documents[rare.indices] > RARE] = 0
    rare.eliminate_zeros()
    return rare


def rarest_terms(rows: sparse.csr_array, documents: np.ndarray) -> sparse.csr_array:
    """Return rows with the rarest terms of each alone, as many as stand in `PRODUCTS` articles together."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    place = np.lexsort((rows.indices, documents[rows.indices], row))
    total = np.cumsum(documents[rows.indices[place]])
    before = np.concatenate([[0], total])[rows.indptr[:-1]]
    result = rows.copy()
    result.data[place[total - before[row] > PRODUCTS]] = 0
    result.eliminate_zeros()
    return result


def _block_cuts(ends: np.ndarray, room: int) -> np.ndarray:
    """Return where blocks of rows begin and end that can be turned within the memory granted."""
    most = min(max(room // 60, 1), 2**31 - 1)  # bytes a weight while it is turned; 32 bits count them afterwards
    cuts = [0]
    while cuts[-1] < len(ends) - 1:
        high = int(np.searchsorted(ends, ends[cuts[-1]] + most, side="right")) - 1
        cuts.append(max(high, cuts[-1] + 1))
    return np.array(cuts)


def block_count(work: Path, settings: dict) -> int:
    """Return how many blocks the archive's weights are turned in."""
    return len(stages.load_shared(work / GATHERED)[f"{_kind(settings)}_cuts"]) - 1


def _kind(settings: dict) -> str:
    return WHOLE if settings["all_pairs"] else RARE_TERMS


def turn_block(work: Path, number: int, settings: dict) -> None:
    """Leave one block of the archive's weights as terms by articles, in files that are read in place."""
    kind = _kind(settings)
    low, high = stages.load_shared(work / GATHERED)[f"{kind}_cuts"][number : number + 2]
    block = rows_of(work, np.arange(low, high), kind, room=settings["room"]).T.tocsr()
    for name, array in (("ends", block.indptr), ("columns", block.indices), ("values", block.data)):
        with stages.appended(work / BLOCKS / f"{number:06}.{name}.npy") as append:
            append(array)
    stages.save(stages.part_file(work, BLOCKS, number), shape=np.array(block.shape))


class _Blocks:
    """The archive's weights, terms by articles, block by block."""

    def __init__(self, work: Path, settings: dict) -> None:
        self.work, self.settings = work, settings

    def __iter__(self) -> Iterator[sparse.csr_array]:
        for number in range(block_count(self.work, self.settings)):
            names = ("values", "columns", "ends")
            arrays = tuple(stages.in_place(self.work / BLOCKS / f"{number:06}.{name}.npy") for name in names)
            shape = stages.load(stages.part_file(self.work, BLOCKS, number))["shape"]
            yield sparse.csr_array(arrays, shape=tuple(map(int, shape)))
            stages.let_go(self.settings["room"] // 4)


def nearest_of_blocks(
    rows: sparse.csr_array, blocks: Iterable[sparse.csr_array], wanted: int, *, sure: int = 0, threads: int = 1
) -> sparse.csr_array:
    """Return the `wanted` + 1 largest products of `rows` with the columns of all `blocks` side by side.

    The `sure` largest of them (0: all) are the same however the columns are cut into blocks: of equal products those of
    the first columns are taken.
    """
    best = None
    for block in blocks:
        own = sparse.csr_matrix(rows), sparse.csr_matrix(block)
        found = sp_matmul_topn(*own, top_n=wanted + 2, sort=True, n_threads=threads)
        best = found if best is None else zip_sp_matmul_topn(top_n=wanted + 2, C_mats=[best, found])
    row = np.repeat(np.arange(best.shape[0]), np.diff(best.indptr))
    order = np.lexsort((best.indices, -best.data, row))
    column, product = best.indices[order], best.data[order]
    # Where more might be equal to the last that counts, chance decided which of them were found.
    full = np.flatnonzero(np.diff(best.indptr) == wanted + 2)
    least = product[best.indptr[full] + (sure or wanted + 1) - 1]
    tied = full[least <= product[best.indptr[full + 1] - 1] * (1 + TOLERANCE)]
    kept = (np.arange(len(row)) - best.indptr[row] <= wanted) & ~np.isin(row, tied)
    pieces = [(row[kept], column[kept], product[kept])]
    for low in range(0, len(tied), TIED):
        some = tied[low : low + TIED]
        r, c, p = _all_of(rows[some], blocks, product[best.indptr[some] + (sure or wanted + 1) - 1])
        order = np.lexsort((c, -np.round(p, DIGITS), r))
        rank = np.arange(len(order)) - np.searchsorted(r[order], r[order])
        order = order[rank <= wanted]
        pieces.append((some[r[order]], c[order], p[order]))
    row, column, product = (np.concatenate(arrays) for arrays in zip(*pieces, strict=True))
    return sparse.coo_array((product, (row, column)), shape=best.shape).tocsr()


def _all_of(
    rows: sparse.csr_array, blocks: Iterable[sparse.csr_array], least: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return row, column and product wherever a row's product is not below its `least`."""
    pieces, before = [], 0
    for block in blocks:
        found = (rows @ block).tocoo()
        some = found.data >= least[found.row] * (1 - TOLERANCE)
        pieces.append((found.row[some], found.col[some].astype(np.int64) + before, found.data[some]))
        before += block.shape[1]
    return tuple(np.concatenate(arrays) for arrays in zip(*pieces, strict=True))


def cosine_of_pairs(rows: sparse.csr_array, a: np.ndarray, others: sparse.csr_array, b: np.ndarray) -> np.ndarray:
    """Return the products of pairs of rows, in [0, 1], exactly 1 for equal rows."""
    return cosines(rows.indptr, rows.indices, rows.data, a, others.indptr, others.indices, others.data, b)


def cosines(*pairs: np.ndarray) -> np.ndarray:
    """Return what `cosine_of_pairs` returns; `pairs` are row ends, columns and values, and which rows, twice."""
    product = np.clip(kernels.dot_pairs(*pairs), 0, 1)
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
