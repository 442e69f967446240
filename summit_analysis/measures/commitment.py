"""Whether a claim is told as fact, attributed to someone, hedged or denied: read off the grammar around its evidence.

What a sentence denies is denied, else what it hedges is hedged, else what somebody is given as saying, writing or
thinking is attributed, else it is told as fact. Each is asked of the claim, at the claim's own level:

* Where the statement itself denies, hedges or attributes, the article does so to no avail: "There is no evidence that
  …" is told as fact where it is told outright, and so is "Lund said that the bridge was closed" by an article that says
  itself that Lund said so. It is attributed where somebody else is given as saying that Lund said it, and neither
  hedged nor denied by doubts about the bridge.
* An article that contradicts a claim denies it, in whatever words: by a "not", by another number or another day.
* What is said at second hand without naming anybody (reportedly, is said to) is hedged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from summit_analysis.corpus import Corpus
from summit_analysis.text.clauses import BLANK
from summit_analysis.text.evidentiality import Cue, find_cues
from summit_analysis.text.meaning import Word, likeness, read
from summit_analysis.text.negation import find_negations
from summit_analysis.text.places import REACH, spans_of

COMMITMENTS = ("fact", "attributed", "hedged", "denied")
ALIKE = 0.85  # from which two words count as one: `meaning.RELATED`


def commit(
    claims: pd.DataFrame, statements: dict[str, str], corpus: Corpus, segments: pd.DataFrame, quotations: pd.DataFrame
) -> pd.DataFrame:
    """Return `claims`, one row per claim, article and coder, with the column commitment filled.

    commitment is ``fact``, ``attributed``, ``hedged`` or ``denied`` for a row that has evidence, else empty; a claim
    that the article contradicts is ``denied``, and one that somebody said something is a ``fact`` where the article
    itself says so. `statements` maps each claim to its statement.
    """
    hosts, speech = spans_of(segments), spans_of(quotations[quotations["kind"] == "speech"])
    found = []
    for row in claims.itertuples():
        if pd.isna(row.start):
            found.append("")
            continue
        start, end = int(row.start), int(row.end)
        touched = [span for span in hosts[row.article] if span[0] < end and start < span[1]]
        found.append(
            commitment_of(
                corpus.texts[row.article], (start, end), touched or [(start, end)], statements[row.claim],
                quoted=speech.get(row.article, []), contradicts=row.status == "contradicts",
            )
        )  # fmt: skip
    return claims.assign(commitment=pd.array(found, dtype="str"))


def commitment_of(
    text: str,
    evidence: tuple[int, int],
    sentences: Sequence[tuple[int, int]],
    statement: str,
    *,
    quoted: Sequence[tuple[int, int]] = (),
    contradicts: bool = False,
) -> str:
    """Return how `text` stands to the statement where `evidence`, in `sentences`, tells it; all are offsets into it."""
    if contradicts:
        return "denied"
    # Only a text without stops has sentences that reach further.
    evidence = (evidence[0], min(evidence[1], evidence[0] + 2 * REACH))
    around = [(max(a, evidence[0] - REACH), min(b, evidence[1] + REACH)) for a, b in sentences if a < evidence[1]]
    cues = [(start, find_cues(text[start:end], _own(text, start, end, quoted))) for start, end in around]
    passage = text[slice(*evidence)]
    levels = [_level(evidence[0] + word.start, cues, quoted) for word in _read(passage)]
    negations = [_level(evidence[0] + start, cues, quoted) for start, _ in find_negations(passage)]
    pairs = _pairs(statement, list(zip(_read(passage), levels, strict=True)), negations)
    asserted = [(claim, told) for claim, told in pairs if not claim.denied] or pairs
    own = _verbs(statement, cues, evidence, quoted) or [(claim, told) for claim, told in pairs if not claim.attributed]
    if _most(told.denied > claim.denied for claim, told in own):
        return "denied"
    if _most(told.hedged > claim.hedged for claim, told in own if not claim.denied):
        return "hedged"
    said = [(claim, told) for claim, told in asserted if not told.frame] or asserted
    return "attributed" if _most(told.attributed > claim.attributed for claim, told in said) else "fact"


class Level(NamedTuple):
    """What a word stands under: how many sources, a hedge, a denial; and whether it names who says something."""

    attributed: int
    hedged: bool
    denied: bool
    frame: bool


def _level(at: int, sentences: list[tuple[int, tuple[Cue, ...]]], quoted: Sequence[tuple[int, int]]) -> Level:
    governing, frame = [], False
    for start, cues in sentences:
        governing += [cue for cue in cues if cue.governs(at - start)]
        frame |= any(cue.kind == "attributed" and cue.start <= at - start < cue.end for cue in cues)
    sources = {cue.source for cue in governing if cue.kind == "attributed"}
    spoken = any(a <= at < b for a, b in quoted)
    return Level(
        max(len(sources - {""}), bool(sources) or spoken),
        any(cue.kind == "hedged" for cue in governing),
        any(cue.kind == "denied" for cue in governing),
        frame and not spoken,
    )


def _pairs(statement: str, words: list[tuple[Word, Level]], negations: list[Level]) -> list[tuple[Level, Level]]:
    """Return the levels of each word of the statement, and of the word that tells it; of all words where none does.

    A negation tells a negation, in whatever word: "gave no details" and "without elaborating".
    """
    cues = [(0, find_cues(statement, statement))]
    claimed = [(word, _level(word.start, cues, ())) for word in _read(statement)]
    pairs = [(_level(start, cues, ()), negations[0]) for start, _ in find_negations(statement) if negations]
    for word, level in claimed:
        like = [(likeness(word, other), not told.frame, told) for other, told in words]
        best = max(like, key=lambda pair: pair[:2], default=(0.0,))
        if best[0] >= ALIKE:
            pairs.append((level, best[2]))
    deepest = max((level for _, level in claimed), default=Level(0, False, False, False))
    return pairs or [(deepest, told) for _, told in words]


def _verbs(
    statement: str,
    sentences: list[tuple[int, tuple[Cue, ...]]],
    evidence: tuple[int, int],
    quoted: Sequence[tuple[int, int]],
) -> list[tuple[Level, Level]]:
    """Return for a claim that somebody said something the levels of its verb, and of the innermost that tells it."""
    own = find_cues(statement, statement)
    claimed = [_level(cue.end - 1, [(0, own)], ()) for cue in own if cue.kind == "attributed"]
    told = [
        _level(start + cue.end - 1, sentences, quoted)
        for start, cues in sentences
        for cue in cues
        if cue.kind == "attributed" and evidence[0] <= start + cue.start < evidence[1]
    ]
    return [(claimed[0], max(told))] if claimed and told else []


def _most(flags: Iterable[bool]) -> bool:
    flags = list(flags)
    return 2 * sum(flags) > len(flags)


def _own(text: str, start: int, end: int, quoted: Sequence[tuple[int, int]]) -> str:
    """Return the article's own words in a sentence: the quoted ones blanked."""
    own = text[start:end]
    for a, b in quoted:
        low, high = max(a, start) - start, min(b, end) - start
        if low < high:
            own = own[:low] + BLANK * (high - low) + own[high:]
    return own


@lru_cache(maxsize=4096)
def _read(passage: str) -> tuple[Word, ...]:
    return read(passage).words
