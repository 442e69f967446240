"""What each sentence is about: its main subject, a person, a body, a document or somebody without a name."""

from __future__ import annotations

import re

from summit_analysis.text.clauses import ADVERB, BLANK, PAST, PREPOSITION, Clauses
from summit_analysis.text.person_words import DETERMINER
from summit_analysis.text.reference import INDEFINITE, Thing, kind_of_thing

OPENING = re.compile(r"[\s“”‘’\"'—–-]*(?:(?:But|And|Yet|So|Still|However|Meanwhile|Later|Then|Also|Now)\b,?\s*)?")
# What cannot hold the subject of a sentence, where a comma ends it: "Asked by Ek, …", "Explaining why, …".
ADJUNCT = re.compile(
    r"(?:[A-Z][a-z]+(?:ing|ly)\b|(?:Asked|Given|Pressed|Told|Faced|Compared|Based)\b|(?:On|In|Like|Unlike) |who\b|which\b|whose\b|whom\b)"
)
POSTMODIFIER = re.compile(
    r"\s(?:of|for|from|in|at|on|to|with|by|about|against|over|near|inside|outside|between|into|familiar|close|who|which|that|"
    r"signed|filed|led|released|published|obtained|written|sent|made|based)\s"
)
QUANTIFIED = re.compile(r"(?:some|many|several|few|most|other|both|two|three|four|five)\s", re.IGNORECASE)


class Subjects(Clauses):
    """The clauses of one text, and what its sentences are about, read one after the other."""

    _read = 0

    def read_on(self, at: int) -> None:
        """Read the sentences that begin before `at`, and tell the people whom or what each is about."""
        while self._read < len(self.host_starts) and self.host_starts[self._read] < at:
            start = self.host_starts[self._read]
            end = self.host_starts[self._read + 1] if self._read + 1 < len(self.host_starts) else len(self.masked)
            self._read += 1
            if span := self._main_subject(start, end):
                self._note(*span)

    def _main_subject(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the place of the noun phrase that the sentence begins with, adjuncts and openings left out."""
        lead = OPENING.match(self.masked, start, end)
        at = lead.end() if lead else start
        skipped = False
        while at < end:
            comma = re.compile(rf"[,;:{BLANK}]").search(self.masked, at, end)
            stop = comma.start() if comma else end
            chunk = self.masked[at:stop]
            if comma and comma.group() == BLANK and not chunk.strip(" “‘\"'"):
                return None  # the sentence begins with a quotation
            if (PREPOSITION.match(chunk) or ADJUNCT.match(chunk)) and comma and comma.group() == ",":
                at = stop + 1
                at += len(self.masked[at:end]) - len(self.masked[at:end].lstrip())
                skipped = True
                continue
            if PREPOSITION.match(chunk):
                return None
            if pronoun := re.match(r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|I)\b", chunk):
                return at, at + pronoun.end()
            if (named := self._opening_name(at, stop)) is not None:
                return at, named
            finite = [m.start() for m in (PAST.search(chunk),) if m]
            finite += [verb.start - at for verb in self._verbs(at, stop) if not verb.subjectless]
            apposed = skipped and not finite and comma and comma.group() == "," and self._begins_clause(stop + 1, end)
            if apposed:  # "Asked about the referee, Ek, Lund left."
                at = stop + 1
                at += len(self.masked[at:end]) - len(self.masked[at:end].lstrip())
                continue
            phrase = chunk[: min(finite)] if finite else chunk
            phrase = re.sub(rf"(?:\s+{ADVERB})+\s*$", "", " " + phrase, flags=re.IGNORECASE).strip()
            return (at, at + len(phrase)) if phrase else None
        return None

    def _begins_clause(self, start: int, end: int) -> bool:
        """Return whether a name or pronoun and its verb stand at `start`."""
        clause = self.masked[start:end].lstrip()
        start = end - len(clause)
        named = any(
            m.start == start and self.masked[m.end : m.end + 2].strip().islower() for m in self._mentions(start, end)
        )
        return named or bool(re.match(r"(?:he|she|they)\s", clause))

    def _opening_name(self, start: int, stop: int) -> int | None:
        """Return the end of the name with which a clause opens, offices before it: Mayor Lund |lacks."""
        mention = next(iter(self._mentions(start, stop)), None)
        if not mention or not mention.person or PAST.search(self.masked[start : mention.start]):
            return None
        before = self.masked[start : mention.start].split()
        following = re.match(r"\s(?!of\b|for\b|and\b|or\b|from\b)[a-z]", self.masked[mention.end : stop])
        plain = len(before) <= 5 and not any(word in ("of", "for", "to", "with", "that", "by") for word in before)
        return mention.end if plain and following and not self.masked[mention.end :].startswith(("’", "'")) else None

    def _note(self, start: int, end: int) -> None:
        phrase = self.masked[start:end]
        if re.fullmatch(r"[Hh]e|[Ss]he", phrase):
            self.people.pronoun_subject(start, end)
            return
        head = POSTMODIFIER.split(phrase + " ")[0].rstrip()
        limit = start + len(head)
        named = [m for m in self._mentions(start, limit) if m.end <= limit + 1]
        if named and named[-1].end >= limit - 1:
            self.people.subjects[self.people.sentence_of(start)] = named[0].name if named[0].person else named[-1].name
            if not named[-1].person:
                self.people.things.append(Thing(start, named[-1].name, named[-1].name.split()[-1].lower(), "body"))
            return
        bare = re.sub(rf"^{DETERMINER}\s+", "", head, flags=re.IGNORECASE)
        words = bare.split()
        if not words or len(words) > 5 or QUANTIFIED.match(bare):
            return
        kind = kind_of_thing(words[-1])
        if kind and (kind != "person" or INDEFINITE.match(phrase)) and not re.search(r"[’']s?$", words[-1]):
            self.people.things.append(Thing(start, bare, words[-1].lower(), kind))
