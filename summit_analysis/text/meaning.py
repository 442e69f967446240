"""Words read for what they mean: lemmas, news synonyms and opposites, and what is negated or not told as having happened.

A word list and a few rules of grammar rather than a model: they run offline and give the same result everywhere. The
lists know English; words of other languages and scripts are compared as they stand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import product

from summit_analysis import lexicons
from summit_analysis.text.spans import find_spans
from summit_analysis.text.terms import STOP_WORDS, Token, dictionary_form, tokenise

_LISTS = tomllib.loads(files(lexicons).joinpath("news_synonyms.toml").read_text(encoding="utf-8"))
LIGHT = frozenset(_LISTS["light"])
# scikit-learn's stop words hold some that carry a claim.
CONTENT = frozenset(
    [
        "amount",
        "bill",
        "call",
        "cry",
        "describe",
        "detail",
        "empty",
        "fill",
        "find",
        "fire",
        "found",
        "front",
        "full",
        "give",
        "interest",
        "keep",
        "last",
        "mill",
        "mine",
        "move",
        "part",
        "serious",
        "show",
        "side",
        "sincere",
        "system",
        "together",
        "top",
        "name",
        "bottom",
        "cant",
        "first",
        "next",
    ]
)
FUNCTION = (STOP_WORDS | {"mr", "mrs", "ms", "saying", "said", "did", "does", "just", "let", "don"}) - CONTENT
UNSEGMENTED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# The two words have a stem in common where only such endings part them.
ENDINGS = frozenset(
    [
        "",
        "e",
        "y",
        "s",
        "es",
        "ed",
        "ing",
        "ion",
        "ions",
        "ation",
        "ations",
        "ition",
        "sion",
        "tion",
        "tions",
        "ment",
        "ments",
        "al",
        "ial",
        "ally",
        "er",
        "or",
        "ers",
        "ors",
        "ance",
        "ence",
        "ant",
        "ent",
        "ive",
        "ible",
        "able",
        "ably",
        "ly",
        "ity",
        "ness",
        "ful",
        "ian",
        "ist",
        "ists",
        "ism",
        "ic",
        "ical",
        "ary",
        "ory",
        "ship",
        "age",
        "hood",
        "ual",
        "ially",
        "tial",
        "cy",
        "acy",
        "t",
    ]
)
SAME, RELATED = 1.0, 0.85
KIN = 4  # letters that two words of one stem begin with
CLAUSE_END = re.compile(
    r"[;:—,“”\"]|\s[–-]\s|[.!?](?=\s|$)|\b(?:but|although|though|while|whereas|because|(?<!denied )(?<!denies )that|since|after|"
    r"before|until|if|and(?=\s\w+ed\b))\b",
    re.IGNORECASE,
)
REACH = 9  # words that a negation governs at the most, within its clause
NOUN_REACH = 4
AFFIRMED = frozenset(["only", "just", "least"])  # "not only" turns nothing, nor does "if not"
NAMING = frozenset(["the", "a", "an", "his", "her", "its", "their"])
NOUNLIKE = frozenset(["lack", "absence", "failure", "refusal", "denial", "little", "unlikely"])


@dataclass(frozen=True)
class Word:
    """One word in place: ``text[start:end]``."""

    start: int
    end: int
    term: str
    lemma: str
    name: bool  # written with a capital within its sentence
    concepts: frozenset[int] = frozenset()
    negated: bool = False
    unreal: bool = False
    verbatim: bool = False  # stands between quotation marks in a statement: no synonym will do


@dataclass(frozen=True)
class Reading:
    """The words of one sentence that carry meaning."""

    words: tuple[Word, ...]
    terms: frozenset[str] = frozenset()  # every word of it, function words included
    negative: bool = False  # whether anything in it says that something did not happen

    @cached_property
    def _places(self) -> dict[object, list[int]]:
        places: dict[object, list[int]] = {}
        for place, word in enumerate(self.words):
            for key in keys_of(word.term, word.lemma, word.concepts):
                places.setdefault(key, []).append(place)
        return places

    def candidates(self, word: Word) -> list[int]:
        """Return the places of the words that may mean what `word` means, in order; all others are unlike it."""
        found = {place for key in keys_of(word.term, word.lemma, word.concepts) for place in self._places.get(key, ())}
        return sorted(found)


@cache
def lemma_of(term: str) -> str:
    """Return the English lemma of `term`; a word that is not Latin is its own."""
    return dictionary_form(term).lower()


def _load() -> tuple[dict[str, frozenset[int]], dict[str, list[tuple[tuple[str, ...], int]]], frozenset[frozenset]]:
    """Return the groups of each word, the phrases that begin with each word, and the pairs of opposites.

    A phrase that is the opposite of something makes a group of its own, whose number stands for it in the pair.
    """
    words: dict[str, set[int]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    opposing = sorted({entry for pair in _LISTS["opposites"] for entry in pair if " " in entry})
    number_of = {entry: n for n, entry in enumerate(opposing, len(_LISTS["groups"]))}
    for number, group in enumerate([*_LISTS["groups"], *([entry] for entry in opposing)]):
        for entry in group:
            parts = tuple(entry.split())
            if len(parts) == 1:
                words.setdefault(entry, set()).add(number)
            else:
                phrases.setdefault(parts[0], []).append((parts, number))
    pairs = frozenset(frozenset(number_of.get(entry, entry) for entry in pair) for pair in _LISTS["opposites"])
    return {word: frozenset(groups) for word, groups in words.items()}, phrases, pairs


GROUPS, PHRASES, OPPOSITES = _load()
OPPOSING = frozenset(entry for pair in OPPOSITES for entry in pair if isinstance(entry, int))
PAIRS_OF = {word: [pair for pair in OPPOSITES if word in pair] for word in frozenset().union(*OPPOSITES)}
NEGATORS = frozenset(_LISTS["negators"])
NEGATING = frozenset(entry for entry in _LISTS["negating"] if " " not in entry)
NEGATING_PHRASES = tuple(tuple(entry.split()) for entry in _LISTS["negating"] if " " in entry)
UNREAL = frozenset(_LISTS["unreal"])
NEGATIVE = frozenset(_LISTS["negative"])
MUTUAL = frozenset(_LISTS["mutual"])
MEASURING = frozenset(_LISTS["measuring"])


def pieces(term: str) -> list[str]:
    """Return `term`, or its overlapping pairs of characters where its script has no blanks between words."""
    return [term[i : i + 2] for i in range(len(term) - 1)] if UNSEGMENTED.search(term) and len(term) > 2 else [term]


def read(text: str, *, statement: bool = False) -> Reading:
    """Return the words of `text` that carry meaning; in a `statement`, all that stand between quotation marks."""
    tokens = tokenise(text)
    quoted = [(span.start, span.end) for span in find_spans(text)] if statement else []
    lemmas = [lemma_of(token.term) for token in tokens]
    cuts = [m.start() for m in CLAUSE_END.finditer(text)]
    negated = _governed(text, tokens, lemmas, cuts, _negation)
    unreal = _governed(text, tokens, lemmas, cuts, _unreality)
    groups = _phrase_groups(lemmas)
    words = []
    for n, token in enumerate(tokens):
        function = token.term in FUNCTION or (lemmas[n] in FUNCTION and token.term not in CONTENT)
        verbatim = any(a <= token.start < b for a, b in quoted)
        if function and n not in groups and not verbatim:
            continue
        if token.term in NEGATORS:
            continue
        surface = text[token.start : token.end]
        name = surface[:1].isupper() and token.start > 0
        own = GROUPS.get(lemmas[n], frozenset()) | GROUPS.get(token.term, frozenset())
        for piece in pieces(token.term):
            words.append(
                Word(token.start, token.end, piece, lemmas[n] if piece == token.term else piece, name,
                     own | groups.get(n, frozenset()), negated[n], unreal[n], verbatim)
            )  # fmt: skip
    shows = any(
        _negation(text, n, tokens, lemmas)[1] or lemmas[n] in NEGATIVE or token.term in NEGATIVE
        for n, token in enumerate(tokens)
    )
    return Reading(tuple(words), frozenset(token.term for token in tokens), shows)


def _phrase_groups(lemmas: list[str]) -> dict[int, frozenset[int]]:
    """Return the groups of the phrases that stand in `lemmas`; one word may stand between the words of a phrase."""
    found: dict[int, set[int]] = {}
    for n, lemma in enumerate(lemmas):
        for parts, group in PHRASES.get(lemma, ()):
            places = [n]
            for part in parts[1:]:
                place = next(
                    (at for at in range(places[-1] + 1, min(places[-1] + 3, len(lemmas))) if lemmas[at] == part), -1
                )
                if place < 0:
                    break
                places.append(place)
            if len(places) == len(parts):
                for at in [at for at in places if lemmas[at] not in FUNCTION] or [n]:
                    found.setdefault(at, set()).add(group)
    return {at: frozenset(groups) for at, groups in found.items()}


def _negation(text: str, n: int, tokens: list[Token], lemmas: list[str]) -> tuple[int, int, bool]:
    """Return how many words before and behind it the n-th token governs, and whether two such cues undo one another.

    "Not" turns its whole clause, "no" what follows; "did not refuse" is no refusal, but "neither … nor" is one.
    """
    token, lemma = tokens[n], lemmas[n]
    after = text[token.end : token.end + 3].lower()
    if token.term == "not" and (
        (n + 1 < len(tokens) and tokens[n + 1].term in AFFIRMED) or (n and tokens[n - 1].term == "if")
    ):
        return 0, 0, False
    if token.term in ("not", "never", "cannot") or re.match(r"n?['’]t", after) or token.term.endswith("nt’"):
        return REACH, REACH, False
    if token.term in NEGATORS:
        return 0, REACH, False
    if lemma in NEGATING or token.term in NEGATING:
        return 0, NOUN_REACH if {lemma, token.term} & NOUNLIKE else REACH, True
    if any(tuple(lemmas[n : n + len(phrase)]) == phrase for phrase in NEGATING_PHRASES):
        return 0, REACH, True
    return 0, 0, False


def _unreality(text: str, n: int, tokens: list[Token], lemmas: list[str]) -> tuple[int, int, bool]:
    phrase = n + 1 < len(lemmas) and f"{lemmas[n]} {lemmas[n + 1]}" in UNREAL
    # "The plan was accepted" is no plan to accept it, "a plan to accept it" is.
    named = (
        n > 0
        and tokens[n - 1].term in NAMING
        and not (n + 1 < len(lemmas) and lemmas[n + 1] in ("to", "for", "of", "that"))
    )
    if named and lemmas[n] in UNREAL and tokens[n].term.rstrip("s") == lemmas[n]:
        return 0, 0, False
    return 0, REACH if phrase or lemmas[n] in UNREAL or tokens[n].term in UNREAL else 0, False


def _governed(
    text: str, tokens: list[Token], lemmas: list[str], cuts: list[int], reach_of: Callable[..., tuple[int, int, bool]]
) -> list[bool]:
    """Return for each token whether a cue governs it, two that undo one another not counted."""
    flags = [False] * len(tokens)
    for n in range(len(tokens)):
        before, behind, toggles = reach_of(text, n, tokens, lemmas)
        for at in [*range(n - 1, max(-1, n - 1 - before), -1), *range(n + 1, min(n + 1 + behind, len(tokens)))]:
            left, right = min(n, at), max(n, at)
            if any(tokens[left].end <= cut < tokens[right].start for cut in cuts):
                continue
            flags[at] = not flags[at] if toggles else True
    return flags


@cache
def kinship(a: str, b: str) -> float:
    """Return how far two lemmas are one word, in [0, 1]: 1 the same, 0.85 one stem with two endings."""
    if a == b:
        return SAME
    if not (a.isalpha() and b.isalpha()) or min(len(a), len(b)) < KIN:
        return 0.0
    common = 0
    while common < min(len(a), len(b)) and a[common] == b[common]:
        common += 1
    if common < KIN or common < 0.6 * min(len(a), len(b)):
        return 0.0
    return RELATED if a[common:] in ENDINGS and b[common:] in ENDINGS else 0.0


@lru_cache(maxsize=2**16)
def keys_of(term: str, lemma: str, concepts: frozenset[int]) -> frozenset[object]:
    """Return what two words must have one of in common before `likeness` can find them alike."""
    opposites = [pair for key in (term, lemma, *concepts) for pair in PAIRS_OF.get(key, ())]
    return frozenset([("term", term[:KIN]), ("lemma", lemma[:KIN]), *concepts, *opposites])


def opposed(a: Word, b: Word) -> bool:
    """Return whether one word, or the phrase that it stands in, says the opposite of the other."""
    return _opposed(a.term, a.lemma, a.concepts, b.term, b.lemma, b.concepts)


def _opposed(
    term: str, lemma: str, concepts: frozenset[int], other: str, other_lemma: str, others: frozenset[int]
) -> bool:
    if frozenset((lemma, other_lemma)) in OPPOSITES or frozenset((term, other)) in OPPOSITES:
        return True
    ours, theirs = concepts & OPPOSING, others & OPPOSING
    if not ours and not theirs:
        return False
    pairs = product((term, lemma, *ours), (other, other_lemma, *theirs))
    return any(frozenset(pair) in OPPOSITES for pair in pairs)


def likeness(a: Word, b: Word) -> float:
    """Return how far two words mean the same, or the opposite of the same, in [0, 1]."""
    return _likeness(a.term, a.lemma, a.concepts, a.verbatim, b.term, b.lemma, b.concepts)


@lru_cache(maxsize=2**18)
def _likeness(
    term: str,
    lemma: str,
    concepts: frozenset[int],
    verbatim: bool,
    other: str,
    other_lemma: str,
    others: frozenset[int],
) -> float:
    same = max(kinship(lemma, other_lemma), kinship(term, other))
    if same or verbatim:
        return same
    if concepts & others:
        return RELATED
    return RELATED if _opposed(term, lemma, concepts, other, other_lemma, others) else 0.0
