"""What chance alone does to the most distinctive word: sentences shuffled among articles, and the power that is left."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse, stats

from summit_analysis.errors import NotDefinedError
from summit_analysis.statistics import PRIOR_TOKENS, prior_shares, prior_size, weighted_log_odds
from summit_analysis.text.terms import VOICES, count_terms, in_voice, number_units

SHUFFLES = 999
FEWER_SHUFFLES, MANY_CELLS = 199, 500_000  # a story of hundreds of articles: 0.005 is as fine as p_max gets
FEWEST_SHUFFLES, MANY_WORDS = 99, 1_000_000  # texts longer than any article
TOGETHER = 50_000  # counts, or cells of articles by terms, of shufflings that are scored at once
SEED = 20250815
FAMILY_WISE = 0.05
RATES = (1, 2, 5, 10, 20)
WANTED = 0.8


def largest_by_chance(
    tokens: pd.DataFrame,
    articles: list[str],
    *,
    prior_tokens: float = PRIOR_TOKENS,
    background: pd.Series | None = None,
    shuffles: int | None = None,
    voices: tuple[str, ...] = VOICES,
) -> pd.DataFrame:
    """Return one row per voice and shuffling: the largest |z| of any term in any article that chance alone gives.

    Columns: voice; shuffle (1..n); largest (|z| of `keyness.log_odds` at its largest over all terms and articles).

    What is shuffled are whole sentences, over all articles, each article keeping its length to within a sentence. The null is
    that any sentence of the story could as well have stood in any of its articles. Words come in sentences, so
    shuffling words would let a word that one sentence repeats look distinctive; shuffling sentences within an article
    would change no count; and shuffling whole articles could, with five of them, never give p below 1/5. The 95 %
    quantile of `largest` bounds the chance of one or more false words among all tests (max-T, Westfall & Young 1993).
    `prior_tokens` and `background` as in `keyness.log_odds`, whose p_max holds for the same prior only.

    There are 999 shufflings, 199 of a story of hundreds of articles, and 99 where texts are longer than any article.

    Raises
    ------
    NotDefinedError
        There are fewer than two articles.
    """
    if len(articles) < 2:
        raise NotDefinedError("distinctive words need at least two articles: one is compared with all others")
    tables = []
    for voice in voices:
        spoken = in_voice(tokens[tokens["article"].isin(articles)], voice)
        largest = _largest(spoken, sorted(articles), prior_tokens, background, shuffles)
        tables.append(pd.DataFrame({"voice": voice, "shuffle": np.arange(1, len(largest) + 1), "largest": largest}))
    return pd.concat(tables, ignore_index=True)


def _largest(
    tokens: pd.DataFrame, articles: list[str], prior_tokens: float, background: pd.Series | None, shuffles: int | None
) -> np.ndarray:
    tokens = tokens.sort_values(["article", "segment"], kind="stable")
    place, places = number_units(tokens, "segment")
    sentences, terms = count_terms(tokens, place, pd.RangeIndex(len(places)))
    lengths = tokens.groupby("article").size().reindex(articles, fill_value=0).to_numpy()
    if (lengths > 0).sum() < 2:
        return np.array([])
    lengths = lengths[lengths > 0]
    if shuffles is None:
        shuffles = SHUFFLES if len(lengths) * sentences.shape[1] <= MANY_CELLS else FEWER_SHUFFLES
        shuffles = FEWEST_SHUFFLES if sentences.nnz > MANY_WORDS else shuffles
    total = np.asarray(sentences.sum(axis=0)).ravel().astype(float)
    a0 = prior_size(prior_tokens, total.sum())
    prior = a0 * prior_shares(total, terms, background)
    size = np.asarray(sentences.sum(axis=1)).ravel()
    order = np.argsort(-total, kind="stable")
    sentences, total, prior = sentences[:, order], total[order], prior[order]
    edges = np.cumsum(lengths)[:-1]
    chance = np.random.default_rng(SEED)
    at_once = max(1, TOGETHER // max(sentences.nnz, len(lengths) * sentences.shape[1]))
    largest = []
    for first in range(0, shuffles, at_once):
        count = min(at_once, shuffles - first)
        article = np.empty((count, len(size)), dtype=np.int64)
        for n in range(count):
            drawn = chance.permutation(len(size))
            middle = np.cumsum(size[drawn]) - size[drawn] / 2
            article[n, drawn] = np.searchsorted(edges, middle, side="right")
        held = _by_article(sentences, article, len(lengths))
        lacked = _lacked(held) if background is None else np.nonzero(held.toarray() == 0)
        largest.append(_largest_z(held, lacked, total, prior, a0, count))
    return np.concatenate(largest)


def _by_article(sentences: sparse.csr_array, article: np.ndarray, articles: int) -> sparse.csr_array:
    """Return the counts of each term in each article of each shuffling, where sentence i stands in ``article[n, i]``."""
    shuffles, count = article.shape
    row = (article + articles * np.arange(shuffles)[:, None]).ravel()
    ends = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=shuffles * articles))])
    sentence = np.argsort(row, kind="stable") % count
    ones = np.ones(len(row), dtype=sentences.dtype)
    return sparse.csr_array((ones, sentence, ends), shape=(shuffles * articles, count)) @ sentences


def _lacked(held: sparse.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Return (articles, terms): the first term, the most frequent in all, that each article lacks.

    Where the prior's shares are those of the corpus, |z| of a term that the article lacks grows with the term's total, so
    this one stands for all of them.
    """
    has = np.zeros(held.shape, dtype=bool)
    has[np.repeat(np.arange(held.shape[0]), np.diff(held.indptr)), held.indices] = True
    some = np.flatnonzero(~has.all(axis=1))
    return some, has[some].argmin(axis=1)


def _largest_z(
    held: sparse.csr_array,
    lacked: tuple[np.ndarray, np.ndarray],
    total: np.ndarray,
    prior: np.ndarray,
    a0: float,
    shuffles: int,
) -> np.ndarray:
    """Return of each shuffling the largest |z| of the terms that its articles have and of those in `lacked`."""
    n1 = np.asarray(held.sum(axis=1)).ravel()
    article = np.concatenate([np.repeat(np.arange(held.shape[0]), np.diff(held.indptr)), lacked[0]])
    term = np.concatenate([held.indices, lacked[1]])
    y1 = np.concatenate([held.data, np.zeros(len(lacked[0]))])
    n1, everything = n1[article], total.sum()
    delta, error = weighted_log_odds(y1, n1, total[term] - y1, everything - n1, prior[term], a0)
    z = np.abs(delta / error)
    usable = (n1 > 0) & (n1 < everything) & np.isfinite(z)
    largest = np.zeros(shuffles)
    np.maximum.at(largest, article[usable] // (held.shape[0] // shuffles), z[usable])
    return largest


def power(
    tokens: pd.DataFrame,
    null: pd.DataFrame,
    articles: list[str],
    *,
    prior_tokens: float = PRIOR_TOKENS,
    background: pd.Series | None = None,
) -> pd.DataFrame:
    """Return one row per rate: how often a word that one article uses twice as often would be seen in texts like these.

    Columns: rate (per 1,000 words in all other articles); words (of the target: the median article), reference_words;
    expected, reference_expected (occurrences); critical (the |z| that shuffled sentences exceed in 5 % of cases); power (chance to
    exceed it, in [0, 1]); times_longer (by what factor all texts would have to grow for a power of 0.8; nan beyond
    10,000). The prior grows with the texts; `critical` is held, though longer texts bring more words to test. In the
    `background` (occurrences by term) the word is taken to be as frequent as in all other articles.

    Counts are taken as independent Poisson counts, which flatters: words cluster, so real power is lower.

    Raises
    ------
    NotDefinedError
        There are fewer than two articles.
    """
    lengths = tokens[tokens["article"].isin(articles)].groupby("article").size().reindex(articles, fill_value=0)
    largest = null.loc[null["voice"] == "all", "largest"]
    if len(articles) < 2 or largest.empty or not lengths.median():
        raise NotDefinedError("power needs at least two articles with words")
    critical = float(np.quantile(largest, 1 - FAMILY_WISE))
    beyond = 0.0 if background is None else float(background.sum())
    n1 = float(lengths.median())
    n2 = float(lengths.sum()) - n1
    rows = []
    for rate in RATES:
        seen = _power(rate, n1, n2, critical, prior_tokens, beyond)
        longer = _times_longer(rate, n1, n2, critical, prior_tokens, beyond)
        rows.append((rate, int(n1), int(n2), 2 * rate * n1 / 1000, rate * n2 / 1000, critical, seen, longer))
    columns = [
        "rate", "words", "reference_words", "expected", "reference_expected", "critical", "power", "times_longer",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _power(rate: float, n1: float, n2: float, critical: float, prior_tokens: float, beyond: float) -> float:
    means = 2 * rate * n1 / 1000, rate * n2 / 1000
    y1, y2 = (np.arange(stats.poisson.ppf(1e-9, mean), stats.poisson.ppf(1 - 1e-9, mean) + 1) for mean in means)
    share = (y1[:, None] + y2 + rate * beyond / 1000) / (n1 + n2 + beyond)
    delta, error = weighted_log_odds(y1[:, None], n1, y2, n2, prior_tokens * share, prior_tokens)
    chance = stats.poisson.pmf(y1, means[0])[:, None] * stats.poisson.pmf(y2, means[1])
    return float(chance[np.nan_to_num(delta / error) >= critical].sum())


def _times_longer(rate: float, n1: float, n2: float, critical: float, prior_tokens: float, beyond: float) -> float:
    """Return by bisection on a logarithmic scale the factor that gives the wanted power, to 1 %."""

    def enough(factor: float) -> bool:
        # The normal approximation is close where counts are large, and spares a table of millions of cells.
        m1, m2 = n1 * factor, n2 * factor
        y1, y2 = 2 * rate * m1 / 1000, rate * m2 / 1000
        if y1 * y2 < 1e6:
            return _power(rate, m1, m2, critical, prior_tokens * factor, beyond) >= WANTED
        a0 = prior_tokens * factor
        share = (y1 + y2 + rate * beyond / 1000) / (m1 + m2 + beyond)
        delta, error = weighted_log_odds(y1, m1, y2, m2, a0 * share, a0)
        return bool(stats.norm.sf(critical - delta / error) >= WANTED)

    low, high = 1.0, 1e4
    if enough(low):
        return 1.0
    if not enough(high):
        return float("nan")
    while high / low > 1.01:
        middle = float(np.sqrt(low * high))
        low, high = (low, middle) if enough(middle) else (middle, high)
    return float(round(high, 1))
