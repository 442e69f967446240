"""The cues that stand before a quotation in its sentence: speaker and verb, fragments, participles, the passive."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from summit_analysis.text.clauses import APPOSED, PAST, PRONOUN
from summit_analysis.text.noun_cues import Attribution, NounCues
from summit_analysis.text.person_words import DETERMINER
from summit_analysis.text.spans import Span
from summit_analysis.text.verbs import DIRECTING, Verb

# What others must do: "the letter said that rules require countries to |report …".
GOVERNED = re.compile(r"\b(?:requir|forc|allow|oblig|compel)\w*\s[^,;:]{2,40}\sto\s$")
# What somebody is to say, and was not heard to: "Lund said that members should tell them “…”", "… has asked for “…”".
WISHED = re.compile(
    r"\b(?:should|must|would|will|can|could|may|might|shall|ought to|needs? to|has to|have to)\s(?:\w+ly\s|also\s)?$"
)
# A quotation that goes on with the verb of what is said: she said women who left “should be heard”.
FINITE = re.compile(
    r"(?:should|would|could|will|must|may|might|can|are|is|was|were|have|has|had|do|does|did|deserve|need)\b(?!\s?[?,])",
    re.IGNORECASE,
)
# The verbs that give another clause as what is said, and say nothing else.
PLAIN = ("said", "says", "told", "wrote", "added", "adds", "noted")
# "Lund had this to say: …"
TO_SAY = re.compile(r"\b(?:had|has)\s(?:this|the following|only this|just this)\sto\s(say)\b[^.;?]*:\s*$")
WRITTEN = re.compile(r"an?\s(?:\w+\s){0,2}(?:statement|letter|tweet|email|memo|post|message|speech|op-ed|essay|column)")
# Whose words somebody else hears: "the film caught some of the crowd |saying".
HEARD = re.compile(
    r"\b(?:caught|heard|hears?|recorded|filmed|captured|shows?|showed|shown|overheard|with)\s"
    r"((?:(?:[Tt]he|an?|one|two|some|several|some of the|many)\s)[^,;:]{2,50}|[A-Z][^,;:]{2,40})\s(?:\w+ly\s)?$"
)
# "Others were blunt, with Ada Lund, head of the union, |saying: …"
ALONGSIDE = re.compile(r",\swith\s((?:[a-z]+\s)?[A-Z][^,;:]{2,50}),\s[^;:]{2,80},\s$")


class LeftCues(NounCues):
    """The sentences of one text, the quotations in them, and what stands before each."""

    text: str
    spans: list[Span]
    hosts: list[tuple[int, int]]
    found: list[Attribution]

    def _host(self, at: int) -> int:
        return max(0, bisect_right(self.host_starts, at) - 1)

    def _before(
        self, start: int, left_end: int, right_start: int, right_end: int, previous: Span | None, number: int
    ) -> Attribution | None:
        """Match speaker, verb, quotation; fragments; participles; the passive."""
        if this := TO_SAY.search(self.masked[start:left_end]):
            phrase = self._subject(start, start + this.start())
            return Attribution(self._speaker(phrase, start + this.start()), this[1], "left")
        verb = self._last_verb(start, left_end)
        if not verb:
            return self._colon(start, left_end) or self._noun(start, left_end)
        told = [v for v in self._verbs(start, left_end) if v.form in DIRECTING]
        infinitive = told and told[-1].end < verb.start and self.masked[start:left_end].rstrip().endswith(" to")
        if infinitive and re.search(r"\b(?:who|which|that)\b", self.masked[told[-1].end : verb.start]):
            verb = told[-1]  # she told a man who said nothing to "wait"
        governed = verb.subjectless and GOVERNED.search(self.masked[start : verb.start])
        if governed and any(not v.subjectless for v in self._verbs(start, verb.start)):
            return self._before(start, verb.start, right_start, right_end, previous, number)
        if (outer := self._outer(start, verb, left_end)) is not None:
            return self._before(start, outer, right_start, right_end, previous, number)
        # "It was described as … by Lund", "It was denounced by Lund as …"
        passive = not verb.participle and re.search(
            r"\b(?:was|were|is|are|be|been|being|(?<!had )(?<!has )(?<!who )once|often)\s+(?:\w+ly\s+)?$",
            self.masked[start : verb.start],
        )
        passive = passive or (
            re.match(r"\sby\s(?:the\s|an?\s|one\s|some\s|his\s|her\s|[A-Z])", self.masked[verb.end : left_end])
            and verb.form.endswith("ed")
            and not self.masked[start : verb.start].rstrip().endswith(",")
        )
        plain = verb.form in ("said", "says", "told", "wrote", "added", "noted")
        of_object = re.search(rf"\b{DETERMINER}\s$", self.masked[verb.end : left_end], re.IGNORECASE)
        if passive or (
            not plain
            and not verb.participle
            and not of_object
            and re.match(r"[\s,]*by\s", self.masked[right_start:right_end])
        ):
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
        opening = verb.start == start or not self.masked[start : verb.start].strip()
        if (
            opening
            and not verb.subjectless
            and re.fullmatch(r"\s[^,;:]{2,60}[,:]\s*", self.masked[verb.end : left_end])
        ):
            phrase = self._phrase_after(verb.end, left_end) or phrase  # "Retorted Lund: “…”"
        resumes = bool(previous) and previous.end > start and self.found[number - 1].cue == "verb, speaker"
        if resumes and not phrase and not verb.participle and clause <= verb.start:
            return replace(self.found[number - 1], cue="left")  # "…," said Lund, "…"
        inverted = self.masked[start : verb.start].rstrip().endswith(",") and re.fullmatch(
            r"\s(?:the\s|[A-Z]).{2,80}[,:]\s*", self.masked[verb.end : left_end]
        )
        if phrase and inverted and verb.form in ("said", "says", "wrote", "added"):  # "It was, said Lund, “late”"
            phrase = self._phrase_after(verb.end, left_end) or phrase
        elif (
            phrase
            and WRITTEN.fullmatch(phrase)
            and re.search(rf"\b(?:in|on)\s{phrase}\b", self.masked[start : verb.start])
        ):
            # "Lund said in a statement that |accused …"
            speaker = self._main_speaker(start, verb.start)
            return Attribution(speaker, verb.form, "left") if speaker else None
        elif phrase and PAST.search(phrase) and (span := self._main_subject(start, verb.start)):
            phrase = self.masked[span[0] : span[1]]
        touched = any(m.person and m.end == verb.start - 1 for m in self._mentions(start, verb.start))
        answer = verb.form in ("replied", "answered", "responded") and re.fullmatch(r"[Hh]e|[Ss]he", phrase)
        if answer and (asked := self._asked(start)):
            return Attribution(asked, verb.form, "left")
        if verb.participle and not any(c.islower() for c in self.masked[start : verb.start]):
            behind = self.masked.find(", ", right_start, right_end) + 2  # "Claiming it is “late”, |Lund left"
            named = [m for m in self._mentions(behind, right_end) if behind > 1 and m.person and m.start <= behind + 30]
            if named and APPOSED.fullmatch(self.masked[behind : named[0].start]):
                return Attribution(named[0].name, verb.form, "left")
        if verb.participle and (beside := ALONGSIDE.search(self.masked[start : verb.start])):
            named = [m for m in self._mentions(start + beside.start(1), verb.start) if m.person]
            if named and named[0].start - start - beside.start(1) <= 30:
                return Attribution(named[0].name, verb.form, "left")
        if verb.participle and (heard := HEARD.search(self.masked[start : verb.start])):
            return self._attribution(heard[1], verb.start, verb, "left")
        if not phrase or (not self._finite(verb) and not (verb.participle and touched)):  # "with Lund saying it was …"
            clause = start + self.masked[start : verb.start].rfind(";") + 1
            speaker = (
                self._clause_subject(clause, verb)
                or self._main_speaker(clause, verb.start)
                or self._main_speaker(start, verb.start)
            )
        else:
            speaker = self._speaker(phrase, verb.start)
        # "He said “…”", "… and yells, “…”": an utterance, even where nobody is known for it.
        speaker = speaker or self._opening_person(start, verb.start)
        touches = not verb.subjectless and re.fullmatch(r"\s?[,:]\s*", self.masked[verb.end : left_end])
        said = speaker or touches or (plain and re.fullmatch(PRONOUN, phrase, re.IGNORECASE))
        return Attribution(speaker, verb.form, "left") if said else None

    def _outer(self, start: int, verb: Verb, left_end: int) -> int | None:
        """Return where to stop reading, where a verb is only part of what is said: he said they should |tell them "…"."""
        aside = re.search(r",\s(?:who|which)\s[^,;]*$", self.masked[start : verb.start])
        closed = aside and re.match(r"[^,;]*,\s(?:that\s)?$", self.masked[verb.end : left_end])
        if closed and any(not v.subjectless for v in self._verbs(start, start + aside.start())):
            return start + aside.start()  # "she told Ek, who |said no, that “…”"
        said = [v for v in self._verbs(start, verb.start) if v.form in PLAIN]
        if not said or re.search(r"[,;]", self.masked[said[-1].end : verb.start]):
            return None
        wished = WISHED.search(self.masked[start : verb.start])
        asked = verb.form in ("ask", "asked", "asks") and re.search(
            r"\sfor\s(?:an?\s|the\s)?$", self.masked[verb.end : left_end]
        )
        relative = re.search(r"\s(?:who|which|that)\s(?:\w+ly\s|have\s|has\s|had\s)?$", self.masked[start : verb.start])
        if relative and FINITE.match(self.text, left_end + 1):
            return verb.start  # "she said women who |accused him “should be heard”"
        own = self._subject(start, verb.start)
        same = not own or re.fullmatch(PRONOUN, own, re.IGNORECASE)
        return verb.start if (wished or asked) and not same else None

    def _clause_subject(self, start: int, verb: Verb) -> str:
        """Return the subject of the clause that a participle goes on with: … while |Lund paid for it, adding …"""
        earlier = [v for v in self._verbs(start, verb.start) if not v.subjectless and v.stance != "holding"]
        closed = earlier and re.fullmatch(r",\s", self.masked[earlier[-1].end : verb.start])
        if verb.participle and closed and re.search(r",\s[^,]{2,50}$", self.masked[start : earlier[-1].start]):
            phrase = self._subject(start, earlier[-1].start)  # "…, Lund wrote, |adding …"
            whole = self.masked[start : earlier[-1].start].endswith(f", {phrase} ")
            return self._speaker(phrase, earlier[-1].start) if whole else ""
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

    def _attribution(self, phrase: str, at: int, verb: Verb, cue: str) -> Attribution | None:
        speaker = self._speaker(phrase, at) if phrase else ""
        # "…," he said: an utterance, even where nobody is known for "he".
        said = speaker or re.fullmatch(PRONOUN, phrase, re.IGNORECASE)
        return Attribution(speaker, verb.form, cue) if said else None
