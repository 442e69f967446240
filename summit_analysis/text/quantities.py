"""Find the quantities of a text, each with its exact place, as an interval with a unit.

Number words are read by text2num; the frames around them (a unit, a currency, "nearly", "between … and …") are rules,
for English news prose. A qualifier makes an interval of a value: "nearly three hours" is [2.75, 3).
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

from text_to_num import alpha2digit

from summit_analysis.text.days import DAYS, YEARS, Row
from summit_analysis.text.intervals import (
    CURRENCIES,
    SECONDS,
    UNIT_OF,
    WORDS,
    Quantity,
    interval_of,
    number_label,
)
from summit_analysis.text.numbers import HALF, NUMBER, SCALES, UNITS, any_of, read_number

KINDS = ("duration", "weekday", "relative", "date", "count", "ordinal", "percentage", "money", "scale")
_START = r"(?<![\w.,/:$£€#+–-])(?<!\d[ \u00a0])"
_STOP = r"(?![\w/:]|[.,-]?\d|['’]\w|[-–]\d)"
_RANGE = rf"(?P<between>between\s)?(?P<low>{NUMBER})(?:(?P<joint>\s?[-–—]\s?|\sto\s|\sor\s|\sand\s)(?P<high>{NUMBER}))?"
_QUALIFIERS = {word: group for group, words in WORDS["qualifier"].items() for word in words}
# No part of a pattern begins within a word, which is where most characters stand.
_QUALIFIER = rf"(?<!\w)(?:(?P<qualifier>{any_of(_QUALIFIERS)})[\s-]{{1,3}}(?:the\s|an?\s(?=\d|{UNITS}))?)?"
_BEHIND = r"(?P<behind>\sor\sso\b)?"
_TIME = any_of(UNIT_OF)
_VAGUE = WORDS["vague"]
_PLURALS = frozenset(WORDS["number"]["plurals"])
_UNCOUNTED = frozenset(WORDS["number"]["uncounted"])
_NAMES = frozenset(WORDS["number"]["names"])
_ORDINALS = any_of(WORDS["number"]["ordinals"])
_TENS = any_of(w for w in WORDS["number"]["units"] if w.endswith("ty"))


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_MONEY = _compile(
    rf"{_QUALIFIER}(?:(?<!\w)(?P<sign>{any_of(WORDS['currency']['signs'])})\s?(?P<low>{NUMBER})(?:(?P<joint>\s?[-–—]\s?|\sto\s)(?:[$£€])?(?P<high>{NUMBER}))?{_STOP}"
    rf"|{_START}(?P<between>between\s)?(?P<wlow>{NUMBER})(?:(?P<wjoint>\s?[-–—]\s?|\sto\s|\sand\s)(?P<whigh>{NUMBER}))?[\s-](?P<word>{any_of(WORDS['currency']['words'])})\b){_BEHIND}"
)
_PERCENT = _compile(rf"{_QUALIFIER}{_START}{_RANGE}(?:\s?%|[\s-]per\s?cent\b|\spercentage\spoints?\b|\spct\b){_BEHIND}")
_PARTS = _compile(
    rf"{_QUALIFIER}(?<![\w-])(?:(?P<by>(?<=\bby\s))?(?P<count>an?|{UNITS})[\s-](?P<part>{any_of(WORDS['number']['denominators'])})(?(by)(?![\w-])|(?=\s+of\b|\s+(?:majority|share)\b))|(?P<half>half)(?=\s+of\b))(?!\sof\san?\s(?:{_TIME})\b)"
)
_ONE_IN = _compile(rf"{_QUALIFIER}{_START}(?P<low>{NUMBER})\s(?:in\severy|in)\s(?P<of>{NUMBER})(?=\s[a-z])")
_OUT_OF = _compile(rf"{_QUALIFIER}{_START}(?P<low>{NUMBER})\sout\sof\s(?:a\spossible\s)?(?P<of>{NUMBER})(?![\w%])")
_DURATION = _compile(
    rf"{_QUALIFIER}{_START}{_RANGE}[\s-](?P<unit>{_TIME})\b(?P<half>{HALF}\b)?(?:(?:\s(?:and\s)?|,\s(?:and\s)?)(?P<more>{NUMBER})[\s-](?P<unit2>{_TIME})\b)?{_BEHIND}"
)
_PART_OF_UNIT = _compile(
    rf"{_QUALIFIER}(?<![\w-])(?:(?P<part>half|(?:a\s|three[\s-])?quarters?\sof)[\s-]an?[\s-]|(?P<halfhyphen>half)-)(?P<unit>{_TIME})\b{_BEHIND}"
)
_A_UNIT = _compile(
    rf"(?:(?P<qualifier>{any_of(_QUALIFIERS)})\s)?(?<![\w-])(?P<article>an?)\s(?P<unit>{_TIME})\b(?P<half>{HALF}\b)?(?!\s(?:ago\s)?(?:of\b|trip\b)){_BEHIND}"
)
_A_LEFT = _compile(
    r"(?:^|[.!?“\"(]\s*|\b(?:for|in|after|within|lasted|lasting|took|takes|taking|during|least|than|every|by|spent|was|is|[,–—])\s+)$"
)
_VAGUE_COUNT = _compile(
    rf"{_QUALIFIER}(?<![\w-])(?P<vague>{any_of(_VAGUE)})(?P<rest>\s(?:(?P<unit>{_TIME})\b)?)|(?<![\w-])(?P<alone>dozens|hundreds|thousands|millions)(?![\w-]|\sof\b)"
)
_COUNT = _compile(rf"{_QUALIFIER}{_START}{_RANGE}{_STOP}{_BEHIND}")
_ORDINAL = _compile(rf"(?<![\w-])(?:(?:{_TENS})-)?(?:(?P<word>{_ORDINALS})|(?P<digits>\d+)(?:st|nd|rd|th))(?![\w-])")
_NOUN = re.compile(r"\s+(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)?)(?![\w-])")
_UNNAMED = frozenset(WORDS["number"]["unnamed"])
_TIMES = re.compile(r"\s?(?:[ap]\.?m\b|o['’]clock|GMT|UTC|noon)", re.IGNORECASE)


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of `text` in order; none overlaps another.

    A plain value is an interval of one point, [v, v]. With a qualifier: ``nearly`` [v - r, v), ``about`` [v - r, v + r],
    ``just_over`` (v, v + r], ``more`` (v, inf), ``at_least`` [v, inf), ``less`` (0, v), ``at_most`` (0, v],
    ``exactly`` [v, v], where the reach r is a quarter of the unit (of the value below one) for values under ten, and a
    tenth of the value from ten on. "20 to 30" is [20, 30]; vague words ("several", "hundreds of") have wide intervals,
    listed in ``lexicons/quantities.toml``.
    """
    taken = [False] * len(text)
    found: list[Quantity] = []
    hinted = {hint: bool(hint.search(text)) for hint in dict.fromkeys(hint for hint, _, _ in _READERS)}
    for hint, pattern, read in _READERS:
        if not hinted[hint]:
            continue
        for match in pattern.finditer(text):
            quantity = read(text, match)
            if quantity and not any(taken[quantity.start : quantity.end]):
                taken[quantity.start : quantity.end] = [True] * (quantity.end - quantity.start)
                found.append(quantity)
    return sorted((q for q in found if q.kind != "taken"), key=lambda q: q.start)


def _group(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("behind"):
        return "about"
    word = groups.get("qualifier")
    return _QUALIFIERS[" ".join(word.lower().split())] if word else ""


def _measured(
    match: re.Match[str],
    kind: str,
    unit: str,
    *,
    low: str,
    high: str | None = None,
    start: int | None = None,
    end: int | None = None,
) -> Quantity | None:
    """Return the quantity of one number or two, in `unit`, with the match's qualifier."""
    start = match.start() if start is None else start
    end = match.end() if end is None else end
    try:
        value, grain = read_number(low)
        if high:
            upper, step = read_number(high)
            scale = re.search(rf"({any_of(SCALES)})$", high.lower())
            if scale and value < SCALES[scale[1]] <= upper:
                value *= SCALES[scale[1]]  # "5-7 million"
            if value >= upper:
                return None
            label = f"{number_label(value)}–{number_label(upper)}"
            return Quantity(start, end, kind, label, value, upper, unit, grain=min(grain, step), qualifier="range")
    except ValueError:
        return None
    group = _group(match)
    bottom, top, low_open, high_open = interval_of(value, group)
    return Quantity(
        start, end, kind, number_label(value), bottom, top, unit, low_open, high_open, grain=grain, qualifier=group
    )


def _ranged(match: re.Match[str], kind: str, unit: str, **span: int) -> Quantity | None:
    """Return a quantity whose frame allows a range; "x and y" is one only behind "between"."""
    low, high, joint = match["low"], match["high"], (match["joint"] or "").strip().lower()
    if high and joint == "and" and not match["between"]:
        return None
    if (
        high
        and joint == "to"
        and re.search(r"\bfrom\s$", match.string[max(0, match.start("low") - 6) : match.start("low")])
    ):
        return None  # a change, not a range
    return _measured(match, kind, unit, low=low, high=high, **span)


def _read_duration(text: str, match: re.Match[str]) -> Quantity | None:
    unit = UNIT_OF[match["unit"].lower()]
    quantity = _ranged(match, "duration", unit)
    if quantity is None and match["high"]:
        at = match.start("high")
        again = _DURATION.match(text, at)
        quantity = _measured(again, "duration", unit, low=again["low"], start=at) if again else None
        return quantity
    if quantity and match["half"]:
        quantity = _shifted(quantity, 0.5 if "half" in match["half"].lower() else 0.25)
    if quantity and match["more"]:
        second = UNIT_OF[match["unit2"].lower()]
        if SECONDS[second] >= SECONDS[unit]:
            return replace(quantity, end=match.end("unit"))
        more, grain = read_number(match["more"])
        factor = SECONDS[second] / SECONDS[unit]
        quantity = replace(_shifted(quantity, more * factor), grain=grain * factor)
    return quantity


def _shifted(quantity: Quantity, by: float) -> Quantity:
    """Return a quantity of `by` units more, its interval made anew."""
    value = float(quantity.label) + by if quantity.qualifier != "range" else math.nan
    if math.isnan(value):
        return quantity
    low, high, low_open, high_open = interval_of(value, quantity.qualifier)
    label = number_label(round(value, 6))
    return replace(
        quantity, label=label, low=low, high=high, low_open=low_open, high_open=high_open, grain=min(quantity.grain, by)
    )


def _read_part_of_unit(text: str, match: re.Match[str]) -> Quantity | None:
    part = (match["part"] or "half").lower()
    value = 0.5 if part == "half" else 0.75 if part.startswith("three") else 0.25
    unit, group = UNIT_OF[match["unit"].lower()], _group(match)
    low, high, low_open, high_open = interval_of(value, group)
    span = match.start(), match.end()
    return Quantity(
        *span, "duration", number_label(value), low, high, unit, low_open, high_open, grain=value, qualifier=group
    )


def _read_a_unit(text: str, match: re.Match[str]) -> Quantity | None:
    unit = UNIT_OF[match["unit"].lower()]
    led = match["qualifier"] or match["half"] or _A_LEFT.search(text[max(0, match.start() - 20) : match.start()])
    if unit == "second" or not led:
        return None
    value = 1.0 + (0.5 if "half" in (match["half"] or "").lower() else 0.25 if match["half"] else 0)
    group = _group(match)
    low, high, low_open, high_open = interval_of(value, group)
    return Quantity(
        match.start(), match.end(), "duration", number_label(value), low, high, unit, low_open, high_open,
        grain=1.0 if value == 1 else value - 1, qualifier=group,
    )  # fmt: skip


def _read_money(text: str, match: re.Match[str]) -> Quantity | None:
    if match["sign"]:
        unit = next(code for sign, code in CURRENCIES.items() if sign.lower() == match["sign"].lower())
        return _measured(match, "money", unit, low=match["low"], high=match["high"])
    unit = CURRENCIES[" ".join(match["word"].lower().split())]
    if match["whigh"] and match["wjoint"].strip().lower() == "and" and not match["between"]:
        at = match.start("whigh")
        return _measured(match, "money", unit, low=match["whigh"], start=at)
    return _measured(match, "money", unit, low=match["wlow"], high=match["whigh"])


def _read_percent(text: str, match: re.Match[str]) -> Quantity | None:
    return _ranged(match, "percentage", "%")


def _read_parts(text: str, match: re.Match[str]) -> Quantity | None:
    if match["half"]:
        value = 50.0
    else:
        count = 1.0 if match["count"].lower() in ("a", "an") else read_number(match["count"])[0]
        value = 100 * count / WORDS["number"]["denominators"][match["part"].lower()]
    if not 0 < value < 100:
        return None
    group = _group(match)
    low, high, low_open, high_open = interval_of(round(value, 4), group)
    label = number_label(round(value, 4))
    return Quantity(
        match.start(), match.end(), "percentage", label, low, high, "%", low_open, high_open, grain=1.0, qualifier=group
    )


def _read_one_in(text: str, match: re.Match[str]) -> Quantity | None:
    """Return "one in five" as 20 %."""
    try:
        part, of = read_number(match["low"])[0], read_number(match["of"])[0]
    except ValueError:
        return None
    if not 0 < part < of <= 1000:
        return None
    value, group = round(100 * part / of, 4), _group(match)
    low, high, low_open, high_open = interval_of(value, group)
    return Quantity(
        match.start(),
        match.end(),
        "percentage",
        number_label(value),
        low,
        high,
        "%",
        low_open,
        high_open,
        qualifier=group,
    )


def _read_out_of(text: str, match: re.Match[str]) -> Quantity | None:
    try:
        of = read_number(match["of"])[0]
    except ValueError:
        return None
    return _measured(match, "scale", f"of {number_label(of)}", low=match["low"])


def _read_vague(text: str, match: re.Match[str]) -> Quantity | None:
    if match["alone"]:
        low, high = _VAGUE[f"{match['alone'].lower()} of"]
        start, end, unit, kind = match.start(), match.end(), "", "count"
    else:
        low, high = _VAGUE[" ".join(match["vague"].lower().split())]
        start, end, unit, kind = match.start("vague"), match.end("vague"), "", "count"
        if match["unit"]:
            end, unit, kind = match.end("unit"), UNIT_OF[match["unit"].lower()], "duration"
        else:
            end, unit = _counted_noun(text, end)
            if not unit:
                return None
    label = f"{number_label(low)}–{number_label(high)}"
    return Quantity(start, end, kind, label, float(low), float(high), unit, qualifier="vague")


def _read_count(text: str, match: re.Match[str]) -> Quantity | None:
    before = text[max(0, match.start() - 24) : match.start()]
    word = re.search(r"([\w.]+)\s$", before)
    low = match["low"]
    if (word and word[1].lower() in _NAMES and not match["qualifier"]) or _TIMES.match(text, match.end()):
        return None
    if match["high"] and (match["joint"] or "").strip().lower() == "and" and not match["between"]:
        # Two numbers, not a range: this match gives the first, the second is read by itself.
        return _plain_count(text, match, low, match.end("low"))
    noun_end, noun = _counted_noun(text, match.end())
    bare = low.lower() in ("one", "zero", "a hundred") or low.lower() in SCALES
    if bare and not noun and not match["qualifier"]:
        return None
    if low.lower() == "one" and text[match.end() :].lstrip().split(" ")[0].lower().rstrip(".,;:") in _UNCOUNTED:
        return None
    if match["high"] and not (match["joint"] or "").strip().isalpha() and match["joint"]:
        return _ranged(match, "count", noun, end=noun_end)  # "52-48" is a score, not a range and not a count
    if not noun and not match["qualifier"] and re.fullmatch(r"(?:19|20)\d\d", low):
        return None  # "the 2024 election"
    return _ranged(match, "count", noun, end=noun_end) or (
        _plain_count(text, match, low, match.end("low")) if match["high"] else None
    )


def _plain_count(text: str, match: re.Match[str], low: str, at: int) -> Quantity | None:
    end, noun = _counted_noun(text, at)
    return _measured(match, "count", noun, low=low, end=end) if low.lower() != "one" else None


def _counted_noun(text: str, at: int) -> tuple[int, str]:
    """Return the end and the form of the plural that a number at `at` counts, at most two words on, or `at` and ""."""
    place = at
    for _ in range(3):
        found = _NOUN.match(text, place)
        if not found or found["noun"].lower() in _UNNAMED:
            break
        noun, place = found["noun"], found.end()
        lower = noun.lower()
        if lower in _PLURALS or (lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(lower) > 3):
            return place, lower
    return at, ""


def _read_ordinal(text: str, match: re.Match[str]) -> Quantity | None:
    following = re.match(r"\s+([\w'’-]+)", text[match.end() :])
    word = match.group()
    noun = following[1] if following else ""
    if noun.lower() in _UNCOUNTED or (word[0].isupper() and noun[:1].isupper()):
        return None
    before = text[max(0, match.start() - 12) : match.start()].lower()
    if (not noun and not re.search(r"\b(?:the|its|his|her|their)\s$", before)) or (
        re.search(r"\b(?:at|for a|a)\s$", before) and not noun
    ):
        return None
    digits = match["digits"] or re.sub(r"\D", "", alpha2digit(word.lower().replace("-", " "), "en"))
    if not digits:
        digits = str(WORDS["number"]["ordinals"].index(word.lower()) + 1)
    value = float(digits)
    return Quantity(match.start(), match.end(), "ordinal", number_label(value), value, value, "")


# Words without which a pattern cannot match: most sentences are passed over by a plain search.
_HAS_TIME = re.compile(rf"\b(?:{_TIME})\b", re.IGNORECASE)
_HAS_NUMBER = re.compile(rf"\d|[½¼¾⅓⅔]|\b(?:{UNITS}|{any_of(SCALES)}|dozen)\b", re.IGNORECASE)
_HAS_PART = re.compile(r"\b(?:half|quarters?|thirds?|[a-z]+ths?)\b", re.IGNORECASE)
_HAS_VAGUE = re.compile(r"\b(?:couple|few|several|dozens|scores|hundreds|[a-z]+ions|thousands)\b", re.IGNORECASE)
# What is more particular comes first: what one reader takes no later one reads.
_READERS: tuple[Row, ...] = (
    *DAYS,
    (_HAS_NUMBER, _MONEY, _read_money),
    (_HAS_NUMBER, _PERCENT, _read_percent),
    (_HAS_NUMBER, _OUT_OF, _read_out_of),
    (_HAS_NUMBER, _ONE_IN, _read_one_in),
    (_HAS_PART, _PARTS, _read_parts),
    (_HAS_TIME, _PART_OF_UNIT, _read_part_of_unit),
    (_HAS_TIME, _DURATION, _read_duration),
    (_HAS_TIME, _A_UNIT, _read_a_unit),
    (_HAS_VAGUE, _VAGUE_COUNT, _read_vague),
    YEARS,
    (_ORDINAL, _ORDINAL, _read_ordinal),
    (_HAS_NUMBER, _COUNT, _read_count),
)
