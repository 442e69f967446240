"""Credit lines: the agency that an article itself names before its first sentence or behind its last."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from summit_analysis import lexicons
from summit_analysis.text.segments import find_paragraphs

NAME = r"[A-Z][\w.&’'-]*(?:[ /,&]+(?:and |of |de )?[A-Z][\w.&’'-]*){0,4}"
DASH = r"(?:—|–|--?)"
PAGE_WORDS = frozenset(
    ["AD", "ADS", "WATCH", "MORE", "VIDEO", "READ", "SHARE", "PHOTO", "PHOTOS", "END", "ENDS", "TOP", "LIVE"]
)
FIRST, LAST = 4, 3  # paragraphs in which credit lines stand
# "PORT CALDRY, March 9 (Coastwire) -", "(Reuters) -", "WASHINGTON (AP) —"
DATELINE = re.compile(
    rf"(?:[A-Z][\w.'’-]*(?:[ ,/]+(?:[A-Z][\w.'’-]*|\d{{1,4}}))*,? +)?\((?P<name>{NAME})\)\s*(?:{DASH}|:)(?=\s)"
)
# A whole line: "(With inputs from AP)", "AFP", "Source: Reuters", "© AFP", "(AP/AFP)", "By The Associated Press"
LINE = re.compile(
    rf"\W*(?:(?:[Ww]ith |WITH )?(?:[Aa]dditional |[Aa]gency )?(?:[Ii]nputs?|[Rr]eporting|[Mm]aterial|[Ff]iles?) (?:from|by) (?:the |The )?(?P<inputs>{NAME})"
    rf"|(?:[Ss]ource|[Aa]gency|[Cc]redit|[Vv]ia)s?\s*[:\-–]\s*(?:the |The )?(?P<given>{NAME})"
    rf"|(?:©|\([Cc]\)|[Cc]opyright)\s*(?:\d{{4}}\s*)?(?:the |The )?(?P<rights>{NAME})"
    rf"|(?:[Bb]y )?(?:the |The )?(?P<alone>{NAME}))\W*"
)
CONTRIBUTED = re.compile(rf"(?:[Tt]he )?(?P<name>{NAME}) contributed (?:reporting )?to this (?:report|story|article)")
PUBLISHED = re.compile(
    rf"[Tt]his (?:story|article|report) (?:has been|was|is)\b[^\n.]{{0,80}}?\b(?:by|from|of)\s+(?:a |an |the )?(?P<name>{NAME})"
)
# "Unions fear for 2,300 jobs. -- Ledger Wire" and "... jobs. (AFP)" at the end of the last paragraph
TAIL = re.compile(rf"(?<=[.!?”\"’])\s*(?:{DASH}\s*(?P<dashed>{NAME})|\((?P<held>{NAME})\))\s*$")


@dataclass(frozen=True)
class Credit:
    """A credit line: ``text[start:end]``, and the agency it names (the canonical name of a known one)."""

    agency: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    listed = tomllib.loads(files(lexicons).joinpath("agencies.toml").read_text(encoding="utf-8"))["agencies"]
    return {form: name for name, forms in listed.items() for form in forms}


def find_credits(text: str) -> list[Credit]:
    """Return the credit lines of `text` in order.

    A known agency is one of `lexicons/agencies.toml`. Another name counts only where its place says that it is one: between
    brackets in a dateline, behind "inputs from" and its like, alone between brackets or set off by a dash at the end.
    """
    paragraphs = list(find_paragraphs(text))
    found: list[Credit] = []
    for number, (start, end) in enumerate(paragraphs):
        opening, closing = number < FIRST, number >= max(len(paragraphs) - LAST, 1)
        if not (opening or closing):
            continue
        line = text[start:end]
        credit = None
        if opening and (match := DATELINE.match(line)) and "," not in match["name"]:
            credit = Credit(_canonical(match["name"]), start, start + match.end())
        elif (match := LINE.fullmatch(line)) and (name := _name_of_line(match, line, opening=opening)):
            credit = Credit(name, start, end)
        elif match := CONTRIBUTED.search(line) or PUBLISHED.search(line):
            name = match["name"].removeprefix("The ").removeprefix("the ")
            credit = Credit(_known()[name], start + match.start(), start + match.end()) if name in _known() else None
        elif number == len(paragraphs) - 1 and (match := TAIL.search(line)):
            name = match["dashed"] or match["held"]
            if not _looks_like_agency(name):
                continue
            begin = start + match.start() + len(match.group()) - len(match.group().lstrip())
            credit = Credit(_canonical(name), begin, end)
        if credit:
            found.append(credit)
    return found


def _canonical(name: str) -> str:
    forms = [part.strip() for part in re.split(r"[/,&]| and ", name) if part.strip()]
    return "; ".join(dict.fromkeys(_known().get(form.removeprefix("The "), form) for form in forms))


def _name_of_line(match: re.Match[str], line: str, *, opening: bool) -> str:
    """Return the agency of a whole line, ``""`` where the line may be anything else (a heading, a writer's name)."""
    name = match["inputs"] or match["given"] or match["rights"] or match["alone"]
    agencies = _canonical(name)
    known = all(form in _known().values() for form in agencies.split("; "))
    if known:
        return agencies
    if match["inputs"] and not line.lower().lstrip("([ ").startswith(("reporting", "additional")):
        return agencies
    return agencies if not opening and not match["given"] and _looks_like_agency(name) else ""


def _looks_like_agency(name: str) -> bool:
    """Return whether a name is a known agency, initials, or calls itself one."""
    parts = re.split(r"[/,&]| and ", name)
    if all(part.strip() in _known() for part in parts):
        return True
    return name not in PAGE_WORDS and bool(
        re.fullmatch(r"[A-Z]{2,5}", name) or re.search(r"\b(?:News|Wire|Press|Agency)$", name)
    )
