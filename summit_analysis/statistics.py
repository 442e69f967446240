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


def weighted_log_odds(
    target: np.ndarray, target_total: np.ndarray, reference: np.ndarray, reference_total: np.ndarray, prior: np.ndarray,
    prior_total: float,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Return the log-odds of terms in target against reference, with an informative Dirichlet prior, and their error.

    With y the count of a term, n all tokens of a side, a its `prior` and a0 `prior_total`:
    ln[(y1 + a) / (n1 + a0 - y1 - a)] - ln[(y2 + a) / (n2 + a0 - y2 - a)]  (Monroe, Colaresi & Quinn 2008, "Fightin'
    Words", eqn 16), variance 1 / (y1 + a) + 1 / (y2 + a)  (eqn 20). Larger = more typical of the target, 0 = alike.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log((target + prior) / (target_total + prior_total - target - prior)) - np.log(
            (reference + prior) / (reference_total + prior_total - reference - prior)
        )
        error = np.sqrt(1 / (target + prior) + 1 / (reference + prior))
    return delta, error
