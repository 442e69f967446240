"""Read numbers that are meant to be vague: "several hundred people", "dozens of boats", "a few million dollars"."""

from __future__ import annotations

import math
import re

from summit_analysis.text.intervals import CURRENCIES, UNIT_OF, WORDS, Quantity, number_label
from summit_analysis.text.number_frames import QUALIFIER, TIME, compiled, counted_noun, group_of
from summit_analysis.text.numbers import SCALES, any_of

_VAGUE, _SEVERAL = WORDS["vague"], WORDS["several"]
_UNITS = {"dozen": 12} | {word: value for word, value in SCALES.items() if len(word) > 2}
_LARGE = any_of(word for word in _UNITS if word not in ("dozen", "hundred"))
# "Scores" and "tens" alone are mostly nouns or verbs of another meaning.
_ALONE = any_of(w.removesuffix(" of") for w in _VAGUE if w.endswith("s of") and w not in ("tens of", "scores of"))
_UNIT = rf"(?:[\s-](?:(?P<unit>{TIME})|(?P<money>{any_of(WORDS['currency']['words'])})|(?P<percent>per\s?cent|pct))\b)?"
VAGUE = compiled(
    rf"{QUALIFIER}(?<![\w-])(?P<words>(?P<several>{any_of(_SEVERAL)})\s(?P<scale>(?:{any_of(_UNITS)})(?:\s(?:{_LARGE}))?)(?!\w)"
    rf"|(?P<vague>{any_of(_VAGUE)})(?=\s)|(?P<alone>{_ALONE})(?![\w-]|\sof\b)|(?P<scores>scores)(?=\s(?:were|are|have|had|more)\b)){_UNIT}"
)
_SCORES_LEFT = re.compile(r"(?:^|[.,;:!?–—“”\"(]\s?|\b(?:and|killed|injured|wounded|hurt|arrested)\s)$", re.IGNORECASE)


def read_vague(text: str, match: re.Match[str]) -> Quantity | None:
    """Return a vague number as its interval; what it counts must stand behind "several" and "a few"."""
    if match["several"]:
        low, high, unit = (
            *_SEVERAL[_plain(match["several"])],
            math.prod(_UNITS[w] for w in match["scale"].lower().split()),
        )
        low, high = (low - 0.5) * unit, (high + 0.5) * unit
    elif match["scores"]:
        if not _SCORES_LEFT.search(text[max(0, match.start("words") - 10) : match.start("words")]):
            return None
        low, high = _VAGUE["scores of"]
    else:
        low, high = _VAGUE[_plain(match["vague"] or f"{match['alone']} of")]
    end = match.end()
    if match["unit"]:
        kind, unit = "duration", UNIT_OF[match["unit"].lower()]
    elif match["money"]:
        kind, unit = "money", CURRENCIES[_plain(match["money"])]
    elif match["percent"]:
        kind, unit = "percentage", "%"
    else:
        kind, (end, unit) = "count", (end, "") if match["alone"] or match["scores"] else counted_noun(text, end)
        if match["vague"] and not unit:
            return None
    start, label, group = match.start("words"), f"{number_label(low)}–{number_label(high)}", group_of(match)
    span, interval = (match.start(), end), (float(low), float(high))
    match group:
        case "more" | "at_least":
            return Quantity(*span, kind, label, interval[0], math.inf, unit, group == "more", True, qualifier=group)
        case "less" | "at_most":
            return Quantity(*span, kind, label, 0.0, interval[1], unit, True, group == "less", qualifier=group)
    return Quantity(start, end, kind, label, *interval, unit, qualifier="vague")


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
