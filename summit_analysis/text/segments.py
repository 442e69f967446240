"""Cut each text into segments: sentences, headings, boilerplate and the dateline, each with exact offsets.

A careful rule rather than a trained model: it runs offline, gives the same result everywhere, and a reader can see why
a boundary was drawn. The rules know English news prose; other scripts get the boundaries that their punctuation shows.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

import pandas as pd
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from summit_analysis import lexicons
from summit_analysis.corpus import Corpus

COLUMNS = ("article", "segment", "kind", "start", "end", "position", "text", "paragraph")
KINDS = ("sentence", "heading", "boilerplate", "dateline")

LINE = re.compile(r"[^\n\x0b\x0c\x85\u2028\u2029]+")
OPENERS = "“‘\"'«„‚([{—–-"
CLOSERS = "”’\"'»)]}」』》"
STOPS = ".!?…。！？؟।॥։۔"
# Three dots set with blanks between them are one ellipsis; a fourth dot before them is the stop.
STOP = re.compile(rf"\.(?:[ \u00a0]\.){{2,3}}(?!\.)|[{re.escape(STOPS)}]+")
# A closing mark set off by a thin blank, as in ‘…’ ”.
SET_OFF_CLOSER = re.compile(r"[ \u00a0\u2009\u200a\u202f][’”](?=\s|$)")
FOOTNOTE = re.compile(r"\[\d{1,3}\]")

HEADING_WORDS = 15
BOILERPLATE_WORDS = 45
# A line that ends so is the lead-in to what follows, not a heading.
LEAD_IN = re.compile(
    r"\b(?:said|says|told|wrote|writes|reads?|stated?|states|added|adds|asked|asks|follows|following|tweeted|posted|"
    r"explained|continued|replied|answered)\b[^:]{0,60}:$"
)
FINITE = re.compile(r"\b(?:said|says|told|was|were|had|has|have|is|are|will|would|did)\b", re.IGNORECASE)

KNOWN_AGENCY = (
    r"\((?:CNN|AP|AFP|Reuters|REUTERS|PTI|ANI|IANS|UPI|dpa|TASS|Xinhua|Bloomberg|CBS News|NBC News|Fox News|BBC)\)"
)
AGENCY = r"\((?:[A-Z][\w .&/-]{1,30})\)"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DAY = rf"(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?"
PLACE = r"[A-Z][\w.'’-]*(?:[ /][A-Z][\w.'’-]*){0,4}"
DASH = r"(?:—|–|--?)(?=\s+\S|(?<=—)\S)"
DATELINE = re.compile(
    rf"(?:(?P<place>{PLACE}(?:, (?:{DAY}|{PLACE}|\d{{4}})){{0,3}})\s*)?"
    rf"(?:(?P<known>{KNOWN_AGENCY})\s*(?:{DASH}|:)?|(?P<agency>{AGENCY})?\s*{DASH})"
)
NO_PLACE = re.compile(r"(?:FILE|FILE PHOTO|EXCLUSIVE|UPDATE|BREAKING|VO|WATCH|VIDEO|PHOTOS?|OPINION|ANALYSIS)\b")
DATELINE_PARAGRAPHS = 6

ABBREVIATIONS = tomllib.loads(files(lexicons).joinpath("abbreviations.toml").read_text(encoding="utf-8"))
TITLES, MAY_END = frozenset(ABBREVIATIONS["never_ends"]), frozenset(ABBREVIATIONS["may_end"])
STARTERS = ENGLISH_STOP_WORDS | {"did", "does", "just", "let", "like", "unlike", "given", "today", "asked", "according"}
# After a question or exclamation mark inside a quotation: the attribution that shows the sentence goes on.
ATTRIBUTION = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,4}(?:, .{3,40}, )?(?:said|says|asked|asks|told|added|adds|replied|wrote|writes|shouted|yelled|"
    r"quipped|joked|declared|exclaimed|insisted|continued|demanded|wondered|answered|cried|called|tweeted|posted|remarked|"
    r"warned|responded|interjected|mused|claimed|recalled|thundered|interrupted|chanted|shot back)\b"
)
LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z])[.)]")
LOST_BLANK_BEFORE = re.compile(r"(?:[^\W\d_]{2}|\d{4}|[%)])$")
LOST_BLANK_AFTER = re.compile(r"[\"“‘]?[A-Z][a-z]*(?:['’]s)?[\s,]")
# How far a rule looks around a stop: enough for any of them, and linear in the length of a paragraph.
BEHIND, AHEAD = 160, 160


def _load_boilerplate() -> list[tuple[re.Pattern[str], tuple[str, ...], bool]]:
    """Return (pattern, what a line must hold one of, whether a sentence could fit too): few, of many joined."""
    lines = tomllib.loads(files(lexicons).joinpath("boilerplate.toml").read_text(encoding="utf-8"))["line"]
    joined: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for line in lines:
        pattern = f"(?:{line['pattern']})" if line.get("cased") else f"(?i:{line['pattern']})"
        joined.setdefault((tuple(line.get("holds", ())), line.get("prose", False)), []).append(pattern)
    return [(re.compile("|".join(patterns)), *kind) for kind, patterns in joined.items()]


BOILERPLATE = _load_boilerplate()


def find_segments(corpus: Corpus) -> pd.DataFrame:
    """Return one row per segment of each article, in reading order.

    Columns: article; segment (1..n in its article); kind (``sentence``, ``heading``, ``boilerplate``, ``dateline``);
    start, end (code points, ``text[start:end]`` is the segment); position (start / length of the text, in [0, 1));
    text; paragraph (1..m in its article, in which it stands). Segments do not overlap, and every character that is not
    white space lies in one.
    """
    rows = []
    for article, text in corpus.texts.items():
        paragraphs = [start for start, _ in find_paragraphs(text)]
        rows += [
            (article, number, kind, start, end, start / len(text), text[start:end], bisect_right(paragraphs, start))
            for number, (kind, start, end) in enumerate(segment(text), start=1)
        ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def count_kinds(segments: pd.DataFrame) -> pd.DataFrame:
    """Return one row per article: article, and how many of its segments are of each kind."""
    counts = segments.groupby(["article", "kind"]).size().unstack(fill_value=0)
    return counts.reindex(columns=list(KINDS), fill_value=0).rename_axis(columns=None).reset_index()


def segment(text: str) -> list[tuple[str, int, int]]:
    """Return (kind, start, end) of each segment of `text`."""
    found: list[tuple[str, int, int]] = []
    paragraphs = list(find_paragraphs(text))
    prose, dated = 0, False
    for number, (start, end) in enumerate(paragraphs):
        block = text[start:end]
        following = text[slice(*paragraphs[number + 1])] if number + 1 < len(paragraphs) else ""
        kind = _kind_of_block(block, following, first=number == 0)
        if kind != "sentence":
            found.append((kind, start, end))
            continue
        body = start
        if not dated and prose < DATELINE_PARAGRAPHS and (length := _dateline_length(block, opening=prose == 0)):
            dated = True
            found.append(("dateline", start, start + length))
            body, _ = _trimmed(text, start + length, end)
        prose += 1
        found.extend(("sentence", a, b) for a, b in _sentences(text, body, end))
    return found


def boilerplate(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each segment of kind ``boilerplate``, without cutting the rest into sentences."""
    paragraphs = list(find_paragraphs(text))
    following = [text[start:end] for start, end in paragraphs[1:]] + [""]
    return [
        (start, end)
        for number, ((start, end), after) in enumerate(zip(paragraphs, following, strict=True))
        if _kind_of_block(text[start:end], after, first=number == 0) == "boilerplate"
    ]


def find_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the trimmed span of each paragraph: a line, or the lines of a text that was wrapped at a fixed width."""
    lines = [(m.start(), m.end()) for m in LINE.finditer(text)]
    spans = [_trimmed(text, start, end) for start, end in lines]
    wrapped = _is_hard_wrapped(text, lines)
    current: tuple[int, int] | None = None
    for (start, end), line in zip(spans, lines, strict=True):
        if start == end:
            if current:
                yield current
            current = None
        elif current and wrapped and text[current[1] : line[0]].count("\n") == 1:
            current = (current[0], end)
        else:
            if current:
                yield current
            current = (start, end)
    if current:
        yield current


def _is_hard_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Return whether line breaks fall inside sentences, as in a text wrapped at some 70 characters."""
    adjacent = [
        (text[a:b].rstrip(), text[c:d].lstrip())
        for (a, b), (c, d) in pairwise(lines)
        if text[b:c] == "\n" and text[a:b].strip()
    ]
    long_lines = [(line, after) for line, after in adjacent if 45 <= len(line) <= 100]
    unstopped = [after for line, after in long_lines if line[-1] not in STOPS + CLOSERS + ":"]
    running_on = sum(after[:1].islower() for after in unstopped)
    return (running_on >= 2 and running_on >= len(adjacent) * 0.3) or (
        running_on >= 1 and len(adjacent) >= 3 and len(unstopped) >= len(adjacent) * 0.6
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _kind_of_block(block: str, following: str, *, first: bool) -> str:
    words = len(block.split(None, BOILERPLATE_WORDS + 1))
    if words <= BOILERPLATE_WORDS and _is_boilerplate(block):
        return "boilerplate"
    if not following or words > HEADING_WORDS:
        return "sentence"
    last = block.rstrip(CLOSERS)[-1:]
    if last == ":":
        return "sentence" if following[0] in "“‘\"'«„" or LEAD_IN.search(block) else "heading"
    if last and last in "?!" and block[-1] not in CLOSERS and words <= 9:
        # "What happens next?" above a paragraph; a question within running text has its own paragraph more rarely.
        return "heading" if len(following) > 2 * len(block) and not re.search(r"[.!?…]\s", block) else "sentence"
    if last and last in STOPS + ",;":
        return "sentence"
    return "heading" if first or any(c.isalnum() for c in block) else "boilerplate"


def _is_boilerplate(line: str) -> bool:
    lowered = line.lower()
    for pattern, held, prose in BOILERPLATE:
        if held and not any(map(lowered.__contains__, held)):
            continue
        if pattern.fullmatch(line) and not (prose and line.rstrip(CLOSERS)[-1:] in STOPS and FINITE.search(line)):
            return True
    return False


def _dateline_length(block: str, *, opening: bool) -> int:
    """Return the length of the dateline that begins `block`, its dash included, or 0.

    A place alone counts only in the first paragraph of prose (`opening`); captions and teasers may stand before one
    that names an agency or stands in capitals.
    """
    found = DATELINE.match(block)
    if not found or not found.group() or found.end() > 80 or NO_PLACE.match(block):
        return 0
    length, rest = len(found.group().rstrip()), block[found.end() :].lstrip()
    place = (found["place"] or "").strip()
    if not rest or rest[0].islower():
        return 0
    if found["known"] or (found["agency"] and place):
        return length
    capitals = place.split(",")[0].isupper() and len(place) > 3
    if not place or not (opening or capitals):
        return 0
    # "Vladimir Putin – Russia's leader – arrived": a second dash in the sentence closes an aside.
    sentence = re.split(r"(?<=[.!?])\s", rest, maxsplit=1)[0]
    return 0 if re.search(r"\s(?:—|–|--?)\s|—", sentence) and not capitals else length


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the trimmed span of each sentence in ``text[start:end]``."""
    begin = start
    for boundary in [*_boundaries(text, start, end), end]:
        a, b = _trimmed(text, begin, boundary)
        if a < b:
            yield a, b
        begin = boundary


def _boundaries(text: str, start: int, end: int) -> Iterator[int]:
    depth, straight, counted = 0, 0, start
    for mark in STOP.finditer(text, start, end):
        stop, after = mark.span()
        passage = text[counted:stop]
        depth = max(0, depth + passage.count("“") - passage.count("”"))
        straight += passage.count('"')
        counted = stop
        quoted = depth > 0 or straight % 2 == 1
        after = _behind_closers(text, after, end, straight_open=straight % 2 == 1)
        if after < end and _ends_sentence(text, begin=start, mark=mark, after=after, end=end, quoted=quoted):
            yield after


def _behind_closers(text: str, at: int, end: int, *, straight_open: bool) -> int:
    """Return where the closing marks and the footnote number behind a stop end."""
    while at < end:
        if text[at] == '"' and not straight_open:
            break  # 'left."They': the mark opens what follows
        if text[at] in CLOSERS or (text[at] == "“" and "„" in text[max(0, at - 400) : at]):
            straight_open = straight_open and text[at] != '"'
            at += 1
        elif found := SET_OFF_CLOSER.match(text, at, end) or FOOTNOTE.match(text, at, end):
            at = found.end()
        else:
            break
    return at


def _ends_sentence(text: str, *, begin: int, mark: re.Match[str], after: int, end: int, quoted: bool) -> bool:
    """Return whether the stop `mark`, whose closing marks end at `after`, ends a sentence."""
    stop = mark.group()
    if stop[0] in "。！？":
        return True
    closers = text[mark.end() : after]
    before = text[max(begin, mark.start() - BEHIND) : mark.start()]
    ellipsis = "…" in stop or stop.startswith("..") or " " in stop or "\u00a0" in stop
    ahead = text[after : min(end, after + AHEAD)]
    if not ahead[0].isspace():
        # "met.Then": a blank lost in copying; not "U.S.-Russia", "example.org" or "3.5".
        token = re.split(r"\s", before)[-1]
        return bool(
            not ellipsis
            and LOST_BLANK_BEFORE.search(before)
            and LOST_BLANK_AFTER.match(ahead + " ")
            and not re.search(r"[./@]", token)
        )
    rest = ahead.lstrip()
    word = rest.lstrip(OPENERS + " ")
    opening = rest[: len(rest) - len(word)]
    if not word or word[0].islower():
        return False
    if ellipsis:
        # Within a quotation it marks an omission: "great… Make a deal".
        return bool(re.search('[”’"]', closers)) or not (closers or quoted)
    if stop[0] in "!?":
        return not (closers and not opening and ATTRIBUTION.match(word))
    return _full_stop_ends(before, closers, opening, word, at_start=mark.start() - len(before) == begin)


def _full_stop_ends(before: str, closers: str, opening: str, word: str, *, at_start: bool) -> bool:
    """Return whether a full stop ends the sentence, given what stands `before` it and the `word` behind it."""
    previous = re.search(r"[^\s“”‘\"(\[—–-]+$", before)
    if not previous:
        return True
    token = previous.group()
    bare = token.lower().rstrip(".")
    next_word = re.match(r"\w+", word)
    lower = next_word.group().lower() if next_word else ""
    starter = lower in STARTERS and (not next_word.group().isupper() or lower in ("i", "a"))
    abbreviated = token[0].isupper() and (bare in TITLES or bare in MAY_END)
    if closers:
        # "[Sen.] Lund" and "Ferguson (Mo.) Police" go on.
        return not (abbreviated and closers[0] in ")]" and not starter and not opening)
    if at_start and not before[: previous.start()].strip(OPENERS + " ") and LIST_NUMBER.fullmatch(token + "."):
        return False
    if bare == "no":
        return not word[0].isdigit()
    if bare in TITLES and (
        token[0].isupper() or bare not in ("art", "ed", "fig", "no", "st", "sec", "mt", "col", "gen")
    ):
        return starter and bare in ("v", "m", "al", "st")
    if bare in ("a.m", "p.m"):
        return not re.match(
            rf"(?:{MONTH} \d|[A-Z]{{2,4}}\b|(?:Eastern|Pacific|Central|Mountain|local)\b|\w+day\b)", word
        )
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]|[^\W\d_]", token) and token != "I":
        # An initial or an initialism: "George W. Bush", "U.S. President"; but "in the U.S. The talks".
        return starter
    if abbreviated and bare in MAY_END:
        state = bool(re.search(r", $", before[: previous.start()]))  # "in Richmond, Va. Lund said": more often the end
        return (starter or (state and bare not in ("inc", "jr", "sr", "ltd", "co", "corp"))) and not word[0].isdigit()
    return True
