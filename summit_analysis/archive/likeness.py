"""How likely two articles tell the same event, from their words, their titles, the days between them and their background.

A running topic makes articles of different weeks alike. So a cosine is held against each article's own *background*: how
near it comes to articles of other weeks. The weights are those of a logistic regression on real events found by reading;
``docs/archive.md`` says how. Without a title on both sides a regression without titles takes over.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.special import expit

from summit_analysis.archive import counting, ingestion, neighbours, stages, weights

TITLES = "titles"
WINDOW = 5
NO_DAY = -(10**9)
# Without a date two articles may be of one day or of different years; this is what they are taken to be apart where
# one of them has none, and where neither has: what fitted best on archives with few and without dates.
ONE_UNDATED, BOTH_UNDATED = 4.0, 2.0
# Constant, log of the cosine, log of the background, root of the cosine of the titles, days.
WITH_TITLES = (-1.3, 4.75, -5.7, 4.4, -1.9)
WITHOUT_TITLES = (1.0, 5.4, -5.6, 0.0, -1.8)
# The median background of the articles that the weights were fitted on.
TYPICAL_BACKGROUND = 0.18
LEAST = 0.01  # of what a logarithm is taken


def weigh_titles(work: Path, part: int, settings: dict) -> None:
    """Leave the TF-IDF weights of the titles of one part, in the vocabulary of the texts."""
    vocabulary = stages.load_shared(work / weights.VOCABULARY)
    counts = counting.count(ingestion.read_part(work / "parts", part, ["title"])["title"].combine_chunks())
    place = weights.places(counts.terms, vocabulary)
    known = np.flatnonzero(place >= 0)
    inside = weights.tfidf(counts.matrix[:, known], counts.terms.take(known), place[known], vocabulary)
    stages.save(stages.part_file(work, TITLES, part), **stages.pack_matrix(inside))


class Titles:
    """The TF-IDF weights of all titles."""

    def __init__(self, work: Path, settings: dict) -> None:
        ends, columns, values = [np.zeros(1, np.int64)], [], []
        for part in range(settings["parts"]):
            arrays = stages.load(stages.part_file(work, TITLES, part), "ends", "columns", "values")
            ends.append(ends[-1][-1] + arrays["ends"][1:].astype(np.int64))
            columns.append(arrays["columns"].astype(np.int32)), values.append(arrays["values"])
        terms = len(stages.load_shared(work / weights.VOCABULARY)["documents"])
        self._spread = np.zeros(terms)  # what `kernels.dot_pairs` works in
        self._rows = tuple(map(np.concatenate, (ends, columns, values)))
        self._empty = np.diff(self._rows[0]) == 0

    def cosines(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Return the cosine of the titles of articles `a` and `b`, nan where one has no title with a known word."""
        a, b = a.astype(np.int64), b.astype(np.int64)
        cosine = neighbours.cosines(*self._rows, a, *self._rows, b, self._spread)
        cosine[self._empty[a] | self._empty[b]] = np.nan
        return cosine


def background(
    near: dict[str, np.ndarray], days: np.ndarray, first: np.ndarray, k: int, low: int = 0, high: int | None = None
) -> np.ndarray:
    """Return the background of articles `low` to `high` - 1 in (0, 1]: the mean cosine with those of its `k` nearest of other weeks.

    `near` holds their article, neighbour and cosine, best first; `first` the text that each article of the archive is a
    copy of. Where none of the nearest is known to be further away than the window, the least of the k cosines bounds the
    background; where there are fewer than k, so does what is typical.
    """
    a, b, cosine = near["article"], near["neighbour"], near["cosine"]
    other = first[a] != first[b]
    a, b, cosine = a[other], b[other], cosine[other]
    known = (days[a] != NO_DAY) & (days[b] != NO_DAY)
    far = known & (np.abs(days[a] - days[b]) > WINDOW)
    a = a - low
    n = (len(days) if high is None else high) - low
    total, count = np.bincount(a[far], cosine[far], minlength=n), np.bincount(a[far], minlength=n)
    least = np.full(n, TYPICAL_BACKGROUND)
    full = np.bincount(a, minlength=n) >= k
    least[full] = 1
    np.minimum.at(least, a, cosine)
    return np.maximum(np.where(count > 0, total / np.maximum(count, 1), least), LEAST)


def probability(
    cosine: np.ndarray, background_a: np.ndarray, background_b: np.ndarray, title: np.ndarray,
    days_a: np.ndarray, days_b: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Return for pairs how likely they tell the same event, in [0, 1); 0 beyond the window. `title` is nan where unknown."""
    undated = (days_a == NO_DAY).astype(np.int64) + (days_b == NO_DAY)
    apart = np.choose(undated, [np.abs(days_a - days_b), ONE_UNDATED, BOTH_UNDATED])
    untitled = np.isnan(title)
    columns = (
        np.ones(len(cosine)), np.log(np.maximum(cosine, LEAST)), np.log(background_a * background_b) / 2,
        np.sqrt(np.where(untitled, 0, title)), apart,
    )  # fmt: skip
    with_titles, without = (
        sum(weight * column for weight, column in zip(model, columns, strict=True))
        for model in (WITH_TITLES, WITHOUT_TITLES)
    )
    return np.where(apart <= WINDOW, expit(np.where(untitled, without, with_titles)), 0.0)
