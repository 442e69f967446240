"""Who told it alike: TF-IDF cosine of each pair of articles, with an interval over sentences."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import TfidfTransformer

from summit_analysis.background import Background
from summit_analysis.errors import NotDefinedError
from summit_analysis.statistics import Z
from summit_analysis.text.terms import STOP_WORDS, VOICES, in_voice

# More columns or panels than this are no picture: figures show the first, and their CSV has all.
MOST_SHOWN = 40
COLUMNS = ("article_a", "article_b", "voice", "cosine", "low", "high", "shared_terms", "cosine_background")


CARRYING = (
    "article_a", "article_b", "label_a", "label_b", "term", "contribution", "share", "count_a", "count_b", "rank",
    "cosine",
)  # fmt: skip
INFLUENCE = (
    "article_a", "article_b", "label_a", "label_b", "cosine", "article", "segment", "without", "change", "rank",
    "start", "end", "text",
)  # fmt: skip


def cosine(
    tokens: pd.DataFrame,
    articles: list[str],
    *,
    stop_words: frozenset[str] = STOP_WORDS,
    background: Background | None = None,
    voices: tuple[str, ...] = VOICES,
) -> pd.DataFrame:
    """Return one row per pair of articles and voice, ordered by voice and article.

    Columns: article_a, article_b; voice (``all``, ``own``, ``quoted``); cosine (in [0, 1], larger = more alike, exactly
    1 for identical words, nan where an article has none in that voice); low, high (95 % interval; nan with fewer than
    two sentences on a side); shared_terms (types in both); cosine_background (the same with the idf of `background`, in [0, 1]; nan
    without one).

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
    tables = [_cosine_of_voice(in_voice(tokens, voice), sorted(articles), voice, background) for voice in voices]
    return pd.concat(tables, ignore_index=True)


def _cosine_of_voice(
    tokens: pd.DataFrame, articles: list[str], voice: str, background: Background | None
) -> pd.DataFrame:
    counts, units, unit_article, terms = _count(tokens, articles)
    a, b = np.triu_indices(len(articles), 1)
    named = np.array(articles, dtype=object)
    table = pd.DataFrame({"article_a": named[a], "article_b": named[b], "voice": voice}).astype("str")
    if not counts.shape[1]:
        return table.assign(cosine=np.nan, low=np.nan, high=np.nan, shared_terms=0, cosine_background=np.nan)[
            list(COLUMNS)
        ]
    weigh = TfidfTransformer(sublinear_tf=True).fit(counts)
    weights = weigh.transform(counts)
    present = counts.astype(bool).astype(int)
    shared = (present @ present.T).toarray()
    empty = (shared.diagonal()[a] == 0) | (shared.diagonal()[b] == 0)
    value = _in_range((weights @ weights.T).toarray()[a, b], empty)
    beside = np.full(len(a), np.nan)
    if background is not None:
        known = _weigh_by(background, counts, terms).transform(counts)
        beside = _in_range((known @ known.T).toarray()[a, b], empty)
    variance = _variance(_without_each(counts, units, unit_article, weigh.idf_), unit_article, len(articles))
    reach = Z * np.sqrt(variance[a, b] + variance[b, a])
    reach[np.isnan(value)] = np.nan
    low, high = np.maximum(value - reach, 0), np.minimum(value + reach, 1)
    measured = {"cosine": value, "low": low, "high": high, "shared_terms": shared[a, b], "cosine_background": beside}
    return table.assign(**measured)[list(COLUMNS)]


def _without_each(
    counts: sparse.csr_array, units: sparse.csr_array, unit_article: np.ndarray, idf: np.ndarray
) -> np.ndarray:
    """Return (sentences, articles): the cosine of each sentence's article without it, and each article as it is.

    Only the weights of the sentence's own words change, so that the work grows with the words and not with sentences times
    vocabulary, as it would if each article without each sentence were weighed anew.
    """
    weights = _sublinear(counts, idf)
    squared = np.asarray(weights.multiply(weights).sum(axis=1)).ravel()
    norm = np.sqrt(squared)
    unit = np.repeat(np.arange(units.shape[0]), np.diff(units.indptr))
    # Where in `counts` each word of each sentence stands in its article's row: keys rise, since columns are sorted.
    columns = counts.shape[1]
    keys = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr)) * columns + counts.indices
    held = np.searchsorted(keys, unit_article[unit] * columns + units.indices)
    left = counts.data[held] - units.data
    before, after = weights.data[held], np.where(left > 0, (1 + np.log(np.maximum(left, 1))) * idf[units.indices], 0.0)
    change = sparse.csr_array((after - before, units.indices, units.indptr), shape=units.shape)
    product = (weights @ weights.T).toarray()[unit_article] + (change @ weights.T).toarray()
    size = squared[unit_article] + np.bincount(unit, after**2 - before**2, minlength=units.shape[0])
    gone = np.bincount(unit, left == 0, minlength=units.shape[0]) == np.diff(counts.indptr)[unit_article]
    size[gone] = np.inf  # nothing is left of the article: alike to none
    with np.errstate(divide="ignore", invalid="ignore"):
        cosines = product / (np.sqrt(size)[:, None] * norm)
    return np.where(norm > 0, cosines, 0.0)


def _sublinear(counts: sparse.csr_array, idf: np.ndarray) -> sparse.csr_array:
    """Return the weights (1 + ln count) idf of the article's words, not yet divided by their norm."""
    weights = counts.copy()
    weights.data = (1 + np.log(weights.data)) * idf[weights.indices]
    return weights


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


def _in_range(cosines: np.ndarray, empty: np.ndarray) -> np.ndarray:
    """Return `cosines` without the last digits that rounding adds, so that identical texts have exactly 1; nan if `empty`."""
    value = np.clip(cosines, 0, 1)
    value[np.abs(value - 1) < 1e-12] = 1.0
    value[empty] = np.nan
    return value


def _weigh_by(background: Background, counts: sparse.csr_array, terms: pd.Index) -> TfidfTransformer:
    """Return the weights with the smooth idf of a larger corpus, whose counts stand for document frequencies."""
    weigh = TfidfTransformer(sublinear_tf=True).fit(counts)
    frequency = np.array([min(background.counts.get(term, 0), background.documents) for term in terms])
    weigh.idf_ = np.log((1 + background.documents) / (1 + frequency)) + 1
    return weigh


def _count(
    tokens: pd.DataFrame, articles: list[str]
) -> tuple[sparse.csr_array, sparse.csr_array, np.ndarray, pd.Index]:
    """Return term counts by article, by sentence (those that have terms), each sentence's row, and the terms."""
    terms, vocabulary = pd.factorize(tokens["term"], sort=True)
    vocabulary = pd.Index(vocabulary, dtype=object)
    article = pd.Index(articles).get_indexer(tokens["article"])
    inside = article >= 0
    article, terms = article[inside], terms[inside]
    segment = tokens["segment"].to_numpy(dtype=np.int64)[inside]
    most = segment.max(initial=0) + 1
    sentence, sentences = pd.factorize(article * most + segment)
    unit_article = sentences // most
    shape = (len(articles), len(vocabulary))
    ones = np.ones(len(terms))
    counts = sparse.coo_array((ones, (article, terms)), shape=shape).tocsr()
    counts.sort_indices()
    units = sparse.coo_array((ones, (sentence, terms)), shape=(len(sentences), len(vocabulary))).tocsr()
    return counts, units, unit_article, vocabulary


def carrying_terms(
    tokens: pd.DataFrame, arrangement: pd.DataFrame, *, stop_words: frozenset[str] = STOP_WORDS, most: int = 8
) -> pd.DataFrame:
    """Return for each pair of articles the `most` terms that carry its cosine in all words, the weightiest first.

    Columns: article_a, article_b, label_a, label_b; term; contribution (the product of its two weights; those of all
    terms add up to the cosine); share (contribution / cosine, in [0, 1]); count_a, count_b; rank (1 = weightiest); cosine.
    """
    articles = list(arrangement["article"])
    counts, _, _, terms = _count(tokens[~tokens["term"].isin(stop_words)], articles)
    if not counts.shape[1]:
        return pd.DataFrame(columns=list(CARRYING))
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts).tocsr()
    label = list(arrangement["label"])
    rows = []
    for a, b in combinations(range(len(articles)), 2):
        products = np.asarray(weights[[a]].multiply(weights[[b]]).todense()).ravel()
        total = products.sum()
        order = np.lexsort((np.arange(len(products)), -products.round(12)))[:most]
        rows += [
            (articles[a], articles[b], label[a], label[b], terms[t], products[t], products[t] / total,
             int(counts[a, t]), int(counts[b, t]), rank, min(total, 1.0))
            for rank, t in enumerate(order, start=1)
            if products[t] > 0
        ]  # fmt: skip
    table = pd.DataFrame(rows, columns=list(CARRYING))
    table["size"] = table["cosine"].round(9)
    order = ["size", "article_a", "article_b", "rank"]
    return table.sort_values(order, ascending=[False, True, True, True], ignore_index=True)[list(CARRYING)]


def influence(
    tokens: pd.DataFrame,
    segments: pd.DataFrame,
    arrangement: pd.DataFrame,
    *,
    stop_words: frozenset[str] = STOP_WORDS,
    most: int = 3,
) -> pd.DataFrame:
    """Return for each pair of articles the `most` sentences that make it alike: without them the cosine falls furthest.

    Columns: article_a, article_b, label_a, label_b; cosine (in all words); article (which of the two the sentence stands
    in), segment, start, end, text; without (the cosine when it is left out, idf held fixed); change (cosine - without,
    positive = the sentence makes them more alike); rank (1 = most).
    """
    articles = list(arrangement["article"])
    tokens = tokens[~tokens["term"].isin(stop_words) & tokens["article"].isin(articles)]
    counts, units, unit_article, _ = _count(tokens, articles)
    if not counts.shape[1]:
        return pd.DataFrame(columns=list(INFLUENCE))
    place = pd.MultiIndex.from_frame(tokens[["article", "segment"]]).unique()
    weigh = TfidfTransformer(sublinear_tf=True).fit(counts)
    weights = weigh.transform(counts)
    cosines = (weights @ weights.T).toarray()
    without = _without_each(counts, units, unit_article, weigh.idf_)
    label = list(arrangement["label"])
    rows = []
    for a, b in combinations(range(len(articles)), 2):
        found = [
            (cosines[a, b] - without[unit, other], unit, without[unit, other])
            for one, other in ((a, b), (b, a))
            for unit in np.flatnonzero(unit_article == one)
        ]
        found.sort(key=lambda f: (-round(f[0], 12), f[1]))
        rows += [
            (articles[a], articles[b], label[a], label[b], min(cosines[a, b], 1.0), *place[unit], left, change, rank)
            for rank, (change, unit, left) in enumerate(found[:most], start=1)
            if change > 0
        ]
    columns = [name for name in INFLUENCE if name not in ("start", "end", "text")]
    table = pd.DataFrame(rows, columns=columns)
    table = table.merge(segments[["article", "segment", "start", "end", "text"]], on=["article", "segment"], how="left")
    table["size"] = table["cosine"].round(9)
    order = ["size", "article_a", "article_b", "rank"]
    return table.sort_values(order, ascending=[False, True, True, True], ignore_index=True)[list(INFLUENCE)]


def arrange(similarity: pd.DataFrame | None, articles: pd.DataFrame) -> pd.DataFrame:
    """Return one row per compared article in the order of all figures: article, outlet, label, place (0..n-1), shown,
    compared (n, by which outlets get their colours in figures that not all articles stand in).

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
    table["compared"] = n
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
