"""Who is meant by a pronoun, an office or a description: the reading that goes on while a text names its people."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summit_analysis.text.names import Mention, Names
from summit_analysis.text.person_words import (
    BODIES,
    COLLECTIVES,
    DETERMINER,
    FEMALE,
    MALE,
    ORGANISATIONS,
    PAIRS,
    RANKS,
    WRITINGS,
    alike,
    content_words,
    is_body,
    stands_for_a_person,
)

# How much more than one sentence's distance it counts to be a sentence's subject, its first name, or to have spoken.
SUBJECT, FIRST, SPOKE, UNNAMED_SUBJECT, GENDER, ASIDE = 1.0, 0.6, 0.9, 0.7, 0.5, 0.6
# A name behind a preposition: "a victory over the rival |Lund".
OBLIQUE = re.compile(
    r"\b(?:of|over|against|with|(?<!ed )(?<!written )by|from|like|unlike|between|under|behind|for)\s(?:(?:the|a|an|[a-z-]+|[A-Z][\w.]*)\s){0,4}$"
)
# Who asks or interrupts: "A reporter said, …" "He said, …" is the answer.
QUESTIONERS = frozenset(
    ["narrator", "announcer", "reporter", "journalist", "interviewer", "moderator", "questioner", "heckler"]
)
# "three journalists", whom a later "they" in the same sentence means.
SEVERAL = re.compile(r"\b(?:two|three|four|five|six|several|many|some|most)\s((?:[a-z-]+\s)?)([A-Za-z][a-z-]+s)\b")
INDEFINITE = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Thing:
    """What a sentence is about, when it is nobody with a name: a ``body``, a ``writing``, unnamed ``people`` or a ``person``."""

    start: int
    name: str
    head: str
    kind: str


def kind_of_thing(head: str) -> str:
    """Return what the noun `head` stands for, ``""`` where that can be no speaker."""
    head = head.lower()
    if head in WRITINGS:
        return "writing"
    if head in BODIES or head in ORGANISATIONS:
        return "body"
    if head.endswith("s") and not head.endswith("ss") and stands_for_a_person(head.removesuffix("s")):
        return "people"
    return "person" if stands_for_a_person(head) and (not head.endswith("s") or head.endswith("ss")) else ""


class People(Names):
    """The people that one text names, and who they are when it does not name them."""

    def __init__(
        self, text: str, sentence_starts: list[int], aliases: Mapping[str, str], names: Sequence[str] = ()
    ) -> None:
        super().__init__(text, sentence_starts, aliases, names)
        self.spoke: list[tuple[int, str]] = []  # where somebody was found to speak, in reading order
        self.subjects: dict[int, str] = {}  # whom a sentence is about, by its number
        self.things: list[Thing] = []  # bodies, documents and unnamed people that sentences are about

    def pronoun_subject(self, start: int, end: int) -> None:
        """Keep in mind whom a sentence is about that has he or she for its subject."""
        if name := self.salient(start, "m" if self.text[start].lower() == "h" else "f"):
            insort(self.mentions, Mention(start, end, name, True), key=lambda m: m.start)
            self.subjects[self.sentence_of(start)] = name

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
            return self._by_it(at)
        if pronoun in ("they", "we", "i"):
            return self._by_they(at) if pronoun == "they" else self.salient(at)
        # Patterns that pass over case also take "İ" for an i and "ſ" for an s.
        return self.salient(at, {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}.get(pronoun, ""))

    def _by_they(self, at: int) -> str:
        """Return the several people, or the body, that spoke last or that a near sentence is about, else a pair."""
        here = self.sentence_of(at)
        near = [
            (place, name)
            for place, name in self.spoke
            if (";" in name or (name[:1].islower() and name.endswith("s"))) and here - self.sentence_of(place) <= 2
        ]
        near += [
            (thing.start, thing.name) for thing in self.things
            if thing.start < at and thing.kind == "people" and here - self.sentence_of(thing.start) <= 2
        ]  # fmt: skip
        own = self.text[self.starts[here] if self.starts else 0 : at]
        several = [m for m in SEVERAL.finditer(own) if stands_for_a_person(m[2].lower().removesuffix("s"))]
        if several and not any(m.person and m.start > at - len(own) + several[-1].end() for m in self.before(at)):
            return several[-1][2] if not several[-1][1] else f"{several[-1][1]}{several[-1][2]}"
        pair = self.pair_before(at)
        last = max((m.start for m in self.mentions if m.start < at and m.name in pair.split("; ")), default=-1)
        return max(near)[1] if near and (not pair or max(near)[0] > last) else pair

    def _by_it(self, at: int) -> str:
        """Return the body or document that spoke last or that a near sentence is about."""
        people = {m.name for m in self.mentions if m.person}
        here = self.sentence_of(at)
        near = [
            (place, name) for place, name in self.spoke if name not in people and here - self.sentence_of(place) <= 3
        ]
        near += [
            (thing.start, thing.name) for thing in self.things
            if thing.start < at and thing.kind in ("body", "writing") and here - self.sentence_of(thing.start) <= 3
        ]  # fmt: skip
        if near:
            return max(near)[1]
        return next((m.name for m in self.before(at) if not m.person and is_body(m.name)), "")

    def salient(self, at: int, gender: str = "") -> str:
        """Return the person that a reader has in mind at `at`: recent, a subject, a speaker, of fitting `gender`."""
        here = self.sentence_of(at)
        scores: dict[str, float] = {}

        def consider(name: str, place: int, bonus: float) -> None:
            known = self.gender_of(name)
            if gender and known and known != gender:
                return
            guess = self.gender_by_pronoun(name) if gender and not known else known
            fit = 0.0 if not gender or not guess else GENDER if guess == gender else -2 * GENDER
            score = bonus - (here - self.sentence_of(place)) + fit
            scores[name] = max(score, scores.get(name, -1e9))

        first: set[int] = set()
        for mention in self.mentions:
            if mention.start >= at:
                break
            number = self.sentence_of(mention.start)
            if mention.person and here - number <= 40:
                about = self.subjects.get(number)
                bonus = SUBJECT if about == mention.name else FIRST if number not in first and not about else 0.0
                if bonus < SUBJECT and self.text[mention.end : mention.end + 2] in ("’s", "'s"):
                    bonus = 0.0  # "Lund’s push failed"
                if bonus < SUBJECT and OBLIQUE.search(self.text[max(0, mention.start - 60) : mention.start]):
                    bonus = -ASIDE
                consider(mention.name, mention.start, bonus)
                first.add(number)
        for thing in self.things:
            if (
                thing.kind == "person"
                and thing.head not in QUESTIONERS
                and thing.start < at
                and here - self.sentence_of(thing.start) <= 2
            ):
                consider(thing.name, thing.start, UNNAMED_SUBJECT)
        for place, name in self.spoke[-4:]:
            if place < at and ";" not in name and name.split()[-1] not in QUESTIONERS:
                consider(name, place, SPOKE)
        return max(scores, key=lambda name: scores[name]) if scores else ""

    def document(self, phrase: str, at: int) -> str:
        """Return the name of a document: its description, or the fuller one by which the text has brought it in."""
        if re.match(r"[A-Z][^,;]*[’']s?\s[a-z-]+$", phrase) and not re.match(rf"{DETERMINER}\s", phrase, re.IGNORECASE):
            return phrase  # "Lund’s letter"
        own = re.sub(rf"^{DETERMINER}\s+|^.*[’']s?\s+(?=\S+$)", "", phrase, flags=re.IGNORECASE)
        head = own.split()[-1].lower()
        known = [
            thing.name for thing in self.things
            if thing.kind == "writing" and thing.start < at and (thing.head == head or thing.head.endswith(head))
        ]  # fmt: skip
        return (
            max([own, *known], key=lambda name: (len(name.split()), len(name)))
            if re.match(r"(?:the|this)\s", phrase, re.I)
            else own
        )

    def brought_in(self, head: str, at: int) -> str:
        """Return the words that brought in somebody without a name: "a bank official" for "the official"."""
        if kind_of_thing(head) != "person":
            return ""
        found = re.findall(
            rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother)\s((?:[\w.-]+\s){{0,4}}{re.escape(head)})\b(?! of| for)", self.text[:at]
        )
        return found[-1] if found else ""

    def pair_before(self, at: int) -> str:
        """Return the two people named together before `at`, joined by "; ", or ``""``."""
        for number in range(self.sentence_of(at), -1, -1):
            people = [m for m in self.mentions if m.person and m.start < at and self.sentence_of(m.start) == number]
            names = list(dict.fromkeys(m.name for m in people))
            if len(names) >= 2:
                return "; ".join(names[:2])
        return ""

    def leading_pair(self, at: int) -> str:
        """Return the two people named most often before `at`, where one sentence names both; else as `pair_before`."""
        named = [m for m in self.mentions if m.person and m.start < at]
        leading = [name for name, _ in Counter(m.name for m in named).most_common(2)]
        places = [{self.sentence_of(m.start) for m in named if m.name == name} for name in leading]
        return "; ".join(sorted(leading)) if len(places) == 2 and places[0] & places[1] else self.pair_before(at)

    def by_description(self, phrase: str, at: int) -> str:
        """Return the name of the person whom the text has called what `phrase` says, or ``""``."""
        words = re.findall(r"[\w’'-]+", re.split(r"\s(?:of|for|at|in|who|from)\s", phrase)[0])
        if words and words[-1].lower() in PAIRS and (words[-1].lower() not in ("men", "women") or "two" in words):
            return self.leading_pair(at)
        content = [c for word in words for c in sorted(content_words(word))]
        if not content:
            return ""
        if content[-1] in ("men", "women", "people"):
            return ""  # several, whom nobody's description means
        head, best, best_score = content[-1], "", 0
        all_words = sorted(content_words(phrase))
        for mention in self.before(at):
            known = self.descriptors.get(mention.name, set())
            if head in BODIES | WRITINGS or not any(alike(head, word) for word in known):
                continue
            if any(word in RANKS and word not in known for word in all_words):
                continue  # the deputy minister is not the minister
            score = 2 + sum(any(alike(word, other) for other in known) for word in all_words if word != head)
            if score > best_score:
                best, best_score = mention.name, score
        if best:
            return best
        if head in COLLECTIVES:
            return ""
        if head in BODIES:
            about = [t.name for t in self.things if t.start < at and t.kind == "body" and t.head == head]
            if about and about[-1].islower():
                return about[-1]
            bodies = [m.name for m in self.before(at) if not m.person and is_body(m.name) and not self._place(m)]
            called = [name for name in bodies if head in name.lower().split()]
            return next(iter(called + (bodies if len(all_words) == 1 else [])), "")
        return self._by_qualifier(all_words, head, at) or self._by_repetition(head)

    def _place(self, mention: Mention) -> bool:
        """Return whether a name stands where places stand: in Oslo, from Oslo."""
        return bool(
            re.search(
                r"\b(?:in|from|near|across|outside|into|on)\s(?:the\s)?$",
                self.text[max(0, mention.start - 14) : mention.start],
            )
        )

    def _by_qualifier(self, words: list[str], head: str, at: int) -> str:
        """Return the one person whom another word than the head fits: "the Ostrean skipper" for "Ostrea's Ada Lund"."""
        fitting = dict.fromkeys(
            m.name
            for m in self.before(at)
            if m.person
            and any(alike(w, d) for w in words for d in self.descriptors.get(m.name, ()))
            and not any(w in RANKS and w not in self.descriptors.get(m.name, ()) for w in words)
        )
        return next(iter(fitting)) if len(fitting) == 1 and head not in BODIES | WRITINGS else ""

    def _by_repetition(self, head: str) -> str:
        """Return the speaker last given by a description with the same head: "a spokesman", then "the spokesman"."""
        return next((name for _, name in reversed(self.spoke) if head in name.lower().split()), "")

    def by_epithet(self, phrase: str, at: int) -> str:
        """Return the salient person, where "the striker" or "the 23-year-old" cannot mean a body or a document."""
        words = sorted(content_words(phrase))
        if not words or any(word in BODIES | WRITINGS | ORGANISATIONS | QUESTIONERS for word in words):
            return ""
        if re.search(rf"\b(?:[Aa]n?|[Oo]ne)\s(?:[\w-]+\s){{0,3}}{re.escape(words[-1])}\b", self.text[:at]):
            return ""  # somebody without a name, who was brought in as "a reporter"
        gender = "f" if set(words) & FEMALE else "m" if set(words) & MALE else ""
        near = self.salient(at, gender)
        places = [m.start for m in self.mentions if m.name == near and m.start < at]
        return near if places and self.sentence_of(at) - self.sentence_of(places[-1]) <= 2 else ""
