"""Which words set an outlet apart from all others of the archive: the statistic of `measures.keyness`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse, stats

from summit_analysis.archive import stages
from summit_analysis.measures.keyness import PRIOR_TOKENS
from summit_analysis.statistics import weighted_log_odds
from summit_analysis.text.terms import STOP_WORDS

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


def outlet_counts(work: Path, parts: int) -> tuple[list[str], pa.Array, sparse.csr_array]:
    """Return the outlets in order, the terms, and how often each outlet has each term."""
    terms = stages.unpack_terms(stages.load_shared(work / "vocabulary.npz"))
    place: dict[str, int] = {}
    total: sparse.csr_array | None = None
    for part in range(parts):
        arrays = stages.load(stages.part_file(work, "weights", part))
        names = stages.unpack_terms(arrays).to_pylist()
        rows = [place.setdefault(name, len(place)) for name in names]
        own = stages.unpack_matrix(arrays, "outlet_").tocoo()
        own = sparse.coo_array((own.data, (np.array(rows)[own.row], own.col)), shape=(len(place), len(terms))).tocsr()
        if total is not None:
            total.resize(own.shape)
            own = own + total
        total = own
    names = sorted(place)
    return names, terms, sparse.csr_array(total[[place[name] for name in names]])


def log_odds(outlets: list[str], terms: pa.Array, counts: sparse.csr_array) -> pd.DataFrame:
    """Return one row per outlet and term that the outlet has or could be expected to have, empty with one outlet.

    Columns and meaning are those of ``measures.keyness.log_odds`` for voice ``all``, with the outlet as target and all
    other outlets as reference.

    All pairs of outlet and term are tested and count for the adjustment of p. The cells without a count are most of
    them; within an outlet they differ only by the term's total, so that each distinct total is tested once and counted
    as often as it occurs.
    """
    if len(outlets) < 2:
        return _empty()
    whole = np.asarray(counts.sum(axis=0)).ravel().astype(np.int64)
    everything = int(whole.sum())
    totals, place = np.unique(whole, return_inverse=True)
    tables, p_values, multiplicities = [], [], []
    for row, outlet in enumerate(outlets):
        own = slice(counts.indptr[row], counts.indptr[row + 1])
        columns, y1 = counts.indices[own], counts.data[own].astype(float)
        n1 = int(y1.sum())
        n2 = everything - n1
        if not (n1 and n2):
            continue
        # What the outlet has, then one row for each total among the terms it lacks.
        lacking = np.bincount(place, minlength=len(totals)) - np.bincount(place[columns], minlength=len(totals))
        absent = np.flatnonzero(lacking)
        y1 = np.concatenate([y1, np.zeros(len(absent))])
        total = np.concatenate([whole[columns], totals[absent]]).astype(float)
        prior = PRIOR_TOKENS * total / everything
        delta, error = weighted_log_odds(y1, np.float64(n1), total - y1, np.float64(n2), prior, PRIOR_TOKENS)
        z = delta / error
        p = 2 * stats.norm.sf(np.abs(z))
        tested = np.isfinite(z)
        times = np.where(tested, np.concatenate([np.ones(len(columns), np.int64), lacking[absent]]), 0)
        p_values.append(p), multiplicities.append(times)
        tables.append((outlet, columns, absent, y1, total, delta, z, n1, n2))
    if not tables:
        return _empty()
    adjusted = adjusted_with_multiplicity(np.concatenate(p_values), np.concatenate(multiplicities))
    tests = int(np.concatenate(multiplicities).sum())
    at, result = 0, []
    for (outlet, columns, absent, y1, total, delta, z, n1, n2), p in zip(tables, p_values, strict=True):
        own = adjusted[at : at + len(p)]
        at += len(p)
        rate2 = 1000 * (total - y1) / n2
        # An absent term is shown where the outlet would hold at least one at the reference's rate.
        shown = absent[rate2[len(columns) :] / 1000 * n1 >= 1]
        missing = np.flatnonzero(np.isin(place, shown))
        missing = np.setdiff1d(missing, columns, assume_unique=True)
        cell = np.concatenate([np.arange(len(columns)), len(columns) + np.searchsorted(absent, place[missing])])
        result.append(
            pd.DataFrame(
                {
                    "outlet": outlet,
                    "column": np.concatenate([columns, missing]),
                    "count": y1[cell].astype(np.int64),
                    "rate": 1000 * y1[cell] / n1,
                    "reference_count": (total - y1)[cell].astype(np.int64),
                    "reference_rate": rate2[cell],
                    "log_odds": delta[cell],
                    "z": z[cell],
                    "p": p[cell],
                    "p_adjusted": own[cell],
                    "tests": tests,
                }
            )[np.isfinite(z[cell])]
        )
    table = pd.concat(result, ignore_index=True)
    # Terms stand in code-point order, so that their columns order them.
    order = np.lexsort(
        (
            table["column"].to_numpy(),
            -table["z"].to_numpy(),
            pd.factorize(table["outlet"], sort=True)[0],
        )
    )
    table = table.iloc[order].reset_index(drop=True)
    column = table.pop("column").to_numpy()
    table["term"] = pd.Series(terms.take(pa.array(column)), dtype="str")
    table["stop_word"] = pc.is_in(terms, pa.array(sorted(STOP_WORDS))).to_numpy(zero_copy_only=False)[column]
    return table[list(COLUMNS)]


def adjusted_with_multiplicity(p: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return p values adjusted as if ``p[i]`` stood ``times[i]`` times among them (Benjamini & Hochberg 1995)."""
    order = np.argsort(p, kind="stable")
    order = order[times[order] > 0]
    rank = np.cumsum(times[order])
    scaled = p[order] * rank[-1] / rank if len(rank) else p[order]
    result = np.full(len(p), np.nan)
    result[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return result


def _empty() -> pd.DataFrame:
    kinds = {
        "outlet": "str",
        "term": "str",
        "count": "int64",
        "reference_count": "int64",
        "tests": "int64",
        "stop_word": "bool",
    }
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "float64")) for name in COLUMNS})
