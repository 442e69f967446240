"""Where articles disagree on a fact: one verdict a fact, with the words that it rests on."""

from __future__ import annotations

import math
import re
from itertools import combinations

import pandas as pd

from summit_analysis.codebook import Codebook
from summit_analysis.text.alignment import stem
from summit_analysis.text.intervals import DAYS_OF_YEAR, SECONDS, WEEKDAYS, YEARLESS, Quantity, compare, day_words

MOST_FACTS = 24  # that have room in the figure
NAME = r"\b[^\W\d_a-z][\w’'-]*"  # a word with a capital
VERDICTS = ("hard", "soft", "agree", "single")
SCALED_COLUMNS = (
    "row", "fact", "question", "kind", "unit", "verdict", "explanation", "line", "article", "label", "place", "shown",
    "compared", "value", "evidence", "words", "of", "low", "high", "low_open", "high_open", "x_low", "x_high", "scale_low",
    "scale_high", "x_scale_low", "x_scale_high", "given", "start", "end",
)  # fmt: skip
COLUMNS = ("fact", "verdict", "articles", "explanation", "question", "values")


def discrepancies(facts: pd.DataFrame, codebook: Codebook, arrangement: pd.DataFrame) -> pd.DataFrame:
    """Return one row per fact that an article gives a value for, in the codebook's order.

    Columns: fact; verdict; articles (the ids of those that give a value, in the order of the figures, joined by "; ");
    explanation (one sentence, outlets by name); question; values (how many different ones).

    The verdict is ``hard`` where two articles give disjoint intervals of the same quantity, whichever of the values that
    each gives as clearly is taken, so that they cannot both be right; ``soft`` where intervals differ but overlap or touch, or one value may be the other rounded; ``agree``
    where all are the same; ``single`` where fewer than two articles give a value that can be compared. "The first
    meeting in seven years" and "the first visit in a decade" are of different things and not compared. Values of kind
    ``text`` have no interval, so that different ones are never more than ``soft``.
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
        verdict, explanation = _judge_texts(own, fact.question) if fact.kind == "text" else _judge(own)
        named = "; ".join(dict.fromkeys(own["article"]))
        rows.append((fact.fact, verdict, named, explanation, fact.question, own["value"].nunique()))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def scaled(
    facts: pd.DataFrame, discrepancies: pd.DataFrame, codebook: Codebook, arrangement: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per fact and article that gives a value for it, as the figure draws it.

    Columns: row (0 = top: hard, soft, agree, single, each in the codebook's order); fact, question, kind (of the fact),
    unit, verdict, explanation; line (0 = first: articles with the same interval stand on one line, the lowest first);
    article, label, place, shown; compared (how many articles are); value, evidence; words (the evidence, of a text
    without a name at its edge that the question has named); of (what it is the first of in that time, else empty);
    low, high, low_open, high_open; x_low, x_high (the interval on the fact's own scale, in [0, 1]; empty for texts and
    on a side that has no end); scale_low, scale_high (the least and the largest value told, in words; empty where it is
    the only one, and no second end was told), x_scale_low, x_scale_high (where they stand on the scale, in [0, 1]);
    given (articles that give a value); start, end.

    Of several values of one article the first alone is drawn, but all of a text. A side without an end reaches half as
    far again as the values told lie apart, and nothing is printed there.
    """
    book = codebook.facts.set_index("fact")
    rank = {verdict: n for n, verdict in enumerate(VERDICTS)}
    judged = discrepancies.assign(listed=range(len(discrepancies)), severity=discrepancies["verdict"].map(rank))
    judged = judged.sort_values(["severity", "listed"], ignore_index=True)
    tables = []
    for row, fact in enumerate(judged.itertuples()):
        kind = book.loc[fact.fact, "kind"]
        own = facts[(facts["fact"] == fact.fact) & ((facts["rank"] == 1) | (kind == "text"))]
        own = own.drop(columns="kind").merge(
            arrangement[["article", "label", "place", "shown", "compared"]], on="article"
        )
        own = own.assign(row=row, question=fact.question, kind=kind, verdict=fact.verdict, explanation=fact.explanation)
        own["given"] = own["article"].nunique()
        own["words"] = [_without_named(e, fact.question) if kind == "text" else e for e in own["evidence"]]
        own = _on_scale(own, kind)
        own["at"] = own["value"] if kind == "text" else ""
        own["until"] = own["high"].fillna(0)
        own["of"] = own["of"].where(own["role"] == "recency", "")
        keys = ["low", "until", "low_open", "high_open", "at", "of"]
        own = own.sort_values([*keys, "place", "rank"], ignore_index=True)
        own["line"] = (
            (own[keys] != own[keys].shift()).any(axis=1).cumsum() - 1 if kind != "text" else pd.factorize(own["at"])[0]
        )
        tables.append(own)
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(SCALED_COLUMNS))
    return table.sort_values(["row", "line", "place"], ignore_index=True)[list(SCALED_COLUMNS)]


def _on_scale(own: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return a fact's values with their places on its own scale, and what the ends told there are."""
    ends = sorted({float(v) for side in ("low", "high") for v in own[side] if math.isfinite(v)})
    if kind == "text" or not ends:
        blank = dict.fromkeys(("x_low", "x_high", "x_scale_low", "x_scale_high"), math.nan)
        return own.assign(**blank, scale_low="", scale_high="")
    least, most = (1.0, float(len(WEEKDAYS))) if kind == "weekday" else (ends[0], ends[-1])
    beyond = (most - least) / 2 or max(abs(most) / 4, 1.0)
    low = least - (beyond if -math.inf in set(own["low"]) else 0)
    high = most + (beyond if math.inf in set(own["high"]) else 0)

    def place(value: float) -> float:
        return (value - low) / (high - low) if high > low else 0.5

    unit = str(own["unit"].iloc[0])
    said = [_end_words(end, kind, unit) for end in (least, most)]
    if least == most:
        said[0] = ""
    elif kind not in ("date", "weekday"):
        said[0] = _number(least)  # the unit stands at the other end
    return own.assign(
        x_low=own["low"].where(own["low"] > -math.inf).map(place),
        x_high=own["high"].where(own["high"] < math.inf).map(place),
        scale_low=said[0],
        scale_high=said[1],
        x_scale_low=place(least),
        x_scale_high=place(most),
    )


def _end_words(end: float, kind: str, unit: str) -> str:
    if kind == "weekday":
        return WEEKDAYS[int(end) - 1]
    if kind == "date":
        return day_words(end, unit)
    return f"{_number(end)} {unit}{'s' if unit in SECONDS and end != 1 else ''}".strip()


def _without_named(words: str, question: str) -> str:
    """Return words without a name at their edge that the question holds: "adviser Ada Lund" of "What is Ada Lund?"."""
    names = sorted(re.findall(rf"{NAME}(?:\s{NAME})*", question)[1:], key=len, reverse=True)
    for name in names:
        short = re.sub(rf"^{re.escape(name)}(?:['’]s)?\s+(?=\w)|(?<=\w)\s+{re.escape(name)}$", "", words)
        if short != words:
            return short
    return words


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.4g}"


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


def _compared(a: object, b: object, all_a: list, all_b: list) -> str:
    """Return how the values of two articles compare: they exclude one another only where none that is given as clearly fits."""
    how = compare(quantity_of(a), quantity_of(b))
    if how != "disjoint":
        return how
    others = ((x, y) for x in all_a for y in all_b if comparable(x, y))
    return "overlap" if any(compare(quantity_of(x), quantity_of(y)) != "disjoint" for x, y in others) else how


def _judge(rows: pd.DataFrame) -> tuple[str, str]:
    every = {article: list(own.itertuples()) for article, own in rows.groupby("article")}
    values = list(rows[rows["rank"] == 1].itertuples())
    if len(values) == 1:
        return "single", f"Only {values[0].label} gives a value: {_said(values[0])}."
    pairs = [
        (a, b, _compared(a, b, every[a.article], every[b.article]))
        for a, b in combinations(values, 2)
        if comparable(a, b)
    ]
    if not pairs:
        return "single", f"Of different things, so they are not compared: {_all_said(values)}."
    apart = [(a, b) for a, b, how in pairs if how == "disjoint"]
    if apart:
        # The pair that lies furthest apart says it best.
        a, b = max(apart, key=lambda pair: max(pair[0].low - pair[1].high, pair[1].low - pair[0].high))
        said = f"{_said(a)} ({a.label}) and {_said(b)} ({b.label}) exclude one another"
        clock = ", unless each counts the day by another clock" if _next_day(a, b) else ""
        return "hard", f"{said}{clock}. All: {_all_said(values)}."
    if any(how == "overlap" for _, _, how in pairs):
        return "soft", f"Different, but both may hold: {_all_said(values)}."
    if len(pairs) < math.comb(len(values), 2):
        return "agree", f"Some are of different things and not compared; the others agree: {_all_said(values)}."
    return "agree", f"{_every(len(values))} that give a value agree: {_all_said(values)}."


def _next_day(a: object, b: object) -> bool:
    """Return whether two days follow one another: time zones may part what is one moment."""
    gap = max(a.low, b.low) - min(a.high, b.high)
    week = a.kind == "weekday" and gap == len(WEEKDAYS) - 1
    year = a.unit == YEARLESS and gap == DAYS_OF_YEAR - 1
    return a.kind in ("weekday", "date") and (gap == 1 or week or year)


def _every(number: int) -> str:
    return "Both" if number == 2 else f"All {number}"


def _judge_texts(rows: pd.DataFrame, question: str) -> tuple[str, str]:
    rows = rows.assign(value=[_without_named(value, question) for value in rows["value"]])
    held = rows.groupby(["place", "label"])["value"].agg(frozenset)
    if len(held) == 1:
        return "single", f"Only {rows['label'].iloc[0]} gives a value: {_texts_said(rows)}."
    if held.nunique() == 1:
        return "agree", f"{_every(len(held))} that give a value agree: {_texts_said(rows)}."
    return "soft", f"Told in different words, which a reader must judge: {_texts_said(rows)}."


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
    for (_, label), own in rows.groupby(["place", "label"]):
        # The article's own words, whatever the codebook calls them.
        words = dict.fromkeys(_said(row) for row in own.drop_duplicates("value").itertuples())
        groups.setdefault(" and ".join(words), []).append(label)
    return "; ".join(f"{said} ({', '.join(labels)})" for said, labels in groups.items())
