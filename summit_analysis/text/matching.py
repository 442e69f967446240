"""How far a sentence tells a statement: the share of the statement's weight that the sentence holds, and what conflicts.

Each word of the statement weighs by how rare it is in the story; a word is found again as itself, in another form, or
as a news synonym, at a discount also in the sentence before or behind. Numbers, weekdays and dates must agree.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from summit_analysis.corpus import Corpus
from summit_analysis.text.meaning import LIGHT, Reading, Word, likeness, pieces, read
from summit_analysis.text.numerals import Value, find_values

UNSEEN = 50  # the story is read as if so many more sentences lacked the word
LIGHTLY = 0.25  # what a light word weighs of its rarity
NEXT_SENTENCE = 0.5  # what a word weighs that only the sentence beside holds
ELSEWHERE = 0.5  # what a name weighs that only the rest of the article holds
NUMBER_WEIGHT = 1.0


@dataclass(frozen=True)
class Sentence:
    """One sentence or heading of an article, read."""

    article: str
    segment: int
    start: int
    end: int
    text: str
    heading: bool
    reading: Reading
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Statement:
    """A claim's statement, read: its words, what each weighs, and its values."""

    text: str
    words: tuple[Word, ...]
    weights: tuple[float, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Match:
    """How a sentence answers to a statement."""

    sentence: int  # place in `Story.sentences`
    score: float  # share of the statement's weight found in the sentence and its neighbours, in [0, 1]
    alone: float  # found in the sentence itself
    plain: float  # score with conflicting values taken as found: whether the sentence is about the same thing
    conflicts: int  # values that cannot both hold
    missing: int  # values of the statement that the sentence has nothing against
    flipped: float  # share of the words found that are negated on one side only
    unreal: bool  # told as possible, planned or expected, where the statement is not
    beside: int  # -1, 0 or 1: the neighbour that holds words which the sentence lacks


class Story:
    """The sentences of a story's articles, and how much each word says in it."""

    def __init__(self, corpus: Corpus, segments: pd.DataFrame) -> None:
        told = segments[segments["kind"].isin(["sentence", "heading"])]
        self.sentences = [
            Sentence(
                row.article, row.segment, row.start, row.end, row.text, row.kind == "heading", read(row.text),
                tuple(find_values(row.text)),
            )
            for row in told.itertuples()
        ]  # fmt: skip
        self.of_article: dict[str, list[int]] = {article: [] for article in corpus.texts}
        for place, sentence in enumerate(self.sentences):
            self.of_article[sentence.article].append(place)
        self.vocabulary = Counter(lemma for s in self.sentences for lemma in {word.lemma for word in s.reading.words})
        self.total = len(self.sentences) + UNSEEN
        self.names = {
            article: {word.term for n in places for word in self.sentences[n].reading.words}
            for article, places in self.of_article.items()
        }

    def weight(self, word: Word) -> float:
        """Return ln((S + 50) / (n + 1)) / ln(S + 50) for a word in n of S sentences, a quarter of it for light words."""
        rarity = math.log(self.total / (self.vocabulary[word.lemma] + 1)) / math.log(self.total)
        return max(rarity, 0.02) * (LIGHTLY if word.lemma in LIGHT or word.term in LIGHT else 1.0)

    def state(self, statement: str) -> Statement:
        """Return `statement` read with this story's weights."""
        values = tuple(find_values(statement))
        words = [
            word for word in read(statement).words
            if not any(v.start <= word.start < v.end for v in values)
        ]  # fmt: skip
        if words and all(word.lemma in LIGHT for word in words) and not values:
            return Statement(statement, tuple(words), tuple(1.0 for _ in words), values)
        return Statement(statement, tuple(words), tuple(self.weight(word) for word in words), values)

    def matches(self, statement: Statement, article: str) -> list[Match]:
        """Return how each sentence of `article` answers to `statement`, in reading order."""
        return [self._match(statement, place) for place in self.of_article[article]]

    def _beside(self, place: int, step: int) -> Sentence | None:
        other = place + step
        if not 0 <= other < len(self.sentences) or self.sentences[other].article != self.sentences[place].article:
            return None
        return None if self.sentences[other].heading else self.sentences[other]

    def _match(self, statement: Statement, place: int) -> Match:
        sentence = self.sentences[place]
        neighbours = [(step, self._beside(place, step)) for step in (-1, 1)]
        total = math.fsum(statement.weights) + NUMBER_WEIGHT * len(statement.values)
        if not total:
            return Match(place, 0.0, 0.0, 0.0, 0, 0, 0.0, False, 0)
        alone = shared = flips = turned = unreal = 0.0
        helped = {-1: 0.0, 1: 0.0}
        for word, weight in zip(statement.words, statement.weights, strict=True):
            near, flip, imagined = _nearest(word, sentence.reading)
            alone += weight * near
            if near:
                if not word.name:
                    flips += weight * near
                    turned += weight * near * flip
                    unreal += weight * near * imagined
            far, step = 0.0, 0
            for side, other in neighbours:
                if other is not None:
                    found = _nearest(word, other.reading)[0] * NEXT_SENTENCE
                    if found > far:
                        far, step = found, side
            if word.name and word.term in self.names[sentence.article]:
                far = max(far, ELSEWHERE)
            if far > near and step:
                helped[step] += weight * (far - near)
            shared += weight * max(near, far)
        agreeing, conflicting, missing = _hold_against(statement.values, sentence.values)
        found = NUMBER_WEIGHT * agreeing
        beside = max(helped, key=lambda side: helped[side])
        return Match(
            place,
            (shared + found) / total,
            (alone + found) / total,
            (shared + found + NUMBER_WEIGHT * conflicting) / total,
            conflicting,
            missing,
            turned / flips if flips else 0.0,
            unreal / flips > 0.5 if flips else False,
            beside if helped[beside] > 0.15 * total else 0,
        )


def _nearest(word: Word, reading: Reading) -> tuple[float, bool, bool]:
    """Return how well the best word of a sentence answers to `word`, whether it is turned, and whether it is unreal."""
    best = (0.0, False, False)
    for other in reading.words:
        alike, opposite = likeness(word, other)
        if alike > best[0]:
            turned = (word.negated != other.negated) != opposite
            best = (alike, turned, other.unreal and not word.unreal)
    return best


def _hold_against(stated: Sequence[Value], found: Sequence[Value]) -> tuple[int, int, int]:
    """Return how many of the stated values agree with one of the sentence's, conflict with one, or meet none."""
    agreeing = conflicting = missing = 0
    for value in stated:
        against = [other for other in found if _comparable(value, other)]
        if any(value.agrees(other) for other in against):
            agreeing += 1
        elif any(not other.unreal for other in against):
            conflicting += 1
        else:
            missing += 1
    return agreeing, conflicting, missing


def _comparable(a: Value, b: Value) -> bool:
    if a.kind != b.kind:
        return False
    if a.kind != "number" or (not a.unit and not b.unit):
        return True
    return any(likeness(x, y)[0] for u in a.unit for v in b.unit for x in read(u).words for y in read(v).words)
