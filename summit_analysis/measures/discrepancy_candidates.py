"""Where articles may disagree, found without a codebook: sentences that are told alike but for a number, day, name or not.

Candidates are to be read, not counted: each shows both sentences and what differs in them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import pandas as pd

from summit_analysis.errors import NotDefinedError
from summit_analysis.text.alignment import stem
from summit_analysis.text.intervals import Quantity, compare, in_unit
from summit_analysis.text.likeness import MOST_SENTENCES, Sentence, Sentences, alike_pairs, similarity_of
from summit_analysis.text.mentions import belongs_to
from summit_analysis.text.names import DAYS, RUN, alike
from summit_analysis.text.negation import find_negations
from summit_analysis.text.quantities import find_quantities
from summit_analysis.text.terms import STOP_WORDS

COLUMNS = (
    "candidate", "kind", "similarity", "article_a", "start_a", "end_a", "value_a", "evidence_a",
    "article_b", "start_b", "end_b", "value_b", "evidence_b",
)  # fmt: skip
KINDS = ("number", "day", "name", "negation")
# How much of the lighter sentence the two must share, by weight, before a difference of that kind is worth reading.
# Set by judgement on invented sentences. A number or a day stands out by itself, "not" turns up anywhere.
ENOUGH = {"number": 0.35, "day": 0.35, "name": 0.5, "negation": 0.6}
MUTUAL = 0.5  # of the words of the longer sentence, for a negation
BESIDE = 6  # words around a quantity, one of which both sentences share


@dataclass(frozen=True)
class _Difference:
    kind: str
    a: tuple[int, int]
    b: tuple[int, int]


def candidate_discrepancies(segments: pd.DataFrame, arrangement: pd.DataFrame, aliases: dict[str, str]) -> pd.DataFrame:
    """Return one row per pair of sentences of two articles that align but differ, the most alike first.

    Columns: candidate (1..n); kind (``number``, ``day``, ``name`` or ``negation``); similarity (in (0, 1], larger =
    more alike: the weight of the words that local alignment finds in both, as share of the lighter sentence or, in long
    ones, of its aligned clause); article_a, start_a, end_a (code points), evidence_a (the sentence,
    ``text[start_a:end_a]``), value_a (what differs in it: verbatim; empty for a negation that is not there); the same
    for b. `aliases` maps lower-case names to speakers, so that two names of one person are no difference.

    Lengths of time that both sentences say of one thing ("three hours of talks", "the talks lasted four hours") are
    candidates however little else the sentences share. A pair of articles shows the same two values once, in the sentences most alike. Two values that may both hold
    ("nearly three hours" and "three hours") are no candidate.

    Raises
    ------
    NotDefinedError
        There are fewer than two articles, or more than 20,000 sentences in them.
    """
    articles = sorted(arrangement["article"])
    if len(articles) < 2:
        raise NotDefinedError("a comparison needs at least two articles")
    told = Sentences(segments, articles)
    if len(told) > MOST_SENTENCES:
        raise NotDefinedError(f"discrepancies are not sought among more than {MOST_SENTENCES:,} sentences")
    best: dict[tuple, tuple[float, tuple]] = {}
    quantities = [find_quantities(sentence.text) for sentence in told.all]
    alike = [
        (a, b, similarity, found)
        for a, b, similarity in alike_pairs(told, least=min(ENOUGH.values()))
        for found in _differences(told[a], told[b], quantities[a], quantities[b], aliases)
        if similarity >= ENOUGH[found.kind]
    ]
    for a, b, similarity, found in [*alike, *_lengths(told, quantities)]:
        one, two = told[a], told[b]
        values = one.text[slice(*found.a)], two.text[slice(*found.b)]
        said = tuple(" ".join(value.lower().split()) for value in values)
        key = (found.kind, one.article, two.article, *(said if found.kind != "negation" else (a, b)))
        row = (
                found.kind, similarity, one.article, one.start, one.start + len(one.text), values[0], one.text,
                two.article, two.start, two.start + len(two.text), values[1], two.text,
            )  # fmt: skip
        if key not in best or (similarity, -one.start, -two.start) > best[key][0]:
            best[key] = ((similarity, -one.start, -two.start), row)
    rows = sorted(
        (row for _, row in best.values()),
        key=lambda r: (-r[1], KINDS.index(r[0]), r[2], r[3], r[7], r[8], r[5], r[10]),
    )
    return pd.DataFrame([(n, *row) for n, row in enumerate(rows, start=1)], columns=list(COLUMNS))


def _differences(
    a: Sentence, b: Sentence, of_a: list[Quantity], of_b: list[Quantity], aliases: dict[str, str]
) -> Iterator[_Difference]:
    yield from _numbers(a, b, of_a, of_b)
    yield from _names(a, b, aliases)
    yield from _negations(a, b)


def _negations(a: Sentence, b: Sentence) -> Iterator[_Difference]:
    """Yield the negation that one of two sentences has among the words they share, where the other has none at all."""
    negated = [find_negations(text) for text in (a.text, b.text)]
    if bool(negated[0]) == bool(negated[1]):
        return
    shared = a.content & b.content
    # Most of both: in a long sentence "not" may belong to what the short one leaves out.
    if len(shared) < MUTUAL * max(len(a.content), len(b.content)):
        return
    sentence, spans = (a, negated[0]) if negated[0] else (b, negated[1])
    places = [t for s, t in zip(sentence.stems, sentence.tokens, strict=True) if s in shared]
    inside = [span for span in spans if places[0].start <= span[1] and span[0] <= places[-1].end]
    if inside:
        yield _Difference("negation", inside[0] if negated[0] else (0, 0), inside[0] if negated[1] else (0, 0))


def _lengths(told: Sentences, quantities: list[list[Quantity]]) -> Iterator[tuple[int, int, float, _Difference]]:
    """Yield the durations that two articles give one thing, by the word that they are of, and that cannot both hold."""
    of: dict[tuple[str, str], list[tuple[int, Quantity]]] = {}
    for n, sentence in enumerate(told.all):
        for q in quantities[n]:
            role, words = belongs_to(sentence.text, q) if q.kind == "duration" else ("", ())
            for word in {stem(word) for word in words} if role in ("span", "recency") else ():
                of.setdefault((role, word), []).append((n, q))
    for (role, _), held in sorted(of.items()):
        for (a, one), (b, two) in combinations(held, 2):
            apart = told[a].article != told[b].article and _compared(one, two) == "disjoint"
            if apart and (role == "recency" or _same_size(one, two)):
                similarity, _ = similarity_of(told, told[a], told[b])
                yield a, b, similarity, _Difference("number", (one.start, one.end), (two.start, two.end))


def _same_size(a: Quantity, b: Quantity) -> bool:
    """Return whether two durations are in one unit or within a factor of ten: 3 hours of talks, 3 years of talks."""
    b = in_unit(b, a.unit) or b
    return a.unit == b.unit and max(a.low, b.low) <= 10 * min(
        x if math.isfinite(x) else a.low for x in (a.high, b.high)
    )


def _numbers(a: Sentence, b: Sentence, of_a: list[Quantity], of_b: list[Quantity]) -> Iterator[_Difference]:
    """Yield quantities that differ and answer to each other: of one kind and unit, without their equal on the other side."""

    def matched(q: Quantity, others: list[Quantity]) -> bool:
        return any(how in ("equal", "overlap") for other in others for how in [_compared(q, other)])

    left = [q for q in of_a if not matched(q, of_b)]
    right = [q for q in of_b if not matched(q, of_a)]
    context = {
        (side, n): {
            s for s, t in zip(x.stems, x.tokens, strict=True) if _near(x, t.start, q) and t.term not in STOP_WORDS
        }
        for side, x, of in (("a", a, left), ("b", b, right))
        for n, q in enumerate(of)
    }
    pairs = sorted(
        (-len(context["a", n] & context["b", m]), n, m)
        for (n, one), (m, two) in product(enumerate(left), enumerate(right))
        if _compared(one, two) == "disjoint" and context["a", n] & context["b", m]
    )
    used: set[tuple[str, int]] = set()
    for _, n, m in pairs:
        if ("a", n) not in used and ("b", m) not in used:
            used |= {("a", n), ("b", m)}
            one, two = left[n], right[m]
            kind = "day" if one.kind in ("weekday", "date") else "number"
            yield _Difference(kind, (one.start, one.end), (two.start, two.end))


def _near(sentence: Sentence, at: int, q: Quantity) -> bool:
    """Return whether the word at `at` stands beside a quantity and is no part of it."""
    if q.start <= at < q.end:
        return False
    low, high = sorted((at, q.start)) if at < q.start else sorted((q.end, at))
    return sum(low <= token.start < high for token in sentence.tokens) <= BESIDE


def _compared(a: Quantity, b: Quantity) -> str:
    if a.kind != b.kind:
        return ""
    if a.kind == "date" and math.isnan(a.low + b.low):
        # One has no year: month and day alone are compared.
        return "equal" if a.label[-5:] == b.label[-5:] else "disjoint" if len(a.label) > 4 < len(b.label) else ""
    if a.kind == "count" and a.unit != b.unit:
        return ""
    if a.kind == "duration":
        converted = in_unit(b, a.unit)
        return compare(a, converted) if converted else ""
    return compare(a, b) if a.unit == b.unit else ""


def _names(a: Sentence, b: Sentence, aliases: dict[str, str]) -> Iterator[_Difference]:
    """Yield names that stand in one another's place: the same words directly before and behind both."""
    for one, two in product(_runs(a), _runs(b)):
        if _slot(a, one) != _slot(b, two) or not all(_slot(a, one)):
            continue
        words = [re.findall(r"[\w’'-]+", x.text[slice(*span)].lower()) for x, span in ((a, one), (b, two))]
        names = [aliases.get(" ".join(w)) for w in words]
        same_person = names[0] is not None and names[0] == names[1]
        if not same_person and not any(alike(v, w) for v, w in product(*words)) and not _initials(*words):
            yield _Difference("name", one, two)


def _initials(a: list[str], b: list[str]) -> bool:
    """Return whether one name is the other's initials: "EU" and "European Union"."""
    short, long = sorted(("".join(a), "".join(b)), key=len)
    words = a if "".join(a) == long else b
    return "".join(word[0] for word in words) == short.replace(".", "")


def _runs(sentence: Sentence) -> list[tuple[int, int]]:
    found = [m.span() for m in RUN.finditer(sentence.text)]
    return [
        (start, end)
        for start, end in found
        if sentence.text[start:end].lower() not in DAYS | STOP_WORDS and (start > 0 or " " in sentence.text[start:end])
    ]


def _slot(sentence: Sentence, span: tuple[int, int]) -> tuple[str, str]:
    """Return the stems of the content words right before and right behind a span."""
    before = [s for s, t in zip(sentence.stems, sentence.tokens, strict=True) if t.end <= span[0]]
    behind = [s for s, t in zip(sentence.stems, sentence.tokens, strict=True) if t.start >= span[1]]
    return (before[-1] if before else "", behind[0] if behind else "")
