"""How far a sentence tells a statement: the share of the statement's weight that the sentence holds, and what conflicts.

Each word of the statement weighs by how rare it is in the story; a word is found again as itself, in another form, or
as a news synonym, at a discount also in the sentence before or behind. Numbers, weekdays and dates must agree.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from summit_analysis.corpus import Corpus
from summit_analysis.text.agency import agents_at, agents_of, last_name, names_in, verb_of
from summit_analysis.text.clauses import BLANK, VERBS
from summit_analysis.text.deeds import Deed, find_deeds, turned_round
from summit_analysis.text.meaning import (
    FUNCTION,
    LIGHT,
    MEASURING,
    SAME,
    Reading,
    Word,
    kinship,
    lemma_of,
    likeness,
    read,
)
from summit_analysis.text.polarity import Said
from summit_analysis.text.quantifiers import Share, find_shares, hold_shares
from summit_analysis.text.terms import tokenise
from summit_analysis.text.values import Value, find_values

UNSEEN = 50  # the story is read as if so many more sentences lacked the word
LIGHTLY = 0.25  # what a light word weighs of its rarity
NEXT_SENTENCE = 0.5  # what a word weighs that only the sentence beside holds
ELSEWHERE = 0.5  # what a name weighs that only the rest of the article holds
HELPED = 0.15  # of the statement's weight: the sentence beside that adds less is not taken as evidence
MEANT = 0.85  # what the subject weighs where a pronoun stands for it
NUMBER_WEIGHT = 1.0  # what a number, day or date weighs
VERBATIM = 0.8  # what a word in quotation marks weighs
NEGATION_WEIGHT = 0.3  # what it weighs that a negative statement meets a negative sentence
LETTERS = 4  # characters in a row that are compared, blanks between words included


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
    quoted: tuple[tuple[int, int, str], ...] = ()  # spans of speech within it, and who is given as saying it
    deeds: tuple[Deed, ...] = ()
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Statement:
    """A claim's statement, read: its words, what each weighs, and its values."""

    text: str
    words: tuple[Word, ...]
    weights: tuple[float, ...]
    values: tuple[Value, ...]
    letters: dict[str, float] = field(default_factory=dict)  # what each run of four characters weighs
    agents: frozenset[str] = frozenset()  # last names of those it begins with as its subject
    saying: bool = False  # whether its verb is one of reporting: it tells what somebody said
    cues: tuple[frozenset[str], ...] = ()  # the lemmas of each cue
    deeds: tuple[Deed, ...] = ()
    shares: tuple[Share, ...] = ()
    required: tuple[float, ...] = ()  # for each word how far nothing tells the statement that lacks it


@dataclass(frozen=True)
class Match:
    """How a sentence answers to a statement."""

    sentence: int  # place in `Story.sentences`
    score: float  # share of the statement's weight found in the sentence and its neighbours, in [0, 1]
    alone: float  # found in the sentence itself
    words: float  # share of the weight of its words found, values left out
    plainly: float  # the same of those that are no names
    conflicts: int  # values, or all and a part of a thing, that cannot both hold
    missing: int  # values of the statement that the sentence has nothing against
    flipped: float  # share of the words found that are negated on one side only
    unreal: bool  # told as possible, planned or expected, where the statement is not
    beside: int  # -1, 0 or 1: the neighbour that holds words which the sentence lacks
    stranger: bool  # somebody else than the statement's subject does it, or says it
    swapped: bool  # who does it and whom it is done to have changed places
    reworded: bool  # what was found stands mostly in other words
    cued: bool  # a cue of the claim stands in it
    letters: float  # share of the weight of the statement's runs of four characters found in the sentence
    named: float  # share of the statement's names that the article has anywhere
    lacking: float = 0.0  # share of the words that a telling must hold (see `_required`) and it lacks
    parted: bool = False  # a part of what the statement says of all, or all of what it says of a part


def read_cue(cue: str) -> frozenset[str]:
    """Return the lemmas that a sentence must hold for `cue` to stand in it; none where the cue has no word."""
    return frozenset(lemma_of(token.term) for token in tokenise(cue))


def cued(cues: Iterable[frozenset[str]], reading: Reading) -> bool:
    """Return whether one of `cues`, as `read_cue` gives them, stands in a sentence."""
    return any(cue <= {word.lemma for word in reading.words} | reading.terms for cue in cues)


class Story:
    """The sentences of a story's articles, and how much each word says in it."""

    def __init__(self, corpus: Corpus, segments: pd.DataFrame, quotations: pd.DataFrame | None = None) -> None:
        told = segments[segments["kind"].isin(["sentence", "heading"])]
        speech = _speech_of(quotations)
        self.sentences = [
            Sentence(
                row.article, row.segment, row.start, row.end, row.text, row.kind == "heading", read(row.text),
                tuple(find_values(row.text)), _within(speech.get(row.article, []), row.start, row.end),
                tuple(find_deeds(row.text)), tuple(find_shares(row.text)),
            )
            for row in told.itertuples()
        ]  # fmt: skip
        self.of_article: dict[str, list[int]] = {article: [] for article in corpus.texts}
        for place, sentence in enumerate(self.sentences):
            self.of_article[sentence.article].append(place)
        self._near: dict[tuple, float] = {}
        self._spread: dict[tuple[str, str, frozenset[int]], int] = {}
        self.total = len(self.sentences) + UNSEEN
        self._runs = [runs_of(sentence.text) for sentence in self.sentences]
        self._run_counts = Counter(run for runs in self._runs for run in runs)
        self.people = names_in(sentence.text for sentence in self.sentences)
        self.names = {
            article: {word.term for n in places for word in self.sentences[n].reading.words}
            for article, places in self.of_article.items()
        }

    def weight(self, word: Word) -> float:
        """Return ln((S + 50) / (n + 1)) / ln(S + 50) for a word in n of S sentences, a quarter of it for light words."""
        rarity = math.log(self.total / (self.spread(word) + 1)) / math.log(self.total)
        if word.verbatim:
            return VERBATIM
        return max(rarity, 0.02) * (LIGHTLY if word.lemma in LIGHT or word.term in LIGHT else 1.0)

    def _likest(self, word: Word, sentence: Sentence) -> float:
        key = (word.term, word.lemma, word.concepts, word.verbatim, sentence.article, sentence.segment)
        if key not in self._near:
            self._near[key] = _nearest(word, sentence.reading)[0]
        return self._near[key]

    def spread(self, word: Word) -> int:
        """Return how many sentences hold `word`, another form of it, or a synonym."""
        key = (word.term, word.lemma, word.concepts)
        if key not in self._spread:
            self._spread[key] = sum(self._likest(word, sentence) > 0 for sentence in self.sentences)
        return self._spread[key]

    @staticmethod
    def readable(statement: str) -> bool:
        """Return whether `statement` holds a word or a value to look for."""
        return bool(read(statement, statement=True).words or find_values(statement))

    def state(self, statement: str, *, cues: tuple[str, ...] = ()) -> Statement:
        """Return `statement` read with this story's weights."""
        values = tuple(find_values(statement))
        letters = {run: math.log(self.total / (self._run_counts[run] + 1)) for run in sorted(runs_of(statement))}
        words = tuple(
            replace(word, name=word.name or word.term in self.people)
            for word in read(statement, statement=True).words
            if not any(v.start <= word.start < v.end for v in values)
        )
        wanted = tuple(lemmas for cue in cues if (lemmas := read_cue(cue)))
        if all(word.lemma in LIGHT for word in words) and not values:
            return Statement(
                statement,
                words,
                tuple(1.0 for _ in words),
                values,
                letters,
                cues=wanted,
                required=_required(statement, words),
            )
        agents = agents_of(statement, self.people)
        verb = verb_of(statement) if agents else ""
        plain = VERBS.get(verb, ("", ""))[1] == "neutral" and f"{verb} for" not in statement
        weights = tuple(
            self.weight(word)
            * (LIGHTLY if (plain and word.term == verb) or (values and word.lemma in MEASURING) else 1.0)
            for word in words
        )
        return Statement(
            statement, words, weights, values, letters, agents, bool(verb), wanted,
            tuple(find_deeds(statement)), tuple(find_shares(statement)), _required(statement, words),
        )  # fmt: skip

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
        values = NUMBER_WEIGHT * len(statement.values)
        total = math.fsum(statement.weights) + values
        if not total:
            return Match(place, 0.0, 0.0, 0.0, 0.0, 0, 0, 0.0, False, 0, False, False, False, False, 0.0, 0.0)
        alone = shared = synonymous = content = lacking = 0.0
        all_content = math.fsum(x for w, x in zip(statement.words, statement.weights, strict=True) if not w.name)
        helped = {-1: 0.0, 1: 0.0}
        behind = max((statement.text.lower().find(name) for name in statement.agents), default=-1)
        places: list[int] = []  # of what is found of the words behind the statement's subject
        said = Said(statement.words, sentence.text, sentence.reading)
        own = _assign(statement.words, statement.weights, sentence.reading)
        required = math.fsum(statement.required)
        for number, (word, weight) in enumerate(zip(statement.words, statement.weights, strict=True)):
            near, other = own[number]
            alone += weight * near
            if other is not None:
                synonymous += weight * near * (word.lemma != other.lemma and not kinship(word.lemma, other.lemma))
                if not word.name:
                    if word.start > behind:
                        places.append(other.start)
                    said.add(word, other, near, weight)
            far, step, held = 0.0, 0, near > 0
            for side, beside in neighbours:
                if beside is not None:
                    found = self._likest(word, beside) * NEXT_SENTENCE
                    held |= found > 0
                    if found > far:
                        far, step = found, side
            if word.name and word.term in self.names[sentence.article]:
                subject = SEVERAL_MEANT if len(statement.agents) > 1 else PRONOUN_SUBJECT
                meant = word.term in statement.agents and bool(subject.match(sentence.text))
                alone += weight * max(MEANT - near, 0.0) * meant
                far = max(far, MEANT if meant else ELSEWHERE)
            lacking += 0.0 if held else statement.required[number]
            if far > near and step:
                helped[step] += weight * (far - near)
            shared += weight * max(near, far)
            content += weight * max(near, far) * (not word.name)
        if said.denied:
            no = NEGATION_WEIGHT * max(said.echoed, 0.5 * sentence.reading.negative)
            total, alone, shared = total + NEGATION_WEIGHT, alone + no, shared + no
        agreeing, conflicting, missing = _hold_against(statement.values, sentence.values)
        parted, unsure = hold_shares(statement.shares, statement.words, sentence.shares, sentence.reading.words)
        found = NUMBER_WEIGHT * agreeing
        beside_most = max(helped, key=lambda side: helped[side])
        return Match(
            sentence=place,
            score=(shared + found) / total,
            alone=(alone + found) / total,
            words=shared / (total - values) if total > values else 1.0,
            plainly=content / all_content if all_content else 1.0,
            conflicts=conflicting + parted,
            missing=missing + unsure,
            flipped=said.flipped(),
            unreal=said.unreal > 0.5 * said.found,
            beside=beside_most if helped[beside_most] > HELPED * total else 0,
            stranger=self._by_a_stranger(statement, sentence, places),
            swapped=self._by_another(statement, sentence, places)
            or turned_round(statement.deeds, statement.words, sentence.deeds, sentence.reading.words),
            reworded=synonymous > 0.5 * alone,
            cued=cued(statement.cues, sentence.reading),
            letters=_share(statement.letters, self._runs[place]),
            named=self._named(statement, sentence.article),
            parted=parted > 0,
            lacking=lacking / required if required else 0.0,
        )

    def _named(self, statement: Statement, article: str) -> float:
        names = [word.term for word in statement.words if word.name]
        return sum(name in self.names[article] for name in names) / len(names) if names else 1.0

    def _in_mind(self, sentence: Sentence) -> set[str]:
        """Return the names that a pronoun opening `sentence` can stand for: those of the two sentences before."""
        place = next(n for n in self.of_article[sentence.article] if self.sentences[n] is sentence)
        before = [n for n in (place - 1, place - 2) if n in self.of_article[sentence.article]]
        return {word.term for n in before for word in self.sentences[n].reading.words} | {
            last_name(s) for n in before for _, _, s in self.sentences[n].quoted if s
        }

    def _by_a_stranger(self, statement: Statement, sentence: Sentence, places: list[int]) -> bool:
        """Return whether the sentence gives what was found to somebody else than the statement's subject."""
        if not statement.agents or not places:
            return False
        said_by = {s for a, b, s in sentence.quoted if s and any(a <= sentence.start + p < b for p in places)}
        if said_by and statement.saying:
            return not any(last_name(part) in statement.agents for s in said_by for part in s.split("; "))
        if not statement.agents & self.names[sentence.article]:
            return True
        if PRONOUN_SUBJECT.match(_masked(sentence)):
            return not statement.agents & self._in_mind(sentence)
        acting = self._acting(sentence, places)
        return bool(acting) and not acting & statement.agents

    def _by_another(self, statement: Statement, sentence: Sentence, places: list[int]) -> bool:
        """Return whether another whom the statement names acts, and stands before the statement's subject."""
        acting = self._acting(sentence, places) if statement.agents else frozenset()
        others = {last_name(word.term) for word in statement.words if word.name} - statement.agents
        order = [word.term for word in sentence.reading.words if word.term in others | statement.agents]
        both = statement.agents & set(order) and acting & others and not acting & statement.agents
        return bool(both) and order[0] in others

    def _acting(self, sentence: Sentence, places: list[int]) -> frozenset[str]:
        """Return the names that stand as subject before the first of the words found that has one."""
        masked = _masked(sentence)
        found = (agents_at(masked, at, self.people) for at in places if masked[at] != BLANK)
        return next((names for names in found if names), frozenset())


def runs_of(text: str) -> frozenset[str]:
    """Return every run of four characters of `text`, its words in lower case with one blank between them."""
    spaced = " ".join(["", *re.findall(r"\w+", text.lower()), ""])
    return frozenset(spaced[n : n + LETTERS] for n in range(len(spaced) - LETTERS + 1))


def _required(statement: str, words: Sequence[Word]) -> tuple[float, ...]:
    """Return for each word how far nothing tells the statement that lacks it, in [0, 1].

    Such are the words in quotation marks, those that only join others lightly, and what "there is no …" denies.
    """
    denied = NOTHING.match(statement)
    return tuple(
        (LIGHTLY if word.term in FUNCTION else 1.0)
        if word.verbatim
        else float(denied is not None and word.start == denied.start(1))
        for word in words
    )


def _share(weights: dict[str, float], found: frozenset[str]) -> float:
    total = math.fsum(weights.values())
    return math.fsum(weight for run, weight in weights.items() if run in found) / total if total else 0.0


NOTHING = re.compile(r"There\s(?:is|was|are|were|has\sbeen|have\sbeen|had\sbeen)\s(?:still\s)?(?:no|not\sany)\s(\w+)")
# "Neither leader", "Both men": stands for several who are named elsewhere.
SEVERAL_MEANT = re.compile(r"(?:\w+,\s|But\s|And\s|Instead,\s)?(?:[Tt]hey|[Nn]either|[Bb]oth|[Tt]he\s(?:two|pair))\b")
PRONOUN_SUBJECT = re.compile(r"(?:\w+,\s|But\s|And\s|Instead,\s)?(?:He|She|he|she)\b")


def _masked(sentence: Sentence) -> str:
    text = sentence.text
    for start, end, _ in sentence.quoted:
        a, b = max(0, start - sentence.start), min(len(text), end - sentence.start)
        text = text[:a] + BLANK * (b - a) + text[b:]
    return text


def _speech_of(quotations: pd.DataFrame | None) -> dict[str, list[tuple[int, int, str]]]:
    found: dict[str, list[tuple[int, int, str]]] = {}
    if quotations is not None:
        for row in quotations[quotations["kind"] == "speech"].itertuples():
            found.setdefault(row.article, []).append((row.start, row.end, row.speaker or ""))
    return found


def _within(spans: list[tuple[int, int, str]], start: int, end: int) -> tuple[tuple[int, int, str], ...]:
    return tuple(span for span in spans if span[0] < end and start < span[1])


def _assign(words: Sequence[Word], weights: Sequence[float], reading: Reading) -> list[tuple[float, Word | None]]:
    """Return for each word how well the sentence's word that answers to it does so; none answers to two.

    The best pairs are taken first, then the weightier, then the earlier.
    """
    pairs = [
        (alike, weights[i], -i, -j)
        for i, word in enumerate(words)
        for j in reading.candidates(word)
        if (alike := likeness(word, reading.words[j]))
    ]
    taken_i: dict[int, tuple[float, Word | None]] = {}
    taken_j: set[int] = set()
    for alike, _, i, j in sorted(pairs, reverse=True):
        if -i not in taken_i and -j not in taken_j:
            taken_i[-i] = (alike, reading.words[-j])
            taken_j.add(-j)
    for i, word in enumerate(words):
        if word.verbatim and i not in taken_i and word.term in reading.terms:
            taken_i[i] = (SAME, None)
    return [taken_i.get(i, (0.0, None)) for i in range(len(words))]


def _nearest(word: Word, reading: Reading) -> tuple[float, Word | None]:
    """Return how well the best word of a sentence answers to `word`, and that word."""
    best: tuple[float, Word | None] = (0.0, None)
    for other in map(reading.words.__getitem__, reading.candidates(word)):
        alike = likeness(word, other)
        if alike > best[0]:
            best = (alike, other)
    return best


def _hold_against(stated: Sequence[Value], found: Sequence[Value]) -> tuple[int, int, int]:
    """Return how many of the stated values agree with one of the sentence's, conflict with one, or meet none."""
    agreeing = conflicting = missing = 0
    for value in stated:
        against = [other for other in found if value.comparable(other)]
        if any(value.agrees(other) and (not other.unreal or value.same(other)) for other in against):
            agreeing += 1
        elif any(not other.unreal for other in against):
            conflicting += 1
        else:
            missing += 1
    return agreeing, conflicting, missing
