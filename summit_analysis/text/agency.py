"""Who does what: the names that a statement begins with, and the name that stands as subject before a word.

Rules of position, not a parser: they speak only where a name is the nearest that can be the subject, and keep silent
about pronouns, descriptions and sentences turned round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from summit_analysis.text.clauses import VERBS

RUN = re.compile(r"(?:[^\W\d_a-z][\w.’'-]*\s)*[^\W\d_a-z][\w’'-]*")
# What stands right before a name that is no subject.
GOVERNING = re.compile(
    r"\b(?:of|in|on|at|to|for|from|by|with|without|against|about|between|near|toward|towards|over|under|despite|like|than|"
    r"after|before|during|through|into|including|told|asked|than|as)\s+(?:the\s|a\s|an\s|his\s|her\s|its\s|their\s)?"
    r"(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
JOINED = re.compile(r"^\s(?:and|nor|or)\s(?:[a-z-]+\s){0,3}$|^,\s$")
# What may stand before the first name of a statement: titles and offices, not a preposition or another subject's verb.
LEADING = re.compile(
    r"(?:(?!(?:was|were|is|are|had|has|of|in|at|by|to)\s)(?:[a-z-]+|The|A|An|Neither|Both|[A-Z][\w-]*)\s){0,5}"
)
UNNAMED = re.compile(
    r"\b(?:he|she|they|it|we|who|which|that|both|leader|leaders|presidents?|sides?|two|minister|ministers?|governor|mayor|"
    r"director|spokes\w+|officials?|head|chief|judge|pair|couple|the\s[a-z-]+)\b",
    re.IGNORECASE,
)


def last_name(run: str) -> str:
    """Return the word that a run of capitalised words is known by: its last, lower case, without a genitive."""
    return re.sub(r"['’]s?$", "", run.rsplit(maxsplit=1)[-1]).lower()


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that `texts` write with a capital inside a sentence and never without."""
    capital: set[str] = set()
    lower: set[str] = set()
    for text in texts:
        for m in re.finditer(r"[^\W\d_][\w-]*", text):
            word = m.group()
            if word[0].islower():
                lower.add(word.lower())
            elif re.search(r"[^\W\d_],?\s$", text[max(0, m.start() - 3) : m.start()]):
                capital.add(word.lower())
    return frozenset(capital - lower)


def agents_of(statement: str, names: frozenset[str]) -> frozenset[str]:
    """Return the names that `statement` opens with as its subject: "Lund and Ek signed" gives lund and ek."""
    found, at = set(), 0
    for run in RUN.finditer(statement):
        between = statement[at : run.start()]
        if found and re.fullmatch(r"\s(?:spokes\w+|leader|minister|envoy|adviser|secretary)\s", between):
            found.clear()  # the Ministry's spokeswoman Lund
        elif found and not JOINED.match(between):
            break
        if not found and not LEADING.fullmatch(between.lstrip()):
            break
        genitive = statement[run.end() - 2 : run.end()] in ("’s", "'s")
        if genitive or last_name(run.group()) not in names:
            if found or genitive:
                break
            at = run.end()
            continue
        found.add(last_name(run.group()))
        at = run.end()
    passive = re.match(r"\s(?:was|were|is|are|has been|have been|had been)\s(?!to\b)", statement[at:])
    return frozenset() if passive else frozenset(found)


def verb_of(statement: str) -> str:
    """Return the reporting verb that the subject of `statement` governs, or ``""``: "Lund said that …"."""
    for m in re.finditer(r"\b[a-z]+\b", statement):
        if m.group() in VERBS and re.search(r"[^\W\d_]\s$", statement[: m.start()]):
            return m.group()
        if re.fullmatch(r"\w+ed|was|were|is|are", m.group()):
            return ""
    return ""


def agents_at(sentence: str, at: int, names: frozenset[str]) -> frozenset[str]:
    """Return the names that stand as subject before the place `at`, none where a pronoun or description may.

    A name behind "by" counts where it follows within five words.
    """
    passive = re.match(r"\w*(?:\s\w+){0,4}?\sby\s(?:the\s|[a-z]+\s)*(" + RUN.pattern + ")", sentence[at:])
    if passive and last_name(passive[1]) in names:
        return frozenset([last_name(passive[1])])
    begin = max(
        (m.end() for m in re.finditer(r"[;:“”]|\b(?:but|while|although|though|whereas|because|that)\b", sentence[:at])),
        default=0,
    )
    clause = sentence[begin:at]
    subject: list[tuple[int, int, str]] = []
    for run in RUN.finditer(clause):
        name = last_name(run.group())
        if (
            name not in names
            or run.group().endswith(("’s", "'s", "’", "'"))
            or clause[run.end() : run.end() + 2] in ("’s", "'s")
        ):
            continue
        if subject and JOINED.match(clause[subject[-1][1] : run.start()]):
            subject.append((run.start(), run.end(), name))
        elif not GOVERNING.search(clause[: run.start()]):
            subject = [(run.start(), run.end(), name)]
    if not subject or UNNAMED.search(clause[subject[-1][1] :]):
        return frozenset()
    return frozenset(name for _, _, name in subject)
