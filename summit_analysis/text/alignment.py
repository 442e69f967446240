"""Which words of two passages answer to each other: local alignment, and the edits it shows.

Words are the terms of `summit_analysis.text.terms`, so that punctuation and capitals make no difference. The aligning
functions take sequences of terms and return their indexes; `find_edits` turns these into exact places in both texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from summit_analysis.text.terms import Token, tokenise

# The scores of R's textreuse (Mullen 2020), after Smith & Waterman 1981.
MATCH, MISMATCH, GAP = 2, -1, -1
BATCH = 192  # pairs aligned at once
ENDINGS = re.compile(r"(?<=\w{3})(?:ing|ed|es|(?<!s)s|e)$")
DOUBLED = re.compile(r"([^\W\daeiouls])\1$")


@dataclass(frozen=True)
class Alignment:
    """What two sequences of terms have in common.

    Attributes
    ----------
    score
        2 for each equal pair, less 1 for each unequal pair and each term that is passed over; 0 = nothing in common.
    pairs
        (index in a, index in b) of the terms set side by side, in order; the first and the last pair are equal.
    """

    score: int
    pairs: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Edit:
    """One stretch of an alignment: ``text_a[start_a:end_a]`` answers to ``text_b[start_b:end_b]``.

    `kind` is ``equal``, ``replaced``, ``dropped`` (in a alone) or ``added`` (in b alone). Where a text has nothing, its
    span is empty and stands behind the word before.
    """

    kind: str
    start_a: int
    end_a: int
    start_b: int
    end_b: int


def stem(term: str) -> str:
    """Return `term` without an English ending of number or tense: "losing" and "lose" give "los".

    Weaker than Porter's stemmer on purpose (compare Harman 1991): "president" and "presidency" remain two words.
    """
    short = ENDINGS.sub("", term)
    return DOUBLED.sub(r"\1", short) if short != term and len(short) > 3 else short


def align(a: Sequence[str], b: Sequence[str]) -> Alignment:
    """Return the best local alignment of two sequences of terms (Smith & Waterman 1981), linear in its gaps.

    Of several equally good ones, the one that ends first in `a`, then in `b`. Time and memory grow with
    ``len(a) * len(b)``: a millisecond for two passages of a hundred words.
    """
    codes: dict[str, int] = {}
    coded = [np.array([codes.setdefault(term, len(codes)) for term in terms], dtype=np.int64) for terms in (a, b)]
    return _align(*coded)


def align_all(a: Sequence[str], b: Sequence[str], *, most: int = 6) -> list[Alignment]:
    """Return up to `most` local alignments, the best first, in which no word is matched twice.

    They find what stands in another order in `b` ("agreed on many points", "many points were agreed"), in the manner
    of Waterman & Eggert 1987. A later one may pass over words that an earlier one has matched.
    """
    codes: dict[str, int] = {}
    left, right = (np.array([codes.setdefault(term, len(codes)) for term in terms], dtype=np.int64) for terms in (a, b))
    found: list[Alignment] = []
    while len(found) < most and (alignment := _align(left, right)).score:
        found.append(alignment)
        for i, j in alignment.pairs:
            if left[i] == right[j]:
                left[i], right[j] = -1, -2  # equal to nothing, not even to each other
    return found


def _align(a: np.ndarray, b: np.ndarray) -> Alignment:
    scores = np.zeros((len(a) + 1, len(b) + 1), dtype=np.int64)
    if not len(a) or not len(b):
        return Alignment(0)
    steps = -GAP * np.arange(len(b) + 1)
    for i, term in enumerate(a, start=1):
        row, above = scores[i], scores[i - 1]
        row[1:] = np.maximum(above[:-1] + np.where(b == term, MATCH, MISMATCH), above[1:] + GAP)
        np.maximum(row, 0, out=row)
        # The best of all gaps that end here, in one pass: a running maximum on a slope of one gap a step.
        np.subtract(np.maximum.accumulate(row + steps), steps, out=row)
    i, j = np.unravel_index(int(scores.argmax()), scores.shape)
    best = int(scores[i, j])
    pairs = []
    while scores[i, j] > 0:
        if scores[i, j] == scores[i - 1, j - 1] + (MATCH if a[i - 1] == b[j - 1] else MISMATCH):
            i, j = i - 1, j - 1
            pairs.append((int(i), int(j)))
        elif scores[i, j] == scores[i - 1, j] + GAP:
            i -= 1
        else:
            j -= 1
    return Alignment(best, tuple(reversed(pairs)))


def align_many(pairs: Sequence[tuple[Sequence[str], Sequence[str]]], *, most: int = 6) -> list[list[Alignment]]:
    """Return for each pair what `align_all` returns, some two hundred pairs of like size at a time."""
    result: list[list[Alignment]] = [[] for _ in pairs]
    order = sorted(range(len(pairs)), key=lambda n: (len(pairs[n][0]), len(pairs[n][1]), n))
    for start in range(0, len(order), BATCH):
        block = order[start : start + BATCH]
        codes: dict[str, int] = {}
        left, right = (
            _padded([[codes.setdefault(term, len(codes)) for term in pairs[n][side]] for n in block], -1 - side)
            for side in (0, 1)
        )
        rows = np.arange(len(block))
        for _ in range(most):
            best, steps = _align_block(left[rows], right[rows])
            going = best > 0
            for row, score, path in zip(
                rows[going], best[going], (s for s, g in zip(steps, going, strict=True) if g), strict=True
            ):
                equal = left[row, path[:, 0]] == right[row, path[:, 1]]
                left[row, path[equal, 0]], right[row, path[equal, 1]] = -1, -2
                result[block[row]].append(Alignment(int(score), tuple(map(tuple, path.tolist()))))
            rows = rows[going]
            if not len(rows):
                break
    return result


def _padded(sequences: list[list[int]], blank: int) -> np.ndarray:
    table = np.full((len(sequences), max(map(len, sequences), default=0)), blank, dtype=np.int32)
    for row, sequence in zip(table, sequences, strict=True):
        row[: len(sequence)] = sequence
    return table


def _align_block(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return the score of the best local alignment of each row of `a` and `b`, and its pairs: `_align`, many at once."""
    count, n, m = len(a), a.shape[1], b.shape[1]
    scores = np.zeros((count, n + 1, m + 1), dtype=np.int32)
    if not n or not m:
        return np.zeros(count, dtype=np.int32), [np.zeros((0, 2), dtype=np.int64)] * count
    slope = -GAP * np.arange(m + 1, dtype=np.int32)
    for i in range(1, n + 1):
        row, above = scores[:, i], scores[:, i - 1]
        match = np.where(b == a[:, i - 1, None], np.int32(MATCH), np.int32(MISMATCH))
        row[:, 1:] = np.maximum(above[:, :-1] + match, above[:, 1:] + GAP)
        np.maximum(row, 0, out=row)
        np.subtract(np.maximum.accumulate(row + slope, axis=1), slope, out=row)
    flat = scores.reshape(count, -1).argmax(axis=1)
    i, j = flat // (m + 1), flat % (m + 1)
    every = np.arange(count)
    best = scores[every, i, j]
    steps: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    active = every[best > 0]
    while len(active):
        x, y = i[active], j[active]
        here = scores[active, x, y]
        match = np.where(a[active, x - 1] == b[active, y - 1], MATCH, MISMATCH)
        diagonal = here == scores[active, x - 1, y - 1] + match
        up = ~diagonal & (here == scores[active, x - 1, y] + GAP)
        i[active] -= diagonal | up
        j[active] -= ~up
        for k, p, q in zip(
            active[diagonal].tolist(), i[active][diagonal].tolist(), j[active][diagonal].tolist(), strict=True
        ):
            steps[k].append((p, q))
        active = active[scores[active, i[active], j[active]] > 0]
    return best, [np.array(path[::-1], dtype=np.int64).reshape(-1, 2) for path in steps]


def find_passages(
    a: Sequence[str], b: Sequence[str], weights: Sequence[float], *, reach: int = 3
) -> Iterator[list[tuple[int, int]]]:
    """Yield the passages of `a` that stand in `b` too, in whatever order, as (index in a, index in b) of equal terms.

    A passage begins with the weightiest local alignment, by the `weights` of the terms of `a`, and takes in each other
    one with at most `reach` terms between them on both sides. One without weight begins none, and is no part of one
    if it is a single term.
    """
    yield from _join_stretches(a, b, weights, align_all(a, b), reach)


def find_passages_in_many(
    pairs: Sequence[tuple[Sequence[str], Sequence[str], Sequence[float]]], *, reach: int = 3
) -> Iterator[list[list[tuple[int, int]]]]:
    """Yield for each (a, b, weights of a) what `find_passages` finds; many short pairs are aligned at once."""
    found = align_many([(a, b) for a, b, _ in pairs])
    for (a, b, weights), alignments in zip(pairs, found, strict=True):
        yield list(_join_stretches(a, b, weights, alignments, reach))


def _join_stretches(
    a: Sequence[str], b: Sequence[str], weights: Sequence[float], alignments: list[Alignment], reach: int
) -> Iterator[list[tuple[int, int]]]:
    stretches = []
    for found in alignments:
        equal = [(i, j) for i, j in found.pairs if a[i] == b[j]]
        weight = sum(weights[i] for i, _ in equal)
        if weight > 0 or len(equal) > 1:
            stretches.append((weight, equal))
    stretches.sort(key=lambda stretch: -stretch[0])
    while stretches and stretches[0][0] > 0:
        pairs, stretches = list(stretches[0][1]), stretches[1:]
        while near := [s for s in stretches if _is_near(pairs, s[1], reach)]:
            pairs += [pair for _, stretch in near for pair in stretch]
            stretches = [s for s in stretches if s not in near]
        yield sorted(pairs)


def _is_near(pairs: list[tuple[int, int]], others: list[tuple[int, int]], reach: int) -> bool:
    return all(
        min(theirs) <= max(ours) + reach + 1 and max(theirs) >= min(ours) - reach - 1
        for ours, theirs in zip(zip(*pairs, strict=True), zip(*others, strict=True), strict=True)
    )


def find_edits(text_a: str, text_b: str) -> tuple[int, list[Edit]]:
    """Return the score of the best local alignment of two texts, and its edits in order; no edits where it is 0.

    The edits run from the first to the last word in common, and the words between two equal stretches are one edit.
    """
    tokens_a, tokens_b = tokenise(text_a), tokenise(text_b)
    alignment = align([t.term for t in tokens_a], [t.term for t in tokens_b])
    return alignment.score, edits_of(alignment, tokens_a, tokens_b)


def edits_of(alignment: Alignment, tokens_a: Sequence[Token], tokens_b: Sequence[Token]) -> list[Edit]:
    """Return the edits of an alignment of the terms of `tokens_a` and `tokens_b`, with offsets into their texts."""
    equal = [(i, j) for i, j in alignment.pairs if tokens_a[i].term == tokens_b[j].term]
    if not equal:
        return []
    runs = [[equal[0], equal[0]]]
    for before, here in pairwise(equal):
        if here == (before[0] + 1, before[1] + 1):
            runs[-1][1] = here
        else:
            runs.append([here, here])
    edits: list[Edit] = []
    for n, (first, last) in enumerate(runs):
        if n:
            behind = runs[n - 1][1]
            start_a, end_a = _between(tokens_a, behind[0], first[0])
            start_b, end_b = _between(tokens_b, behind[1], first[1])
            kind = "dropped" if start_b == end_b else "added" if start_a == end_a else "replaced"
            edits.append(Edit(kind, start_a, end_a, start_b, end_b))
        ends = (tokens_a[first[0]].start, tokens_a[last[0]].end, tokens_b[first[1]].start, tokens_b[last[1]].end)
        edits.append(Edit("equal", *ends))
    return edits


def _between(tokens: Sequence[Token], before: int, behind: int) -> tuple[int, int]:
    """Return the span of the tokens between two, an empty one behind the first where there are none."""
    if behind == before + 1:
        return tokens[before].end, tokens[before].end
    return tokens[before + 1].start, tokens[behind - 1].end
