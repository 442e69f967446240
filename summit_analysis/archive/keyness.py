"""Which words set an outlet apart from all others of the archive: the statistic of `measures.keyness`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse, stats

from summit_analysis.archive import stages, weights
from summit_analysis.measures.keyness import PRIOR_TOKENS
from summit_analysis.statistics import weighted_log_odds
from summit_analysis.text.terms import STOP_WORDS

Row = tuple[np.ndarray, np.ndarray]  # the terms that an outlet has, and how often
Rows = Callable[[], Iterator[Row]]
CELL = 60  # bytes a count while the outlets' counts are added up
COLUMNS = (
    "outlet",
    "term",
    "count",
    "rate",
    "reference_count",
    "reference_rate",
    "log_odds",
    "z",
    "p",
    "p_adjusted",
    "tests",
    "stop_word",
)


def outlet_counts(work: Path, parts: int, room: int) -> tuple[list[str], pa.Array, np.ndarray, Rows]:
    """Return the outlets in order, the terms, each term's count in all, and what gives each outlet's terms and counts.

    The outlets' counts are added up for so many at a time as fit into half of `room` bytes.
    """
    vocabulary = stages.load_shared(work / weights.VOCABULARY)
    files = [stages.part_file(work, weights.WEIGHTS, part) for part in range(parts)]
    most: dict[str, int] = {}
    own = []
    for file in files:
        arrays = stages.load(file, "term_ends", "term_bytes", "outlet_ends")
        own.append(stages.unpack_terms(arrays).to_pylist())
        for name, cells in zip(own[-1], np.diff(arrays["outlet_ends"]).tolist(), strict=True):
            most[name] = most.get(name, 0) + cells
    names = sorted(most)
    place = {name: row for row, name in enumerate(names)}
    own = [np.array([place[name] for name in some]) for some in own]
    group = np.cumsum([most[name] for name in names]) // max(room // 2 // CELL, 1)
    cuts = np.searchsorted(group, np.unique(group)).tolist()

    @lru_cache(maxsize=1)
    def counts(low: int, high: int) -> sparse.csr_array:
        pieces = [(np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int32))]
        for file, rows in zip(files, own, strict=True):
            names = ("outlet_ends", "outlet_columns", "outlet_values", "outlet_width")
            wanted = np.flatnonzero((rows >= low) & (rows < high))
            some = stages.unpack_matrix(stages.load(file, *names), "outlet_")[wanted].tocoo()
            pieces.append((some.data, (rows[wanted] - low)[some.row].astype(np.int32), some.col.astype(np.int32)))
        data, row, column = (np.concatenate(arrays) for arrays in zip(*pieces, strict=True))
        return sparse.coo_array((data, (row, column)), shape=(high - low, len(vocabulary["count"]))).tocsr()

    def rows() -> Iterator[Row]:
        for low, high in pairwise([*cuts, len(names)]):
            yield from rows_of(counts(low, high))

    return names, stages.unpack_terms(vocabulary), vocabulary["count"], rows


def rows_of(counts: sparse.csr_array) -> Iterator[Row]:
    """Yield each row's columns and counts."""
    for low, high in pairwise(counts.indptr):
        yield counts.indices[low:high], counts.data[low:high]


def log_odds(outlets: list[str], terms: pa.Array, counts: sparse.csr_array) -> pd.DataFrame:
    """Return what `outlet_tables` yields as one table; `counts` has one row per outlet, columns sorted."""
    whole = np.asarray(counts.sum(axis=0)).ravel().astype(np.int64)
    tables = list(outlet_tables(outlets, terms, whole, lambda: rows_of(counts)))
    return pa.concat_tables(tables).to_pandas() if tables else empty()


def outlet_tables(outlets: list[str], terms: pa.Array, whole: np.ndarray, rows: Rows) -> Iterator[pa.Table]:
    """Yield for each outlet one row per term that it has or could be expected to have; nothing with one outlet.

    Columns and meaning are those of ``measures.keyness.log_odds`` for voice ``all``, with the outlet as target and all
    other outlets as reference. `whole` is each term's count in all, `rows` gives the outlets' terms and counts, twice.

    All pairs of outlet and term are tested and count for the adjustment of p. Within an outlet they differ only by the
    term's counts there and in all, so that each distinct pair of counts is tested once and counted as often as it occurs:
    most pairs have no count in the outlet.
    """
    if len(outlets) < 2:
        return
    everything = int(whole.sum())
    totals, place = np.unique(whole, return_inverse=True)
    place = place.astype(np.int32)
    of_total = np.bincount(place, minlength=len(totals))

    def test(columns: np.ndarray, y1: np.ndarray) -> dict[str, np.ndarray]:
        """Return the distinct pairs of counts, which of them each term has, and the statistics of each."""
        step = int(y1.max(initial=0)) + 1
        pairs, cell, times = np.unique(place[columns] * np.int64(step) + y1, return_inverse=True, return_counts=True)
        lacking = of_total - np.bincount(place[columns], minlength=len(totals))
        absent = np.flatnonzero(lacking)
        at = np.concatenate([pairs // step, absent])
        count = np.concatenate([pairs % step, np.zeros(len(absent), np.int64)]).astype(float)
        total, n1 = totals[at].astype(float), np.float64(y1.sum())
        prior = PRIOR_TOKENS * total / everything
        delta, error = weighted_log_odds(count, n1, total - count, everything - n1, prior, PRIOR_TOKENS)
        z = delta / error
        times = np.where(np.isfinite(z), np.concatenate([times, lacking[absent]]), 0)
        return {"cell": cell, "absent": absent, "count": count, "total": total, "delta": delta, "z": z, "times": times,
                "p": 2 * stats.norm.sf(np.abs(z))}  # fmt: skip

    def compared() -> Iterator[tuple[str, np.ndarray, int, dict[str, np.ndarray]]]:
        for outlet, (columns, y1) in zip(outlets, rows(), strict=True):
            if 0 < y1.sum() < everything:
                yield outlet, columns, int(y1.sum()), test(columns, y1)

    tested = [(found["p"], found["times"]) for *_, found in compared()]
    if not tested:
        return
    p, times = (np.concatenate(column) for column in zip(*tested, strict=True))
    adjusted, tests = adjusted_with_multiplicity(p, times), int(times.sum())
    del tested, p, times
    stop = pc.is_in(terms, pa.array(sorted(STOP_WORDS))).to_numpy(zero_copy_only=False)
    at = 0
    for outlet, columns, n1, found in compared():
        own = adjusted[at : at + len(found["p"])]
        at += len(own)
        absent, z, count, others = found["absent"], found["z"], found["count"], found["total"] - found["count"]
        rate2 = 1000 * others / (everything - n1)
        # An absent term is shown where the outlet would hold at least one at the reference's rate.
        first = len(z) - len(absent)
        shown = absent[rate2[first:] / 1000 * n1 >= 1]
        missing = np.setdiff1d(np.flatnonzero(np.isin(place, shown)), columns, assume_unique=True)
        column = np.concatenate([columns, missing])
        cell = np.concatenate([found["cell"], first + np.searchsorted(absent, place[missing])])
        # Terms stand in code-point order, so that their columns order them.
        order = np.lexsort((column, -z[cell]))
        order = order[np.isfinite(z[cell[order]])]
        column, cell = column[order], cell[order]
        yield pa.table(
            {
                "outlet": pa.repeat(outlet, len(column)),
                "term": terms.take(pa.array(column)),
                "count": count[cell].astype(np.int64),
                "rate": 1000 * count[cell] / n1,
                "reference_count": others[cell].astype(np.int64),
                "reference_rate": rate2[cell],
                "log_odds": found["delta"][cell],
                "z": z[cell],
                "p": found["p"][cell],
                "p_adjusted": own[cell],
                "tests": np.full(len(column), tests),
                "stop_word": stop[column],
            }
        )


def adjusted_with_multiplicity(p: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return p values adjusted as if ``p[i]`` stood ``times[i]`` times among them (Benjamini & Hochberg 1995)."""
    order = np.argsort(p, kind="stable")
    order = order[times[order] > 0]
    rank = np.cumsum(times[order], dtype=np.float64)
    scaled = p[order]
    if len(rank):
        # In place: of a large archive these are millions.
        scaled *= rank[-1]
        scaled /= rank
    scaled = np.minimum.accumulate(scaled[::-1], out=scaled[::-1])[::-1]
    result = np.full(len(p), np.nan)
    result[order] = np.minimum(scaled, 1, out=scaled)
    return result


def empty() -> pd.DataFrame:
    """Return the table without a row."""
    kinds = {
        "outlet": "str",
        "term": "str",
        "count": "int64",
        "reference_count": "int64",
        "tests": "int64",
        "stop_word": "bool",
    }
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "float64")) for name in COLUMNS})
