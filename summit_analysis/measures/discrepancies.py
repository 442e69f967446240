"""Where articles disagree on a fact: one verdict a fact, with the words that it rests on."""

from __future__ import annotations

import math
from itertools import combinations

import pandas as pd

from summit_analysis.codebook import Codebook
from summit_analysis.text.alignment import stem
from summit_analysis.text.intervals import Quantity, compare
from summit_analysis.text.terms import STOP_WORDS, tokenise

VERDICTS = ("hard", "soft", "agree", "single")
COLUMNS = ("fact", "verdict", "articles", "explanation", "question", "values")


def discrepancies(facts: pd.DataFrame, codebook: Codebook, arrangement: pd.DataFrame) -> pd.DataFrame:
    """Return one row per fact that an article gives a value for, in the codebook's order.

    Columns: fact; verdict; articles (the ids of those that give a value, in the order of the figures, joined by "; ");
    explanation (one sentence, outlets by name); question; values (how many different ones).

    The verdict is ``hard`` where two articles give disjoint intervals of the same quantity, so that they cannot both
    be right; ``soft`` where intervals differ but overlap or touch, or one value may be the other rounded; ``agree``
    where all are the same; ``single`` where fewer than two articles give a value that can be compared. "The first
    meeting in seven years" and "the first visit in a decade" are of different things and not compared. Values of kind
    ``text`` have no interval: hard means that they have no word in common.
    """
    label = arrangement.set_index("article")["label"]
    place = arrangement.set_index("article")["place"]
    rows = []
    told = facts[facts["article"].isin(label.index)]
    for fact in codebook.facts.itertuples():
        own = told[told["fact"] == fact.fact]
        if own.empty:
            continue
        own = own.assign(place=own["article"].map(place), label=own["article"].map(label)).sort_values(
            ["place", "rank", "start"], ignore_index=True
        )
        verdict, explanation = _judge_texts(own) if fact.kind == "text" else _judge(own[own["rank"] == 1])
        named = "; ".join(dict.fromkeys(own["article"]))
        rows.append((fact.fact, verdict, named, explanation, fact.question, own["value"].nunique()))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def quantity_of(row: object) -> Quantity:
    """Return the quantity of a row of ``facts``."""
    return Quantity(
        0, 0, row.kind, row.value, row.low, row.high, row.unit, row.low_open, row.high_open, row.grain, row.qualifier
    )


def comparable(a: object, b: object) -> bool:
    """Return whether two rows of one fact speak of one quantity: the same unit, and nothing shows two things."""
    if a.unit != b.unit:
        return False
    if "recency" in (a.role, b.role):
        mine, other = ({stem(word) for word in row.of.split()} for row in (a, b))
        return not (mine and other) or bool(mine & other)
    return True


def _judge(rows: pd.DataFrame) -> tuple[str, str]:
    values = list(rows.itertuples())
    if len(values) == 1:
        return "single", f"Only {values[0].label} gives a value: {_said(values[0])}."
    pairs = [(a, b, compare(quantity_of(a), quantity_of(b))) for a, b in combinations(values, 2) if comparable(a, b)]
    if not pairs:
        return "single", f"Of different things, so they are not compared: {_all_said(values)}."
    apart = [(a, b) for a, b, how in pairs if how == "disjoint"]
    if apart:
        # The pair that lies furthest apart says it best.
        a, b = max(apart, key=lambda pair: max(pair[0].low - pair[1].high, pair[1].low - pair[0].high))
        return "hard", f"{_said(a)} ({a.label}) and {_said(b)} ({b.label}) cannot both hold. All: {_all_said(values)}."
    if any(how == "overlap" for _, _, how in pairs):
        return "soft", f"Different, but both may hold: {_all_said(values)}."
    if len(pairs) < math.comb(len(values), 2):
        return "agree", f"Some are of different things and not compared; the others agree: {_all_said(values)}."
    return "agree", f"All {len(values)} that give a value agree: {_all_said(values)}."


def _judge_texts(rows: pd.DataFrame) -> tuple[str, str]:
    held = rows.groupby(["place", "label"])["value"].agg(set)
    if len(held) == 1:
        return "single", f"Only {rows['label'].iloc[0]} gives a value: {_texts_said(rows)}."
    words = {
        key: {s for value in values for s in _stems_of(value) if s not in STOP_WORDS} for key, values in held.items()
    }
    pairs = list(combinations(held.index, 2))
    if all(held[a] == held[b] for a, b in pairs):
        return "agree", f"All {len(held)} that give a value agree: {_texts_said(rows)}."
    if any(not (held[a] & held[b]) and not (words[a] & words[b]) for a, b in pairs):
        return "hard", f"Different values: {_texts_said(rows)}."
    return "soft", f"Different, but with something in common: {_texts_said(rows)}."


def _said(row: object) -> str:
    return "“" + " ".join(row.evidence.split()).replace("“", "‘").replace("”", "’") + "”"


def _all_said(values: list) -> str:
    """Return each wording with the outlets that have it."""
    groups: dict[str, list] = {}
    for row in values:
        groups.setdefault(_said(row).lower(), []).append(row)
    return "; ".join(f"{_said(rows[0])} ({', '.join(row.label for row in rows)})" for rows in groups.values())


def _texts_said(rows: pd.DataFrame) -> str:
    groups: dict[str, list[str]] = {}
    for (_, label), values in rows.groupby(["place", "label"])["value"]:
        groups.setdefault(" and ".join(f"“{v}”" for v in dict.fromkeys(values)), []).append(label)
    return "; ".join(f"{said} ({', '.join(labels)})" for said, labels in groups.items())


def _stems_of(words: str) -> list[str]:
    return [stem(token.term) for token in tokenise(words)]
