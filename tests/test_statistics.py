import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from summit_analysis.statistics import (
    adjusted,
    coincidences,
    content_words,
    jackknife_variance,
    krippendorff_alpha,
    log_likelihood,
    log_ratio,
    poisson_interval,
    prior_shares,
    prior_size,
    rate_interval,
    weighted_log_odds,
    wilson,
)


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
    assert krippendorff_alpha(coincidences(ratings, ratings.max() + 1)) == pytest.approx(expected, abs=5e-4)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [([[0, 1, 1], [0, 1, 1]], 1.0), ([[0, 0], [0, 0]], float("nan")), ([[-1, -1], [0, 1]], float("nan"))],
    ids=["equal", "one code", "one coder"],
)
def test_krippendorff_alpha_at_its_edges(rows, expected):
    assert krippendorff_alpha(coincidences(np.array(rows), 2)) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("y1", "n1", "y2", "n2"), [(3, 40, 1, 60), (0, 40, 7, 60), (25, 100, 400, 2000), (7, 7, 1, 9)])
def test_log_odds_are_the_equations_of_monroe_and_others(y1, n1, y2, n2):
    prior, a0 = 500 * (y1 + y2) / (n1 + n2), 500
    # Their eqn 16 and 20 term by term, in plain Python.
    odds1 = (y1 + prior) / (n1 + a0 - (y1 + prior))
    odds2 = (y2 + prior) / (n2 + a0 - (y2 + prior))
    delta, error = weighted_log_odds(y1, n1, y2, n2, prior, a0)
    assert delta == pytest.approx(math.log(odds1) - math.log(odds2), abs=1e-12)
    assert error**2 == pytest.approx(1 / (y1 + prior) + 1 / (y2 + prior), abs=1e-12)


@pytest.mark.parametrize(
    ("y1", "n1", "y2", "n2"), [(3, 40, 1, 60), (0, 40, 7, 60), (25, 100, 400, 2000), (1, 1, 1, 900)]
)
def test_log_likelihood_is_g2_over_williams_correction(y1, n1, y2, n2):
    table = [[y1, y2], [n1 - y1, n2 - y2]]
    g2 = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    n, rows, columns = n1 + n2, (y1 + y2, n1 + n2 - y1 - y2), (n1, n2)
    # Sokal & Rohlf 1995, Biometry, p. 731: q = 1 + (n sum 1/row - 1)(n sum 1/column - 1) / 6n.
    q = 1 + (n * sum(1 / r for r in rows) - 1) * (n * sum(1 / c for c in columns) - 1) / (6 * n)
    assert log_likelihood(y1, n1, y2, n2) == pytest.approx(g2 / q, abs=1e-9)


def test_williams_correction_worked_by_hand():
    # Rows 4 and 6 of 10, columns 5 and 5: q = 1 + (10/4 + 10/6 - 1)(10/5 + 10/5 - 1) / 60 = 1 + (19/6)(3)/60 = 1.158333.
    # G2 = 2 (3 ln 3/2 + 1 ln 1/2 + 2 ln 2/3 + 4 ln 4/3) = 1.7260924347.
    assert log_likelihood(3, 5, 1, 5) == pytest.approx(1.7260924346906 / (1 + 19 * 3 / 360), abs=1e-9)


@pytest.mark.parametrize(
    ("y1", "n1", "y2", "n2", "expected"), [(2, 40, 3, 60, 0), (0, 40, 0, 60, 0), (5, 5, 7, 7, 0), (1, 4, 0, 0, np.nan)]
)
def test_log_likelihood_at_its_edges(y1, n1, y2, n2, expected):
    assert log_likelihood(y1, n1, y2, n2) == pytest.approx(expected, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize(
    ("y1", "n1", "y2", "n2", "expected"),
    [(4, 100, 2, 100, 1), (2, 100, 4, 100, -1), (3, 100, 6, 200, 0), (1, 100, 0, 100, 1), (0, 100, 4, 100, -3)],
)
def test_log_ratio_doubles_and_takes_none_as_a_half(y1, n1, y2, n2, expected):
    assert log_ratio(y1, n1, y2, n2) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # Garwood 1936, Biometrika 28, table: exact 95 % limits of a Poisson mean.
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (20, 12.217, 30.888)],
)
def test_poisson_intervals_are_garwood_s(count, low, high):
    assert poisson_interval(count) == pytest.approx((low, high), abs=6e-4)


def test_a_rate_s_interval_is_at_least_that_of_its_count():
    part, whole = np.array([1, 0, 1, 0]), np.array([10, 10, 10, 10])
    assert rate_interval(part, whole)[0] <= 0.2422 / 40 + 1e-4
    assert rate_interval(part, whole)[1] >= 7.2247 / 40 - 1e-4


def test_a_rate_s_interval_is_the_jackknife_s_where_occurrences_cluster():
    part, whole = np.array([20, 1, 1, 1]), np.array([40, 40, 40, 40])
    rates = [3 / 120, 22 / 120, 22 / 120, 22 / 120]  # each sentence left out
    mean = sum(rates) / 4
    error = math.sqrt(3 / 4 * sum((r - mean) ** 2 for r in rates))
    reach = 3.182446305284263 * error / (23 / 160)  # Student's t of 3 degrees of freedom
    assert rate_interval(part, whole) == pytest.approx(
        (23 / 160 * math.exp(-reach), 23 / 160 * math.exp(reach)), abs=1e-9
    )


def test_all_occurrences_in_one_sentence_are_one_event():
    one, six = np.eye(1, 30, dtype=int)[0] * 6, np.repeat([1, 0], [6, 24])
    whole = np.full(30, 10)
    # Garwood's interval of one sentence, 0.0253 to 5.5716, times six.
    assert rate_interval(one, whole) == pytest.approx((6 * 0.0253 / 300, 6 * 5.5716 / 300), rel=2e-3)
    assert rate_interval(six, whole)[1] < 14 / 300


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30)), min_size=1, max_size=12))
def test_a_rate_s_interval_always_holds_it(blocks):
    part, whole = (np.array(column) for column in zip(*blocks, strict=True))
    low, high = rate_interval(part, whole)
    if whole.sum():
        assert low <= part.sum() / whole.sum() <= high
    else:
        assert np.isnan([low, high]).all()


def test_the_prior_s_size_is_as_given_and_infinity_is_all_words():
    assert [prior_size(a0, 60) for a0 in (100, 500, np.inf)] == [100, 500, 60]


def test_the_prior_s_shares_are_those_of_corpus_and_background_together():
    terms, total = pd.Index(["fish", "war"]), np.array([3.0, 1.0])
    assert prior_shares(total, terms, None) == pytest.approx([0.75, 0.25])
    background = pd.Series({"war": 4, "tea": 2})
    assert prior_shares(total, terms, background) == pytest.approx([0.3, 0.5])


def test_content_words_of_a_voice_survive_below_the_threshold():
    rows = [
        ("all", "you", True, 0.01),
        ("all", "fish", False, 0.049),
        ("all", "war", False, 0.05),
        ("own", "tea", False, 0.01),
    ]
    found = content_words(pd.DataFrame(rows, columns=["voice", "term", "stop_word", "p_adjusted"]))
    assert dict(zip(found["term"], found["survives"], strict=True)) == {"fish": True, "war": False}
