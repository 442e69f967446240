"""The cues in a quotation's own sentence that tell who says it: behind it and around it, and which cue decides."""

from __future__ import annotations

import re

from summit_analysis.text.clauses import ADVERB, BLANK, PAST
from summit_analysis.text.left_cues import PLAIN, LeftCues
from summit_analysis.text.noun_cues import Attribution
from summit_analysis.text.spans import Span
from summit_analysis.text.verbs import CLAUSAL, Verb

# A clause that says more of somebody set between commas.
RELATIVE = re.compile(r",\s[^,]*\b(?:who|which|that)\s(?:(?:has|had|have|once|also|later)\s)*$")
# What closes a clause that is put in: ", Lund said, ", ", Lund concluded in a report."
ASIDE_END = re.compile(
    r"[,.]|\s(?:late |early )?(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day[,.]|\s(?:in|on|at|during)\s(?!which\b|that\b)[^,;:—]{2,60}\.\s*$"
)
# Participles that belong to a name: a local named Lund.
NO_VERB = re.compile(r"\b(?:named|called|based|retired|elected|appointed|married|armed|aged|self-described)\b")


class SentenceCues(LeftCues):
    """The sentences of one text and the quotations in them."""

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
        beyond = self.spans[number + 2] if number + 2 < len(self.spans) else None
        short = bool(following) and len(self.text[following.start : following.end].split()) <= 2
        if short and right_end < end and self.masked[right_start:right_end].endswith(" as "):
            # "…," the friend, known only as “Jack,” told Lund.
            right_end = min(end, beyond.start - 1) if beyond else end
        opens = not re.sub(rf"[\W{BLANK}_]+", "", self.masked[start:left_end])
        left = self._before(start, left_end, right_start, right_end, previous, number)
        if (
            left
            and left.speaker
            and left.cue == "left"
            and (self._relayed(right_start, right_end) or self._touches(start, left_end))
        ):
            return left
        for cue in (
            None if opens else self._owned(start, left_end),
            self._after(span, right_start, right_end, opens=opens),
            self._according(start, left_end, right_start, end),
            self._as_subject(right_start, right_end) if opens else None,
            left if left and left.speaker else None,
            self._aside(right_start, right_end),
            left,
        ):
            if cue and cue.cue:
                return cue
        return Attribution()

    def _after(self, span: Span, start: int, end: int, *, opens: bool) -> Attribution | None:
        """Match quotation, speaker, verb and quotation, verb, speaker."""
        right = self.masked[start:end]
        lead = re.match(r"[\s,.!?;’”\"'—–-]*", right)
        offset = lead.end() if lead else 0
        last = self.text[span.start : span.end].rstrip("’'”\" ")[-1:]
        if signed := re.match(r"\s?[—–-]{1,2}\s?(?=[A-Z])([^—–\n]{2,80})$", right):
            named = next((m for m in self._mentions(start, end) if self._signs(start + signed.start(1), m.start)), None)
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
        later = [v for v in self._verbs(verb.end, end) if not v.subjectless] if verb else []
        if later and RELATIVE.search(self.masked[start + offset : verb.start]):
            closing = re.match(rf"[^;]*(?:,|{BLANK}[”\"’'])\s(?:\w+ly\s)?$", self.masked[verb.end : later[0].start])
            verb = later[0] if closing else verb  # "…," Lund, a lawyer who advised Ek, |said
        if not verb or verb.participle or verb.stance == "holding":
            return None
        if verb.form == "quoted" and (
            quoting := re.match(r"\s+(.{2,60}?)\s+as\s+(\w+ing)\b", self.masked[verb.end : end])
        ):
            phrase = self._phrase_after(verb.end, verb.end + quoting.end(1))
            return Attribution(self._speaker(phrase, verb.end), quoting[2], "quoted as")
        if verb.form == "quoted" and (quoting := re.match(r"\s+as\s+(\w+ing)\b", self.masked[verb.end : end])):
            phrase = self._subject(start + offset, verb.start)
            return Attribution(self._speaker(phrase, verb.start), quoting[1], "quoted as")
        quotes = verb.form in ("quoted", "quotes", "cited") and re.match(
            r"\s(?!by\b|in\b|as\b|from\b)[^,;:.]{3,80}[.,]", self.masked[verb.end : end]
        )
        if quotes and (quoted := self._speaker(self._phrase_after(verb.end, end), verb.end)):
            return Attribution(quoted, verb.form, "verb, speaker")  # "…," the Courier quoted |Lund.
        between = re.sub(
            r"(?<=\w )(?:has|had|have)\s(?:\w+ly\s|also\s|since\s)?$", "", self.masked[start + offset : verb.start]
        )
        if verb.subjectless and between.endswith(" to "):
            return None  # "…," the first question to |ask
        if not between.strip(" ,"):
            return self._attribution(self._phrase_after(verb.end, end), verb.start, verb, "verb, speaker")
        if len(between.split()) > 32 or PAST.search(NO_VERB.sub("", re.split(r",|\s(?:who|which|that)\s", between)[0])):
            return None
        phrase = self._subject(start + offset, verb.start)
        return self._attribution(phrase, verb.start, verb, "speaker, verb") if phrase else None

    def _signs(self, start: int, name: int) -> bool:
        """Return whether nothing but an office stands before the name of a signature: — Iowa Gov. |Ada Lund."""
        return start <= name and bool(re.fullmatch(r"(?:(?:of|the|[A-Z][\w.’'-]*)\s)*", self.masked[start:name]))

    def _aside(self, start: int, end: int) -> Attribution | None:
        """Match a clause that is put in behind the words: "It lacks what would "press" them, he said, and …"."""
        for verb in self._verbs(start, end):
            before = self.masked[start : verb.start]
            clause = before[before.rfind(",") + 1 :]
            if (
                before.endswith(", ") and verb.form in PLAIN and BLANK not in before
            ):  # "… of the press, said Lund, who …"
                return self._attribution(self._phrase_after(verb.end, end), verb.start, verb, "aside")
            closed = (
                "," in before
                and not verb.subjectless
                and verb.form not in CLAUSAL
                and ASIDE_END.match(self.masked, verb.end, end)
            )
            if closed and 0 < len(clause.split()) <= 9 and not PAST.search(clause):
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
            if put := re.search(
                r"\b[Aa]s\s([^;]{2,120}?)\s(?:has\s|once\s)?(puts?(?= it\b)|(?:called|describe[ds]|termed|dubbed|labell?ed)(?= (?:it|them|him|her)\b))",
                self.masked[a:b],
            ):
                phrase = self._subject(a + put.start(1), a + put.start(2))
                return Attribution(self._speaker(phrase, a + put.start(2)), put[2], "according to")
            found = re.search(
                r"\b(according to|in the words of|(?<![\w,] )per(?=\s(?:the\s)?(?-i:[A-Z])))\s",
                self.masked[a:b],
                re.IGNORECASE,
            )
            if found and re.match(
                r"(?:schedule|plan|law|form|custom|tradition|need|size|age|rank)\b", self.masked[a + found.end() : b]
            ):
                continue  # "as late as it was according to plan"
            if found:
                phrase = self._phrase_after(a + found.end(), b, cut=True)
                verb = "according to" if found[1].lower() == "according to" else ""
                last = self._last_verb(a + found.end(), b) if b == left_end else None
                if (
                    last
                    and re.fullmatch(r"[,:]?\s(?:that\s)?", self.masked[last.end : b])
                    and self._new_clause(a + found.end(), last)
                ):
                    return None  # according to the report, Lund |said "…"
                if last and re.search(r"\b(?:which|that|what)\s(?:they|he|she)\s$", self.masked[a : last.start]):
                    return None  # according to Lund, the port is what they call “late”
                if last and not last.subjectless and self._told_on(a + found.end(), last.start):
                    verb = last.form
                return Attribution(self._speaker(phrase, a + found.start()), verb, "according to")
        return None

    def _new_clause(self, start: int, verb: Verb) -> bool:
        """Return whether a name or pronoun behind a comma is the subject of `verb`."""
        own = self._subject(start, verb.start)
        return bool(own) and self.masked[start : verb.start].rstrip().endswith(f", {own}") and verb.form in PLAIN

    def _told_on(self, start: int, verb: int) -> bool:
        """Return whether a verb belongs to the clause that goes on behind a name: according to Lund, who |told …"""
        return bool(re.search(rf",\swho\s(?:[^;{BLANK}]*\sand\s)?(?:{ADVERB}\s)*$", self.masked[start:verb]))

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
