import numpy as np
import pandas as pd
import pytest

from summit_analysis.statistics import adjusted, jackknife_variance, krippendorff_alpha, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(successes, trials, low, high):
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


def test_a_proportion_of_nothing_has_no_interval():
    assert all(np.isnan(wilson(0, 0)))


def test_adjustment_is_benjamini_and_hochberg_s():
    # By hand: 0.01 * 4 / 1, 0.02 * 4 / 2, 0.03 * 4 / 3 (all 0.04), 0.5.
    assert adjusted(pd.Series([0.03, 0.01, 0.5, 0.02])) == pytest.approx([0.04, 0.04, 0.5, 0.04])
    assert len(adjusted(pd.Series([], dtype=float))) == 0


def test_jackknife_variance_of_a_mean_is_that_of_the_mean():
    values = np.array([1.0, 2.0, 3.0, 6.0])
    left_out = (values.sum() - values) / 3
    assert jackknife_variance(left_out) == pytest.approx(values.var(ddof=1) / 4)
    assert np.isnan(jackknife_variance(np.array([1.0])))


# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", examples A, B and C; -1 is missing.
BINARY = ["0100000010", "1110010000"]
NOMINAL = ["aabbdcccedda", "babbbcccedd" + "d"]
MISSING = ["123321412...", "123322412" + "5.3", ".3332342" + "251.", "123324412" + "51."]


@pytest.mark.parametrize(
    ("rows", "expected"), [(BINARY, 0.095), (NOMINAL, 0.692), (MISSING, 0.743)], ids=["binary", "nominal", "missing"]
)
def test_krippendorff_alpha_of_the_published_examples(rows, expected):
    codes = {mark: code for code, mark in enumerate(sorted(set("".join(rows)) - {"."}))}
    ratings = np.array([[codes.get(mark, -1) for mark in row] for row in rows])
    assert krippendorff_alpha(ratings) == pytest.approx(expected, abs=5e-4)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [([[0, 1, 1], [0, 1, 1]], 1.0), ([[0, 0], [0, 0]], float("nan")), ([[-1, -1], [0, 1]], float("nan"))],
    ids=["equal", "one code", "one coder"],
)
def test_krippendorff_alpha_at_its_edges(rows, expected):
    assert krippendorff_alpha(np.array(rows)) == pytest.approx(expected, nan_ok=True)
