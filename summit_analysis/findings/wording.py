"""How findings are worded: lists, counts, shares and quoted statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Description:
    """The words around a figure: the question it answers, its finding, what was counted, caption and alt text."""

    question: str
    title: str
    footer: str
    caption: str
    alt: str


def listed(names: Iterable[str], *, most: int = 6) -> str:
    """Return "A", "A and B", "A, B and C"; beyond `most`, "A, B and 7 more"."""
    names = list(names)
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else "none"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 article", "5 articles", "3,895 tests"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def percent(share: float) -> str:
    """Return a share as a whole percentage, "n/a" where it is not defined."""
    return "n/a" if pd.isna(share) else f"{100 * share:.0f} %"


def opened(text: str) -> str:
    """Return `text` with a capital at its beginning, as a sentence has."""
    return text[:1].upper() + text[1:]


def in_marks(text: str) -> str:
    """Return `text` without its full stop in quotation marks; marks inside it become single ones."""
    return "“" + text.rstrip(".").replace("“", "‘").replace("”", "’") + "”"


def interval(row: pd.Series, low: str = "low", high: str = "high") -> str:
    """Return "0.30 to 0.58", or that there is no interval."""
    return "no interval: too few sentences" if pd.isna(row[low]) else f"{row[low]:.2f} to {row[high]:.2f}"


def are(number: int) -> str:
    """Return the verb that goes with `number`."""
    return "is" if number == 1 else "are"


def all_articles(articles: int) -> str:
    """Return "both articles", "all 5 articles"."""
    return {1: "the only article", 2: "both articles"}.get(articles, f"all {articles} articles")


def cut_note(table: pd.DataFrame) -> str:
    """Return what a footer says where the figure shows the first articles of `table` only, else ``""``."""
    if table["shown"].all():
        return ""
    places = [column for column in table if column.startswith("place")]
    every, shown = (rows[places].melt()["value"].nunique() for rows in (table, table[table["shown"]]))
    return f" The first {shown} of {every} articles in clustering order have room here; the CSV has all."


def excerpt(text: str, limit: int = 140) -> str:
    """Return `text` on one line, cut with an ellipsis behind a word and at most `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[:limit].rfind(" ")
    return line[: cut if cut > limit // 2 else limit - 1].rstrip(" ,;:") + "…"
