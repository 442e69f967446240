"""What a sentence of a text says of speaking: its reporting verbs and their subjects."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summit_analysis.text.names import Mention
from summit_analysis.text.person_words import DETERMINER
from summit_analysis.text.reference import People
from summit_analysis.text.verbs import BASE, BESIDE, CLAUSAL, NOUNS, PARTICIPLES, SPOKEN, THIRD, VERB, VERBS, Verb

BLANK = "\u2063"  # stands for each quoted character; no letter, so no rule takes it for a word
PRONOUN = r"(?:he|she|they|it|we|i)"
ADVERB = (
    r"(?:(?-i:[a-z]+ly)|also|then|later|once|again|never|ever|always|often|even|only|just|had|has|have|having|was|were|is|are|be|"
    r"been|would|will|could|can|may|might|must|should|did|does|do|not|to|now|soon|still|already|all|previously|afterwards|"
    r"himself|herself|recently|long|earlier|first|twice|yesterday|today|both|abruptly|back then|"
    r"(?:late |early )?(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|night|evening|afternoon))?|"
    r"(?:last|this) (?:week|month|year|spring|summer|fall|autumn|winter)|(?:on|via) (?:Twitter|Facebook)|"
    r"in (?:an?|the) (?:statement|interview|tweet|post|email|speech|letter|memo|video))"
)
PREPOSITION = re.compile(
    r"(?:in|on|at|after|before|when|while|during|outside|inside|despite|with|without|as|for|from|by|since|until|if|"
    r"although|though|because|like|unlike|asked|speaking|pointing|standing|following|amid|under|over|ahead|across|next|near|beside|behind|below|above|around|instead|however|later|"
    r"(?:hours|days|weeks|months|minutes|years|moments|shortly|soon|long) (?:before|after|earlier|later|ago)|earlier|late|meanwhile|yesterday|today|ultimately|finally|where|once|according)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r"(?:[;:—–,(]|\b(?:but|while|whereas|as|when|that|because|though|although|where|if|after|since|before|until|and|or|yet|so)\b)",
    re.IGNORECASE,
)
# "Ada Lund and Bo Ek of the bank |warn"
JOINT = re.compile(r"[A-Z][\w’-]+ and (?:[\w.]+ )*?[A-Z][\w’-]+ (?:of (?:[\w’-]+ ){1,5})?$")
# What may stand between a comma and the name it sets beside a description: ", former president Lund".
APPOSED = re.compile(
    r"\s*(?:(?!by\b|who\b|which\b|of\b|in\b|with\b|from\b|\w+ed\b)[a-z-]+\s|(?:[A-Z][\w-]*\.?\s)){0,4}"
)
# A determiner and an adjective, behind which a form in -s is a noun.
MODIFIED = re.compile(
    rf"\b(?:{DETERMINER}|these|those|any)\s(?:\w+(?:ous|ful|less|able|ible)|earlier|recent|previous|initial|false|early|latest|"
    r"misleading|conflicting)\s$|\w-(?:run|led|held|controlled|leaning)\s$|\b(?:swing|blue|red|member|battleground|neighbou?ring|southern|northern|gulf)\s$",
    re.IGNORECASE,
)
# "a spokesman for President Ek", whose own name may follow.
BEHALF = re.compile(rf"{DETERMINER}\s(?:[a-z-]+\s){{1,4}}(?:of|for|to|at|with)\s", re.IGNORECASE)
PAST = re.compile(
    r"(?<!-)\b(?:(?:did|does|do|was|were|is|are|has|have|had|would|could|should|ca|wo)n[’']t|[a-z]+ed|met|took|came|left|held|ran|won|lost|saw|gave|made|went|was|were|is|has|had|have|are|put|let|got|did|"
    r"stood|sat|fell|rose|found|kept|led|sent|brought|bought|built|became|will|would|could|can|does|do)\b"
)


class Clauses:
    """The sentences of one text whose quoted words have been blanked: `masked`, and the people it names."""

    def __init__(self, masked: str, host_starts: list[int], aliases: dict[str, str], names: Sequence[str] = ()) -> None:
        self.masked, self.host_starts, self.aliases = masked, host_starts, aliases
        self.people = People(masked, host_starts, aliases, names)
        self._verbs_of: dict[tuple[int, int], list[Verb]] = {}

    def _unlisted(self, start: int, end: int) -> Verb | None:
        """Return a verb that the lexicon lacks where only a reporting verb can stand: "…," bemoaned Senator Lund."""
        rest = self.masked[start:end]
        for pattern in (
            r"(\w+ed)\s+(?=[A-Z]|the\s|a\s)",
            r"(?:[A-Z][\w.’'-]+\s+){1,4}(\w+ed)\b",
            r"(?:he|she|they)\s+(\w+ed)\b",
        ):
            if found := re.match(pattern, rest):
                return Verb(start + found.start(1), start + found.end(1), found[1].lower())
        return None

    def _verbs(self, start: int, end: int) -> list[Verb]:
        if (start, end) not in self._verbs_of:  # several rules ask for the same clause
            found = (
                Verb(start + m.start(), start + m.end(), m.group().lower())
                for m in VERB.finditer(self.masked[start:end])
            )
            self._verbs_of[start, end] = [verb for verb in found if self._is_verb(verb, start)]
        return self._verbs_of[start, end]

    def _is_verb(self, verb: Verb, start: int) -> bool:
        """Return whether a form that may be a noun stands as a verb here: "they claim", not "the claim"."""
        before = self.masked[max(start, verb.start - 80) : verb.start].rsplit(BLANK, 1)[-1]
        previous = re.search(r"([\w’']+)\W*$", before)
        word = previous[1] if previous else ""
        capital = self.masked[verb.start].isupper() and not self.masked[verb.start : verb.end].isupper()
        if capital and word[:1].isupper() and before.endswith(f"{word} ") and len(word) > 1:
            return False  # "the United States"
        if re.search(r"[’']s$", word) and not re.match(r"\s[“‘\"']", self.masked[verb.end : verb.end + 2]):
            return False  # "the country's proposed tariff"
        behind = self.masked[verb.end : verb.end + 12]
        if verb.form in BESIDE and not (re.match(rf"\s?[,.:]?\s*[“‘\"'{BLANK}]|\s?[.,:]", behind) or before == ""):
            return False
        if verb.form in CLAUSAL and not re.match(r",?\s(?:that|it|they|he|she|no|there)\b|[:.,]", behind):
            return False
        if verb.form in ("added", "adding", "adds") and re.match(
            rf"\s(?:an?|another|more|new|to|up|\d+)\b(?![^.;{BLANK}]{{0,60}}:)", self.masked[verb.end : verb.end + 80]
        ):
            return False  # "she added a comedy"
        if verb.form == "named" and re.search(r"\b(?:an?|one)\s(?:[\w-]+\s){1,3}$", before, re.IGNORECASE):
            return False  # "a local named Lund"
        if verb.form.startswith("compar"):  # only where words stand for the other thing: "he compared it to “hell”"
            return bool(
                re.match(
                    rf"\s[^.;:,{BLANK}]{{2,60}}\s(?:to|with)\s(?:an?\s|the\s)?[“\"‘']",
                    self.masked[verb.end : verb.end + 80],
                )
            )
        if re.search(r"\w-$", self.masked[max(start, verb.start - 3) : verb.start]):
            return False  # "so-called"
        if VERBS.get(verb.form, ("", ""))[0] == "speak" and behind.startswith(" with "):
            return False
        opening = self.masked[start : verb.start].lstrip()
        if re.search(r"\d $", before) or (
            verb.form in THIRD
            and PREPOSITION.match(opening)
            and re.fullmatch(r"\S+ (?!he\b|she\b|they\b|it\b)\w+ ?", opening)
        ):
            return False  # "in floor remarks", "all 50 states"
        if re.search(r"\b(?:an?|the|its|his|her|their)\s$", before, re.IGNORECASE) and re.match(
            r"\s[a-z]{3,}\s\w", behind
        ):
            return False  # "the posted email says"
        touching = before.endswith(" ") and not re.search(r"[,;:]\s$", before)
        if verb.form in BASE and VERBS[verb.form][0] == verb.form and verb.form not in ("read", "quoth"):
            return word == "to" or (
                verb.form in SPOKEN
                and bool(
                    re.fullmatch(
                        r"to|would|will|could|can|may|might|must|should|not|they|we|I|you|who|and|did|does|never", word
                    )
                    or (
                        touching
                        and re.fullmatch(
                            r"(?!(?:his|its|this|has|was|does|as)$)[A-Za-z][a-z]+(?<!ou)(?<!s)s|people|police|men|women|staff",
                            word,
                        )
                    )
                    or (touching and JOINT.search(before))
                    or (
                        verb.form in ("say", "insist", "argue", "believe", "think")
                        and touching
                        and re.fullmatch(r"(?!(?:his|its|this)$)\w*s", word)
                    )
                )
            )
        if (
            verb.form in NOUNS
            and verb.form in THIRD
            and re.match(r"\s(?:of|in|to|from|among|about|between|and)\b", behind)
        ):
            return False
        if verb.form in THIRD and verb.form not in ("says", "tells", "writes", "insists"):
            if verb.form in NOUNS and MODIFIED.search(before):
                return False  # "the erroneous reports"
            return not re.fullmatch(
                rf"{DETERMINER}|of|in|for|by|with|via|from|about|through|into|no|any|new|other|these|those|many|few|several|all|both|some|most|such|two|three|his",
                word.lower(),
            )
        if re.search(rf"\b{DETERMINER}\s\w+ly\s$", before, re.IGNORECASE) and re.match(r"\s[A-Za-z]", behind):
            return False  # "a recently announced investigation"
        if verb.form in PARTICIPLES:
            if verb.form in NOUNS and re.search(
                rf"(?:\b{DETERMINER}|[’']s)\s(?:[\w-]+\s){{1,3}}$", before, re.IGNORECASE
            ):
                return False  # "the agency's favourable rating"
            nominal = verb.form in NOUNS and word.lower() in ("for", "by")
            return not (nominal or re.fullmatch(rf"{DETERMINER}|of", word.lower())) or "saying" in verb.form
        return not (
            touching
            and re.fullmatch(r"the|a|an|its|his|her|their|our|this|that’s", word.lower())
            and VERBS[verb.form][1] != "neutral"
        )

    def _finite(self, verb: Verb) -> bool:
        """Return whether a verb has a subject of its own: "critics say", "he is calling it", not "to say", "calling"."""
        before = self.masked[max(0, verb.start - 30) : verb.start].rstrip()
        if verb.participle:
            return bool(
                re.search(
                    r"\b(?:is|are|was|were|been|be|am|[’'](?:s|re|m))(?:\s(?:\w+ly|already|now|also|not))?$", before
                )
            )
        return not verb.subjectless or not re.search(r"\b(?:to|and|or|by)$", before)

    def _first_verb(self, start: int, end: int) -> Verb | None:
        verbs = self._verbs(start, end)
        if len(verbs) > 1 and verbs[0].form in THIRD:  # "the talking points memo reads"
            between = self.masked[verbs[0].end : verbs[1].start]
            if verbs[1].form in ("says", "said", "reads", "read") and re.fullmatch(r"\s(?:[a-z]+\s){1,2}", between):
                return verbs[1]
        return next(iter(verbs), None)

    def _last_verb(self, start: int, end: int) -> Verb | None:
        verbs = self._verbs(start, end)
        if not verbs:
            return None
        last_clause = start + self.masked[start:end].rfind(";")
        verbs = [verb for verb in verbs if verb.start > last_clause] or verbs
        spoken = [verb for verb in verbs if verb.stance != "holding"]
        return (spoken or verbs)[-1]

    def _main_verb(self, start: int, end: int) -> Verb | None:
        """Return the reporting verb that the sentence turns on: finite, and not behind its first dozen words."""
        verbs = [v for v in self._verbs(start, end) if v.stance != "holding" and not v.participle]
        verbs = [v for v in verbs if not (v.subjectless and self._declined(start, v.start))]
        return verbs[0] if verbs and self._subject(start, verbs[0].start) else None

    def _declined(self, start: int, at: int) -> bool:
        """Return whether nothing is said: "declined to |comment"."""
        return bool(
            re.search(r"\b(?:declin|refus|fail)(?:ed|es|ing)\sto\s(?:\w+\s(?:or|and)\s)?$", self.masked[start:at])
        )

    def _mentions(self, start: int, end: int) -> list[Mention]:
        return self.people.between(start, end)

    def _subject(self, start: int, end: int) -> str:
        """Return the phrase that is the subject of the verb at `end`, ``""`` where it is left out (", and said")."""
        clause = self.masked[start:end]
        clause = re.sub(rf"(?:\s+{ADVERB})+\s*$", " ", clause)
        clause = re.sub(rf"(?:(?<=[\s{BLANK}])|^){ADVERB}\s+$", "", clause).rstrip()
        clause = re.sub(r"\s*\([^)]{1,40}\)$", "", clause)  # Lund (Labour) |said
        clause = re.sub(r"(?<=[—–])(?:has|had|have|also)\s*$", "", clause)
        if dashed := re.search(r"\s?(?:[—–]|--)\s?[^—–]{2,160}?\s?(?:[—–]|--)$", clause):
            clause = clause[: dashed.start()]  # Lund – who heads the bank – |said
        relative = re.search(r"[,\s](who|which|that)$", clause)
        if relative:
            clause = clause[: relative.start()].rstrip(" ,")
            thing = re.search(rf"\b{DETERMINER}\s[\w\s-]+$", clause) if relative[1] != "who" else None
            if thing:
                return re.split(r"\b(?=(?:the|a|an)\s)", thing.group())[-1]
            named = [m for m in self._mentions(start, start + len(clause)) if m.end == start + len(clause)]
            if not named and relative[1] == "who" and (aside := re.search(r",\s(?:an?|the)\s[^,]*$", clause)):
                at = start + aside.start()  # "Lund, a former aide, who |said"
                named = [m for m in self._mentions(start, at) if m.person and m.end == at]
            if named:
                return self.masked[named[0].start : named[0].end]
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
        # "Dr Lund, director of the bank told …": the comma that should close the aside is missing.
        head = [m for m in self._mentions(start, start + cut) if m.person and m.end == start + cut - 1]
        if head and clause[cut - 1 : cut] == "," and not ends and re.match(r"\s[a-z]", clause[cut : cut + 2]):
            return self.masked[head[-1].start : head[-1].end]
        # "Lund, head of the bank and a friend of Ek |said": the same where the aside goes on.
        comma = clause.rfind(",")
        named = [m for m in self._mentions(start, start + len(clause)) if m.person and m.end == start + comma]
        aside = clause[comma + 1 :]
        if (
            named
            and not any(m.person for m in ends)
            and not PAST.search(aside)
            and re.match(rf"\s(?:{DETERMINER}\s|[a-z]|[A-Z]{{2}})", aside)
        ):
            return self.masked[named[0].start : named[0].end]
        phrase = clause[cut:].strip(f" {BLANK}’”\"'.!?—–-")
        if ends and not phrase.endswith(self.masked[ends[0].start : ends[0].end].rstrip(".")):
            return self.masked[ends[0].start : ends[0].end]
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
            if n + 1 < len(chunks) and BEHALF.match(phrase) and (own := self._names_all(at, at + len(chunks[n + 1]))):
                return own
            if named or re.fullmatch(PRONOUN, phrase, re.IGNORECASE):
                return self._tail(chunk.rstrip(), begin - (len(chunk) - len(chunk.lstrip())))
            # "The founder, Aurel Matei," – the name stands in the aside.
            if n + 1 < len(chunks):
                follow = [m for m in self._mentions(at, at + len(chunks[n + 1])) if m.person and m.start <= at + 32]
                follow = [m for m in follow[:1] if APPOSED.fullmatch(self.masked[at : m.start])]
                if follow:
                    return self.masked[follow[0].start : follow[0].end]
            return phrase
        return ""

    def _names_all(self, start: int, end: int) -> str:
        """Return the name of a person that fills an aside: a spokesman for Ek, |Ada Lund|, said."""
        start += len(self.masked[start:end]) - len(self.masked[start:end].lstrip())
        named = [m for m in self._mentions(start, end) if m.end >= start + len(self.masked[start:end].rstrip())]
        return self.masked[named[0].start : named[0].end] if named and named[0].start == start else ""

    def _phrase_after(self, start: int, end: int, *, cut: bool = False) -> str:
        """Return the noun phrase that begins at `start`: said |director Ada Lund, who …"""
        rest = self.masked[start:end]
        within = rf"(?:(?<!\w)[A-Z]\.|[^,;:.—–(\n{BLANK}“\"])++"  # U.S., John F.
        found = re.match(rf"\s*((?:No\.\s)?{within}(?:\.(?=\s?[A-Z]){within})?)", rest)
        if not found:
            return ""
        phrase = re.split(
            r"\s(?:who|which|that|in|on|after|before|as|when|while|at|during|told|from|last|earlier|later)\s",
            found[1] + " ",
        )[0].strip()
        if verb := PAST.search(phrase):
            participle = verb.group().endswith("ed")
            if not cut and not (
                participle and re.match(rf"{DETERMINER}\s[\w-]+\s\S", phrase[: verb.start()], re.IGNORECASE)
            ):
                return ""
            phrase = phrase[: verb.start()].strip()
        begin = start + found.start(1)
        aside = re.match(r",[^,;.:]{3,40}(?=[,.])", rest[found.end() :])
        if (
            aside
            and BEHALF.match(phrase)
            and (own := self._names_all(start + found.end() + 1, start + found.end() + aside.end()))
        ):
            return own
        named = [m for m in self._mentions(begin, begin + len(phrase)) if m.person]
        if not named:
            apposed = [
                m for m in self._mentions(start + found.end(), end) if m.person and m.start <= start + found.end() + 16
            ]
            if apposed and rest[found.end() : found.end() + 1] == ",":
                return self.masked[apposed[0].start : apposed[0].end]
        return phrase
