"""Find each directly quoted span, mark to mark, so that an outlet's words and the words it quotes can be told apart.

Marks are read paragraph by paragraph: one that is never closed is reported and cannot swallow the article. A quotation
that goes on in the next paragraph, with its opening mark repeated, is one span in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summit_analysis.text.segments import find_paragraphs

# Texts copied together mix curly and straight marks: each closes the other.
CLOSING = {"“": '”"', "„": "“”", "«": "»", "»": "«", '"': '"”', "‘": "’", "‚": "‘’", "'": "'", "”": "”"}
SINGLE = "‘'‚"
MARK = re.compile(r"[“”„«»\"‘’‚']")
# An apostrophe that opens a word rather than a quotation.
ELISION = re.compile(r"['‘’](?:\d\ds?\b|(?:em|tis|twas|til|till|cause|cos|round|bout|n|neath|twill)\b)", re.IGNORECASE)
LOOKAHEAD = 40  # marks that a decision may depend on
BEFORE_OPENING = "([{—–-/…“‘\"'«„"
AFTER_CLOSING = ".,;:!?)]}…—–-”’\"'»"


@dataclass(frozen=True)
class Span:
    """What stands between two quotation marks, the marks left out; `unclosed` where the second is missing."""

    start: int
    end: int
    unclosed: bool = False


def find_spans(text: str) -> list[Span]:
    """Return the outermost quoted spans of `text` in order."""
    paragraphs = list(find_paragraphs(text))
    found: list[Span] = []
    for number, (start, end) in enumerate(paragraphs):
        following = text[paragraphs[number + 1][0]] if number + 1 < len(paragraphs) else ""
        found += _spans_of_paragraph(text, start, end, following)
    return found


def _spans_of_paragraph(text: str, start: int, end: int, following: str) -> Iterator[Span]:
    marks = [m.start() for m in MARK.finditer(text, start, end)]
    last_close = max((m for m in marks if text[m] in "’'" and _may_close_single(text, m, start, end)), default=-1)
    n, opened, depth = 0, -1, 0  # opened: index among the marks of the one that is open now
    while n < len(marks) or opened >= 0:
        if n == len(marks):
            # The paragraph ends with a mark still open.
            mark = text[marks[opened]]
            if following == mark:
                yield Span(marks[opened] + 1, end)
            elif mark not in SINGLE or _begins_speech(text, marks[opened], start):
                yield _unclosed(text, marks[opened], end)
            else:
                n = opened + 1  # a lone single mark is an apostrophe; what it hid is read again without it
            opened = -1
            continue
        at = marks[n]
        if opened < 0:
            hopeless = text[at] in SINGLE and last_close < at and following != text[at]
            if _opens(text, at, start, end) and not (hopeless and not _begins_speech(text, at, start)):
                opened, depth = n, 1
        elif text[at] in CLOSING[text[marks[opened]]] and _closes(text, marks, n, text[marks[opened]], start, end):
            depth -= 1
            if depth == 0:
                if at > marks[opened] + 1:
                    yield Span(marks[opened] + 1, at)
                opened = -1
        elif text[at] == text[marks[opened]] and text[at] not in SINGLE and _opens(text, at, start, end):
            if _closed_twice(text, marks, n):
                depth += 1
            else:
                # A second opening mark: the first was never closed.
                yield _unclosed(text, marks[opened], at)
                opened, depth = n, 1
        n += 1


def _closed_twice(text: str, marks: list[int], n: int) -> bool:
    """Return whether the marks behind the n-th close it and the one that was open before it."""
    opening, later = text[marks[n]], [text[m] for m in marks[n + 1 : n + 1 + LOOKAHEAD]]
    closers = sum(mark in CLOSING[opening] for mark in later)
    return opening != '"' and closers > 1 + later.count(opening)


def _may_close_single(text: str, at: int, start: int, end: int) -> bool:
    before, after = _neighbours(text, at, start, end)
    return not after.isalnum() and not before.isspace()


def _begins_speech(text: str, at: int, start: int) -> bool:
    """Return whether a single mark that is never closed must be a quotation: a capital behind a stop or a colon."""
    before = text[start:at].rstrip()
    return text[at + 1 : at + 2].isupper() and (not before or before[-1] in ".,:!?—–")


def _unclosed(text: str, opened: int, end: int) -> Span:
    length = len(text[opened + 1 : end].rstrip())
    return Span(opened + 1, opened + 1 + length, unclosed=True)


def _neighbours(text: str, at: int, start: int, end: int) -> tuple[str, str]:
    return (text[at - 1] if at > start else " "), (text[at + 1] if at + 1 < end else " ")


def _opens(text: str, at: int, start: int, end: int) -> bool:
    mark = text[at]
    before, after = _neighbours(text, at, start, end)
    if mark in "“„«":
        return True
    if mark == "’" or after.isspace():
        return False
    free = before.isspace() or before in BEFORE_OPENING
    if mark in '"”»':
        return free or (before in ".,:;!?" and after.isupper())  # the blank before the mark was lost
    return free and not ELISION.match(text, at)


def _closes(text: str, marks: list[int], n: int, opening: str, start: int, end: int) -> bool:
    at, later = marks[n], marks[n + 1 : n + 1 + LOOKAHEAD]
    before, after = _neighbours(text, at, start, end)
    if opening == '"':
        if re.search(r"\d['’]\d{1,2}$", text[max(start, at - 6) : at]):
            return False  # 6'2"
        return not (before.isspace() and not after.isspace() and after not in AFTER_CLOSING)
    if opening not in SINGLE:
        # A straight mark that could open is a nested one.
        return text[at] != '"' or opening == '"' or not (before.isspace() or before in BEFORE_OPENING)
    if after.isalnum() or before.isspace():
        return False  # don't
    if re.search(r"\s['‘’]n$", text[max(start, at - 3) : at]):
        return False  # rock 'n' roll
    if before in ".,!?…—–" or after in ".,;:!?)":
        return True
    # "the players' union" inside single marks: a possessive where another mark can still close.
    upcoming = next(
        (m for m in later if text[m] in CLOSING[opening] + opening and not _inner(text, m, start, end)), None
    )
    closes_later = upcoming is not None and not _opens(text, upcoming, start, end)
    possessive = before in "sSzx" and after == " "
    return not (possessive and closes_later)


def _inner(text: str, at: int, start: int, end: int) -> bool:
    before, after = _neighbours(text, at, start, end)
    return before.isalnum() and after.isalnum()
