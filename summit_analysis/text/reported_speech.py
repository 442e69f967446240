"""What is told of somebody's words without quoting them: Lund claimed that the vote was lost.

=====================  ==================================================
pattern                example
=====================  ==================================================
speaker, verb, that    Lund told reporters that the vote was lost.
speaker, verb, clause  Lund insisted the vote was lost.
clause, speaker, verb  The vote was lost, Lund claimed.
clause, verb, speaker  The vote was lost, claimed Lund.
=====================  ==================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from summit_analysis.text.attribution import Attributor, attribute
from summit_analysis.text.clauses import PAST
from summit_analysis.text.names import DETERMINER
from summit_analysis.text.spans import Span
from summit_analysis.text.verbs import THIRD, VERBS, Verb

# A clause may follow these at once; behind others ("described", "called") a thing follows.
CLAUSAL = frozenset(
    ["say", "claim", "insist", "argue", "warn", "add", "note", "stress", "acknowledge", "admit", "concede", "confirm",
     "deny", "allege", "maintain", "suggest", "declare", "announce", "reveal", "predict", "boast", "brag", "gloat",
     "complain", "promise", "report", "state", "observe", "remark", "write", "emphasize", "emphasise", "vow", "assert", "contend", "imply", "hint", "estimate", "conclude", "explain", "recall"]
)  # fmt: skip
THAT = re.compile(r"(?:\s+(?!(?:that|by|as|of|for|in)\b)[\w’'-]+){0,3}?\s+that\b")
# What begins a clause: a pronoun, a determiner with its noun, a name; and no other thing that one can claim or deny.
CLAUSE = re.compile(
    rf"\s+(?:(?:he|she|they|it|we|there)\s+\w|(?:{DETERMINER}|[A-Z][\w’'-]+)(?:\s+[\w’'-]+){{0,5}}?\s+"
    r"(?:is|are|was|were|has|have|had|will|would|could|can|may|might|should|must|did|does|do|\w+ed)\b)"
)


@dataclass(frozen=True)
class Report:
    """One reporting verb without a quotation: ``text[start:end]`` is the verb as it stands."""

    start: int
    end: int
    form: str
    speaker: str


class Reports(Attributor):
    """Finds the reported speech of one text; `extra` are further verb forms, lower case."""

    def __init__(
        self, text: str, spans: list[Span], aliases: Mapping[str, str], extra: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(text, spans, aliases)
        self.extra = extra
        linked = set(self.copy.linked)
        self.said = [said for n, said in enumerate(attribute(text, spans, aliases)) if n not in linked]

    def find(self) -> Iterator[Report]:
        """Yield each report in reading order; the verbs of quotations are left out."""
        quotations = list(zip(self.spans, self.said, strict=True))
        quoted = {(self._host(span.start), said.verb) for span, said in quotations}
        for number, (start, end) in enumerate(self.hosts):
            # A reader at this place knows who has spoken so far, and no more.
            self.read_on(start)
            self.people.spoke[:] = [
                (q.start, said.speaker) for q, said in quotations if q.start < start and said.speaker
            ]
            for verb in [*self._verbs(start, end), *self._extra(start, end)]:
                form = verb.form
                if (number, form) in quoted or (verb.subjectless and not verb.participle) or verb.stance == "holding":
                    continue
                if speaker := self._reporter(verb, start, end):
                    place = self.copy.place_in_original(verb.start)
                    yield Report(place, place + verb.end - verb.start, form, speaker)

    def _extra(self, start: int, end: int) -> Iterator[Verb]:
        for found in re.finditer(r"\w+", self.masked[start:end]) if self.extra else ():
            if (form := found.group().lower()) in self.extra and form not in VERBS:
                yield Verb(start + found.start(), start + found.end(), form)

    @staticmethod
    def _lemma(form: str) -> str:
        return VERBS.get(form, (form, ""))[0]

    def _reporter(self, verb: Verb, start: int, end: int) -> str:
        """Return who reports with `verb`, ``""`` where it is no report."""
        before, behind = self.masked[start : verb.start], self.masked[verb.end : end]
        clausal = self._lemma(verb.form) in CLAUSAL or verb.form in self.extra
        if re.search(r"\b(?:was|were|is|are|be|been|being)\s+(?:\w+ly\s+)?$", before):
            return ""  # "it was claimed that": by nobody
        phrase = ""
        if THAT.match(behind) or (clausal and CLAUSE.match(behind)):
            if verb.participle:
                return self._main_speaker(start, verb.start)
            phrase = self._subject(start, verb.start)
        elif clausal and not verb.participle and not (verb.form in THIRD and verb.form not in ("says", "claims")):
            closing = re.match(r"\s*(?:[,.;]|$|(?:on|in|at|during|late|early|after)\s)", behind)
            comma = re.search(r",\s(?=[^,]{1,60}$)", before)
            if closing and comma and not PAST.search(before[comma.end() :]):
                phrase = self._subject(start + comma.end(), verb.start)
            elif re.search(r",\s$", before) and re.match(r"\s+(?:the|[A-Z])", behind):
                phrase = self._phrase_after(verb.end, end)
        return self._speaker(phrase, verb.start) if phrase else ""
