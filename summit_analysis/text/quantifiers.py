"""Where a text speaks of all of something, and where only of a part of it: "every charge", "27 of 31 counts"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summit_analysis.text.meaning import Word, likeness
from summit_analysis.text.numbers import NUMBER, read_number

_OF = r"(?:\s(?:of\s)?(?:the|its|his|her|their|these|those|our))?(?:\sof)?"
_NOUN = r"\s(?P<noun>[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*)?)"
_ALL = re.compile(rf"\b(?P<word>all|every(?:\ssingle)?|each|the\s(?:whole|entire|full)){_OF}{_NOUN}", re.IGNORECASE)
_PART = re.compile(
    rf"(?:\b(?P<but>nearly|almost|virtually|practically|not|all\sbut)\s(?:all|every|each|the\s(?:whole|entire|full)|{NUMBER})"
    rf"|\b(?P<some>(?<!the\s)most|some|several|many|few)"
    rf"|\b(?:half|parts?|(?:a|the)\smajority|only\s(?:{NUMBER}|some))"
    rf"|(?<![\w.,])(?P<low>{NUMBER})\s(?:out\s)?of\s(?:the\s|its\s|his\s|her\s|their\s)?(?P<high>{NUMBER})){_OF}{_NOUN}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Share:
    """How much of a noun is meant: the noun's place, and whether all of it, or expressly less than all."""

    start: int
    end: int
    whole: bool
    less: bool  # "nearly all", "27 of 31"; "most" and "some" do not say that it was not all


def find_shares(text: str) -> list[Share]:
    """Return the nouns of `text` that are spoken of as a whole or in part, in order of place."""
    found = []
    taken: list[tuple[int, int]] = []
    for m in _PART.finditer(text):
        whole = bool(m["low"]) and read_number(m["low"])[0] == read_number(m["high"])[0]
        found.append(Share(*m.span("noun"), whole, not whole and not m["some"]))
        taken.append(m.span())
    for m in _ALL.finditer(text):
        if not any(a <= m.start() < b for a, b in taken):
            found.append(Share(*m.span("noun"), True, False))
    return sorted(found, key=lambda share: share.start)


def hold_shares(
    stated: Iterable[Share], words: Sequence[Word], found: Sequence[Share], others: Sequence[Word]
) -> tuple[int, int]:
    """Return how many of the stated shares conflict with one of the same noun, and how many are not surely given.

    All and "27 of 31" conflict; "some" and "most" neither say nor rule out that it was all.
    """
    conflicting = missing = 0
    for a in stated:
        same = [b for b in found if any(likeness(x, y) for x in _in(a, words) for y in _in(b, others))]
        if any(b.whole == a.whole and b.less == a.less for b in same):
            continue
        conflicting += any((a.whole and b.less) or (a.less and b.whole) for b in same)
        missing += a.whole and bool(same) and not any(b.less for b in same)
    return conflicting, missing


def _in(share: Share, words: Sequence[Word]) -> list[Word]:
    return [word for word in words if share.start <= word.start < share.end]
