"""Which sentences of different articles are told alike: the weight of the words that local alignment finds in both."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from summit_analysis.text.alignment import find_passages, find_passages_in_many, stem
from summit_analysis.text.mentions import Rarity
from summit_analysis.text.terms import STOP_WORDS, Token, tokenise

SHARED = 1.0  # the least weight in common: two or three telling words
LEAST_WORDS = 3  # different content words that both must hold
REACH = 6  # words between two aligned stretches that belong together
CHUNK = 512
MOST_SENTENCES = 20_000  # beyond that comparing all with all is work for the archive


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article: ``texts[article][start : start + len(text)]`` is its text."""

    article: str
    segment: int
    start: int
    text: str
    tokens: list[Token]
    stems: list[str]

    @property
    def content(self) -> set[str]:
        """The stems of its words that are no stop words."""
        return {s for s, token in zip(self.stems, self.tokens, strict=True) if token.term not in STOP_WORDS}


class Sentences:
    """The sentences of some articles, in order, with the weight of each stem."""

    def __init__(self, segments: pd.DataFrame, articles: list[str]) -> None:
        rows = segments[(segments["kind"] == "sentence") & segments["article"].isin(articles)]
        rows = rows.sort_values(["article", "segment"])
        self.all: list[Sentence] = []
        for row in rows.itertuples():
            tokens = tokenise(row.text)
            stems = [stem(token.term) for token in tokens]
            self.all.append(Sentence(row.article, int(row.segment), int(row.start), row.text, tokens, stems))
        rarity = Rarity([token.term for token in sentence.tokens] for sentence in self.all)
        self.weights = {s: rarity.of([s]) for sentence in self.all for s in sentence.content}

    def __getitem__(self, number: int) -> Sentence:
        return self.all[number]

    def __len__(self) -> int:
        return len(self.all)

    def weights_of(self, sentence: Sentence) -> list[float]:
        """Return the weight of each word of a sentence, 0 for stop words."""
        return [
            0.0 if t.term in STOP_WORDS else self.weights.get(s, 0.0)
            for s, t in zip(sentence.stems, sentence.tokens, strict=True)
        ]

    def weight(self, stems: set[str]) -> float:
        """Return the summed weight of some stems."""
        return math.fsum(self.weights.get(s, 0.0) for s in sorted(stems))


def alike_pairs(told: Sentences, *, least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (number, number, similarity) of the sentences of different articles that are alike by at least `least`.

    The similarity, in (0, 1], is the weight of the content words of the best aligned passages (Smith & Waterman 1981),
    free in their order, as share of the weight of the lighter sentence. What an article says again word for word counts
    where it stands first.
    """
    vocabulary = {s: n for n, s in enumerate(sorted(told.weights))}
    content = [x.content for x in told.all]
    cells = [(n, vocabulary[s], math.sqrt(told.weights[s])) for n, held in enumerate(content) for s in sorted(held)]
    if not cells:
        return
    row, column, value = zip(*cells, strict=True)
    matrix = sparse.coo_array((value, (row, column)), shape=(len(told), len(vocabulary))).tocsr()
    floor = np.array([told.weight(held) for held in content])
    first = np.flatnonzero(~pd.DataFrame([(x.article, x.text) for x in told.all]).duplicated().to_numpy())
    owner = pd.factorize(pd.Series([x.article for x in told.all]))[0][first]
    matrix, floor = matrix[first], floor[first]
    for start, stop in _chunks(owner):
        behind = int(np.searchsorted(owner, owner[start], side="right"))  # sentences of one article stand together
        product = (matrix[start:stop] @ matrix[behind:].T).tocoo()
        left, right = product.row + start, product.col + behind
        enough = (product.data >= SHARED) & (product.data >= least * np.minimum(floor[left], floor[right]) - 1e-9)
        found = sorted(zip(first[left[enough]].tolist(), first[right[enough]].tolist(), strict=True))
        pairs = [(a, b) for a, b in found if len(content[a] & content[b]) >= LEAST_WORDS]
        asked = [(told[a].stems, told[b].stems, told.weights_of(told[a])) for a, b in pairs]
        for (a, b), passages in zip(pairs, find_passages_in_many(asked, reach=REACH), strict=True):
            similarity, common = _shared(told, told[a], told[b], passages)
            if similarity >= least and len(common) >= LEAST_WORDS and told.weight(common) >= SHARED:
                yield a, b, similarity


def _chunks(owner: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield (start, stop) of at most `CHUNK` sentences of one article, those of the last left out."""
    edges = [*np.flatnonzero(np.diff(owner, prepend=-1)).tolist(), len(owner)]
    for begin, end in pairwise(edges[:-1]):
        yield from pairwise([*range(begin, end, CHUNK), end])


def similarity_of(told: Sentences, a: Sentence, b: Sentence) -> tuple[float, set[str]]:
    """Return the similarity of two sentences, in [0, 1], and the stems that it rests on."""
    return _shared(told, a, b, find_passages(a.stems, b.stems, told.weights_of(a), reach=REACH))


def _shared(
    told: Sentences, a: Sentence, b: Sentence, passages: Iterable[list[tuple[int, int]]]
) -> tuple[float, set[str]]:
    weights = told.weights_of(a)
    common = {a.stems[i] for pairs in passages for i, _ in pairs if weights[i]}
    shared = told.weight(common)
    lighter = min(told.weight(a.content), told.weight(b.content))
    return (round(min(1.0, shared / lighter), 9) if lighter else 0.0), common
