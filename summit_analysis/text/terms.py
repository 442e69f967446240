"""Words: scikit-learn's default tokens on a normalised text, each with its exact place in the text as it stands.

One function normalises for every measure, so that small stories and large archives count the same words. What it does
beyond lower case is there because it would otherwise top the lists: the "s" of "Putin's", the pronoun "us" counted with
the country "US", the "ve" of "we've". `count_cleaned` reports how often each of these occurred.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
import pandas as pd
import simplemma
from scipy import sparse
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

from summit_analysis.corpus import Corpus

TOKEN = re.compile(CountVectorizer().token_pattern)
STOP_WORDS = ENGLISH_STOP_WORDS
VOICES = ("all", "own", "quoted")
COLUMNS = ("article", "segment", "start", "end", "term", "voice", "paragraph")

APOSTROPHE = "['’ʼ＇]"
# The country keeps its capitals, which no other term has: "us" remains the pronoun.
COUNTRY = "US"
NEGATED = {"can't": "can", "won't": "will", "shan't": "shall"}
REPLACED = re.compile(
    rf"""
    (?P<invisible>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+)
  | (?P<country>\bU\.\s?S\.(?:\s?A\.)?(?!\w)|\bU\.S(?:\.A)?\b(?!\.\w)|\bUSA?\b)
  | (?P<initialism>\b(?:[^\W\d_]\.){{2,}}(?!\w))
  | (?P<negated>\b(?i:can|won|shan){APOSTROPHE}[tT]\b|(?<=[a-z])n{APOSTROPHE}t\b|(?<=[A-Z])N{APOSTROPHE}T\b)
  | (?P<clitic>(?<=\w){APOSTROPHE}(?:s|re|ve|ll|d|m|S|RE|VE|LL|D|M)\b)
  | (?P<composed>\w[\u0300-\u036f\u0483-\u0489\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+|[\u1100-\u11ff]{{2,}})
  | (?P<dotted_i>İ)
    """,
    re.VERBOSE,
)
CLEANED = {
    "country": "“US”, “U.S.” and “USA” counted as the country, apart from the pronoun “us”",
    "initialism": "initials read as one word (“U.N.” as “un”)",
    "negated": "“n’t” taken off (“didn’t” counted as “did”)",
    "clitic": "“’s”, “’ve”, “’ll” and their like taken off",
    "invisible": "invisible characters (soft hyphen, zero-width space) passed over",
    "composed": "letters written with a separate accent composed",
}


@dataclass(frozen=True)
class Token:
    """One occurrence of a term: ``text[start:end]`` is what stands in the text."""

    start: int
    end: int
    term: str


def _replacements(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, replacement, kind) of each place where normalising is more than lower case."""
    for found in REPLACED.finditer(text):
        kind, piece = str(found.lastgroup), found.group()
        match kind:
            case "country" if piece.isalpha() and _all_capitals(text, found.start()):
                continue  # "JOIN US NOW": capitals tell nothing there
            case "country":
                # The stop that also ends a sentence is no part of the name, but is part of its span.
                yield found.start(), found.end(), COUNTRY, kind
            case "initialism":
                yield found.start(), found.end(), piece.replace(".", "").lower(), kind
            case "negated":
                whole = piece.lower().replace("’", "'").replace("ʼ", "'").replace("＇", "'")
                yield found.start(), found.end(), NEGATED.get(whole, ""), kind
            case "composed":
                yield found.start(), found.end(), unicodedata.normalize("NFC", piece).replace("İ", "i").lower(), kind
            case "dotted_i":
                yield found.start(), found.end(), "i", kind
            case _:
                yield found.start(), found.end(), "", kind


def _all_capitals(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : (text.find("\n", at) + 1 or len(text) + 1) - 1]
    return line.isupper() and len(line.split()) > 2


def normalise(text: str) -> str:
    """Return `text` as the token pattern sees it: lower case, and the replacements that `CLEANED` lists."""
    pieces, at = [], 0
    for start, end, replacement, _ in _replacements(text):
        pieces += [text[at:start].lower(), replacement]
        at = end
    pieces.append(text[at:].lower())
    return "".join(pieces)


def tokenise(text: str) -> list[Token]:
    """Return the tokens of `text` in order, with offsets into `text` itself.

    The terms are those of ``CountVectorizer`` with its default pattern on ``normalise(text)``.
    """
    starts, ends, terms = _scan(text)
    return [Token(*token) for token in zip(starts.tolist(), ends.tolist(), terms, strict=True)]


def _scan(text: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return the starts and ends of the tokens of `text`, and their terms."""
    pieces: list[str] = []
    spans: list[tuple[int, int, bool]] = []  # of each piece: where it comes from, and whether it replaces that
    at = 0
    for start, end, replacement, _ in [*_replacements(text), (len(text), len(text), "", "")]:
        pieces += [text[at:start].lower(), replacement]
        spans += [(at, start, False), (start, end, True)]
        at = end
    plain = "".join(pieces)
    opens = np.cumsum([0, *map(len, pieces[:-1])])
    origin, behind, replaced = (np.array(column) for column in zip(*spans, strict=True))
    found = np.array(array("q", chain.from_iterable(m.span() for m in TOKEN.finditer(plain))), dtype=np.int64)
    first, last = found[::2], found[1::2] - 1
    piece = np.searchsorted(opens, first, side="right") - 1
    starts = origin[piece] + np.where(replaced[piece], 0, first - opens[piece])
    piece = np.searchsorted(opens, last, side="right") - 1
    ends = np.where(replaced[piece], behind[piece], origin[piece] + last - opens[piece] + 1)
    return starts, ends, TOKEN.findall(plain)


def find_tokens(corpus: Corpus, segments: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """Return one row per token of each article, boilerplate left out, in reading order.

    Columns: article; segment; start, end (code points); term; voice (``quoted`` inside a quotation of kind ``speech``,
    else ``own``); paragraph (1..m in its article). Stop words are included.
    """
    tables = []
    for article, text in corpus.texts.items():
        start, end, found = _scan(text)
        own_segments = segments[segments["article"] == article]
        place = np.searchsorted(own_segments["start"].to_numpy(), start, side="right") - 1
        speech = quotations[(quotations["article"] == article) & (quotations["kind"] == "speech")]
        before = np.searchsorted(speech["start"].to_numpy(), start, side="right")
        closed = np.searchsorted(speech["end"].to_numpy(), start, side="right")
        table = pd.DataFrame(
            {
                "article": article,
                "segment": own_segments["segment"].to_numpy()[place] if found else [],
                "start": start,
                "end": end,
                "term": pd.array(found, dtype="str"),
                "voice": np.where(before > closed, "quoted", "own"),
                "paragraph": own_segments["paragraph"].to_numpy()[place] if found else [],
            }
        )
        boilerplate = own_segments.loc[own_segments["kind"] == "boilerplate", "segment"]
        tables.append(table[~table["segment"].isin(boilerplate)])
    return pd.concat(tables, ignore_index=True)[list(COLUMNS)]


def in_voice(tokens: pd.DataFrame, voice: str) -> pd.DataFrame:
    """Return the tokens of one voice: ``all``, ``own`` (the outlet's words) or ``quoted`` (words it quotes)."""
    if voice not in VOICES:
        raise ValueError(f"voice is one of {', '.join(VOICES)}, not {voice!r}")
    return tokens if voice == "all" else tokens[tokens["voice"] == voice]


def count_terms(tokens: pd.DataFrame, unit: object, units: object) -> tuple[sparse.csr_array, pd.Index]:
    """Return the counts of each term (columns, in alphabetical order) in each of `units` (rows), and the terms.

    `unit` says of each token which of `units` it stands in; tokens of other units are passed over.
    """
    row = pd.Index(units).get_indexer(pd.Index(unit))
    inside = row >= 0
    column, terms = pd.factorize(tokens["term"].array[inside], sort=True)
    ones = np.ones(int(inside.sum()), dtype=np.int64)
    return sparse.coo_array((ones, (row[inside], column)), shape=(len(units), len(terms))).tocsr(), pd.Index(
        terms, dtype=object
    )


def number_units(tokens: pd.DataFrame, part: str) -> tuple[np.ndarray, pd.Index]:
    """Return of each token the number (0.. in order of appearance) of its article's `part`, and the article of each part.

    `part` is ``segment`` or ``paragraph``.
    """
    article, articles = pd.factorize(tokens["article"])
    within = tokens[part].to_numpy(dtype=np.int64)
    most = int(within.max(initial=0)) + 1
    numbers, units = pd.factorize(article * most + within)
    return numbers, pd.Index(articles[units // most])


def find_pairs(tokens: pd.DataFrame) -> pd.DataFrame:
    """Return one row per two-word term: two tokens that follow one another in one segment, as "very good".

    Columns as in `find_tokens`. A pair that crosses the edge of a quotation has voice ``mixed``: it counts in ``all``
    and in neither voice.
    """
    ordered = tokens.sort_values(["article", "start"], kind="stable", ignore_index=True)
    following = ordered.shift(-1)
    joined = (ordered["article"] == following["article"]) & (ordered["segment"] == following["segment"])
    pairs = ordered.assign(
        term=ordered["term"].str.cat(following["term"].fillna(""), sep=" "),
        end=following["end"].fillna(0).astype(int),
        voice=ordered["voice"].where(ordered["voice"] == following["voice"], "mixed"),
    )
    return pairs[joined].reset_index(drop=True)


@cache
def dictionary_form(term: str) -> str:
    """Return the English dictionary form of `term`; a word that is not Latin is its own."""
    return simplemma.lemmatize(term, lang="en") if term.isascii() else term


def to_lemmas(tokens: pd.DataFrame) -> pd.DataFrame:
    """Return `tokens` with English dictionary forms for terms: "talks" and "talked" become "talk"."""
    lemma = {term: dictionary_form(term) for term in tokens["term"].unique()}
    return tokens.assign(term=tokens["term"].map(lemma).astype("str"))


def count_cleaned(corpus: Corpus, segments: pd.DataFrame) -> pd.DataFrame:
    """Return one row per article and kind of cleaning that occurred in it: article, cleaned, count.

    Counts are places in the text that normalising changed beyond lower case, and segments left out as boilerplate.
    """
    rows = []
    for article, text in corpus.texts.items():
        kinds = [kind for _, _, _, kind in _replacements(text)]
        rows += [(article, what, kinds.count(kind)) for kind, what in CLEANED.items() if kind in kinds]
        boilerplate = segments[(segments["article"] == article) & (segments["kind"] == "boilerplate")]
        if len(boilerplate):
            rows.append((article, "lines left out as boilerplate", len(boilerplate)))
    return pd.DataFrame(rows, columns=["article", "cleaned", "count"])
