"""How close two wordings are, and which of them belong together: the words they share, weighed by how rare they are."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from summit_analysis.text import alignment
from summit_analysis.text.segments import segment
from summit_analysis.text.terms import STOP_WORDS, Token, tokenise

# Weights are shares of the rarest word's, so these hold for stories of any size.
COVERED = 0.6  # of the shorter passage must be found again
EVIDENCE = 0.55  # the least weight in common: one long word that the story hardly uses, or two plainer ones
CHANCE = 0.5  # more is asked of a speaker with many quotations, of which two may share a word by chance
NEARLY_ALL = 0.9  # found again: stop words in the same order then count as evidence too
STOP_WORD = 0.1  # weighs as much
STRONG = 2.5  # this much in common joins what stands within long sentences too
CONFLICT_COVERED, CONFLICT_EVIDENCE = 0.8, 1.0  # more is asked before two speakers are set against each other
REACH = 3  # words between two aligned stretches of one passage
MOSTLY = 2 / 3  # of a quotation's words matched: the whole of it is the variant
# A story is a small sample of the language: it is read as if so many more sentences lacked the word, and short words
# count less, because short words are common ones (Zipf 1935; Piantadosi, Tily & Gibson 2011).
UNSEEN_SENTENCES, FULL_LENGTH = 50, 8


@dataclass
class Wording:
    """A sequence of terms that one or more quotations share."""

    terms: tuple[str, ...]
    stems: list[str]
    sentences: list[tuple[int, int]]  # spans of tokens
    weights: list[float]
    members: list[int] = field(default_factory=list)  # rows of the quotations

    def weight(self, start: int, end: int) -> float:
        """Return the weight of the different words in a span of tokens."""
        return math.fsum(dict(zip(self.stems[start:end], self.weights[start:end], strict=True)).values())

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the sentences that a span of tokens touches."""
        touched = [(a, b) for a, b in self.sentences if a < end and start < b]
        return touched[0][0], touched[-1][1]


@dataclass(frozen=True)
class Match:
    """A passage of one wording that answers to a passage of another; the outer spans add what was replaced there."""

    span_a: tuple[int, int]
    span_b: tuple[int, int]
    outer_a: tuple[int, int]
    outer_b: tuple[int, int]
    evidence: float
    similarity: float


class Speech:
    """The quotations of a story as wordings, with what each word weighs."""

    def __init__(self, quotations: pd.DataFrame, tokens: pd.DataFrame, articles: pd.DataFrame) -> None:
        label = articles.set_index("article")["label"]
        known = (quotations["kind"] == "speech") & (quotations["speaker"].fillna("") != "")
        table = quotations[known & quotations["article"].isin(label.index)]
        self.table = table.sort_values(["article", "start"], ignore_index=True)
        self.table = self.table.assign(label=self.table["article"].map(label), verb=self.table["verb"].fillna(""))
        self.article = list(self.table["article"])
        self.speakers = [frozenset(s.strip() for s in speaker.split(";")) for speaker in self.table["speaker"]]
        self.tokens: list[list[Token]] = [tokenise(text) for text in self.table["text"]]
        self.wordings: list[Wording] = []
        self.weigh, self.log_total = _weigher(tokens, self.tokens)
        place: dict[tuple[str, ...], int] = {}
        for row, found in enumerate(self.tokens):
            terms = tuple(token.term for token in found)
            if terms not in place:
                place[terms] = len(self.wordings)
                stems = [alignment.stem(term) for term in terms]
                sentences = _sentences(self.table["text"].iloc[row], found)
                self.wordings.append(Wording(terms, stems, sentences, [self.weigh(term) for term in terms]))
            self.wordings[place[terms]].members.append(row)
        self.matches: dict[tuple[int, int], list[Match]] = {}

    def matched(self, a: int, b: int) -> list[Match]:
        """Return the close passages of two wordings, compared once."""
        if (a, b) not in self.matches:
            self.matches[a, b] = list(_match(self.wordings[a], self.wordings[b]))
        return self.matches[a, b]


def _weigher(tokens: pd.DataFrame, quoted: list[list[Token]]) -> tuple[Callable[[str], float], float]:
    """Return the function from a term to its weight in [0, 1], 0.1 for stop words, and what 1 is in nats.

    ln((S + 50) / (n + 1)) / ln(S + 50), where n of the S sentences hold the word in any of its endings, times
    letters / 8 for words of fewer letters. A sentence is one of an outlet's own words, or a quotation; one that many
    articles repeat counts once.
    """
    own = tokens[tokens["voice"] == "own"].groupby(["article", "segment"], sort=False)["term"].agg(frozenset)
    sentences = [*own, *(set({tuple(t.term for t in found) for found in quoted}))]
    counts = Counter(stem for sentence in sentences for stem in {alignment.stem(term) for term in sentence})
    total = len(sentences) + UNSEEN_SENTENCES

    def weigh(term: str) -> float:
        if term in STOP_WORDS:
            return STOP_WORD
        rarity = math.log(total / (counts[alignment.stem(term)] + 1)) / math.log(total)
        return max(rarity, 0.0) * min(1.0, len(term) / FULL_LENGTH)

    return weigh, math.log(total)


def _sentences(text: str, tokens: list[Token]) -> list[tuple[int, int]]:
    """Return the spans of tokens of each sentence of `text`; together they hold all tokens."""
    begins = [start for _, start, _ in segment(text)][1:]
    cuts = [0, *np.searchsorted([token.start for token in tokens], begins), len(tokens)]
    return [(int(a), int(b)) for a, b in pairwise(cuts) if a < b]


def _match(a: Wording, b: Wording) -> Iterator[Match]:
    """Yield the passages of two wordings that are close, whatever the order of words within each passage."""
    telling = [0.0 if term in STOP_WORDS else weight for term, weight in zip(a.terms, a.weights, strict=True)]
    for pairs in alignment.find_passages(a.stems, b.stems, telling, reach=REACH):
        common = {a.stems[i]: min(a.weights[i], b.weights[j]) for i, j in pairs}
        shared, evidence = (
            math.fsum(common.values()),
            math.fsum(weight for weight in common.values() if weight > STOP_WORD),
        )
        span_a, span_b = ((min(side), max(side) + 1) for side in zip(*pairs, strict=True))
        (low_a, high_a), (low_b, high_b) = a.around(*span_a), b.around(*span_b)
        if min(high_a - low_a, high_b - low_b) < 2:
            continue  # one word says too little, unless it is the whole of both quotations
        if sum(weight > STOP_WORD for weight in common.values()) == 1:
            # One telling word says enough in its very form, with the word beside it or as half of a fragment.
            i, j = next((i, j) for i, j in pairs if telling[i])
            beside = (i - 1, j - 1) in pairs or (i + 1, j + 1) in pairs
            half = 2 * len(pairs) >= min(high_a - low_a, high_b - low_b)
            if a.terms[i] != b.terms[j] or not (beside or half):
                continue
        similarity = min(1.0, shared / min(a.weight(low_a, high_a), b.weight(low_b, high_b)))
        evidence = shared if similarity >= NEARLY_ALL else evidence
        within = min(a.weight(*span_a), b.weight(*span_b))
        if similarity >= COVERED or (shared >= STRONG and shared >= COVERED * within):
            # What stands beside the aligned words on both sides was said in place of one another.
            before = min(REACH, span_a[0] - low_a, span_b[0] - low_b)
            behind = min(REACH, high_a - span_a[1], high_b - span_b[1])
            outer_a = (span_a[0] - before, span_a[1] + behind)
            outer_b = (span_b[0] - before, span_b[1] + behind)
            yield Match(span_a, span_b, outer_a, outer_b, evidence, similarity)


def _candidates(speech: Speech, wordings: list[int], needed: float) -> list[tuple[int, int]]:
    """Return the pairs of wordings that share enough telling words in any order, the most alike first.

    An upper bound of what alignment can find, from one sparse product: only these pairs are aligned.
    """
    units, owner, floor = [], [], []
    for w in wordings:
        wording = speech.wordings[w]
        spans = wording.sentences if len(wording.sentences) < 2 else [*wording.sentences, (0, len(wording.terms))]
        for start, end in spans:
            unit = {
                stem: weight
                for stem, weight, term in zip(
                    wording.stems[start:end], wording.weights[start:end], wording.terms[start:end], strict=True
                )
                if term not in STOP_WORDS
            }
            units.append(unit)
            owner.append(w)
            floor.append(math.fsum(unit.values()))
    vocabulary = {stem: n for n, stem in enumerate(sorted(set().union(*units)))}
    row = [n for n, unit in enumerate(units) for _ in unit]
    column = [vocabulary[stem] for unit in units for stem in unit]
    value = [math.sqrt(weight) for unit in units for weight in unit.values()]
    matrix = sparse.coo_array((value, (row, column)), shape=(len(units), max(len(vocabulary), 1))).tocsr()
    owners, floors = np.array(owner, dtype=int), np.array(floor)
    best: dict[tuple[int, int], float] = {}
    for start in range(0, len(units), 512):
        product = (matrix[start : start + 512] @ matrix.T).tocoo()
        left, right = product.row + start, product.col
        smaller = np.minimum(floors[left], floors[right])
        # Stop words may raise a coverage, so the bound is loose by what they can add.
        close = (product.data >= 0.75 * COVERED * smaller) | (product.data >= STRONG)
        telling = (product.data >= needed) | (product.data >= np.maximum(0.75 * smaller, 2 * STOP_WORD))
        keep = (owners[left] < owners[right]) & telling & close
        for a, b, shared in zip(owners[left[keep]], owners[right[keep]], product.data[keep], strict=True):
            pair = (int(a), int(b))
            best[pair] = max(best.get(pair, 0.0), round(float(shared), 9))
    return sorted(best, key=lambda pair: (-best[pair], pair))


def _needed(speech: Speech, wordings: list[int]) -> float:
    """Return the weight that two of these wordings must share: as rare as one in half of them, or `EVIDENCE`."""
    return max(EVIDENCE, math.log(max(CHANCE * len(wordings), 1)) / speech.log_total)


class Clusters:
    """Passages of wordings, joined into clusters; passages of one wording that overlap by half are one."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self.parent: list[int] = []
        self.passages: list[tuple[int, tuple[int, int], tuple[int, int]]] = []  # wording, span, outer span
        self.of_wording: dict[int, list[int]] = defaultdict(list)

    def add(self, wording: int, span: tuple[int, int], outer: tuple[int, int]) -> int:
        """Return a new node for a passage of `wording`, joined with those that it overlaps."""
        node = len(self.parent)
        self.parent.append(node)
        for other in self.of_wording[wording]:
            start, end = self.passages[other][1]
            overlap = min(end, span[1]) - max(start, span[0])
            if 2 * overlap >= min(end - start, span[1] - span[0]):
                self.join(node, other)
        self.passages.append((wording, span, outer))
        self.of_wording[wording].append(node)
        return node

    def root(self, node: int) -> int:
        """Return the node that stands for the cluster of `node`."""
        while self.parent[node] != node:
            self.parent[node] = node = self.parent[self.parent[node]]
        return node

    def join(self, one: int, two: int) -> None:
        """Make one cluster of those of two nodes."""
        a, b = sorted((self.root(one), self.root(two)))
        self.parent[b] = a

    def joined_whole(self, a: int, b: int) -> bool:
        """Return whether two wordings are in one cluster from end to end, so that aligning them adds nothing."""
        return bool(self._whole(a) & self._whole(b))

    def _whole(self, wording: int) -> set[int]:
        words = len(self.speech.wordings[wording].terms)
        passages = ((node, self.passages[node][2]) for node in self.of_wording[wording])
        return {self.root(node) for node, outer in passages if self._filled(wording, *outer) == (0, words)}

    def collect(self) -> list[dict[int, tuple[int, int]]]:
        """Return each cluster as the span of tokens that each of its wordings has in it."""
        found: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        for node, (wording, _, (start, end)) in enumerate(self.passages):
            spans = found[self.root(node)]
            low, high = spans.get(wording, (start, end))
            spans[wording] = (min(low, start), max(high, end))
        return [{w: self._filled(w, *span) for w, span in spans.items()} for spans in found.values()]

    def _filled(self, wording: int, start: int, end: int) -> tuple[int, int]:
        low, high = self.speech.wordings[wording].around(start, end)
        return (low, high) if end - start >= MOSTLY * (high - low) else (start, end)


def join(
    speech: Speech, wordings: list[int], pairs: Callable[[int, int], bool], enough: Callable[[int, int, Match], bool]
) -> list[dict[int, tuple[int, int]]]:
    """Return the clusters of some wordings; `pairs` says which two to compare, `enough` which match joins them."""
    clusters = Clusters(speech)
    for w in wordings:
        wording = speech.wordings[w]
        whole = (0, len(wording.terms))
        weight = sum(v for t, v in zip(wording.terms, wording.weights, strict=True) if t not in STOP_WORDS)
        if weight and pairs(w, w) and enough(w, w, Match(whole, whole, whole, whole, wording.weight(*whole), 1.0)):
            clusters.add(w, whole, whole)
    needed = _needed(speech, wordings)
    for a, b in _candidates(speech, wordings, needed):
        if clusters.joined_whole(a, b) or not pairs(a, b):
            continue
        for match in speech.matched(a, b):
            if match.evidence >= needed and enough(a, b, match):
                one = clusters.add(a, match.span_a, match.outer_a)
                clusters.join(one, clusters.add(b, match.span_b, match.outer_b))
    return clusters.collect()
