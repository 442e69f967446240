"""Who did what to whom: the two sides of a verb, read by position, in the active and in the passive.

No parser: a side is only read where it stands right beside its verb; names, nouns and pronouns are treated alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summit_analysis.text.meaning import FUNCTION, MUTUAL, Word, likeness, opposed
from summit_analysis.text.terms import tokenise

BEING = frozenset(["was", "were", "is", "are", "be", "been", "being", "got", "gets"])
HELPING = frozenset(
    [
        "has",
        "have",
        "had",
        "having",
        "will",
        "would",
        "also",
        "later",
        "then",
        "not",
        "never",
        "now",
        "already",
        "still",
    ]
)
DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "this",
        "that",
        "these",
        "those",
        "both",
        "all",
        "several",
    ]
)
PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i", "you", "who", "which", "him", "them"])
NO_ADVERBS = frozenset(
    [
        "family",
        "ally",
        "rally",
        "supply",
        "assembly",
        "reply",
        "bully",
        "monopoly",
        "anomaly",
        "italy",
        "july",
        "apply",
        "rely",
    ]
)
BEHIND_BY = 6  # words between a participle and the "by" that names who did it


@dataclass(frozen=True)
class Deed:
    """One verb with its sides: the places where their words begin, none where a side is not said."""

    verb: int
    agent: frozenset[int]
    patient: frozenset[int]


def find_deeds(text: str) -> list[Deed]:
    """Return what may be a verb between its two sides, in order.

    "The union sued the company" and "The company was sued by the union" give one agent and one patient. In the active
    the patient stands there with a determiner or as a name, and the agent before the verb unless a comma parts them; in the
    passive the agent may be missing.
    """
    line = _Line(text)
    return [deed for n in range(1, len(line.terms)) if (deed := line.deed_at(n)) is not None]


class _Line:
    """The words of a text by number, and which of them are followed by more than a blank."""

    def __init__(self, text: str) -> None:
        tokens = tokenise(text)
        self.terms = [token.term for token in tokens]
        self.places = [token.start for token in tokens]
        between = [text[a.end : b.start] for a, b in pairwise(tokens)]
        self.genitive = [bool(re.match(r"['’]s?\s", gap)) for gap in between] + [False]
        self.ends = [not gap.isspace() and not own for gap, own in zip(between, self.genitive, strict=False)] + [True]
        self.capital = [text[place].isupper() for place in self.places]

    def _open(self, n: int) -> bool:
        return self.terms[n] not in FUNCTION and self.terms[n] not in DETERMINERS

    def _phrase(self, n: int) -> frozenset[int]:
        """Return the noun phrase that begins at word `n`: a pronoun, a name, or what stands behind a determiner."""
        if n == len(self.terms):
            return frozenset()
        if self.terms[n] in PRONOUNS:
            return frozenset([self.places[n]])
        determined = self.terms[n] in DETERMINERS
        if not determined and not self.capital[n]:
            return frozenset()
        found: list[int] = []
        for at in range(n + determined, len(self.terms)):
            if not self._open(at):
                break
            found = [] if self.genitive[at] else [*found, self.places[at]]  # the union's | lawyer
            if self.ends[at]:
                break
        return frozenset(found)

    def deed_at(self, n: int) -> Deed | None:
        """Return the deed whose verb is word `n`, None where it cannot be one."""
        if not self._open(n) or self.capital[n] or self._helps(n):
            return None
        left, passive = n - 1, False
        while left >= 0 and not self.ends[left] and self._helps(left):
            passive |= self.terms[left] in BEING
            left -= 1
        if left < 0 or not (self._open(left) or self.terms[left] in PRONOUNS):
            return None
        if self.ends[left]:  # "The landlord, who lives abroad, evicted the tenants"
            found = frozenset() if passive or left < n - 1 or self.ends[n] else self._phrase(n + 1)
            return Deed(self.places[n], frozenset(), found) if found else None
        subject = frozenset([self.places[left]])
        by = self._by(n)
        if by and (passive or by == n + 1):
            return Deed(self.places[n], self._phrase(by + 1), subject)
        if passive:
            return Deed(self.places[n], frozenset(), subject)
        found = frozenset() if self.ends[n] else self._phrase(n + 1)
        return Deed(self.places[n], subject, found) if found else None

    def _helps(self, n: int) -> bool:
        term = self.terms[n]
        return term in BEING or term in HELPING or (term.endswith("ly") and term not in NO_ADVERBS)

    def _by(self, n: int) -> int:
        """Return the place of the "by" that belongs to the participle at `n`, 0 without one."""
        for at in range(n, min(n + BEHIND_BY, len(self.terms) - 1)):
            if self.ends[at]:
                return 0
            if self.terms[at + 1] == "by":
                return at + 1
        return 0


def turned_round(stated: Sequence[Deed], words: Sequence[Word], found: Sequence[Deed], others: Sequence[Word]) -> bool:
    """Return whether what `stated` says of `words` is found with the two sides of its verb in each other's place.

    One side must stand on the other side of the same verb, and neither side on its own; verbs whose sides may change
    places ("met") are left alone.
    """
    mine = {word.start: word for word in words}
    theirs = {word.start: word for word in others}
    crossed = False
    for deed in stated:
        verb = mine.get(deed.verb)
        if verb is None or verb.lemma in MUTUAL or not (deed.agent and deed.patient):
            continue
        for other in found:
            same = theirs.get(other.verb)
            if same is None or not likeness(verb, same) or opposed(verb, same) or same.lemma in MUTUAL:
                continue
            straight = ((deed.agent, other.agent), (deed.patient, other.patient))
            if any(_alike(a, b, mine, theirs) for a, b in straight):
                return False
            across = ((deed.agent, other.patient), (deed.patient, other.agent))
            crossed |= any(_alike(a, b, mine, theirs) for a, b in across)
    return crossed


def _alike(
    places: frozenset[int], others: frozenset[int], words: Mapping[int, Word], found: Mapping[int, Word]
) -> bool:
    return any(likeness(words[a], found[b]) for a in places & words.keys() for b in others & found.keys())
