"""Edited reuse: the passages of two articles that answer to each other, word by word, in whatever order they stand.

Sentences that share enough telling words are found with one sparse product for each article; only these are aligned
(Smith & Waterman 1981, several alignments a pair), and what continues in the next sentence is joined.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from summit_analysis.text.alignment import find_passages_in_many
from summit_analysis.text.prose import STOP_WORD, Prose, unit_spans
from summit_analysis.text.runs import MOST_REPEATED

# Weights are shares of the rarest word's, as in `Prose`.
SHARED, COVERED, STRONG = 0.8, 0.3, 1.8  # two sentences are aligned that share so much, or that share of the shorter
REACH = 3  # words between two aligned stretches of one passage
# A passage as rare as this is found now and then in articles that know nothing of one another (two plain words of a
# fact and what stands between them); only what exceeds it is evidence.
CHANCE = 1.2
LONGEST = 120  # words of a sentence that are aligned at once


@dataclass(frozen=True)
class Passage:
    """One shared passage of two articles.

    Attributes
    ----------
    pairs
        (index in a, index in b) of words with equal stems, ordered by place in a; no word stands in two passages.
    rarity
        Sum of the weights of the different words in common, without stop words; 0 and more, larger = less likely by chance. A
        word that the story hardly uses weighs 1, so 2 means two such words, or five plainer ones, together.
    own
        The same over words that are each outlet's own in both.
    """

    pairs: tuple[tuple[int, int], ...]
    rarity: float
    own: float

    @property
    def span_a(self) -> tuple[int, int]:
        """The span of words of a."""
        return self.pairs[0][0], self.pairs[-1][0] + 1

    @property
    def span_b(self) -> tuple[int, int]:
        """The span of words of b."""
        places = [j for _, j in self.pairs]
        return min(places), max(places) + 1


def find_shared(prose: Sequence[Prose]) -> Iterator[tuple[int, int, list[Passage]]]:
    """Yield (a, b, passages) for each pair of articles that has any, a < b, the passages by their place in a."""
    units = [(n, a, b) for n, words in enumerate(prose) for a, b in _pieces(words)]
    matrix, weight = _weigh_units(prose, units)
    owner = np.array([n for n, _, _ in units], dtype=np.int64)
    aligned: dict[tuple[int, int], list[list[tuple[int, int]]]] = {}
    keys: dict[tuple, int] = {}
    key = [keys.setdefault(tuple(prose[n].stems[a:b]), len(keys)) for n, a, b in units]
    usable = _seldom(owner, np.array(key, dtype=np.int64))
    for n in range(len(prose) - 1):
        here, behind = np.flatnonzero((owner == n) & usable), int(np.searchsorted(owner, n, side="right"))
        candidates = list(_candidates(matrix, weight, here, behind, owner, usable))
        fresh = {(key[x], key[y]): (x, y) for x, y in reversed(candidates) if (key[x], key[y]) not in aligned}
        asked = [_wording(prose, units[x], units[y]) for x, y in fresh.values()]
        aligned.update(zip(fresh, find_passages_in_many(asked, reach=REACH), strict=True))
        found: dict[int, list[list[tuple[int, int]]]] = {}
        for x, y in candidates:
            a0, b0, m = units[x][1], units[y][1], units[y][0]
            known = aligned[key[x], key[y]]
            found.setdefault(m, []).extend([(i + a0, j + b0) for i, j in pairs] for pairs in known)
        for m, stretches in sorted(found.items()):
            if passages := _settle(prose[n], prose[m], stretches):
                yield n, m, passages


def _seldom(owner: np.ndarray, key: np.ndarray) -> np.ndarray:
    """Return which units are not the same words that their article has held `MOST_REPEATED` times before."""
    return (pd.DataFrame({"owner": owner, "key": key}).groupby(["owner", "key"]).cumcount() < MOST_REPEATED).to_numpy()


def _pieces(words: Prose) -> Iterator[tuple[int, int]]:
    for start, end in unit_spans(words):
        yield from pairwise([*range(start, end, LONGEST), end])


def _weigh_units(prose: Sequence[Prose], units: list[tuple[int, int, int]]) -> tuple[sparse.csr_array, np.ndarray]:
    """Return units by stems, each with the root of its weight, and the weight of each unit."""
    vocabulary: dict[str, int] = {}
    rows, columns, values = [], [], []
    for unit, (n, a, b) in enumerate(units):
        words = prose[n]
        telling = {words.stems[i]: float(words.weight[i]) for i in range(a, b) if words.weight[i] > STOP_WORD}
        rows += [unit] * len(telling)
        columns += [vocabulary.setdefault(s, len(vocabulary)) for s in telling]
        values += [math.sqrt(w) for w in telling.values()]
    matrix = sparse.coo_array((values, (rows, columns)), shape=(len(units), max(len(vocabulary), 1))).tocsr()
    return matrix, matrix.power(2).sum(axis=1)


def _candidates(
    matrix: sparse.csr_array, weight: np.ndarray, here: np.ndarray, behind: int, owner: np.ndarray, usable: np.ndarray
) -> Iterator[tuple[int, int]]:
    """Yield the units of one article and of those behind it that share enough, in order.

    Of more than `MOST_REPEATED` units of one article that answer to the same unit, those that share most are kept.
    """
    others = matrix[behind:].T.tocsr()
    for start in range(0, len(here), 512):
        block = here[start : start + 512]
        product = (matrix[block] @ others).tocoo()
        x, y = block[product.row], product.col + behind
        enough = (product.data >= COVERED * np.minimum(weight[x], weight[y])) | (product.data >= STRONG)
        kept = enough & (product.data >= SHARED) & usable[y]
        x, y, shared = x[kept], y[kept], product.data[kept].round(9)
        order = np.lexsort((y, -shared, owner[y], x))
        x, y = x[order], y[order]
        few = pd.DataFrame({"x": x, "of": owner[y]}).groupby(["x", "of"]).cumcount().to_numpy() < MOST_REPEATED
        yield from sorted(zip(x[few].tolist(), y[few].tolist(), strict=True))


def _wording(
    prose: Sequence[Prose], one: tuple[int, int, int], two: tuple[int, int, int]
) -> tuple[list[str], list[str], list[float]]:
    (n, a, b), (m, c, d) = one, two
    weights = [float(w) if w > STOP_WORD else 0.0 for w in prose[n].weight[a:b]]
    return prose[n].stems[a:b], prose[m].stems[c:d], weights


def _settle(a: Prose, b: Prose, stretches: list[list[tuple[int, int]]]) -> list[Passage]:
    """Return the passages that `stretches` make: each word in the weightiest one only, neighbours joined."""
    ranked = sorted(((_rarity(a, b, pairs), pairs) for pairs in stretches), key=lambda s: (-s[0], s[1]))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    kept: list[list[tuple[int, int]]] = []
    for _, pairs in ranked:
        free = [(i, j) for i, j in pairs if i not in taken_a and j not in taken_b]
        if not free or _rarity(a, b, free) <= 0:
            continue
        taken_a.update(i for i, _ in free)
        taken_b.update(j for _, j in free)
        kept.append(free)
    joined: list[list[tuple[int, int]]] = []
    for pairs in sorted(kept):
        for before in reversed(joined[-3:]):
            (_, end_a), (_, end_b) = _reach(before)
            (start_a, _), (start_b, _) = _reach(pairs)
            alike = (
                a.kind[a.unit[end_a - 1]] == a.kind[a.unit[start_a]]
                and b.kind[b.unit[end_b - 1]] == b.kind[b.unit[start_b]]
            )
            if alike and 0 <= start_a - end_a <= REACH and 0 <= start_b - end_b <= REACH:
                before.extend(pairs)
                break
        else:
            joined.append(pairs)
    return [Passage(tuple(sorted(pairs)), _rarity(a, b, pairs), _rarity(a, b, _own(a, b, pairs))) for pairs in joined]


def _reach(pairs: list[tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    here, there = [i for i, _ in pairs], [j for _, j in pairs]
    return (min(here), max(here) + 1), (min(there), max(there) + 1)


def _own(a: Prose, b: Prose, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(i, j) for i, j in pairs if a.own[i] and b.own[j]]


def telling(a: Prose, b: Prose, pairs: Sequence[tuple[int, int]]) -> dict[str, float]:
    """Return the different telling words that `pairs` match, each with its weight."""
    found: dict[str, float] = {}
    for i, j in pairs:
        weight = min(float(a.weight[i]), float(b.weight[j]))
        if weight > STOP_WORD:
            found[a.stems[i]] = max(found.get(a.stems[i], 0.0), weight)
    return found


def _rarity(a: Prose, b: Prose, pairs: Sequence[tuple[int, int]]) -> float:
    return math.fsum(telling(a, b, pairs).values())
