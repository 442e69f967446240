"""The automatic coder: from a claim's statement alone, which articles tell it, in which sentence, and what conflicts.

A sentence tells a claim where it holds at least half of the weight of the statement's words (see `text.matching`), and
every number. It contradicts the claim where it is about the same thing and gives another number, day or date, or says
the opposite. The thresholds were chosen on 28 claims of the bundled story and 73 of four invented ones (`tests/coding_cases`), where
`benchmarks/claim_coding.py` measures them by leaving claims and articles out. It reaches less on claims that the rules
were not made on: a reader's judgement goes before the coder's wherever there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from summit_analysis.codebook import Codebook
from summit_analysis.corpus import Corpus
from summit_analysis.text.matching import Match, Statement, Story

CODER = "auto"
COLUMNS = (
    "claim", "article", "status", "coder", "score", "segment", "start", "end", "evidence", "position", "note", "trace",
    "nearest_start", "nearest_end", "nearest",
)  # fmt: skip


@dataclass(frozen=True)
class Thresholds:
    """Where the coder draws its lines; every score is in [0, 1]."""

    told: float = 0.47  # score from which a claim is told
    whole: float = 0.7  # score from which it is asserted rather than told in part
    near: float = 0.35  # score from which an absent claim is "below threshold"
    same_thing: float = 0.5  # share of the words found from which another number is a contradiction
    opposite: float = 0.6  # share found from which a negation is one
    turned: float = 0.7  # share of the words found that must be negated on one side only


# What a score is worth where something speaks against the sentence.
STRANGER, VALUE, HEADING, QUOTED, UNREAL, TURNED, SCATTERED = 0.45, 0.7, 0.85, 0.9, 0.85, 0.5, 0.7
OPPOSITE_ALONE = 0.5
ALONE = 0.3  # a sentence that holds less by itself is told mostly elsewhere
SPREAD = 0.75  # a sentence that holds less of what was found shares the evidence with the one beside it
CONTENT, EMPTY = 0.45, 0.7  # names alone tell nothing: less of the other words found, and what is then left of a score
TIE = 0.03  # of sentences so close, the first is the evidence
TRACES = {
    "words": "told in the claim's words",
    "paraphrase": "told in other words",
    "below": "below the threshold",
    "none": "no trace",
}
CUE_FOUND, CUE_MISSING = 0.5, 0.9


@dataclass(frozen=True)
class Verdict:
    """What the coder says of one claim in one article: its status, and the sentence that it goes by."""

    status: str
    score: float
    match: Match
    note: str = ""


def code_claims(
    corpus: Corpus,
    codebook: Codebook,
    segments: pd.DataFrame,
    quotations: pd.DataFrame,
    *,
    embed: Callable[[list[str]], object] | None = None,
    thresholds: Thresholds | None = None,
) -> pd.DataFrame:
    """Return one row per claim and article, coded by rule (coder ``auto``), in the codebook's order.

    Columns: claim; article; status (``asserts``, ``partial``, ``contradicts``, ``absent``); coder; score (share of the
    claim's weight that the best sentence holds, lowered where something speaks against it, in [0, 1], larger = more
    surely told; for ``contradicts`` larger = more surely about the same thing); segment, start, end, evidence (the
    sentence, with the one beside it where the claim is spread over both; empty for absent); position (start / length of
    the text, in [0, 1)); note (what conflicts); trace (``words``, ``paraphrase``; for absent ``below`` the threshold or
    ``none``); nearest_start, nearest_end, nearest (the best sentence, for absent claims too).

    `embed` takes a list of texts to an array of one row each; the cosine of statement and sentence then counts as much
    as the words. A statement without any word that carries meaning has no rows: see `unread`.
    """
    story = Story(corpus, segments, quotations)
    limits = thresholds or Thresholds()
    cosines = _cosines(story, list(codebook.claims["statement"]), embed)
    rows = []
    for number, claim in enumerate(codebook.claims.itertuples()):
        statement = story.state(claim.statement, cues=tuple(claim.cues))
        if not statement.words and not statement.values:
            continue
        for article, text in corpus.texts.items():
            if matches := story.matches(statement, article):
                verdict = judge(story, statement, matches, limits, cosines[number] if cosines is not None else None)
                rows.append((claim.claim, article, *_row(story, verdict, text, limits)))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    whole = ["segment", "start", "end", "nearest_start", "nearest_end"]
    # Shares are sums of floats, which may end a last digit beyond 1.
    table = table.assign(score=table["score"].clip(0, 1))
    return table.astype(dict.fromkeys(whole, "Int64") | {"score": "Float64", "position": "Float64"})


def unread(codebook: Codebook) -> list[str]:
    """Return a sentence for each claim that has no word to look for: it is not coded automatically."""
    return [
        f"codebook.toml: claim {claim.claim!r} holds only words without meaning of their own and is not coded automatically"
        for claim in codebook.claims.itertuples()
        if not Story.readable(claim.statement)
    ]


def judge(
    story: Story, statement: Statement, matches: list[Match], limits: Thresholds, cosines: np.ndarray | None = None
) -> Verdict:
    """Return the verdict on one claim in one article from how each of its sentences answers to the statement."""
    telling: list[tuple[float, Match]] = []
    against: list[tuple[float, Match, str]] = []
    for match in matches:
        doubt, score = _doubt(story, match), match.score
        if cosines is not None:
            score = (score + float(cosines[match.sentence])) / 2
        if statement.cues:
            score = score + (1 - score) * CUE_FOUND if match.cued else score * CUE_MISSING
        turned = match.flipped >= limits.turned
        known = cosines is not None or match.cued
        telling.append((score * doubt * _weaker(match, known) * (TURNED if turned else 1.0), match))
        if match.unreal or match.stranger:
            continue
        if match.conflicts and min(match.words, match.plainly) * doubt >= limits.same_thing:
            against.append((match.words * doubt, match, "another number, day or date"))
        about = max(match.score, match.words) * doubt
        if turned and about >= limits.opposite and match.alone >= OPPOSITE_ALONE:
            against.append((about, match, "says the opposite"))
    best = max(score for score, _ in telling)
    score, match = next((s, m) for s, m in telling if s >= best - TIE)
    if against:
        strongest = max(against, key=lambda found: found[0])
        if score < limits.told or score < strongest[0]:
            return Verdict("contradicts", min(strongest[0], 1.0), strongest[1], strongest[2])
    if score < limits.told:
        return Verdict("absent", score, match)
    whole = score >= limits.whole and not match.unreal
    return Verdict("asserts" if whole else "partial", score, match, "as possible or planned" if match.unreal else "")


def _doubt(story: Story, match: Match) -> float:
    """Return what is left of a score after what speaks against the sentence as a whole, in [0, 1]."""
    left = STRANGER if match.stranger else 1.0
    left *= QUOTED if match.quoted else 1.0
    return left * (HEADING if story.sentences[match.sentence].heading else 1.0)


def _weaker(match: Match, known: bool) -> float:
    """Return what is left of a score where values are missing, or what is told did not happen or stands elsewhere.

    What is `known` by a cue or an embedding need not be found in the words.
    """
    left = VALUE if match.missing or match.conflicts else 1.0
    left *= UNREAL if match.unreal else 1.0
    if known:
        return left
    left *= EMPTY if match.content < CONTENT else 1.0
    return left * (SCATTERED if match.alone < ALONE else 1.0)


def _row(story: Story, verdict: Verdict, text: str, limits: Thresholds) -> Iterator[object]:
    match, sentence = verdict.match, story.sentences[verdict.match.sentence]
    start, end = sentence.start, sentence.end
    if match.beside and match.alone < SPREAD * match.score and verdict.status != "absent":
        other = story.sentences[match.sentence + match.beside]
        start, end = min(start, other.start), max(end, other.end)
    if verdict.status == "absent":
        trace = "below" if verdict.score >= limits.near else "none"
        place = (pd.NA, pd.NA, pd.NA, "", pd.NA)
    else:
        trace = "paraphrase" if match.reworded else "words"
        place = (sentence.segment, start, end, text[start:end], start / len(text))
    yield from (verdict.status, CODER, verdict.score, *place, verdict.note, trace)
    yield from (start, end, text[start:end])


def _cosines(story: Story, statements: list[str], embed: Callable[[list[str]], object] | None) -> np.ndarray | None:
    """Return the cosine of each statement with each sentence, cut to [0, 1], or None without a function to embed."""
    if embed is None or not statements or not story.sentences:
        return None
    table = np.asarray(embed([*statements, *(sentence.text for sentence in story.sentences)]), dtype=float)
    length = np.linalg.norm(table, axis=1, keepdims=True)
    table = np.divide(table, length, out=np.zeros_like(table), where=length > 0)
    n = len(statements)
    return np.clip(table[:n] @ table[n:].T, 0.0, 1.0)
