"""Text that an outlet repeats from article to article: page furniture, set apart before anything is counted.

The rules of `text.segments` know the lines that many sites share; an outlet's own are known by their repetition. A copy
of an article repeats lines too, so an article that consists mostly of lines seen elsewhere has no say.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from summit_analysis.archive import duplicates, ingestion, stages
from summit_analysis.text import segments

# A line is repeated if so many articles of its outlet have it that are not copies of one another, ...
LEAST, SHARE = 3, 0.001
# ... where a copy is an article more than half of whose characters stand in lines that others have.
COPY = 0.5
COLUMNS = ("outlet", "text", "articles")
LINES, REPEATED = "lines", "repeated.npz"


def find_lines(work: Path, part: int, settings: dict) -> None:
    """Leave for each line of a part: article (its row), key (hash of outlet and line), size (characters)."""
    table = ingestion.read_part(work / "parts", part, ["outlet", "text"])
    article, keyed, size = [], [], []
    for row, (outlet, text) in enumerate(zip(table["outlet"].to_pylist(), table["text"].to_pylist(), strict=True)):
        lines = dict.fromkeys(stripped for line in text.split("\n") if (stripped := line.strip()))
        article += [row] * len(lines)
        keyed += [f"{outlet}\0{line}" for line in lines]
        size += map(len, lines)
    key = pd.util.hash_array(np.array(keyed, dtype=object), categorize=False).astype(np.uint64)
    outlets = pd.util.hash_array(np.array(table["outlet"].to_pylist(), dtype=object), categorize=False).astype(
        np.uint64
    )
    stages.save(
        stages.part_file(work, LINES, part),
        article=np.array(article, np.int32), key=key, size=np.array(size, np.int32), outlet=outlets,
    )  # fmt: skip


def find_repeated(work: Path, parts: int, room: int) -> None:
    """Leave the keys of repeated lines and in how many articles each stands."""
    shared, counts = _shared_keys(work, parts, room)

    def own_lines(part: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the keys of lines in articles that are no copies, and the outlet of each."""
        lines = stages.load(stages.part_file(work, LINES, part))
        seen = _among(lines["key"], shared)
        n = len(lines["outlet"])
        known = np.bincount(lines["article"], lines["size"] * seen, minlength=n)
        copies = known > COPY * np.bincount(lines["article"], lines["size"], minlength=n)
        kept = seen & ~copies[lines["article"]]
        return lines["key"][kept], lines["outlet"][lines["article"][kept]]

    pairs = [own_lines(part) for part in range(parts)]
    outlets, articles = _tally(stages.load(stages.part_file(work, LINES, part))["outlet"] for part in range(parts))
    own, own_counts = _tally(key for key, _ in pairs)
    outlet_of = pd.Series(np.concatenate([o for _, o in pairs]), index=np.concatenate([k for k, _ in pairs]))
    outlet_of = outlet_of[~outlet_of.index.duplicated()].reindex(own).to_numpy(dtype=np.uint64)
    needed = np.maximum(LEAST, SHARE * articles[np.searchsorted(outlets, outlet_of)])
    repeated = own[own_counts >= needed]
    stages.save(work / REPEATED, key=repeated, articles=counts[np.searchsorted(shared, repeated)])


def _shared_keys(work: Path, parts: int, room: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the keys of lines that stand in several articles, sorted, and in how many; a stretch of keys at a time."""
    files = [stages.part_file(work, LINES, part) for part in range(parts)]
    total = sum(len(stages.load(file, "article")["article"]) for file in files)
    stretches = max(1, -(-total * 48 // room))  # bytes a key while it is counted
    keys, counts = [], []
    for stretch in range(stretches):
        own = (stages.load(file, "key")["key"] for file in files)
        some = np.concatenate([key[duplicates.slice_of(key, stretches) == stretch] for key in own])
        # More than nine lines in ten stand in one article alone and fall out before anything is counted.
        some, times = np.unique(some[duplicates.maybe_shared(some)], return_counts=True)
        keys.append(some[times > 1]), counts.append(times[times > 1])
    return np.concatenate(keys), np.concatenate(counts)


def left_out(work: Path, part: int, outlets: list[str], texts: list[str]) -> tuple[list[list[tuple[int, int]]], dict]:
    """Return the spans of each text that are not counted, and key to (outlet, line) of the repeated lines met."""
    repeated = stages.load_shared(work / REPEATED)["key"]
    lines = stages.load(stages.part_file(work, LINES, part))
    rows = set(lines["article"][_among(lines["key"], repeated)].tolist())
    known = frozenset(repeated.tolist())
    spans, met = [], {}
    for row, (outlet, text) in enumerate(zip(outlets, texts, strict=True)):
        found = segments.boilerplate(text)
        if row in rows:
            places, at = [], 0
            for line in text.split("\n"):
                if stripped := line.strip():
                    start = at + line.index(stripped)
                    places.append((start, start + len(stripped), stripped))
                at += len(line) + 1
            keyed = np.array([f"{outlet}\0{line}" for _, _, line in places], dtype=object)
            for key, (start, end, line) in zip(
                pd.util.hash_array(keyed, categorize=False).tolist(), places, strict=True
            ):
                if key in known:
                    found.append((start, end))
                    met[key] = (outlet, line)
        spans.append(_union(found))
    return spans, met


def table(work: Path, met: dict[int, tuple[str, str]]) -> pd.DataFrame:
    """Return one row per line that an outlet repeats, most frequent first: outlet; text; articles (that have it)."""
    arrays = stages.load_shared(work / REPEATED)
    articles = dict(zip(arrays["key"].tolist(), arrays["articles"].tolist(), strict=True))
    rows = [(outlet, line, articles[key]) for key, (outlet, line) in met.items()]
    result = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"outlet": "str", "text": "str", "articles": "int64"})
    return result.sort_values(["outlet", "articles", "text"], ascending=[True, False, True], ignore_index=True)


def _tally(arrays: object) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct values of many arrays, sorted, and how often each occurs."""
    return np.unique(np.concatenate([*arrays]), return_counts=True)


def _among(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return which values are in the sorted array `known`."""
    if not len(known):
        return np.zeros(len(values), dtype=bool)
    place = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return known[place] == values


def _union(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
