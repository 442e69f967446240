"""Who is meant: the people that a text names, and what a pronoun, an office or a description resolves to.

Without a codebook the names come from the text itself: the longest form is the name, a surname or an office stands for
it later on. With one, its aliases decide first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from summit_analysis.text.person_words import (
    DAYS,
    DETERMINER,
    FEMALE,
    FEMALE_NAMES,
    FIRST_NAMES,
    JUNIOR,
    MALE,
    MALE_NAMES,
    OCCUPATION,
    OFFICES,
    OPENINGS,
    ORGANISATIONS,
    PARTIES,
    PLACE_WORDS,
    SAME,
    THINGS,
    TITLES,
    alike,
    content_words,
    last_name,
    same_person,
    stands_for_a_person,
)
from summit_analysis.text.verbs import VERBS

_ABBREVIATED = r"(?:U\.[SKN]|[A-Z]|Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Prof|Lt|Col|Sgt|Capt|Rev|Hon|Jr|Sr|St)\."
_WORD = rf"(?:(?:[A-Z]\.){{2,3}}(?=[ \u00a0][A-Z])|{_ABBREVIATED}|(?:al|el)-[A-Z]\w+(?:-[^\W\d_]\w*)*|[^\W\d_a-z][^\W_]*(?:[-’'](?!s\b)[^\W\d_]\w*)*)"
_PARTICLE = r"(?:de|del|della|da|di|van|von|der|den|ter|bin|ibn|al|el|la|le|du|dos|of|for)"
# "Gates Jr. The professor": what stands behind the junior is another sentence; "Committee on the Budget" is one name.
_ON = "|".join(rf"(?<={body} )on (?:the )?" for body in ("ommittee", "Commission", "Council", "Center", "Centre"))
RUN = re.compile(rf"(?<![\w’'-]){_WORD}(?:(?<!Jr\.)(?<!Sr\.)[ \u00a0](?:(?:{_PARTICLE} ){{0,2}}|{_ON}){_WORD})*")
VERBISH = re.compile(r"(?:^(?:told|said|says|met|asked|saw|sent|gave|made|let|put|set|like|thanked)|ed|ing)$")
# A word that starts another clause or phrase, so that what stands before it describes somebody else.
LINK = r"(?:of|which|who|whom|whose|in|with|by|from|to|where|when|as|and|but|for|on|at|that)"
# "the mayor of Oslo, veteran |Ada Lund"
APPOSED = re.compile(
    rf"(?:\b(?i:{DETERMINER})\s|[’']s\s)((?:[\w’'-]+\s?){{1,6}}),\s*(?:(?!{LINK}\b|\w+(?:ed|ing)\b)[a-z-]+\s){{0,3}}$"
)
PEOPLES = re.compile(r"(?:icans|ocrats|ians|uslims|ists|eans)$")


@dataclass(frozen=True)
class Mention:
    """A place where a text names somebody: ``text[start:end]``, and the name that the mention stands for."""

    start: int
    end: int
    name: str
    person: bool


@dataclass
class _Run:
    start: int
    end: int
    words: list[str]
    before: set[str] = field(default_factory=set)
    title: bool = False  # a title alone, which may yet be the surname of someone: King, Judge


def _indexed(names: Iterable[str], keys: Callable[[str], Iterable[str]]) -> dict[str, list[str]]:
    """Return the names that have each key, in their order."""
    index: dict[str, list[str]] = {}
    for name in names:
        for key in dict.fromkeys(keys(name)):
            index.setdefault(key, []).append(name)
    return index


class Names:
    """The people and bodies that one text names in its own words, with what it calls them."""

    def __init__(
        self, text: str, sentence_starts: list[int], aliases: Mapping[str, str], names: Sequence[str] = ()
    ) -> None:
        """Read `text`, in which quoted words have been blanked.

        `aliases` maps lower-case forms to names; `names` are full names that stand outside the prose.
        """
        self.text, self.aliases, self.starts = text, aliases, sentence_starts
        self._openings = frozenset(sentence_starts)
        self.descriptors: dict[str, set[str]] = {}
        self.mentions: list[Mention] = []
        self._genders: dict[str, str] = {}  # of the people whose first names do not tell it
        runs = [run for found in RUN.finditer(text) for run in self._parts(found)]
        surfaces = {run.words[-1] for run in runs}
        self._alone = self._collect_alone(runs)
        self._full_names = self._collect_full_names(runs)
        ends = {name.split()[-1] for name in self._full_names}
        self._full_names += [n for n in names if len(n.split()) > 1 and n.split()[-1] in surfaces - ends]
        # Names that can be one person's share their last word; a surname stands for names that hold it.
        self._by_last = _indexed(self._full_names, lambda name: [last_name(name)])
        self._by_word = _indexed(self._full_names, str.split)
        self._longest = {name: self._longest_form(name) for name in self._full_names}
        surfaces = dict.fromkeys(" ".join(run.words) for run in runs if len(run.words) > 1)
        bodies = [s for s in surfaces if any(word.lower() in ORGANISATIONS for word in s.split())]
        self._bodies = _indexed(bodies, lambda name: name.split()[-1:])
        surnames = {name.split()[-1] for name in self._full_names}
        for run in runs:
            if not run.title or run.words[0] in surnames:
                self._add(run)
        self.mentions += self._offices()
        self.mentions.sort(key=lambda m: m.start)
        self._genders = {}

    def _offices(self) -> list[Mention]:
        """Return where "the prime minister" stands for the one person whom the text has called so."""
        found = []
        people = {m.name for m in self.mentions if m.person}
        called = _indexed([name for name in self.descriptors if name], lambda name: sorted(self.descriptors[name]))
        taken = sorted((m.start, m.end) for m in self.mentions)
        for the in re.finditer(r"\b[Tt]he ((?:[\w-]+ ){0,2}[\w-]+)", self.text):
            words = the[1].split(" ")
            for length in range(len(words), 0, -1):
                phrase = [SAME.get(w.lower(), w.lower()) for w in words[:length]]
                if not stands_for_a_person(phrase[-1]):
                    continue
                fitting = [
                    name for name in called.get(phrase[-1], ())
                    if all(any(alike(w, d) for d in self.descriptors[name]) for w in phrase[:-1])
                ]  # fmt: skip
                if len(fitting) == 1 and fitting[0] in people:
                    end = the.start(1) + len(" ".join(words[:length]))
                    # Mentions do not overlap, so that the last to begin before it is the last to end.
                    last = bisect_left(taken, (end,)) - 1
                    if last < 0 or taken[last][1] <= the.start(1):
                        found.append(Mention(the.start(1), end, fitting[0], True))
                    break
        return found

    def _parts(self, found: re.Match[str]) -> list[_Run]:
        """Return the names of a capitalised run: "Ada Lund of Oslo" is two, "Ministry of Justice" one."""
        words = [(m.group(), found.start() + m.start()) for m in re.finditer(r"\S+", found.group())]
        pieces: list[list[tuple[str, int]]] = [[]]
        for word in words:
            last = pieces[-1][-1][0].lower() if pieces[-1] else ""
            if word[0] in ("of", "for") and last not in ORGANISATIONS | OFFICES:
                pieces.append([])
            else:
                pieces[-1].append(word)
        return [run for piece in pieces if piece and (run := self._strip(piece))]

    def _strip(self, words: list[tuple[str, int]]) -> _Run | None:
        """Return the run without opening words and titles, or None where nothing is left."""
        before: set[str] = set()
        opens = words[0][1] in self._openings
        whole = list(words)
        spoken = words[0][0].lower() in VERBS and words[0][0].endswith(("ed", "id", "rote", "dded"))
        if words and opens and (spoken or words[0][0].lower() in OPENINGS or words[0][0].endswith(("ly", "ing"))):
            words, opens = words[1:], False
        elif len(words) > 1 and words[0][0].lower() in ENGLISH_STOP_WORDS - FIRST_NAMES:
            words = words[1:]
        lower = [word.lower().rstrip(".") for word, _ in words]
        # "Senate Majority Whip Ada Lund": whatever stands before a first name is no part of the name.
        named = next((n for n, word in enumerate(lower[:-1]) if n > 1 and word in FIRST_NAMES), 0)
        office = named and (lower[named - 1] in TITLES or not any(word in TITLES for word in lower[:named]))
        if office and lower[0] not in FIRST_NAMES and not any(word in ORGANISATIONS for word in lower[named:]):
            before, words, lower = set(lower[:named]), words[named:], lower[named:]
        titled = [any(form in TITLES for form in (word, word.split("-")[0], word.removesuffix("s"))) for word in lower]
        # The last word is a title only where all are: "Steve King" is a name.
        last_title = len(words) - 1 if all(titled) else max((n for n, t in enumerate(titled[:-1]) if t), default=-1)
        if not any(word in ORGANISATIONS for word in lower[last_title + 1 :]):
            before |= set(lower[: last_title + 1])
            words, lower = words[last_title + 1 :], lower[last_title + 1 :]
            # "Zoologist Ada Lund", "PC Ada Lund": what stands before the first name is an occupation.
            first_follows = len(words) > 2 and lower[1] in FIRST_NAMES and lower[0] not in FIRST_NAMES
            capitals = len(words) > 2 and words[0][0].isupper() and len(words[0][0]) < 4 and "." not in words[0][0]
            if (first_follows and (opens or capitals) and not before) or (
                len(words) > 2 and opens and not before and OCCUPATION.search(lower[0]) and lower[0] not in FIRST_NAMES
            ):
                before.add(lower[0])
                words = words[1:]
        while words and words[0][0] in ("of", "for", "and"):
            words = words[1:]
        # "Speaker of the House Ada Lund", "Ambassador to the United Nations Ada Lund"
        known = next((n for n, (word, _) in enumerate(words[:-1]) if n and word.lower() in FIRST_NAMES), 0)
        lead = [word.lower() for word, _ in words[:known]]
        if (
            known
            and any(w in ORGANISATIONS | THINGS or OCCUPATION.search(w) for w in lead)
            and lead[0] not in FIRST_NAMES
        ):
            before |= set(lead)
            words = words[known:]
        loud = next(
            (n for n, (word, _) in enumerate(words) if not (word.isupper() and len(word) > 2 and "." not in word)), 0
        )
        if loud and not any(word.lower() in ORGANISATIONS | THINGS for word, _ in words[loud:]):
            words = words[loud:]  # "JUST IN Lund", "NPR Lund": the end of a line in capitals
        # Theresa May and Mrs May are no months.
        named = bool(before) or (len(words) > 1 and words[0][0].lower() in FIRST_NAMES)
        words = [w for n, w in enumerate(words) if w[0].lower() not in DAYS or (named and n == len(words) - 1)]
        if not words and len(whole) == 1 and not opens:
            return _Run(whole[0][1], whole[0][1] + len(whole[0][0]), [whole[0][0]], set(), title=True)
        while len(words) > 2 and words[-1][0] in ("CEO", "CFO", "MP", "MEP", "MSP", "QC", "KC", "PhD", "MD"):
            words = words[:-1]  # "Ada Lund CEO"
        if not words or words[-1][0].lower() in PARTIES:
            return None  # "the Ohio Republican" is a description
        start, (last, at) = words[0][1], words[-1]
        return _Run(start, at + len(last), [word for word, _ in words], before)

    def _collect_full_names(self, runs: list[_Run]) -> list[str]:
        full: dict[str, None] = {}
        singles = {run.words[0] for run in runs if len(run.words) == 1}
        for run in runs:
            name = " ".join(run.words)
            if len(run.words) > 1 and name not in full and self._looks_like_a_person(run, singles):
                full[name] = None
        return list(full)

    def _collect_alone(self, runs: list[_Run]) -> dict[str, tuple[int, set[str]]]:
        """Return where each surname first stands alone, and all the titles that it stands with."""
        alone: dict[str, tuple[int, set[str]]] = {}
        for run in runs:
            if len(run.words) == 1:
                start, titles = alone.get(run.words[0], (run.start, set()))
                alone[run.words[0]] = (start, titles | run.before)
        return alone

    def _is_another(self, name: str, run: _Run) -> bool:
        """Return whether a surname alone is not the one with this full name: "Mr. Lund" is not his wife, Ada Lund."""
        start, titles = self._alone.get(run.words[-1], (run.start, set()))
        first = name.split(maxsplit=1)[0].lower()
        known = "f" if first in FEMALE_NAMES else "m" if first in MALE_NAMES else ""
        gender = "f" if titles & FEMALE and not titles & MALE else "m" if titles & MALE and not titles & FEMALE else ""
        if known and gender and known != gender and not run.before & (FEMALE if known == "f" else MALE):
            return True
        begins = self.text.find(name)
        kin = re.search(
            r"\b(?:wife|husband|son|daughter|brother|sister|mother|father|first lady),? $",
            self.text[max(0, begins - 14) : begins],
            re.I,
        )
        return bool(kin) and start < begins and not run.before & (FEMALE if known == "f" else frozenset())

    def _longest_form(self, name: str) -> str:
        """Return the longest of the names that can be the same person's: Ada Lund, Ada M. Lund; Mike, Michael Ek."""
        same = [other for other in self._by_last[last_name(name)] if same_person(name, other)]
        return max(same, key=lambda other: (len(other.split()), len(other)))

    def _looks_like_a_person(self, run: _Run, singles: set[str]) -> bool:
        lower = [word.lower() for word in run.words]
        if any(word in ORGANISATIONS or word in ("of", "for") for word in lower) or all(w.isupper() for w in run.words):
            return False
        if (
            lower[0] in PLACE_WORDS
            or lower[0] in ENGLISH_STOP_WORDS - FIRST_NAMES
            or (lower[-1] in ENGLISH_STOP_WORDS | DAYS and lower[0] not in FIRST_NAMES)
            or any(word in ENGLISH_STOP_WORDS and run.words[n + 1][0].isupper() for n, word in enumerate(lower[1:-1]))
        ):
            return False
        if lower[0] not in FIRST_NAMES and (any(w in THINGS for w in lower) or PEOPLES.search(lower[-1])):
            return False
        before = self.text[max(0, run.start - 40) : run.start]
        after = self.text[run.end : run.end + 14]
        return bool(
            run.before
            or lower[0] in FIRST_NAMES
            or run.words[-1] in singles
            or run.words[-1] in JUNIOR
            or re.match(r", (?:\d{2},|who\b|a\b|an\b|the\b)", after)
            or re.search(
                r"(?:^|[\s(])(?:[a-z-]+(?:er|or|ist|man|woman|ian|ant|ent|eer|ess|chief|mate|coach|head|boss)),? $",
                before,
            )
            or (
                re.match(
                    r",? (?:who|is|was|has|had|said|says?|will|would|and|\w+ed|told|wrote|met|took|saw|came|left|won|lost|sees)\b",
                    after + " ",
                )
                and len(run.words) < 4
                and not re.search(r"\b(?:in|at|from|to|near|of|on|the|by|via|for|off|across|into|this)\s$", before)
            )
            or re.search(rf"(?:\b{DETERMINER}|[’']s)\s(?:[a-z][\w-]*\s?){{1,4}},\s$", before, re.IGNORECASE)
            or re.search(r"(?:said|says|told|and|with|by|wrote|met|beat|[a-z]+ed)\s$", before)
        )

    def _add(self, run: _Run) -> None:
        name, person = self._name_of(run)
        self.mentions.append(Mention(run.start, run.end, name, person))
        self.descriptors.setdefault(name, set()).update({SAME.get(w, w) for w in run.before} | self._described(run))

    def _name_of(self, run: _Run) -> tuple[str, bool]:
        surface = " ".join(run.words)
        if len(run.words) == 1 and surface.isupper() and len(surface) > 2:
            spoken = [name for name in self._full_names if name.split()[-1].upper() == surface]
            surface = spoken[0].split()[-1] if spoken else surface  # "LUND: We left."
            run = replace(run, words=[surface])
        if surface.lower() in self.aliases:
            return self.aliases[surface.lower()], True
        if surface in self._longest:
            name = self._longest[surface]
            return self.aliases.get(name.lower(), name), True
        matching = [name for name in self._by_word.get(run.words[0], ()) if set(run.words) <= set(name.split())]
        if len(run.words) == 1 and matching and all(self._is_another(name, run) for name in matching):
            return surface, True
        if matching and len(run.words) < 3:
            titled = self._gendered(matching, run.before)
            same_end = [name for name in titled if name.split()[-1] == run.words[-1]]
            return self._longest[(same_end or titled)[0]], True
        longer = [name for name in self._bodies.get(run.words[-1], ()) if name.endswith(" " + surface)]
        if len(longer) == 1:
            return longer[0], False
        # "His wife, Dot,": a first name in apposition, or one with a title.
        before = self.text[max(0, run.start - 40) : run.start]
        apposed = re.search(rf"(?:\b{DETERMINER}|[’']s)\s(?:[a-z-]+\s?){{1,3}},\s$", before, re.IGNORECASE)
        known = run.words[0].lower() in FIRST_NAMES
        return surface, len(run.words) == 1 and bool(run.before or (apposed and not run.words[0].isupper()) or known)

    def _gendered(self, names: list[str], titles: set[str]) -> list[str]:
        gender = "f" if titles & FEMALE else "m" if titles & MALE else ""
        return [name for name in names if gender and self.gender_of(name) == gender] or names

    def _described(self, run: _Run) -> set[str]:
        """Return what the text calls a person right before or after the name: "the mayor, Ada Lund, a lawyer,"."""
        words: set[str] = set()
        before = self.text[max(0, run.start - 90) : run.start]
        apposed = re.search(r",\s*(?:[a-z-]+\s){0,3}$", before) and APPOSED.search(before)
        if apposed:
            words |= content_words(apposed[1])
        else:
            for token in reversed(re.findall(r"[\w’'-]+|[^\w\s]", before)[-5:]):
                if not token[0].isalnum() or token.lower() in ENGLISH_STOP_WORDS or VERBISH.search(token):
                    break
                words |= content_words(token)
        after = self.text[run.end : run.end + 120]
        for pattern in (
            rf",\s+(?:{DETERMINER}\s|[\w-]+[’']s\s)?((?!who\b|which\b)[\w’' -]{{2,60}}?)(?=[,.;]|$)",
            rf"(?:,? who)?\s(?:is|was|became|becomes|took over as|serves as|served as|has been|works as)\s(?:{DETERMINER}\s)?([\w’' -]{{2,40}})",
        ):
            if found := re.match(pattern, after):
                words |= content_words(found[1])
        return words

    def between(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that begin in ``text[start:end]``."""
        first = bisect_left(self.mentions, start, key=lambda m: m.start)
        return self.mentions[first : bisect_left(self.mentions, end, first, key=lambda m: m.start)]

    def gender_of(self, name: str) -> str:
        """Return "f", "m", or "" where neither titles nor the first name tell."""
        words = self.descriptors.get(name, set())
        if words & FEMALE and not words & MALE:
            return "f"
        if words & MALE and not words & FEMALE:
            return "m"
        first = name.split(maxsplit=1)[0].lower() if name else ""
        for piece in (first, first.split("-")[0]):
            if piece in FEMALE_NAMES:
                return "f"
            if piece in MALE_NAMES:
                return "m"
        return ""

    def gender_by_pronoun(self, name: str) -> str:
        """Return the gender of the pronouns that follow a name where its sentence names nobody else."""
        if name not in self._genders:
            self._genders[name] = ""  # mentions are still being read where this is asked the first time
            votes = {"m": 0, "f": 0}
            people = [m for m in self.mentions if m.person]
            for number, mention in enumerate(people):
                if mention.name != name or (number and self._together(people[number - 1], mention)):
                    continue
                end = next((m.start for m in people[number + 1 :] if m.name != name), len(self.text))
                stops = [start for start in self.starts if start > mention.start][:2]
                sentences = self.text[mention.end : min([end, *stops[1:], mention.end + 400])]
                if found := re.search(r"\b(?:(he|his|him|himself)|(she|her|herself))\b", sentences, re.IGNORECASE):
                    votes["m" if found[1] else "f"] += 1
            self._genders[name] = "m" if votes["m"] > votes["f"] else "f" if votes["f"] > votes["m"] else ""
        return self._genders[name]

    def _together(self, one: Mention, two: Mention) -> bool:
        """Return whether two mentions of different people stand in one sentence."""
        return one.name != two.name and not any(one.start < start <= two.start for start in self.starts)
