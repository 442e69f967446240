"""Which sentences of different articles are told alike: the weight of the words that local alignment finds in both."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from summit_analysis.text.alignment import find_passages, stem
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

    def weight(self, stems: set[str]) -> float:
        """Return the summed weight of some stems."""
        return math.fsum(self.weights.get(s, 0.0) for s in sorted(stems))


def alike_pairs(told: Sentences, *, least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (number, number, similarity) of the sentences of different articles that are alike by at least `least`.

    The similarity, in (0, 1], is the weight of the content words of the best aligned passages (Smith & Waterman 1981),
    free in their order, as share of the weight of the lighter sentence.
    """
    vocabulary = {s: n for n, s in enumerate(sorted(told.weights))}
    cells = [(n, vocabulary[s], math.sqrt(told.weights[s])) for n, x in enumerate(told.all) for s in sorted(x.content)]
    if not cells:
        return
    row, column, value = zip(*cells, strict=True)
    matrix = sparse.coo_array((value, (row, column)), shape=(len(told), len(vocabulary))).tocsr()
    floor = np.array([told.weight(x.content) for x in told.all])
    owner = pd.factorize(pd.Series([x.article for x in told.all]))[0]
    for start in range(0, len(told), CHUNK):
        product = (matrix[start : start + CHUNK] @ matrix.T).tocoo()
        left, right = product.row + start, product.col
        enough = (product.data >= SHARED) & (product.data >= least * np.minimum(floor[left], floor[right]) - 1e-9)
        keep = enough & (left < right) & (owner[left] != owner[right])
        for a, b in sorted(zip(left[keep].tolist(), right[keep].tolist(), strict=True)):
            similarity, common = similarity_of(told, told[a], told[b])
            if similarity >= least and len(common) >= LEAST_WORDS and told.weight(common) >= SHARED:
                yield a, b, similarity


def similarity_of(told: Sentences, a: Sentence, b: Sentence) -> tuple[float, set[str]]:
    """Return the similarity of two sentences, in [0, 1], and the stems that it rests on."""
    weights = [
        0.0 if t.term in STOP_WORDS else told.weights.get(s, 0.0) for s, t in zip(a.stems, a.tokens, strict=True)
    ]
    common: set[str] = set()
    for pairs in find_passages(a.stems, b.stems, weights, reach=REACH):
        common |= {a.stems[i] for i, _ in pairs if weights[i]}
    shared = told.weight(common)
    lighter = min(told.weight(a.content), told.weight(b.content))
    return (round(min(1.0, shared / lighter), 9) if lighter else 0.0), common
