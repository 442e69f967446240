"""Articles that tell the same story: alike in words and close in time.

Copies of one text (near duplicates) are collapsed first. For each pair of the others within `likeness.WINDOW` days,
s in [0, 1] says how likely they tell the same event. Stories maximise the sum of (s - `THRESHOLD`) over all pairs within a
story, the constant Potts model (Traag, Van Dooren & Nesterov 2011), greedily: the two groups whose members are nearest on
average are joined, as long as that mean exceeds the threshold (average linkage). Unlike connected components, one pair
that is alike by chance joins no two stories.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sparse_dot_topn import sp_matmul_topn

from summit_analysis.archive import likeness, neighbours, stages, weights
from summit_analysis.archive.likeness import NO_DAY, WINDOW

STORIES = "alike"
THRESHOLD = 0.16
# Pairs less alike than this count as not alike at all, and of each article's pairs in its window the best are kept.
LEAST_COSINE, BEST = 0.05, 40
# Whole days are compared with the window at a time, of at least so many articles together.
BLOCK = 64
SLICE = 10_000
Pairs = tuple[np.ndarray, np.ndarray, np.ndarray]  # a < b, and their likeness s
EVIDENCE_TERMS = 6
# Pairs that are judged, and articles whose shared terms are sought, at a time.
JUDGED, EXPLAINED = 200_000, 5_000


def days_of(published: pa.Array | pd.Series) -> np.ndarray:
    """Return each ISO date as days since 1970, `NO_DAY` where there is none."""
    dates = pa.array(published).dictionary_encode()
    spelled = pd.Series(dates.dictionary.to_pylist(), dtype="str").str.slice(0, 10)
    days = pd.to_datetime(spelled, errors="coerce", format="%Y-%m-%d")
    # A date that pandas cannot hold (year 1500) counts as none.
    days = np.where(days.isna(), NO_DAY, days.astype("datetime64[s]").astype("int64") // 86_400)
    return days[dates.indices.to_numpy()]


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
    matrix = neighbours.rows_of(work, row, room=settings["room"])
    stages.let_go()
    seeking = matrix
    if len(row) > neighbours.ALL_PAIRS:
        documents = np.bincount(matrix.indices, minlength=matrix.shape[1])
        seeking = weights.rare(matrix, documents)
    a, b = alike(seeking, days[row])
    a, b = np.minimum(a, b), np.maximum(a, b)
    pair = np.unique(a * len(row) + b)
    a, b = pair // len(row), pair % len(row)
    cosine = neighbours.cosine_of_pairs(matrix, b, matrix, a)  # pairs of one `a` stand together
    # A pair wholly in the days after the slice is left to the next one.
    kept = (cosine >= LEAST_COSINE) & (np.minimum(days[row[a]], days[row[b]]) <= last)
    stages.save(stages.part_file(work, STORIES, number), a=row[a[kept]], b=row[b[kept]], cosine=cosine[kept])


def alike(matrix: sparse.csr_array, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each row with the `BEST` others of its own day and the days of the window behind it, in pairs."""
    order = np.argsort(days, kind="stable")
    in_time = days[order]
    ends = np.searchsorted(in_time, in_time + WINDOW, side="right")
    # In order of time the window is a band; blocks of a fifth of it waste little.
    a, b, at = [], [], 0
    while at < len(order):
        to = int(np.searchsorted(in_time, in_time[min(at + BLOCK, len(order)) - 1], side="right"))
        high = ends[to - 1]
        block = sparse.csr_matrix(matrix[order[at:to]])
        band = sparse.csr_matrix(matrix[order[at:high]].T.tocsr())
        # So many are found that enough are left of those that a row may be paired with.
        beside = np.searchsorted(in_time, in_time[at:to]) - at + high - ends[at:to] + 1
        wanted = BEST + int(beside.max())
        found = sp_matmul_topn(block, band, top_n=wanted, threshold=LEAST_COSINE / 2, sort=True, n_threads=1)
        row = np.repeat(np.arange(to - at), np.diff(found.indptr))
        x, y = order[at + row], order[at + found.indices]
        near = (x != y) & (days[y] >= days[x]) & (days[y] - days[x] <= WINDOW)
        before = np.concatenate([[0], np.cumsum(near)])
        near &= before[:-1] - before[found.indptr[row]] < BEST  # the largest of a row come first
        a.append(x[near]), b.append(y[near])
        at = to
    empty = [np.empty(0, np.int64)]
    return np.concatenate(a or empty), np.concatenate(b or empty)


def pairs(work: Path, settings: dict, days: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the pairs a < b of articles, copies left out, and their likeness s in [0, 1]; none that is 0.

    The nearest of the whole archive are each article's background, and stand in for the window of an article without a
    date.
    """
    usual, undated = np.empty(len(days)), []
    for part, (low, high) in enumerate(pairwise(settings["part_ends"])):
        near = stages.load(stages.part_file(work, neighbours.NEIGHBOURS, part))
        usual[low:high] = likeness.background(near, days, first, settings["k"], low, high)
        a, b = near["article"], near["neighbour"]
        some = (days[a] == NO_DAY) | (days[b] == NO_DAY)
        some &= (first[a] == a) & (first[b] == b) & (near["cosine"] >= LEAST_COSINE)
        undated.append((np.minimum(a, b)[some], np.maximum(a, b)[some], near["cosine"][some]))
    low, high, cosine = (np.concatenate(column) for column in zip(*undated, strict=True))
    _, once = np.unique(low.astype(np.int64) * len(days) + high, return_index=True)
    undated = {"a": low[once], "b": high[once], "cosine": cosine[once]}
    titles = likeness.Titles(work, settings)

    def judged(kept: Callable[..., np.ndarray]) -> Pairs:
        """Return all pairs that are `kept`, a few judged at a time."""
        files = (stages.part_file(work, STORIES, number) for number in range(len(settings["slices_of_time"])))
        found = [(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0))]
        for some in chain(map(stages.load, files), [undated]):
            for at in range(0, len(some["a"]), JUDGED):
                a, b, cosine = (some[name][at : at + JUDGED] for name in ("a", "b", "cosine"))
                s = likeness.probability(cosine, usual[a], usual[b], titles.cosines(a, b), days[a], days[b])
                own = kept(a, b, s)
                found.append((a[own].astype(np.int32), b[own].astype(np.int32), s[own]))
        return tuple(np.concatenate(column) for column in zip(*found, strict=True))

    # Of all pairs few lie within what strong ones hold together, and the others decide nothing.
    component = _components(len(days), *judged(lambda a, b, s: _strong(s))[:2])
    return judged(lambda a, b, s: component[a] == component[b])


def _strong(s: np.ndarray, threshold: float = THRESHOLD) -> np.ndarray:
    return np.round(s, weights.DIGITS) >= threshold


def _components(n: int, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return for each of `n` articles which it hangs together with, over any number of pairs."""
    return connected_components(sparse.coo_array((np.ones(len(a)), (a, b)), shape=(n, n)), directed=False)[1]


def group(n: int, a: np.ndarray, b: np.ndarray, s: np.ndarray, threshold: float = THRESHOLD) -> np.ndarray:
    """Return for each of `n` articles the smallest row of its story; pairs that are not given have likeness 0."""
    s, strong = np.round(s, weights.DIGITS), _strong(s, threshold)
    # Groups are joined only where some pair exceeds the threshold, so stories lie within these components: one at a time.
    component = _components(n, a[strong], b[strong])
    inside = np.flatnonzero(component[a] == component[b])
    inside = inside[np.argsort(component[a[inside]], kind="stable")]
    cuts = np.flatnonzero(np.diff(component[a[inside]], append=-1)) + 1
    story = np.arange(n)
    for low, high in pairwise([0, *cuts.tolist()]):
        own = inside[low:high]
        for rows in _join_nearest(a[own].tolist(), b[own].tolist(), s[own].tolist(), threshold):
            story[rows] = min(rows)
    return story


def _join_nearest(a: list[int], b: list[int], s: list[float], threshold: float) -> Iterable[list[int]]:
    """Return the groups of articles that average linkage makes of pairs."""
    near: dict[int, dict[int, float]] = {}
    for x, y, value in zip(a, b, s, strict=True):
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
    return members.values()


def _mean(near: dict[int, dict[int, float]], size: dict[int, int], x: int, y: int) -> float:
    return round(near[x].get(y, 0.0) / (size[x] * size[y]), weights.DIGITS)


def collapse(n: int, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return for each article the first of those that it is a near duplicate of, directly or through others."""
    component = _components(n, a, b)
    first = np.full(component.max() + 1 if n else 0, n)
    np.minimum.at(first, component, np.arange(n))
    return first[component]


def mean_likeness(story: np.ndarray, likely: Pairs, first_copy: np.ndarray) -> np.ndarray:
    """Return for each article the mean s with the other articles of its story, copies left out; nan where it is alone."""
    n = len(story)
    a, b, s = likely
    within = story[a] == story[b]
    total = np.bincount(a[within], s[within], minlength=n) + np.bincount(b[within], s[within], minlength=n)
    others = np.bincount(story[_own(first_copy)], minlength=n)[story] - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(others > 0, total / others, np.nan)[first_copy]


def _own(first_copy: np.ndarray) -> np.ndarray:
    return np.flatnonzero(first_copy == np.arange(len(first_copy)))


def shared_terms(work: Path, story: np.ndarray, first_copy: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Return the stories that have some, and the rarest heavy terms that at least half of the articles of each share."""
    vocabulary = stages.load_shared(work / "vocabulary.npz")
    terms, documents = stages.unpack_terms(vocabulary), vocabulary["documents"]
    own = _own(first_copy)
    size = np.bincount(story[own], minlength=len(story))
    own = own[size[story[own]] > 1]
    own = own[np.argsort(story[own], kind="stable")]
    # Whole stories at a time.
    last = np.flatnonzero(np.diff(story[own], append=-1))
    cuts = np.unique(
        last[np.searchsorted(last, np.arange(EXPLAINED, len(own) + EXPLAINED, EXPLAINED).clip(max=len(own) - 1))]
    )
    found, words = [], []
    for low, high in pairwise([0, *(cuts + 1)]):
        some = own[low:high]
        heavy = stages.in_place(work / neighbours.HEAVY).reshape(-1, weights.HEAVY_TERMS)[some]
        row, rank = np.nonzero(heavy >= 0)
        heavy = pd.DataFrame({"story": story[some[row]], "term": heavy[row, rank]})
        heavy = heavy.groupby(["story", "term"]).size().rename("have").reset_index()
        heavy["documents"] = documents[heavy["term"]]
        shared = heavy[(heavy["have"] >= 2) & (2 * heavy["have"] >= size[heavy["story"]])]
        shared = shared.sort_values(["story", "documents", "term"]).groupby("story").head(EVIDENCE_TERMS)
        spelled = terms.take(pa.array(shared["term"].to_numpy())).to_pylist()
        joined = pd.Series(spelled, index=shared["story"], dtype="str").groupby(level=0).agg(", ".join)
        found.append(joined.index.to_numpy()), words.extend(joined.tolist())
    return np.concatenate([np.empty(0, np.int64), *found]), words
