"""Whether a claim is told as fact, attributed to someone, hedged or denied: read off the grammar around its evidence.

What a sentence denies is denied, else what it hedges is hedged, else what
somebody is given as saying is attributed, else it is told as fact. A hedge or a denial that the statement itself holds
is no commitment of the article: "There is no evidence that …" is told as fact where it is told outright.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pandas as pd

from summit_analysis import lexicons
from summit_analysis.corpus import Corpus
from summit_analysis.text.clauses import BASE, THIRD, VERBS
from summit_analysis.text.meaning import read
from summit_analysis.text.places import spans_of, whole

COMMITMENTS = ("fact", "attributed", "hedged", "denied")
_LISTS = tomllib.loads(files(lexicons).joinpath("commitment.toml").read_text(encoding="utf-8"))


def _pattern(entries: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(entry.replace('*', chr(92) + 'w*') for entry in entries)})\b", re.IGNORECASE)


HEDGES, DENIALS = _pattern(_LISTS["hedges"]), _pattern(_LISTS["denials"])
# Third persons that are plural nouns as often.
NOUNS = THIRD - {"says", "tells", "writes", "insists", "argues", "admits", "believes", "thinks", "denies"}
SAYING = sorted(
    (form for form, (lemma, _) in VERBS.items() if lemma in set(_LISTS["saying"]) and form not in BASE | NOUNS),
    key=len,
    reverse=True,
)
FINITE = re.compile(rf"(?<!be )\b(?:{'|'.join(map(re.escape, SAYING))}|say|argue|insist)\b")
# A verb of saying that governs what follows: a clause, a quotation or a noun behind it.
GOVERNS = re.compile(
    r"\s*(?:[\w-]+ly\s)?(?:(?:to\s)?(?:us|reporters|journalists|parliament|[A-Z][\w]+(?:\s[A-Z][\w]+){0,2})\s)?"
    r"(?:that\b|,?\s?[“\"‘:]|as\b|how\b|why\b|whether\b|(?:he|she|it|they|we|the|there|his|her|its|their|a|an|no|all|both|some|many)\b|[A-Z]|\d)"
)
TRAILING = re.compile(
    r"[^.;]{0,40}?[,”\"?]\s(?:[\w.’'-]+\s){0,6}?(?:said|says|say|added|told|noted|wrote|explained|insisted|remarked|reported|claimed|"
    r"warned|argued|announced|stated|confirmed)\b(?!\sto\b)"
)
PASSIVE = re.compile(
    r"\b(?:described|called|hailed|rated|seen|dubbed|branded|quoted|celebrated)\sas\b|\b(?:said|described|told|reported)\sby\b"
)
TRAILING_PASSIVE = re.compile(r"\b(?:was|were|been|be|is|are)\s\w+$")
CREDIT = re.compile(
    r"\b(?:according to|in the words of|in the view of|citing|cited by|quoted by|as described by|said to have)\b",
    re.IGNORECASE,
)


def commit(
    claims: pd.DataFrame, statements: dict[str, str], corpus: Corpus, segments: pd.DataFrame, quotations: pd.DataFrame
) -> pd.DataFrame:
    """Return `claims`, one row per claim, article and coder, with the column commitment filled.

    commitment is ``fact``, ``attributed``, ``hedged`` or ``denied`` for a row that has evidence, else empty; for a
    claim that the article contradicts, how it stands to the claim (``denied``) or to what it tells instead.
    `statements` maps each claim to its statement.
    """
    hosts, speech = spans_of(segments), spans_of(quotations[quotations["kind"] == "speech"])
    found = []
    for row in claims.itertuples():
        if pd.isna(row.start):
            found.append("")
            continue
        start, end = int(row.start), int(row.end)
        found.append(
            commitment_of(
                corpus.texts[row.article], (start, end), whole(hosts[row.article], start, end), statements[row.claim],
                quoted=speech.get(row.article, []), contradicts=row.status == "contradicts",
            )
        )  # fmt: skip
    return claims.assign(commitment=pd.array(found, dtype="str"))


def commitment_of(
    text: str,
    evidence: tuple[int, int],
    host: tuple[int, int],
    statement: str,
    *,
    quoted: list[tuple[int, int]] = [],  # noqa: B006 - never changed
    contradicts: bool = False,
) -> str:
    """Return how ``text[host]`` stands to the evidence within it; all pairs are offsets into `text`."""
    start, end = evidence
    sentence, passage = text[host[0] : host[1]], text[start:end]
    said = statement.lower()
    own = _outside(text, host, quoted)
    if _new(DENIALS, own, said) or (contradicts and _negates(passage, statement)):
        return "denied"
    clause = _clause(text, evidence, host)
    if _new(HEDGES, clause, said):
        return "hedged"
    inside = sum(max(0, min(end, b) - max(start, a)) for a, b in quoted)
    if inside * 2 >= end - start or CREDIT.search(own):
        return "attributed"
    before = text[host[0] : max(start, host[0])] + passage
    governed = any(
        GOVERNS.match(before[m.end() :] + " ") and not re.search(r"\b(?:was|were|been|is|are)\s$", before[: m.start()])
        for m in FINITE.finditer(before)
    )
    trailing = TRAILING.match(sentence[max(0, end - host[0]) :]) or TRAILING.search(passage)
    if trailing and TRAILING_PASSIVE.search(trailing.group()):
        trailing = None
    passive = PASSIVE.search(before)
    return "attributed" if governed or trailing or passive else "fact"


def _new(pattern: re.Pattern[str], passage: str, said: str) -> bool:
    """Return whether `pattern` finds something that the statement does not say itself."""
    return any(m.group().lower() not in said for m in pattern.finditer(passage))


def _outside(text: str, host: tuple[int, int], quoted: list[tuple[int, int]]) -> str:
    """Return the article's own words in `host`: the quoted ones blanked."""
    passage = text[host[0] : host[1]]
    for a, b in quoted:
        low, high = max(a, host[0]) - host[0], min(b, host[1]) - host[0]
        if low < high:
            passage = passage[:low] + " " * (high - low) + passage[high:]
    return passage


def _clause(text: str, evidence: tuple[int, int], host: tuple[int, int]) -> str:
    """Return the evidence with what stands before it in its clause."""
    before = text[host[0] : max(host[0], evidence[0])]
    return re.split(r"[;:—,]|\b(?:but|although|though|while|whereas)\b", before)[-1] + text[evidence[0] : evidence[1]]


def _negates(passage: str, statement: str) -> bool:
    return read(passage).negative and not any(word.negated for word in read(statement, statement=True).words)
