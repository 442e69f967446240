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
| sentence before | Lund shrugged. "It was late." |
| sentence after | "It was late." The words are those of Ada Lund. |

The rules look at the outlet's own words only: what is quoted has been blanked, so that a name inside a quotation is
never taken for its speaker.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from summit_analysis import lexicons
from summit_analysis.text.names import BODIES, DETERMINER, WRITINGS, Mention, People
from summit_analysis.text.segments import segment
from summit_analysis.text.spans import Span

BLANK = "\u2063"  # stands for each quoted character; no letter, so no rule takes it for a word
PRONOUN = r"(?:he|she|they|it|we|i)"
ADVERB = (
    r"(?:\w+ly|also|then|later|once|again|never|ever|always|often|even|only|just|had|has|have|having|was|were|is|are|be|"
    r"been|would|will|could|can|may|might|must|should|did|does|do|not|to|now|soon|still|already|all|previously|afterwards|"
    r"himself|herself|recently|long)"
)
PREPOSITION = re.compile(
    r"(?:in|on|at|after|before|when|while|during|outside|inside|despite|with|without|as|for|from|by|since|until|if|"
    r"although|though|because|asked|speaking|pointing|standing|following|amid|under|over|ahead|instead|however|later|"
    r"earlier|late|meanwhile|yesterday|today|ultimately|finally|where|once|according)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r"(?:[;:—–,(]|\b(?:but|while|whereas|as|when|that|because|though|although|where|if|after|since|before|until|and|or|yet|so)\b)",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:\w+ed|met|took|came|left|held|ran|won|lost|saw|gave|made|went|was|were|is|has|had|have|are|put|let|got|did|"
    r"stood|sat|fell|rose|found|kept|led|sent|brought|bought|built|became|will|would|could|can|does|do)\b"
)


def _load_verbs() -> tuple[dict[str, tuple[str, str]], frozenset[str]]:
    """Return each form's lemma and stance, and the forms that are participles in -ing."""
    lexicon = tomllib.loads(files(lexicons).joinpath("reporting_verbs.toml").read_text(encoding="utf-8"))
    irregular = lexicon.pop("irregular")
    forms: dict[str, tuple[str, str]] = {}
    for stance, lemmas in lexicon.items():
        for lemma in lemmas:
            for form in [lemma, *irregular.get(lemma, _regular(lemma))]:
                forms.setdefault(form, (lemma, stance))
    return forms, frozenset(form for form in forms if form.split()[0].endswith("ing"))


def _regular(lemma: str) -> list[str]:
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    return [stem + "ed", stem + "ing", third]


VERBS, PARTICIPLES = _load_verbs()
VERB = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, VERBS), key=len, reverse=True)) + r")\b", re.IGNORECASE)
BASE = frozenset(lemma for lemma, _ in VERBS.values())
# The only verbs that count in their bare form: "critics say", "he would call it".
SPOKEN = frozenset(
    ["say", "tell", "call", "describe", "write", "argue", "insist", "believe", "think", "claim", "speak", "warn", "ask"]
)
THIRD = frozenset(form for form in VERBS if form.endswith("s") and form not in BASE)


@dataclass(frozen=True)
class Attribution:
    """Who is given as the speaker, by which verb, and by which pattern it was found (``""`` where there is no cue)."""

    speaker: str = ""
    verb: str = ""
    cue: str = ""


@dataclass(frozen=True)
class _Verb:
    start: int
    end: int
    form: str

    @property
    def stance(self) -> str:
        return VERBS.get(self.form, ("", "unlisted"))[1]

    @property
    def participle(self) -> bool:
        return self.form in PARTICIPLES


class Attributor:
    """Attributes the quotations of one text."""

    def __init__(self, text: str, spans: list[Span], aliases: Mapping[str, str]) -> None:
        """Read `text` with its quoted `spans`; `aliases` maps lower-case forms of speakers to their names."""
        self.text, self.spans = text, spans
        self.masked = _mask(text, spans, BLANK)
        hosts = [(start, end) for _, start, end in segment(_mask(text, spans, "q"))]
        self.hosts = hosts or [(0, len(text))]
        self.host_starts = [start for start, _ in self.hosts]
        self.people = People(self.masked, self.host_starts, aliases)
        self.aliases = aliases
        self.found: list[Attribution] = []

    def attribute(self) -> list[Attribution]:
        """Return an attribution for each span, in order."""
        for number, span in enumerate(self.spans):
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
        closed = last in ",?!—–-…" or "," in right[:offset] or "—" in right[:offset]
        if not closed and not opens:
            return None
        body = right[offset:]
        if re.match(r"(?:and|but|or|which|that|because|on|at|in|for|with|to|is|was|were|are|from|of|by)\b", body):
            return None
        verb = self._first_verb(start + offset, end) or self._unlisted(start + offset, end)
        if not verb or verb.participle or verb.stance == "holding":
            return None
        if verb.form == "quoted" and (
            quoting := re.match(r"\s+(.{2,60}?)\s+as\s+(\w+ing)\b", self.masked[verb.end : end])
        ):
            return Attribution(self._speaker(quoting[1], verb.end), quoting[2], "quoted as")
        between = self.masked[start + offset : verb.start]
        if not between.strip(" ,"):
            return self._attribution(self._phrase_after(verb.end, end), verb.start, verb, "verb, speaker")
        if len(between.split()) > 32 or (PAST.search(re.split(r",\s(?:who|which|a|the)\b", between)[0])):
            return None
        phrase = self._subject(start + offset, verb.start)
        return self._attribution(phrase, verb.start, verb, "speaker, verb") if phrase else None

    def _unlisted(self, start: int, end: int) -> _Verb | None:
        """Return a verb that the lexicon lacks where only a reporting verb can stand: "…," bemoaned Senator Lund."""
        rest = self.masked[start:end]
        for pattern in (
            r"(\w+ed)\s+(?=[A-Z]|the\s|a\s)",
            r"(?:[A-Z][\w.’'-]+\s+){1,4}(\w+ed)\b",
            r"(?:he|she|they)\s+(\w+ed)\b",
        ):
            if found := re.match(pattern, rest):
                return _Verb(start + found.start(1), start + found.end(1), found[1].lower())
        return None

    def _according(self, start: int, left_end: int, right_start: int, end: int) -> Attribution | None:
        for a, b in ((start, left_end), (right_start, end)):
            if put := re.search(r"\bas\s([^,;]{2,50}?)\s(?:has\s)?(puts?) it\b", self.masked[a:b]):
                return Attribution(self._speaker(put[1], a + put.start()), put[2], "according to")
            found = re.search(r"\b(according to|in the words of)\s", self.masked[a:b], re.IGNORECASE)
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
        # "It was described as … by Lund", "It was denounced by Lund as …"
        passive = re.search(
            r"\b(?:was|were|is|are|been|being|once|often)\s+(?:\w+ly\s+)?$", self.masked[start : verb.start]
        )
        if passive or re.match(r"[\s,]*by\s", self.masked[right_start:right_end]):
            for a, b in ((verb.end, left_end), (right_start, right_end)):
                agent = re.match(r"[^,;]{0,40}?\bby\s", self.masked[a:b])
                if agent:
                    phrase = self._phrase_after(a + agent.end(), b)
                    return self._attribution(phrase, a, verb, "passive")
        if passive and verb.form not in ("quoted", "asked", "heard"):
            return None
        clause = max(start, previous.end + 1 if previous and previous.end > start else start)
        phrase = self._subject(start if clause > verb.start else clause, verb.start)
        resumes = bool(previous) and previous.end > start and self.found[number - 1].cue == "verb, speaker"
        if resumes and not phrase and not verb.participle and clause <= verb.start:
            return replace(self.found[number - 1], cue="left")  # "…," said Lund, "…"
        if phrase and PAST.search(phrase):  # "It was, said Lund, “late”"
            phrase = self._phrase_after(verb.end, left_end)
        if not phrase or verb.participle:
            speaker = self._main_speaker(start, verb.start)
        else:
            speaker = self._speaker(phrase, verb.start)
        return Attribution(speaker, verb.form, "left") if speaker else None

    def _colon(self, start: int, left_end: int) -> Attribution | None:
        """Match a sentence that ends in a colon before the quotation, without a reporting verb: His message was short: …"""
        left = self.masked[start:left_end].rstrip()
        if not left.endswith(":"):
            return None
        speaker = self._main_speaker(start, left_end)
        return Attribution(speaker, "", "colon") if speaker else None

    def _noun(self, start: int, left_end: int) -> Attribution | None:
        """Match a noun of speech instead of a verb: Lund issued a statement in support of it as "…"."""
        if not re.search(
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
        if host and (found := self._from_sentence_before(host, span)):
            return found
        if host + 1 < len(self.hosts) and (found := self._from_sentence_after(*self.hosts[host + 1])):
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
            found = self._from_sentence_after(*self.hosts[host + 1])
            if found:
                return found
        verb = self._main_verb(start, end)
        named = [m for m in self._mentions(start, end) if m.person]
        speaker = self._main_speaker(start, end)
        if not verb and named and not any(m.name == speaker for m in self.people.mentions) and ";" not in speaker:
            speaker = named[0].name
        if not speaker:
            return None
        return Attribution(speaker, verb.form if verb else "", "sentence before")

    def _next_words(self, host: int) -> str | None:
        return self.masked[slice(*self.hosts[host + 1])] if host + 1 < len(self.hosts) else None

    def _from_sentence_after(self, start: int, end: int) -> Attribution | None:
        """Match With those words Lund …; So wrote Lund; The words are those of Lund; The speaker was Lund."""
        sentence = self.masked[start:end]
        person = next((m for m in self._mentions(start, end) if m.person), None)
        if not person:
            return None
        verb = self._first_verb(start, end)
        if re.match(r"(?:So|Thus)\s", sentence) and verb:
            return Attribution(person.name, verb.form, "sentence after")
        pointing = re.match(
            r"(?:With (?:these|those) words|Th(?:e|ose|ese) (?:words|speaker|remark|comment|line|voice)|That was)\b",
            sentence,
        )
        if person.start == start and verb and verb.start - person.end <= 2 and not verb.participle:
            return Attribution(person.name, verb.form, "speaker, verb")
        if pointing or person.start == start:
            return Attribution(person.name, "", "sentence after")
        return None

    def _carry_back(self) -> None:
        """Give a quotation that goes on over paragraphs the attribution that comes at its end."""
        for number in range(len(self.spans) - 2, -1, -1):
            later = self.found[number + 1]
            weak = self.found[number].cue in ("", "sentence before", "sentence after", "resumed")
            if weak and later.cue not in ("", "sentence before", "sentence after") and self._reopened(number + 1):
                self.found[number] = replace(later, cue="resumed")
        for number in range(1, len(self.spans)):
            if (
                self._reopened(number)
                and self.found[number].cue in ("", "sentence before", "sentence after")
                and self.found[number - 1].speaker
            ):
                self.found[number] = replace(self.found[number - 1], cue="resumed")

    # verbs

    def _verbs(self, start: int, end: int) -> list[_Verb]:
        found = (
            _Verb(start + m.start(), start + m.end(), m.group().lower()) for m in VERB.finditer(self.masked[start:end])
        )
        return [verb for verb in found if self._is_verb(verb, start)]

    def _is_verb(self, verb: _Verb, start: int) -> bool:
        """Return whether a form that may be a noun stands as a verb here: "they claim", not "the claim"."""
        before = self.masked[max(start, verb.start - 40) : verb.start].rsplit(BLANK, 1)[-1]
        previous = re.search(r"([\w’']+)\W*$", before)
        word = previous[1] if previous else ""
        touching = before.endswith(" ") and not re.search(r"[,;:]\s$", before)
        if verb.form in BASE and VERBS[verb.form][0] == verb.form and verb.form not in ("read", "quoth"):
            return verb.form in SPOKEN and bool(
                re.fullmatch(
                    r"to|would|will|could|can|may|might|must|should|not|they|we|I|you|who|and|did|does|never", word
                )
                or (touching and re.fullmatch(r"[a-z]{3,}s|people|police|men|women", word))
                or (verb.form in ("say", "insist", "argue", "believe", "think") and touching and word.endswith("s"))
            )
        if verb.form in THIRD and verb.form not in ("says", "tells", "writes", "insists"):
            return not re.fullmatch(
                rf"{DETERMINER}|of|in|for|by|with|no|any|new|other|these|those|many|his|two|three|his", word.lower()
            )
        if verb.form in PARTICIPLES:
            return not re.fullmatch(rf"{DETERMINER}|of|for|by", word.lower()) or "saying" in verb.form
        return not (
            touching and re.fullmatch(r"the|a|an|its|this|that’s", word.lower()) and VERBS[verb.form][1] != "neutral"
        )

    def _first_verb(self, start: int, end: int) -> _Verb | None:
        return next(iter(self._verbs(start, end)), None)

    def _last_verb(self, start: int, end: int) -> _Verb | None:
        verbs = self._verbs(start, end)
        if not verbs:
            return None
        last_clause = start + self.masked[start:end].rfind(";")
        verbs = [verb for verb in verbs if verb.start > last_clause] or verbs
        spoken = [verb for verb in verbs if verb.stance != "holding"]
        return (spoken or verbs)[-1]

    def _main_verb(self, start: int, end: int) -> _Verb | None:
        """Return the reporting verb that the sentence turns on: finite, and not behind its first dozen words."""
        verbs = [v for v in self._verbs(start, end) if v.stance != "holding" and not v.participle]
        return verbs[0] if verbs and self._subject(start, verbs[0].start) else None

    # subjects and speakers

    def _mentions(self, start: int, end: int) -> list[Mention]:
        return [m for m in self.people.mentions if start <= m.start < end]

    def _subject(self, start: int, end: int) -> str:
        """Return the phrase that is the subject of the verb at `end`, ``""`` where it is left out (", and said")."""
        clause = self.masked[start:end]
        clause = re.sub(
            rf"(?:(?<=[\s{BLANK}])|^){ADVERB}\s+$",
            "",
            re.sub(rf"(?:\s+{ADVERB})+\s*$", " ", clause, flags=re.I),
            flags=re.I,
        ).rstrip()
        relative = re.search(r"[,\s](who|which|that)$", clause)
        if relative:
            clause = clause[: relative.start()].rstrip(" ,")
            thing = re.search(rf"\b{DETERMINER}\s[\w\s-]+$", clause) if relative[1] != "who" else None
            if thing:
                return re.split(r"\b(?=(?:the|a|an)\s)", thing.group())[-1]
            named = [m for m in self._mentions(start, start + len(clause)) if m.end == start + len(clause)]
            if named:
                return self.text[named[0].start : named[0].end]
            if thing := re.search(r"\b(?:the|a|an|one|two|three|several|some|many)\s[a-z][\w\s-]*$", clause):
                return re.split(r"\b(?=(?:the|a|an|one|two|three|several|some|many)\s)", thing.group())[-1]
            return self._tail(clause, start)
        if clause.endswith(","):
            return self._head_of_apposition(clause, start)
        if not clause or re.search(
            r"\b(?:and|but|or|then|while|when|after|before|by|of|without|in)$", clause, re.IGNORECASE
        ):
            return ""
        return self._tail(clause, start)

    def _tail(self, clause: str, start: int) -> str:
        """Return the noun phrase that ends `clause`."""
        ends = [m for m in self._mentions(start, start + len(clause)) if m.end == start + len(clause)]
        cut = 0
        for boundary in CLAUSE.finditer(clause):
            if boundary.group().lower() in ("and", "or") and self._joins_names(
                start + boundary.start(), start + boundary.end()
            ):
                continue
            cut = boundary.end()
        phrase = clause[cut:].strip(f" {BLANK}’”\"'.!?—–-")
        if ends and not phrase.endswith(self.text[ends[0].start : ends[0].end]):
            return self.text[ends[0].start : ends[0].end]
        return phrase

    def _joins_names(self, start: int, end: int) -> bool:
        mentions = self.people.mentions
        left = any(m.end == start or m.end == start - 1 for m in mentions)
        right = re.match(r"\s+(?:[a-z-]+\s+){0,3}(?=[A-Z])", self.masked[end : end + 60])
        return (
            left
            and bool(right)
            and any(m.start >= end and m.start <= end + right.end() + 30 for m in mentions if m.person)
        )

    def _head_of_apposition(self, clause: str, start: int) -> str:
        """Return the noun phrase before an aside: Lund, who heads the bank, |said."""
        chunks = clause.rstrip(",").split(",")
        at = start
        for n, chunk in enumerate(chunks):
            stripped = chunk.strip()
            begin, at = at + len(chunk) - len(chunk.lstrip()), at + len(chunk) + 1
            if not stripped or (PREPOSITION.match(stripped) and n + 1 < len(chunks)):
                continue
            if re.search(r"\b(?:and|but)$", stripped):
                continue
            phrase = re.sub(r"^(?:But|And|Yet|So)\s+", "", stripped)
            named = [m for m in self._mentions(begin, begin + len(chunk)) if m.person]
            if named or re.fullmatch(PRONOUN, phrase, re.IGNORECASE):
                return self._tail(chunk.rstrip(), begin - (len(chunk) - len(chunk.lstrip())))
            # "The founder, Aurel Matei," – the name stands in the aside.
            if n + 1 < len(chunks):
                follow = [m for m in self._mentions(at, at + len(chunks[n + 1])) if m.person and m.start <= at + 14]
                if follow:
                    return self.text[follow[0].start : follow[0].end]
            return phrase
        return ""

    def _phrase_after(self, start: int, end: int, *, cut: bool = False) -> str:
        """Return the noun phrase that begins at `start`: said |director Ada Lund, who …"""
        rest = self.masked[start:end]
        found = re.match(rf"\s*([^,;:.—–(\n{BLANK}“\"]+(?:\.(?=\s?[A-Z])[^,;:.—–(\n{BLANK}“\"]+)?)", rest)
        if not found:
            return ""
        phrase = re.split(
            r"\s(?:who|which|that|in|on|after|before|as|when|while|at|during|told|from|last|earlier|later)\s",
            found[1] + " ",
        )[0].strip()
        if verb := PAST.search(phrase):
            if not cut:
                return ""
            phrase = phrase[: verb.start()].strip()
        begin = start + found.start(1)
        named = [m for m in self._mentions(begin, begin + len(phrase)) if m.person]
        if not named:
            apposed = [
                m for m in self._mentions(start + found.end(), end) if m.person and m.start <= start + found.end() + 16
            ]
            if apposed and rest[found.end() : found.end() + 1] == ",":
                return self.text[apposed[0].start : apposed[0].end]
        return phrase

    def _main_speaker(self, start: int, end: int) -> str:
        """Return the speaker that the sentence is about: the subject of its first reporting verb, else its first name."""
        for verb in self._verbs(start, end):
            if verb.participle or verb.stance == "holding":
                continue
            behind_quote = self.masked[start : verb.start].rstrip(" ,’”\"'").endswith(BLANK)
            phrase = self._phrase_after(verb.end, end) if behind_quote else self._subject(start, verb.start)
            if phrase and (speaker := self._speaker(phrase, verb.start)):
                return speaker
        return self._first_phrase(start, end)

    def _first_phrase(self, start: int, end: int) -> str:
        at = start
        chunks = re.split(rf"[,;:{BLANK}]+", self.masked[start:end])
        for n, chunk in enumerate(chunks):
            stripped = re.sub(r"^(?:But|And|Yet|So|However|Later|Still)\s+", "", chunk.strip(" “”‘’\"'.!?—–\n"))
            begin = self.masked.find(stripped, at) if stripped else at
            at += len(chunk) + 1
            if not stripped or (PREPOSITION.match(stripped) and n + 1 < len(chunks)):
                continue
            found = re.match(rf"({PRONOUN}|his|her)\b", stripped, re.IGNORECASE)
            if found and (speaker := self.people.by_pronoun(found[1], begin)):
                return speaker
            verb = PAST.search(stripped)
            limit = begin + (verb.start() if verb else len(stripped))
            named = [m for m in self._mentions(begin, limit) if m.person]
            if not named and n + 1 < len(chunks):
                named = [
                    m for m in self._mentions(limit, limit + 20) if m.person and m.start <= begin + len(stripped) + 3
                ]
            if named:
                return self._joint(named)
            phrase = stripped[: verb.start()].strip() if verb else ""
            if phrase and len(phrase.split()) <= 8 and (speaker := self._speaker(phrase, begin)):
                return speaker
            anywhere = [m for m in self._mentions(begin, begin + len(stripped)) if m.person]
            if anywhere:
                return anywhere[0].name
        return next((m.name for m in self._mentions(start, end) if m.person), "")

    def _joint(self, named: list[Mention]) -> str:
        if len(named) > 1 and re.fullmatch(r"\s+and\s+(?:[a-z-]+\s+){0,3}", self.masked[named[0].end : named[1].start]):
            return "; ".join(dict.fromkeys(m.name for m in named[:2]))
        return named[0].name

    def _attribution(self, phrase: str, at: int, verb: _Verb, cue: str) -> Attribution | None:
        speaker = self._speaker(phrase, at) if phrase else ""
        # "…," he said: an utterance, even where nobody is known for "he".
        said = speaker or re.fullmatch(PRONOUN, phrase, re.IGNORECASE)
        return Attribution(speaker, verb.form, cue) if said else None

    def _speaker(self, phrase: str, at: int) -> str:
        """Return the one name of the speaker that `phrase`, standing near `at`, gives."""
        phrase = re.split(rf"[{BLANK}“”\"]", phrase.rstrip(f" ,.;:’”\"'{BLANK}"))[-1].strip(" ,.;:’'")
        phrase = re.sub(r"^(?:but|and|yet|so|while|though|although|as|when)\s+", "", phrase, flags=re.IGNORECASE)
        if not phrase:
            return ""
        bare = re.sub(rf"^{DETERMINER}\s+", "", phrase, flags=re.IGNORECASE)
        for form in (phrase.lower(), bare.lower()):
            if form in self.aliases:
                return self.aliases[form]
        if found := re.search(
            rf"(?:^|\b(?:which|whom|that|where|as|what|more|then)\s)({PRONOUN})$", phrase, re.IGNORECASE
        ):
            return self.people.by_pronoun(found[1], at)
        places = [p for p in (self.masked.rfind(phrase, 0, at + 1), self.masked.find(phrase, at)) if p >= 0]
        place = min(places, key=lambda p: abs(p - at), default=-1)
        named = [m for m in self.people.mentions if m.start < place + len(phrase) and m.end > place] if places else []
        people = [m for m in named if m.person]
        if people and len(people) > 1 and ";" in (joint := self._joint(people)):
            return joint
        if people and re.search(r"\b(?:of|for|from|at)\b", self.masked[people[0].end : people[-1].start]):
            return people[0].name
        head = re.split(r"\s(?:in|at|on|from|near|with|of|for|to|by|inside|outside|behind)\s", phrase)[0]
        opening = [m for m in named if m.start < place + len(head)]
        common = place in self.host_starts and not any(m.person or " " in m.name or m.name.isupper() for m in opening)
        if head != phrase and (not opening or common):
            speaker = self.people.by_description(re.sub(rf"^{DETERMINER}\s+", "", head, flags=re.IGNORECASE), at)
            return speaker or self._as_described(bare, [])
        last = (people or named)[-1] if named else None
        if last and place + len(phrase) - last.end <= 2:
            return last.name
        if people and not self._modifies(people, place, place + len(phrase)):
            return people[-1].name
        if speaker := self.people.by_description(bare, at):
            return speaker
        definite = phrase.lower().startswith(("the ", "this "))
        return (self.people.by_epithet(bare, at) if definite and not named else "") or self._as_described(bare, named)

    def _modifies(self, people: list[Mention], start: int, end: int) -> bool:
        """Return whether a phrase's name only says whose: "a spokesman for Lund", "Lund's coach", "a Lund supporter"."""
        before, last = self.masked[start : people[0].start], people[-1].end
        rest = self.masked[last:end].strip()
        noun = re.search(r"(?:^|\s)[a-z][\w-]+$", rest) and not re.fullmatch(ADVERB, rest.split()[-1], re.IGNORECASE)
        return bool(
            re.search(r"\b(?:of|for|from|at)\b", before) or self.masked[last : last + 2] in ("’s", "'s") or noun
        )

    def _as_described(self, bare: str, named: list[Mention]) -> str:
        """Return a description as a speaker's name, where nobody in the text is known to be meant by it."""
        words = bare.split()
        if PREPOSITION.match(bare) and len(words) > 1:
            words = [word for word in words if word.islower()][-1:]
        while words and re.fullmatch(ADVERB, words[0], re.IGNORECASE):
            words = words[1:]
        text = re.split(
            r"\s(?:outside|in|at|on|near|from|behind|inside|above|below|with|who)\s|\s(?:outside|inside)$",
            " ".join(words),
        )[0]
        if not text or len(words) > 8:
            return named[0].name if named else ""
        head = re.split(r"\s(?:of|for)\s", text)[0].split()[-1].lower()
        if head in ENGLISH_STOP_WORDS:
            return ""
        if text[0].isupper() and not named and head not in BODIES | WRITINGS:
            return text[0].lower() + text[1:] if not text.isupper() and text.split()[0].istitle() else text
        return text


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
