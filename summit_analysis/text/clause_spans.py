"""The clauses of one sentence, and the cues that govern them: where what is said ends, what stands apart between commas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summit_analysis.text.clauses import PAST

STOP = re.compile(
    r"[;—]|:(?!\d)|\s–\s|,?(?<!\ball)(?<!nothing)(?<!anything)\s(?=(?:but(?!\sthat\b)|while|whereas|although|(?:even\s)?though)\s)|,\s(?=yet\s)",
    re.IGNORECASE,
)
# ", and police closed …", ", with prices rising", "… without giving a reason": said by nobody else than the sentence.
JOINED = re.compile(
    rf",\s(?=(?:and|so|or)\s(?!that\b)(?:[\w’'.-]+\s){{1,6}}?(?:{PAST.pattern}))|,\s(?=with\s(?:[\w’'-]+\s){{1,4}}\w+ing\b)"
    r"|\s(?=without\s(?:elaborating|explaining|giving|offering|providing|saying|naming|specifying|going\sinto)\b)",
    re.IGNORECASE,
)
# What ends the reach of a hedge too: "may close |after", "closed |and may open".
SUBORDINATE = re.compile(
    r"\s(?=(?:after|before|because|until|unless|since|as|when|so\sthat)\s)|"
    r"\sand\s(?=(?:\w+ly\s|even\s|also\s|then\s)?(?:\w+ed|may|might|could|was|were|is|are|has|had|will)\b)"
)
# What lies before these is not hedged: "said that |it may", "the book |she may have read".
EMBEDDED = re.compile(r"\sthat\s|(?<=[a-z])\s(?=(?:he|she|they|it)\s)")
FRONTED = re.compile(
    r"[\s,;“\"]*(?:but\s|and\s)?(?:while|although|though|even\sthough|if|when|after|before|because|as|since|despite|once|until|whereas|unless)\s",
    re.IGNORECASE,
)
ISLAND = re.compile(
    r",\s(?=(?:(?:[\w’-]+\s){0,3}(?:of|for|in|to|from|with|on|at|by)\s(?:which|whom)|which|who|whose|whom|where|(?:once\s|long\s|widely\s)?(?:said|thought|believed|known|described|billed|hailed|"
    r"reported|rumou?red)\s(?:to|as|by))\b)|\(|(?<=\w)–(?=\w)"
)


@dataclass(frozen=True)
class Cue:
    """``sentence[start:end]`` is the cue with its subject, `scope` what it governs but for `apart`, `source` whom it names."""

    kind: str
    start: int
    end: int
    scope: tuple[int, int]
    source: str = ""
    apart: tuple[tuple[int, int], ...] = ()

    def without(self, spans: list[tuple[int, int]]) -> Cue:
        """Return the cue with `spans` that it does not stand in left out: who says it, not what is said."""
        return replace(self, apart=(*self.apart, *(span for span in spans if not span[0] <= self.start < span[1])))

    def governs(self, at: int) -> bool:
        """Return whether the word at `at` is governed."""
        return self.scope[0] <= at < self.scope[1] and not any(a <= at < b for a, b in self.apart)


class Sentence:
    """One sentence, `own` with its quoted speech blanked, cut into clauses.

    `islands` are the relative clauses and asides; a subordinate clause in front ends at `fronts`.
    """

    def __init__(self, text: str, own: str) -> None:
        self.text, self.own = text, own
        self.stops = [0, *(m.end() for m in STOP.finditer(own)), len(own)]
        self.islands = [(m.start(), self._closes(m)) for m in ISLAND.finditer(own)]
        self.fronts = []
        for start, end in zip(self.stops, self.stops[1:], strict=False):
            if front := FRONTED.match(own, start, end):
                self.fronts += list(self._commas(front.end(), end))[:1]
        self.cuts = sorted({*self.stops, *self.fronts, *(m.end() for m in JOINED.finditer(own))})

    def _closes(self, opening: re.Match[str]) -> int:
        mark = {"(": ")", "–": "–"}.get(opening.group(), ",")
        limit = min(stop for stop in self.stops if stop > opening.start())
        at = self.own.find(mark, opening.end(), limit)
        return limit if at < 0 else at + 1

    def _commas(self, start: int, end: int) -> Iterator[int]:
        for m in re.finditer(r",\s", self.own[start:end]):
            if not any(a <= start + m.start() < b - 1 for a, b in self.islands):
                yield start + m.end()

    def clause(self, at: int, cuts: list[int] | None = None) -> tuple[int, int]:
        """Return the clause that holds `at`: the innermost island, else what stands between two cuts."""
        if held := [span for span in self.islands if span[0] <= at < span[1]]:
            return max(held)
        cuts = cuts or self.cuts
        return max(cut for cut in cuts if cut <= at), min([cut for cut in cuts if cut > at], default=len(self.own))

    def reach(self, start: int, end: int) -> tuple[int, int]:
        """Return what a hedge at ``own[start:end]`` is said of: its clause, subordinate ones apart."""
        low, high = self.clause(start)
        marks = [m for m in SUBORDINATE.finditer(self.own, low, high) if self.clause(m.start()) == (low, high)]
        opens = [m.end() for m in [*marks, *EMBEDDED.finditer(self.own, low, start)] if m.end() <= start]
        return max([low, *opens]), min([high, *(m.start() for m in marks if m.start() >= end)])

    def cue(self, kind: str, start: int, end: int, scope: tuple[int, int], source: str = "") -> Cue:
        """Return a cue that reaches into no island but the one it stands in."""
        apart = tuple(span for span in self.islands if not span[0] <= start < span[1] and scope[0] <= span[0])
        return Cue(kind, start, end, scope, source, apart)
