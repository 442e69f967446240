"""The complete statements that a sentence makes: each finite verb with its subject, and who or what that subject is.

Rules of position, not a parser: what has no finite verb, or no subject that they can find, is no statement to them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import pairwise, takewhile

from summit_analysis import lexicons
from summit_analysis.text.attribution import Attributor
from summit_analysis.text.clauses import ADVERB, BLANK, PAST, PREPOSITION
from summit_analysis.text.person_words import DETERMINER, PAIRS, last_name
from summit_analysis.text.reference import kind_of_thing
from summit_analysis.text.spans import find_spans
from summit_analysis.text.subjects import ADJUNCT, POSTMODIFIER
from summit_analysis.text.verbs import VERBS

_PAST_FORMS = tomllib.loads(files(lexicons).joinpath("past_forms.toml").read_text(encoding="utf-8"))["past"].split()
IRREGULAR = re.compile(rf"\b(?:{'|'.join(_PAST_FORMS)})\b")
# "Ada Lund |wants the", not "the talks in".
PRESENT = re.compile(
    r"(?<=[a-z]\s)(?:cut|hit|shut|set|hurt|cost|spread|[a-z]{3,}(?<!s)s)(?=\s(?:the|an?|its|his|her|their|no|that|whether|it|him|them)\b)"
)
JOIN = r"(?:and|but|or|yet|so|while|whereas|although|though|even though|because|as|when)"
CUT = re.compile(
    r"[;:()–—]|\s-\s|,(?=[\s”\"’'])|\s(?=(?:but|while|whereas|although|though|even though|because|and)\s)|[”\"’'](?=\s(?:and|but|[a-z]+ing)\b)"
)
LEAD = re.compile(rf"(?:[\s,;:()–—-]|[”\"’'](?=\s)|{JOIN}\s(?!if\b|well\b|of\b))*", re.IGNORECASE)
JOINED = re.compile(r"\b(?:and|but|or|yet)\b", re.IGNORECASE)
# An adverb or connective before the subject, or before a verb without one.
OPENER = re.compile(
    r"(?:(?:however|meanwhile|then|also|even|still|instead|later|again|ultimately|finally|now|thus|yet)\b,?\s+)+",
    re.IGNORECASE,
)
# What stands behind the noun of a subject, beside what `POSTMODIFIER` knows.
CARRYING = re.compile(
    rf"(?<=[a-z])\s[a-z]+ing\s(?=(?:{DETERMINER}|\d+)\b)|\s(?:beside|behind|above|below|across|around|off|along|under|within|without)\s"
)
SEVERAL = re.compile(r"they|both", re.IGNORECASE)
ENDING_PRONOUN = re.compile(r"\b(?:he|she|they|it|we|I)$")
# "Near Norby harbour |a ferry", not "near the harbour".
DETERMINED = re.compile(rf"(?P<before>[\w’-]+)\s((?:{DETERMINER})\s(?:[\w-]+\s){{0,2}}[\w-]+)$", re.IGNORECASE)
# Clauses that tell of something that happened.
WITHIN = re.compile(r"\s(?:after|when|as)\s(?=\w)")
PLURAL = re.compile(r"(?<!s)s$")
STOP = re.compile(r"[;:]")
AND = re.compile(r"and\s(?:then\s|also\s|even\s)?", re.IGNORECASE)
RELATIVE = re.compile(r"(?:who|which)\s", re.IGNORECASE)
# Behind these a form in -ed describes a noun, or belongs to another clause.
NO_VERB = re.compile(
    rf"(?:\b(?:{DETERMINER}|these|those|no|any|most|more|very|so|to|of|who|which|whose|that)|[’']s)\s(?:\w+ly\s)?$|-$",
    re.IGNORECASE,
)
# What begins with these, or holds them, is no subject.
EMBEDDED = re.compile(
    r"\b(?:that|whether|if|until|unless|before|after|since|where|how|why|what|when|who|which|than)\b", re.IGNORECASE
)
PLAIN_ADVERB = rf"(?!(?:both|all)\b)(?:{ADVERB})"  # "Both |left."
ADVERBS = re.compile(rf"(?:\s+(?:{PLAIN_ADVERB}|instead|itself|themselves|however))+$", re.IGNORECASE)
BE = re.compile(r"\b(?:was|were|is|are|been|being)\b")
PAIRED = re.compile(r"(?:both|neither|the\stwo)\b", re.IGNORECASE)
HE_SAID = re.compile(r"(?<=[”\"’']\s)(?:he|she)\b")
GERUND = re.compile(rf"[a-z]+ing\s(?:{DETERMINER}|themselves|himself|herself|itself|to|that|\d+)\b")
MOST_WORDS = 14  # of a subject
AUXILIARY = re.compile(r"(?:was|were|is|are|has|had|have|will|would|could|can|does|do|did|\w+n[’']t)$")
PASSIVE = re.compile(r"\b(?:was|were|is|are|been|be|being)\s(?:\w+\s){0,2}?\w+(?:ed|en|wn|ne|ld|de|ght)\b")
PRONOUN = re.compile(r"(?:he|she|his|her)\b", re.IGNORECASE)
# Words of which the meaning stands in another sentence.
DANGLING = re.compile(
    r"(?:he|she|it|they|his|her|its|their|this|that|these|those|both|such|we|i|there|each|one|others?|some|none|neither)"
    r"(?:$|\s(?=(?:\w+ed|was|were|had|has|is|are)$))|(?:his|her|its|their|this|these|those|such|our|my)\s",
    re.IGNORECASE,
)
BEFORE_BY = 40  # characters between "by" and who did it


@dataclass(frozen=True)
class Proposition:
    """One statement of a sentence, its subject set before its predicate."""

    end: int  # of its predicate
    text: str
    fuller: str  # the same with what stands before it and beside it, up to the next statement
    subject: str
    actors: frozenset[str]  # who does it, by last names; none where it is nobody with a name
    head: str  # the noun that the subject is known by
    opens_with_speech: bool
    dangling: bool  # whether its subject is known from another sentence alone


class Propositions(Attributor):
    """The statements of one text."""

    def __init__(self, text: str, aliases: Mapping[str, str]) -> None:
        """Read `text`; `aliases` maps lower-case forms of speakers to their names."""
        super().__init__(text, find_spans(text), aliases)
        self.attribute()
        self.read_on(len(self.text))
        self._spoken = list(self.people.spoke)
        self._people = {m.name for m in self.people.mentions if m.person}

    @property
    def last_names(self) -> frozenset[str]:
        """The last names of the people that the text names, lower case."""
        return frozenset(last_name(name).lower() for name in self._people)

    def by_sentence(self) -> Iterator[tuple[int, list[Proposition]]]:
        """Yield the start of each sentence, as a place in the text that was given, and its statements in order."""
        for start, end in self.hosts:
            yield self.copy.place_in_original(start), self._of(start, end)

    def _of(self, start: int, end: int) -> list[Proposition]:
        if said := self._said(start, end):
            return [said]
        found: list[Proposition] = []
        subject: tuple[int, int] | None = None
        waiting = False  # the subject for its verb, behind what is set between commas
        pieces = list(self._pieces(start, end))
        lead = ""
        for number, (a, b, joined) in enumerate(pieces):
            verb = self._verb_at(a, b)
            if relative := RELATIVE.match(self.masked, a, b):
                verb = self._verb_at(relative.end(), b)
                if verb is not None and subject and waiting and pieces[number - 1][1] == subject[1]:
                    found.append(self._made(subject, relative.end(), b, lead))
            elif verb is None or EMBEDDED.match(self.masked, a, b):
                if not subject and not joined and self._nominal(a, b):
                    subject, waiting = (a, b), True
                elif found and not waiting:
                    found[-1] = self._longer(found[-1], b)
                elif not subject:
                    lead += self.text[a:b] + ", "
            elif verb == a:
                later = takewhile(lambda p: not STOP.search(self.masked, b, p[0]), pieces[number + 1 :])  # noqa: B023
                aside = waiting and any(self._verb_at(*p[:2]) == p[0] and not p[2] for p in later)
                if subject and (joined or waiting) and not aside:
                    beside = pieces[number - 1][:2] if waiting and pieces[number - 1][1] != subject[1] else None
                    found.append(self._made(subject, a, b, lead, beside=beside))
                    waiting = waiting and joined
                elif aside and pieces[number - 1][1] == subject[1]:
                    found.append(self._made(subject, a, b, lead, be=True))
                elif found and not waiting:
                    found[-1] = self._longer(found[-1], b)
            elif waiting and any(v.end == b for v in self._verbs(a, b)):
                continue  # "The outcome, observers said, was poor."
            elif own := self._own_subject(a, verb):
                subject, waiting = own, False
                found.append(self._made(own, own[1], b, lead + self.text[a : own[0]]))
            elif found and not waiting:
                found[-1] = self._longer(found[-1], b)
        within = [p for a, b, _ in pieces for p in self._clauses_within(a, b)]
        return [p for p in map(_with_object, found) if p] + within

    def _clauses_within(self, start: int, end: int) -> Iterator[Proposition]:
        """Yield what a piece says behind "after", "when" and "as": Lund slept when |the ferry sank."""
        for link in WITHIN.finditer(self.masked, start, end):
            verb = self._verb_at(link.end(), end)
            own = self._own_subject(link.end(), verb) if verb is not None and verb > link.end() else None
            if own:
                yield self._made(own, own[1], end, "")

    def _said(self, start: int, end: int) -> Proposition | None:
        """Return a sentence that opens with somebody's words as the statement that they were said."""
        spans = [(s, said) for s, said in zip(self.spans, self.found, strict=True) if start < s.start < end]
        if not spans or spans[0][0].start > start + 1:
            return None
        who = spans[0][1].speaker
        if not who:
            return None
        text, at = self.text[start:end].strip(), start + len(self.text[start:end]) - len(self.text[start:end].lstrip())
        pronoun = HE_SAID.search(text)
        if pronoun and ";" not in who:
            text = text[: pronoun.start()] + who + text[pronoun.end() :]
        alone = not re.search(r"\w", self.masked[at:end].replace(BLANK, ""))
        return Proposition(end, text, text, who, _last_names(who), "", True, alone)

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Yield (start, end, whether "and" or "but" stands before it) of what commas and conjunctions part."""
        cuts = [start]
        for cut in CUT.finditer(self.masked, start, end):
            if cut.group().isspace() and AND.match(self.masked, cut.end()):
                # "Lund came and saw", not "Lund and Ek came", "the talks between Lund and Ek", "said Lund and Ek came"
                begin = AND.match(self.masked, cut.end()).end()
                verb = self._verb_at(begin, end)
                own = verb is not None and not re.search(r"\w", OPENER.sub("", self.masked[begin:verb]))
                left = self.masked[cuts[-1] : cut.start()]
                if not own or self._verb_at(LEAD.match(self.masked, cuts[-1]).end(), cut.start()) is None:
                    continue
                word = self.masked[begin:end].split(" ")[0]
                if (
                    BE.search(left)
                    and not AUXILIARY.match(word)
                    and not any(v.start == verb for v in self._verbs(begin, end))
                ):
                    continue  # "Lund was elected and sworn in"
            cuts.append(cut.end())
        for a, b in zip(cuts, [*cuts[1:], end], strict=True):
            begin = LEAD.match(self.masked, a, b).end()
            joined = bool(JOINED.search(self.masked, a, begin))
            if opener := OPENER.match(self.masked, begin, b):
                begin = opener.end()
            stop = begin + len(self.masked[begin:b].rstrip(" ,;:–—-()"))
            if begin < stop:
                yield begin, stop, joined

    def _verb_at(self, start: int, end: int) -> int | None:
        """Return where the first finite verb of a piece begins, adverbs before it included."""
        places = {verb.start for verb in self._verbs(start, end) if not verb.subjectless}
        for pattern in (PAST, IRREGULAR, PRESENT):
            places |= {m.start() for m in pattern.finditer(self.masked, start, end)}
        for at in sorted(places):
            before = self.masked[start:at]
            word = re.compile(r"[\w’']+").match(self.masked, at, end)
            if NO_VERB.search(before):
                continue
            if re.fullmatch(rf"(?:{PLAIN_ADVERB}\s+)*", before, re.IGNORECASE):
                return start
            if not AUXILIARY.match(word.group()) and re.match(r"\sby\b", self.masked[word.end() : end]):
                continue  # "the house built by Lund"
            return at
        return None

    def _nominal(self, start: int, end: int) -> bool:
        chunk = self.masked[start:end]
        return not (PREPOSITION.match(chunk) or ADJUNCT.match(chunk) or GERUND.match(chunk) or BLANK in chunk[:2])

    def _own_subject(self, start: int, verb: int) -> tuple[int, int] | None:
        """Return the place of the noun phrase right before a verb, None where something else stands there."""
        stop = start + len(ADVERBS.sub("", " " + self.masked[start:verb].rstrip())) - 1
        chunk = self.masked[start:stop]
        if BLANK in chunk or EMBEDDED.search(chunk) or len(chunk.split()) > MOST_WORDS:
            return None
        if not self._nominal(start, stop):
            if pronoun := ENDING_PRONOUN.search(chunk):
                return start + pronoun.start(), stop
            if last := [m for m in self._mentions(start, stop) if m.end >= stop]:
                return last[-1].start, stop
            phrase = DETERMINED.search(chunk) if PREPOSITION.match(chunk) else None
            return (start + phrase.start(2), stop) if phrase and not PREPOSITION.fullmatch(phrase["before"]) else None
        return (start, stop) if start < stop else None

    def _longer(self, found: Proposition, end: int) -> Proposition:
        return replace(found, end=end, fuller=found.fuller + self.text[found.end : end])

    def _made(
        self,
        subject: tuple[int, int],
        start: int,
        end: int,
        lead: str,
        *,
        be: bool = False,
        beside: tuple[int, int] | None = None,
    ) -> Proposition:
        phrase = self.text[slice(*subject)]
        self.people.spoke = [known for known in self._spoken if known[0] < subject[0]]
        dangling, shown = bool(DANGLING.match(phrase)), phrase
        if pronoun := PRONOUN.match(phrase):
            named = self.people.by_pronoun(pronoun.group(), subject[0])
            genitive = pronoun.group().lower() in ("his", "her")
            if named:
                shown, dangling = named + ("’s" if genitive else "") + phrase[pronoun.end() :], False
            who = "" if genitive else named
        else:
            they = re.fullmatch(r"they", phrase, re.IGNORECASE)
            who = self.people.by_pronoun("they", subject[0]) if they else self._whom(phrase, *subject)
            if not who[:1].isupper() and beside and self._mentions(*beside)[:1]:
                who = self._whom(self.text[slice(*beside)], *beside)  # "The operator, Skerry Line, left."
        if SEVERAL.fullmatch(phrase) and who.count(";") == 1:
            shown, dangling = who.replace("; ", " and "), False
        who = self._agent(start, end) or who
        copula = ("were " if PLURAL.search(_head(phrase)) else "was ") if be else ""
        text = f"{shown} {copula}{self.text[start:end].strip()}"
        return Proposition(
            end, text, lead + text, shown, _last_names(who), _head(phrase).lower(), False, dangling
        )  # fmt: skip

    def _whom(self, phrase: str, start: int, end: int) -> str:
        """Return the people that a subject means, joined by "; ": the names at its head, or whom it describes."""
        head = start + len(POSTMODIFIER.split(phrase + " ")[0].rstrip())
        named = self._mentions(start, head)
        if named and named[-1].end >= head:
            joint = named[:1] + [
                m for last, m in pairwise(named) if re.search(r"\s(?:and|nor|or)\s", self.masked[last.end : m.start])
            ]
            return "; ".join(dict.fromkeys(m.name for m in (joint if len(joint) > 1 else named[-1:])))
        noun = _head(phrase).lower()
        kind = "people" if noun in PAIRS else kind_of_thing(noun)
        if PAIRED.match(phrase) and kind in ("person", "people"):
            return self.people.leading_pair(end)
        return self._speaker(phrase, end) if kind == "person" or noun in PAIRS else ""

    def _agent(self, start: int, end: int) -> str:
        """Return the person behind "by" in a passive predicate."""
        passive = PASSIVE.search(self.masked, start, end)
        by = re.compile(r"\bby\s").search(self.masked, passive.end(), end) if passive else None
        near = [m for m in self._mentions(by.end(), end) if m.person and m.start < by.end() + BEFORE_BY] if by else []
        return near[0].name if near else ""


def _last_names(names: str) -> frozenset[str]:
    """Return the last names of the people and bodies in `names`; a description, in lower case, is none."""
    return frozenset(last_name(name).lower() for name in names.split("; ") if name[:1].isupper())


def _head(phrase: str) -> str:
    """Return the noun that a phrase is known by: "talks" of "the talks in Oslo", "ferry" of "a ferry carrying 90 people"."""
    words = CARRYING.split(POSTMODIFIER.split(phrase + " ")[0])[0].split()
    return re.sub(r"[’']s?$", "", words[-1]) if words else ""


def _with_object(found: Proposition) -> Proposition | None:
    """Return a statement with more than a verb of reporting, with what is set beside it where need be."""
    predicate = found.text[len(found.subject) :].strip(" .,")
    if predicate.lower() not in VERBS:
        return found
    longer = found.fuller[found.fuller.index(found.text) :]
    return replace(found, text=longer) if len(longer) > len(found.text) + 1 else None
