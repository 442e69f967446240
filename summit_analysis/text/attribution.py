"""Who says it, and by which reporting verb: the orders in which English news attributes quotations.

| Pattern | Example |
| --- | --- |
| speaker, verb, quotation | Lund said, "We left." Lund insisted: "We left." |
| quotation, speaker, verb | "We left," Lund, who heads the bank, told reporters. |
| quotation, verb, speaker | "We left," said Ada Lund, the mayor. |
| quotation resumed | "We left," Lund said. "It was late." |
| fragment | Lund called it "late" and vowed to "come back". |
| participle | Lund left, saying it was "late". |
| passive | It was described as "late" by Lund. |
| according to | According to Lund, it was "late". |
| quotation as subject | "Too late" is how Lund described it. |
| fragments joined | It was “late” and a “long night,” Lund said. |
| clause behind a fragment | It was the "late hour" Lund describes. |
| clause put in | They lack what would "press" the board, Lund said, and left. |
| signature | "We left." – Ada Lund, mayor |
| sentence before | Lund shrugged. "It was late." |
| sentence after | "It was late." The words are those of Ada Lund. |

The rules look at the outlet's own words only: what is quoted has been blanked, so that a name inside a quotation is
never taken for its speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from summit_analysis.text.clauses import BLANK
from summit_analysis.text.reading import reading_copy
from summit_analysis.text.segments import segment
from summit_analysis.text.sentence_cues import Attribution, SentenceCues
from summit_analysis.text.spans import Span

LONGEST_SENTENCE = 2_000  # characters
# What follows a reporting verb whose words stand before it.
SAID = re.compile(
    r"[.,]|$|\s(?:in|on|at|during|after|before|to|of|while|with|last|earlier|later|reporters|when|as|this|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
# What joins two fragments of one utterance: “not a smart move” and a |“mistake,” she said.
JOINED = re.compile(r",?\s(?:and|or|but|yet)(?:\s[a-z’']+){0,4}\s")


class Attributor(SentenceCues):
    """Attributes the quotations of one text."""

    def __init__(self, text: str, spans: list[Span], aliases: Mapping[str, str]) -> None:
        """Read `text` with its quoted `spans`; `aliases` maps lower-case forms of speakers to their names."""
        self.copy = reading_copy(text, spans)
        text, spans, names = self.copy.text, self.copy.spans, self.copy.names
        self.text, self.spans = text, spans
        hosts = [host for _, start, end in segment(_mask(text, spans, "q")) for host in _readable(text, start, end)]
        self.hosts = hosts or [(0, len(text))]
        super().__init__(_mask(text, spans, BLANK), [start for start, _ in self.hosts], dict(aliases), names)
        self.found: list[Attribution] = []

    def attribute(self) -> list[Attribution]:
        """Return an attribution for each span, in order."""
        for number, span in enumerate(self.spans):
            self.read_on(self.hosts[self._host(span.start)][0])
            attribution = self._own_cue(number, span)
            if not attribution.cue:
                attribution = self._neighbouring_cue(number, span)
            self.found.append(attribution)
            if attribution.speaker:
                self.people.spoke.append((span.start, attribution.speaker))
        self._carry_back()
        return self.found

    def attribute_all(self) -> list[Attribution]:
        """Return an attribution for each span of the text as it was given: those in links to other stories have none."""
        found = self.attribute()
        for number in self.copy.linked:
            found.insert(number, Attribution(cue="link"))
        return found

    # cues in the sentences around it

    def _neighbouring_cue(self, number: int, span: Span) -> Attribution:
        """Return the attribution of a quotation that is all of its sentence."""
        host = self._host(span.start)
        start, end = self.hosts[host]
        rest = self.masked[start : span.start - 1] + self.masked[span.end + 1 : end]
        last = self.found[number - 1] if number else Attribution()
        if any(c.isalnum() for c in rest) or not self._is_utterance(span):
            return self._carried_on(number, span, host, last)
        gap_start = self.spans[number - 1].end + 1 if number else 0
        gap = self.masked[gap_start : span.start - 1]
        same_paragraph = "\n" not in gap
        if (
            last.speaker
            and (same_paragraph or self._reopened(number))
            and host - self._host(self.spans[number - 1].start) <= 1
        ):
            return replace(last, cue="resumed")
        after = self.hosts[host + 1] if host + 1 < len(self.hosts) else (0, 0)
        if self.masked[after[0] : after[1]][:1] in ("—", "–", "-") and (
            found := self._from_sentence_after(*after, same_paragraph=False)
        ):
            return found
        if host and (found := self._from_sentence_before(host, span)):
            return found
        if host + 1 < len(self.hosts):
            close = "\n" not in self.masked[self.hosts[host][1] : self.hosts[host + 1][0]]
            if found := self._from_sentence_after(*self.hosts[host + 1], same_paragraph=close):
                return found
        return (
            replace(last, cue="resumed")
            if last.speaker and host - self._host(self.spans[number - 1].start) <= 1
            else Attribution()
        )

    def _carried_on(self, number: int, span: Span, host: int, last: Attribution) -> Attribution:
        """Return the last speaker for a fragment without a cue that goes on with what was just reported."""
        near = number and host - self._host(self.spans[number - 1].start) <= 1
        long_enough = len(self.text[span.start : span.end].split()) >= 3
        between = self.masked[self.spans[number - 1].end : span.start] if near else "\n"
        return (
            replace(last, cue="carried on") if last.speaker and long_enough and "\n" not in between else Attribution()
        )

    def _is_utterance(self, span: Span) -> bool:
        words = self.text[span.start : span.end].split()
        return len(words) >= 3 or self.text[span.end - 1 : span.end] in ".!?,…"

    def _reopened(self, number: int) -> bool:
        """Return whether the quotation before this one has no closing mark: it goes on here."""
        end = self.spans[number - 1].end
        return not self.spans[number - 1].unclosed and (end >= len(self.text) or self.text[end] in "\n\r")

    def _from_sentence_before(self, host: int, span: Span) -> Attribution | None:
        start, end = self.hosts[host - 1]
        sentence = self.masked[start:end]
        after = self._next_words(host)
        if BLANK in sentence and "\n" in self.masked[end : span.start]:
            return None
        if (
            after is not None
            and "\n" not in self.masked[self.hosts[host][1] : self.hosts[host + 1][0]]
            and "\n" in self.masked[end : span.start]
        ):
            found = self._from_sentence_after(*self.hosts[host + 1], same_paragraph=True)
            if found:
                return found
        if excerpt := re.match(r"(?:From|Via|Per|Again,)\s(?:the\s|The\s)?(?=[A-Z])", sentence):
            named = [m for m in self._mentions(start, end) if sentence.rstrip().endswith(":")]
            if named and named[0].start <= start + excerpt.end():
                return Attribution(named[0].name, "", "sentence before")
        verb = self._main_verb(start, end)
        last = self._last_verb(start, end) if sentence.rstrip().endswith(":") else None
        phrase = self._subject(start, last.start) if last and not last.subjectless else ""
        if phrase and (speaker := self._speaker(phrase, last.start)):
            return Attribution(speaker, last.form, "sentence before")
        named = [m for m in self._mentions(start, end) if m.person]
        speaker = self._main_speaker(start, end)
        if not verb and named and not any(m.name == speaker for m in self.people.mentions) and ";" not in speaker:
            speaker = named[0].name
        if not speaker:
            return None
        return Attribution(speaker, verb.form if verb else "", "sentence before")

    def _next_words(self, host: int) -> str | None:
        return self.masked[slice(*self.hosts[host + 1])] if host + 1 < len(self.hosts) else None

    def _from_sentence_after(self, start: int, end: int, *, same_paragraph: bool) -> Attribution | None:
        """Match With those words Lund …; So wrote Lund; The words are those of Lund; – Lund; and "…?" The mayor, Lund, said."""
        sentence = self.masked[start:end]
        person = next((m for m in self._mentions(start, end) if m.person), None)
        verb = self._first_verb(start, end)
        if signed := re.match(r"[—–-]{1,2}\s?", sentence):
            name = next((m.name for m in self._mentions(start, end) if self._signs(start + signed.end(), m.start)), "")
            return Attribution(name, "", "signed") if name else None
        if same_paragraph and verb and not verb.participle and SAID.match(self.masked, verb.end, end):
            phrase = self._subject(start, verb.start)
            if (
                phrase
                and len(self.masked[start : verb.start].split()) <= 20
                and (speaker := self._speaker(phrase, start))
            ):
                return Attribution(speaker, verb.form, "speaker, verb")
        if not person:
            return None
        if re.match(r"(?:So|Thus)\s", sentence) and verb:
            return Attribution(person.name, verb.form, "sentence after")
        pointing = re.match(
            r"(?:With (?:these|those) words|Th(?:e|ose|ese) (?:words|speaker|remark|comment|line|voice)|That was)\b",
            sentence,
        )
        if person.start == start and verb and verb.start - person.end <= 2 and not verb.participle and same_paragraph:
            return Attribution(person.name, verb.form, "speaker, verb")
        if pointing or (person.start == start and same_paragraph):
            return Attribution(person.name, "", "sentence after")
        return None

    def _carry_back(self) -> None:
        """Give a quotation that goes on over paragraphs the attribution that comes at its end."""
        for number in range(len(self.spans) - 2, -1, -1):
            later = self.found[number + 1]
            cue = self.found[number].cue
            goes_on = number and cue == "resumed" and not self._reopened(number)
            weak = cue in ("", "sentence before", "sentence after", "resumed") and not goes_on
            if weak and later.cue not in ("", "sentence before", "sentence after") and self._reopened(number + 1):
                self.found[number] = replace(later, cue="resumed")
        for number in range(len(self.spans) - 2, -1, -1):
            later, one, two = self.found[number + 1], self.spans[number], self.spans[number + 1]
            joined = JOINED.fullmatch(self.masked[one.end + 1 : two.start - 1])
            if not self.found[number].cue and joined and later.cue in ("speaker, verb", "verb, speaker", "aside"):
                self.found[number] = replace(later, cue="joined")
        for number in range(1, len(self.spans)):
            if (
                self._reopened(number)
                and self.found[number].cue in ("", "sentence before", "sentence after")
                and self.found[number - 1].speaker
            ):
                self.found[number] = replace(self.found[number - 1], cue="resumed")


def _readable(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span of a sentence, or of parts of it where it has no end: rules look from each verb back to its start."""
    while end - start > LONGEST_SENTENCE:
        blank = text.rfind(" ", start, start + LONGEST_SENTENCE)
        stop = blank + 1 if blank > start else start + LONGEST_SENTENCE
        yield start, stop
        start = stop
    yield start, end


def attribute(text: str, spans: list[Span], aliases: Mapping[str, str]) -> tuple[Attribution, ...]:
    """Return an attribution for each span of `text`, kept for the next who asks for those of the same text."""
    return _attributed(text, tuple(spans), tuple(sorted(aliases.items())))


@lru_cache(maxsize=1024)
def _attributed(text: str, spans: tuple[Span, ...], aliases: tuple[tuple[str, str], ...]) -> tuple[Attribution, ...]:
    return tuple(Attributor(text, list(spans), dict(aliases)).attribute_all())


def _mask(text: str, spans: list[Span], blank: str) -> str:
    """Return `text` with what is quoted blanked, stops at the end of a quotation kept; the length stays the same."""
    pieces, at = [], 0
    for span in spans:
        quoted = text[span.start : span.end]
        body = quoted.rstrip(".,!?…") if blank == "q" else quoted
        first = "Q" if blank == "q" and body[:1].isupper() else blank
        pieces += [text[at : span.start], (first + blank * len(body))[: len(body)], quoted[len(body) :]]
        at = span.end
    return "".join([*pieces, text[at:]])
