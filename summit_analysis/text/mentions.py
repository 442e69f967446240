"""Where the words of a question stand in a sentence, how telling they are, and what a duration is the duration of."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import files

from summit_analysis import lexicons
from summit_analysis.text.alignment import stem
from summit_analysis.text.intervals import Quantity
from summit_analysis.text.terms import STOP_WORDS, Token, tokenise

_WORDS = tomllib.loads(files(lexicons).joinpath("quantities.toml").read_text(encoding="utf-8"))["frame"]
_LASTING = re.compile(
    rf"(?P<verb>\b(?:{'|'.join(map(re.escape, _WORDS['lasting']))}))(?:\s(?:for|over|on|some|only|just|another|a\stotal\sof|\w+ly))*\s*$",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    rf"\b(?:{'|'.join(_WORDS['superlative'])}|\w{{3,}}est)\b(?P<noun>[^.;:!?]{{0,80}}?)\s(?:in|for|since)\s(?:over\s|about\s|nearly\s|almost\s|the\s(?:last|past)\s)?$",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r"[.;:!?–—()“”\"]|,")
_NOT_NOUN = frozenset(_WORDS["not_noun"])
_BEHIND = re.compile(rf"^\s(?:{'|'.join(_WORDS['since'])})\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:every|each|per)\s$", re.IGNORECASE)
PLANNED = frozenset(stem(word) for word in _WORDS["planned"])
REACH = 90  # characters before a quantity that say what it belongs to


class Phrase:
    """A word or several in a row, in any of their endings; a final ``*`` stands for any ending at all."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.open = form.rstrip().endswith("*")
        terms = [token.term for token in tokenise(form.rstrip("* "))]
        self.stems = tuple(terms if self.open else map(stem, terms))

    def found(self, terms: Sequence[str], stems: Sequence[str]) -> list[tuple[int, int]]:
        """Return the spans of tokens at which the phrase stands."""
        n = len(self.stems)
        if not n:
            return []
        words = [*self.stems[:-1]]
        return [
            (i, i + n)
            for i in range(len(stems) - n + 1)
            if (list(stems[i : i + n - 1]) == words if not self.open else list(terms[i : i + n - 1]) == words)
            and (terms[i + n - 1].startswith(self.stems[-1]) if self.open else stems[i + n - 1] == self.stems[-1])
        ]


class Rarity:
    """How telling a word is in these articles: in [0.1, 1], larger = in fewer sentences."""

    def __init__(self, sentences: Iterable[Iterable[str]]) -> None:
        held = [frozenset(map(stem, terms)) for terms in sentences]
        self.counts = Counter(term for terms in held for term in terms)
        self.total = len(held) + 1

    def of(self, stems: Iterable[str]) -> float:
        """Return the weight of the most telling of some stems."""
        ceiling = math.log(self.total + 1)
        weights = [math.log((self.total + 1) / (self.counts[s] + 1)) / ceiling for s in stems if s not in STOP_WORDS]
        return max([0.1, *weights])


def distance(span: tuple[int, int], tokens: Sequence[Token], start: int, end: int) -> int:
    """Return the number of words between a span of tokens and the characters from `start` to `end`, 0 if they touch."""
    first, last = tokens[span[0]].start, tokens[span[1] - 1].end
    if last <= start:
        return sum(last <= token.start and token.end <= start for token in tokens)
    if first >= end:
        return sum(end <= token.start and token.end <= first for token in tokens)
    return 0


def belongs_to(sentence: str, quantity: Quantity) -> tuple[str, tuple[str, ...]]:
    """Return the role of a duration in its sentence, and the words for what it is the duration of, () if unknown.

    The role is ``span`` (how long something took), ``recency`` ("the first meeting in seven years"), ``since``
    ("two days later", "40 years old") or ``rate`` ("every three weeks"). Offsets of `quantity` are those in `sentence`.
    """
    before, after = sentence[max(0, quantity.start - REACH) : quantity.start], sentence[quantity.end :]
    if _EVERY.search(before):
        return "rate", ()
    if found := _SUPERLATIVE.search(before):
        words = _noun_words(found["noun"])[-1:]
        # "His appearance in Norway – his first in a decade": what comes before the dash.
        clause = _BOUNDARY.split(re.sub(r"[\s,–—-]*(?:\w+)?\s*$", "", before[: found.start()]))[-1]
        return "recency", words or _noun_words(clause)[-1:]
    if found := re.match(r" into (?=\w)", after):
        return "span", _noun_words(_BOUNDARY.split(after[found.end() :], maxsplit=1)[0])[:3]
    if _BEHIND.match(after):
        return "since", ()
    if found := _LASTING.search(before):
        return "span", _subject(before[: found.start()], participle=found["verb"].lower().endswith("ing"))
    if "-" in sentence[quantity.start : quantity.end] or after.startswith(" of "):
        phrase = after.removeprefix(" of ")
        # Where the noun ends and the verb begins is not known: "three-hour session produced".
        return "span", _noun_words(_BOUNDARY.split(phrase, maxsplit=1)[0])[: 3 if phrase != after else 2]
    return "span", ()


def _subject(before: str, *, participle: bool) -> tuple[str, ...]:
    """Return the words of the noun in front of a verb: "The talks, held in Oslo, [lasted]" gives "talks"."""
    text = re.sub(
        r"[\s,]*(?:which|that|who)?\s*(?:(?:did|do|does|could|would|will)(?:n['’]t|\s(?:not|even))*|never|\w+ly|had|have|has|also|and)?\s*$",
        "",
        before,
    )
    comma = before.rstrip().endswith(",")
    pieces = [piece for piece in re.split(r"[,;:–—()]", re.split(r"[.!?]\s", text)[-1]) if piece.strip()]
    if not pieces:
        return ()
    aside = comma and not participle and len(pieces) > 1 and not re.search(r"(?:which|that|who)\s*$", before)
    # The last word is the head: a "post-meeting news conference" is no meeting.
    return _noun_words(pieces[-2] if aside else pieces[-1])[-1:]


def _noun_words(phrase: str) -> tuple[str, ...]:
    """Return the content words of the first noun phrase of `phrase`: up to a preposition or a verb."""
    words: list[str] = []
    for word in re.findall(r"[\w’'-]+|[,;]", phrase.lower()):
        bare = re.sub(r"[’']s?$", "", word)
        if not bare or bare in _NOT_NOUN or not bare[0].isalnum():
            if words:
                break
        elif bare not in STOP_WORDS:
            words.append(bare)
    return tuple(token.term for token in tokenise(" ".join(words)))
