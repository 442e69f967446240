"""One article as it stands, with its voices coloured: what a notebook shows so that a reader can check the marks.

Static HTML with inline styles alone, of the kinds that JupyterLab keeps in a notebook that nobody has trusted yet:
underlines are lower borders, since of ``text-decoration`` it keeps no style. Ink is the theme's own and backgrounds are
see-through, so that dark themes read as well.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.colors import to_rgb

from summit_analysis.charts.voices import SPEAKERS, colour_of
from summit_analysis.corpus import Corpus
from summit_analysis.errors import printable, shortened
from summit_analysis.measures.voices import speaker_label

# Invisible, but needed to write: line breaks, tabs, joiners of Persian and emoji, soft hyphens.
KEPT = "\n\t\u200c\u200d\u00ad"
HEADING = "font-weight: bold"
BOILERPLATE = "color: #767676; font-size: 90%"
SCARE = "border-bottom: 2px dotted #767676"
TITLE = "border-bottom: 2px dashed #767676; font-style: italic"
LABEL = "font-size: 75%; font-weight: bold; padding: 0px 3px; margin: 0px 2px; border-radius: 3px; white-space: nowrap; border: 1px solid"
PAGE = "max-width: 48em; line-height: 1.7"
PARAGRAPH = "margin: 0px 0px 8px 0px"


@dataclass(frozen=True)
class Mark:
    """A stretch of a text to set off: from `start` to before `end` (code points), in `style`.

    `label` stands before it in a small frame of the `colour`. With `kind`, the names of CSS classes, the mark and its
    label have these and no style of their own, for pages that bring a style sheet.
    """

    start: int
    end: int
    style: str
    label: str = ""
    colour: str = "#767676"
    kind: str = ""


def mark_spans(text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None) -> str:
    """Return ``text[start:end]`` as HTML with `marks` set off; they may touch, nest and overlap.

    Where two overlap, the one that begins later is cut and goes on behind the end of the other. Everything is escaped,
    and characters that turn the direction of writing are shown as what they are. Labels are ``<small>`` elements: with
    these and all tags taken out, and entities read, the text is there again. Line breaks stay as they are.
    """
    end = len(text) if end is None else min(end, len(text))
    inside = [mark for mark in marks if max(mark.start, start) < min(mark.end, end)]
    # The longer of two that begin together is the outer one.
    inside.sort(key=lambda mark: (mark.start, -mark.end))
    edges = {start, end} | {edge for mark in inside for edge in (mark.start, mark.end) if start < edge < end}
    pieces: list[str] = []
    opened: list[Mark] = []
    for at, until in zip(sorted(edges), sorted(edges)[1:], strict=False):
        now = [mark for mark in inside if mark.start <= at < mark.end]
        same = next(
            (n for n, (a, b) in enumerate(zip(opened, now, strict=False)) if a is not b), min(len(opened), len(now))
        )
        pieces.append("</span>" * (len(opened) - same))
        for mark in now[same:]:
            pieces += [_label(mark) if mark.start == at else "", f"<span {_dress(mark)}>"]
        pieces.append(html.escape(_visible(text[at:until])))
        opened = now
    return "".join([*pieces, "</span>" * len(opened)])


def _dress(mark: Mark) -> str:
    return f'class="{html.escape(mark.kind)}"' if mark.kind else f'style="{html.escape(mark.style)}"'


def _label(mark: Mark) -> str:
    if not mark.label:
        return ""
    # Isolated, so that a name in another script turns neither itself nor its paragraph.
    words = html.escape(shortened(" ".join(mark.label.split())))
    dress = f'class="{html.escape(mark.kind)}"' if mark.kind else f'style="{LABEL} {html.escape(mark.colour)}"'
    return f"<small {dress}><bdi>{words}</bdi></small>"


def _visible(text: str) -> str:
    """Return `text` with what cannot be seen escaped, but for blanks and what writing needs."""
    return "".join(c if c in KEPT or unicodedata.category(c) == "Zs" else printable(c) for c in text)


class ReadingView:
    """An article as a notebook shows it: its text with headings, boilerplate and quotations set off."""

    def __init__(self, name: str, text: str, marks: list[Mark], counts: dict[str, int]) -> None:
        self.name, self.text, self.marks, self.counts = name, text, marks, counts

    def _repr_html_(self) -> str:
        paragraphs = self.paragraphs(styled=True)
        name = f'<span style="{HEADING}">{html.escape(_visible(self.name))}</span>'
        body = [f'<p dir="auto" style="{PARAGRAPH}">{words}</p>' for words in (name, _key(), *paragraphs)]
        return "\n".join([f'<div class="tex2jax_ignore mathjax_ignore" style="{PAGE}">', *body, "</div>"])

    def paragraphs(self, *, styled: bool = False) -> list[str]:
        """Return each line that holds more than blanks as HTML; its marks are `styled`, or carry their classes alone."""
        marks = [replace(mark, kind="") for mark in self.marks] if styled else self.marks
        lines = [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", self.text)]
        return [mark_spans(self.text, marks, start=start, end=end) for start, end in lines]

    def __repr__(self) -> str:
        counts = ", ".join(f"{printable(name)} {count}" for name, count in self.counts.items())
        return f"{printable(self.name)}, quotations: {counts or 'none'}"


def reading_view(
    corpus: Corpus,
    segments: pd.DataFrame,
    quotations: pd.DataFrame,
    article: str,
    *,
    strips: pd.DataFrame | None = None,
) -> ReadingView:
    """Show `article` with each quotation set off, its speaker and reporting verb before it.

    With `strips` (`voices.strips`) speakers have the colours of the figure `voices`; without, they are coloured in the
    order in which the article quotes them.

    Raises
    ------
    KeyError
        There is no such article.
    """
    text = corpus.texts[article]
    marks = [
        Mark(row.start, row.end, HEADING if row.kind == "heading" else BOILERPLATE, kind=row.kind)
        for row in segments[segments["article"] == article].itertuples()
        if row.kind in ("heading", "boilerplate")
    ]
    own = quotations[quotations["article"] == article].sort_values("start").fillna({"speaker": "", "verb": ""})
    speech = own[own["kind"] == "speech"]
    slots = _slots(speech if strips is None else strips)
    marks += [_quotation(row, slots) for row in own.itertuples()]
    counts = speech["speaker"].map(speaker_label).value_counts(sort=False).to_dict()
    counts |= {
        f"({kind})": int(count) for kind, count in own.loc[own["kind"] != "speech", "kind"].value_counts().items()
    }
    outlet = corpus.articles.set_index("article").at[article, "outlet"]
    return ReadingView(outlet if outlet == article else f"{outlet} · {article}", text, marks, counts)


def _slots(table: pd.DataFrame) -> dict[str, int]:
    if "slot" in table:
        drawn = table[table["quotation"] > 0]
        return dict(zip(drawn["speaker"], drawn["slot"], strict=True))
    named = [speaker for speaker in table["speaker"].unique() if speaker]
    return {speaker: slot for slot, speaker in enumerate(named)}


def _quotation(row: object, slots: dict[str, int]) -> Mark:
    if row.kind != "speech":
        style, kind = (TITLE, "name") if row.kind == "title" else (SCARE, "scare")
        return Mark(row.start, row.end, style, kind=kind)
    slot = min(slots.get(row.speaker, len(SPEAKERS)), len(SPEAKERS))
    colour = colour_of(slot)
    verb = f" · {row.verb}" if row.verb else ""
    return Mark(row.start, row.end, _speech(colour), speaker_label(row.speaker) + verb, colour, f"speech slot-{slot}")


def _speech(colour: str) -> str:
    red, green, blue = (round(255 * part) for part in to_rgb(colour))
    return f"background-color: rgba({red}, {green}, {blue}, 0.2); border-bottom: 2px solid {colour}"


def _key() -> str:
    """Return one line that says what the marks mean, in those very marks."""
    colour = colour_of(len(SPEAKERS))
    parts = [
        ("quoted speech", _speech(colour), "speaker · verb"),
        ("scare quotes", SCARE, ""),
        ("title or name", TITLE, ""),
        ("heading", HEADING, ""),
        ("boilerplate, not counted", BOILERPLATE, ""),
    ]
    shown = [mark_spans(words, [Mark(0, len(words), style, label, colour)]) for words, style, label in parts]
    return " · ".join(["the outlet's own words", *shown])
