"""Articles that tell the same story: alike in words and close in time.

Copies of one text (near duplicates) are collapsed first. For each pair of the others within `likeness.WINDOW` days,
s in [0, 1] says how likely they tell the same event. Stories maximise the sum of (s - `THRESHOLD`) over all pairs within a
story, the constant Potts model (Traag, Van Dooren & Nesterov 2011), greedily: the two groups whose members are nearest on
average are joined, as long as that mean exceeds the threshold (average linkage). Unlike connected components, one pair
that is alike by chance joins no two stories.
"""

from __future__ import annotations

import heapq
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sparse_dot_topn import sp_matmul_topn

from summit_analysis.archive import likeness, neighbours, stages
from summit_analysis.archive.likeness import NO_DAY, WINDOW

STORIES = "alike"
THRESHOLD = 0.16
# Pairs less alike than this count as not alike at all, and of each article's pairs in its window the best are kept.
LEAST_COSINE, BEST = 0.05, 40
SLICE = 20_000
EVIDENCE_TERMS, TOP_TERMS = 6, 40
COLUMNS = ("article", "story", "articles", "outlets", "first", "last", "likeness", "shared_terms", "copy_of")


def days_of(published: pd.Series) -> np.ndarray:
    """Return each ISO date as days since 1970, `NO_DAY` where there is none."""
    days = pd.to_datetime(published.str.slice(0, 10), errors="coerce", format="%Y-%m-%d")
    # A date that pandas cannot hold (year 1500) counts as none.
    return np.where(days.isna(), NO_DAY, days.astype("datetime64[s]").astype("int64") // 86_400)


def time_slices(days: np.ndarray, most: int = SLICE) -> list[tuple[int, int]]:
    """Return (first day, last day) of stretches of time that hold at most about `most` dated articles each."""
    dated = np.sort(days[days != NO_DAY])
    slices, at = [], 0
    while at < len(dated):
        last = dated[min(at + most, len(dated)) - 1]
        slices.append((int(dated[at]), int(last)))
        at = int(np.searchsorted(dated, last, side="right"))
    return slices


def find_alike(work: Path, number: int, settings: dict) -> None:
    """Leave the pairs a < b of one time slice and the days after it that are alike and within the window."""
    first, last = settings["slices_of_time"][number]
    arrays = stages.load_shared(work / "chosen.npz")
    days, chosen = arrays["days"], arrays["chosen"]
    row = np.flatnonzero(chosen & (days >= first) & (days <= last + WINDOW))
    if not len(row):
        stages.save(stages.part_file(work, STORIES, number), a=np.empty(0, int), b=np.empty(0, int), cosine=np.empty(0))
        return
    matrix = neighbours.rows_of(work, row)
    seeking = matrix
    if len(row) > neighbours.ALL_PAIRS:
        documents = np.bincount(matrix.indices, minlength=matrix.shape[1])
        seeking = neighbours._rare(matrix, documents)
    a, b = alike(seeking, days[row])
    a, b = np.minimum(a, b), np.maximum(a, b)
    pair = np.unique(a * len(row) + b)
    a, b = pair // len(row), pair % len(row)
    cosine = neighbours.cosine_of_pairs(matrix, a, matrix, b)
    # A pair wholly in the days after the slice is left to the next one.
    kept = (cosine >= LEAST_COSINE) & (np.minimum(days[row[a]], days[row[b]]) <= last)
    stages.save(stages.part_file(work, STORIES, number), a=row[a[kept]], b=row[b[kept]], cosine=cosine[kept])


def alike(matrix: sparse.csr_array, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return for each row the `BEST` others within the window, one stretch of days against its surroundings at a time."""
    order = np.argsort(days, kind="stable")
    sorted_days = days[order]
    # In order of time the window is a band; blocks of a fifth of it waste little.
    a, b, at = [], [], 0
    while at < len(order):
        to = max(int(np.searchsorted(sorted_days, sorted_days[at] + 1, side="right")), min(at + 64, len(order)))
        high = int(np.searchsorted(sorted_days, sorted_days[to - 1] + WINDOW, side="right"))
        block = sparse.csr_matrix(matrix[order[at:to]])
        band = sparse.csr_matrix(matrix[order[at:high]].T.tocsr())
        found = sp_matmul_topn(block, band, top_n=BEST + 1, threshold=LEAST_COSINE / 2, sort=True, n_threads=1).tocoo()
        x, y = order[at + found.row], order[at + found.col]
        near = (x != y) & (np.abs(days[x] - days[y]) <= WINDOW)
        a.append(x[near]), b.append(y[near])
        at = to
    empty = [np.empty(0, np.int64)]
    return np.concatenate(a or empty), np.concatenate(b or empty)


def pairs(
    work: Path, settings: dict, near: dict[str, np.ndarray], days: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the pairs a < b of articles, copies left out, and their likeness s in [0, 1].

    `near` holds the nearest of the whole archive: they are each article's background, and stand in for the window of
    an article without a date.
    """
    arrays = [stages.load(stages.part_file(work, STORIES, n)) for n in range(len(settings["slices_of_time"]))]
    low, high = np.minimum(near["article"], near["neighbour"]), np.maximum(near["article"], near["neighbour"])
    undated = (days[low] == NO_DAY) | (days[high] == NO_DAY)
    undated &= (first[low] == low) & (first[high] == high) & (near["cosine"] >= LEAST_COSINE)
    a = np.concatenate([*(x["a"] for x in arrays), low[undated]]).astype(np.int64)
    b = np.concatenate([*(x["b"] for x in arrays), high[undated]]).astype(np.int64)
    cosine = np.concatenate([*(x["cosine"] for x in arrays), near["cosine"][undated]])
    _, once = np.unique(a * len(days) + b, return_index=True)
    a, b, cosine = a[once], b[once], cosine[once]
    usual = likeness.background(near, days, first, settings["k"])
    title = likeness.title_cosines(work, settings, a, b)
    return a, b, likeness.probability(cosine, usual[a], usual[b], title, days[a], days[b])


def group(n: int, a: np.ndarray, b: np.ndarray, s: np.ndarray, threshold: float = THRESHOLD) -> np.ndarray:
    """Return for each of `n` articles the smallest row of its story; pairs that are not given have likeness 0."""
    s = np.round(s, 12)
    strong = s >= threshold
    graph = sparse.coo_array((np.ones(int(strong.sum())), (a[strong], b[strong])), shape=(n, n))
    # Groups are joined only where some pair exceeds the threshold, so stories lie within these components.
    _, component = connected_components(graph, directed=False)
    inside = component[a] == component[b]
    near: dict[int, dict[int, float]] = {}
    for x, y, value in zip(a[inside].tolist(), b[inside].tolist(), s[inside].tolist(), strict=True):
        near.setdefault(x, {})[y] = value
        near.setdefault(y, {})[x] = value
    size = dict.fromkeys(near, 1)
    members = {x: [x] for x in near}
    queue = [
        (-value, x, y) for x, others in near.items() for y, value in others.items() if x < y and value >= threshold
    ]
    heapq.heapify(queue)
    while queue:
        mean, x, y = heapq.heappop(queue)
        if x not in members or y not in members or _mean(near, size, x, y) != -mean:
            continue
        # x < y: the story keeps its smallest row as its name.
        members[x] += members.pop(y)
        del near[x][y]
        for z, total in near.pop(y).items():
            if z != x:
                del near[z][y]
                near[x][z] = near[z][x] = near[x].get(z, 0.0) + total
        size[x] += size[y]
        for z in near[x]:
            value = _mean(near, size, x, z)
            if value >= threshold:
                heapq.heappush(queue, (-value, min(x, z), max(x, z)))
    story = np.arange(n)
    for rows in members.values():
        story[rows] = min(rows)
    return story


def _mean(near: dict[int, dict[int, float]], size: dict[int, int], x: int, y: int) -> float:
    return round(near[x].get(y, 0.0) / (size[x] * size[y]), 12)


def collapse(n: int, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return for each article the first of those that it is a near duplicate of, directly or through others."""
    graph = sparse.coo_array((np.ones(len(a)), (a, b)), shape=(n, n))
    _, component = connected_components(graph, directed=False)
    first = np.full(component.max() + 1 if n else 0, n)
    np.minimum.at(first, component, np.arange(n))
    return first[component]


def top_terms(work: Path, part: int, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (row in the part, term) of the heaviest terms of the rows that are `wanted`."""
    matrix = neighbours.weights(work, part)[wanted]
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((matrix.indices, -np.round(matrix.data, 12), row))
    rank = np.arange(len(order)) - matrix.indptr[row[order]]
    kept = order[rank < TOP_TERMS]
    return np.flatnonzero(wanted)[row[kept]], matrix.indices[kept]


def table(
    work: Path, settings: dict, index: pd.DataFrame, story: np.ndarray, first_copy: np.ndarray,
    pairs: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> pd.DataFrame:  # fmt: skip
    """Return one row per article: its story and what speaks for it.

    Columns: article; story (an id; an article alone is a story of its own); articles, outlets (in the story); first,
    last (day of the story, ``""`` without dates); likeness (mean s with the other articles of the story, copies left
    out, in [0, 1], larger = nearer; nan where it is alone); shared_terms (the rarest heavy terms that at least half of
    its articles share); copy_of (the article whose near duplicate this is, or ``""``).
    """
    n = len(index)
    rows = pd.DataFrame(
        {"story": story[first_copy], "outlet": index["outlet"], "day": index["published"].str.slice(0, 10)}
    )
    groups = rows.groupby("story")
    dated = rows[rows["day"] != ""].groupby("story")["day"]
    result = pd.DataFrame({"article": index["article"]})
    width = len(str(n))
    result["story"] = [f"s{row:0{width}}" for row in rows["story"].tolist()]
    result["articles"] = groups["outlet"].transform("size").astype("int64")
    result["outlets"] = groups["outlet"].transform("nunique").astype("int64")
    result["first"] = rows["story"].map(dated.min()).astype("str").fillna("")
    result["last"] = rows["story"].map(dated.max()).astype("str").fillna("")
    a, b, s = pairs
    within = story[a] == story[b]
    total = np.bincount(a[within], s[within], minlength=n) + np.bincount(b[within], s[within], minlength=n)
    others = rows["story"].map(pd.Series(story[np.unique(first_copy)]).value_counts()).to_numpy() - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        result["likeness"] = np.where(others > 0, (total / others)[first_copy], np.nan)
    result["shared_terms"] = (
        rows["story"].map(_shared_terms(work, settings, story, first_copy)).astype("str").fillna("")
    )
    copy = first_copy != np.arange(n)
    result["copy_of"] = np.where(copy, index["article"].to_numpy(dtype=object)[first_copy], "")
    result["copy_of"] = result["copy_of"].astype("str")
    return result[list(COLUMNS)]


def _shared_terms(work: Path, settings: dict, story: np.ndarray, first_copy: np.ndarray) -> pd.Series:
    vocabulary = stages.load_shared(work / "vocabulary.npz")
    terms, documents = stages.unpack_terms(vocabulary), vocabulary["documents"]
    own = first_copy == np.arange(len(story))
    members = np.bincount(story[own], minlength=len(story))
    pieces = []
    for part in range(settings["parts"]):
        low, high = settings["part_ends"][part : part + 2]
        wanted = own[low:high] & (members[story[low:high]] > 1)
        row, term = top_terms(work, part, wanted)
        pieces.append(pd.DataFrame({"story": story[low + row], "term": term}))
    heavy = pd.concat(pieces, ignore_index=True).groupby(["story", "term"]).size().rename("have").reset_index()
    heavy["documents"] = documents[heavy["term"]]
    shared = heavy[(heavy["have"] >= 2) & (2 * heavy["have"] >= members[heavy["story"]])]
    shared = shared.sort_values(["story", "documents", "term"]).groupby("story").head(EVIDENCE_TERMS)
    words = terms.take(pa.array(shared["term"].to_numpy())).to_pylist()
    return pd.Series(words, index=shared["story"], dtype="str").groupby(level=0).agg(", ".join)
