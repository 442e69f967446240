"""Versions of one passage under one another, word by word: which words stand in one column, and what each has of its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from summit_analysis.text.alignment import GAP, MATCH, MISMATCH, Alignment, Edit, edits_of, stem
from summit_analysis.text.terms import STOP_WORDS, Token, tokenise

ONE_CHARACTER = re.compile(r"(?<![\w'’ʼ＇])\w(?!\w)")
APOSTROPHE = re.compile(r"(?<=\w)['’ʼ＇](\w+)")


def collate(versions: Sequence[Sequence[str]]) -> list[tuple[int | None, ...]]:
    """Return the columns of a table that sets several versions of a passage under one another.

    A column holds for each version the index of its term, or None. Each version in turn is aligned with the columns so
    far (progressive alignment, Feng & Doolittle 1987), all of it, and to begin late or end early costs nothing: a
    fragment keeps together. An equal term counts double, so that a long insertion does not tear the rest out of line.
    Give the longest version first.
    """
    columns: list[list[int | None]] = []
    for number, version in enumerate(versions):
        known = [{versions[v][i] for v, i in enumerate(column) if i is not None} for column in columns]
        merged: list[list[int | None]] = []
        for place, index in _place(known, version):
            merged.append([*(columns[place] if place is not None else [None] * number), index])
        columns = merged
    return [tuple(column) for column in columns]


def _place(known: list[set[str]], version: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Return (column or None, index or None) in order: where the terms of `version` stand among the columns."""
    n, m = len(known), len(version)
    scores = np.zeros((n + 1, m + 1), dtype=np.int64)
    scores[0] = GAP * np.arange(m + 1)
    matches = np.array([[2 * MATCH if term in terms else MISMATCH for term in version] for terms in known]).reshape(
        n, m
    )
    steps = -GAP * np.arange(m + 1)
    for i in range(1, n + 1):
        above = scores[i - 1]
        passed = above + GAP
        passed[[0, m]] = above[[0, m]]  # before its first and behind its last term a version may be silent
        row = passed.copy()
        row[1:] = np.maximum(passed[1:], above[:-1] + matches[i - 1])
        scores[i] = np.maximum.accumulate(row + steps) - steps
    placed: list[tuple[int | None, int | None]] = []
    i, j = n, m
    while i or j:
        if i and j and scores[i, j] == scores[i - 1, j - 1] + matches[i - 1, j - 1]:
            i, j = i - 1, j - 1
            placed.append((i, j))
        elif i and scores[i, j] == scores[i - 1, j] + (0 if j in (0, m) else GAP):
            i -= 1
            placed.append((i, None))
        else:
            j -= 1
            placed.append((None, j))
    return placed[::-1]


def find_common(text_a: str, text_b: str) -> list[Edit]:
    """Return the stretches (kind ``equal``) that answer to each other in order when all of both texts is aligned.

    Unlike `find_edits`, which stops where the best passage ends, it also finds a word in common behind many that differ.
    """
    tokens_a, tokens_b = tokenise(text_a), tokenise(text_b)
    turned = len(tokens_b) > len(tokens_a)
    longer, shorter = (tokens_b, tokens_a) if turned else (tokens_a, tokens_b)
    columns = collate([[t.term for t in longer], [t.term for t in shorter]])
    pairs = [column[::-1] if turned else column for column in columns if None not in column]
    return [edit for edit in edits_of(Alignment(0, pairs), tokens_a, tokens_b) if edit.kind == "equal"]


def find_pieces(texts: Sequence[str]) -> list[list[tuple[int, str, bool]]]:
    """Return for each version of a passage its (piece, text, changed), the pieces numbered alike in all versions.

    A piece is one word where all versions that quote this place agree, else the words in which the same versions
    differ. A version has the pieces from its first to its last word, for before and behind them it may merely have been cut; a
    word that it has at another place counts as its own. The text is empty where a version has no words. It is
    `changed` where its words are not those of more than half of the versions that quote this place.
    """
    tokens = [find_words(text) for text in texts]
    terms = [
        tuple(written(text, *pair) for pair in pairwise([*found, None]))
        for text, found in zip(texts, tokens, strict=True)
    ]
    wordings = sorted(set(terms), key=lambda t: (-len(t), t))
    stems = [[stem(word.partition("'")[0]) for word in wording] for wording in wordings]
    columns = collate(stems)
    reach = [_reach(columns, stems, w) for w in range(len(wordings))]
    piece_of = _number_pieces(columns, wordings, reach)
    held: list[dict[int, list[int]]] = [{} for _ in wordings]  # by wording: piece → indexes of its terms
    for w, (first, last) in enumerate(reach):
        for c in range(first, last + 1):
            held[w].setdefault(piece_of[c], []).extend(i for i in [columns[c][w]] if i is not None)
    readings = [{n: tuple(t[i] for i in held_) for n, held_ in h.items()} for t, h in zip(wordings, held, strict=True)]
    place = {wording: w for w, wording in enumerate(wordings)}
    counts: dict[int, Counter] = defaultdict(Counter)
    for wording in terms:
        for n, reading in readings[place[wording]].items():
            counts[n][reading] += 1
    result = []
    for text, found, wording in zip(texts, tokens, terms, strict=True):
        cuts, w = _cuts(text, found), place[wording]
        version = []
        for n, indexes in sorted(held[w].items()):
            passage = text[cuts[indexes[0]] : cuts[indexes[-1] + 1]] if indexes else ""
            changed = len(counts[n]) > 1 and 2 * counts[n][readings[w][n]] <= counts[n].total()
            version.append((n, " ".join(passage.split()), changed))
        result.append(version)
    return result


def find_words(text: str) -> list[Token]:
    """Return the tokens of `text` and its words of one character, which terms leave out: "3 days" is not "5 days"."""
    tokens = tokenise(text)
    ends = [0, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), len(text)]
    short = [
        Token(found.start(), found.end(), found.group().lower())
        for a, b in zip(ends, starts, strict=True)
        for found in ONE_CHARACTER.finditer(text, a, b)
    ]
    return sorted([*tokens, *short], key=lambda token: token.start)


def written(text: str, token: Token, following: Token | None) -> str:
    """Return what two versions must share to have the same word: the term, and the "'t" or "'ve" that it leaves out."""
    rest = APOSTROPHE.search(text, token.start, following.start if following else len(text))
    return token.term + (f"'{rest.group(1).lower()}" if rest else "")


def _reach(columns: list[tuple[int | None, ...]], stems: list[list[str]], w: int) -> tuple[int, int]:
    """Return the first and last column that wording `w` quotes, moved words included; (0, -1) if it has no words.

    "Agreed on many points" reaches to "agreed" in "many points were agreed to", since it has that word elsewhere.
    """
    filled = [c for c, column in enumerate(columns) if column[w] is not None]
    if not filled:
        return 0, -1
    reached = {filled[0], filled[-1]}
    own = {term for term in stems[w] if term not in STOP_WORDS and len(term) > 1}
    for v in range(len(stems)):
        moved = own & set(stems[v])
        if v != w and moved:
            both = [c for c in filled if columns[c][v] is not None]
            moved -= {stems[w][columns[c][w]] for c in both if stems[w][columns[c][w]] == stems[v][columns[c][v]]}
            reached |= {c for c, column in enumerate(columns) if column[v] is not None and stems[v][column[v]] in moved}
    return min(reached), max(reached)


def _number_pieces(
    columns: list[tuple[int | None, ...]], wordings: list[tuple[str, ...]], reach: list[tuple[int, int]]
) -> list[int]:
    """Return the number of the piece that each column belongs to: a new one wherever other versions agree."""
    edges = {first for first, _ in reach} | {last + 1 for _, last in reach}
    numbers, before = [0], [0]
    for c, column in enumerate(columns):
        words = [
            None if column[w] is None else wordings[w][column[w]]
            for w, (first, last) in enumerate(reach)
            if first <= c <= last
        ]
        agreeing = [words.index(word) for word in words]
        goes_on = any(agreeing) and agreeing == before and c not in edges
        numbers.append(numbers[-1] + (not goes_on))
        before = agreeing
    return numbers[1:]


def _cuts(text: str, tokens: list[Token]) -> list[int]:
    """Return where each token's share of `text` begins, and the end: marks go with the word that they touch."""
    cuts = [0]
    for before, here in pairwise(tokens):
        between = text[before.end : here.start]
        blank = next((n for n, c in enumerate(between) if c.isspace()), len(between))
        cuts.append(before.end + blank)
    return [*cuts, len(text)]
