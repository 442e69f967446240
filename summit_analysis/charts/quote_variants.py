"""How the same utterance was worded: versions under one another, aligned word by word, differences set off."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from summit_analysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    MARGIN,
    OUTLETS,
    SMALL,
    TEXT,
    WARNING,
    WIDE,
    Page,
    drawable,
    empty_page,
    line_height,
    shorten,
    styled,
    width_of,
    wrap,
)  # fmt: skip

MOST_CLUSTERS = 8
CHANGED = OUTLETS[1]
ABSENT, CUT = "–", "…"
NAMES = 43.0  # mm, of outlet and verb
WORDS = WIDE - 2 * MARGIN - NAMES - 3
CELL = 0.55 * WORDS  # a piece that is wider is broken into lines
ROW, BLOCK, HEADING, CLUSTER, KEY = 0.9, 2.2, 5.2, 5.0, 8.0  # mm between rows, blocks, ...
KINDS = {
    "different speaker": "≠ like words, given to different speakers",
    "joint speaker": "≠ given to one speaker by some, to several together by others",
}


@dataclass
class _Version:
    """One row of a cluster: what stands at its left, and its words by piece, broken into lines."""

    name: str
    said: str
    other_speaker: str
    cells: dict[int, tuple[str, bool]]


@dataclass
class _Cluster:
    """A cluster as it is drawn: the pieces of each block with their left edges, and the height of each row."""

    heading: str
    mark: str
    versions: list[_Version]
    blocks: list[dict[int, float]]
    heights: list[list[float]]
    mirrored: bool

    @property
    def height(self) -> float:
        rows = sum(sum(block) for block in self.heights)
        return HEADING + rows + BLOCK * (len(self.blocks) - 1) + CLUSTER


@styled
def plot_quote_variants(collated: pd.DataFrame, *, title: str, footer: str) -> Figure:
    """Draw `collated` (`variants.collate`): the first clusters that differ, a row for each version, a column a piece.

    Words that most versions do not share are bold and coloured, a coloured dash is a place where a version has no
    words, and what one line cannot hold goes on in a block below, the rows in the same order.
    """
    shown = collated[collated["differs"].astype(bool) | (collated["kind"] == "different speaker")]
    shown = shown[shown["rank"].isin(sorted(set(shown["rank"]))[:MOST_CLUSTERS])]
    if shown.empty:
        return empty_page(title, footer, "No quotation of one speaker stands in several articles in different words.")
    clusters = [_lay_out(cluster) for _, cluster in shown.groupby("rank", sort=True)]
    total = KEY + sum(cluster.height for cluster in clusters) - CLUSTER / 2
    page = Page(title, footer, content=total)
    canvas = page.canvas(MARGIN, 0, WIDE - 2 * MARGIN, total)
    _draw_key(canvas)
    y = KEY
    for cluster in clusters:
        canvas.plot([0, WIDE - 2 * MARGIN], [y - 1.6, y - 1.6], color=LIGHT, linewidth=0.6)
        _draw_cluster(canvas, cluster, y)
        y += cluster.height
    return page.figure


def _lay_out(cluster: pd.DataFrame) -> _Cluster:
    speakers = cluster.drop_duplicates("version")["speaker"]
    named = [name for speaker in speakers for name in _names(speaker)]
    shared = [name for name in _names(speakers.iloc[0]) if named.count(name) == len(speakers)]
    heading = " / ".join(shared or dict.fromkeys(named))
    versions = [_version(rows, shared) for _, rows in cluster.groupby("version", sort=True)]
    widths: dict[int, float] = {}
    for version in versions:
        for piece, (text, changed) in version.cells.items():
            widths[piece] = max(widths.get(piece, 0), *(_width(line, changed) for line in text.split("\n")))
    blocks: list[dict[int, float]] = [{}]
    x = 0.0
    for piece, width in sorted(widths.items()):
        if width and blocks[-1] and x + width > WORDS:
            blocks.append({})
            x = 0.0
        blocks[-1][piece] = x
        x += width + width_of(" ") if width else 0
    heights = [[_row_height(version, block, first=n == 0) for version in versions] for n, block in enumerate(blocks)]
    letters = "".join(cluster["text"])
    turned = sum(unicodedata.bidirectional(c) in ("R", "AL") for c in letters)
    mark = KINDS.get(cluster["kind"].iloc[0], "")
    return _Cluster(heading, mark, versions, blocks, heights, mirrored=2 * turned > sum(map(str.isalpha, letters)))


def _names(speaker: str) -> list[str]:
    return [name.strip() for name in speaker.split(";")]


def _version(rows: pd.DataFrame, shared: list[str]) -> _Version:
    first = rows.iloc[0]
    others = " and ".join(name for name in _names(first["speaker"]) if name not in shared)
    other = f"≠ {'with ' if shared else ''}{others}" if others else ""
    cells = {}
    worded = rows.loc[rows["text"] != "", "piece"]
    ends = worded.min(), worded.max()
    for row in rows.itertuples():
        text = row.text or (ABSENT if row.changed else "")
        text = (CUT if row.cut_before and row.piece == ends[0] else "") + text
        text += CUT if row.cut_after and row.piece == ends[1] else ""
        weight = "bold" if row.changed else "normal"
        cells[row.piece] = (wrap(text, CELL, weight=weight), bool(row.changed))
    return _Version(first["label"], first["verb"], other, cells)


def _width(text: str, changed: bool) -> float:
    return width_of(text, weight="bold" if changed else "normal")


def _label(version: _Version) -> list[tuple[str, str]]:
    """Return the lines at the left of a version and their colours."""
    name = wrap(version.name, NAMES)
    lines = [(line, INK) for line in name.split("\n")]
    verb = drawable(version.said)
    last = width_of(lines[-1][0] + " ")
    if verb and last + width_of(verb, SMALL) > NAMES:
        lines += [(line, GREY) for line in wrap(verb, NAMES, size=SMALL).split("\n")]
    if version.other_speaker:
        lines += [(line, WARNING) for line in wrap(version.other_speaker, NAMES, size=SMALL).split("\n")]
    return lines


def _row_height(version: _Version, block: dict[int, float], *, first: bool) -> float:
    lines = [version.cells[piece][0].count("\n") + 1 for piece in block if piece in version.cells]
    return max([1, *lines, len(_label(version)) if first else 1]) * line_height() + ROW


def _write(canvas: Axes, x: float, y: float, words: str, **options: object) -> None:
    """Write `words` on the baseline of a line whose top is at `y`, so that all words of a row stand level."""
    canvas.text(x, y + 0.78 * line_height(), words, va="baseline", **options)


def _draw_cluster(canvas: Axes, cluster: _Cluster, y: float) -> None:
    heading = wrap(cluster.heading, NAMES + WORDS * 0.4, lines=1, weight="bold")
    _write(canvas, 0, y, heading, weight="bold")
    if cluster.mark:
        at = max(NAMES + 3, width_of(heading, weight="bold") + 4)
        _write(canvas, at, y, cluster.mark, color=WARNING, size=SMALL)
    y += HEADING
    for n, (block, heights) in enumerate(zip(cluster.blocks, cluster.heights, strict=True)):
        for version, height in zip(cluster.versions, heights, strict=True):
            if n == 0:
                _draw_label(canvas, version, y)
            elif any(version.cells.get(piece, ("",))[0] for piece in block):
                _write(canvas, 0, y, shorten(version.name, NAMES), color=GREY)
            for x, text, changed in _runs(version, block):
                _write(
                    canvas, NAMES + 3 + (WORDS - x if cluster.mirrored else x), y, text, linespacing=1.3,
                    ha="right" if cluster.mirrored else "left",
                    weight="bold" if changed else "normal", color=CHANGED if changed else INK,
                )  # fmt: skip
            y += height
        y += BLOCK


def _draw_label(canvas: Axes, version: _Version, y: float) -> None:
    lines = _label(version)
    for n, (line, colour) in enumerate(lines):
        _write(canvas, 0, y + n * line_height(), line, color=colour, size=TEXT if colour == INK else SMALL)
    names = [line for line, colour in lines if colour == INK]
    if all(colour != GREY for _, colour in lines) and version.said:
        below = (len(names) - 1) * line_height()
        _write(canvas, width_of(names[-1] + " "), y + below, drawable(version.said), color=GREY, size=SMALL)


def _runs(version: _Version, block: dict[int, float]) -> list[tuple[float, str, bool]]:
    """Return (left edge, words, changed) of what is drawn in one row; neighbours that stand close are one text."""
    runs: list[tuple[float, str, bool]] = []
    for piece, x in block.items():
        text, changed = version.cells.get(piece, ("", False))
        if not text:
            continue
        if runs and not changed and not runs[-1][2] and "\n" not in runs[-1][1] + text:
            left, before, _ = runs[-1]
            if abs(left + width_of(before + " ") - x) < 0.05:
                runs[-1] = (left, f"{before} {text}", False)
                continue
        runs.append((x, text, changed))
    return runs


def _draw_key(canvas: Axes) -> None:
    """Draw in one line above the clusters what weight, colour and signs mean."""
    x = 0.0
    for sign, colour, words in (
        ("words", CHANGED, "that most versions do not share"),
        (ABSENT, CHANGED, "no words here, where most have some"),
        (CUT, INK, "the quotation goes on"),
    ):
        weight = "bold" if colour == CHANGED else "normal"
        _write(canvas, x, 0, sign, color=colour, weight=weight)
        x += width_of(sign, weight=weight) + 1.2
        _write(canvas, x, 0, words, color=GREY, size=SMALL)
        x += width_of(words, SMALL) + 7
