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
from summit_analysis.text.intervals import CURRENCIES, SECONDS, UNIT_OF, WORDS, Quantity, interval_of, number_label
from summit_analysis.text.number_frames import (
    BEHIND,
    QUALIFIER,
    QUALIFIERS,
    RANGE,
    SIGNED,
    START,
    STOP,
    TIME,
    compiled,
    counted_noun,
    made,
    measured,
    ranged,
)
from summit_analysis.text.numbers import HALF, NUMBER, SCALES, UNITS, any_of, read_number
from summit_analysis.text.shares import (
    MARK,
    ONE_IN,
    OUT_OF,
    PARTS,
    PERCENT,
    read_mark,
    read_one_in,
    read_out_of,
    read_parts,
    read_percent,
)
from summit_analysis.text.vague import VAGUE, read_vague

KINDS = ("duration", "weekday", "relative", "date", "count", "ordinal", "percentage", "money", "scale")
_UNCOUNTED = frozenset(WORDS["number"]["uncounted"])
_NAMES = frozenset(WORDS["number"]["names"])
_ORDINALS = any_of(WORDS["number"]["ordinals"])
_TENS = any_of(w for w in WORDS["number"]["units"] if w.endswith("ty"))
_FRACTIONS = WORDS["number"]["denominators"]

_MONEY = compiled(
    rf"{QUALIFIER}(?:(?P<minus>minus\s)?(?<!\w)(?P<sign>{any_of(WORDS['currency']['signs'])})\s?(?P<low>{NUMBER})(?:(?P<joint>\s?[-–—]\s?|\sto\s)(?:[$£€])?(?P<high>{NUMBER}))?{STOP}"
    rf"|{START}(?P<between>between\s)?(?P<wlow>{NUMBER})(?:(?P<wjoint>\s?[-–—]\s?|\sto\s|\sand\s)(?P<whigh>{NUMBER}))?[\s-](?P<word>{any_of(WORDS['currency']['words'])})\b){BEHIND}"
)
_DURATION = compiled(
    rf"{QUALIFIER}{START}{RANGE}[\s-](?P<unit>{TIME})\b(?P<half>{HALF}\b)?(?:(?:\s(?:and\s)?|,\s(?:and\s)?)(?P<more>{NUMBER})[\s-](?P<unit2>{TIME})\b)?{BEHIND}"
)
_PART_OF_UNIT = compiled(
    rf"{QUALIFIER}(?<![\w-])(?:(?:(?P<part>half)|(?:(?P<count>an?|{UNITS})[\s-])?(?P<piece>{any_of(_FRACTIONS)})\sof)[\s-]an?[\s-]|(?P<halfhyphen>half)-)(?P<unit>{TIME})\b{BEHIND}"
)
_A_UNIT = compiled(
    rf"(?:(?P<qualifier>{any_of(QUALIFIERS)})\s)?(?<![\w-])(?P<article>an?)\s(?P<unit>{TIME})\b(?P<half>{HALF}\b)?(?!\s(?:ago\s)?(?:of\b|trip\b)){BEHIND}"
)
_A_LEFT = compiled(
    r"(?:^|[.!?“\"(]\s*|\b(?:for|in|after|within|lasted|lasting|took|takes|taking|during|least|than|every|by|spent|was|is|[,–—])\s+)$"
)
_COUNT = compiled(rf"{QUALIFIER}{START}{RANGE}{STOP}{BEHIND}")
_ORDINAL = compiled(rf"(?<![\w-])(?:(?:{_TENS})-)?(?:(?P<word>{_ORDINALS})|(?P<digits>\d+)(?:st|nd|rd|th))(?![\w-])")
_BELOW_ZERO = re.compile(r"(?:\s?(?:Celsius|Fahrenheit|[CF]))?\sbelow\szero\b", re.IGNORECASE)
_LASTED = re.compile(
    rf"\b(?:{any_of([*WORDS['frame']['lasting'], *WORDS['frame']['ended']])})\s(?:for\s|only\s|just\s)*$", re.IGNORECASE
)
_NOTHING_COUNTED = re.compile(
    r"\s*(?:$|[.,;:!?)”\"–—])|\s(?:instead|not|but|and|rather|in\sall|altogether|at\smost|at\sleast)\b", re.IGNORECASE
)
_TIMES = re.compile(r"\s?(?:[ap]\.?m\b|o['’]clock|GMT|UTC|noon)", re.IGNORECASE)


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of `text` in order; none overlaps another.

    A plain value is an interval of one point, [v, v]. With a qualifier: ``nearly`` [v - r, v), ``about`` [v - r, v + r],
    ``just_over`` (v, v + r], ``more`` (v, inf), ``at_least`` [v, inf), ``less`` (0, v), ``at_most`` (0, v],
    ``exactly`` [v, v], where the reach r is a quarter of the unit (of the value below one) for values under ten, and a
    tenth of the value from ten on. "20 to 30" is [20, 30]; vague words ("several", "hundreds of") have wide intervals,
    listed in ``lexicons/quantities.toml``. A number that stands alone behind a verb of lasting is of the unit named
    before: "planned for seven hours, it lasted three".
    """
    taken = [False] * len(text)
    found: list[Quantity] = []
    hinted = {hint: bool(hint.search(text)) for hint in dict.fromkeys(hint for hint, _, _ in _READERS)}
    for hint, pattern, read in _READERS:
        if not hinted[hint]:
            continue
        place = 0
        while match := pattern.search(text, place):
            quantity = read(text, match)
            # Of "from 14 to 23" the first alone may have been read.
            place = quantity.end if quantity and match.start() < quantity.end < match.end() else match.end()
            if quantity and not any(taken[quantity.start : quantity.end]):
                taken[quantity.start : quantity.end] = [True] * (quantity.end - quantity.start)
                found.append(quantity)
    return _with_units(text, sorted(found, key=lambda q: q.start))


def _with_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Return quantities in order, bare numbers that are lengths of time made durations."""
    unit = ""
    for n, quantity in enumerate(found):
        if quantity.kind == "duration":
            unit = quantity.unit
        elif unit and quantity.kind == "count" and not quantity.unit:
            before = text[max(0, quantity.start - 40) : quantity.start]
            if _LASTED.search(before) and _NOTHING_COUNTED.match(text, quantity.end):
                found[n] = replace(quantity, kind="duration", unit=unit)
    return found


def _read_duration(text: str, match: re.Match[str]) -> Quantity | None:
    unit = UNIT_OF[match["unit"].lower()]
    quantity = ranged(match, "duration", unit)
    if quantity is None and match["high"]:
        at = match.start("high")
        again = _DURATION.match(text, at)
        quantity = measured(again, "duration", unit, low=again["low"], start=at) if again else None
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
    count = (match["count"] or "a").lower()
    part = 1 / _FRACTIONS[(match["piece"] or "half").lower()]
    value = part * (1 if count in ("a", "an") else read_number(count)[0])
    return made(match, "duration", value, UNIT_OF[match["unit"].lower()], grain=part)


def _read_a_unit(text: str, match: re.Match[str]) -> Quantity | None:
    unit = UNIT_OF[match["unit"].lower()]
    led = match["qualifier"] or match["half"] or _A_LEFT.search(text[max(0, match.start() - 20) : match.start()])
    if unit == "second" or not led:
        return None
    value = 1.0 + (0.5 if "half" in (match["half"] or "").lower() else 0.25 if match["half"] else 0)
    return made(match, "duration", value, unit, grain=1.0 if value == 1 else value - 1)


def _read_money(text: str, match: re.Match[str]) -> Quantity | None:
    if match["sign"]:
        unit = next(code for sign, code in CURRENCIES.items() if sign.lower() == match["sign"].lower())
        signs = (-1, -1) if match["minus"] else (1, 1)
        return measured(match, "money", unit, low=match["low"], high=match["high"], signs=signs)
    unit = CURRENCIES[" ".join(match["word"].lower().split())]
    if match["whigh"] and match["wjoint"].strip().lower() == "and" and not match["between"]:
        at = match.start("whigh")
        return measured(match, "money", unit, low=match["whigh"], start=at)
    return measured(match, "money", unit, low=match["wlow"], high=match["whigh"])


def _read_count(text: str, match: re.Match[str]) -> Quantity | None:
    before = text[max(0, match.start() - 24) : match.start()]
    word = re.search(r"([\w.]+)\s$", before)
    low = match["low"]
    if (word and word[1].lower() in _NAMES and not match["qualifier"]) or _TIMES.match(text, match.end()):
        return None
    if match["high"] and (match["joint"] or "").strip().lower() == "and" and not match["between"]:
        # Two numbers, not a range: this match gives the first, the second is read by itself.
        return _plain_count(text, match, low, match.end("low"))
    noun_end, noun = counted_noun(text, match.end())
    if match["minus"] and noun and noun not in SIGNED and not match["high"]:
        return measured(match, "count", noun, low=low, start=match.start("low"), end=noun_end)  # "minus two players"
    if noun in SIGNED and not match["high"] and (below := _BELOW_ZERO.match(text, noun_end)):
        return measured(match, "count", noun, low=low, end=below.end(), signs=(-1, -1))
    bare = low.lower() in ("one", "zero", "a hundred") or low.lower() in SCALES
    if bare and not noun and not match["qualifier"]:
        return None
    if low.lower() == "one" and text[match.end() :].lstrip().split(" ")[0].lower().rstrip(".,;:") in _UNCOUNTED:
        return None
    if match["high"] and not (match["joint"] or "").strip().isalpha() and match["joint"]:
        return ranged(match, "count", noun, end=noun_end)  # "52-48" is a score, not a range and not a count
    if not noun and not match["qualifier"] and re.fullmatch(r"(?:19|20)\d\d", low):
        return None  # "the 2024 election"
    return ranged(match, "count", noun, end=noun_end) or (
        _plain_count(text, match, low, match.end("low")) if match["high"] else None
    )


def _plain_count(text: str, match: re.Match[str], low: str, at: int) -> Quantity | None:
    end, noun = counted_noun(text, at)
    signs = (-1 if match["minus"] else 1, 1)
    return measured(match, "count", noun, low=low, end=end, signs=signs) if low.lower() != "one" else None


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
_HAS_TIME = re.compile(rf"\b(?:{TIME})\b", re.IGNORECASE)
_HAS_NUMBER = re.compile(rf"\d|[½¼¾⅓⅔]|\b(?:{UNITS}|{any_of(SCALES)}|dozen)\b", re.IGNORECASE)
_HAS_PART = re.compile(r"\d/\d|\b(?:half|quarters?|thirds?|[a-z]+ths?)\b", re.IGNORECASE)
_HAS_VAGUE = re.compile(
    r"\b(?:couple|handful|few|several|tens|dozens|scores|hundreds|[a-z]+ions|thousands)\b", re.IGNORECASE
)
# What is more particular comes first: what one reader takes no later one reads.
_READERS: tuple[Row, ...] = (
    *DAYS,
    (_HAS_VAGUE, VAGUE, read_vague),
    (_HAS_NUMBER, _MONEY, _read_money),
    (_HAS_NUMBER, PERCENT, read_percent),
    (_HAS_NUMBER, OUT_OF, read_out_of),
    (_HAS_NUMBER, ONE_IN, read_one_in),
    (_HAS_NUMBER, MARK, read_mark),
    (_HAS_PART, PARTS, read_parts),
    (_HAS_TIME, _PART_OF_UNIT, _read_part_of_unit),
    (_HAS_TIME, _DURATION, _read_duration),
    (_HAS_TIME, _A_UNIT, _read_a_unit),
    YEARS,
    (_ORDINAL, _ORDINAL, _read_ordinal),
    (_HAS_NUMBER, _COUNT, _read_count),
)
