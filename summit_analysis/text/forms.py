"""Where a form of the codebook occurs: whole words, of which only ``*`` is a wildcard.

================  =======================================================  ==============================
form              finds                                                    passes over
================  =======================================================  ==============================
``talks``         talks, Talks                                             talk, peacetalks
``cease-fire``    cease-fire                                               ceasefire, cease fire
``peace*``        peace, peaceful, peacekeepers                            appeasement
``next meeting``  next meeting, also across a line break                   next big meeting
``the US``        the US (a word in capitals stands for itself)            tell us, the us
``Putin's``       Putin's and Putin’s                                      Putin
``what?``         what? (a question mark is a question mark)               what, whatever
================  =======================================================  ==============================
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

_APOSTROPHES = "['’ʼ＇]"
_HYPHENS = "[-‐‑]"


@dataclass(frozen=True)
class Occurrence:
    """One place where a form stands: ``text[start:end]``, and the `key` that the form was given under."""

    start: int
    end: int
    key: Hashable


def compile_form(form: str) -> re.Pattern[str]:
    """Return a pattern that finds `form` as whole words, in time linear in the text.

    Case is ignored, but for a word of two or more capitals: "US" is not "us". ``*`` stands for any letters and digits of
    one word, also for none; everything else is literal.

    Raises
    ------
    ValueError
        The form holds nothing but wildcards and blanks.
    """
    words = form.split()
    if not any(c.isalnum() for c in form):
        raise ValueError(f"the form {form!r} names no word")
    body = r"\s+".join(_word(word) for word in words)
    before = r"(?<!\w)" if words[0][0].isalnum() or words[0][0] in "*_" else ""
    behind = r"(?!\w)" if words[-1][-1].isalnum() or words[-1][-1] in "*_" else ""
    return re.compile(before + body + behind)


def _word(word: str) -> str:
    # Atomic groups: a literal behind a wildcard is tried at its first place only, so nothing runs away.
    first, *rest = word.split("*")
    letters = [c for c in word if c.isalpha()]
    cased = len(letters) > 1 and all(c.isupper() for c in letters)
    pieces = [_literal(first, cased)]
    for number, piece in enumerate(rest, start=1):
        if number == len(rest):
            pieces.append(rf"\w*{_literal(piece, cased)}" if piece else r"\w*+")
        elif piece:
            pieces.append(rf"(?>\w*?{_literal(piece, cased)})")
    return "".join(pieces)


def _literal(text: str, cased: bool) -> str:
    escaped = re.escape(text)
    escaped = re.sub(_APOSTROPHES, _APOSTROPHES, escaped).replace(r"\-", _HYPHENS)
    return escaped if cased or not escaped else f"(?i:{escaped})"


def find_forms(text: str, patterns: Mapping[Hashable, re.Pattern[str]]) -> list[Occurrence]:
    """Return where any of `patterns` (by key) occurs in `text`, in reading order.

    Where two overlap, the longer one counts; of two equally long ones the one that begins first. Two keys with the very
    same span both count: the form stands under both.
    """
    found = [Occurrence(m.start(), m.end(), key) for key, pattern in patterns.items() for m in pattern.finditer(text)]
    found.sort(key=lambda o: (o.start - o.end, o.start))
    taken = bytearray(len(text))
    kept: list[Occurrence] = []
    spans: set[tuple[int, int]] = set()
    for one in found:
        if (one.start, one.end) in spans or not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
            spans.add((one.start, one.end))
            kept.append(one)
    return sorted(kept, key=lambda o: (o.start, o.end))


def compile_forms(forms: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """Return the pattern of each of `forms`."""
    return {form: compile_form(form) for form in forms}
