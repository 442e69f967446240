"""What value each article gives for a fact, and where articles cannot both be right.

A value is an interval with a unit (see `text.quantities`), so that "nearly three hours" and "two and a half hours" can
be told from two roundings of one number. A conflict is hard only where the intervals of one quantity are disjoint.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from summit_analysis.codebook import CODEBOOK, Codebook
from summit_analysis.corpus import Corpus
from summit_analysis.errors import NotDefinedError
from summit_analysis.text.alignment import stem
from summit_analysis.text.intervals import (
    CURRENCIES,
    SECONDS,
    YEARLESS,
    Quantity,
    dated,
    in_unit,
    number_label,
)
from summit_analysis.text.mentions import PLANNED, Phrase, Rarity, belongs_to, distance
from summit_analysis.text.quantities import find_quantities
from summit_analysis.text.questions import WantedFact, read_facts
from summit_analysis.text.shares import of_marks
from summit_analysis.text.terms import Token, tokenise
from summit_analysis.text.told import affirmed, beside_plan, compared_with, compares, held_against, planned
from summit_analysis.text.told_days import as_day, story_day

COLUMNS = (
    "fact", "article", "value", "low", "high", "unit", "start", "end", "evidence",
    "kind", "rank", "score", "voice", "segment", "qualifier", "of", "role", "low_open", "high_open", "grain",
)  # fmt: skip
# How the score of a value is made: words near it, less what speaks against it. Set by judgement, not fitted.
NEAR_DECAY = 8.0  # words over which a near word loses half its weight
FURTHER = 0.5  # what each further near word counts, against the one before
QUESTION = 0.3  # the most that the question's own words add
UNLIKELY, DOUBTFUL, PLAIN = 0.25, 0.5, 1.0
LEAST = 0.08
CLOSE = 0.8  # of the best score: another value of the article that is told as well
KINDS_OF = {
    "duration": ("duration",),
    "date": ("date", "weekday", "relative"),
    "weekday": ("weekday", "date", "relative"),
    "number": ("count", "percentage", "money", "scale", "ordinal"),
}


@dataclass(frozen=True)
class _Sentence:
    article: str
    segment: int
    start: int
    text: str
    tokens: list[Token]
    terms: list[str]
    stems: list[str]
    before: list[str]  # stems of the sentence before, for one that begins with a pronoun


class _Candidate(NamedTuple):
    """A value that a sentence gives for a fact, and the quantity as it stands there."""

    score: float
    sentence: _Sentence
    told: Quantity
    found: Quantity


def facts(corpus: Corpus, codebook: Codebook, segments: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """Return one row per fact and value that an article gives for it, in the codebook's order.

    Columns: fact; article; value (in one notation: "2.5", "20–30", "Friday", "2025-08-15", a text's own value); low,
    high (the interval in `unit`; 1 = Monday for weekdays, days of the calendar as ``date.toordinal`` for dates; inf
    without an upper end, -inf without a lower one; empty for texts); unit ("day of the year" for dates without a year,
    1 = 1 January of a leap year); start, end (code points), evidence (the words, ``text[start:end]``);
    kind (of the quantity found); rank (1 = the article's value, the one compared; 2… = others that it gives as
    clearly); score (> 0, larger = nearer to more telling words of the fact; compares values within one fact only);
    voice (``own``, ``quoted``); segment; qualifier (``nearly``, ``about``, ``range``, ``denied``, …, of a date
    ``early``, ``late``, …, or empty); of (what a duration is said to be of, as far as the sentence shows it); role
    (``span``, ``recency``, ``since``, ``rate``); low_open, high_open (whether that end lies outside); grain (what the last digit given stands for).

    A value is taken from a sentence that holds a `near` word of the fact (or, without such words, words of its
    question): of all quantities of the fitting kind there, the one nearest to the most telling words, and less so if it
    is said of something else. What was only planned, an earlier value, or one for comparison stands back, and falls out
    where one that holds stands in the same sentence; for a fact that asks what was planned it is the other way round. A
    denied value is none, but "did not last four hours" is less than four (see `text.told`). Durations are converted into
    the fact's unit, money into no other currency. Weekdays and dates are turned into one another where ``published``
    says on which day, where it appeared, the article did. A date without a year is taken for the one nearest to that day, or to the first one
    of the story; without any, for the year named most in full dates of the story, else in the other values of the fact;
    where nothing names a year it stays without: value "08-15", low and high as days of the year.

    Raises
    ------
    NotDefinedError
        The story has no codebook with facts.
    StoryError
        A fact has a unit that is not known. All such faults are listed.
    """
    if codebook.facts.empty:
        raise NotDefinedError(f"facts are not compared: the story has no {CODEBOOK} with facts")
    wanted = read_facts(codebook, corpus)
    sentences = list(_sentences(segments))
    rarity = Rarity(sentence.terms for sentence in sentences)
    published = dict(zip(corpus.articles["article"], corpus.articles["day"], strict=True))
    story = story_day(published.values(), corpus.texts.values())
    spoken = {
        article: rows[["start", "end"]].to_numpy()
        for article, rows in quotations[quotations["kind"] == "speech"].groupby("article")
    }
    quantities: dict[tuple[str, int], list[Quantity]] = {}
    rows: list[tuple] = []
    for fact in wanted:
        found: dict[str, list[_Candidate]] = {article: [] for article in corpus.texts}
        for sentence in sentences:
            if not (base := _places(fact, sentence)):
                continue
            if fact.kind == "text" or fact.values:
                found[sentence.article] += _named_values(
                    fact, sentence, base, rarity, published[sentence.article], story
                )
            if fact.kind != "text":
                key = (sentence.article, sentence.segment)
                if key not in quantities:
                    quantities[key] = find_quantities(sentence.text)
                found[sentence.article] += _told(
                    fact, sentence, quantities[key], base, rarity, published[sentence.article], story
                )
        for article, candidates in _in_one_unit(_in_one_year(found)).items():
            rows += _ranked(fact, article, candidates, spoken.get(article, np.empty((0, 2))), corpus.texts[article])
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"low": float, "high": float, "grain": float, "score": float})


def unanswered(table: pd.DataFrame, codebook: Codebook) -> list[str]:
    """Return a sentence for each fact that no article gives a value for."""
    given = set(table["fact"])
    return [
        f"{CODEBOOK}: no article gives a value for fact {fact!r}"
        for fact in codebook.facts["fact"]
        if fact not in given
    ]


def _sentences(segments: pd.DataFrame) -> Iterator[_Sentence]:
    for article, rows in segments[segments["kind"] == "sentence"].groupby("article", sort=True):
        before: list[str] = []
        for row in rows.itertuples():
            tokens = tokenise(row.text)
            terms = [token.term for token in tokens]
            stems = [stem(term) for term in terms]
            pronoun = bool(terms) and terms[0] in ("it", "they", "this", "that", "these", "he", "she")
            yield _Sentence(article, row.segment, row.start, row.text, tokens, terms, stems, before if pronoun else [])
            before = stems


def _places(fact: WantedFact, sentence: _Sentence) -> list[tuple[tuple[int, int] | None, tuple[str, ...]]]:
    """Return where the words of a fact stand in a sentence: (span of tokens, their stems); no span = just before it."""
    if fact.kind == "text" and not fact.near:
        return [(None, ())]  # the values themselves say enough
    phrases = fact.near or tuple(Phrase(word) for word in sorted(fact.question))
    held_here = set(sentence.stems)
    places = [
        (span, p.stems)
        for p in phrases
        if p.open or held_here.issuperset(p.stems)
        for span in p.found(sentence.terms, sentence.stems)
    ]
    if fact.near and not places and sentence.before:
        places = [(None, p.stems) for p in fact.near if p.found(sentence.before, sentence.before)]
    held = {stems for _, stems in places}
    # Without near words, one word of the question in a sentence says too little.
    return places if fact.near or 2 * len(held) >= len(phrases) else []


def _told(
    fact: WantedFact,
    sentence: _Sentence,
    quantities: list[Quantity],
    places: list,
    rarity: Rarity,
    published: str,
    story: date | None,
) -> list[_Candidate]:
    """Return the candidates of a sentence, without those that stand back beside one that holds."""
    if not any(quantity.kind in KINDS_OF[fact.kind] for quantity in quantities):
        return []
    text, asks_plan = sentence.text, bool(fact.asked & PLANNED)
    foreseen, against = planned(text, quantities), held_against(text, quantities)
    standing: list[_Candidate] = []
    back: list[_Candidate] = []
    for n, quantity in enumerate(quantities):
        reference = compared_with(text, quantity) if asks_plan and n in foreseen else None
        said = reference or affirmed(text, quantity)
        told = _fitting(fact, said, published, story, text) if said else None
        if told is None:
            continue
        holds = n in foreseen if asks_plan else n in against or n not in foreseen or compares(text, quantity)
        holds = holds and n not in against
        factor = PLAIN if holds else DOUBTFUL
        if asks_plan and not holds and beside_plan(text):
            continue  # "three hours, shorter than planned" says how long it was, not what was planned
        score = factor * _score(fact, sentence, told, reference or quantity, places, rarity)
        if score >= LEAST:
            (standing if holds else back).append(_Candidate(score, sentence, told, quantity))
    best = max((candidate.score for candidate in standing), default=0.0)
    return standing + [candidate for candidate in back if best < DOUBTFUL * candidate.score]


def _fitting(fact: WantedFact, quantity: Quantity, published: str, story: date | None, text: str) -> Quantity | None:
    """Return a quantity as a value of `fact`, in its kind and unit, or None where it can be none."""
    if quantity.kind not in KINDS_OF[fact.kind]:
        return None
    if fact.kind == "duration":
        return in_unit(quantity, fact.unit) if fact.unit else quantity
    if fact.kind in ("date", "weekday"):
        return as_day(fact.kind, quantity, published, story, text)
    if fact.unit == "ordinal":
        return quantity if quantity.kind == "ordinal" else None
    if fact.unit.startswith("of ") and quantity.kind == "percentage":
        value = of_marks(quantity, text[quantity.start : quantity.end], float(fact.unit[3:]))
        return replace(quantity, label=number_label(value), low=value, high=value, unit=fact.unit) if value else None
    if fact.unit in ("%", *CURRENCIES.values()) or fact.unit.startswith("of "):
        return quantity if quantity.unit == fact.unit else None
    if fact.unit:
        counts = quantity.kind == "count" and (not quantity.unit or set(_stems(fact.unit)) & set(_stems(quantity.unit)))
        return replace(quantity, unit=fact.unit) if counts else None
    return quantity


def _stems(words: str) -> list[str]:
    return [stem(token.term) for token in tokenise(words)]


def _score(
    fact: WantedFact, sentence: _Sentence, told: Quantity, quantity: Quantity, places: list, rarity: Rarity
) -> float:
    weights: dict[tuple[str, ...], float] = {}
    for span, stems in places:
        away = distance(span, sentence.tokens, quantity.start, quantity.end) if span else 2 * NEAR_DECAY
        if span and fact.kind in ("date", "weekday") and _another_verb(sentence, quantity, span):
            continue
        weights[stems] = max(weights.get(stems, 0.0), rarity.of(stems) / (1 + away / NEAR_DECAY))
    if not weights:
        return 0.0
    ordered = sorted(weights.values(), reverse=True)
    near = math.fsum(weight * FURTHER**n for n, weight in enumerate(ordered))
    asked = [word for word in fact.question if word in sentence.stems]
    score = near + QUESTION * len(asked) / max(len(fact.question), 1)
    return score * _plausible(fact, sentence, told, quantity)


def _another_verb(sentence: _Sentence, quantity: Quantity, span: tuple[int, int]) -> bool:
    """Return whether a day belongs to the verb before it: "decided yesterday to close" says nothing of the closing."""
    between = sentence.text[quantity.end : sentence.tokens[span[0]].start]
    return bool(re.match(r"\s(?:that|to)\s", between))


def _plausible(fact: WantedFact, sentence: _Sentence, told: Quantity, quantity: Quantity) -> float:
    """Return a factor in [0, 1]: less for what is of another thing, or of another size."""
    factor = PLAIN
    if fact.kind == "duration":
        role, of = belongs_to(sentence.text, quantity)
        if of and not {stem(word) for word in of} & fact.asked:
            factor *= DOUBTFUL
        if role == "recency" and not fact.asked & {"first", "last", "since", "latest", "ago", "tim"}:
            factor *= UNLIKELY
        if role in ("since", "rate") and not fact.asked & set(
            map(
                stem,
                ("ago", "since", "old", "age", "later", "every", "often", "when", "after", "before", "earlier", "into"),
            )
        ):
            factor *= UNLIKELY
        top = told.high if math.isfinite(told.high) else told.low
        if fact.unit and not 0.02 <= top <= 200:
            factor *= UNLIKELY
        if role == "span" and fact.asked & {"since", "ago"} and not of:
            factor *= DOUBTFUL
    if fact.kind == "number" and fact.unit and quantity.kind == "count" and not quantity.unit:
        # "injuring 14 of them and leaving its passengers": a bare number counts what stands beside it.
        beside = tokenise(sentence.text[max(0, quantity.start - 30) : quantity.end + 30])
        wanted = {*_stems(fact.unit), *(word for phrase in fact.near for word in phrase.stems)}
        if not wanted & {stem(token.term) for token in beside}:
            return 0.0
    if fact.kind == "number" and not fact.unit and quantity.kind == "ordinal":
        factor *= DOUBTFUL
    if fact.kind in ("date", "weekday") and quantity.kind != fact.kind:
        factor *= 0.8
    if quantity.qualifier in ("more", "less") and re.search(
        r"\bthan the\b", sentence.text[quantity.start : quantity.end]
    ):
        factor *= DOUBTFUL
    return factor


def _named_values(
    fact: WantedFact, sentence: _Sentence, places: list, rarity: Rarity, published: str, story: date | None
) -> Iterator[_Candidate]:
    """Yield the values of the codebook that stand in a sentence, the longest form at each place."""
    taken: set[int] = set()
    for form, value in sorted(fact.values.items(), key=lambda item: (-len(item[0]), item[0])):
        phrase = Phrase(form)
        for first, behind in phrase.found(sentence.terms, sentence.stems):
            if taken & set(range(first, behind)):
                continue
            taken |= set(range(first, behind))
            start, end = sentence.tokens[first].start, sentence.tokens[behind - 1].end
            away = min((distance(span, sentence.tokens, start, end) if span else 16) for span, _ in places)
            score = max(rarity.of(stems) for _, stems in places) / (1 + away / NEAR_DECAY)
            if fact.kind == "text":
                told = Quantity(start, end, "text", value, math.nan, math.nan, "")
                yield _Candidate(score, sentence, told, told)
            elif meant := _meant(fact, value, published, story):
                told = replace(meant, start=start, end=end)
                yield _Candidate(score, sentence, told, told)


def _meant(fact: WantedFact, value: str, published: str, story: date | None) -> Quantity | None:
    """Return what a form of the codebook stands for: ``{"a full house" = "500"}``."""
    readings = [value, f"{value} {fact.unit}s", f"in {value}"]
    quantities = [q for reading in readings for q in find_quantities(reading)]
    return next((told for q in quantities if (told := _fitting(fact, q, published, story, ""))), None)


def _in_one_year(found: dict[str, list[_Candidate]]) -> dict[str, list[_Candidate]]:
    """Return the dates of a fact that have no year in the year that most of its other dates have, if any has one."""
    told = [
        candidate.told for candidates in found.values() for candidate in candidates if candidate.told.kind == "date"
    ]
    years = sorted(int(q.label[:4]) for q in told if q.unit == "day" and not math.isnan(q.low))
    if not years or all(q.unit == "day" for q in told):
        return found
    year = max(years, key=years.count)
    return {
        article: [
            c._replace(told=replace(dated(c.told, year), unit="day")) if c.told.unit == YEARLESS else c
            for c in candidates
        ]
        for article, candidates in found.items()
    }


def _in_one_unit(found: dict[str, list[_Candidate]]) -> dict[str, list[_Candidate]]:
    """Return the candidates of a fact in one unit: the one that most articles use, where the codebook names none.

    Durations are converted; of numbers the commonest kind stays (a share is no answer where others give a count).
    """
    best = [max(candidates, key=lambda c: c.score) for _, candidates in sorted(found.items()) if candidates]
    kinds = [_kind(c.told) for c in best]
    if len(set(kinds)) < 2 or {kind for kind, _ in kinds} & {"date", "weekday", "relative", "text"}:
        return found
    if {kind for kind, _ in kinds} == {"duration"}:
        units = [unit for _, unit in kinds]
        unit = max(sorted(set(units), key=SECONDS.get), key=units.count)
        return {a: [c._replace(told=in_unit(c.told, unit) or c.told) for c in told] for a, told in found.items()}
    scores = {k: sum(c.score for c, own in zip(best, kinds, strict=True) if own == k) for k in set(kinds)}
    commonest = max(sorted(set(kinds)), key=lambda k: (kinds.count(k), scores[k]))
    return {a: [c for c in told if _kind(c.told) == commonest] for a, told in found.items()}


def _kind(q: Quantity) -> tuple[str, str]:
    """Return kind and unit; what a count counts makes no kind of its own."""
    return q.kind, "" if q.kind == "count" else q.unit


def _ranked(
    fact: WantedFact, article: str, candidates: list[_Candidate], spoken: np.ndarray, text: str
) -> Iterator[tuple]:
    """Yield the rows of an article's values: its best, and others that stand as near; its own words before quoted ones."""
    if not candidates:
        return
    best = max(candidate.score for candidate in candidates)
    kept: list[tuple] = []
    everything = fact.kind == "text"
    for candidate in candidates:
        if candidate.score >= CLOSE * best or everything:
            offset = candidate.sentence.start
            start, end = offset + candidate.told.start, offset + candidate.told.end
            quoted = any(a <= start and end <= b for a, b in spoken)
            kept.append((quoted, -round(candidate.score, 9), start, end, candidate))
    kept.sort(key=lambda k: k[:4])
    seen: set[tuple[str, str]] = set()
    for quoted, score, start, end, candidate in kept:
        sentence, q = candidate.sentence, candidate.told
        if (q.label, q.qualifier) in seen:
            continue
        seen.add((q.label, q.qualifier))
        role, of = belongs_to(sentence.text, candidate.found) if q.kind == "duration" else ("", ())
        yield (
            fact.id, article, q.label, q.low, q.high, q.unit, start, end, text[start:end],
            q.kind, len(seen), -score, "quoted" if quoted else "own", sentence.segment, q.qualifier,
            " ".join(of), role, q.low_open, q.high_open, q.grain,
        )  # fmt: skip
