"""How well quotations are found: the rules against what readers marked, on this story and on invented passages."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pandas as pd

from summit_analysis import lexicons
from summit_analysis.statistics import wilson
from summit_analysis.text.quotations import quotations_of
from summit_analysis.text.segments import segment

COLUMNS = ("texts", "what", "annotated", "found", "right", "precision", "recall", "recall_low", "recall_high")
PASSAGES = "invented passages"


def accuracy(quotations: pd.DataFrame, annotated: pd.DataFrame) -> pd.DataFrame:
    """Return one row per set of texts and thing to find.

    Columns: texts (``this story``, where a reader has annotated its quotations, and ``invented passages``, which were
    written before the rules); what (``span``; ``kind`` of spans that were found; ``speaker`` and ``verb`` of speech);
    annotated, found, right (counts); precision (right / found), recall (right / annotated), recall_low, recall_high
    (95 % Wilson interval), all in [0, 1].

    The rules were written with both sets at hand, so the numbers say how well they hold what they were made for;
    texts that nobody had read score lower.
    """
    tables = []
    if len(annotated):
        articles = set(annotated["article"])
        tables.append(score(quotations[quotations["article"].isin(articles)], annotated, texts="this story"))
    tables.append(score(*invented_passages(), texts=PASSAGES))
    return pd.concat(tables, ignore_index=True)


def score(found: pd.DataFrame, annotated: pd.DataFrame, *, texts: str) -> pd.DataFrame:
    """Return the rows of `accuracy` for one set; both tables have article, start, end, speaker, verb and kind."""
    place = ["article", "start", "end"]
    both = annotated.merge(found, on=place, suffixes=("", "_found"))
    said, given = annotated[annotated["kind"] == "speech"], found[found["kind"] == "speech"]
    rows = [
        ("span", len(annotated), len(found), len(both)),
        ("kind", len(both), len(both), int((both["kind"] == both["kind_found"]).sum())),
    ]
    for what in ("speaker", "verb"):
        spoken = both[(both["kind"] == "speech") & (both[what] != "")]
        same = spoken[what].str.casefold() == spoken[f"{what}_found"].str.casefold()
        rows.append((what, int((said[what] != "").sum()), int((given[what] != "").sum()), int(same.sum())))
    table = pd.DataFrame(rows, columns=["what", "annotated", "found", "right"])
    table.insert(0, "texts", texts)
    table["precision"] = table["right"] / table["found"].where(table["found"] > 0)
    table["recall"] = table["right"] / table["annotated"].where(table["annotated"] > 0)
    intervals = [wilson(right, n) for right, n in zip(table["right"], table["annotated"], strict=True)]
    table["recall_low"], table["recall_high"] = (list(side) for side in zip(*intervals, strict=True))
    return table[list(COLUMNS)]


def invented_passages() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the rules find in the invented passages, and what they are annotated with."""
    lines = files(lexicons).joinpath("quotation_cases.jsonl").read_text(encoding="utf-8").splitlines()
    found, annotated = [], []
    for case in map(json.loads, lines):
        text, at = case["text"], 0
        cut = segment(text)
        starts, kinds = np.array([start for _, start, _ in cut]), [kind for kind, _, _ in cut]
        for span, said, kind in quotations_of(text, {}, starts, kinds):
            found.append((case["id"], span.start, span.end, said.speaker, said.verb, kind))
        for quotation in case["quotations"]:
            start = text.index(quotation["text"], at)
            at = start + len(quotation["text"])
            annotated.append((case["id"], start, at, quotation["speaker"], quotation["verb"], quotation["kind"]))
    columns = ["article", "start", "end", "speaker", "verb", "kind"]
    return pd.DataFrame(found, columns=columns), pd.DataFrame(annotated, columns=columns)
