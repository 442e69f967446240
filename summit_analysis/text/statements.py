"""The parts of sentences that can be told alike by themselves, with what must not be mixed up: negation, numbers, speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from summit_analysis.text.alignment import stem
from summit_analysis.text.clauses import VERB
from summit_analysis.text.intervals import Quantity, compare
from summit_analysis.text.names import RUN
from summit_analysis.text.negation import find_negations
from summit_analysis.text.quantities import find_quantities
from summit_analysis.text.terms import STOP_WORDS, Token, tokenise

CUT = re.compile(
    r"[;:()–—]|,(?=\s)|\s(?=(?:but|while|whereas|although|though|because|even\sthough|despite|without|and\s(?:said|that|the|a|even|then|in|at|on|he|she|they|it|\w+ed))\s)",
    re.IGNORECASE,
)
LEAST_WORDS = 3  # content words of a part
AROUND = 3  # words around what is shared in which a negation counts
NAME_TO_VERB = 24  # characters between a speaker's name and the reporting verb


@dataclass(frozen=True)
class Part:
    """A clause or a whole sentence of an article: ``texts[article][start : start + len(text)]``."""

    article: str
    segment: int
    start: int
    text: str
    whole: bool
    tokens: tuple[Token, ...]
    stems: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    speakers: frozenset[str]

    @property
    def content(self) -> frozenset[str]:
        """The stems of its words that are no stop words."""
        return frozenset(s for s, t in zip(self.stems, self.tokens, strict=True) if t.term not in STOP_WORDS)

    def negated(self, shared: frozenset[str] | set[str]) -> bool:
        """Return whether a negation stands among the words `shared`, or close around them."""
        places = [n for n, s in enumerate(self.stems) if s in shared]
        if not places:
            return False
        low, high = max(0, min(places) - AROUND), min(len(self.tokens) - 1, max(places) + AROUND)
        begin = 0 if low == 0 else self.tokens[low].start
        end = len(self.text) if high == len(self.tokens) - 1 else self.tokens[high].end
        return bool(find_negations(self.text[begin:end]))


def parts_of(segments: pd.DataFrame, quotations: pd.DataFrame, aliases: Mapping[str, str]) -> Iterator[Part]:
    """Yield each sentence and each of its clauses, by article and place; a sentence comes before its clauses."""
    spoken: dict[str, list[tuple[int, int, str]]] = {}
    for row in quotations[quotations["kind"] == "speech"].itertuples():
        if isinstance(row.speaker, str) and row.speaker:
            spoken.setdefault(row.article, []).append((row.start, row.end, row.speaker))
    for row in segments[segments["kind"] == "sentence"].sort_values(["article", "segment"]).itertuples():
        spans = [(0, len(row.text))]
        cuts = [0, *(found.end() for found in CUT.finditer(row.text)), len(row.text)]
        if len(cuts) > 2:
            spans += _clauses(row.text, cuts)
        for n, (start, end) in enumerate(spans):
            text = row.text[start:end]
            tokens = tuple(tokenise(text))
            at = row.start + start
            speakers = {
                name.strip()
                for a, b, speaker in spoken.get(row.article, [])
                if a < at + len(text) and at < b
                for name in speaker.split(";")
            }
            yield Part(
                row.article, int(row.segment), at, text, n == 0, tokens, tuple(stem(token.term) for token in tokens),
                tuple(q for q in find_quantities(text) if q.kind not in ("ordinal", "relative")),
                frozenset(map(_key, speakers or _reported(text, aliases))),
            )  # fmt: skip


def _clauses(text: str, cuts: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the trimmed spans between cuts; one of few words is joined to the next."""
    begin = 0
    for end in cuts[1:]:
        piece = text[begin:end]
        words = [token for token in tokenise(piece) if token.term not in STOP_WORDS]
        if len(words) < LEAST_WORDS and end != cuts[-1]:
            continue
        left = len(piece) - len(piece.lstrip(" ,;:–—()“”\"'‘’"))
        right = len(piece.rstrip(" ,;:–—(“‘"))
        if len(words) >= LEAST_WORDS and left < right and (begin, end) != (0, len(text)):
            yield begin + left, begin + right
        begin = end


def _reported(text: str, aliases: Mapping[str, str]) -> set[str]:
    """Return whose words a part reports: the name right before a reporting verb."""
    names = [(m.start(), m.end(), m.group()) for m in RUN.finditer(text)]
    found = set()
    for verb in VERB.finditer(text):
        before = [name for start, end, name in names if 0 < verb.start() - end <= NAME_TO_VERB]
        if before and not re.search(r"[a-z]’s$", before[-1]):
            found.add(aliases.get(before[-1].lower(), before[-1]))
    return found


def _key(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].lower() if name.split() else ""


def mergeable(one: Part, two: Part, shared: frozenset[str]) -> bool:
    """Return whether two parts that share words may tell the same: equal in negation, numbers and speakers."""
    if one.speakers and two.speakers and not one.speakers & two.speakers:
        return False
    if one.negated(shared) != two.negated(shared):
        return False
    return _same_numbers(one, two, shared) and _same_numbers(two, one, shared, within=True)


def _same_numbers(one: Part, two: Part, shared: frozenset[str], *, within: bool = False) -> bool:
    """Return whether each quantity of `one` (`within`: each among the shared words) stands in `two` as well."""
    low, high = 0, len(one.text)
    if within:
        places = [t for s, t in zip(one.stems, one.tokens, strict=True) if s in shared]
        low, high = (min(t.start for t in places), max(t.end for t in places)) if places else (0, 0)
    return all(
        any(q.kind == o.kind and q.unit == o.unit and _alike(q, o) for o in two.quantities)
        for q in one.quantities
        if low <= q.start < high
    )


def _alike(a: Quantity, b: Quantity) -> bool:
    return a.label == b.label and (a.low != a.low or compare(a, b) == "equal")
