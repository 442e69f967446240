"""How many hand-made claims of a coded story the suggestions propose: how far a draft codebook can be trusted."""

from __future__ import annotations

import pandas as pd

from summit_analysis.text.meaning import Word, likeness, read
from summit_analysis.text.verbs import SPOKEN, VERBS

COLUMNS = (
    "claim", "statement", "weight", "suggestion", "suggested", "articles", "said", "telling", "found", "proposed",
)  # fmt: skip
LEAST_ARTICLES = 2
LEAST_SAID, LEAST_TELLING = 1 / 2, 1 / 3


def claims_proposed(suggestions: pd.DataFrame, coverage: pd.DataFrame, *, told_by: int = 3) -> pd.DataFrame:
    """Return one row per hand-made claim that at least `told_by` articles tell: whether a suggestion proposes it.

    Columns: claim, statement; weight (articles that tell it); suggestion (the one that fits best, 0 for none);
    suggested (its statement); articles (in which the suggestion's sentence holds the claim's evidence); said, telling (the
    shares of the claim's words that the suggested statement has, see `shares_said`, in [0, 1]); found (whether the
    articles are at least two); proposed (whether, besides, the statement says the claim: at least half of its words, and
    a third of the telling ones).

    What `suggestions` were made from should know nothing of the claims: a story without its codebook.
    """
    told = coverage[coverage["told"] & (coverage["weight"] >= told_by) & coverage["start"].notna()]
    rows = []
    for claim, evidence in told.groupby("claim", sort=False):
        met = suggestions.merge(evidence[["article", "start", "end"]], on="article", suffixes=("", "_coded"))
        met = met[(met["start"] < met["end_coded"]) & (met["start_coded"] < met["end"])]
        first = evidence.iloc[0]
        best = (False, False, 0.0, 0.0, 0, 0, "")
        for number, found_in in met.groupby("suggestion"):
            articles, text = found_in["article"].nunique(), found_in["statement"].iloc[0]
            found, (said, telling) = articles >= LEAST_ARTICLES, shares_said(first["statement"], text)
            says = said >= LEAST_SAID and telling >= LEAST_TELLING
            best = max(best, (found and says, found, said, telling, articles, -number, text))
        proposed, found, said, telling, articles, number, text = best
        rows.append(
            (claim, first["statement"], int(first["weight"]), -number, text, articles, said, telling, found, proposed)
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def shares_said(claim: str, statement: str) -> tuple[float, float]:
    """Return the shares of the words of `claim` that `statement` has, in any form or as news synonyms, each in [0, 1].

    First of all its words that carry meaning, then of the telling ones, which are neither names nor verbs of saying: who
    speaks is not what is said.
    """
    words, held = read(claim).words, read(statement).words
    telling = [word for word in words if not _names_or_says(word)] or words
    return _share(words, held), _share(telling, held)


def _names_or_says(word: Word) -> bool:
    return word.name or word.start == 0 or VERBS.get(word.term, ("",))[0] in SPOKEN


def _share(words: list[Word] | tuple[Word, ...], held: tuple[Word, ...]) -> float:
    found = [any(likeness(word, other) > 0 for other in held) for word in words]
    return sum(found) / len(found) if found else 0.0
