"""What several measures need to say how sure they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

CONFIDENCE = 0.95
Z = float(stats.norm.ppf(0.5 + CONFIDENCE / 2))


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


def jackknife_variance(left_out: np.ndarray) -> float:
    """Return the delete-one jackknife variance of a statistic from its values with each unit left out.

    (n - 1) / n * sum of squared deviations from their mean (Efron & Tibshirani 1993, eqn 11.5). Fewer than two units
    give nan.
    """
    n = len(left_out)
    return float((n - 1) / n * np.sum((left_out - left_out.mean()) ** 2)) if n > 1 else float("nan")


def krippendorff_alpha(ratings: np.ndarray) -> float:
    """Return Krippendorff's alpha for nominal codes, one row a coder and one column a unit; at most 1, 1 = agreement.

    alpha = 1 - (n - 1) * sum(o_ck, c != k) / sum(n_c * n_k, c != k) (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability", step D). Codes are whole numbers from 0; a negative one is a missing value. Without two codes
    in use there is nothing to disagree about, and alpha is nan.
    """
    codes = int(ratings.max(initial=-1)) + 1
    counts = (ratings[:, :, None] == np.arange(codes)).sum(axis=0).astype(float)  # units x codes
    counts = counts[counts.sum(axis=1) > 1]
    pairs = counts.sum(axis=1, keepdims=True) - 1
    observed = (counts.sum(axis=1, keepdims=True) - counts) * counts / pairs
    totals = counts.sum(axis=0)
    n = totals.sum()
    expected = n**2 - np.sum(totals**2)
    return float(1 - (n - 1) * observed.sum() / expected) if expected > 0 else float("nan")
