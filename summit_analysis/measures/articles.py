"""What was read: the size of each article and the share of it that is quoted."""

from __future__ import annotations

import pandas as pd

from summit_analysis.corpus import Corpus

COLUMNS = ("article", "outlet", "role", "published", "words", "sentences", "quoted_words", "quoted_share", "label")


def describe(corpus: Corpus, segments: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Return one row per article, ordered by id.

    Columns: article; outlet; role (``article`` or ``wire``); published (ISO 8601 or empty); words (tokens of the
    default pattern, stop words included, boilerplate left out); sentences; quoted_words (words inside quotations of
    kind ``speech``); quoted_share (quoted_words / words, in [0, 1]); label (what figures print: the outlet, with the
    article's id where the outlet has several).
    """
    table = corpus.articles[["article", "outlet", "role", "published"]].copy()
    words = tokens.groupby("article").size()
    quoted = tokens[tokens["voice"] == "quoted"].groupby("article").size()
    sentences = segments[segments["kind"] == "sentence"].groupby("article").size()
    for column, counts in (("words", words), ("sentences", sentences), ("quoted_words", quoted)):
        table[column] = table["article"].map(counts).fillna(0).astype(int)
    table["quoted_share"] = table["quoted_words"] / table["words"].where(table["words"] > 0)
    alone = ~table["outlet"].duplicated(keep=False)
    table["label"] = table["outlet"].where(alone, table["outlet"] + " · " + table["article"])
    return table[list(COLUMNS)]


def compared(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the articles that outlets are compared by: all but agency originals (role ``wire``)."""
    return articles[articles["role"] != "wire"]
