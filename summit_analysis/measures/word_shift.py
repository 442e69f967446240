"""Which words make an article's own voice differ from the others': shares of a divergence, word by word."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from summit_analysis.errors import NotDefinedError
from summit_analysis.text.terms import STOP_WORDS, count_terms, in_voice

COLUMNS = (
    "article", "term", "count", "reference_count", "rate", "reference_rate", "contribution", "signed", "divergence",
)  # fmt: skip


def word_shift(tokens: pd.DataFrame, articles: list[str], *, voice: str = "own") -> pd.DataFrame:
    """Return one row per article and content word that it or the others use, the largest contribution first.

    Columns: article; term; count, reference_count (here and in all other articles together); rate, reference_rate (per
    1,000 content words); contribution (the term's share of the divergence, in [0, 1]; they add up to 1 for an article);
    signed (the same, negative where the others use the word more); divergence (of the article from the others, in bits, in
    [0, 1], 0 = the same words in the same proportions).

    Jensen-Shannon divergence, both sides weighing the same; the contribution of a word is
    (p log p + q log q) / 2 - m log m with m = (p + q) / 2 (Gallagher et al. 2021, EPJ Data Science 10:4).
    It describes these texts and tests nothing: in short ones much of it comes from words that occur once.

    Raises
    ------
    NotDefinedError
        There are fewer than two articles with words in that voice.
    """
    spoken = in_voice(tokens[~tokens["term"].isin(STOP_WORDS) & tokens["article"].isin(articles)], voice)
    counts, terms = count_terms(spoken, spoken["article"], sorted(articles))
    y = counts.toarray().astype(float)
    n = y.sum(axis=1, keepdims=True)
    if (n > 0).sum() < 2:
        raise NotDefinedError("a word shift needs at least two articles with words in that voice")
    rest, rest_n = y.sum(axis=0) - y, n.sum() - n
    with np.errstate(divide="ignore", invalid="ignore"):
        p, q = y / n, rest / rest_n
    middle = (p + q) / 2
    parts = (special.entr(middle) - (special.entr(p) + special.entr(q)) / 2) / np.log(2)
    divergence = parts.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(divergence > 1e-12, parts / divergence, 0.0)
    article, term = np.broadcast_arrays(np.array(sorted(articles), dtype=object)[:, None], terms.to_numpy(dtype=object))
    table = pd.DataFrame(
        {
            "article": article.ravel(),
            "term": term.ravel(),
            "count": y.ravel().astype(int),
            "reference_count": rest.ravel().astype(int),
            "rate": 1000 * p.ravel(),
            "reference_rate": 1000 * q.ravel(),
            "contribution": share.ravel(),
            "signed": np.where(p >= q, share, -share).ravel(),
            "divergence": np.broadcast_to(divergence, y.shape).ravel(),
        }
    )
    table = table[np.broadcast_to((n > 0) & (rest_n > 0), y.shape).ravel()]
    table["size"] = table["contribution"].round(12)
    table = table.sort_values(["article", "size", "term"], ascending=[True, False, True], ignore_index=True)
    return table[list(COLUMNS)]


def largest(shift: pd.DataFrame, arrangement: pd.DataFrame, *, terms: int = 12) -> pd.DataFrame:
    """Return for each article the `terms` words that contribute most, as the figure draws them.

    Columns: those of `word_shift`, with label, place, shown, compared, row (0 = top) and covered (share of the divergence that the shown
    words make up, in [0, 1]).
    """
    table = (
        shift.groupby("article")
        .head(terms)
        .merge(arrangement[["article", "label", "place", "shown", "compared"]], on="article")
    )
    table["covered"] = table.groupby("article")["contribution"].transform("sum")
    table = table.sort_values(["place", "contribution", "term"], ascending=[True, False, True], ignore_index=True)
    table["row"] = table.groupby("place").cumcount()
    return table
