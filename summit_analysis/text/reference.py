"""Who is meant by a pronoun, an office or a description: the reading that goes on while a text names its people."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Mapping

from summit_analysis.text.names import (
    BODIES,
    FEMALE,
    MALE,
    ORGANISATIONS,
    PAIRS,
    RANKS,
    SUBJECT_PRONOUN,
    WRITINGS,
    Mention,
    Names,
    alike,
    content_words,
    is_body,
)


class People(Names):
    """The people that one text names, and who they are when it does not name them."""

    def __init__(self, text: str, sentence_starts: list[int], aliases: Mapping[str, str]) -> None:
        super().__init__(text, sentence_starts, aliases)
        self.spoke: list[tuple[int, str]] = []  # where somebody was found to speak, in reading order
        self._read = 0

    def read_on(self, at: int) -> None:
        """Read the sentences that begin before `at`, and keep in mind whom those are about that begin with he or she."""
        while self._read < len(self.starts) and self.starts[self._read] < at:
            start = self.starts[self._read]
            found = SUBJECT_PRONOUN.match(self.text, start)
            if found and (name := self.salient(found.start(1), {"h": "m"}.get(found[1][0].lower(), "f"))):
                insort(self.mentions, Mention(found.start(1), found.end(1), name, True), key=lambda m: m.start)
            self._read += 1

    def sentence_of(self, at: int) -> int:
        """Return the number of the sentence that holds the place `at`."""
        return max(0, bisect_right(self.starts, at) - 1)

    def before(self, at: int) -> list[Mention]:
        """Return the mentions before `at`, the most salient first: the nearest sentences, in each its subject first."""
        earlier = [m for m in self.mentions if m.start < at]
        return sorted(earlier, key=lambda m: (-self.sentence_of(m.start), m.start))

    def by_pronoun(self, pronoun: str, at: int) -> str:
        """Return the name that `pronoun` at the place `at` stands for, or ``""``.

        Near sentences count more than far ones, the subject of a sentence and whoever spoke in it more than others,
        and a name that fits the pronoun's gender more than one of unknown gender; one that does not fit is out.
        """
        pronoun = pronoun.lower()
        if pronoun == "it":
            people = {m.name for m in self.mentions if m.person}
            last = next(((place, name) for place, name in reversed(self.spoke) if name not in people), None)
            if last and self.sentence_of(at) - self.sentence_of(last[0]) <= 3:
                return last[1]
            return next((m.name for m in self.before(at) if not m.person and is_body(m.name)), "")
        if pronoun in ("they", "we", "i"):
            return self.pair_before(at) if pronoun == "they" else self.salient(at)
        # Patterns that pass over case also take "İ" for an i and "ſ" for an s.
        return self.salient(at, {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}.get(pronoun, ""))

    def salient(self, at: int, gender: str = "") -> str:
        """Return the person that a reader has in mind at `at`: recent, a subject, a speaker, of fitting `gender`."""
        here = self.sentence_of(at)
        scores: dict[str, float] = {}

        def consider(name: str, place: int, bonus: float) -> None:
            known = self.gender_of(name)
            if gender and known and known != gender:
                return
            score = bonus - (here - self.sentence_of(place)) + (0.5 if gender and known == gender else 0.0)
            scores[name] = max(score, scores.get(name, -1e9))

        subjects: set[int] = set()
        for mention in self.mentions:
            if mention.start >= at:
                break
            number = self.sentence_of(mention.start)
            if mention.person and here - number <= 40:
                consider(mention.name, mention.start, 0.0 if number in subjects else 0.6)
                subjects.add(number)
        for place, name in self.spoke[-4:]:
            if place < at and ";" not in name:
                consider(name, place, 0.9)
        return max(scores, key=lambda name: scores[name]) if scores else ""

    def pair_before(self, at: int) -> str:
        """Return the two people named together before `at`, joined by "; ", or ``""``."""
        for number in range(self.sentence_of(at), -1, -1):
            people = [m for m in self.mentions if m.person and m.start < at and self.sentence_of(m.start) == number]
            names = list(dict.fromkeys(m.name for m in people))
            if len(names) >= 2:
                return "; ".join(names[:2])
        return ""

    def by_description(self, phrase: str, at: int) -> str:
        """Return the name of the person whom the text has called what `phrase` says, or ``""``."""
        words = re.findall(r"[\w’'-]+", re.split(r"\s(?:of|for|at|in|who|from)\s", phrase)[0])
        if words and words[-1].lower() in PAIRS:
            return self.pair_before(at)
        content = [c for word in words for c in sorted(content_words(word))]
        if not content:
            return ""
        head, best, best_score = content[-1], "", 0
        all_words = sorted(content_words(phrase))
        for mention in self.before(at):
            known = self.descriptors.get(mention.name, set())
            if not any(alike(head, word) for word in known):
                continue
            if any(word in RANKS and word not in known for word in all_words):
                continue  # the deputy minister is not the minister
            score = 2 + sum(any(alike(word, other) for other in known) for word in all_words if word != head)
            if score > best_score:
                best, best_score = mention.name, score
        if best:
            return best
        if head in BODIES:
            bodies = [m.name for m in self.before(at) if not m.person and is_body(m.name)]
            called = [name for name in bodies if head in name.lower().split()]
            return next(iter(called + bodies), "")
        return self._by_qualifier(all_words, head, at) or self._by_repetition(head, at)

    def _by_qualifier(self, words: list[str], head: str, at: int) -> str:
        """Return the one person whom another word than the head fits: "the Ostrean skipper" for "Ostrea's Ada Lund"."""
        fitting = dict.fromkeys(
            m.name
            for m in self.before(at)
            if m.person and any(alike(w, d) for w in words for d in self.descriptors.get(m.name, ()))
        )
        return next(iter(fitting)) if len(fitting) == 1 and head not in BODIES | WRITINGS else ""

    def _by_repetition(self, head: str, at: int) -> str:
        """Return the speaker last given by a description with the same head: "a spokesman", then "the spokesman"."""
        return next((name for _, name in reversed(self.spoke) if head in name.lower().split()), "")

    def by_epithet(self, phrase: str, at: int) -> str:
        """Return the salient person, where "the striker" or "the 23-year-old" cannot mean a body or a document."""
        words = sorted(content_words(phrase))
        if not words or any(word in BODIES | WRITINGS | ORGANISATIONS for word in words):
            return ""
        if re.search(rf"\b(?:[Aa]n?|[Oo]ne)\s(?:[\w-]+\s){{0,3}}{re.escape(words[-1])}\b", self.text[:at]):
            return ""  # somebody without a name, who was brought in as "a reporter"
        gender = "f" if set(words) & FEMALE else "m" if set(words) & MALE else ""
        near = self.salient(at, gender)
        places = [m.start for m in self.mentions if m.name == near and m.start < at]
        return near if places and self.sentence_of(at) - self.sentence_of(places[-1]) <= 2 else ""
