"""Who the subject of a reporting verb is: from a phrase of the text to the one name of a speaker."""

from __future__ import annotations

import re

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from summit_analysis.text.clauses import ADVERB, BLANK, PAST, PREPOSITION, PRONOUN
from summit_analysis.text.names import Mention
from summit_analysis.text.person_words import (
    BODIES,
    DETERMINER,
    FIRST_NAMES,
    PAIRS,
    TITLES,
    WRITINGS,
    stands_for_a_person,
)
from summit_analysis.text.reference import INDEFINITE, kind_of_thing
from summit_analysis.text.subjects import POSTMODIFIER, Subjects

# "one of Lund’s senior advisers"
ONE_OF = re.compile(r"(?:one|two|some) of (?:[^,;]*[’']s?\s|(?:the|his|her|their|its|our)\s)?(?=[a-z])", re.IGNORECASE)
# What is a clause and no description: "there are questions", "which so far", "owners say the laws".
CLAUSAL = re.compile(
    r"^(?:there|which|whose|who|what|perhaps|because|if|they[’']re|it|we|you|how|why)\b|\s(?:says?|is|are|was|were|it|they|because)\s",
    re.IGNORECASE,
)
# "the 23-year-old striker"
AGED = re.compile(r"the\s(\d{1,3})-year-old\b", re.IGNORECASE)


class Speakers(Subjects):
    """The clauses of one text, and whom the phrases in them mean."""

    def _main_speaker(self, start: int, end: int) -> str:
        """Return the speaker that the sentence is about: the subject of its first reporting verb, else its first name."""
        for verb in self._verbs(start, end):
            if verb.subjectless or verb.stance == "holding":
                continue
            if re.search(rf"[a-z]\s(?:that|which)\s(?:{ADVERB}\s)*$", self.masked[start : verb.start]):
                continue  # "a report that |confirmed it"
            if later := self._cataphor(start, verb.start, end):
                return later
            behind_quote = self.masked[start : verb.start].rstrip(" ,’”\"'").endswith(BLANK)
            phrase = self._phrase_after(verb.end, end) if behind_quote else self._subject(start, verb.start)
            if phrase and (speaker := self._speaker(phrase, verb.start)):
                return speaker
        return self._first_phrase(start, end)

    def _cataphor(self, start: int, at: int, end: int) -> str:
        """Return whom a pronoun means that runs ahead of its name: As she |denied it, Lund …"""
        if not re.match(r"\W*(?:As|While|When|Although|Though|After|Before)\s(?:he|she)\s", self.masked[start:at]):
            return ""
        subject = self._main_subject(start, end)
        named = [m for m in self._mentions(*subject) if m.person] if subject and subject[0] > at else []
        return named[0].name if named else ""

    def _first_phrase(self, start: int, end: int) -> str:
        at = start
        chunks = re.split(rf"[,;:{BLANK}]+", self.masked[start:end])
        for n, chunk in enumerate(chunks):
            stripped = re.sub(
                r"^(?:But|And|Yet|So|However|Later|Still|Just|Only|Even)\s+", "", chunk.strip(" (“”‘’\"'.!?—–\n")
            )
            begin = self.masked.find(stripped, at) if stripped else at
            at += len(chunk) + 1
            if not stripped or (PREPOSITION.match(stripped) and n + 1 < len(chunks)):
                continue
            found = re.match(rf"({PRONOUN}|his|her)\b", stripped, re.IGNORECASE)
            if found and n + 1 < len(chunks) and found[1].lower() in ("his", "her"):
                # "his secretary, Bo Ek," is Ek
                apposed = [
                    m
                    for m in self._mentions(begin, begin + len(stripped) + 12)
                    if m.person and m.start > begin + len(stripped)
                ]
                if apposed:
                    return apposed[0].name
            own = re.match(
                r"(?:his|her)\s((?:[\w-]+\s){0,3}?[\w-]+)$",
                POSTMODIFIER.split(stripped + " ")[0].rstrip(),
                re.IGNORECASE,
            )
            if (
                own
                and stands_for_a_person(own[1].split()[-1].lower())
                and not self._mentions(begin, begin + len(own.group()))
            ):
                return self._as_described(own[1], [])  # "his lawyer, in a letter, …"
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

    def _opening_person(self, start: int, end: int) -> str:
        """Return the person without a name with whom a sentence opens: A stranger turns and |yells, "…"."""
        opening = re.match(r"\W*((?:An?|One|Another)\s)((?:[a-z-]+\s){1,4})", self.masked[start:end])
        words = opening[2].split() if opening else []
        head = next((n for n, word in enumerate(words) if stands_for_a_person(word)), None)
        return self._as_described(" ".join(words[: head + 1]), []) if head is not None else ""

    def _joint(self, named: list[Mention]) -> str:
        lead = named[0].name.lower().split()
        if len(named) > 1 and lead[-1] in TITLES and lead[0] not in FIRST_NAMES:
            named = named[1:]  # "Postmaster General and chief executive Ada Lund"
        if len(named) > 1 and re.fullmatch(
            r"\s+and\s+(?:(?:[a-z-]+|[A-Z][\w.]+)\s+){0,4}", self.masked[named[0].end : named[1].start]
        ):
            return "; ".join(dict.fromkeys(m.name for m in named[:2]))
        return named[0].name

    def _speaker(self, phrase: str, at: int) -> str:
        """Return the one name of the speaker that `phrase`, standing near `at`, gives."""
        phrase = re.split(rf"[{BLANK}“”\"]", phrase.rstrip(f" ,.;:’”\"'{BLANK}"))[-1].strip(" ,.;:’'")
        phrase = re.sub(r"^(?:but|and|yet|so|while|though|although|as|when)\s+", "", phrase, flags=re.IGNORECASE)
        phrase = re.sub(r"^(?:even\s+)?with\s+", "", phrase)
        if not phrase:
            return ""
        if leading := re.match(r"(?:he|she)(?=\s)|it(?=\s(?:said|says|adds|added|noted)\b)", phrase, re.IGNORECASE):
            return self.people.by_pronoun(leading.group(), at)  # "he wrote at home, then |added"
        if re.fullmatch(r"another|one|a (?:second|third)", phrase, re.IGNORECASE):
            last = self.people.spoke[-1][1] if self.people.spoke else ""
            return last if last[:1].islower() and ";" not in last else ""  # another petitioner
        if called := re.search(r"\s(?:named|called)\s(?=[A-Z])", phrase):
            named = phrase[called.end() :].split()  # "a local named Lund"
            return next((m.name for m in self.people.mentions if m.name.split()[-1] == named[-1]), " ".join(named))
        if (same := re.match(r"the same ([a-z]+)$", phrase, re.IGNORECASE)) and (
            known := self.people.brought_in(same[1], at)
        ):
            return known
        if one := ONE_OF.match(phrase):
            described = self._as_described(phrase[one.end() :], [])
            described = re.sub(r"men$", "man", described)
            return described.removesuffix("s") if phrase.lower().startswith("one") else described
        phrase = re.sub(
            r"^(?:many|some|most|several|others) (?:in|of|among) (?=the\s)", "", phrase, flags=re.IGNORECASE
        )
        bare = re.sub(rf"^{DETERMINER}\s+", "", phrase, flags=re.IGNORECASE)
        for form in (phrase.lower(), bare.lower()):
            if form in self.aliases:
                return self.aliases[form]
        if found := re.search(
            rf"(?:^|\b(?:which|whom|that|where|as|what|more|then)\s|\s(?=(?:he|she|they|we)$))({PRONOUN})$",
            phrase,
            re.IGNORECASE,
        ):
            return self.people.by_pronoun(found[1], at)
        places = [p for p in (self.masked.rfind(phrase, 0, at + 1), self.masked.find(phrase, at)) if p >= 0]
        place = min(places, key=lambda p: abs(p - at), default=-1)
        named = [m for m in self.people.mentions if m.start < place + len(phrase) and m.end > place] if places else []
        people = [m for m in named if m.person]
        if re.match(r"(?:in|on|at|of|from|to|during|after|before|out|such as)\s", phrase, re.IGNORECASE):
            return people[-1].name if people and place + len(phrase) - people[-1].end <= 1 else ""
        opening = next((m for m in people if m.start == place), None)
        if opening and PAST.match(self.masked[opening.end : place + len(phrase)].lstrip().split("ly ")[-1]):
            return opening.name  # "Lund apologised for the words, |saying"
        if common_noun := self._common(phrase, place, people, at):
            return common_noun
        if len(people) > 1 and ";" in (joint := self._joint(people[-2:])):
            return joint
        if people and re.search(r"\b(?:of|for|from|at)\b", self.masked[people[0].end : people[-1].start]):
            return people[0].name
        # "said Meridian Wire of America President Ada Lund": a long title is no description.
        titled = (
            people
            and place + len(phrase) - people[-1].end <= 1
            and re.fullmatch(
                r"(?:(?:the|of|for|on|to|and|&|[A-Z][\w.&’'-]*)\s)*", self.masked[place : people[-1].start]
            )
        )
        if titled and not re.search(r"\b(?:of|for)\s$", self.masked[place : people[-1].start]):
            return people[-1].name
        head = re.split(r"\s(?:in|at|on|from|near|with|of|for|to|by|inside|outside|behind)\s", phrase)[0]
        opening = [m for m in named if m.start < place + len(head)]
        common = place in self.host_starts and not any(m.person or " " in m.name or m.name.isupper() for m in opening)
        if head != phrase and (not opening or common):
            speaker = self.people.by_description(re.sub(rf"^{DETERMINER}\s+", "", head, flags=re.IGNORECASE), at)
            speaker = speaker or self.people.brought_in(head.split()[-1], at)
            return speaker or self._as_described(bare, [])
        # "said Lund deputy Zulma Ek": a name of several words behind a common noun, though nothing else shows it a person's
        behind_noun = (
            named
            and " " in named[-1].name
            and place + len(phrase) - named[-1].end <= 1
            and re.search(r"\s[a-z][a-z-]{3,}\s$", self.masked[place : named[-1].start])
        )
        last = named[-1] if behind_noun else (people or named)[-1] if named else None
        if last and place + len(phrase) - last.end <= 2:
            return last.name
        if people and not self._modifies(people, place, place + len(phrase)):
            return people[-1].name
        if (age := AGED.match(phrase)) and (speaker := self._aged(age[1], bare, at)):
            return speaker
        if speaker := self.people.by_description(bare, at):
            return speaker
        if fuller := self.people.brought_in(POSTMODIFIER.split(bare + " ")[0].split()[-1], at):
            return fuller
        definite = phrase.lower().startswith(("the ", "this "))
        placed = (
            named and not people and re.fullmatch(r"[Tt]he [A-Z][a-z]+ [a-z]+", phrase) and " " not in named[-1].name
        )
        titled = named and not people and named[-1].name.split()[-1].lower() in TITLES  # "the former Marine General"
        return (
            self.people.by_epithet(bare, at) if definite and (placed or titled or not named) else ""
        ) or self._as_described(bare, named)

    def _common(self, phrase: str, place: int, people: list[Mention], at: int) -> str:
        """Return whom a phrase means whose head is no name: a document, several people, or somebody brought in."""
        head = POSTMODIFIER.split(phrase + " ")[0].rstrip()
        words = head.split()
        last = re.sub(r"\W+$", "", words[-1]) if words else ""
        limit = place + len(head)
        if re.fullmatch(rf"{DETERMINER} [A-Z]\w+s", phrase, re.IGNORECASE) and last.lower().removesuffix("s") in TITLES:
            return last  # "the Senators" are several
        if (
            not last
            or not last[0].islower()
            or any(place <= m.start and m.end >= limit - 1 for m in people if m.start < limit)
        ):
            return ""
        kind = kind_of_thing(last)
        if kind == "writing":
            return self.people.document(head, at)
        if kind == "body" and any(m.end < limit and self.masked[m.end : m.end + 2] in ("’s", "'s") for m in people):
            return head  # "Lund’s campaign"
        inside = [
            m
            for m in people
            if m.start >= limit and re.search(r"\b(?:named|called)\s", self.masked[limit : m.start + 1])
        ]
        several = last.endswith("s") and not last.endswith("ss") and last not in PAIRS and last not in BODIES
        if several or (INDEFINITE.match(phrase) and kind != "body" and not inside):
            return self._as_described(re.sub(rf"^{DETERMINER}\s+", "", phrase, flags=re.IGNORECASE), [])
        return ""

    def _aged(self, age: str, bare: str, at: int) -> str:
        """Return who is meant by "the 23-year-old": the one whose age the text gives, else whoever was just brought in."""
        known = [m.name for m in self.people.before(at) if re.match(rf", {age}\b", self.masked[m.end : m.end + 5])]
        return next(iter(known), "") or self.people.by_epithet(bare, at)

    def _modifies(self, people: list[Mention], start: int, end: int) -> bool:
        """Return whether a phrase's name only says whose: "a spokesman for Lund", "Lund's coach", "a Lund supporter"."""
        before, last = self.masked[start : people[0].start], people[-1].end
        rest = self.masked[last:end].strip()
        if re.match(rf"(?:{DETERMINER}|last|this|just|again|back|earlier|later)\b", rest, re.IGNORECASE):
            return False  # "President Lund a month ago"
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
            r"\s(?:outside|in|at|on|near|from|behind|inside|above|below|with|who|familiar|close)\s|\s(?:outside|inside)$",
            " ".join(words),
        )[0]
        text = re.split(r"\s(?:how|why|what|whether)\s(?:the\s)?", text)[-1]
        if CLAUSAL.search(text):
            return ""
        if not text or len(text.split()) > 8:
            return named[0].name if named else ""
        head = re.split(r"\s(?:of|for)\s", text)[0].split()[-1].lower()
        if head in ENGLISH_STOP_WORDS:
            return ""
        first = text.split()[0]
        proper = re.search(rf"[a-z,’]\s{re.escape(first)}\b", self.masked) or re.match(r"\S+ [A-Z]", text)
        if text[0].isupper() and not named and head not in BODIES | WRITINGS and not proper:
            return text[0].lower() + text[1:] if not text.isupper() and text.split()[0].istitle() else text
        return text
