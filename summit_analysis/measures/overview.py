"""One line an article: what the other measures say of it, side by side."""

from __future__ import annotations

import pandas as pd

COLUMNS = ("article", "label", "words", "quoted_share", "nearest", "nearest_cosine", "claims_told", "claims")


def summarise(
    articles: pd.DataFrame, arrangement: pd.DataFrame, similarity: pd.DataFrame | None, coverage: pd.DataFrame | None
) -> pd.DataFrame:
    """Return one row per compared article, in the order of the figures.

    Columns: article; label; words; quoted_share (in [0, 1]); nearest (label of the article most alike) and its cosine
    in all words (in [0, 1]); claims_told (of) claims. What the story does not define is left empty.
    """
    table = arrangement[["article", "label"]].merge(articles[["article", "words", "quoted_share"]], on="article")
    label = arrangement.set_index("article")["label"]
    table["nearest"], table["nearest_cosine"] = "", float("nan")
    if similarity is not None:
        pairs = similarity[(similarity["voice"] == "all") & similarity["cosine"].notna()]
        turned = pairs.rename(columns={"article_a": "article_b", "article_b": "article_a"})
        both = pd.concat([pairs, turned]).sort_values(["cosine", "article_b"], ascending=[False, True])
        nearest = both.drop_duplicates("article_a").set_index("article_a")
        table["nearest"] = table["article"].map(nearest["article_b"]).map(label).fillna("")
        table["nearest_cosine"] = table["article"].map(nearest["cosine"])
    table["claims_told"] = table["claims"] = pd.array([pd.NA] * len(table), dtype="Int64")
    if coverage is not None:
        told = coverage.drop_duplicates("article").set_index("article")
        table["claims_told"] = table["article"].map(told["article_told"]).astype("Int64")
        table["claims"] = table["article"].map(told["claims"]).astype("Int64")
    return table[list(COLUMNS)]
