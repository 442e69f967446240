"""What the sentences of some articles state, and when two of them state the same: no other subject, name, number or denial."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from summit_analysis.corpus import Corpus
from summit_analysis.text.agency import last_name, names_in
from summit_analysis.text.alignment import stem
from summit_analysis.text.clauses import ADVERB
from summit_analysis.text.intervals import Quantity, compare
from summit_analysis.text.meaning import GROUPS, PAIRS_OF, Reading, kinship, lemma_of, likeness, opposed, read
from summit_analysis.text.negation import find_negations
from summit_analysis.text.person_words import DAYS, PLACES, TITLES
from summit_analysis.text.propositions import Proposition, Propositions
from summit_analysis.text.quantities import find_quantities
from summit_analysis.text.spans import find_spans
from summit_analysis.text.terms import Token, tokenise
from summit_analysis.text.verbs import DIRECTING, SPOKEN, VERBS

AROUND = 3  # words around what is shared in which a negation counts
QUOTED = re.compile(r"[“”\"]")
RUN = re.compile(r"[^\W\d_a-z][\w.’'-]*(?:[ \u00a0-][^\W\d_a-z][\w.’'-]*)*")
UNITED_STATES = re.compile(r"\bUnited States\b|\bU\.S\.(?:A\.)?|\bAmericans?\b")
# Small words of which one says the opposite of the other.
CONTRARY = tuple(
    frozenset(pair.split()) for pair in ("before after", "for against", "inside outside", "above below", "with without")
)
LEMMAS = {"rose": "rise"}  # which the lemmatiser takes for the flower
NOBODY = frozenset(["nobody", "none"])
ROOT, ENDING = 5, 3  # letters that "Ostrea" and "Ostrean" share at the least, and differ by at the most


@dataclass(frozen=True)
class Part:
    """One statement and the sentence of an article that it comes from, ``texts[article][start : start + len(sentence)]``."""

    article: str
    segment: int
    start: int
    sentence: str
    text: str
    told: str  # the statement with what stands beside it
    own: str  # what of it says more than who it is about
    subject: str
    actors: frozenset[str]
    head: str
    dangling: bool
    speakers: frozenset[str]  # of what it quotes
    names: frozenset[str]
    told_names: frozenset[str]

    @property
    def named(self) -> bool:
        """Whether its subject says who it is, where it is somebody with a name: not "both leaders"."""
        return not self.actors or all(actor in self.text.lower() for actor in self.actors)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words of the statement."""
        return tuple(tokenise(self.text))

    @cached_property
    def forms(self) -> frozenset[str]:
        """The words of what it says of its subject, as they stand and as lemmas."""
        return _forms(tokenise(self.own))

    @cached_property
    def told_tokens(self) -> tuple[Token, ...]:
        """The words of its part of the sentence."""
        return tuple(tokenise(self.told))

    @cached_property
    def told_forms(self) -> frozenset[str]:
        """The words of its part of the sentence, as they stand and as lemmas."""
        return _forms(self.told_tokens)

    @cached_property
    def reading(self) -> Reading:
        """The words of the statement that carry meaning, without who it is about."""
        return _beside(self.text, self.subject) if self.text == self.subject + self.own else read(self.own)

    @cached_property
    def told_reading(self) -> Reading:
        """The words of its part of the sentence that carry meaning, without a subject that `actors` holds."""
        named = any(last_name(word) in self.actors for word in self.subject.split())
        return _beside(self.told, self.subject if named else "")

    @cached_property
    def content(self) -> frozenset[str]:
        """The stems of its words that carry meaning; of who does it the last names alone."""
        return frozenset(stem(word.term) for word in self.reading.words) | self.actors

    @cached_property
    def said(self) -> frozenset[str]:
        """The stems of what it says of its subject, beside names; of a verb of reporting only where it says nothing else."""
        words = _beside(self.own, self.subject if self.own.startswith(self.subject) else "").words
        stems = {stem(word.term): word.term in VERBS and word.term not in DIRECTING for word in words}
        beside = frozenset(stems) - self.actors - frozenset(map(stem, self.names))
        return frozenset(s for s in beside if not stems[s]) or beside

    @cached_property
    def held(self) -> frozenset[str]:
        """The stems of all that its part of the sentence holds."""
        return frozenset(stem(word.term) for word in self.told_reading.words) | self.actors

    @cached_property
    def behind(self) -> frozenset[str]:
        """The lemmas of what its part of the sentence says behind its subject."""
        return frozenset(word.lemma for word in _beside(self.told, self.subject).words)

    @cached_property
    def reports(self) -> bool:
        """Whether its verb is one of saying."""
        verb = re.match(rf"\s*(?:{ADVERB}\s+)*(\w+)", self.told.partition(self.subject)[2]) if self.subject else None
        return bool(verb) and VERBS.get(verb[1], ("",))[0] in SPOKEN

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The numbers and days in the statement."""
        return _quantities(self.text)

    @cached_property
    def told_quantities(self) -> tuple[Quantity, ...]:
        """The numbers and days in its part of the sentence."""
        return _quantities(self.told)


def parts_of(
    corpus: Corpus, segments: pd.DataFrame, quotations: pd.DataFrame, aliases: Mapping[str, str]
) -> Iterator[Part]:
    """Yield each statement of the sentences in `segments`, by article and place."""
    sentences = segments[segments["kind"] == "sentence"].sort_values(["article", "segment"])
    proper = names_in(sentences["text"])
    speech = quotations[(quotations["kind"] == "speech") & (quotations["speaker"].fillna("") != "")]
    spoken = {key: _people(rows["speaker"]) for key, rows in speech.groupby(["article", "segment"])}
    for article, rows in sentences.groupby("article", sort=True):
        read = Propositions(corpus.texts[article], aliases)
        starts, ends = rows["start"].to_numpy(), rows["end"].to_numpy()
        for at, propositions in read.by_sentence():
            n = int(np.searchsorted(starts, at, side="right")) - 1
            if n < 0 or at >= ends[n]:
                continue  # a heading or boilerplate
            row = rows.iloc[n]
            for made in propositions:
                around = (spoken.get((article, row["segment"]), frozenset()), proper, read.last_names)
                yield _part(row, made, made.text, *around)
                if len(longer := made.fuller[made.fuller.index(made.text) :].rstrip(" .")) > len(made.text):
                    yield _part(row, made, longer, *around)


def _part(
    row: pd.Series, made: Proposition, text: str, spoken: frozenset[str], proper: frozenset[str], people: frozenset[str]
) -> Part:
    own = text
    if made.opens_with_speech:
        own = " ".join(text[span.start : span.end] for span in find_spans(text))
    elif made.actors:
        own = text.removeprefix(made.subject)
    quoting = spoken if QUOTED.search(text) else frozenset()
    return Part(
        row["article"], int(row["segment"]), int(row["start"]), row["text"], text, made.fuller, own, made.subject, made.actors,
        made.head, made.dangling, quoting, _names(own, proper, people), _names(made.fuller, proper, people, each=True) | made.actors,
    )  # fmt: skip


def _people(speakers: pd.Series) -> frozenset[str]:
    return frozenset(name.split()[-1].lower() for joint in speakers for name in joint.split(";") if name.split())


def _beside(text: str, subject: str) -> Reading:
    """Return the words of `text` that carry meaning, those of its subject left out but for what they negate."""
    reading, at = read(text), text.find(subject)
    if at < 0:
        return reading
    return replace(reading, words=tuple(w for w in reading.words if not at <= w.start < at + len(subject)))


def _forms(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(f for t in tokens for f in (t.term, LEMMAS.get(t.term) or lemma_of(t.term)))


def _quantities(text: str) -> tuple[Quantity, ...]:
    return tuple(q for q in find_quantities(text) if q.kind not in ("ordinal", "relative"))


def _names(text: str, proper: frozenset[str], people: frozenset[str], *, each: bool = False) -> frozenset[str]:
    """Return the names in a text, lower case: of a person the last name alone (with `each` every word), of all else each word."""
    found: set[str] = set()
    for run in RUN.finditer(UNITED_STATES.sub("US", text)):
        words = [re.sub(r"[’']s?$", "", word.strip(".").lower()) for word in re.split(r"[ \u00a0-]", run.group())]
        found |= set(words[-1:]) & people
        if each or words[-1] not in people:
            found |= {w for w in words if (w in proper or w in PLACES) and w not in TITLES | DAYS}
    return frozenset(found)


def negations(text: str, tokens: Sequence[Token], shared: frozenset[str]) -> int:
    """Return how many negations stand among the `tokens` of `text` whose stems are `shared`, or close around them."""
    places = [n for n, token in enumerate(tokens) if stem(token.term) in shared]
    if not places:
        return 0
    low, high = max(0, min(places) - AROUND), min(len(tokens) - 1, max(places) + AROUND)
    begin = 0 if low == 0 else tokens[low].start
    end = len(text) if high == len(tokens) - 1 else tokens[high].end
    found = [text[begin + a : begin + b].lower() for a, b in find_negations(text[begin:end])]
    return len(found) - found.count("nor") + ("nor" in found and "neither" not in found)  # "neither … nor" denies once


def found_again(part: Part, other: Part) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of `part` that stand in `other` as themselves, in another form or as synonyms, and theirs there.

    A word of `other` is found for one of `part` only, the likest pairs first.
    """
    words, known = part.reading.words, other.told_reading.words
    pairs = sorted(
        (-likeness(word, known[place]), n, place)
        for n, word in enumerate(words)
        for place in other.told_reading.candidates(word)
        if word.negated == known[place].negated and not opposed(word, known[place])
    )
    own, there = set(part.actors & other.actors), set(part.actors & other.actors)
    for unlike, n, place in pairs:
        one, two = stem(words[n].term), stem(known[place].term)
        if unlike < 0 and one not in own and two not in there:
            own.add(one)
            there.add(two)
    return frozenset(own), frozenset(there)


def comparable(part: Part, other: Part) -> bool:
    """Return whether `other` speaks of what `part` is about, quotes nobody else, and holds all of its names."""
    return (
        all(any(_same_name(name, known) for known in other.told_names) for name in part.names)
        and (part.speakers == other.speakers or not (part.speakers and (other.speakers or not other.actors)))
        and _same_subject(part, other)
    )


def agree(part: Part, other: Part, own: frozenset[str], there: frozenset[str]) -> bool:
    """Return whether `other`, where the words `own` of `part` stand as `there`, denies nothing and gives the same numbers."""
    return (
        negations(part.text, part.tokens, own) == negations(other.told, other.told_tokens, there)
        and not _opposed(part, other)
        and _same_numbers(part, other, there)
    )


def _same_subject(part: Part, other: Part) -> bool:
    """Return whether two statements are about the same.

    Where `part` is about nobody with a name, `other` may tell it of what it reports ("Lund said that the harbour is lost"
    tells "The harbour is lost"), or of what it says of a thing that `part` does not name, so that nothing is swapped.
    """
    if part.actors:
        return part.actors == other.actors
    if not other.actors and alike(part.head, other.head):
        return True
    if other.actors and not other.reports:
        return False
    about = other.actors or frozenset(map(lemma_of, filter(None, [other.head])))
    return any(alike(part.head, lemma) for lemma in other.behind) and not about & (
        part.names | {word.lemma for word in part.reading.words}
    )


def alike(one: str, two: str) -> bool:
    """Return whether two nouns can stand for one thing: the same word, of one stem, or news synonyms."""
    if not (one and two):
        return False
    a, b = lemma_of(one), lemma_of(two)
    related = GROUPS.get(a, frozenset()) & GROUPS.get(b, frozenset())
    return {a, b} <= NOBODY or kinship(a, b) > 0 or bool(related)


def _same_name(one: str, two: str) -> bool:
    shorter, longer = sorted((one, two), key=len)
    return one == two or (
        len(shorter) >= ROOT and longer.startswith(shorter[: max(ROOT, len(shorter) - 1)]) and len(longer) - len(shorter) <= ENDING
    )  # fmt: skip


def _opposed(part: Part, other: Part) -> bool:
    """Return whether a word of `part` has its opposite in `other`, itself or as a synonym, and does not stand there too."""
    a, b = part.forms, other.told_forms
    meant = {concept for word in other.told_reading.words for concept in word.concepts}
    for word in a - b:
        opposites = [opposite for pair in PAIRS_OF.get(word, ()) for opposite in pair - {word}]
        if (
            any(o in b or GROUPS.get(o, frozenset()) & meant for o in opposites)
            and not GROUPS.get(word, frozenset()) & meant
        ):
            return True
    return any(len(pair & a) == len(pair & b) == 1 and pair & a != pair & b for pair in CONTRARY)


def _same_numbers(part: Part, other: Part, shared: frozenset[str]) -> bool:
    """Return whether each quantity of `part` stands in `other`, and each of `other` among the shared words in `part`."""
    places = [token for token in other.told_tokens if stem(token.term) in shared]
    low, high = (places[0].start, places[-1].end) if places else (0, 0)
    within = [q for q in other.told_quantities if low <= q.start < high]
    return all(_among(q, other.told_quantities) for q in part.quantities) and all(
        _among(q, part.quantities) for q in within
    )


def _among(quantity: Quantity, others: tuple[Quantity, ...]) -> bool:
    return any(
        quantity.kind == other.kind
        and quantity.unit == other.unit
        and quantity.label == other.label
        and (quantity.low != quantity.low or compare(quantity, other) == "equal")
        for other in others
    )
