"""Find the quantities of a text, each with its exact place, as an interval with a unit.

Number words are read by text2num; the frames around them (a unit, a currency, "nearly", "between … and …") are rules,
for English news prose. A qualifier makes an interval of a value: "nearly three hours" is [2.75, 3).
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files

from text_to_num import alpha2digit, text2num

from summit_analysis import lexicons

_WORDS = tomllib.loads(files(lexicons).joinpath("quantities.toml").read_text(encoding="utf-8"))
KINDS = ("duration", "weekday", "relative", "date", "count", "ordinal", "percentage", "money", "scale")
SECONDS = {unit: entry["seconds"] for unit, entry in _WORDS["time"].items()}
UNIT_OF = {form: unit for unit, entry in _WORDS["time"].items() for form in entry["forms"]}
CURRENCIES = {**_WORDS["currency"]["signs"], **_WORDS["currency"]["words"]}
SCALES = _WORDS["scale"]
MONTHS, WEEKDAYS = _WORDS["day"]["months"], _WORDS["day"]["weekdays"]
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
# "Nearly" and "about" reach a quarter of a unit below ten, and a tenth of the value from ten on.
SMALL, QUARTER, TENTH = 10, 0.25, 0.1


@dataclass(frozen=True)
class Quantity:
    """A quantity as a text states it.

    Attributes
    ----------
    start, end
        Code points: ``text[start:end]`` is the quantity with its qualifier and its unit.
    kind
        ``duration``, ``weekday``, ``relative`` (yesterday), ``date``, ``count``, ``ordinal``, ``percentage``, ``money``
        or ``scale`` ("10 out of 10").
    label
        The value in one notation: "2.5", "20–30", "Friday", "2025-08-15", "08-15" where no year is given.
    low, high
        The interval in `unit`: a number; 1 = Monday for a weekday; days of the proleptic Gregorian calendar
        (``date.toordinal``) for a date, nan where it has no year; inf without an upper end.
    unit
        A unit of time, "weekday", "day", "%", a currency's code, "of 10", what is counted as it stands, or "".
    low_open, high_open
        Whether the end itself lies outside.
    grain
        What the last digit given stands for, in `unit`: 1 for "three hours", 0.5 for "two and a half".
    qualifier
        The group of the word that made the interval ("nearly", "about", …, "range", "vague"), or "".
    """

    start: int
    end: int
    kind: str
    label: str
    low: float
    high: float
    unit: str
    low_open: bool = False
    high_open: bool = False
    grain: float = 1.0
    qualifier: str = ""


def _any(words: object) -> str:
    """Return a pattern of alternatives, the longest first, in which a blank may be any white space or hyphen."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(words, key=len, reverse=True))


_UNITS = _any(_WORDS["number"]["units"])
_SCALE_WORDS = r"hundred|thousand|million|billion|trillion"
# Bounded, so that a page of number words takes no longer than any other.
_WORDED = (
    rf"(?:(?:a|{_UNITS})[\s-])?(?:{_SCALE_WORDS})\b(?:(?:\s(?:and\s)?|-)(?:{_UNITS}|{_SCALE_WORDS})\b){{0,8}}"
    rf"|(?:{_UNITS})\b(?:[\s-](?:{_UNITS}|{_SCALE_WORDS})\b(?:\sand\s(?=(?:{_UNITS})\b))?){{0,8}}"
)
_DIGITS = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,5}(?![\d,])|\d{1,15}(?:\.\d{1,9})?"
_HALF = r"[\s-]and[\s-]a[\s-](?:half|quarter)"
NUMBER = (
    rf"(?:(?:{_DIGITS})(?:[ \u00a0]?[½¼¾⅓⅔]|[ \u00a0-][1-3]/[2-5])?(?:[\s-]?(?:{_any(SCALES)})\b)?(?:{_HALF}\b)?|[½¼¾⅓⅔]"
    rf"|(?:half\sa|a)\sdozen\b|(?:{_UNITS})\sdozen\b|(?:{_WORDED})(?:{_HALF}\b)?)"
)
_START = r"(?<![\w.,/:$£€#+–-])(?<!\d[ \u00a0])"
_STOP = r"(?![\w/:]|[.,-]?\d|['’]\w|[-–]\d)"
_RANGE = rf"(?P<between>between\s)?(?P<low>{NUMBER})(?:(?P<joint>\s?[-–—]\s?|\sto\s|\sor\s|\sand\s)(?P<high>{NUMBER}))?"
_QUALIFIERS = {word: group for group, words in _WORDS["qualifier"].items() for word in words}
_QUALIFIER = rf"(?:(?P<qualifier>{_any(_QUALIFIERS)})[\s-]{{1,3}}(?:the\s|an?\s(?=\d|{_UNITS}))?)?"
_BEHIND = r"(?P<behind>\sor\sso\b)?"
_TIME = _any(UNIT_OF)
_VAGUE = _WORDS["vague"]
_PLURALS = frozenset(_WORDS["number"]["plurals"])
_UNCOUNTED = frozenset(_WORDS["number"]["uncounted"])
_NAMES = frozenset(_WORDS["number"]["names"])
_ORDINALS = _any(_WORDS["number"]["ordinals"])
_TENS = _any(w for w in _WORDS["number"]["units"] if w.endswith("ty"))
_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%:/]|[.,]\d)"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?![\w%,]\d|\w)"
_YEAR_LEFT = r"(?:\b(?:in|since|by|until|till|from|of|before|after|during|through|early|late|mid|around|year|summer|winter|spring|autumn|fall|and|to)[\s-]|[\(])"


def _compile(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(pattern, flags)


_CASED = 0
_ISO = _compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\w-])", _CASED)
_MONTH_FIRST = _compile(rf"\b{_MONTH}\s(?:the\s)?{_DAY}(?:,?\s{_YEAR})?", _CASED)
_DAY_FIRST = _compile(rf"(?<![\w.,:-]){_DAY}\s(?:of\s)?{_MONTH}(?!\w)(?:,?\s{_YEAR})?", _CASED)
_MONTH_YEAR = _compile(rf"\b{_MONTH},?\s{_YEAR}", _CASED)
_BARE_YEAR = _compile(rf"(?<=\b){_YEAR_LEFT}(?P<only>1[5-9]\d\d|20\d\d)(?![\w%]|[,.]\d|\s(?:people|million|[a-z]+s\b))")
_WEEKDAY = _compile(
    rf"(?<![\w’'])(?P<name>{'|'.join(WEEKDAYS)})(?!\w)|(?<!\w)(?P<short>Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.(?=[,\s])",
    _CASED,
)
_RELATIVE = _compile(rf"\b(?P<word>{_any(_WORDS['day']['relative'])})\b(?!['’]s\s(?:world|young|generation))")
_MONEY = _compile(
    rf"{_QUALIFIER}(?:(?<!\w)(?P<sign>{_any(_WORDS['currency']['signs'])})\s?(?P<low>{NUMBER})(?:(?P<joint>\s?[-–—]\s?|\sto\s)(?:[$£€])?(?P<high>{NUMBER}))?{_STOP}"
    rf"|{_START}(?P<wlow>{NUMBER})(?:(?P<wjoint>\s?[-–—]\s?|\sto\s)(?P<whigh>{NUMBER}))?[\s-](?P<word>{_any(_WORDS['currency']['words'])})\b){_BEHIND}"
)
_PERCENT = _compile(
    rf"{_QUALIFIER}{_START}{_RANGE}(?:\s?%|[\s-]per\s?cent\b|\spercentage\spoints?\b|\spct\b){_BEHIND}"
)
_PARTS = _compile(
    rf"{_QUALIFIER}(?<![\w-])(?:(?P<count>an?|{_UNITS})[\s-](?P<part>{_any(_WORDS['number']['denominators'])})(?=\s+of\b|\s+(?:majority|share)\b)|(?P<half>half)(?=\s+of\b))(?!\sof\san?\s(?:{_TIME})\b)"
)
_OUT_OF = _compile(rf"{_QUALIFIER}{_START}(?P<low>{NUMBER})\sout\sof\s(?:a\spossible\s)?(?P<of>{NUMBER})(?![\w%])")
_DURATION = _compile(
    rf"{_QUALIFIER}{_START}{_RANGE}[\s-](?P<unit>{_TIME})\b(?P<half>{_HALF}\b)?(?:(?:\s(?:and\s)?|,\s(?:and\s)?)(?P<more>{NUMBER})[\s-](?P<unit2>{_TIME})\b)?{_BEHIND}"
)
_PART_OF_UNIT = _compile(
    rf"{_QUALIFIER}(?<![\w-])(?:(?P<part>half|(?:a\s|three[\s-])?quarters?\sof)[\s-]an?[\s-]|(?P<halfhyphen>half)-)(?P<unit>{_TIME})\b{_BEHIND}"
)
_A_UNIT = _compile(
    rf"(?:(?P<qualifier>{_any(_QUALIFIERS)})\s)?(?<![\w-])(?P<article>an?)\s(?P<unit>{_TIME})\b(?P<half>{_HALF}\b)?(?!\s(?:ago\s)?(?:of\b|trip\b)){_BEHIND}"
)
_A_LEFT = _compile(
    r"(?:^|[.!?“\"(]\s*|\b(?:for|in|after|within|lasted|lasting|took|takes|taking|during|least|than|every|by|spent|was|is|[,–—])\s+)$"
)
_VAGUE_COUNT = _compile(
    rf"{_QUALIFIER}(?<![\w-])(?P<vague>{_any(_VAGUE)})(?P<rest>\s(?:(?P<unit>{_TIME})\b)?)|(?<![\w-])(?P<alone>dozens|scores|hundreds|thousands|millions)(?=\s+(?:were|are|had|have|more|who|died|took|marched|fled)\b|[.,;])"
)
_COUNT = _compile(rf"{_QUALIFIER}{_START}{_RANGE}{_STOP}{_BEHIND}")
_ORDINAL = _compile(rf"(?<![\w-])(?:(?:{_TENS})-)?(?:(?P<word>{_ORDINALS})|(?P<digits>\d+)(?:st|nd|rd|th))(?![\w-])")
_NOUN = re.compile(r"\s+(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)?)(?![\w-])")
_STOPPERS = frozenset(
    "of the a an and or to in on at by for from with as is was were are be been has had have who which that than but "
    "if when while after before per between during into over under about against also both each it its his her their "
    "they he she we you i this these those not no more others other".split()
)
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
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            quantity = read(text, match)
            if quantity and not any(taken[quantity.start : quantity.end]):
                taken[quantity.start : quantity.end] = [True] * (quantity.end - quantity.start)
                found.append(quantity)
    return sorted((q for q in found if q.kind != "taken"), key=lambda q: q.start)


def read_number(words: str) -> tuple[float, float]:
    """Return the value of a number in digits, words or both, and what its last digit stands for.

    Raises
    ------
    ValueError
        `words` is no number.
    """
    text = " ".join(re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", words.lower()).split()).replace("\u202f", " ")
    added, grain = 0.0, 0.0
    if found := re.search(r"\sand\sa\s(half|quarter)$", text.replace("-", " ")):
        part = 0.5 if found[1] == "half" else 0.25
        value, step = read_number(text[: found.start()])
        scale = next((SCALES[w] for w in reversed(text[: found.start()].split()) if w in SCALES), 1)
        return value + part * scale, part * scale if scale > 1 else min(step, part)
    if text.endswith("dozen"):
        count = text.removesuffix("dozen").strip()
        return 12 * (0.5 if count == "half a" else 1.0 if count == "a" else read_number(count)[0]), 1.0
    if found := re.search(r"[ \u00a0-]?([½¼¾⅓⅔])|[ \u00a0-]([1-3])/([2-5])", text):
        added = FRACTIONS[found[1]] if found[1] else int(found[2]) / int(found[3])
        text, grain = (text[: found.start()] + text[found.end() :]).strip(), added
    scale = 1
    if found := re.search(rf"(?<=[\d ])\s?({_any(SCALES)})$", text):
        head = text[: found.start()].strip()
        if head and re.search(r"\d$", head):
            scale, text = SCALES[found[1]], head
    text = re.sub(r"(?<=\d)[, \u00a0](?=\d{3})", "", text)
    if not text:
        return added, grain
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        value = float(text)
        decimals = len(text.partition(".")[2])
        zeros = len(text) - len(text.rstrip("0")) if not decimals else 0
        step = 10.0**-decimals if scale > 1 or decimals else 10.0 ** min(zeros, max(len(text) - 2, 0))
        return (value + added) * scale, (min(step, grain) if grain else step) * scale
    words_only = text.removeprefix("a ") if text.startswith("a ") else text
    value = float(text2num(words_only.replace(" and ", " "), "en"))
    largest = max((SCALES.get(word, 1) for word in words_only.split()), default=1)
    rest = [w for w in words_only.split() if w not in SCALES]
    trailing = words_only.split()[-1] in SCALES and len(rest) <= 1
    return value + added, grain or (largest if trailing and largest > 100 else 1.0)


def number_label(value: float) -> str:
    """Return `value` in digits: "3", "2.5", "66.6667"."""
    return str(int(value)) if float(value).is_integer() else f"{value:.4f}".rstrip("0")


def reach_of(value: float) -> float:
    """Return how far "nearly" and "about" reach from `value`."""
    return TENTH * value if value >= SMALL else min(QUARTER, QUARTER * value)


def _interval(value: float, group: str) -> tuple[float, float, bool, bool]:
    reach = reach_of(value)
    match group:
        case "nearly":
            return value - reach, value, False, True
        case "about":
            return value - reach, value + reach, False, False
        case "just_over":
            return value, value + reach, True, False
        case "more":
            return value, math.inf, True, True
        case "at_least":
            return value, math.inf, False, True
        case "less":
            return 0.0, value, True, True
        case "at_most":
            return 0.0, value, True, False
        case _:
            return value, value, False, False


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
            scale = re.search(rf"({_any(SCALES)})$", high.lower())
            if scale and value < SCALES[scale[1]] <= upper:
                value *= SCALES[scale[1]]  # "5-7 million"
            if value >= upper:
                return None
            label = f"{number_label(value)}–{number_label(upper)}"
            return Quantity(start, end, kind, label, value, upper, unit, grain=min(grain, step), qualifier="range")
    except ValueError:
        return None
    group = _group(match)
    bottom, top, low_open, high_open = _interval(value, group)
    return Quantity(
        start, end, kind, number_label(value), bottom, top, unit, low_open, high_open, grain=grain, qualifier=group
    )


def _ranged(match: re.Match[str], kind: str, unit: str, **span: int) -> Quantity | None:
    """Return a quantity whose frame allows a range; "x and y" is one only behind "between"."""
    low, high, joint = match["low"], match["high"], (match["joint"] or "").strip().lower()
    if high and joint == "and" and not match["between"]:
        return None
    if high and joint == "to" and re.search(r"\bfrom\s$", match.string[max(0, match.start("low") - 6) : match.start("low")]):
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
    low, high, low_open, high_open = _interval(value, quantity.qualifier)
    label = number_label(round(value, 6))
    return replace(
        quantity, label=label, low=low, high=high, low_open=low_open, high_open=high_open, grain=min(quantity.grain, by)
    )


def _read_part_of_unit(text: str, match: re.Match[str]) -> Quantity | None:
    part = (match["part"] or "half").lower()
    value = 0.5 if part == "half" else 0.75 if part.startswith("three") else 0.25
    unit, group = UNIT_OF[match["unit"].lower()], _group(match)
    low, high, low_open, high_open = _interval(value, group)
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
    low, high, low_open, high_open = _interval(value, group)
    return Quantity(
        match.start(), match.end(), "duration", number_label(value), low, high, unit, low_open, high_open,
        grain=1.0 if value == 1 else value - 1, qualifier=group,
    )  # fmt: skip


def _read_money(text: str, match: re.Match[str]) -> Quantity | None:
    if match["sign"]:
        unit = next(code for sign, code in CURRENCIES.items() if sign.lower() == match["sign"].lower())
        return _measured(match, "money", unit, low=match["low"], high=match["high"])
    unit = CURRENCIES[" ".join(match["word"].lower().split())]
    return _measured(match, "money", unit, low=match["wlow"], high=match["whigh"])


def _read_percent(text: str, match: re.Match[str]) -> Quantity | None:
    return _ranged(match, "percentage", "%")


def _read_parts(text: str, match: re.Match[str]) -> Quantity | None:
    if match["half"]:
        value = 50.0
    else:
        count = 1.0 if match["count"].lower() in ("a", "an") else read_number(match["count"])[0]
        value = 100 * count / _WORDS["number"]["denominators"][match["part"].lower()]
    if not 0 < value < 100:
        return None
    group = _group(match)
    low, high, low_open, high_open = _interval(round(value, 4), group)
    label = number_label(round(value, 4))
    return Quantity(
        match.start(), match.end(), "percentage", label, low, high, "%", low_open, high_open, grain=1.0, qualifier=group
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
    return _ranged(match, "count", noun, end=noun_end) or (_plain_count(text, match, low, match.end("low")) if match["high"] else None)


def _plain_count(text: str, match: re.Match[str], low: str, at: int) -> Quantity | None:
    end, noun = _counted_noun(text, at)
    return _measured(match, "count", noun, low=low, end=end) if low.lower() != "one" else None


def _counted_noun(text: str, at: int) -> tuple[int, str]:
    """Return the end and the form of the plural that a number at `at` counts, at most two words on, or `at` and ""."""
    place, first = at, ""
    for n in range(3):
        found = _NOUN.match(text, place)
        if not found or found["noun"].lower() in _STOPPERS:
            break
        noun, place = found["noun"], found.end()
        lower = noun.lower()
        if lower in _PLURALS or (lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(lower) > 3):
            return place, lower
        if n == 0 and noun[0].islower() and not lower.endswith(("ly", "ed", "ing")):
            first = lower
    return at, "" if not first else ""


def _read_ordinal(text: str, match: re.Match[str]) -> Quantity | None:
    following = re.match(r"\s+([\w'’-]+)", text[match.end() :])
    word = match.group()
    noun = following[1] if following else ""
    if noun.lower() in _UNCOUNTED or (word[0].isupper() and noun[:1].isupper()):
        return None
    before = text[max(0, match.start() - 12) : match.start()].lower()
    if (not noun and not re.search(r"\b(?:the|its|his|her|their)\s$", before)) or re.search(r"\b(?:at|for a|a)\s$", before) and not noun:
        return None
    digits = match["digits"] or re.sub(r"\D", "", alpha2digit(word.lower().replace("-", " "), "en"))
    if not digits:
        digits = str(_WORDS["number"]["ordinals"].index(word.lower()) + 1)
    value = float(digits)
    return Quantity(match.start(), match.end(), "ordinal", number_label(value), value, value, "")


def _read_date(text: str, match: re.Match[str]) -> Quantity | None:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else 0
    name = parts.get("month") or ""
    month = int(name) if name.isdigit() else next(n for n, m in enumerate(MONTHS, 1) if m.startswith(name[:3]))
    day = int(parts["day"]) if parts.get("day") else 0
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    label = "-".join(piece for piece in (f"{year:04d}" if year else "", f"{month:02d}", f"{day:02d}" if day else "") if piece)
    return dated(Quantity(match.start(), match.end(), "date", label, math.nan, math.nan, "day"))


def _read_year(text: str, match: re.Match[str]) -> Quantity | None:
    return dated(Quantity(match.start("only"), match.end("only"), "date", match["only"], math.nan, math.nan, "day"))


def dated(quantity: Quantity, year: int | None = None) -> Quantity:
    """Return a date with its interval in days; `year` is filled in where the text gives none."""
    label = quantity.label
    if re.fullmatch(r"\d\d-\d\d", label):
        if year is None:
            return quantity
        label = f"{year:04d}-{label}"
    pieces = [int(piece) for piece in label.split("-")]
    try:
        first = date(*pieces, *[1] * (3 - len(pieces)))
    except ValueError:
        return quantity  # 29 February of a year that has none
    if len(pieces) == 3:
        last = first.toordinal()
    elif len(pieces) == 2:
        last = date(pieces[0] + pieces[1] // 12, pieces[1] % 12 + 1, 1).toordinal() - 1
    else:
        last = date(pieces[0], 12, 31).toordinal()
    return replace(quantity, label=label, low=float(first.toordinal()), high=float(last))


def _read_weekday(text: str, match: re.Match[str]) -> Quantity | None:
    short = match["name"] or match["short"]
    number = next(n for n, name in enumerate(WEEKDAYS, 1) if name.startswith(short[:3]))
    before = text[max(0, match.start() - 10) : match.start()].split()
    if before and before[-1] in _WORDS["day"]["named"]:
        return None
    return Quantity(match.start(), match.end(), "weekday", WEEKDAYS[number - 1], number, number, "weekday")


def _read_relative(text: str, match: re.Match[str]) -> Quantity | None:
    days = float(_WORDS["day"]["relative"][match["word"].lower()])
    return Quantity(match.start(), match.end(), "relative", number_label(days), days, days, "day")


Reader = Callable[[str, re.Match[str]], Quantity | None]
# What is more particular comes first: what one reader takes no later one reads.
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_ISO, _read_date),
    (_MONTH_FIRST, _read_date),
    (_DAY_FIRST, _read_date),
    (_MONTH_YEAR, _read_date),
    (_WEEKDAY, _read_weekday),
    (_RELATIVE, _read_relative),
    (_MONEY, _read_money),
    (_PERCENT, _read_percent),
    (_OUT_OF, _read_out_of),
    (_PARTS, _read_parts),
    (_PART_OF_UNIT, _read_part_of_unit),
    (_DURATION, _read_duration),
    (_A_UNIT, _read_a_unit),
    (_VAGUE_COUNT, _read_vague),
    (_BARE_YEAR, _read_year),
    (_ORDINAL, _read_ordinal),
    (_COUNT, _read_count),
)


def in_unit(quantity: Quantity, unit: str) -> Quantity | None:
    """Return a duration in another unit of time, any other quantity as it is where its unit is `unit`, else None."""
    if quantity.unit == unit:
        return quantity
    if quantity.unit not in SECONDS or unit not in SECONDS or quantity.kind != "duration":
        return None
    factor = SECONDS[quantity.unit] / SECONDS[unit]
    label = "–".join(number_label(round(float(piece) * factor, 4)) for piece in quantity.label.split("–"))
    return replace(
        quantity, label=label, low=quantity.low * factor, high=quantity.high * factor, unit=unit, grain=quantity.grain * factor
    )


def compare(a: Quantity, b: Quantity) -> str:
    """Return how two quantities of one unit and kind stand: ``equal``, ``overlap`` or ``disjoint``.

    Ends that touch overlap unless both lie outside. Two plain values that differ overlap where the coarser one is the
    finer one rounded: "three hours" and "two hours and 50 minutes".
    """
    same = (a.low, a.high, a.low_open, a.high_open) == (b.low, b.high, b.low_open, b.high_open)
    if same or (math.isclose(a.low, b.low, rel_tol=1e-9) and math.isclose(a.high, b.high, rel_tol=1e-9)):
        return "equal"
    low, high = max(a.low, b.low), min(a.high, b.high)
    if low < high and not math.isclose(low, high, rel_tol=1e-9):
        return "overlap"
    left, right = (a, b) if a.high <= b.high else (b, a)
    if math.isclose(low, high, rel_tol=1e-9):
        return "disjoint" if left.high_open and right.low_open else "overlap"
    coarse, fine = (a, b) if a.grain > b.grain else (b, a)
    plain = not (a.qualifier not in ("", "exactly") or b.qualifier not in ("", "exactly"))
    rounded = plain and "exactly" != coarse.qualifier and fine.grain < coarse.grain * (1 - 1e-9)
    if rounded and abs(a.low - b.low) < coarse.grain / 2 * (1 - 1e-9):
        return "overlap"
    return "disjoint"


def quantities_of(texts: dict[str, str]) -> Iterator[tuple[str, Quantity]]:
    """Yield (article, quantity) of each text in order."""
    for article, text in texts.items():
        for quantity in find_quantities(text):
            yield article, quantity
