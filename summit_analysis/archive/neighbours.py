"""The articles that are most alike: k nearest by TF-IDF cosine, exact for all pairs or among those that share rare terms.

All pairs cost the square of the archive; each is computed once, strip by strip, and counts for both of its articles.
Beyond `ALL_PAIRS` articles, candidates are the articles that share the most weight in an article's rarest terms, as many
of them as stand in `PRODUCTS` articles together; their cosines are computed in full. The work of an article is then the
same in an archive of any size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn, zip_sp_matmul_topn

from summit_analysis.archive import counting, kernels, stages, weights

NEIGHBOURS, STRIPS = "neighbours", "strips"
GATHERED, BLOCKS, HEAVY = "gathered.npz", "blocks", "heavy.npy"
K = 10
ALL_PAIRS = 40_000
PRODUCTS, CANDIDATES = 20_000, 60
# Found by the fast products beyond k, so that equal cosines are ordered by article and not by chance.
SPARE = 12
# All pairs are taken up in at most so many strips of articles, of at least so many articles on average.
MOST_STRIPS, STRIP = 16, 2_500
# Articles that all later ones are multiplied with at a time, and what share of them a term is in to be a full row there:
# of 1,000 to 2,000 and 1/8 to 1/32, these were the quickest.
TILE, COMMON = 1_500, 1 / 16
# Later articles read at a time.
LATER = 4_096
# Weights that are copied, and pairs whose cosines are computed, at a time: few, as the system reads 64 KB around each place.
STRETCH, PAIRS = 1 << 17, 256
# How far two products of equal weights may differ for the order of their sums, and rows compared with all at a time.
TOLERANCE, TIED = 1e-6, 32


@contextmanager
def gathering(work: Path, settings: dict) -> Iterator[Callable[[int], None]]:
    """Yield a function that takes up the TF-IDF rows of a part, and the heaviest terms of its articles.

    In the end those of all parts stand in files that are read in place.
    """
    ends, rare_ends, width = [np.zeros(1, np.int64)], [np.zeros(1, np.int64)], 0
    with ExitStack() as stack:
        columns, values, heavy = (
            stack.enter_context(stages.appended(work / name)) for name in ("columns.npy", "values.npy", HEAVY)
        )

        def take(part: int) -> None:
            nonlocal width
            path = stages.part_file(work, weights.WEIGHTS, part)
            own = stages.load(path, "ends", "rare_ends", "width", "heavy")
            ends.append(ends[-1][-1] + own["ends"][1:].astype(np.int64))
            rare_ends.append(rare_ends[-1][-1] + own["rare_ends"][1:].astype(np.int64))
            with stages.opened(path) as rows:
                columns(rows("columns", 0, own["ends"][-1]))
                values(rows("values", 0, own["ends"][-1]))
            heavy(own["heavy"].ravel())
            width = own["width"]

        yield take
    cuts = _block_cuts(np.concatenate(rare_ends), settings["room"])
    stages.save(work / GATHERED, ends=np.concatenate(ends), cuts=cuts, width=width)


def _gathered(work: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ends, columns and values of all rows; the last two are read from the file where they are used."""
    columns, values = (stages.in_place(work / f"{name}.npy") for name in ("columns", "values"))
    return stages.load_shared(work / GATHERED)["ends"], columns, values


def rows_of(work: Path, articles: np.ndarray, *, room: int = 1 << 62) -> sparse.csr_array:
    """Return the TF-IDF rows of some articles of the archive, at most a quarter of `room` bytes being read in place at once."""
    ends, columns, values = _gathered(work)
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


def strips(articles: int) -> list[int]:
    """Return where strips of articles begin and end that have about as many pairs with later articles each."""
    count = min(MOST_STRIPS, max(1, articles // STRIP))
    return [round(articles * (1 - math.sqrt(1 - number / count))) for number in range(count + 1)]


def pair_strip(work: Path, number: int, settings: dict) -> None:
    """Leave the largest products of the articles of a strip, and of all later ones, with articles of the strip and later ones."""
    low, high = settings["strips"][number : number + 2]
    rows, articles = _gathered(work), settings["part_ends"][-1]
    width = int(stages.load_shared(work / GATHERED)["width"])
    shape = (articles - low, settings["k"] + SPARE)
    largest = np.zeros(shape, np.float32), np.full(shape, -1, np.int32), np.zeros(shape[0], np.float32)
    tiles = np.linspace(low, high, -(-(high - low) // TILE) + 1).astype(np.int64).tolist()
    for first, last in pairwise(tiles):
        tile = kernels.turn_tile(first, last, *rows, width, COMMON * (last - first))
        for at in range(first, articles, LATER):
            kernels.keep_largest(first, last, at, min(at + LATER, articles), *rows, tile, *largest)
            stages.let_go(settings["room"] // 4)
    product, partner, _ = largest
    stages.save(stages.part_file(work, STRIPS, number), product=product.ravel(), partner=partner.ravel())


def _of_strips(work: Path, low: int, high: int, settings: dict) -> tuple[np.ndarray, np.ndarray]:
    """Return article and neighbour of pairs, those with the `k` largest products of each article among them."""
    pieces = []
    for first in range(low, high, TILE):
        last, wanted = min(first + TILE, high), settings["k"] + SPARE
        row, column, product = _kept_by_strips(work, first, last, settings["strips"], wanted)
        start = np.searchsorted(row, np.arange(first, last + 1))
        kept = np.arange(len(row)) - start[row - first] < wanted
        # A product in 32 bits of n terms is off by less than (n + 3) / 2 ** 24 of it. Where that decides, all are compared.
        full = np.flatnonzero(np.diff(start) >= wanted)
        terms = np.diff(stages.load_shared(work / GATHERED)["ends"][first : last + 1])[full]
        off = (terms + 3) * 2.0**-23
        least = product[start[full] + settings["k"] - 1] * (1 - off)
        close = least <= product[start[full] + wanted - 1] * (1 + off)
        tied, least = full[close] + first, least[close]
        kept &= ~np.isin(row, tied)
        pieces.append((row[kept], column[kept]))
        for at in range(0, len(tied), TIED):
            some = tied[at : at + TIED]
            r, column, product = _all_of(rows_of(work, some), _columns(work, settings), least[at : at + TIED])
            other = some[r] != column
            pieces.append(ranked(some[r][other], column[other], product[other], wanted)[:2])
    row, column = (np.concatenate(arrays) for arrays in zip(*pieces, strict=True))
    return row, column


def _kept_by_strips(
    work: Path, low: int, high: int, strips: list[int], wanted: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return article, neighbour and product of what all strips kept of some articles, the largest product of each first."""
    pieces = []
    for number, begin in enumerate(strips[:-1]):
        first = max(low, begin)
        if first < high:
            cells = ((first - begin) * wanted, (high - begin) * wanted)
            with stages.opened(stages.part_file(work, STRIPS, number)) as rows:
                partner, product = (rows(name, *cells) for name in ("partner", "product"))
            some = partner >= 0
            pieces.append((np.repeat(np.arange(first, high), wanted)[some], partner[some], product[some]))
    row, column, product = (np.concatenate(arrays) for arrays in zip(*pieces, strict=True))
    order = np.lexsort((column, -product, row))
    return row[order], column[order].astype(np.int64), product[order]


def _columns(work: Path, settings: dict) -> Iterator[sparse.csc_array]:
    """Yield the archive's weights, terms by articles, some articles at a time."""
    articles = settings["part_ends"][-1]
    for low in range(0, articles, LATER):
        yield rows_of(work, np.arange(low, min(low + LATER, articles)), room=settings["room"]).T


def _of_rare_terms(work: Path, low: int, high: int, settings: dict) -> tuple[np.ndarray, np.ndarray]:
    """Return article and neighbour of pairs that share the most weight in the rarest terms of the first."""
    seeking = _rare_rows(work, low, high, settings)
    seeking = rarest_terms(seeking, stages.load_shared(work / "vocabulary.npz")["documents"])
    found = nearest_of_blocks(seeking, _Blocks(work, settings), CANDIDATES, threads=settings["threads"])
    a, b = np.repeat(np.arange(low, high), np.diff(found.indptr)), found.indices.astype(np.int64)
    return a[a != b], b[a != b]


def find_part(work: Path, part: int, settings: dict) -> None:
    """Leave the k nearest of each article of a part: article, neighbour (rows), rank, cosine."""
    low, high = settings["part_ends"][part : part + 2]
    a, b = (_of_strips if settings["all_pairs"] else _of_rare_terms)(work, low, high, settings)
    every, cosine = _gathered(work), np.empty(len(a))
    own = rows_of(work, np.arange(low, high), room=settings["room"])
    spread = np.zeros(own.shape[1])
    own = (own.indptr.astype(np.int64), own.indices, own.data)
    # In the order of the file: every stretch of it is then read once, however few of them memory holds.
    in_order = np.argsort(b, kind="stable")
    for at in range(0, len(a), PAIRS):
        some = in_order[at : at + PAIRS]
        cosine[some] = cosines(*own, a[some] - low, *every, b[some], spread)
        stages.let_go(settings["room"] // 4)
    a, b, rank, cosine = ranked(a, b, cosine, settings["k"])
    stages.save(
        stages.part_file(work, NEIGHBOURS, part),
        article=a.astype(np.int32), neighbour=b.astype(np.int32), rank=rank.astype(np.int32), cosine=cosine,
    )  # fmt: skip


def _rare_rows(work: Path, low: int, high: int, settings: dict) -> sparse.csr_array:
    """Return articles `low` .. `high` - 1 with their weights in rare terms alone, as their parts have left them."""
    pieces = []
    for part, (first, last) in enumerate(pairwise(settings["part_ends"])):
        if max(low, first) < min(high, last):
            names = (f"rare_{name}" for name in ("ends", "columns", "values", "width"))
            rows = stages.unpack_matrix(stages.load(stages.part_file(work, weights.WEIGHTS, part), *names), "rare_")
            pieces.append(rows[max(low, first) - first : min(high, last) - first])
    return pieces[0] if len(pieces) == 1 else sparse.csr_array(sparse.vstack(pieces, format="csr"))


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


def block_count(work: Path) -> int:
    """Return how many blocks the archive's weights in rare terms are turned in."""
    return len(stages.load_shared(work / GATHERED)["cuts"]) - 1


def turn_block(work: Path, number: int, settings: dict) -> None:
    """Leave one block of the archive's weights in rare terms as terms by articles, in files that are read in place."""
    low, high = stages.load_shared(work / GATHERED)["cuts"][number : number + 2]
    block = _rare_rows(work, low, high, settings).T.tocsr()
    for name, array in (("ends", block.indptr), ("columns", block.indices), ("values", block.data)):
        with stages.appended(work / BLOCKS / f"{number:06}.{name}.npy") as append:
            append(array)
    stages.save(stages.part_file(work, BLOCKS, number), shape=np.array(block.shape))


class _Blocks:
    """The archive's weights in rare terms, terms by articles, block by block."""

    def __init__(self, work: Path, settings: dict) -> None:
        self.work, self.settings = work, settings

    def __iter__(self) -> Iterator[sparse.csr_array]:
        for number in range(block_count(self.work)):
            names = ("values", "columns", "ends")
            arrays = tuple(stages.in_place(self.work / BLOCKS / f"{number:06}.{name}.npy") for name in names)
            shape = stages.load(stages.part_file(self.work, BLOCKS, number))["shape"]
            yield sparse.csr_array(arrays, shape=tuple(map(int, shape)))
            stages.let_go(self.settings["room"] // 4)


def nearest_of_blocks(
    rows: sparse.csr_array, blocks: Iterable[sparse.csr_array], wanted: int, *, threads: int = 1
) -> sparse.csr_array:
    """Return the `wanted` + 1 largest products of `rows` with the columns of all `blocks` side by side.

    They are the same however the columns are cut into blocks: of equal products those of the first columns are taken.
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
    least = product[best.indptr[full] + wanted]
    tied = full[least <= product[best.indptr[full + 1] - 1] * (1 + TOLERANCE)]
    kept = (np.arange(len(row)) - best.indptr[row] <= wanted) & ~np.isin(row, tied)
    pieces = [(row[kept], column[kept], product[kept])]
    for low in range(0, len(tied), TIED):
        some = tied[low : low + TIED]
        r, c, p = _all_of(rows[some], blocks, product[best.indptr[some] + wanted] * (1 - TOLERANCE))
        order = np.lexsort((c, -np.round(p, weights.DIGITS), r))
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
        some = found.data >= least[found.row]
        pieces.append((found.row[some], found.col[some].astype(np.int64) + before, found.data[some]))
        before += block.shape[1]
    return tuple(np.concatenate(arrays) for arrays in zip(*pieces, strict=True))


def cosine_of_pairs(rows: sparse.csr_array, a: np.ndarray, others: sparse.csr_array, b: np.ndarray) -> np.ndarray:
    """Return the products of pairs of rows, in [0, 1], exactly 1 for equal rows."""
    spread = np.zeros(rows.shape[1])
    return cosines(rows.indptr, rows.indices, rows.data, a, others.indptr, others.indices, others.data, b, spread)


def cosines(*pairs: np.ndarray) -> np.ndarray:
    """Return what `cosine_of_pairs` returns; `pairs` are what `kernels.dot_pairs` takes."""
    product = np.clip(kernels.dot_pairs(*pairs), 0, 1)
    product[np.abs(product - 1) < 1e-12] = 1
    return product


def ranked(
    a: np.ndarray, b: np.ndarray, cosine: np.ndarray, k: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the `k` best of each `a`, equal cosines by row, with their rank (1 = most alike); no cosine is 0."""
    some = cosine > 0
    a, b, cosine = a[some], b[some], cosine[some]
    order = np.lexsort((b, -np.round(cosine, weights.DIGITS), a))
    a, b, cosine = a[order], b[order], cosine[order]
    start = np.searchsorted(a, a)
    rank = np.arange(len(a)) - start + 1
    kept = rank <= k
    return a[kept], b[kept], rank[kept], cosine[kept]
