"""What value each article gives for a fact, and where articles cannot both be right.

A value is an interval with a unit (see `text.quantities`), so that "nearly three hours" and "two and a half hours" can
be told from two roundings of one number. A conflict is hard only where the intervals of one quantity are disjoint.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pandas as pd

from summit_analysis.codebook import CODEBOOK, Codebook
from summit_analysis.corpus import Corpus
from summit_analysis.errors import Fault, NotDefinedError, StoryError
from summit_analysis.text.alignment import stem
from summit_analysis.text.mentions import PLANNED, Phrase, Rarity, belongs_to, distance
from summit_analysis.text.quantities import (
    CURRENCIES,
    SECONDS,
    UNIT_OF,
    WEEKDAYS,
    Quantity,
    compare,
    dated,
    find_quantities,
    in_unit,
)
from summit_analysis.text.terms import STOP_WORDS, Token, tokenise

COLUMNS = (
    "fact", "article", "value", "low", "high", "unit", "start", "end", "evidence",
    "kind", "rank", "score", "voice", "segment", "qualifier", "of", "role", "low_open", "high_open", "grain",
)  # fmt: skip
VERDICTS = ("hard", "soft", "agree", "single")
DISCREPANCY_COLUMNS = ("fact", "verdict", "articles", "explanation", "question", "values")
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
PERCENT = ("%", "percent", "per cent", "percentage", "pct", "percentage points")


@dataclass(frozen=True)
class _Fact:
    id: str
    kind: str
    unit: str
    near: tuple[Phrase, ...]
    question: frozenset[str]
    asked: frozenset[str]
    values: dict[str, str]


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


def facts(corpus: Corpus, codebook: Codebook, segments: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """Return one row per fact and value that an article gives for it, in the codebook's order.

    Columns: fact; article; value (in one notation: "2.5", "20–30", "Friday", "2025-08-15", a text's own value); low,
    high (the interval in `unit`; 1 = Monday for weekdays, days of the calendar as ``date.toordinal`` for dates; inf
    without an upper end; empty for texts); unit; start, end (code points), evidence (the words, ``text[start:end]``);
    kind (of the quantity found); rank (1 = the article's value, the one compared; 2… = others that it gives as
    clearly); score (> 0, larger = nearer to more telling words of the fact; compares values within one fact only);
    voice (``own``, ``quoted``); segment; qualifier (``nearly``, ``about``, ``range``, … or empty); of (what a
    duration is said to be of, as far as the sentence shows it); role (``span``, ``recency``, ``since``, ``rate``);
    low_open, high_open (whether that end lies outside); grain (what the last digit given stands for).

    A value is taken from a sentence that holds a `near` word of the fact (or, without such words, words of its
    question): of all quantities of the fitting kind there, the one nearest to the most telling words, and less so if
    it was only planned, or said of something else. Durations and money are not converted between currencies; weekdays
    and dates are turned into one another where ``published`` says when the article appeared.

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
    sentences = list(_sentences(corpus, segments))
    rarity = Rarity(sentence.terms for sentence in sentences)
    published = dict(zip(corpus.articles["article"], corpus.articles["published"], strict=True))
    year = _year(published.values(), corpus)
    spoken = {
        article: rows[["start", "end"]].to_numpy()
        for article, rows in quotations[quotations["kind"] == "speech"].groupby("article")
    }
    quantities: dict[tuple[str, int], list[Quantity]] = {}
    rows: list[tuple] = []
    for fact in wanted:
        found: dict[str, list[tuple]] = {article: [] for article in corpus.texts}
        for sentence in sentences:
            if not (base := _places(fact, sentence)):
                continue
            if fact.kind == "text" or fact.values:
                found[sentence.article] += _named_values(fact, sentence, base, rarity)
            if fact.kind != "text":
                key = (sentence.article, sentence.segment)
                if key not in quantities:
                    quantities[key] = find_quantities(sentence.text)
                for quantity in quantities[key]:
                    told = _fitting(fact, quantity, published[sentence.article], year, sentence.text)
                    if told and (score := _score(fact, sentence, told, quantity, base, rarity)) >= LEAST:
                        found[sentence.article].append((score, sentence, told))
        for article, candidates in _in_one_unit(found).items():
            rows += _ranked(fact, article, candidates, spoken.get(article, np.empty((0, 2))), corpus.texts[article])
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"low": float, "high": float, "grain": float, "score": float})


def read_facts(codebook: Codebook, corpus: Corpus) -> list[_Fact]:
    """Return the facts of a codebook as this measure looks for them.

    Raises
    ------
    StoryError
        A fact's unit is not known, or its values cannot be read as the kind it has.
    """
    faults: list[Fault] = []
    read = []
    for number, row in enumerate(codebook.facts.itertuples(), start=1):
        unit = _unit(row, corpus)
        if unit is None:
            place = f"fact {number} ({row.fact}), unit"
            faults.append(Fault(CODEBOOK, place, f"{row.unit!r} is no unit of a {row.kind}", _unit_mend(row.kind)))
            continue
        values = row.values if isinstance(row.values, dict) else {value: value for value in row.values}
        if row.kind == "text" and not values:
            found = "has kind 'text' and no 'values'"
            faults.append(Fault(CODEBOOK, f"fact {number} ({row.fact})", found, "list the values to look for"))
            continue
        words = [stem(token.term) for token in tokenise(row.question)]
        near = tuple(Phrase(form) for form in row.near)
        content = frozenset(word for word in words if word not in STOP_WORDS)
        asked = content | {s for phrase in near for s in phrase.stems}
        is_map = isinstance(row.values, dict) or row.kind == "text"
        read.append(_Fact(row.fact, row.kind, unit, near, content, asked | set(words), values if is_map else {}))
    if faults:
        raise StoryError(faults)
    return read


def _unit(row: object, corpus: Corpus) -> str | None:
    """Return the unit of a fact in our notation, None where it is not known."""
    unit = " ".join(row.unit.split())
    lower = unit.lower()
    match row.kind:
        case "duration":
            return UNIT_OF.get(lower) if unit else ""
        case "date" | "weekday":
            return {"date": "day", "weekday": "weekday"}[row.kind] if lower in ("", "day", "days", "date", "weekday") else None
        case "text":
            return ""
        case _:
            if lower in PERCENT:
                return "%"
            if found := re.fullmatch(r"(?:out )?of (\d+)", lower):
                return f"of {found[1]}"
            if not unit or unit.upper() in CURRENCIES.values() or lower in ("ordinal",):
                return unit.upper() if unit.upper() in CURRENCIES.values() else lower
            money = {sign.lower(): code for sign, code in CURRENCIES.items()}
            if lower in money:
                return money[lower]
            if lower in UNIT_OF:
                return None
            # What is counted: a word of the story, in any of its endings.
            phrase = Phrase(unit)
            held = any(
                phrase.found(terms, [stem(t) for t in terms])
                for text in [*corpus.texts.values(), row.question, " ".join(row.near)]
                for terms in [[token.term for token in tokenise(text)]]
            )
            return lower if phrase.stems and held else None


def _unit_mend(kind: str) -> str:
    match kind:
        case "duration":
            return f"write one of {', '.join(SECONDS)}"
        case "date" | "weekday":
            return "leave it empty"
        case _:
            return "write %, a currency such as USD, out of 10, or a noun that the articles count; leave it empty for a plain number; for a length of time set kind = \"duration\""


def _sentences(corpus: Corpus, segments: pd.DataFrame) -> Iterator[_Sentence]:
    for article, rows in segments[segments["kind"] == "sentence"].groupby("article", sort=True):
        before: list[str] = []
        for row in rows.itertuples():
            tokens = tokenise(row.text)
            terms = [token.term for token in tokens]
            stems = [stem(term) for term in terms]
            pronoun = bool(terms) and terms[0] in ("it", "they", "this", "that", "these", "he", "she")
            yield _Sentence(article, row.segment, row.start, row.text, tokens, terms, stems, before if pronoun else [])
            before = stems


def _places(fact: _Fact, sentence: _Sentence) -> list[tuple[tuple[int, int] | None, tuple[str, ...]]]:
    """Return where the words of a fact stand in a sentence: (span of tokens, their stems); no span = just before it."""
    phrases = fact.near or tuple(Phrase(word) for word in sorted(fact.question))
    places = [(span, p.stems) for p in phrases for span in p.found(sentence.terms, sentence.stems)]
    if fact.near and not places and sentence.before:
        places = [(None, p.stems) for p in fact.near if p.found(sentence.before, sentence.before)]
    held = {stems for _, stems in places}
    # Without near words, one word of the question in a sentence says too little.
    return places if fact.near or 2 * len(held) >= len(phrases) else []


def _fitting(fact: _Fact, quantity: Quantity, published: str, year: int | None, text: str) -> Quantity | None:
    """Return a quantity as a value of `fact`, in its kind and unit, or None where it can be none."""
    if quantity.kind not in KINDS_OF[fact.kind]:
        return None
    if fact.kind == "duration":
        return in_unit(quantity, fact.unit) if fact.unit else quantity
    if fact.kind in ("date", "weekday"):
        return _as_day(fact, quantity, published, year, text)
    if fact.unit == "ordinal":
        return quantity if quantity.kind == "ordinal" else None
    if fact.unit in ("%", *CURRENCIES.values()) or fact.unit.startswith("of "):
        return quantity if quantity.unit == fact.unit else None
    if fact.unit:
        counts = quantity.kind == "count" and (not quantity.unit or set(_stems(fact.unit)) & set(_stems(quantity.unit)))
        return replace(quantity, unit=fact.unit) if counts else None
    return quantity


def _stems(words: str) -> list[str]:
    return [stem(token.term) for token in tokenise(words)]


def _as_day(fact: _Fact, quantity: Quantity, published: str, year: int | None, text: str) -> Quantity | None:
    appeared = date.fromisoformat(published[:10]) if published else None
    day: date | None = None
    if quantity.kind == "relative":
        day = appeared + timedelta(days=int(quantity.low)) if appeared else None
        if day is None:
            return None
    elif quantity.kind == "date":
        full = dated(quantity, appeared.year if appeared else year)
        if fact.kind == "date":
            # Without any year in the story, all its dates are set in one leap year, and stay without it in `value`.
            return full if not math.isnan(full.low) else replace(dated(quantity, 2000), label=quantity.label)
        if full.low != full.high or math.isnan(full.low) or not (appeared or len(quantity.label) == 10):
            return None
        day = date.fromordinal(int(full.low))
    if fact.kind == "weekday":
        if quantity.kind == "weekday":
            return quantity
        number = day.isoweekday()
        return replace(quantity, label=WEEKDAYS[number - 1], low=number, high=number, unit="weekday")
    if quantity.kind == "weekday":
        if appeared is None:
            return None
        coming = re.search(r"\b(?:next|coming)\s$", text[: quantity.start], re.IGNORECASE)
        ahead = (int(quantity.low) - appeared.isoweekday()) % 7
        day = appeared + timedelta(days=(ahead or 7) if coming else -(-ahead % 7))
    return replace(quantity, label=day.isoformat(), low=day.toordinal(), high=day.toordinal(), unit="day")


def _year(published: object, corpus: Corpus) -> int | None:
    """Return the year that dates without one are read in: the first article's, else the one the texts name most."""
    years = sorted(int(value[:4]) for value in published if value)
    if years:
        return years[0]
    full = [
        int(q.label[:4])
        for text in corpus.texts.values()
        for q in (find_quantities(text) if re.search(r"\b(?:19|20)\d\d\b", text) and len(text) < 200_000 else [])
        if q.kind == "date" and len(q.label) == 10
    ]
    return max(sorted(set(full)), key=full.count) if full else None


def _score(
    fact: _Fact, sentence: _Sentence, told: Quantity, quantity: Quantity, places: list, rarity: Rarity
) -> float:
    weights: dict[tuple[str, ...], float] = {}
    for span, stems in places:
        away = distance(span, sentence.tokens, quantity.start, quantity.end) if span else 2 * NEAR_DECAY
        weights[stems] = max(weights.get(stems, 0.0), rarity.of(stems) / (1 + away / NEAR_DECAY))
    ordered = sorted(weights.values(), reverse=True)
    near = math.fsum(weight * FURTHER**n for n, weight in enumerate(ordered))
    asked = [word for word in fact.question if word in sentence.stems]
    score = near + QUESTION * len(asked) / max(len(fact.question), 1)
    return score * _plausible(fact, sentence, told, quantity)


def _plausible(fact: _Fact, sentence: _Sentence, told: Quantity, quantity: Quantity) -> float:
    """Return a factor in (0, 1]: less for what was only planned, of another thing, or of another size."""
    factor = PLAIN
    planned = PLANNED - fact.asked
    if any(
        s in planned and distance((n, n + 1), sentence.tokens, quantity.start, quantity.end) <= 5
        for n, s in enumerate(sentence.stems)
    ):
        factor *= DOUBTFUL
    if fact.kind == "duration":
        role, of = belongs_to(sentence.text, quantity)
        if of and not {stem(word) for word in of} & fact.asked:
            factor *= DOUBTFUL
        if role == "recency" and not fact.asked & {"first", "last", "since", "latest", "ago", "tim"}:
            factor *= UNLIKELY
        if role in ("since", "rate") and not fact.asked & set(map(stem, ("ago", "since", "old", "age", "later", "every", "often", "when", "after", "before", "earlier", "into"))):
            factor *= UNLIKELY
        top = told.high if math.isfinite(told.high) else told.low
        if fact.unit and not 0.02 <= top <= 200:
            factor *= UNLIKELY
        if role == "span" and fact.asked & {"since", "ago"} and not of:
            factor *= DOUBTFUL
    if fact.kind == "number" and not fact.unit and quantity.kind == "ordinal":
        factor *= DOUBTFUL
    if fact.kind in ("date", "weekday") and quantity.kind != fact.kind:
        factor *= 0.8
    if quantity.qualifier in ("more", "less") and re.search(r"\bthan the\b", sentence.text[quantity.start : quantity.end]):
        factor *= DOUBTFUL
    return factor


def _named_values(fact: _Fact, sentence: _Sentence, places: list, rarity: Rarity) -> Iterator[tuple]:
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
                yield score, sentence, Quantity(start, end, "text", value, math.nan, math.nan, "")
            elif meant := _meant(fact, value):
                yield score, sentence, replace(meant, start=start, end=end)


def _meant(fact: _Fact, value: str) -> Quantity | None:
    """Return what a form of the codebook stands for: ``{"a full house" = "500"}``."""
    readings = [value, f"{value} {fact.unit}s", f"in {value}"]
    quantities = [q for reading in readings for q in find_quantities(reading)]
    return next((told for q in quantities if (told := _fitting(fact, q, "", 2000, ""))), None)


def _in_one_unit(found: dict[str, list[tuple]]) -> dict[str, list[tuple]]:
    """Return durations in the unit that most articles use first, where the codebook names none."""
    units = [max(c, key=lambda told: told[0])[2].unit for c in found.values() if c]
    if len(set(units)) < 2 or not set(units) <= set(SECONDS):
        return found
    unit = max(sorted(set(units), key=SECONDS.get), key=units.count)
    return {a: [(score, s, in_unit(q, unit) or q) for score, s, q in c] for a, c in found.items()}


def _ranked(
    fact: _Fact, article: str, candidates: list[tuple], spoken: np.ndarray, text: str
) -> Iterator[tuple]:
    """Yield the rows of an article's values: its best, and others that stand as near; its own words before quoted ones."""
    if not candidates:
        return
    best = max(score for score, _, _ in candidates)
    kept: list[tuple] = []
    everything = fact.kind == "text"
    for score, sentence, q in candidates:
        if score >= CLOSE * best or everything:
            start, end = sentence.start + q.start, sentence.start + q.end
            quoted = any(a <= start and end <= b for a, b in spoken)
            kept.append((quoted, -round(score, 9), start, end, sentence, q))
    kept.sort(key=lambda k: k[:4])
    seen: set[tuple[str, str]] = set()
    for quoted, score, start, end, sentence, q in kept:
        if (q.label, q.qualifier) in seen:
            continue
        seen.add((q.label, q.qualifier))
        role, of = belongs_to(sentence.text, q) if q.kind == "duration" else ("", ())
        yield (
            fact.id, article, q.label, q.low, q.high, q.unit, start, end, text[start:end],
            q.kind, len(seen), -score, "quoted" if quoted else "own", sentence.segment, q.qualifier,
            " ".join(of), role, q.low_open, q.high_open, q.grain,
        )  # fmt: skip


def discrepancies(facts: pd.DataFrame, codebook: Codebook, arrangement: pd.DataFrame) -> pd.DataFrame:
    """Return one row per fact that an article gives a value for, in the codebook's order.

    Columns: fact; verdict; articles (the ids of those that give a value, in the order of the figures, joined by "; ");
    explanation (one sentence, outlets by name); question; values (how many different ones).

    The verdict is ``hard`` where two articles give disjoint intervals of the same quantity, so that they cannot both
    be right; ``soft`` where intervals differ but overlap or touch, or one value may be the other rounded; ``agree``
    where all are the same; ``single`` where fewer than two articles give a value that can be compared. "The first
    meeting in seven years" and "the first visit in a decade" are of different things and not compared. Values of kind
    ``text`` have no interval: hard means that they have no word in common.
    """
    label = arrangement.set_index("article")["label"]
    place = arrangement.set_index("article")["place"]
    rows = []
    told = facts[facts["article"].isin(label.index)]
    for fact in codebook.facts.itertuples():
        own = told[told["fact"] == fact.fact]
        if own.empty:
            continue
        own = own.assign(place=own["article"].map(place), label=own["article"].map(label)).sort_values(
            ["place", "rank", "start"], ignore_index=True
        )
        verdict, explanation = _judge_texts(own) if fact.kind == "text" else _judge(own[own["rank"] == 1])
        named = "; ".join(dict.fromkeys(own["article"]))
        rows.append((fact.fact, verdict, named, explanation, fact.question, own["value"].nunique()))
    return pd.DataFrame(rows, columns=list(DISCREPANCY_COLUMNS))


def quantity_of(row: object) -> Quantity:
    """Return the quantity of a row of ``facts``."""
    return Quantity(
        0, 0, row.kind, row.value, row.low, row.high, row.unit, row.low_open, row.high_open, row.grain, row.qualifier
    )


def comparable(a: object, b: object) -> bool:
    """Return whether two rows of one fact speak of one quantity: the same unit, and nothing shows two things."""
    if a.unit != b.unit:
        return False
    if "recency" in (a.role, b.role):
        mine, other = ({stem(word) for word in row.of.split()} for row in (a, b))
        return not (mine and other) or bool(mine & other)
    return True


def _judge(rows: pd.DataFrame) -> tuple[str, str]:
    values = list(rows.itertuples())
    if len(values) == 1:
        return "single", f"Only {values[0].label} gives a value: {_said(values[0])}."
    pairs = [(a, b, compare(quantity_of(a), quantity_of(b))) for a, b in combinations(values, 2) if comparable(a, b)]
    if not pairs:
        return "single", f"Of different things, so they are not compared: {_all_said(values)}."
    apart = [(a, b) for a, b, how in pairs if how == "disjoint"]
    if apart:
        # The pair that lies furthest apart says it best.
        a, b = max(apart, key=lambda pair: max(pair[0].low - pair[1].high, pair[1].low - pair[0].high))
        return "hard", f"{_said(a)} ({a.label}) and {_said(b)} ({b.label}) cannot both hold. All: {_all_said(values)}."
    if any(how == "overlap" for _, _, how in pairs):
        return "soft", f"Different, but both may hold: {_all_said(values)}."
    if len(pairs) < math.comb(len(values), 2):
        return "agree", f"Some are of different things and not compared; the others agree: {_all_said(values)}."
    return "agree", f"All {len(values)} that give a value agree: {_all_said(values)}."


def _judge_texts(rows: pd.DataFrame) -> tuple[str, str]:
    held = rows.groupby(["place", "label"])["value"].agg(set)
    if len(held) == 1:
        return "single", f"Only {rows['label'].iloc[0]} gives a value: {_texts_said(rows)}."
    words = {key: {s for value in values for s in _stems(value) if s not in STOP_WORDS} for key, values in held.items()}
    pairs = list(combinations(held.index, 2))
    if all(held[a] == held[b] for a, b in pairs):
        return "agree", f"All {len(held)} that give a value agree: {_texts_said(rows)}."
    if any(not (held[a] & held[b]) and not (words[a] & words[b]) for a, b in pairs):
        return "hard", f"Different values: {_texts_said(rows)}."
    return "soft", f"Different, but with something in common: {_texts_said(rows)}."


def _said(row: object) -> str:
    return "“" + " ".join(row.evidence.split()).replace("“", "‘").replace("”", "’") + "”"


def _all_said(values: list) -> str:
    """Return each wording with the outlets that have it."""
    groups: dict[str, list] = {}
    for row in values:
        groups.setdefault(_said(row).lower(), []).append(row)
    return "; ".join(f"{_said(rows[0])} ({', '.join(row.label for row in rows)})" for rows in groups.values())


def _texts_said(rows: pd.DataFrame) -> str:
    groups: dict[str, list[str]] = {}
    for (_, label), values in rows.groupby(["place", "label"])["value"]:
        groups.setdefault(" and ".join(f"“{v}”" for v in dict.fromkeys(values)), []).append(label)
    return "; ".join(f"{said} ({', '.join(labels)})" for said, labels in groups.items())
