"""Cut each text into segments: sentences, headings, boilerplate and the dateline, each with exact offsets.

A careful rule rather than a trained model: it runs offline, gives the same result everywhere, and a reader can see why
a boundary was drawn. The rules know English news prose; other scripts get the boundaries that their punctuation shows.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

import pandas as pd
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from summit_analysis import lexicons
from summit_analysis.corpus import Corpus

COLUMNS = ("article", "segment", "kind", "start", "end", "position", "text")
KINDS = ("sentence", "heading", "boilerplate", "dateline")

LINE = re.compile(r"[^\n\x0b\x0c\x85\u2028\u2029]+")
OPENERS = "“‘\"'«„‚([{—–-"
CLOSERS = "”’\"'»)]}"
STOPS = ".!?…。！？؟।॥։"
HEADING_WORDS = 15

# What a page puts around an article. Each pattern takes a whole line; the example beside it is what it is for.
BOILERPLATE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\W*(?:also|further|related|recommended) read(?:ing|s)?\b\s*[:|–—-].*",  # Also Read: Ten things to know
        r"\W*(?:also )?read(?: also| more| next| the full \w+)?\s*[:|»>].*",  # Read more: Ten things to know
        r"\W*read more\W*",
        r"\W*(?:related|more on this|see also|watch|listen|in pictures|don['’]t miss|trending|editor['’]s picks?)\b[^.!?]{0,30}[:|»>].*",
        r"\W*(?:related (?:articles|stories|news|topics)|more on this(?: story)?|most read|advertisement|sponsored content)\W*",
        r"\W*(?:with )?(?:additional )?inputs? from .{1,80}",  # (With inputs from AP)
        r"[(\[]?\s*(?:additional )?reporting by .{1,200}",  # Reporting by A. Reporter; editing by B. Editor
        r"[(\[]?\s*(?:this (?:story|article|report) (?:has been|was|is) .{0,60}(?:feed|agenc(?:y|ies)|syndicated|auto-generated|wire)).*",
        r"[(\[]\s*(?:AP|AFP|Reuters|dpa|ANI|PTI|UPI|TASS|Xinhua|Bloomberg|EFE|ANSA|Agencies|(?:with )?agencies)(?:\s*[/,&]\s*\w+)*\s*[)\]]",
        r"(?:source|sources|via|credit|photo|image|picture|photo credit|image credit|file photo)s?\s*:\s*.{1,120}",
        r"(?:©|\(c\)|copyright\b).*",
        r".*\ball rights reserved\b.*",
        r"(?:published|updated|last updated|posted|last modified)\b\s*(?::|on\b|at\b).{0,80}",
        r"(?:click here|tap here|sign up|subscribe|follow us|join us|download (?:the|our) app|share (?:this|on)|like us|get (?:our|the) (?:app|newsletter))\b.{0,160}",
        r"(?:hide caption|toggle caption|enlarge this image|article continues (?:below|after).*|continue reading.*|scroll to continue.*|story continues.*|loading\W*)",
        r"\d+ min(?:ute)?s? read",
    )
)
# "By Ann Writer, Associated Press": only where names are capitalised, so it stands apart from those that ignore case.
BYLINE = re.compile(r"(?i:by) [A-Z][\w.'’-]+(?: (?:and |de |van |von |al-)?[A-Z][\w.'’-]+){0,5}(?:\s*[,|].{0,60})?")

AGENCY = r"\((?:[A-Z][\w .&/-]{1,30})\)"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
PLACE = r"[A-Z][\w.'’-]*(?:[ /][A-Z][\w.'’-]*){0,4}"
DATELINE = re.compile(
    rf"(?P<place>{PLACE}(?:, (?:{PLACE}|{MONTH} \d{{1,2}}|\d{{4}})){{0,3}})\s*(?P<agency>{AGENCY})?\s*(?P<dash>—|–|--?)(?=\s+\S|(?<=—)\S)"
)

ABBREVIATIONS = tomllib.loads(files(lexicons).joinpath("abbreviations.toml").read_text(encoding="utf-8"))
TITLES, MAY_END = frozenset(ABBREVIATIONS["never_ends"]), frozenset(ABBREVIATIONS["may_end"])
STARTERS = ENGLISH_STOP_WORDS
# After a question or exclamation mark inside a quotation: the attribution that shows the sentence goes on.
ATTRIBUTION = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|asked|asks|told|added|adds|replied|wrote|writes|shouted|yelled|quipped|joked|"
    r"declared|exclaimed|insisted|continued|demanded|wondered|answered|cried|called|tweeted|posted|remarked|warned)\b"
)
LIST_NUMBER = re.compile(r"(?:\(?\d{1,3}|[A-Za-z])[.)]$")


def find_segments(corpus: Corpus) -> pd.DataFrame:
    """Return one row per segment of each article, in reading order.

    Columns: article; segment (1..n in its article); kind (``sentence``, ``heading``, ``boilerplate``, ``dateline``);
    start, end (code points, ``text[start:end]`` is the segment); position (start / length of the text, in [0, 1));
    text. Segments do not overlap, and every character that is not white space lies in one.
    """
    rows = [
        (article, number, kind, start, end, start / len(text), text[start:end])
        for article, text in corpus.texts.items()
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
    blocks = list(find_paragraphs(text))
    prose_seen = False
    for number, (start, end) in enumerate(blocks):
        block = text[start:end]
        following = text[slice(*blocks[number + 1])] if number + 1 < len(blocks) else ""
        kind = _kind_of_block(block, following, first=number == 0)
        if kind != "sentence":
            found.append((kind, start, end))
            continue
        if not prose_seen and (length := _dateline_length(block)):
            found.append(("dateline", start, start + length))
            body, _ = _trimmed(text, start + length, end)
        else:
            body = start
        prose_seen = True
        found.extend(("sentence", a, b) for a, b in _sentences(text, body, end))
    return found


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
    running_on = sum(line[-1] not in STOPS + CLOSERS + ":" and after[:1].islower() for line, after in long_lines)
    return running_on >= 2 and running_on >= len(adjacent) * 0.3


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _kind_of_block(block: str, following: str, *, first: bool) -> str:
    if BYLINE.fullmatch(block) or any(pattern.fullmatch(block) for pattern in BOILERPLATE):
        return "boilerplate"
    if not following or len(block.split()) > HEADING_WORDS:
        return "sentence"
    last = block.rstrip(CLOSERS)[-1:]
    if last == ":":
        return "sentence" if following[0] in "“‘\"'«„" else "heading"
    if last and last in "?!" and block[-1] not in CLOSERS and len(block.split()) <= 9:
        # "What happens next?" above a paragraph; a question within running text has its own paragraph more rarely.
        return "heading" if len(following) > 2 * len(block) and not re.search(r"[.!?…]\s", block) else "sentence"
    if last in STOPS or last in ",;":
        return "sentence"
    return "heading" if first or any(c.isalnum() for c in block) else "boilerplate"


def _dateline_length(block: str) -> int:
    """Return the length of the dateline that opens `block`, its dash included, or 0."""
    found = DATELINE.match(block)
    if not found or found.end() > 80:
        return 0
    rest = block[found.end() :].lstrip()
    if not rest or rest[0].islower():
        return 0
    if found["agency"]:
        return found.end()
    # "Vladimir Putin – Russia's leader – arrived": a second dash in the sentence closes an aside.
    sentence = re.split(r"(?<=[.!?])\s", rest, maxsplit=1)[0]
    aside = re.search(r"\s(?:—|–|--?)\s|—", sentence)
    return 0 if aside and not found["place"].split(",")[0].isupper() else found.end()


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the trimmed span of each sentence in ``text[start:end]``."""
    begin = start
    for boundary in _boundaries(text, start, end):
        a, b = _trimmed(text, begin, boundary)
        if a < b:
            yield a, b
        begin = boundary
    a, b = _trimmed(text, begin, end)
    if a < b:
        yield a, b


def _boundaries(text: str, start: int, end: int) -> Iterator[int]:
    for mark in re.finditer(rf"[{re.escape(STOPS)}]+", text[start:end]):
        stop, after = start + mark.start(), start + mark.end()
        while after < end and text[after] in CLOSERS:
            after += 1
        if after >= end or not _ends_sentence(text, begin=start, stop=stop, mark=mark.group(), after=after, end=end):
            continue
        yield after


def _ends_sentence(text: str, *, begin: int, stop: int, mark: str, after: int, end: int) -> bool:
    """Return whether the stop at `stop`, whose closing marks end at `after`, ends a sentence."""
    if mark[0] in "。！？":
        return True
    closers = text[stop + len(mark) : after]
    before = text[begin:stop]
    if not text[after].isspace():
        # "met.Then": a blank lost in copying; not "U.S.-Russia", "example.Com" or "3.5".
        return bool(
            re.search(r"[a-z]{2,}$", before)
            and re.match(r"[A-Z][a-z]*\s", text[after:end])
            and "/" not in before[-30:].split(" ")[-1]
            and "." not in before.split()[-1]
        )
    rest = text[after:end].lstrip()
    opening = rest[: len(rest) - len(rest.lstrip(OPENERS + " "))]
    word = rest[len(opening) :]
    if not word or word[0].islower():
        return False
    if "…" in mark or mark.startswith(".."):
        # Within a quotation it marks an omission: "great… Make a deal".
        return not closers and not _inside_quotation(text, begin, stop)
    if mark[0] in "!?":
        return not (closers and not opening and ATTRIBUTION.match(word))
    if closers:
        return True
    return _full_stop_ends(before, word, text, begin, stop)


def _full_stop_ends(before: str, word: str, text: str, begin: int, stop: int) -> bool:
    previous = re.search(r"[^\s“”‘\"(\[—–]+$", before)
    if not previous:
        return True
    token = previous.group()
    next_word = re.match(r"[\w'’]+", word)
    starter = bool(next_word) and next_word.group().lower() in STARTERS and not next_word.group().isupper()
    starter = starter or bool(next_word and next_word.group() in ("I", "A"))
    bare = token.lower().rstrip(".")
    if not before[: previous.start()].strip(OPENERS + " ") and LIST_NUMBER.search(token + "."):
        return False
    if bare in TITLES and (bare not in ("no", "v", "m", "al", "st") or not starter):
        # "No. 5" and "St. Petersburg" go on; "He said no. The" does not.
        return bare == "no" and not word[0].isdigit()
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]|[^\W\d_]", token) and token not in ("I",):
        # An initial or an initialism: "George W. Bush", "U.S. President"; but "in the U.S. The talks".
        return starter
    if bare in MAY_END and token[0].isupper():
        return starter and not word[0].isdigit()
    return True


def _inside_quotation(text: str, begin: int, stop: int) -> bool:
    before = text[begin:stop]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
