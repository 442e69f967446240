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
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace

from summit_analysis.text.clauses import BLANK, PAST, PRONOUN
from summit_analysis.text.reading import reading_copy
from summit_analysis.text.segments import segment
from summit_analysis.text.spans import Span
from summit_analysis.text.speakers import Speakers
from summit_analysis.text.verbs import DIRECTING, Verb

# Participles that belong to a name: a local named Lund.
NO_VERB = re.compile(r"\b(?:named|called|based|retired|elected|appointed|married|armed|aged|self-described)\b")
# What follows a reporting verb whose words stand before it.
SAID = re.compile(
    r"[.,]|$|\s(?:in|on|at|during|after|before|to|of|while|with|last|earlier|later|reporters|when|as|this|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


@dataclass(frozen=True)
class Attribution:
    """Who is given as the speaker, by which verb, and by which pattern it was found (``""`` where there is no cue)."""

    speaker: str = ""
    verb: str = ""
    cue: str = ""


class Attributor(Speakers):
    """Attributes the quotations of one text."""

    def __init__(self, text: str, spans: list[Span], aliases: Mapping[str, str]) -> None:
        """Read `text` with its quoted `spans`; `aliases` maps lower-case forms of speakers to their names."""
        text, spans, names = reading_copy(text, spans)
        self.text, self.spans = text, spans
        hosts = [(start, end) for _, start, end in segment(_mask(text, spans, "q"))]
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

    # cues in the sentence of the quotation

    def _host(self, at: int) -> int:
        return max(0, bisect_right(self.host_starts, at) - 1)

    def _relayed(self, right_start: int, right_end: int) -> bool:
        """Return whether what follows only tells through whom the words came: "…," AP reported."""
        verb = self._first_verb(right_start, right_end)
        return bool(verb) and verb.form in ("reported", "reports", "cited")

    def _touches(self, start: int, left_end: int) -> bool:
        """Return whether a reporting verb with a comma or colon stands right before the quotation: Lund asked, "…"."""
        verbs = self._verbs(start, left_end)
        return bool(verbs) and bool(re.fullmatch(r"\s?[,:]\s*", self.masked[verbs[-1].end : left_end]))

    def _own_cue(self, number: int, span: Span) -> Attribution:
        start, end = self.hosts[self._host(span.start)]
        previous = self.spans[number - 1] if number else None
        following = self.spans[number + 1] if number + 1 < len(self.spans) else None
        left_end, right_start = span.start - 1, min(span.end + 1, end)
        right_end = min(end, following.start - 1) if following and following.start < end else end
        opens = not re.sub(rf"[\W{BLANK}_]+", "", self.masked[start:left_end])
        left = self._before(start, left_end, right_start, right_end, previous, number)
        if left and left.cue == "left" and (self._relayed(right_start, right_end) or self._touches(start, left_end)):
            return left
        for cue in (
            self._after(span, right_start, right_end, opens=opens),
            self._according(start, left_end, right_start, end),
            self._as_subject(right_start, right_end) if opens else None,
            left,
            self._aside(right_start, right_end),
        ):
            if cue and cue.cue:
                return cue
        return Attribution()

    def _after(self, span: Span, start: int, end: int, *, opens: bool) -> Attribution | None:
        """Match quotation, speaker, verb and quotation, verb, speaker."""
        right = self.masked[start:end]
        lead = re.match(r"[\s,.!?;’”\"'—–-]*", right)
        offset = lead.end() if lead else 0
        last = self.text[span.end - 1 : span.end]
        if signed := re.match(r"\s?[—–-]{1,2}\s?(?=[A-Z])([^—–\n]{2,80})$", right):
            named = next((m for m in self._mentions(start, end) if m.start == start + signed.start(1)), None)
            return Attribution(named.name, "", "signed") if named else None
        closed = last in ",?!—–-…" or "," in right[:offset] or "—" in right[:offset]
        if not closed and not opens:
            return self._relative(start, end)
        body = right[offset:]
        if re.match(
            r"(?:and|but|or|which|that|because|while|whereas|as|even|when|after|before|since|though|although|on|at|in|for|with|to|is|was|were|are|from|of|by)\b",
            body,
        ):
            return None
        verb = self._first_verb(start + offset, end) or self._unlisted(start + offset, end)
        if not verb or verb.participle or verb.stance == "holding":
            return None
        if verb.form == "quoted" and (
            quoting := re.match(r"\s+(.{2,60}?)\s+as\s+(\w+ing)\b", self.masked[verb.end : end])
        ):
            return Attribution(self._speaker(quoting[1], verb.end), quoting[2], "quoted as")
        if verb.form == "quoted" and (quoting := re.match(r"\s+as\s+(\w+ing)\b", self.masked[verb.end : end])):
            phrase = self._subject(start + offset, verb.start)
            return Attribution(self._speaker(phrase, verb.start), quoting[1], "quoted as")
        between = self.masked[start + offset : verb.start]
        if not between.strip(" ,"):
            return self._attribution(self._phrase_after(verb.end, end), verb.start, verb, "verb, speaker")
        if len(between.split()) > 32 or PAST.search(NO_VERB.sub("", re.split(r",|\s(?:who|which|that)\s", between)[0])):
            return None
        phrase = self._subject(start + offset, verb.start)
        return self._attribution(phrase, verb.start, verb, "speaker, verb") if phrase else None

    def _aside(self, start: int, end: int) -> Attribution | None:
        """Match a clause that is put in behind the words: "It lacks what would "press" them, he said, and …"."""
        for verb in self._verbs(start, end):
            before = self.masked[start : verb.start]
            clause = before[before.rfind(",") + 1 :]
            if self.masked[verb.end : verb.end + 1] in (",", ".") and "," in before and not verb.subjectless:
                if 0 < len(clause.split()) <= 6 and not PAST.search(clause):
                    return self._attribution(clause.strip(), verb.start, verb, "aside")
        return None

    def _relative(self, start: int, end: int) -> Attribution | None:
        """Match a fragment and the clause that says whose it is: the "late hour" Lund describes."""
        verb = self._first_verb(start, end)
        right = self.masked[start : verb.start] if verb else ""
        if (
            not verb
            or verb.subjectless
            or not re.fullmatch(r"\s(?:[A-Z][\w.]*[’']s?\s)?(?:[A-Z][\w.’'-]*\s){1,4}|\s(?:he|she)\s", right)
        ):
            return None
        if re.match(r",?\s(?:that|the|a|an|it|he|she|they)\b", self.masked[verb.end : end]):
            return None
        return self._attribution(right.strip(), start + 1, verb, "speaker, verb")

    def _according(self, start: int, left_end: int, right_start: int, end: int) -> Attribution | None:
        for a, b in ((start, left_end), (right_start, end)):
            if put := re.search(r"\b[Aa]s\s([^;]{2,120}?)\s(?:has\s|once\s)?(puts?) it\b", self.masked[a:b]):
                phrase = self._subject(a + put.start(1), a + put.start(2))
                return Attribution(self._speaker(phrase, a + put.start(2)), put[2], "according to")
            found = re.search(
                r"\b(according to|in the words of|(?<![\w,] )per(?=\s(?:the\s)?[A-Z]))\s",
                self.masked[a:b],
                re.IGNORECASE,
            )
            if found:
                phrase = self._phrase_after(a + found.end(), b, cut=True)
                verb = "according to" if found[1].lower() == "according to" else ""
                return Attribution(self._speaker(phrase, a + found.start()), verb, "according to")
        return None

    def _as_subject(self, start: int, end: int) -> Attribution | None:
        """Match a quotation that is the subject: "Too late" is how Lund described it."""
        right = self.masked[start:end]
        found = re.match(r"[\s,]*(?:is|was|are|were|has been|became|came|read)\b", right)
        if not found:
            return None
        person = next((m for m in self._mentions(start, end) if m.person), None)
        verb = self._first_verb(start + found.end(), end)
        if person:
            return Attribution(person.name, verb.form if verb else "", "subject")
        phrase = self._subject(start + found.end(), verb.start) if verb else ""
        return self._attribution(phrase, verb.start, verb, "subject") if verb and phrase else None

    def _before(
        self, start: int, left_end: int, right_start: int, right_end: int, previous: Span | None, number: int
    ) -> Attribution | None:
        """Match speaker, verb, quotation; fragments; participles; the passive."""
        verb = self._last_verb(start, left_end)
        if not verb:
            return self._colon(start, left_end) or self._noun(start, left_end)
        told = [v for v in self._verbs(start, left_end) if v.form in DIRECTING]
        if told and told[-1].end < verb.start and self.masked[start:left_end].rstrip().endswith(" to"):
            if re.search(r"\b(?:who|which|that)\b", self.masked[told[-1].end : verb.start]):
                verb = told[-1]  # she told a man who said nothing to "wait"
        # "It was described as … by Lund", "It was denounced by Lund as …"
        passive = not verb.participle and re.search(
            r"\b(?:was|were|is|are|be|been|being|(?<!had )(?<!has )(?<!who )once|often)\s+(?:\w+ly\s+)?$",
            self.masked[start : verb.start],
        )
        plain = verb.form in ("said", "says", "told", "wrote", "added", "noted")
        if passive or (not plain and re.match(r"[\s,]*by\s", self.masked[right_start:right_end])):
            for a, b in ((verb.end, left_end), (right_start, right_end)):
                agent = re.match(r"[^,;]{0,40}?\bby\s", self.masked[a:b])
                if agent:
                    phrase = self._phrase_after(a + agent.end(), b)
                    return self._attribution(phrase, a, verb, "passive")
        called_so = (
            re.search(r"\b(?:[Tt]hat|[Ii]t|[Tt]his|[Ww]hat)[’']s\s$", self.masked[start : verb.start])
            and not verb.participle
        )
        if (passive or called_so) and verb.form not in ("quoted", "asked", "heard"):
            earlier = [v for v in self._verbs(start, verb.start) if v.stance != "holding"]
            return self._before(start, verb.start, right_start, right_end, previous, number) if earlier else None
        clause = max(start, previous.end + 1 if previous and previous.end > start else start)
        phrase = self._subject(start if clause > verb.start else clause, verb.start)
        resumes = bool(previous) and previous.end > start and self.found[number - 1].cue == "verb, speaker"
        if resumes and not phrase and not verb.participle and clause <= verb.start:
            return replace(self.found[number - 1], cue="left")  # "…," said Lund, "…"
        inverted = self.masked[start : verb.start].rstrip().endswith(",") and re.fullmatch(
            r"\s(?:the\s|[A-Z]).{2,80}[,:]\s*", self.masked[verb.end : left_end]
        )
        if phrase and inverted and verb.form in ("said", "says", "wrote", "added"):  # "It was, said Lund, “late”"
            phrase = self._phrase_after(verb.end, left_end) or phrase
        elif phrase and PAST.search(phrase) and (span := self._main_subject(start, verb.start)):
            phrase = self.masked[span[0] : span[1]]
        touched = any(m.person and m.end == verb.start - 1 for m in self._mentions(start, verb.start))
        if verb.form in ("replied", "answered", "responded") and re.fullmatch(r"[Hh]e|[Ss]he", phrase):
            if asked := self._asked(start):
                return Attribution(asked, verb.form, "left")
        if not phrase or (not self._finite(verb) and not (verb.participle and touched)):  # "with Lund saying it was …"
            clause = start + self.masked[start : verb.start].rfind(";") + 1
            speaker = (
                self._clause_subject(clause, verb)
                or self._main_speaker(clause, verb.start)
                or self._main_speaker(start, verb.start)
            )
        else:
            speaker = self._speaker(phrase, verb.start)
        return Attribution(speaker, verb.form, "left") if speaker else None

    def _clause_subject(self, start: int, verb: Verb) -> str:
        """Return the subject of the clause that a participle goes on with: … while |Lund paid for it, adding …"""
        links = list(re.finditer(r"\b(?:while|as|but)\s(?=(?:\w+\.?\s){0,4}?[A-Z])", self.masked[start : verb.start]))
        if not verb.participle or not links:
            return ""
        begin = start + links[-1].end()
        end = self._opening_name(begin, verb.start)
        return self._speaker(self.masked[begin:end], begin) if end and PAST.search(self.masked[end : end + 24]) else ""

    def _asked(self, start: int) -> str:
        """Return the person who is asked something in the sentence before `start`: Lund asked |Ek whether …"""
        host = self._host(start)
        before, end = self.hosts[host - 1] if host else (0, 0)
        asked = re.search(r"\basked\s", self.masked[before:end])
        named = [m for m in self._mentions(before, end) if asked and m.person and m.start <= before + asked.end() + 24]
        return next((m.name for m in named if m.start >= before + asked.end()), "") if asked else ""

    def _colon(self, start: int, left_end: int) -> Attribution | None:
        """Match a sentence that ends in a colon before the quotation, without a reporting verb: His message was short: …"""
        left = self.masked[start:left_end].rstrip()
        if not left.endswith(":"):
            return None
        speaker = self._main_speaker(start, left_end)
        return Attribution(speaker, "", "colon") if speaker else None

    def _noun(self, start: int, left_end: int) -> Attribution | None:
        """Match a noun of speech instead of a verb: Lund issued a statement in support of it as "…"."""
        used = re.search(
            r"\bus(?:ed|es|e|ing)\s(?:the|this)\s(?:\w+\s)?(?:words?|phrase|term)\b", self.masked[start:left_end]
        )
        if not used and not re.search(
            r"\b(?:statement|letter|tweet|op-ed|memo|email|testimony|remarks|message|slogan|motto)\b",
            self.masked[start:left_end],
        ):
            return None
        speaker = self._main_speaker(start, left_end)
        return Attribution(speaker, "", "noun") if speaker else None

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
        if sentence.rstrip().endswith(":") and (last := self._last_verb(start, end)) and not last.subjectless:
            if (phrase := self._subject(start, last.start)) and (speaker := self._speaker(phrase, last.start)):
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
        if signed := re.match(r"[—–-]{1,2}\s?", sentence):
            return Attribution(person.name, "", "signed") if person.start == start + signed.end() else None
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
        for number in range(1, len(self.spans)):
            if (
                self._reopened(number)
                and self.found[number].cue in ("", "sentence before", "sentence after")
                and self.found[number - 1].speaker
            ):
                self.found[number] = replace(self.found[number - 1], cue="resumed")

    def _attribution(self, phrase: str, at: int, verb: Verb, cue: str) -> Attribution | None:
        speaker = self._speaker(phrase, at) if phrase else ""
        # "…," he said: an utterance, even where nobody is known for "he".
        said = speaker or re.fullmatch(PRONOUN, phrase, re.IGNORECASE)
        return Attribution(speaker, verb.form, cue) if said else None


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
