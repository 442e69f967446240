"""Which words set an article apart: weighted log-odds with an informative Dirichlet prior."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse, stats

from summit_analysis.errors import NotDefinedError
from summit_analysis.statistics import (
    PRIOR_TOKENS,
    Z,
    adjusted,
    content_words,
    log_likelihood,
    log_ratio,
    prior_shares,
    prior_size,
    weighted_log_odds,
)
from summit_analysis.text.terms import STOP_WORDS, VOICES, count_terms, in_voice, number_units

PRIORS = (100, PRIOR_TOKENS, np.inf)  # a0 in which findings must hold; inf stands for N, all tokens of that voice
COLUMNS = (
    "article", "voice", "term", "count", "rate", "reference_count", "reference_rate", "log_odds", "low", "high", "z",
    "p", "p_adjusted", "p_max", "g2", "log_ratio", "dispersion", "tests", "stop_word",
)  # fmt: skip


def log_odds(
    tokens: pd.DataFrame,
    articles: list[str],
    *,
    prior_tokens: float = PRIOR_TOKENS,
    background: pd.Series | None = None,
    null: pd.DataFrame | None = None,
    voices: tuple[str, ...] = VOICES,
) -> pd.DataFrame:
    """Return one row per article, voice and term that the article has or could be expected to have.

    The target is one article, the reference all other `articles` together, the target left out. For two-word terms
    give `terms.find_pairs(tokens)`; for outlets with several articles see `by_outlet`.

    Columns: article; voice; term; count, reference_count; rate, reference_rate (per 1,000 words); log_odds (larger =
    more typical of the target, 0 = alike); low, high (95 % interval of log_odds); z (log_odds in standard errors); p
    (two-sided); p_adjusted (Benjamini-Hochberg over all terms and articles of that voice); p_max (how often shuffled
    sentences give a largest |z| of that voice as large as this one, in (0, 1]; nan without `null`, which must be made
    with the same prior); g2 (log-likelihood
    with Williams' correction, >= 0); log_ratio (log2 of the ratio of rates, 1 = twice as frequent here); dispersion
    (Gries' DP over the article's paragraphs, in [0, 1], 0 = spread evenly, larger = in few of them; nan where it does not
    occur); tests (how many p values were adjusted together); stop_word.

    With y the count of a term, n all tokens of a side and a = `prior_tokens` times the term's share in all articles:
    log_odds = ln[(y1 + a) / (n1 + a0 - y1 - a)] - ln[(y2 + a) / (n2 + a0 - y2 - a)]  (Monroe, Colaresi & Quinn 2008,
    Political Analysis 16:372-403, eqn 16), z by their eqns 20 to 22. `prior_tokens` of infinity stands for N, all
    tokens of that voice. `background` (occurrences by term) is added to the corpus when the shares are taken, so that no
    term has a share of zero; it must count the same kind of terms. `null` is `keyness_null.largest_by_chance`.
    All terms are tested and count for the adjustment; rows are left out only where the article lacks the term and
    would hold less than one at the reference's rate.

    Raises
    ------
    NotDefinedError
        There are fewer than two articles.
    """
    if len(articles) < 2:
        raise NotDefinedError("distinctive words need at least two articles: one is compared with all others")
    options = {"prior_tokens": prior_tokens, "background": background, "null": null}
    tables = [_log_odds_of_voice(in_voice(tokens, voice), sorted(articles), voice, **options) for voice in voices]
    return pd.concat(tables, ignore_index=True)


def by_outlet(
    tokens: pd.DataFrame,
    compared: pd.DataFrame,
    *,
    prior_tokens: float = PRIOR_TOKENS,
    background: pd.Series | None = None,
) -> pd.DataFrame:
    """Return one row per outlet, voice and term: all articles of an outlet together against those of all others.

    Columns: outlet, then those of ``keyness``. `compared` has one row per article, with its outlet. A story has this
    table where an outlet has several articles.

    Raises
    ------
    NotDefinedError
        Each outlet has one article.
    """
    outlet = compared.set_index("article")["outlet"]
    if outlet.is_unique:
        raise NotDefinedError("outlets are not compared apart from articles: each has one article")
    kept = tokens[tokens["article"].isin(outlet.index)]
    # Paragraphs and sentences of two articles must not meet in one number.
    most = int(tokens["segment"].to_numpy().max(initial=0)) + 1
    number = kept["article"].map({article: n for n, article in enumerate(outlet.index)}) * most
    moved = kept.assign(
        article=kept["article"].map(outlet), segment=kept["segment"] + number, paragraph=kept["paragraph"] + number
    )
    table = log_odds(moved, sorted(outlet.unique()), prior_tokens=prior_tokens, background=background)
    return table.rename(columns={"article": "outlet"})


def _log_odds_of_voice(
    tokens: pd.DataFrame,
    articles: list[str],
    voice: str,
    *,
    prior_tokens: float,
    background: pd.Series | None,
    null: pd.DataFrame | None,
) -> pd.DataFrame:
    tokens = tokens[tokens["article"].isin(articles)]
    counted, terms = count_terms(tokens, tokens["article"], articles)
    y1 = counted.toarray().astype(float)
    total = y1.sum(axis=0)
    n1 = y1.sum(axis=1, keepdims=True)
    y2, n2 = total - y1, total.sum() - n1
    a0 = prior_size(prior_tokens, total.sum())
    delta, error = weighted_log_odds(y1, n1, y2, n2, a0 * prior_shares(total, terms, background), a0)
    z = delta / error
    # An article without words in this voice, or alone in it, has no reference: nothing was tested.
    tested = (n1 > 0) & (n2 > 0) & np.isfinite(z)
    p = np.full(y1.shape, np.nan)
    p[tested] = 2 * stats.norm.sf(np.abs(z[tested]))
    p_adjusted = np.full(y1.shape, np.nan)
    p_adjusted[tested] = adjusted(pd.Series(p[tested]))
    with np.errstate(divide="ignore", invalid="ignore"):
        rate1, rate2 = 1000 * y1 / n1, 1000 * y2 / n2
        row, column = np.nonzero(tested & ((y1 > 0) | (rate2 * n1 >= 1000)))
    kept = (row, column)
    sides = (y1[kept], n1[row, 0], y2[kept], n2[row, 0])
    table = pd.DataFrame(
        {
            "article": pd.array(np.array(articles, dtype=object)[row], dtype="str"),
            "voice": pd.array([voice] * len(row), dtype="str"),
            "term": pd.array(terms.to_numpy(dtype=object)[column], dtype="str"),
            "count": sides[0].astype(int),
            "rate": rate1[kept],
            "reference_count": sides[2].astype(int),
            "reference_rate": rate2[kept],
            "log_odds": delta[kept],
            "low": (delta - Z * error)[kept],
            "high": (delta + Z * error)[kept],
            "z": z[kept],
            "p": p[kept],
            "p_adjusted": p_adjusted[kept],
            "p_max": _p_max(z[kept], voice, null),
            "g2": log_likelihood(*sides),
            "log_ratio": log_ratio(*sides),
            "dispersion": _dispersion(tokens, articles, y1, n1)[kept],
            "tests": int(tested.sum()),
        }
    )
    table["stop_word"] = table["term"].isin(STOP_WORDS)
    return table.sort_values(["article", "z", "term"], ascending=[True, False, True], ignore_index=True)[list(COLUMNS)]


def _dispersion(tokens: pd.DataFrame, articles: list[str], y: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Return Gries' DP (2008, Int. J. Corpus Linguistics 13:403-437) of each term over each article's paragraphs."""
    paragraphs, places = number_units(tokens, "paragraph")
    counted, _ = count_terms(tokens, paragraphs, pd.RangeIndex(len(places)))
    article = pd.Index(articles).get_indexer(places)
    sizes = np.asarray(counted.sum(axis=1)).ravel() / n.ravel()[article]
    # DP = sum |v - s| / 2: paragraphs without the term give the sum of their sizes s, the others |v - s|.
    held = counted.tocoo()
    size = sizes[held.row]
    share = held.data / y[article[held.row], held.col]
    differences = sparse.coo_array((np.abs(share - size) - size, (article[held.row], held.col)), shape=y.shape)
    return np.where(y > 0, (1 + differences.toarray()) / 2, np.nan)


def _p_max(z: np.ndarray, voice: str, null: pd.DataFrame | None) -> np.ndarray:
    if null is None:
        return np.full(len(z), np.nan)
    largest = np.sort(null.loc[null["voice"] == voice, "largest"].to_numpy())
    # The texts as they are count as one of the shufflings (Phipson & Smyth 2010).
    at_least = len(largest) - np.searchsorted(largest, np.abs(z) - 1e-12, side="left")
    return (1 + at_least) / (1 + len(largest))


def by_prior(
    tokens: pd.DataFrame, articles: list[str], strongest: pd.DataFrame, *, background: pd.Series | None = None
) -> pd.DataFrame:
    """Return one row per term of `strongest` and prior: how far the finding hangs on a0.

    Columns: article, label, term; prior_tokens (a0; the last is N, all tokens); log_odds, z, p_adjusted (as in
    `log_odds`); held (p_adjusted below 0.05); rank (by |z| among the content words of the article, 1 = first).
    """
    tables = []
    everything = int(tokens["article"].isin(articles).sum())
    for a0 in PRIORS:
        table = content_words(log_odds(tokens, articles, prior_tokens=a0, background=background, voices=("all",)))
        size = table["z"].abs().round(9)
        table = table.assign(
            rank=size.groupby(table["article"]).rank(method="min", ascending=False).astype(int),
            prior_tokens=int(prior_size(a0, everything)),
            held=table["survives"],
        )
        tables.append(strongest[["article", "label", "term"]].merge(table, on=["article", "term"], how="left"))
    columns = ["article", "label", "term", "prior_tokens", "log_odds", "z", "p_adjusted", "held", "rank"]
    return pd.concat(tables, ignore_index=True)[columns]


def strongest(keyness: pd.DataFrame, arrangement: pd.DataFrame, *, voice: str = "all", terms: int = 8) -> pd.DataFrame:
    """Return for each article the `terms` content words that lie furthest from "alike", as the figure draws them.

    Columns: those of `log_odds`, with label, place, shown and compared (of the panel), row (0 = least typical of the article), survives
    (p_adjusted below 0.05) and set_apart (how many content words of the article survive, drawn or not). Words are chosen by the size of z, ties by the alphabet; stop words are tested but not
    shown.
    """
    table = content_words(keyness, voice=voice)
    table["set_apart"] = table.groupby("article")["survives"].transform("sum")
    table["size"] = table["z"].abs().round(9)
    table = table.sort_values(["article", "size", "term"], ascending=[True, False, True]).groupby("article").head(terms)
    table = table.merge(arrangement[["article", "label", "place", "shown", "compared"]], on="article")
    table = table.sort_values(["place", "log_odds", "term"], ascending=[True, True, False], ignore_index=True)
    table["row"] = table.groupby("place").cumcount()
    return table.drop(columns="size")
