"""How many hand-made claims of a coded story the suggestions propose, that is, how far a draft codebook can be trusted."""

from __future__ import annotations

import pandas as pd

from summit_analysis.text.meaning import likeness, read

LEAST_ARTICLES = 2
SAID = 0.5  # of the claim's words stand in the statement, themselves or as news synonyms


def claims_proposed(suggestions: pd.DataFrame, coverage: pd.DataFrame, *, told_by: int = 3) -> pd.DataFrame:
    """Return one row per hand-made claim that at least `told_by` articles tell: whether a suggestion proposes it.

    Columns: claim, statement; weight (articles that tell it); suggestion (the one that fits best, 0 for none);
    suggested (its statement); articles (in which the suggestion's sentence holds the claim's evidence); said (the share
    of the claim's words that the suggested statement has, in [0, 1]); found (whether the articles are at least two);
    proposed (whether, besides, the statement says the claim: at least half of its words).
    """
    told = coverage[coverage["told"] & (coverage["weight"] >= told_by) & coverage["start"].notna()]
    rows = []
    for claim, evidence in told.groupby("claim", sort=False):
        met = suggestions.merge(evidence[["article", "start", "end"]], on="article", suffixes=("", "_coded"))
        met = met[(met["start"] < met["end_coded"]) & (met["start_coded"] < met["end"])]
        first = evidence.iloc[0]
        best = (False, False, 0.0, 0, 0, "")
        for number, rows_met in met.groupby("suggestion"):
            articles, text = rows_met["article"].nunique(), rows_met["statement"].iloc[0]
            said = share_said(first["statement"], text)
            found = articles >= LEAST_ARTICLES
            best = max(best, (found and said >= SAID, found, said, articles, -number, text))
        proposed, found, said, articles, number, text = best
        rows.append((claim, first["statement"], int(first["weight"]), -number, text, articles, said, found, proposed))
    return pd.DataFrame(
        rows, columns=["claim", "statement", "weight", "suggestion", "suggested", "articles", "said", "found", "proposed"]
    )  # fmt: skip


def share_said(claim: str, statement: str) -> float:
    """Return the share of the words of `claim` that `statement` has, themselves, in another form or as synonyms, in [0, 1]."""
    wanted, held = read(claim).words, read(statement).words
    found = [any(likeness(word, other) > 0 for other in held) for word in wanted]
    return sum(found) / len(found) if found else 0.0
