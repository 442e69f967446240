"""Whether a codebook belongs to the articles: claims in an alphabet that no article is written in, or of another story."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

from summit_analysis.codebook import CODEBOOK
from summit_analysis.text.matching import read_cue
from summit_analysis.text.meaning import KIN, LIGHT, lemma_of, pieces, read
from summit_analysis.text.terms import tokenise

WRITTEN_IN = 0.1  # of an article's letters: an alphabet with fewer is only quoted in it
FEWEST = 5  # claims; of fewer it is not said that they are of another story
BEGINNING = 5  # letters
JAPANESE = frozenset(["CJK", "HIRAGANA", "KATAKANA"])  # written together


@cache
def _alphabet(letter: str) -> str:
    first = unicodedata.name(letter, "").split(" ")[0]
    return "CJK" if first in JAPANESE else first


def alphabets(text: str) -> dict[str, float]:
    """Return the share that each alphabet has of the letters of `text`, the largest first: ``{"LATIN": 1.0}``."""
    counts: Counter[str] = Counter()
    for letter, n in Counter(text).items():
        if letter.isalpha():
            counts[_alphabet(letter)] += n
    total = counts.total()
    return {alphabet: n / total for alphabet, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))}


def alphabets_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the alphabets that at least one of `texts` is written in."""
    return frozenset(alphabet for text in texts for alphabet, share in alphabets(text).items() if share >= WRITTEN_IN)


def in_another_alphabet(statement: str, known: frozenset[str]) -> bool:
    """Return whether most of `statement` stands in none of the alphabets `known`; False where it has no letter."""
    main = next(iter(alphabets(statement)), None)
    return bool(known) and main is not None and main not in known


def strangers(claims: Iterable[tuple[str, Iterable[str]]], texts: Iterable[str]) -> tuple[int, int]:
    """Return how many of `claims`, each a statement and its cues, are strange to `texts`, and of how many.

    Strange is a statement with most of its words, or all of its names, in none of the texts, and no cue there either.
    Words count in any ending; claims of light words alone do not count.
    """
    written = {run for text in texts for run in text.split()}  # each is read once, however often it stands there
    known = _keys({token.term for token in tokenise("\n".join(sorted(written)))})
    strange = counted = 0
    for statement, cues in claims:
        words = [
            word for word in read(statement, statement=True).words if word.term not in LIGHT and word.lemma not in LIGHT
        ]
        if not words:
            continue
        counted += 1
        found = [bool(_keys([word.term]) & known) for word in words]
        named = [held for word, held in zip(words, found, strict=True) if word.name]
        if 2 * sum(found) < len(found) or (named and not any(named)):
            wanted = [lemmas for cue in cues if (lemmas := read_cue(cue))]
            strange += not any(lemmas <= known for lemmas in wanted)
    return strange, counted


def of_another_story(claims: Iterable[tuple[str, Iterable[str]]], texts: Iterable[str]) -> str:
    """Return a sentence that most claims are strange to the texts, or ``""`` where they are not.

    Of the coded stories of this project at most one claim in six is strange to its own articles; of a codebook held
    against the articles of another story, more than half in all but a few.
    """
    strange, counted = strangers(claims, texts)
    if counted < FEWEST or 2 * strange <= counted:
        return ""
    return (
        f"{CODEBOOK}: this codebook does not seem to be for these articles: most of the words, or all of the names, of {strange} "
        f"of its {counted} claims stand in none of them; no claim is coded automatically"
    )


def _keys(terms: Iterable[str]) -> frozenset[str]:
    """Return each term, its lemma, and its first letters, by which it is known in another ending."""
    keys: set[str] = set()
    for piece in (piece for term in terms for piece in pieces(term)):
        keys |= {piece, lemma_of(piece), piece[: BEGINNING if piece.isascii() else KIN] + "…"}
    return frozenset(keys)
