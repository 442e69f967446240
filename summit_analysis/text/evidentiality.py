"""What in a sentence says whose words it tells, how sure, or that they are untrue: cues, and the words each governs.

=====================  ========================================================
cue                    governs
=====================  ========================================================
Lund said that …       what follows, up to where a new clause sets in
…, Lund said           what stands before it; set within a clause, all of it
according to Lund      its clause
may, reportedly        its clause
whether, denied        what follows
… is untrue            what stands before it
=====================  ========================================================

A relative clause between commas, an aside and a subordinate clause in front are clauses of their own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from summit_analysis import lexicons
from summit_analysis.text.clause_spans import Cue, Sentence
from summit_analysis.text.saying import attributions, name_of

_LISTS = tomllib.loads(files(lexicons).joinpath("commitment.toml").read_text(encoding="utf-8"))


def _pattern(name: str, ahead: str = r"(?!\w)") -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_LISTS[name])}){ahead}", re.IGNORECASE)


HEDGES, OPEN, DENIALS, BEHIND, CREDITS = map(_pattern, ("hedges", "open", "denials", "denials_behind", "credits"))
NOUN_HEDGES = _pattern("noun_hedges", r"\s+(?=\w)")
# The verb, not the month: in small letters, or in a line of capitals.
MAY = re.compile(r"(?<!\w)may(?!\w)|(?<=[A-Z]{2} )MAY(?= [A-Z]{2})")
NOUNS = re.compile(rf"(?<!\w)(?:{'|'.join(_LISTS['nouns'])})s?\s+that(?!\w)", re.IGNORECASE)
FINDING = re.compile(
    rf"(?<!\w)(?:{'|'.join(_LISTS['finding'])})\b(?:[^,;:.]|(?<=\d)[,.](?=\d)){{0,60}}?\s(?:(?:has|have|had|was)\s)?"
    r"(?:found|finds?|shows?|showed|shown|suggests?|suggested|indicates?|indicated|reveals?|heard|hears|told)\s"
    r"(?:that\b|(?=(?:the|an?|he|she|it|they|there|his|her|its|their|no|all|both|[A-Z\d])\b))",
    re.IGNORECASE,
)
SHOWN = re.compile(
    rf",\s(?:[\w’'-]+\s)*?(?:{'|'.join(_LISTS['finding'])})\b[^,]*?\s(?:found|finds?|shows?|showed|suggests?|suggested|indicates?|indicated|reveals?|revealed)(?=[.,]|$)",
    re.IGNORECASE,
)
MINDED = re.compile(
    r"(?<!\bit )(?<!\bthere )\b(?:is|are|was|were|remains?|feels?)\s(?:\w+ly\s)?(?:convinced|certain|sure|confident|adamant|hopeful|afraid|worried|concerned|optimistic)\s(?:that\b|(?=(?:the|he|she|it|they|a)\s))",
    re.IGNORECASE,
)
MAIN = re.compile(r"\b(?:had|has|have|was|were|is|are|will|would|did)\b")
AFTER_ADJECTIVE = re.compile(r"(?:\w+\s)?\w+")
# "Village cut off – police"
HEADLINE = re.compile(r"\s[–—-]\s(?=(?:[\w’'.]+\s?){1,3}$)|:\s(?=(?:[A-Z][\w’'.]+\s?){1,3}$)")


@lru_cache(maxsize=4096)
def find_cues(text: str, own: str) -> tuple[Cue, ...]:
    """Return the cues of one sentence; `own` is `text` with its quoted speech blanked, of the same length."""
    s = Sentence(text, own)
    said = (*_credits(s), *attributions(s))
    frames = [(cue.start, cue.end) for cue in said]
    behind = [(cue.start, cue.end) for cue in said if cue.scope[0] < cue.start]
    doubts = [*_denials(s, frames), *(cue.without(behind) for cue in _hedges(s))]
    return (*doubts, *said)


def _hedges(s: Sentence) -> Iterator[Cue]:
    for m in [*HEDGES.finditer(s.text), *MAY.finditer(s.text)]:
        low, high = s.reach(*m.span())
        # "the radar that might have warned them |had failed"
        if re.search(r"\s(?:that|which|who)\s$", s.own[: m.start()]):
            main = MAIN.search(s.own, min(m.end() + len(" have been"), high), high)
            low, high = m.start(), main.start() if main else high
        yield s.cue("hedged", *m.span(), (low, high))
    for m in OPEN.finditer(s.own):
        low, high = s.reach(*m.span())
        if m.group().lower() not in ("if", "unless"):
            yield s.cue("hedged", *m.span(), (m.end(), s.clause(m.start())[1]))
        elif not re.search(r"\b(?:as|even|only|asked|ask|see|what)\s$", s.own[: m.start()], re.IGNORECASE):
            yield s.cue("hedged", *m.span(), (low, s.clause(high)[1] if high in s.fronts else high))
    for m in NOUN_HEDGES.finditer(s.own):
        yield s.cue("hedged", *m.span(), (m.end(), AFTER_ADJECTIVE.match(s.own, m.end()).end()))


def _denials(s: Sentence, frames: list[tuple[int, int]]) -> Iterator[Cue]:
    """Yield denials; one behind is of what is said, not that it is said: "Lund said, though there is no evidence of that"."""
    for m in DENIALS.finditer(s.own):
        yield s.cue("denied", *m.span(), (m.end(), s.clause(m.start())[1]))
    for m in BEHIND.finditer(s.own):
        low = 0 if re.search("evidence|proof", m.group()) else s.clause(m.start(), s.stops)[0]
        yield Cue("denied", *m.span(), (low, m.start())).without(frames)


def _credits(s: Sentence) -> Iterator[Cue]:
    for m in CREDITS.finditer(s.own):
        low, high = s.clause(m.start(), s.stops)
        yield Cue("attributed", *m.span(), (low, high), name_of(s.own[m.end() : high].split(",")[0]))
    for m in SHOWN.finditer(s.own):
        yield Cue("attributed", *m.span(), (s.clause(m.start(), s.stops)[0], m.start()), name_of(m.group()))
    for m in [*NOUNS.finditer(s.own), *FINDING.finditer(s.own), *MINDED.finditer(s.own)]:
        yield s.cue("attributed", *m.span(), (m.end(), s.clause(m.end() - 1)[1]), name_of(m.group()))
    if not re.search(r"[.?!][”’\"']?\s*$", s.text) and (tail := HEADLINE.search(s.own)):
        yield Cue("attributed", tail.start(), len(s.own), (0, tail.start()), name_of(s.own[tail.end() :]))
