"""Which words set an article apart: weighted log-odds with an informative Dirichlet prior."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from summit_analysis.errors import NotDefinedError
from summit_analysis.statistics import Z, adjusted, weighted_log_odds
from summit_analysis.text.terms import STOP_WORDS, VOICES, in_voice

PRIOR_TOKENS = 500
SIGNIFICANT = 0.05
COLUMNS = (
    "article", "voice", "term", "count", "rate", "reference_count", "reference_rate",
    "log_odds", "low", "high", "z", "p", "p_adjusted", "tests", "stop_word",
)  # fmt: skip


def log_odds(tokens: pd.DataFrame, articles: list[str], *, prior_tokens: float = PRIOR_TOKENS) -> pd.DataFrame:
    """Return one row per article, voice and term that the article has or could be expected to have.

    The target is one article, the reference all other `articles` together, the target left out.

    Columns: article; voice; term; count, reference_count; rate, reference_rate (per 1,000 words); log_odds (larger =
    more typical of the target, 0 = alike); low, high (95 % interval of log_odds); z (log_odds in standard errors); p
    (two-sided); p_adjusted (Benjamini-Hochberg over all terms and articles of that voice); tests (how many p values
    were adjusted together); stop_word.

    With y the count of a term, n all tokens of a side and a = `prior_tokens` times the term's share in all articles:
    log_odds = ln[(y1 + a) / (n1 + a0 - y1 - a)] - ln[(y2 + a) / (n2 + a0 - y2 - a)]  (Monroe, Colaresi & Quinn 2008,
    "Fightin' Words", eqn 16), variance 1 / (y1 + a) + 1 / (y2 + a)  (eqn 20), z their quotient (eqn 22).

    All terms are tested and count for the adjustment; rows are left out only where the article lacks the term and
    would hold less than one at the reference's rate.

    Raises
    ------
    NotDefinedError
        There are fewer than two articles.
    """
    if len(articles) < 2:
        raise NotDefinedError("distinctive words need at least two articles: one is compared with all others")
    tables = [_log_odds_of_voice(in_voice(tokens, voice), sorted(articles), voice, prior_tokens) for voice in VOICES]
    return pd.concat(tables, ignore_index=True)


def _log_odds_of_voice(tokens: pd.DataFrame, articles: list[str], voice: str, prior_tokens: float) -> pd.DataFrame:
    tokens = tokens[tokens["article"].isin(articles)]
    counts = tokens.groupby(["article", "term"]).size().unstack(fill_value=0).reindex(articles, fill_value=0)
    y1 = counts.to_numpy(dtype=float)
    total = y1.sum(axis=0)
    n1 = y1.sum(axis=1, keepdims=True)
    y2, n2 = total - y1, total.sum() - n1
    both = (n1 > 0) & (n2 > 0)
    prior = prior_tokens * total / max(total.sum(), 1)
    delta, error = weighted_log_odds(y1, n1, y2, n2, prior, prior_tokens)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate1, rate2 = 1000 * y1 / n1, 1000 * y2 / n2
    article, term = np.broadcast_arrays(np.array(articles)[:, None], counts.columns.to_numpy(dtype=object))
    table = pd.DataFrame(
        {
            "article": article.ravel(),
            "voice": voice,
            "term": term.ravel(),
            "count": y1.ravel().astype(int),
            "rate": rate1.ravel(),
            "reference_count": y2.ravel().astype(int),
            "reference_rate": rate2.ravel(),
            "log_odds": delta.ravel(),
            "low": (delta - Z * error).ravel(),
            "high": (delta + Z * error).ravel(),
            "z": (delta / error).ravel(),
        }
    )
    # An article without words in this voice, or alone in it, has no reference: nothing was tested.
    table = table[np.broadcast_to(both, y1.shape).ravel() & np.isfinite(table["z"])]
    table["p"] = 2 * stats.norm.sf(table["z"].abs())
    table["p_adjusted"] = adjusted(table["p"])
    table["tests"] = len(table)
    table["stop_word"] = table["term"].isin(STOP_WORDS)
    words = tokens.groupby("article").size()
    expected = table["reference_rate"] / 1000 * table["article"].map(words).astype(float)
    table = table[(table["count"] > 0) | (expected >= 1)]
    return table.sort_values(["article", "z", "term"], ascending=[True, False, True], ignore_index=True)[list(COLUMNS)]


def strongest(keyness: pd.DataFrame, arrangement: pd.DataFrame, *, voice: str = "all", terms: int = 8) -> pd.DataFrame:
    """Return for each article the `terms` content words that lie furthest from "alike", as the figure draws them.

    Columns: those of `log_odds`, with label, place and shown (of the panel), row (0 = least typical of the article) and survives
    (p_adjusted below 0.05). Words are chosen by the size of z, ties by the alphabet; stop words are tested but not
    shown.
    """
    table = keyness[(keyness["voice"] == voice) & ~keyness["stop_word"]].copy()
    table["size"] = table["z"].abs().round(9)
    table = table.sort_values(["article", "size", "term"], ascending=[True, False, True]).groupby("article").head(terms)
    table = table.merge(arrangement[["article", "label", "place", "shown"]], on="article")
    table = table.sort_values(["place", "log_odds", "term"], ascending=[True, True, False], ignore_index=True)
    table["row"] = table.groupby("place").cumcount()
    table["survives"] = table["p_adjusted"] < SIGNIFICANT
    return table.drop(columns="size")
