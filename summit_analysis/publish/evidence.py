"""The passages behind the findings, ready to be shown: each claim in all articles, shared passages, quotations by speaker.

What is returned is plain data whose passages are HTML already, escaped and with the span in question marked. The
report and the notebook view `explore` set the same parts in their own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from summit_analysis.analysis import Tables
from summit_analysis.errors import printable
from summit_analysis.findings.wording import counted, listed
from summit_analysis.publish.reading_view import Mark, mark_spans
from summit_analysis.text.alignment import find_edits
from summit_analysis.text.quotations import speaker_label

# What a status of the table `claims` is called on a page, in the order of its key.
STATUSES = {
    "asserts": "told",
    "partial": "told in part",
    "contradicts": "contradicted",
    "absent": "not found",
    "uncoded": "not coded",
}
SHOWN = "font-weight: bold; border-bottom: 2px solid #D55E00; background-color: rgba(213, 94, 0, 0.12)"
# So many are shown; the tables have the rest.
MOST_PASSAGES, MOST_PAIRS, MOST_SPEAKERS = 40, 300, 200


@dataclass(frozen=True)
class Passage:
    """One passage of an article: whose it is, what is said of it, and its words with the span marked."""

    label: str
    note: str
    words: Markup
    status: str = ""


@dataclass(frozen=True)
class Entry:
    """What is chosen from a list: its name (for a pair, both), a line about it, passages, and a closing remark.

    `rows` holds the passages that belong side by side, one tuple each.
    """

    names: tuple[str, ...]
    about: str
    rows: tuple[tuple[Passage, ...], ...]
    remark: str = ""

    @property
    def title(self) -> str:
        """The names as one line."""
        return " – ".join(self.names)


@dataclass(frozen=True)
class Group:
    """Entries under one heading; the heading may be empty."""

    heading: str
    entries: tuple[Entry, ...]


class Reader:
    """Reads passages out of the articles of one story, each in the sentences that it stands in."""

    def __init__(self, tables: Tables) -> None:
        self.texts = tables.corpus.texts
        segments = tables["segments"]
        self.segments = dict(iter(segments.groupby("article", sort=False)))

    def around(self, article: str, start: int, end: int) -> tuple[int, int]:
        """Return where the sentences begin and end that hold ``start:end``."""
        rows = self.segments.get(article)
        if rows is None:
            return start, end
        touched = rows[(rows["start"] < end) & (rows["end"] > start)]
        if touched.empty:
            return start, end
        return min(start, int(touched["start"].min())), max(end, int(touched["end"].max()))

    def passage(self, article: str, start: int, end: int, *, kind: str = "span") -> Markup:
        """Return the sentences around ``start:end`` with that span marked."""
        first, last = self.around(article, start, end)
        return self.marked(article, first, last, [Mark(start, end, SHOWN, kind=kind)])

    def marked(self, article: str, start: int, end: int, marks: Iterable[Mark]) -> Markup:
        """Return ``start:end`` of an article with `marks`."""
        return Markup(mark_spans(self.texts[article], marks, start=start, end=end))  # escaped there


def claims_told(tables: Tables, *, kind: str = "span") -> list[Group]:
    """Return each claim by theme, with its evidence in every article that has any, articles in the order of figures.

    Raises
    ------
    NotDefinedError
        The story has no claims or no codings.
    """
    reader, coverage = Reader(tables), tables["coverage"]
    groups: dict[str, list[Entry]] = {}
    for _, rows in coverage.sort_values(["row", "place"], kind="stable").groupby("row", sort=True):
        groups.setdefault(str(rows["theme"].iloc[0]), []).append(_claim(reader, rows, kind))
    return [Group(theme, tuple(entries)) for theme, entries in groups.items()]


def _claim(reader: Reader, rows: pd.DataFrame, kind: str) -> Entry:
    with_evidence = rows[rows["start"].notna()]
    passages = [
        Passage(
            row.label,
            f"{STATUSES.get(row.status, row.status)}, {_place(row.position)}{_earlier(row)}",
            reader.passage(row.article, int(row.start), int(row.end), kind=kind),
            str(row.status),
        )
        for row in with_evidence.itertuples()
    ]
    without = rows[rows["start"].isna()]
    remarks = [
        f"{STATUSES.get(status, status).capitalize()}: {listed(same['label'], most=40)}."
        for status, same in without.groupby("status", sort=True)
    ]
    told, against = int(rows["told"].sum()), int((rows["status"] == "contradicts").sum())
    about = f"told by {told} of {counted(len(rows), 'article')}"
    about += f", contradicted by {against}" if against else ""
    return Entry((str(rows["statement"].iloc[0]),), about, (tuple(passages),) if passages else (), " ".join(remarks))


def _earlier(row: tuple) -> str:
    """Return where the article tells a piece of it before this passage, if it does."""
    earlier = pd.notna(row.first_start) and row.first_start < row.start
    return f", first told at {100 * row.first_position:.0f} %" if earlier else ""


def _place(position: float) -> str:
    return "place unknown" if pd.isna(position) else f"{100 * position:.0f} % into the article"


def shared_passages(tables: Tables, *, kind: str = "span") -> list[Group]:
    """Return each pair of articles that share passages, the passages side by side with the words marked that both have.

    Raises
    ------
    NotDefinedError
        There are no two articles to compare.
    """
    reader, reuse = Reader(tables), tables["reuse"]
    # Agency originals, which no other measure compares, have a part in copy.
    label = dict(tables["articles"][["article", "label"]].itertuples(index=False)) | labels(tables)
    if "part" in reuse:
        reuse = reuse[~reuse["part"].astype(bool)]
    entries = []
    for (one, two), rows in reuse.groupby(["article_a", "article_b"], sort=True):
        best = rows.sort_values(["rarity", "start_a", "start_b"], ascending=[False, True, True], kind="stable")
        shown = best.head(MOST_PASSAGES).sort_values(["start_a", "start_b"], kind="stable")
        remark = (
            f"The {MOST_PASSAGES} rarest of {len(rows)}; the table reuse has all." if len(shown) < len(rows) else ""
        )
        words = counted(int(rows["words"].sum()), "word")
        about = f"{counted(len(rows), 'shared passage')}, {words} in common"
        pairs = tuple(_aligned(reader, row, label, kind) for row in shown.itertuples())
        entries.append(Entry((label[one], label[two]), about, pairs, remark))
    return [Group("", tuple(entries[:MOST_PAIRS]))]


def _aligned(reader: Reader, row: object, label: Mapping[str, str], kind: str) -> tuple[Passage, Passage]:
    rarity = f"rarity {row.rarity:.1f}" if row.rarity > 0 else "names and common words only"
    note = f"{row.kind}, {row.voice} words, {rarity}"
    sides = (
        (row.article_a, int(row.start_a), int(row.end_a)),
        (row.article_b, int(row.start_b), int(row.end_b)),
    )
    text_a, text_b = (reader.texts[article][start:end] for article, start, end in sides)
    equal = [edit for edit in find_edits(text_a, text_b)[1] if edit.kind == "equal"]
    same = ([(e.start_a, e.end_a) for e in equal], [(e.start_b, e.end_b) for e in equal])
    passages = []
    for (article, start, end), spans in zip(sides, same, strict=True):
        marks = [Mark(start + a, start + b, SHOWN, kind=kind) for a, b in spans]
        first, last = reader.around(article, start, end)
        passages.append(Passage(label[article], note, reader.marked(article, first, last, marks)))
    return passages[0], passages[1]


def quoted_speakers(tables: Tables, *, kind: str = "span") -> list[Group]:
    """Return each speaker with all quotations of speech, those whom most articles quote first."""
    reader, quotations, label = Reader(tables), tables["quotations"], labels(tables)
    place = {article: n for n, article in enumerate(label)}
    speech = quotations[(quotations["kind"] == "speech") & quotations["article"].isin(place)]
    speech = speech.assign(name=speech["speaker"].fillna("").map(speaker_label), place=speech["article"].map(place))
    entries = []
    for name, rows in speech.sort_values(["place", "start"], kind="stable").groupby("name", sort=True):
        passages = tuple(
            Passage(
                label[row.article],
                f"reporting verb: {row.verb}" if isinstance(row.verb, str) and row.verb else "no reporting verb",
                reader.passage(row.article, int(row.start), int(row.end), kind=kind),
            )
            for row in rows.itertuples()
        )
        articles = rows["article"].nunique()
        about = f"{counted(len(rows), 'quotation')} in {counted(articles, 'article')}"
        entries.append((-articles, -len(rows), Entry((printable(name),), about, (passages,))))
    entries.sort(key=lambda entry: (entry[0], entry[1], entry[2].names))
    return [Group("", tuple(entry for *_, entry in entries[:MOST_SPEAKERS]))]


def labels(tables: Tables) -> dict[str, str]:
    """Return the name of each compared article, in the order of the figures."""
    arranged = tables["arrangement"].sort_values("place")
    return dict(zip(arranged["article"], arranged["label"], strict=True))
