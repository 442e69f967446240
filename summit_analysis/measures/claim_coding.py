"""The automatic coder: from a claim's statement alone, which articles tell it, in which sentence, and what conflicts.

Each sentence is held against the statement (see `text.matching`): the share of the words' weight that it and its
neighbours hold, the share of the runs of four letters, whether numbers conflict, whether one side is negated. A logistic
model of these makes the probability that the article tells the claim; its weights, in ``lexicons/claim_coder.toml``, were
fitted by `benchmarks/claim_coding.py` on two bundled stories and twelve invented ones (`tests/coding_cases`), and
`benchmarks/results/claim_coding.md` says how well it does on each when fitted on the others. An article contradicts a
claim where a sentence about the same thing gives another number, day or date, a part for the whole, or says the opposite.
It asserts none whose numbers, days, dates and quoted words it does not hold. A reader's judgement goes before the coder's
wherever there is one.

The constants below and those of `text.matching`, `text.polarity` and `text.meaning` were set by hand with the rules, not
fitted. `benchmarks/results/claim_coding_constants.md` says what moves where each is a fifth smaller or a quarter larger,
each story left out in turn: F1 by 0.006 at the most. `SAME_THING`, `OPPOSITE` and `OPPOSITE_ALONE` decide how many
contradictions are found against how many are wrongly called. No coded claim has cues: on `CUE_FOUND` and `CUE_MISSING`
nothing was measured; `NEAR` only labels what is absent.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from summit_analysis import lexicons
from summit_analysis.codebook import CODEBOOK, Codebook
from summit_analysis.corpus import Corpus
from summit_analysis.errors import Fault, StoryError, shortened
from summit_analysis.judgements import AUTOMATIC
from summit_analysis.text.belonging import alphabets_of, in_another_alphabet, of_another_story
from summit_analysis.text.matching import Match, Statement, Story

COLUMNS = (
    "claim", "article", "status", "coder", "score", "segment", "start", "end", "evidence", "position", "note",
    "first_start", "first_end", "first", "first_position", "trace", "nearest_start", "nearest_end", "nearest",
)  # fmt: skip

# From a list of texts to an array of one row of numbers for each.
Embed = Callable[[list[str]], object]

TOLD = 0.5  # the probability from which a claim is told
LEAST = 0.35  # of the statement's words; what holds less is doubted in proportion
OTHERWISE = (
    0.5  # what is left of the probability where the wrong one does it, the number is another, or quoted words lack
)
MOSTLY = 0.5  # of the words that a telling must hold: a sentence that lacks more hardly tells it
NEAR = 0.25  # from which an absent claim is "below threshold"
SAME_THING = 0.5  # share of the words found from which another number is a contradiction
OPPOSITE, OPPOSITE_ALONE = 0.6, 0.5  # found in all, and in the sentence itself, from which a negation is one
TURNED = 0.7  # share of the words found that must be negated on one side only
SPREAD = 0.75  # a sentence that holds less of what was found shares the evidence with the one beside it
TIE = 0.25  # of sentences so close in log odds, the first is the evidence
CUE_FOUND, CUE_MISSING = 0.5, 0.9


@dataclass(frozen=True)
class Weights:
    """What each feature of a sentence weighs in log odds.

    `evidence` says which sentence of an article answers best, `told` whether an article tells the claim by that sentence;
    each has a weight per name of `features`, and `told` an ``intercept``.
    """

    evidence: dict[str, float]
    told: dict[str, float]


@cache
def fitted() -> Weights:
    """Return the weights that the package ships."""
    found = tomllib.loads(files(lexicons).joinpath("claim_coder.toml").read_text(encoding="utf-8"))
    return Weights(found["evidence"], found["told"])


def features(story: Story, match: Match) -> dict[str, float]:
    """Return what speaks for and against a sentence, each in [0, 1]."""
    return {
        "words": match.score,
        "words_here": match.alone,
        "letters": match.letters,
        "names": match.named,
        "turned": float(match.flipped >= TURNED),
        "other_value": float(match.conflicts > 0),
        "stranger": float(match.stranger),
        "heading": float(story.sentences[match.sentence].heading),
    }


def likeness(match: Match) -> float:
    """Return how much of the statement a sentence holds, in words and letters alike, in [0, 1]."""
    return (match.score + match.letters) / 2


@dataclass(frozen=True)
class Verdict:
    """What the coder says of one claim in one article: its status, the sentence that it goes by, and the first that tells it."""

    status: str
    score: float
    match: Match
    note: str = ""
    first: Match | None = None


def code_claims(
    corpus: Corpus,
    codebook: Codebook,
    segments: pd.DataFrame,
    quotations: pd.DataFrame,
    *,
    embed: Embed | None = None,
    weights: Weights | None = None,
) -> pd.DataFrame:
    """Return one row per claim and article, coded by rule (coder ``auto``), in the codebook's order.

    Columns: claim; article; status (``asserts``, ``partial``, ``contradicts``, ``absent``); coder; score (the probability
    that the article tells the claim, in [0, 1], larger = more surely told, told from 0.5; for ``contradicts`` the share of
    the claim's weight that the sentence holds, larger = more surely about the same thing); segment, start, end, evidence
    (the sentence, with the one beside it where the claim is spread over both; empty for absent); position (start / length
    of the text, in [0, 1)); note (what conflicts); first_start, first_end, first, first_position (of the earliest sentence
    by which alone the claim would be told; empty where it is not); trace (``words``, ``paraphrase``; for absent ``below`` the threshold or
    ``none``); nearest_start, nearest_end, nearest (the best sentence, for absent claims too).

    `embed` takes a list of texts to an array of one row each; the cosine of statement and sentence then counts as much
    as the words. A statement without any word that carries meaning, or in an alphabet that no article is written in, has no
    rows, nor has any of a codebook of another story: see `unread`. ``partial`` is told where a number, day or date or some
    of the quoted words are missing, or what is claimed is told as possible or planned: other words do not show it.

    Raises
    ------
    StoryError
        `embed` returns no array of one row of finite numbers for each text.
    """
    story = Story(corpus, segments, quotations)
    weights = weights or fitted()
    coded = codebook.claims.iloc[: 0 if of_another(codebook, corpus) else None]
    alphabets = alphabets_of(corpus.texts.values())
    coded = coded[[not _why_unread(statement, alphabets) for statement in coded["statement"]]]
    cosines = _cosines(story, list(coded["statement"]), embed)
    rows = []
    for number, claim in enumerate(coded.itertuples()):
        statement = story.state(claim.statement, cues=tuple(claim.cues))
        found = {article: story.matches(statement, article) for article in corpus.texts}
        best = max((likeness(match) for matches in found.values() for match in matches), default=0.0)
        for article, matches in found.items():
            if matches:
                own = cosines[number] if cosines is not None else None
                verdict = judge(story, statement, matches, weights, best, own)
                rows.append((claim.claim, article, *_row(story, verdict, corpus.texts[article])))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    whole = ["segment", "start", "end", "first_start", "first_end", "nearest_start", "nearest_end"]
    parts = ["score", "position", "first_position"]
    return table.astype(dict.fromkeys(whole, "Int64") | dict.fromkeys(parts, "Float64"))


def unread(codebook: Codebook, corpus: Corpus) -> list[str]:
    """Return a sentence for each claim that has nothing to look for in the articles: it is not coded automatically.

    One sentence for all where the codebook is of another story.
    """
    if other := of_another(codebook, corpus):
        return [other]
    alphabets = alphabets_of(corpus.texts.values())
    return [
        f"{CODEBOOK}: claim {claim.claim!r} {reason} and is not coded automatically"
        for claim in codebook.claims.itertuples()
        if (reason := _why_unread(claim.statement, alphabets))
    ]


def _why_unread(statement: str, alphabets: frozenset[str]) -> str:
    if not Story.readable(statement):
        return "holds only words without meaning of their own"
    return "stands in an alphabet that no article is written in" if in_another_alphabet(statement, alphabets) else ""


def of_another(codebook: Codebook, corpus: Corpus) -> str:
    """Return a sentence that the codebook's claims are of another story, or ``""`` where they are not."""
    claims = codebook.claims
    return of_another_story(zip(claims["statement"], claims["cues"], strict=True), corpus.texts.values())


def judge(
    story: Story,
    statement: Statement,
    matches: list[Match],
    weights: Weights,
    best: float,
    cosines: np.ndarray | None = None,
) -> Verdict:
    """Return the verdict on one claim in one article from how each of its sentences answers to the statement.

    `best` is the greatest `likeness` that any sentence of the story has to it.
    """
    match = nearest(story, matches, weights, cosines)
    score = probability(story, match, weights, best)
    swapped = {m.sentence for m in matches if m.swapped}
    straight = [m for m in matches if not {m.sentence, m.sentence + m.beside} & swapped]
    if match.swapped and straight:
        # "Lund sued Ek. Ek then sued Lund" tells both.
        other = nearest(story, straight, weights, cosines)
        if (told := probability(story, other, weights, best)) > score * OTHERWISE:
            match, score = other, told
    score = _doubted(statement, match, score, cosines)
    against = [found for m in matches if (found := _against(m))]
    if against:
        about, other, note = max(against, key=lambda found: found[0])
        if score < max(TOLD, about) or other.sentence == match.sentence:
            return Verdict("contradicts", min(about, 1.0), other, note)
    if score < TOLD:
        return Verdict("absent", score, match)
    first = next(
        (m for m in matches if _doubted(statement, m, probability(story, m, weights, best), cosines) >= TOLD), match
    )
    first = min(first, match, key=lambda m: m.sentence)
    if match.unreal:
        return Verdict("partial", score, match, "as possible or planned", first)
    less = match.swapped or match.conflicts or match.missing or match.lacking
    return Verdict("partial" if less else "asserts", score, match, first=first)


def _doubted(statement: Statement, match: Match, score: float, cosines: np.ndarray | None) -> float:
    """Return the probability that an article tells a claim by `match`, with what the features do not see."""
    if cosines is None and not match.cued:
        score *= min(match.score / LEAST, 1.0)
    if match.swapped or match.conflicts or match.lacking > MOSTLY:
        score *= OTHERWISE
    if cosines is not None:
        score = (score + float(cosines[match.sentence])) / 2
    if statement.cues:
        score = score + (1 - score) * CUE_FOUND if match.cued else score * CUE_MISSING
    return score


def nearest(story: Story, matches: list[Match], weights: Weights, cosines: np.ndarray | None = None) -> Match:
    """Return the sentence that answers best, the first of those that are as good."""
    answers = []
    for match in matches:
        own = features(story, match)
        odds = math.fsum(weight * own[name] for name, weight in weights.evidence.items())
        # An embedding counts as much as all words; a cue decides.
        known = abs(float(cosines[match.sentence])) if cosines is not None else 0.0
        odds += (known + match.cued) * math.fsum(w for w in weights.evidence.values() if w > 0)
        answers.append((odds, match))
    most = max(odds for odds, _ in answers)
    return next(match for odds, match in answers if odds >= most - TIE)


def probability(story: Story, match: Match, weights: Weights, best: float) -> float:
    """Return the probability that the article of `match` tells the claim, in (0, 1)."""
    own = features(story, match) | {"intercept": 1.0, "behind": max(best - likeness(match), 0.0)}
    return 1 / (1 + math.exp(-math.fsum(weight * own[name] for name, weight in weights.told.items())))


def _against(match: Match) -> tuple[float, Match, str] | None:
    """Return how surely a sentence is about the same thing and says otherwise, and how; None where it does not."""
    if match.unreal or match.stranger:
        return None
    if match.conflicts and min(match.words, match.plainly) >= SAME_THING:
        return match.words, match, "a part for the whole" if match.parted else "another number, day or date"
    about = max(match.score, match.words)
    if match.flipped >= TURNED and about >= OPPOSITE and match.alone >= OPPOSITE_ALONE:
        return about, match, "says the opposite"
    return None


def _row(story: Story, verdict: Verdict, text: str) -> Iterator[object]:
    match, sentence = verdict.match, story.sentences[verdict.match.sentence]
    start, end = (sentence.start, sentence.end) if verdict.status == "absent" else _passage(story, match)
    first = (pd.NA, pd.NA, "", pd.NA)
    if verdict.first:
        a, b = _passage(story, verdict.first)
        first = (a, b, text[a:b], a / len(text))
    if verdict.status == "absent":
        trace = "below" if verdict.score >= NEAR else "none"
        place = (pd.NA, pd.NA, pd.NA, "", pd.NA)
    else:
        trace = "paraphrase" if match.reworded else "words"
        place = (sentence.segment, start, end, text[start:end], start / len(text))
    yield from (verdict.status, AUTOMATIC, verdict.score, *place, verdict.note)
    yield from (*first, trace, start, end, text[start:end])


def _passage(story: Story, match: Match) -> tuple[int, int]:
    """Return the span of the sentence of `match`, with the one beside it where what is found is spread over both."""
    sentence = story.sentences[match.sentence]
    if not match.beside or match.alone >= SPREAD * match.score:
        return sentence.start, sentence.end
    other = story.sentences[match.sentence + match.beside]
    return min(sentence.start, other.start), max(sentence.end, other.end)


def _cosines(story: Story, statements: list[str], embed: Embed | None) -> np.ndarray | None:
    """Return the cosine of each statement with each sentence, cut to [0, 1], or None without a function to embed."""
    if embed is None or not statements or not story.sentences:
        return None
    table = _embedded(embed, [*statements, *(sentence.text for sentence in story.sentences)])
    length = np.linalg.norm(table, axis=1, keepdims=True)
    table = np.divide(table, length, out=np.zeros_like(table), where=length > 0)
    n = len(statements)
    return np.clip(table[:n] @ table[n:].T, 0.0, 1.0)


def _embedded(embed: Embed, texts: list[str]) -> np.ndarray:
    """Return what `embed` makes of `texts`, checked."""
    found = embed(texts)
    try:
        table = np.asarray(found, dtype=float)
    except (TypeError, ValueError) as error:
        raise StoryError(_unfit(f"{type(found).__name__} that is no table of numbers ({error})", texts)) from error
    if table.ndim != 2 or len(table) != len(texts) or not table.shape[1]:
        raise StoryError(_unfit(f"an array of shape {table.shape}", texts))
    if not np.isfinite(table).all():
        row = int(np.argmin(np.isfinite(table).all(axis=1)))
        raise StoryError(_unfit(f"a number that is not finite in row {row} ({shortened(texts[row], 40)!r})", texts))
    return table


def _unfit(found: str, texts: list[str]) -> Fault:
    mend = f"return one row of finite numbers for each of the {len(texts)} texts, all rows of one length"
    return Fault("embed", "what the function returned", found, mend)
