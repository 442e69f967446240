"""Who told it alike: TF-IDF cosine of each pair of articles, with an interval over sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import TfidfTransformer

from summit_analysis.errors import NotDefinedError
from summit_analysis.statistics import Z
from summit_analysis.text.terms import STOP_WORDS, VOICES, in_voice

# More columns or panels than this are no picture: figures show the first, and their CSV has all.
MOST_SHOWN = 40
COLUMNS = ("article_a", "article_b", "voice", "cosine", "low", "high", "shared_terms")


def cosine(
    tokens: pd.DataFrame,
    articles: list[str],
    *,
    stop_words: frozenset[str] = STOP_WORDS,
    voices: tuple[str, ...] = VOICES,
) -> pd.DataFrame:
    """Return one row per pair of articles and voice, ordered by voice and article.

    Columns: article_a, article_b; voice (``all``, ``own``, ``quoted``); cosine (in [0, 1], larger = more alike, exactly
    1 for identical words, nan where an article has none in that voice); low, high (95 % interval; nan with fewer than
    two sentences on a side); shared_terms (types in both).

    Weights: English stop words left out, sublinear tf, smooth idf from these articles, l2 norm (Manning, Raghavan &
    Schütze 2008, ch. 6). With few articles on one event the idf gives the event's own words little weight.

    The interval is a delete-one jackknife over the sentences of both articles with the idf held fixed (Efron &
    Tibshirani 1993, ch. 11). Sentences drawn with replacement would repeat words and pull the cosine down, so that the
    interval could miss the estimate; this one always holds it. On simulated texts of 6, 12, 20 and 35 sentences it held
    the mean cosine of texts of that length in 93, 96, 97 and 97 % of cases, and where it missed it mostly lay too low
    (``benchmarks/results/similarity_coverage.md``; cosines there lie around 0.1 to 0.3). It says nothing of longer texts,
    whose cosine is higher because they share more words, and nothing of the outlets beyond these articles.

    Raises
    ------
    NotDefinedError
        There are fewer than two articles.
    """
    if len(articles) < 2:
        raise NotDefinedError("a comparison needs at least two articles")
    tokens = tokens[~tokens["term"].isin(stop_words)]
    tables = [_cosine_of_voice(in_voice(tokens, voice), sorted(articles), voice) for voice in voices]
    return pd.concat(tables, ignore_index=True)


def _cosine_of_voice(tokens: pd.DataFrame, articles: list[str], voice: str) -> pd.DataFrame:
    counts, units, unit_article = _count(tokens, articles)
    a, b = np.triu_indices(len(articles), 1)
    named = np.array(articles, dtype=object)
    table = pd.DataFrame({"article_a": named[a], "article_b": named[b], "voice": voice}).astype("str")
    if not counts.shape[1]:
        return table.assign(cosine=np.nan, low=np.nan, high=np.nan, shared_terms=0)[list(COLUMNS)]
    weigh = TfidfTransformer(sublinear_tf=True).fit(counts)
    weights = weigh.transform(counts)
    value = np.clip((weights @ weights.T).toarray()[a, b], 0, 1)
    value[np.abs(value - 1) < 1e-12] = 1.0
    present = counts.astype(bool).astype(int)
    shared = (present @ present.T).toarray()
    value[(shared.diagonal()[a] == 0) | (shared.diagonal()[b] == 0)] = np.nan
    left_out = counts[unit_article] - units
    left_out.eliminate_zeros()
    variance = _variance((weigh.transform(left_out) @ weights.T).toarray(), unit_article, len(articles))
    reach = Z * np.sqrt(variance[a, b] + variance[b, a])
    reach[np.isnan(value)] = np.nan
    low, high = np.maximum(value - reach, 0), np.minimum(value + reach, 1)
    return table.assign(cosine=value, low=low, high=high, shared_terms=shared[a, b])[list(COLUMNS)]


def _variance(left_out: np.ndarray, unit_article: np.ndarray, articles: int) -> np.ndarray:
    """Return the jackknife variance of each cosine (a, b) over the sentences of a, see `statistics.jackknife_variance`.

    `left_out` has a row per sentence: the cosines of its article without it, of which it is one, with each article.
    """
    variance = np.full((articles, articles), np.nan)
    for a in range(articles):
        rows = left_out[unit_article == a]
        if len(rows) > 1:
            variance[a] = (len(rows) - 1) * rows.var(axis=0)
    return variance


def _count(tokens: pd.DataFrame, articles: list[str]) -> tuple[sparse.csr_array, sparse.csr_array, np.ndarray]:
    """Return term counts by article, by sentence (those that have terms), and each sentence's row among articles."""
    terms, vocabulary = pd.factorize(tokens["term"], sort=True)
    article = pd.Index(articles).get_indexer(tokens["article"])
    inside = article >= 0
    article, terms = article[inside], terms[inside]
    sentence, sentences = pd.factorize(pd.MultiIndex.from_arrays([article, tokens["segment"].to_numpy()[inside]]))
    unit_article = np.array([a for a, _ in sentences], dtype=int)
    shape = (len(articles), len(vocabulary))
    ones = np.ones(len(terms))
    counts = sparse.coo_array((ones, (article, terms)), shape=shape).tocsr()
    units = sparse.coo_array((ones, (sentence, terms)), shape=(len(sentences), len(vocabulary))).tocsr()
    return counts, units, unit_article


def arrange(similarity: pd.DataFrame | None, articles: pd.DataFrame) -> pd.DataFrame:
    """Return one row per compared article in the order of all figures: article, outlet, label, place (0..n-1), shown.

    Average-linkage clustering of 1 - cosine with optimal leaf order (Bar-Joseph, Gifford & Jaakkola 2001), so that
    alike outlets stand side by side; of the two directions the one that begins with the smaller label. An undefined
    cosine counts as 0, and without a table of similarities articles stand by their id.
    """
    table = articles[["article", "outlet", "label"]].sort_values("article", ignore_index=True)
    n = len(table)
    if n > 2 and similarity is not None:
        distance = np.ones((n, n))
        np.fill_diagonal(distance, 0)
        row = {article: i for i, article in enumerate(table["article"])}
        for pair in similarity[similarity["voice"] == "all"].itertuples():
            a, b = row[pair.article_a], row[pair.article_b]
            # Rounded, so that a last digit that differs between processors cannot turn the tree.
            distance[a, b] = distance[b, a] = 1.0 if np.isnan(pair.cosine) else round(1 - pair.cosine, 9)
        tree = hierarchy.linkage(squareform(distance), "average", optimal_ordering=True)
        leaves = hierarchy.leaves_list(tree)
        if table["label"][leaves[-1]] < table["label"][leaves[0]]:
            leaves = leaves[::-1]
        table = table.iloc[leaves].reset_index(drop=True)
    table["place"] = np.arange(n)
    table["shown"] = table["place"] < MOST_SHOWN
    return table


def arrange_pairs(similarity: pd.DataFrame, arrangement: pd.DataFrame, *, voice: str = "all") -> pd.DataFrame:
    """Return the pairs of one voice as the figure draws them, the most alike first.

    Columns: those of `cosine`, with label_a, label_b, place_a < place_b (columns and rows of the matrix), rank (1 = most
    alike; undefined pairs last) and shown (whether the matrix has room for it).
    """
    table = similarity[similarity["voice"] == voice].copy()
    place = arrangement.set_index("article")["place"]
    label = arrangement.set_index("article")["label"]
    turned = table["article_a"].map(place) > table["article_b"].map(place)
    table.loc[turned, ["article_a", "article_b"]] = table.loc[turned, ["article_b", "article_a"]].to_numpy()
    for side in "ab":
        table[f"label_{side}"] = table[f"article_{side}"].map(label)
        table[f"place_{side}"] = table[f"article_{side}"].map(place)
    table = table.sort_values(["cosine", "article_a", "article_b"], ascending=[False, True, True], ignore_index=True)
    table["rank"] = np.arange(1, len(table) + 1)
    table["shown"] = table["place_b"] < MOST_SHOWN
    return table


def by_voice(similarity: pd.DataFrame, arrangement: pd.DataFrame) -> pd.DataFrame:
    """Return one row per pair of articles with its cosine in each voice, the most alike in all words first.

    Columns: article_a, article_b, label_a, label_b; all, own, quoted (cosines in [0, 1], nan where not defined).
    """
    label = arrangement.set_index("article")["label"]
    table = similarity.pivot(index=["article_a", "article_b"], columns="voice", values="cosine")
    table = table.rename_axis(columns=None).reset_index()
    for side in "ab":
        table[f"label_{side}"] = table[f"article_{side}"].map(label)
    table = table.sort_values(["all", "article_a", "article_b"], ascending=[False, True, True], ignore_index=True)
    return table[["article_a", "article_b", "label_a", "label_b", *VOICES]]
