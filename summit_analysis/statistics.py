"""What several measures need to say how sure they are."""

from __future__ import annotations

import functools
from functools import cache

import numpy as np
import pandas as pd
from scipy import special, stats

CONFIDENCE = 0.95
SIGNIFICANT = 0.05
PRIOR_TOKENS = 500  # a0: the pseudo-counts that the prior of keyness has in all
Z = float(stats.norm.ppf(0.5 + CONFIDENCE / 2))


@functools.lru_cache(maxsize=4096)
def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a proportion of independent units, in [0, 1] (Wilson 1927).

    No trials give (nan, nan).
    """
    if trials == 0:
        return (float("nan"), float("nan"))
    interval = stats.binomtest(int(successes), int(trials)).proportion_ci(CONFIDENCE, method="wilson")
    return (float(interval.low), float(interval.high))


def adjusted(p: pd.Series) -> np.ndarray:
    """Return p values adjusted for the false discovery rate over all of `p` (Benjamini & Hochberg 1995)."""
    return stats.false_discovery_control(p.to_numpy(), method="bh") if len(p) else p.to_numpy()


def content_words(keyness: pd.DataFrame, *, voice: str = "all") -> pd.DataFrame:
    """Return the words of `keyness` in one voice that can set an article apart, with `survives`: p_adjusted below 0.05.

    Stop words are tested too, and count for the adjustment, but say nothing of what an article tells.
    """
    table = keyness[(keyness["voice"] == voice) & ~keyness["stop_word"]]
    return table.assign(survives=table["p_adjusted"] < SIGNIFICANT)


def weighted_log_odds(
    y1: np.ndarray, n1: np.ndarray, y2: np.ndarray, n2: np.ndarray, prior: np.ndarray, prior_tokens: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return log-odds-ratios with an informative Dirichlet prior, and their standard errors.

    `y1`, `y2` are a term's counts in target and reference, `n1`, `n2` all tokens there, `prior` its pseudo-counts a_w,
    of which all terms together have `prior_tokens` (a0). Positive = more typical of the target; 0 = alike. All broadcast.
    Monroe, Colaresi & Quinn 2008, "Fightin' Words", Political Analysis 16:372-403.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        # eqn 16
        delta = np.log((y1 + prior) / (n1 + prior_tokens - y1 - prior)) - np.log(
            (y2 + prior) / (n2 + prior_tokens - y2 - prior)
        )
        # eqn 20: the variance of each side is about the inverse of its count
        error = np.sqrt(1 / (y1 + prior) + 1 / (y2 + prior))
    return delta, error


def prior_size(prior_tokens: float, tokens: float) -> float:
    """Return a0, the pseudo-counts of a prior in all; infinity stands for N, as many as there are `tokens`."""
    return max(float(tokens), 1.0) if np.isinf(prior_tokens) else float(prior_tokens)


def prior_shares(total: np.ndarray, terms: pd.Index, background: pd.Series | None) -> np.ndarray:
    """Return each term's share in all articles, `total` by `terms`, and in the `background` (occurrences by term), in [0, 1].

    Terms of the background that no article has take their part of the prior with them: shares then add up to less than 1.
    """
    if background is None:
        return total / max(total.sum(), 1)
    known = background.groupby(level=0).sum()
    return (total + known.reindex(terms, fill_value=0).to_numpy()) / max(total.sum() + known.sum(), 1)


def log_likelihood(y1: np.ndarray, n1: np.ndarray, y2: np.ndarray, n2: np.ndarray) -> np.ndarray:
    """Return G2 with Williams' correction of each term's 2 x 2 table: >= 0, larger = less likely alike.

    2 * sum(O ln(O / E)) over all four cells (Dunning 1993, Computational Linguistics 19:61-74), divided by
    1 + (N/n1 + N/n2 - 1)(N/y + N/(N - y) - 1) / 6N (Williams 1976, Biometrika 63:33-37). nan where a side is empty.
    """
    y1, n1, y2, n2 = (np.asarray(value, dtype=float) for value in (y1, n1, y2, n2))
    y, n = y1 + y2, n1 + n2
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = (y1, y2, n1 - y1, n2 - y2)
        expected = (n1 * y / n, n2 * y / n, n1 * (n - y) / n, n2 * (n - y) / n)
        g2 = 2 * sum(special.xlogy(o, o / np.where(e > 0, e, 1)) for o, e in zip(observed, expected, strict=True))
        correction = 1 + (n / n1 + n / n2 - 1) * (n / y + n / (n - y) - 1) / (6 * n)
        corrected = np.where(np.isfinite(correction), g2 / correction, g2)
    return np.where((n1 > 0) & (n2 > 0), np.maximum(corrected, 0), np.nan)


def log_ratio(y1: np.ndarray, n1: np.ndarray, y2: np.ndarray, n2: np.ndarray) -> np.ndarray:
    """Return log2 of the ratio of two relative frequencies: 1 = twice as frequent in the target, 0 = alike.

    A count of zero is taken as a half (Hardie 2014, "Log Ratio: an informal introduction").
    """
    y1, y2 = (np.where(np.asarray(y) == 0, 0.5, y) for y in (y1, y2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log2((y1 / n1) / (y2 / n2))


@cache
def poisson_interval(count: int) -> tuple[float, float]:
    """Return the exact 95 % interval of the mean of a Poisson count (Garwood 1936); it begins at 0 for no occurrence."""
    tail = (1 - CONFIDENCE) / 2
    low = stats.chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    return (float(low), float(stats.chi2.ppf(1 - tail, 2 * count + 2) / 2))


@cache
def student(freedom: float) -> float:
    """Return the quantile of Student's t that bounds a 95 % interval."""
    return float(stats.t.ppf(0.5 + CONFIDENCE / 2, freedom))


def jackknife_variance(left_out: np.ndarray) -> float:
    """Return the delete-one jackknife variance of a statistic from its values with each unit left out.

    (n - 1) / n * sum of squared deviations from their mean (Efron & Tibshirani 1993, eqn 11.5). Fewer than two units
    give nan.
    """
    n = len(left_out)
    return float((n - 1) / n * np.sum((left_out - left_out.mean()) ** 2)) if n > 1 else float("nan")


def rate_interval(part: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of the rate ``sum(part) / sum(whole)`` from its blocks of sentences; it always holds the rate.

    The widest of three: the exact Poisson interval of the count (Garwood 1936), which is all that a few occurrences can
    tell; that of the number of blocks that hold any, times the occurrences in one of these, and the delete-one jackknife
    over blocks on the log scale with Student's t (Efron & Tibshirani 1993, ch. 11), which are wider where occurrences
    cluster. Where none is found, the first is all there is, and too short for what comes in clusters: of texts that can
    be expected to hold one cluster of five it covers 62 %, of three clusters 91 % (`benchmarks/interval_coverage.py`).
    (nan, nan) where `whole` is empty.
    """
    held = whole > 0
    total = float(whole.sum())
    if not total:
        return (float("nan"), float("nan"))
    count = int(part.sum())
    low, high = (edge / total for edge in poisson_interval(count))
    part, whole = part[held], whole[held]
    if blocks := int((part > 0).sum()):
        few, many = (edge * count / blocks / total for edge in poisson_interval(blocks))
        low, high = min(low, few), max(high, many)
    left = part.sum() - part
    if count and len(whole) > 1 and (left > 0).all():
        rates = left / (whole.sum() - whole)
        rate = part.sum() / whole.sum()
        reach = float(student(len(whole) - 1) * np.sqrt(jackknife_variance(rates)) / rate)
        low, high = min(low, rate * np.exp(-reach)), max(high, rate * np.exp(reach))
    return (float(low), float(high))


def coincidences(ratings: np.ndarray, codes: int) -> np.ndarray:
    """Return how often each of the `codes` is paired with each within a unit (Krippendorff 2011, step B).

    `ratings` has one row a coder and one column a unit; codes are whole numbers from 0, a negative one is a missing value.
    """
    counts = (ratings[:, :, None] == np.arange(codes)).sum(axis=0).astype(float)  # units x codes
    counts = counts[counts.sum(axis=1) > 1]
    each = counts / (counts.sum(axis=1, keepdims=True) - 1)
    return each.T @ counts - np.diag(each.sum(axis=0))


def krippendorff_alpha(coincidences: np.ndarray) -> np.ndarray:
    """Return Krippendorff's alpha for nominal codes of each table of coincidences; at most 1, 1 = agreement.

    alpha = 1 - (n - 1) * sum(o_ck, c != k) / sum(n_c * n_k, c != k) (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability", step D). The last two axes are a table's. Without two codes in use there is nothing to disagree
    about, and alpha is nan.
    """
    totals = coincidences.sum(axis=-1)
    n = totals.sum(axis=-1)
    observed = n - np.trace(coincidences, axis1=-2, axis2=-1)
    expected = n**2 - (totals**2).sum(axis=-1)
    return 1 - (n - 1) * observed / np.where(expected > 0, expected, np.nan)
