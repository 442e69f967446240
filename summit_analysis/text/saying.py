"""The verbs of a sentence that give words or thoughts to somebody: who says what.

========================  ============================================
pattern                   example
========================  ============================================
speaker, verb, clause     Lund wrote on X that the vote was lost.
speaker, verb, thing      Lund called the vote a farce.
clause, speaker, verb     The vote was lost, Lund said on Monday.
clause, verb, speaker     The vote was lost, say two of the tellers.
aside                     The vote, Lund said, was lost.
========================  ============================================
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from summit_analysis import lexicons
from summit_analysis.text.clause_spans import Cue, Sentence
from summit_analysis.text.clauses import BLANK, PAST
from summit_analysis.text.verbs import VERBS

_LISTS = tomllib.loads(files(lexicons).joinpath("commitment.toml").read_text(encoding="utf-8"))


def _forms() -> dict[str, str]:
    """Return the lemma of each form; verbs of thought are no reporting verbs of quotations, so that list lacks some."""
    forms = {form: lemma for form, (lemma, _) in VERBS.items()} | dict.fromkeys(("put", "puts", "putting"), "put")
    for lemma in ("suspect", "assume", "doubt", "testify"):
        stem = lemma.removesuffix("e")
        forms |= dict.fromkeys((lemma, f"{lemma}s", f"{stem}ed", f"{stem}ing"), lemma)
    return {form: lemma for form, lemma in forms.items() if lemma in SAYING or lemma in CALLING}


SAYING, CLAUSAL, BARE, INFINITIVE, HOLDING = (
    frozenset(_LISTS[name]) for name in ("saying", "clausal", "bare", "infinitive", "holding")
)
_THING = {
    "none": r"\s(?!(?:off|for|on|in|up|out|back|upon|from|to|at|by|with)\b)[\w“‘]",
    "about": r"\s(?:of|about)\b",
    "for": r"\s[^.;,]{1,80}?\s(?:for|on)\b",
}
# What must follow each verb of calling.
CALLING = {
    lemma: re.compile(_THING.get(word, rf"\s[^.;,]{{1,80}}?\s{word}\b"))
    for word, lemmas in _LISTS["calling"].items()
    for lemma in lemmas
}
FORMS = _forms()
VERB = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(FORMS, key=len, reverse=True))})(?![\w-])", re.IGNORECASE)
AUXILIARY = r"(?:is|are|was|were|has|have|had|will|would|did|does|may|might|could|can|should)"
FINITE = re.compile(rf"{PAST.pattern}|\b(?:{AUXILIARY}|must|shall)\b|\bto\s(?:be|have)\b", re.IGNORECASE)
BEGINS = r"(?:the|an?|he|she|it|they|we|there|this|his|her|its|their|no|all|both|that)"
# To whom, where and when somebody says it.
ADJUNCT = re.compile(
    r"(?:\s(?:reporters|journalists|parliament|lawmakers|officials|investors|fans|him|her|them|me|us|himself|herself|"
    r"(?:an?|the|his|her|their|its)\s(?:[\w-]+\s){0,3}?(?:conference|briefing|court|paper|newspaper|committee|inquiry|inquest|"
    rf"agency|radio|crowd|interview|audience|hearing)|(?:on|in|at|to|during|via)\s(?:[\w’-]+\s){{0,4}}?[\w’-]+(?=\s{BEGINS}\s)|"
    rf"(?-i:[A-Z])[\w’.-]*(?:\s(?-i:[A-Z])[\w’.-]*){{0,2}}(?=\s{BEGINS}\s)))?",
    re.IGNORECASE,
)
LEADING = r"(?:on|in|at|by|to|for|of|about|as|and|or|after|before|until|from|with|without|over|under|through|between|against|into|during|despite|last|yesterday|earlier|later|meanwhile|however|today|now|still|then|yes)"
ANAPHORIC = re.compile(
    rf"(?:\s(?:{LEADING}|this|today|\w+day|\w+ly|reporters|journalists|lawmakers|parliament|the\s\w+|(?-i:[A-Z])\w+)\b.*)?",
    re.IGNORECASE,
)
DETERMINED = re.compile(
    r"(?:the|an?|his|her|its|their|these|those|no|any|some|such|many|of|for|false|\w+[’']s|recent|new|other)$",
    re.IGNORECASE,
)
PLURAL = re.compile(
    r"[A-Za-z-]+(?<!s)s|people|police|men|women|they|we|you|who|staff|many|most|some|others|can|did|do|does|may|might|"
    r"must|will|would|should|\w+ly",
    re.IGNORECASE,
)
NO_NOUNS = frozenset(["says", "tells", "writes", "insists", "argues", "admits", "believes", "thinks", "adds"])
SINGULAR = re.compile(r"(?:the|an?)\s\w+(?<!s)\s$", re.IGNORECASE)
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\s(?:\w+ly\s|also\s|since\s)?$")
UNSAID = re.compile(
    r"\b(?:not|n[’']t|never|(?:nobody|no one|none)(?:\s(?:could|would|can|has|had))?|declin\w+\sto|refus\w+\sto|fail\w+\sto|without|avoid\w+|neither|cannot)\s(?:\w+\s(?:or|and)\s)?$",
    re.IGNORECASE,
)
# "The Herald can reveal": so an outlet speaks of itself.
OWN, TELLS = frozenset(["reveal", "report", "confirm", "disclose"]), re.compile(r"\bcan\s(?:now\s|exclusively\s)?$")
OPENS = re.compile(r"[,“\"”(]\s?|\b(?:that|and|but|while|after|because|as|when|who|which|before|if|though)\s")
QUOTED = re.compile(rf"(?:{BLANK}|[”’\"])\W*$")
CLOSING = re.compile(r"(?:[,?!…][”’\"']?|[”\"])\s+(?:as\s)?$")
# "told the whole street |that", "wrote on X |that"; but "said yes to the package that".
_WORDS = r"(?:\s+(?!(?:and|but|that)\b)[\w’'&.%-]+)"
TOLD_THAT = re.compile(rf"{_WORDS}{{0,8}}?,?\s+that\b")
SAID_THAT = re.compile(
    r"(?:,?\s(?:this|last|late|early|earlier|later|again|yesterday|today|only|\w+ly|\w+day|on|in|at|to|during|via|through|from|"
    rf"after|before|by)\b{_WORDS}{{0,8}}?)?,?\s+that\b"
)
# ", said |Lund": a speaker behind the verb.
SPEAKER = re.compile(rf"\s(?!(?:{LEADING}|that|it|there|they|we)\s)[\w“]", re.IGNORECASE)
# "noting that the vote was lost |and calling for another"
JOINED_PARTICIPLE = re.compile(r",?\sand\s(?=\w+ing\b)")
AROUND_VERB = re.compile(r"\b(?:has|had|have|also|later|then|\w+ly|would|will|previously|often|again|even|first)\s")
PRONOUN = re.compile(r"(?:he|she|they|it|we|i|who|which|both|him)$", re.IGNORECASE)


def name_of(phrase: str) -> str:
    """Return by what two sources are told apart: the last word of a phrase, "" for a pronoun."""
    words = re.findall(r"[\w’'-]+", phrase)
    return "" if not words or PRONOUN.match(words[-1]) else words[-1].lower()


def attributions(s: Sentence) -> Iterator[Cue]:
    """Yield a cue for each verb that gives words or thoughts to somebody."""
    for m in VERB.finditer(s.own):
        start, end = s.clause(m.start())
        form, before = m.group().lower(), s.own[start : m.start()]
        lemma = FORMS[form]
        if PASSIVE.search(before) and not form.endswith("ing"):
            if lemma in CALLING and re.match(r"[^.;,]{0,40}?\sas\b", s.own[m.end() :]):
                yield s.cue("attributed", *m.span(), (start, end))
            elif form == "told" and re.match(r"\sthat\b", s.own[m.end() :]):
                yield s.cue("attributed", *m.span(), (m.end(), end))
            continue
        opened = start + max([0, *(c.end() for c in OPENS.finditer(before))])
        subject = s.own[opened : m.start()]
        if UNSAID.search(before) or (lemma in OWN and TELLS.search(before)) or not _is_verb(m.group(), lemma, subject):
            continue
        alone = not subject.strip() and not form.endswith("ing") and all(opened != b for _, b in s.islands)
        inverted = alone and bool(CLOSING.search(s.own[:opened])) and _names_speaker(s, m.end(), opened)
        if form.endswith("ing") and (joined := JOINED_PARTICIPLE.search(s.own, m.end(), end)):
            end = joined.start()
        if not inverted and (scope := _complement(s, m, lemma, subject, end)):
            apposed = alone and before.rstrip().endswith(",") and not re.search(rf"\b{AUXILIARY}\b", before)
            said_by = before if apposed else subject  # "the accused, Berit Holm, |told the court"
            yield s.cue("attributed", m.start() - len(said_by), m.end(), scope, name_of(AROUND_VERB.sub(" ", said_by)))
        elif (
            lemma in SAYING
            and not form.endswith("ing")
            and CLOSING.search(s.own[:opened])
            and _follows(s, m, lemma, opened, inverted=inverted)
        ):
            behind = re.split(r"[,.;]|\s(?:of|who|in|on|at)\s", s.own[m.end() : end])[0]
            source = name_of(behind if inverted else AROUND_VERB.sub(" ", subject))
            said = s.clause(max(0, opened - 2), s.stops)
            yield Cue("attributed", opened, m.end() + len(behind) * inverted, (said[0], end), source)


def _is_verb(word: str, lemma: str, subject: str) -> bool:
    """Return whether a form that may be a noun, a participle or part of a name is said of a subject here."""
    form, last = word.lower(), (subject.split() or [""])[-1]
    if word[0].isupper() and not word.isupper() and last[:1].isupper():
        return False  # "the United States"
    if form == lemma and form != "put":
        return (
            bool(PLURAL.fullmatch(last))
            or last == "to"
            or (form in ("say", "insist", "argue") and not re.fullmatch("the|an?|its|no|final", last))
        )
    if form.endswith("s") and form not in NO_NOUNS:
        return bool(re.match(r"[A-Z]|(?:he|she|it|who)$", last) or SINGULAR.match(subject))
    return not DETERMINED.match(last)


def _complement(s: Sentence, m: re.Match[str], lemma: str, subject: str, end: int) -> tuple[int, int] | None:
    """Return the clause or thing that a verb governs, None where it governs none."""
    rest, at = s.own[m.end() : end], m.end()
    if that := (TOLD_THAT if lemma == "tell" else SAID_THAT).match(rest):
        return at + that.end(), end
    if subject.rstrip().endswith("to"):
        return None
    if lemma in CALLING and CALLING[lemma].match(rest):
        aside = re.search(r"[,”]\s(?=(?:even\s|also\s)?\w+ing\b)", rest)
        return at, at + aside.start() if aside else end
    if lemma not in SAYING:
        return None
    if colon := re.match(r"(?:\s+[\w’'.-]+){0,8}?:\s?$", rest):
        return at + colon.end(), s.clause(min(end, len(s.own) - 1))[1]
    if quote := re.match(rf"(?:\s+[\w’'.-]+){{0,8}}?,?\s?[“\"‘'](?={BLANK}|\w)", rest):
        return at + quote.end(), end
    if lemma in INFINITIVE and (to := re.match(r"\s+to\s\w+", rest)):
        return at + to.start(), end
    if lemma not in CLAUSAL:
        return None
    if lemma in BARE and subject.strip() and re.match(rf"\s{AUXILIARY}\s", rest):
        return at, end  # "the man who police say |was driving"
    told = ADJUNCT.match(rest)
    clause = rest[told.end() :]
    if re.match(rf"\s(?!(?:{LEADING}|{AUXILIARY})\s)[\w$£€]", clause, re.IGNORECASE):
        upto = re.split(r",\s|[;”]|\.(?:\s|$)", clause)[0]
        if (
            FINITE.search(upto)
            or (lemma in HOLDING and re.search(r"\w\sto\s\w", upto))
            or (lemma in BARE and re.match(rf"\s(?:{BEGINS}\b|[A-Z])", clause) and len(upto.split()) > 2)
        ):
            return at + told.end(), end
    return None


def _names_speaker(s: Sentence, at: int, opened: int) -> bool:
    """Return whether a speaker and no clause stands behind a verb: "…”, said |Lund"; but "Lund, 54, said |the bridge was"."""
    behind = re.split(r"[.,;:)”“\"]|\swho\s", s.own[at:])[0]
    quoted = QUOTED.search(s.own[:opened])
    if not SPEAKER.match(behind) or FINITE.search(behind) or re.search(r"\bthat\b", behind):
        return False
    aside = re.match(rf",\s{AUXILIARY}\s", s.own[at + len(behind) :])  # "trawlers, say the islanders, |have emptied"
    return bool(quoted or aside or FINITE.search(s.own, s.clause(max(0, opened - 2), s.stops)[0], opened))


def _follows(s: Sentence, m: re.Match[str], lemma: str, opened: int, *, inverted: bool) -> bool:
    """Return whether a verb stands behind what is said: ", Lund said on Monday", "…”, said Lund"."""
    if s.own[opened : m.start()].rstrip().endswith(" to"):
        return False
    if inverted:
        return True
    quoted = QUOTED.search(s.own[:opened])
    aside = re.match(r",\s\w", s.own[m.end() :])  # "Sorrin, Lund said, had nothing to fear"
    first = s.own[s.clause(max(0, opened - 2), s.stops)[0] : opened]
    if not quoted and (
        lemma not in CLAUSAL
        or (len(first.split()) < 2 and not aside)
        or re.match(rf"(?:{LEADING}|\w+ing|\w+ly)\s[^,]*,\s$", first, re.IGNORECASE)
    ):
        return False
    behind = re.split(r"[.,;:)”]", s.own[m.end() :])[0]
    return lemma == "tell" or bool(ANAPHORIC.fullmatch(behind))
