"""Read numbers in digits, words or both: "2 ½", "1.5 billion", "three hundred and five", "half a dozen"."""

from __future__ import annotations

import re

from text_to_num import text2num

from summit_analysis.text.intervals import TENTH, WORDS

SCALES = WORDS["scale"]
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}


def any_of(words: object) -> str:
    """Return a pattern of alternatives, the longest first, in which a blank may be any white space or hyphen."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(words, key=len, reverse=True))


UNITS = any_of(WORDS["number"]["units"])
_SCALE_WORDS = r"hundred|thousand|million|billion|trillion"
# Bounded, so that a page of number words takes no longer than any other.
_WORDED = (
    rf"(?:(?:a|{UNITS})[\s-]|(?<!few\s)(?<!many\s)(?<!several\s)(?<!couple\s)(?<!half\sa\s))(?:{_SCALE_WORDS})\b(?:(?:\s(?:and\s)?|-)(?:{UNITS}|{_SCALE_WORDS})\b){{0,8}}"
    rf"|(?:{UNITS})\b(?:[\s-](?:{UNITS}|{_SCALE_WORDS})\b(?:\sand\s(?=(?:{UNITS})\b))?){{0,8}}"
)
_DIGITS = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,5}(?![\d,])|\d{1,15}(?:\.\d{1,9})?"
HALF = r"[\s-]and[\s-]a[\s-](?:half|quarter)"
NUMBER = (
    rf"(?:(?:{_DIGITS})(?:[ \u00a0]?[½¼¾⅓⅔]|[ \u00a0-][1-3]/[2-5])?(?:[\s-]?(?:{any_of(SCALES)})\b)?(?:{HALF}\b)?|[½¼¾⅓⅔]"
    rf"|(?:half|(?:a\s)?quarter\sof)\sa\s(?:million|billion|trillion)\b|(?:half\sa|a)\sdozen\b|(?:{UNITS})\sdozen\b|(?:{_WORDED})(?:{HALF}\b(?:[\s-](?:{_SCALE_WORDS})\b)?)?)"
)


def read_number(words: str) -> tuple[float, float]:
    """Return the value of a number in digits, words or both, and what its last digit stands for.

    Raises
    ------
    ValueError
        `words` is no number.
    """
    text = " ".join(re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", words.lower()).split()).replace("\u202f", " ")
    if not text:
        raise ValueError("there is no number")
    if found := re.fullmatch(rf"(.+ and a (?:half|quarter)) ({_SCALE_WORDS})", text.replace("-", " ")):
        value, step = read_number(found[1])
        return value * SCALES[found[2]], step * SCALES[found[2]]
    added, grain = 0.0, 0.0
    if found := re.search(r"\sand\sa\s(half|quarter)$", text.replace("-", " ")):
        part = 0.5 if found[1] == "half" else 0.25
        value, step = read_number(text[: found.start()])
        scale = next((SCALES[w] for w in reversed(text[: found.start()].split()) if w in SCALES), 1)
        return value + part * scale, part * scale if scale > 1 else min(step, part)
    if (found := re.fullmatch(r"(half|(?:a )?quarter of) a (\w+)", text)) and found[2] in SCALES:
        value = (0.5 if found[1] == "half" else 0.25) * SCALES[found[2]]
        return value, 2 * TENTH * value  # as round as "about"
    if text.endswith("dozen"):
        count = text.removesuffix("dozen").strip()
        return 12 * (0.5 if count == "half a" else 1.0 if count == "a" else read_number(count)[0]), 1.0
    if found := re.search(r"[ \u00a0-]?([½¼¾⅓⅔])|[ \u00a0-]([1-3])/([2-5])", text):
        added = FRACTIONS[found[1]] if found[1] else int(found[2]) / int(found[3])
        text, grain = (text[: found.start()] + text[found.end() :]).strip(), added
    scale = 1
    if found := re.search(rf"(?<=[\d ])\s?({any_of(SCALES)})$", text):
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
