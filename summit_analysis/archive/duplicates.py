"""Near duplicates: pairs of articles whose word 5-shingles overlap by half or more, found and checked exactly.

Two sets whose Jaccard index is at least t share one of the ceil((1 - t) * size) + 1 rarest shingles of either (prefix
filter: Chaudhuri, Ganti & Kaushik 2006). So only those are joined, by sorting 64-bit hashes; most are in one article alone and
fall out at once. Every pair found is then checked on the whole sets.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from summit_analysis.archive import kernels, stages

WORDS, JACCARD = 5, 0.5
DUPLICATES = "duplicates"
COLUMNS = ("article_a", "article_b", "jaccard")
ODD = np.uint64(0x9E3779B97F4A7C15)
# More copies than this of one text are each paired with the first alone: n copies have n (n - 1) / 2 pairs.
MOST_COPIES = 200
Members = tuple[np.ndarray, np.ndarray]  # shingle hashes, the article of each


def shingle(order: np.ndarray, ends: np.ndarray, *, threads: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct shingles of each article as sorted hashes, and where each article ends among them.

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
            follows = left > word
            following = np.zeros_like(order)
            following[: max(len(order) - word, 0)] = order[word:]
            further = (mixed ^ following) * ODD
            mixed = np.where(follows, further ^ (further >> np.uint64(32)), mixed)
    first = np.zeros(len(order), dtype=bool)
    first[ends[:-1][sizes > 0]] = True
    kept = (left >= words) | (first & (left < words))
    mixed, article = mixed[kept], article[kept]
    place = np.lexsort((mixed, article))
    mixed, article = mixed[place], article[place]
    new = np.ones(len(mixed), dtype=bool)
    new[1:] = (mixed[1:] != mixed[:-1]) | (article[1:] != article[:-1])
    return mixed[new], np.concatenate([[0], np.cumsum(np.bincount(article[new], minlength=len(sizes)))])


def first_copies(work: Path, parts: int) -> None:
    """Leave for each article the first one with the very same shingles, and how many it has."""
    keys, sizes = [], []
    for part in range(parts):
        arrays = stages.load(stages.part_file(work, "counts", part))
        shingles, ends = arrays["shingles"], arrays["shingle_ends"]
        size = np.diff(ends)
        total = np.concatenate([np.zeros(1, np.uint64), np.cumsum(shingles, dtype=np.uint64)])
        scattered = np.concatenate(
            [np.zeros(1, np.uint64), np.cumsum(shingles * (shingles >> np.uint64(17) | np.uint64(1)))]
        )
        keys.append(np.stack([total[ends[1:]] - total[ends[:-1]], scattered[ends[1:]] - scattered[ends[:-1]]], axis=1))
        sizes.append(size)
    signature = np.concatenate(keys)
    n = np.concatenate(sizes)
    place = np.lexsort((np.arange(len(n)), signature[:, 1], signature[:, 0], n))
    ordered = np.column_stack([n[place].astype(np.uint64), signature[place]])
    new = np.ones(len(n), dtype=bool)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    new |= n[place] == 0  # texts without words are not copies of one another
    first = np.empty(len(n), dtype=np.int64)
    first[place] = place[np.maximum.accumulate(np.where(new, np.arange(len(n)), 0))]
    stages.save(work / "copies.npz", first=first, size=n, part_ends=np.cumsum([0, *map(len, sizes)]))


def _in_slice(hashes: np.ndarray, number: int, slices: int) -> np.ndarray:
    """Return which hashes belong to slice `number` of `slices`, which cut the range of hashes evenly."""
    return (hashes >> np.uint64(40)) * np.uint64(slices) >> np.uint64(24) == np.uint64(number)


def find_shared(work: Path, number: int, settings: dict) -> None:
    """Leave the members of one slice of hashes that are in more than one article, with in how many, by article."""
    copies = stages.load_shared(work / "copies.npz")
    ends, first = copies["part_ends"], copies["first"]
    hashes, articles = [], []
    for part in range(settings["parts"]):
        arrays = stages.load(stages.part_file(work, "counts", part))
        article = np.repeat(np.arange(ends[part], ends[part + 1]), np.diff(arrays["shingle_ends"]))
        kept = _in_slice(arrays["shingles"], number, settings["slices"]) & (first[article] == article)
        hashes.append(arrays["shingles"][kept]), articles.append(article[kept].astype(np.int32))
    hashes, articles, documents = shared_members(np.concatenate(hashes), np.concatenate(articles))
    stages.save(stages.part_file(work, "shared", number), hashes=hashes, articles=articles, documents=documents)


def shared_members(hashes: np.ndarray, articles: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the members whose hash is in more than one article, ordered by article, and in how many it is."""
    # Nine in ten shingles are in one article alone and fall out before anything is sorted.
    maybe = kernels.maybe_shared(hashes, max(16, min(28, int(np.log2(len(hashes) + 1)) + 3)))
    hashes, articles = hashes[maybe], articles[maybe]
    ordered = np.sort(hashes)
    often = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    place = np.searchsorted(often, hashes)
    kept = np.flatnonzero(np.append(often, 0)[place] == hashes) if len(often) else np.empty(0, np.int64)
    hashes, articles, place = hashes[kept], articles[kept], place[kept]
    documents = np.bincount(place, minlength=len(often))[place].astype(np.int32)
    order = np.lexsort((hashes, documents, articles))
    return hashes[order], articles[order], documents[order]


def choose_rarest(work: Path, part: int, settings: dict) -> None:
    """Leave for each article of a part the shared shingles among its rarest, which candidates must have in common."""
    copies = stages.load_shared(work / "copies.npz")
    low, high = copies["part_ends"][part : part + 2]
    pieces = []
    for number in range(settings["slices"]):
        arrays = stages.load(stages.part_file(work, "shared", number))
        a, b = np.searchsorted(arrays["articles"], [low, high])
        pieces.append(tuple(arrays[name][a:b] for name in ("hashes", "articles", "documents")))
    hashes, articles, documents = (np.concatenate(column) for column in zip(*pieces, strict=True))
    hashes, articles = rarest(hashes, articles, documents, copies["size"])
    stages.save(stages.part_file(work, "rarest", part), hashes=hashes, articles=articles)


def rarest(hashes: np.ndarray, articles: np.ndarray, documents: np.ndarray, size: np.ndarray) -> Members:
    """Return the members in the prefix of their article: its ceil((1 - t) size) + 1 rarest shingles (at most)."""
    if not len(hashes):
        return hashes, articles
    place = np.lexsort((hashes, documents, articles))
    hashes, articles = hashes[place], articles[place]
    start = np.flatnonzero(np.concatenate([[True], articles[1:] != articles[:-1]]))
    count = np.diff(np.append(start, len(articles)))
    rank = np.arange(len(articles)) - np.repeat(start, count)
    own = size[articles]
    alone = own - np.repeat(count, count)  # shingles of no other article are the rarest of all
    prefix = own - np.ceil(JACCARD * own - 1e-9).astype(np.int64) + 1
    kept = rank < prefix - alone
    return hashes[kept], articles[kept]


def join_rarest(work: Path, number: int, settings: dict) -> None:
    """Leave the candidate pairs of one slice of hashes: a < b, each once."""
    size = stages.load_shared(work / "copies.npz")["size"]
    hashes, articles = [], []
    for part in range(settings["parts"]):
        arrays = stages.load(stages.part_file(work, "rarest", part))
        kept = _in_slice(arrays["hashes"], number, settings["slices"])
        hashes.append(arrays["hashes"][kept]), articles.append(arrays["articles"][kept])
    a, b = pair(np.concatenate(hashes), np.concatenate(articles), size)
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


def check_pairs(work: Path, part: int, settings: dict) -> None:
    """Leave the pairs whose first article is in `part` and whose exact Jaccard index is large enough."""
    copies = stages.load_shared(work / "copies.npz")
    ends = copies["part_ends"]
    pieces = []
    for number in range(settings["slices"]):
        arrays = stages.load(stages.part_file(work, "pairs", number))
        low, high = np.searchsorted(arrays["a"], ends[part : part + 2])
        pieces.append(arrays["a"][low:high] * len(copies["first"]) + arrays["b"][low:high])
    pairs = np.unique(np.concatenate(pieces))
    a, b = pairs // len(copies["first"]), pairs % len(copies["first"])
    index = np.zeros(len(a))
    own = stages.load(stages.part_file(work, "counts", part)) if len(a) else {}
    b_part = np.searchsorted(ends, b, side="right") - 1
    for other in np.unique(b_part):
        rows = np.flatnonzero(b_part == other)
        theirs = own if other == part else stages.load(stages.part_file(work, "counts", other))
        index[rows] = jaccard(
            own["shingles"], own["shingle_ends"], a[rows] - ends[part],
            theirs["shingles"], theirs["shingle_ends"], b[rows] - ends[other],
        )  # fmt: skip
    kept = index >= JACCARD
    stages.save(stages.part_file(work, DUPLICATES, part), a=a[kept], b=b[kept], jaccard=index[kept])


def jaccard(
    shingles_a: np.ndarray, ends_a: np.ndarray, a: np.ndarray, shingles_b: np.ndarray, ends_b: np.ndarray, b: np.ndarray
) -> np.ndarray:
    """Return the Jaccard index of each pair of sorted sets."""
    both = kernels.count_common(shingles_a, ends_a, a, shingles_b, ends_b, b)
    return both / (np.diff(ends_a)[a] + np.diff(ends_b)[b] - both)


def pairs_of(work: Path, parts: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return all near-duplicate pairs as rows a < b with their Jaccard index, copies of one text included."""
    copies = stages.load(work / "copies.npz")
    first = copies["first"]
    arrays = [stages.load(stages.part_file(work, DUPLICATES, part)) for part in range(parts)]
    pairs = pd.DataFrame({name: np.concatenate([x[name] for x in arrays]) for name in ("a", "b", "jaccard")})
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


def find(shingles: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the near-duplicate pairs (a < b, Jaccard index) of sets that fit in memory: all the steps above in one."""
    size = np.diff(ends)
    articles = np.repeat(np.arange(len(size), dtype=np.int32), size)
    a, b = pair(*rarest(*shared_members(shingles, articles), size), size)
    index = jaccard(shingles, ends, a, shingles, ends, b)
    return a[index >= JACCARD], b[index >= JACCARD], index[index >= JACCARD]
