"""The cues without a reporting verb: a noun of speech with its owner, a colon, a statement or letter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summit_analysis.text.speakers import Speakers

# A noun of speech with its owner, and what is said in it.
OWNED = re.compile(
    r"\b([Hh]is|[Hh]er|[Tt]he\s(?:[a-z-]+\s)?[a-z-]+(?=[’']s)|[A-Z][\w-]+(?=[’']))(?:[’']s?)?\s(?:[a-z-]+\s){0,2}"
    r"(?:criticisms?|claims?|assertions?|allegations?|accusations?|complaints?|suggestions?|arguments?|contentions?|promises?|"
    r"vows?|pledges?|warnings?|descriptions?|comments?|remarks?|insistence|charges?|threats?|calls?|demands?|admissions?|"
    r"declarations?|statements?|references?|advice|views?|beliefs?|opinions?|repl(?:y|ies)|conclusions?)(?:\s(?:late|early|on|last)\s\w+)?\s(?:that|of|about|as|to)\s[^;:.!?\n]*$"
)


@dataclass(frozen=True)
class Attribution:
    """Who is given as the speaker, by which verb, and by which pattern it was found (``""`` where there is no cue)."""

    speaker: str = ""
    verb: str = ""
    cue: str = ""


class NounCues(Speakers):
    """The sentences of one text, and the nouns in them that say whose the quoted words are."""

    def _owned(self, start: int, left_end: int) -> Attribution | None:
        """Match words that a noun of speech says whose they are: Lund’s claim that it was “late”."""
        owned = OWNED.search(self.masked[start:left_end])
        if not owned or self._verbs(start, left_end):
            return None
        begin = start + owned.start(1)
        named = [m for m in self._mentions(start, left_end) if m.person and m.start <= begin < m.end]
        if named and owned[1][0].isupper():
            return Attribution(named[-1].name, "", "noun")
        whose = owned[1].lower()
        if whose.startswith("the "):
            speaker = self._speaker(owned[1], begin)
        else:
            speaker = self.people.by_pronoun(whose, begin) if whose in ("his", "her") else ""
        return Attribution(speaker, "", "noun") if speaker else None

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
