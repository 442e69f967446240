"""What the facts of a codebook ask for: the words to look near, the kind and the unit of the value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summit_analysis.codebook import CODEBOOK, Codebook
from summit_analysis.corpus import Corpus
from summit_analysis.errors import Fault, StoryError
from summit_analysis.text.alignment import stem
from summit_analysis.text.intervals import CURRENCIES, SECONDS, UNIT_OF
from summit_analysis.text.mentions import Phrase
from summit_analysis.text.terms import STOP_WORDS, tokenise

PERCENT = ("%", "percent", "per cent", "percentage", "pct", "percentage points")


@dataclass(frozen=True)
class WantedFact:
    """One fact of a codebook, made ready to be looked for."""

    id: str
    kind: str
    unit: str
    near: tuple[Phrase, ...]
    question: frozenset[str]
    asked: frozenset[str]
    values: dict[str, str]


def read_facts(codebook: Codebook, corpus: Corpus) -> list[WantedFact]:
    """Return the facts of a codebook as this measure looks for them.

    Raises
    ------
    StoryError
        A fact's unit is not known, or its values cannot be read as the kind it has.
    """
    faults: list[Fault] = []
    read = []
    for number, row in enumerate(codebook.facts.itertuples(), start=1):
        unit = _unit(row, corpus)
        if unit is None:
            place = f"fact {number} ({row.fact}), unit"
            faults.append(Fault(CODEBOOK, place, f"{row.unit!r} is no unit of a {row.kind}", _unit_mend(row.kind)))
            continue
        values = row.values if isinstance(row.values, dict) else {value: value for value in row.values}
        if row.kind == "text" and not values:
            found = "has kind 'text' and no 'values'"
            faults.append(Fault(CODEBOOK, f"fact {number} ({row.fact})", found, "list the values to look for"))
            continue
        words = [stem(token.term) for token in tokenise(row.question)]
        near = tuple(Phrase(form) for form in row.near)
        content = frozenset(word for word in words if word not in STOP_WORDS | {"did", "do", "does"})
        asked = content | {s for phrase in near for s in phrase.stems}
        is_map = isinstance(row.values, dict) or row.kind == "text"
        read.append(WantedFact(row.fact, row.kind, unit, near, content, asked | set(words), values if is_map else {}))
    if faults:
        raise StoryError(faults)
    return read


def _unit(row: object, corpus: Corpus) -> str | None:
    """Return the unit of a fact in our notation, None where it is not known."""
    unit = " ".join(row.unit.split())
    lower = unit.lower()
    match row.kind:
        case "duration":
            return UNIT_OF.get(lower) if unit else ""
        case "date" | "weekday":
            return (
                {"date": "day", "weekday": "weekday"}[row.kind]
                if lower in ("", "day", "days", "date", "weekday")
                else None
            )
        case "text":
            return ""
        case _:
            if lower in PERCENT:
                return "%"
            if found := re.fullmatch(r"(?:out )?of (\d+)", lower):
                return f"of {found[1]}"
            if not unit or unit.upper() in CURRENCIES.values() or lower in ("ordinal",):
                return unit.upper() if unit.upper() in CURRENCIES.values() else lower
            money = {sign.lower(): code for sign, code in CURRENCIES.items()}
            if lower in money:
                return money[lower]
            if lower in UNIT_OF:
                return None
            # What is counted: a word of the story, in any of its endings.
            phrase = Phrase(unit)
            held = any(
                phrase.found(terms, [stem(t) for t in terms])
                for text in [*corpus.texts.values(), row.question, " ".join(row.near)]
                for terms in [[token.term for token in tokenise(text)]]
            )
            return lower if phrase.stems and held else None


def _unit_mend(kind: str) -> str:
    match kind:
        case "duration":
            return f"write one of {', '.join(SECONDS)}"
        case "date" | "weekday":
            return "leave it empty"
        case _:
            return 'write %, a currency such as USD, out of 10, or a noun that the articles count; leave it empty for a plain number; for a length of time set kind = "duration"'
