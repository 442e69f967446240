"""The words of a story's articles as reuse compares them, and what each weighs as evidence of shared copy.

Two reporters at one event write down the same names, titles, places, numbers and quotations. So these weigh nothing:
what weighs are plain words that the story seldom uses, for nothing in the event asks for them.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pandas as pd

from summit_analysis import lexicons
from summit_analysis.text.alignment import stem
from summit_analysis.text.collation import find_words, written
from summit_analysis.text.segments import find_paragraphs
from summit_analysis.text.terms import STOP_WORDS, Token

STOP_WORD = 0.1  # a word of the stop list or of a stock phrase weighs as much
# A story is a small sample of the language: it is read as if so many more sentences lacked the word, and short words
# count less, because short words are common ones (Zipf 1935; Piantadosi, Tily & Gibson 2011).
UNSEEN_SENTENCES, FULL_LENGTH = 50, 8
# Where more of a hundred words or more within sentences begin with a capital (German), capitals mark no names.
MOST_CAPITALS, ENOUGH_WORDS = 0.3, 100
NUMERALS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
        "million",
        "billion",
        "trillion",
        "dozen",
        "half",
        "percent",
        "per",
        "cent",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
    ]
)


# "— Ada Lund (@ada) August 17, 2018" and "pic.twitter.com/..." close a post; "tweeted:" opens one.
POST = re.compile(r"[—–-]{1,2}[^\n(]{1,60}\(@\w{1,30}\)|\bpic\.twitter\.com/\w+|\bt\.co/\w+")
SHORT_POST = 20  # characters before the name: then the post is the paragraph before
SAID = re.compile(
    r"\b(?:said|says|told|wrote|writes|reads?|stated|adds|added|asked|tweeted|posted|statement|tweet|post|letter)\b"
    r"[^:\n“\"]{0,60}:(?=\s|$)"
)


@dataclass(frozen=True)
class Prose:
    """The words of one article in reading order, boilerplate left out; all sequences are of one length.

    Attributes
    ----------
    start, end
        Place in the text (code points).
    terms
        The words as they are compared for sameness: lower case, with what stands behind an apostrophe.
    stems
        The same without endings of number and tense.
    unit
        Number of the sentence, heading or dateline, from 0.
    kind
        By unit: ``sentence``, ``heading`` or ``dateline``.
    quoted
        Whether a word stands inside a quotation of kind ``speech``.
    own
        Whether it is neither quoted nor part of a post or statement that is set without marks.
    counted
        Whether it is a word by the token pattern of all tables, which leaves out those of one letter.
    weight
        In [0, 1], larger = less to be expected in this story. 0 for names, titles, places and numbers, 0.1 for words of
        the stop list and of stock phrases.
    """

    article: str
    start: np.ndarray
    end: np.ndarray
    terms: list[str]
    stems: list[str]
    unit: np.ndarray
    kind: list[str]
    quoted: np.ndarray
    own: np.ndarray
    counted: np.ndarray
    weight: np.ndarray

    def __len__(self) -> int:
        return len(self.terms)


def read_prose(texts: Mapping[str, str], segments: pd.DataFrame, quotations: pd.DataFrame) -> list[Prose]:
    """Return the `Prose` of each article, in the order of `texts`."""
    raw = [_read(article, text, segments, quotations) for article, text in texts.items()]
    lower, capitals, inner = _count_cases(raw)
    use_capitals = inner < ENOUGH_WORDS or capitals.total() <= MOST_CAPITALS * inner
    sentences = {
        frozenset(words.stems[a:b])
        for words, _ in raw
        for a, b in unit_spans(words)
        if words.kind[words.unit[a]] == "sentence"
    }
    counts = Counter(s for sentence in sentences for s in sentence)
    log_total = math.log(len(sentences) + UNSEEN_SENTENCES)
    for words, capital in raw:
        opens = np.concatenate([[True], np.diff(words.unit) != 0]) if len(words) else np.zeros(0, dtype=bool)
        for i, term in enumerate(words.terms):
            plain = term.partition("'")[0]
            name = (
                use_capitals
                and capital[i]
                and (not lower[plain] or (words.kind[words.unit[i]] == "sentence" and not opens[i]))
            )
            if words.kind[words.unit[i]] == "dateline" or any(c.isdigit() for c in term) or plain in NUMERALS:
                continue
            if plain in STOP_WORDS or not words.counted[i]:
                words.weight[i] = STOP_WORD
            elif not name:
                rarity = 1 - math.log(counts[words.stems[i]] + 1) / log_total
                words.weight[i] = max(rarity, 0.0) * min(1.0, len(plain) / FULL_LENGTH)
        for a, b in _find_stock(words.terms):
            np.minimum(words.weight[a:b], STOP_WORD, out=words.weight[a:b])
    return [words for words, _ in raw]


def unit_spans(words: Prose) -> list[tuple[int, int]]:
    """Return the span of words of each sentence, heading or dateline that has any."""
    cuts = [0, *(np.flatnonzero(np.diff(words.unit)) + 1), len(words)]
    return [(int(a), int(b)) for a, b in pairwise(cuts) if a < b]


def _read(article: str, text: str, segments: pd.DataFrame, quotations: pd.DataFrame) -> tuple[Prose, list[bool]]:
    own = segments[segments["article"] == article]
    tokens = find_words(text)
    starts = np.array([token.start for token in tokens], dtype=np.int64)
    place = np.searchsorted(own["start"].to_numpy(), starts, side="right") - 1
    kinds = own["kind"].tolist()
    kept = [n for n, p in enumerate(place) if p >= 0 and kinds[p] != "boilerplate"]
    following: list[Token | None] = [*tokens[1:], None]
    speech = quotations[(quotations["article"] == article) & (quotations["kind"] == "speech")]
    starts = starts[kept]
    before = np.searchsorted(speech["start"].to_numpy(), starts, side="right")
    closed = np.searchsorted(speech["end"].to_numpy(), starts, side="right")
    words = Prose(
        article=article,
        start=starts,
        end=np.array([tokens[n].end for n in kept], dtype=np.int64),
        terms=[written(text, tokens[n], following[n]) for n in kept],
        stems=[stem(tokens[n].term) for n in kept],
        unit=place[kept] if kept else np.zeros(0, dtype=np.int64),
        kind=kinds,
        quoted=before > closed,
        own=(before <= closed) & ~_reported(text, starts),
        counted=np.array([len(tokens[n].term) > 1 for n in kept], dtype=bool),
        weight=np.zeros(len(kept)),
    )
    return words, [text[tokens[n].start].isupper() for n in kept]


def _reported(text: str, starts: np.ndarray) -> np.ndarray:
    """Return which words stand in an embedded post, or behind "She wrote:" without quotation marks."""
    spans, announced = [], False
    before = (0, 0)
    for start, end in find_paragraphs(text):
        paragraph = text[start:end]
        if announced:
            spans.append((start, end))
        if post := POST.search(paragraph):
            spans.append((start, end))
            if post.start() < SHORT_POST:
                spans.append(before)
        leads = SAID.search(paragraph)
        announced = bool(leads) and leads.end() == len(paragraph)
        if leads:
            spans.append((start + leads.end(), end))
        before = (start, end)
    inside = np.zeros(len(starts), dtype=bool)
    for start, end in spans:
        inside[np.searchsorted(starts, start) : np.searchsorted(starts, end)] = True
    return inside


def _count_cases(raw: list[tuple[Prose, list[bool]]]) -> tuple[Counter, Counter, int]:
    """Return how often each term stands in lower case, how often with a capital within a sentence, and all such words."""
    lower: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    inner = 0
    for words, capital in raw:
        before = -1
        for term, unit, upper in zip(words.terms, words.unit, capital, strict=True):
            if not upper:
                lower[term.partition("'")[0]] += 1
            if unit == before and words.kind[unit] == "sentence":
                inner += 1
                capitals[term] += upper
            before = unit
    return lower, capitals, inner


@lru_cache(maxsize=1)
def _stock() -> dict[str, list[tuple[str, ...]]]:
    """Return the stock phrases by their first word, the longest first."""
    listed = tomllib.loads(files(lexicons).joinpath("stock_phrases.toml").read_text(encoding="utf-8"))["phrases"]
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(listed, key=lambda p: (-len(p.split()), p)):
        first, *rest = re.findall(r"\w+(?:'\w+)?", phrase)
        phrases.setdefault(first, []).append((first, *rest))
    return phrases


def _find_stock(terms: list[str]) -> list[tuple[int, int]]:
    phrases = _stock()
    return [
        (i, i + len(phrase))
        for i, term in enumerate(terms)
        for phrase in phrases.get(term, ())
        if tuple(terms[i : i + len(phrase)]) == phrase
    ]
