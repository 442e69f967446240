"""Near duplicates: pairs of articles whose word 5-shingles overlap by half or more, found and checked exactly.

Two sets whose Jaccard index is at least t share one of the ceil((1 - t) * size) + 1 rarest shingles of either (prefix
filter: Chaudhuri, Ganti & Kaushik 2006). So only those are joined, by 64-bit hashes. Most shingles are in one article alone:
they fall out at once, and with them every article that shares less than t of its own. Each pair found is checked on the whole sets.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from summit_analysis.archive import kernels, stages

WORDS, JACCARD = 5, 0.5
SETS, DUPLICATES = "shingles", "duplicates"
ODD = np.uint64(0x9E3779B97F4A7C15)
# More copies than this of one text are each paired with the first alone: n copies have n (n - 1) / 2 pairs.
MOST_COPIES = 200
Members = tuple[np.ndarray, np.ndarray]  # shingle hashes, the article of each


def shingle(order: np.ndarray, ends: np.ndarray, *, threads: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct shingles of each article as hashes, none of them 0, and where each article ends among them.

    A text of fewer words is one shingle.
    """
    bounds = np.searchsorted(ends, np.linspace(0, ends[-1], threads + 1)[1:-1])
    bounds = [0, *np.clip(bounds, 0, len(ends) - 1).tolist(), len(ends) - 1]

    def some(first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
        return kernels.hash_shingles(order, ends, WORDS, first, last)

    if threads == 1:
        pieces = [some(0, len(ends) - 1)]
    else:
        with ThreadPoolExecutor(threads) as pool:
            pieces = list(pool.map(some, bounds[:-1], bounds[1:]))
    counts = np.concatenate([counts for _, counts in pieces])
    return np.concatenate([shingles for shingles, _ in pieces]), np.concatenate([[0], np.cumsum(counts)])


def shingle_plainly(order: np.ndarray, ends: np.ndarray, words: int = WORDS) -> tuple[np.ndarray, np.ndarray]:
    """Return what `shingle` returns, without compiled code of our own."""
    mixed = np.zeros(len(order), dtype=np.uint64)
    sizes = np.diff(ends)
    article = np.repeat(np.arange(len(sizes)), sizes)
    left = np.repeat(ends[1:], sizes) - np.arange(len(order))  # tokens from here to the end of the article
    with np.errstate(over="ignore"):
        for word in range(words):
            following = np.zeros_like(order)
            following[: max(len(order) - word, 0)] = order[word:]
            mixed = np.where(left > word, mixed * ODD + following, mixed)
        mixed = (mixed ^ (mixed >> np.uint64(32))) * ODD
    mixed ^= mixed >> np.uint64(32)
    mixed[mixed == 0] = 1
    first = np.zeros(len(order), dtype=bool)
    first[ends[:-1][sizes > 0]] = True
    kept = (left >= words) | (first & (left < words))
    pairs = pd.DataFrame({"article": article[kept], "shingle": mixed[kept]}).drop_duplicates()
    ends = np.concatenate([[0], np.cumsum(np.bincount(pairs["article"], minlength=len(sizes)))])
    return pairs["shingle"].to_numpy(), ends


def signatures(shingles: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return two 64-bit sums for each article, which are those of another article with the very same shingles."""
    scattered = shingles * (shingles >> np.uint64(17) | np.uint64(1))
    totals = [np.concatenate([np.zeros(1, np.uint64), np.cumsum(x, dtype=np.uint64)]) for x in (shingles, scattered)]
    return np.stack([total[ends[1:]] - total[ends[:-1]] for total in totals], axis=1)


def save_sets(work: Path, part: int, shingles: np.ndarray, ends: np.ndarray, slices: int) -> None:
    """Leave the shingles of a part by slice of hashes, so that a later step reads no more than its slice."""
    hashes, cuts = kernels.cut_into_slices(shingles, ends, slices)
    stages.save(stages.part_file(work, SETS, part), hashes=hashes, cuts=cuts)


def first_copies(work: Path, parts: int) -> None:
    """Leave for each article the first one with the very same shingles, and how many it has."""
    arrays = [stages.load(stages.part_file(work, "counts", part), "signatures", "sizes") for part in range(parts)]
    signature = np.concatenate([x["signatures"] for x in arrays])
    n = np.concatenate([x["sizes"] for x in arrays])
    place = np.lexsort((np.arange(len(n)), signature[:, 1], signature[:, 0], n))
    ordered = np.column_stack([n[place].astype(np.uint64), signature[place]])
    new = np.ones(len(n), dtype=bool)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    new |= n[place] == 0  # texts without words are not copies of one another
    first = np.empty(len(n), dtype=np.int64)
    first[place] = place[np.maximum.accumulate(np.where(new, np.arange(len(n)), 0))]
    ends = np.cumsum([0, *(len(x["sizes"]) for x in arrays)])
    stages.save(work / "copies.npz", first=first, size=n, part_ends=ends)


def _members(work: Path, number: int, ends: np.ndarray, wanted: np.ndarray) -> Members:
    """Return the members of one slice of hashes in the articles that are `wanted`, by article."""
    hashes, articles = [np.empty(0, np.uint64)], [np.empty(0, np.int32)]
    for part, (low, high) in enumerate(pairwise(ends)):
        if not wanted[low:high].any():
            continue
        with stages.opened(stages.part_file(work, SETS, part)) as rows:
            cuts = rows("cuts", number * (high - low), (number + 1) * (high - low) + 1)
            own = rows("hashes", cuts[0], cuts[-1])
        article = np.repeat(np.arange(low, high, dtype=np.int32), np.diff(cuts))
        kept = wanted[article]
        hashes.append(own[kept]), articles.append(article[kept])
    return np.concatenate(hashes), np.concatenate(articles)


def find_shared(work: Path, number: int, settings: dict) -> None:
    """Leave the members of one slice of hashes that are in more than one article, with in how many, by article."""
    copies = stages.load_shared(work / "copies.npz")
    ends, first = copies["part_ends"], copies["first"]
    members = _members(work, number, ends, first == np.arange(len(first)))
    hashes, articles, documents = shared_members(*members)
    stages.save(
        stages.part_file(work, "shared", number),
        hashes=hashes, articles=articles, documents=documents,
        cuts=np.searchsorted(articles, _stretches(len(first), settings["slices"])),
    )  # fmt: skip


def _stretches(articles: int, slices: int) -> np.ndarray:
    """Return where stretches of the articles begin and end, as many as slices of hashes, so that each takes as much memory."""
    return np.arange(slices + 1) * articles // slices


def maybe_shared(hashes: np.ndarray) -> np.ndarray:
    """Return the places of the hashes that may occur more than once, those that do among them."""
    return kernels.maybe_shared(hashes, max(16, min(30, int(np.log2(len(hashes) + 1)) + 2)))


def shared_members(hashes: np.ndarray, articles: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the members whose hash is in more than one article, in their order, and in how many it is."""
    # Nine in ten shingles are in one article alone and fall out before anything is counted.
    chosen = maybe_shared(hashes)
    documents = kernels.count_times(hashes[chosen])
    chosen, documents = chosen[documents > 1], documents[documents > 1]
    return hashes[chosen], articles[chosen], documents


def choose_rarest(work: Path, number: int, settings: dict) -> None:
    """Leave for each article of a stretch the shared shingles among its rarest, which candidates must have in common."""
    slices = settings["slices"]
    members = _of_all(work, "shared", slices, number, ("hashes", "articles", "documents"))
    hashes, articles = rarest(*members, stages.load_shared(work / "copies.npz")["size"])
    own = slice_of(hashes, slices)
    place = np.argsort(own, kind="stable")
    cuts = np.searchsorted(own[place], np.arange(slices + 1))
    stages.save(stages.part_file(work, "rarest", number), hashes=hashes[place], articles=articles[place], cuts=cuts)


def _of_all(work: Path, stage: str, count: int, number: int, names: tuple[str, ...]) -> tuple[np.ndarray, ...]:
    """Return of all `count` files of a stage what lies between the cuts `number` and the next of the arrays `names`."""
    pieces = []
    for one in range(count):
        with stages.opened(stages.part_file(work, stage, one)) as rows:
            low, high = rows("cuts", number, number + 2)
            pieces.append(tuple(rows(name, low, high) for name in names))
    return tuple(np.concatenate(column) for column in zip(*pieces, strict=True))


def slice_of(hashes: np.ndarray, slices: int) -> np.ndarray:
    """Return in which of `slices` even stretches of the range of hashes each lies."""
    return ((hashes >> np.uint64(40)) * np.uint64(slices) >> np.uint64(24)).astype(np.int64)


def rarest(hashes: np.ndarray, articles: np.ndarray, documents: np.ndarray, size: np.ndarray) -> Members:
    """Return the members in the prefix of their article: its ceil((1 - t) size) + 1 rarest shingles (at most)."""
    # An article that shares less than t of its shingles with the whole archive has no near duplicate.
    count = np.bincount(articles, minlength=len(size))
    least = np.ceil(JACCARD * size - 1e-9).astype(np.int64)
    likely = (count >= least)[articles]
    hashes, articles, documents = hashes[likely], articles[likely], documents[likely]
    if not len(hashes):
        return hashes, articles
    place = np.lexsort((hashes, documents, articles))
    hashes, articles = hashes[place], articles[place]
    start = np.flatnonzero(np.concatenate([[True], articles[1:] != articles[:-1]]))
    rank = np.arange(len(articles)) - np.repeat(start, np.diff(np.append(start, len(articles))))
    # Shingles of no other article, size - count of them, are the rarest of all.
    kept = rank < (count - least + 1)[articles]
    return hashes[kept], articles[kept]


def join_rarest(work: Path, number: int, settings: dict) -> None:
    """Leave the candidate pairs of one slice of hashes: a < b, each once."""
    size = stages.load_shared(work / "copies.npz")["size"]
    a, b = pair(*_of_all(work, "rarest", settings["slices"], number, ("hashes", "articles")), size)
    stages.save(stages.part_file(work, "pairs", number), a=a, b=b)


def pair(hashes: np.ndarray, articles: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of articles (a < b) that share a hash and whose sizes allow the Jaccard index asked for."""
    place = np.lexsort((articles, hashes))
    hashes, articles = hashes[place], articles[place].astype(np.int64)
    found, at = [np.empty(0, np.int64)], np.arange(len(hashes))
    step = 1
    while len(at):
        at = at[at + step < len(hashes)]
        at = at[hashes[at] == hashes[at + step]]
        a, b = articles[at], articles[at + step]
        fits = np.minimum(size[a], size[b]) >= JACCARD * np.maximum(size[a], size[b])
        found.append(np.unique(a[fits] * len(size) + b[fits]))
        if step % 64 == 0:
            found = [np.unique(np.concatenate(found))]
        step += 1
    pairs = np.unique(np.concatenate(found))
    return pairs // len(size), pairs % len(size)


def merge_pairs(work: Path, slices: int) -> None:
    """Leave the candidate pairs of all slices, each once, in order."""
    n = len(stages.load_shared(work / "copies.npz")["first"])
    pairs = np.empty(0, np.int64)
    for number in range(slices):
        arrays = stages.load(stages.part_file(work, "pairs", number))
        pairs = np.union1d(pairs, arrays["a"] * n + arrays["b"])
    stages.save(work / "candidates.npz", a=pairs // n, b=pairs % n)


def count_common(work: Path, number: int, settings: dict) -> None:
    """Leave how many shingles of one slice of hashes the articles of each candidate pair have in common."""
    pairs = stages.load_shared(work / "candidates.npz")
    copies = stages.load_shared(work / "copies.npz")
    wanted = np.zeros(len(copies["first"]), dtype=bool)
    wanted[pairs["a"]] = wanted[pairs["b"]] = True
    hashes, articles = _members(work, number, copies["part_ends"], wanted)
    ends = np.searchsorted(articles, np.arange(len(wanted) + 1))
    common = kernels.count_common(hashes, ends, pairs["a"], pairs["b"])
    stages.save(stages.part_file(work, DUPLICATES, number), common=common.astype(np.int32))


def pairs_of(work: Path, slices: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return all near-duplicate pairs as rows a < b with their Jaccard index, copies of one text included."""
    copies = stages.load(work / "copies.npz")
    first = copies["first"]
    pairs = stages.load(work / "candidates.npz")
    common = np.zeros(len(pairs["a"]), dtype=np.int64)
    for number in range(slices):
        common += stages.load(stages.part_file(work, DUPLICATES, number))["common"]
    pairs = pd.DataFrame(pairs | {"jaccard": jaccard(common, pairs["a"], pairs["b"], copies["size"])})
    pairs = pairs[pairs["jaccard"] >= JACCARD]
    rows = pd.DataFrame({"row": np.arange(len(first)), "first": first})
    rows["copies"] = rows.groupby("first")["row"].transform("size")
    if (rows["copies"] > 1).any():
        members = rows[(rows["copies"] <= MOST_COPIES) | (rows["row"] == rows["first"])]
        pairs = pairs.merge(members, left_on="a", right_on="first").merge(
            members, left_on="b", right_on="first", suffixes=("_a", "_b")
        )
        pairs = pd.DataFrame({"a": pairs["row_a"], "b": pairs["row_b"], "jaccard": pairs["jaccard"]})
        some = rows[(rows["copies"] > 1) & (rows["copies"] <= MOST_COPIES)]
        same = some.merge(some, on="first")
        many = rows[rows["copies"] > MOST_COPIES].rename(columns={"first": "row_x", "row": "row_y"})
        same = pd.concat([same[["row_x", "row_y"]], many[["row_x", "row_y"]]])
        same = same[same["row_x"] < same["row_y"]]
        pairs = pd.concat([pairs, pd.DataFrame({"a": same["row_x"], "b": same["row_y"], "jaccard": 1.0})])
    a, b = (pairs[name].to_numpy(dtype=np.int64) for name in "ab")
    low, high = np.minimum(a, b), np.maximum(a, b)
    place = np.lexsort((high, low))
    return low[place], high[place], pairs["jaccard"].to_numpy(dtype=np.float64)[place]


def jaccard(common: np.ndarray, a: np.ndarray, b: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return the Jaccard index of each pair of sets of `size`, of whose members `common` are the same."""
    return common / np.maximum(size[a] + size[b] - common, 1)


def find(
    shingles: np.ndarray, ends: np.ndarray, *, threads: int = 1, slices: int = 8
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the near-duplicate pairs (a < b, Jaccard index) of sets that fit in memory: all the steps above in one."""
    size = np.diff(ends)
    n = len(size)
    hashes, cuts = kernels.cut_into_slices(shingles, ends, slices)

    def shared(number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        own = cuts[number * n : (number + 1) * n + 1]
        return shared_members(hashes[own[0] : own[-1]], np.repeat(np.arange(n, dtype=np.int32), np.diff(own)))

    with ThreadPoolExecutor(threads) as pool:
        pieces = list(pool.map(shared, range(slices)))
    members = (np.concatenate(column) for column in zip(*pieces, strict=True))
    a, b = pair(*rarest(*members, size), size)
    index = jaccard(kernels.count_common(shingles, ends, a, b), a, b, size)
    return a[index >= JACCARD], b[index >= JACCARD], index[index >= JACCARD]
