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
    POINT,
    SMALL,
    TEXT,
    WARNING,
    WIDE,
    Page,
    drawable,
    empty_page,
    flow,
    line_height,
    styled,
    width_of,
    wrap,
)  # fmt: skip
from summit_analysis.measures.variants import MOST_CLUSTERS

CHANGED = OUTLETS[1]
ABSENT, CUT = "–", "…"
ROW, BLOCK, HEADING, CLUSTER, KEY = 0.9, 2.2, 5.2, 5.0, 8.0  # mm between rows, blocks, ...
KINDS = {
    "different speaker": "≠ like words, given to different speakers",
    "joint speaker": "≠ given to one speaker by some, to several together by others",
}


@dataclass(frozen=True)
class _Layout:
    """Widths in mm: of all, of outlet and verb, of the words, and of a piece before it is broken into lines."""

    inner: float
    names: float

    @property
    def words(self) -> float:
        return self.inner - self.names - 3

    @property
    def piece(self) -> float:
        return 0.55 * self.words


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
    above: float

    @property
    def height(self) -> float:
        rows = sum(sum(block) for block in self.heights)
        return self.above + rows + BLOCK * (len(self.blocks) - 1) + CLUSTER


def drawn(collated: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the figure draws: the first clusters that differ in words or speaker."""
    shown = collated[collated["differs"].astype(bool) | (collated["kind"] == "different speaker")]
    return shown[shown["rank"].isin(sorted(set(shown["rank"]))[:MOST_CLUSTERS])]


@styled
def plot_quote_variants(collated: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `collated` (`variants.collate`): the first clusters that differ, a row for each version, a column a piece.

    Words that most versions do not share are bold and coloured, a coloured dash is a place where a version has no
    words, and what one line cannot hold goes on in a block below, the rows in the same order.
    """
    shown = drawn(collated)
    if shown.empty:
        message = "No quotation of one speaker stands in several articles in different words."
        return empty_page(title, footer, message, width=width)
    layout = _Layout(width - 2 * MARGIN, 43.0 if width >= WIDE else 23.0)
    clusters = [_lay_out(cluster, layout) for _, cluster in shown.groupby("rank", sort=True)]
    key = flow([width_of(sign) + 2 + width_of(words, SMALL) for sign, _, words in SIGNS], layout.inner)
    top = KEY + key[-1][1] * line_height()
    total = top + sum(cluster.height for cluster in clusters) - CLUSTER / 2
    page = Page(title, footer, content=total, width=width)
    canvas = page.canvas(MARGIN, 0, layout.inner, total)
    _draw_key(canvas, key)
    y = top
    for cluster in clusters:
        canvas.plot([0, layout.inner], [y - 1.6, y - 1.6], color=LIGHT, linewidth=0.6)
        _draw_cluster(canvas, cluster, y, layout)
        y += cluster.height
    return page.figure


def _lay_out(cluster: pd.DataFrame, layout: _Layout) -> _Cluster:
    speakers = cluster.drop_duplicates("version")["speaker"]
    named = [name for speaker in speakers for name in _names(speaker)]
    shared = [name for name in _names(speakers.iloc[0]) if named.count(name) == len(speakers)]
    heading = " / ".join(shared or dict.fromkeys(named))
    versions = [_version(rows, shared, layout) for _, rows in cluster.groupby("version", sort=True)]
    widths: dict[int, float] = {}
    for version in versions:
        for piece, (text, changed) in version.cells.items():
            widths[piece] = max(widths.get(piece, 0), *(_width(line, changed) for line in text.split("\n")))
    blocks: list[dict[int, float]] = [{}]
    x = 0.0
    for piece, width in sorted(widths.items()):
        if width and blocks[-1] and x + width > layout.words:
            blocks.append({})
            x = 0.0
        blocks[-1][piece] = x
        x += width + width_of(" ") if width else 0
    heights = [
        [_row_height(version, block, layout, first=n == 0) for version in versions] for n, block in enumerate(blocks)
    ]
    letters = "".join(cluster["text"])
    turned = sum(unicodedata.bidirectional(c) in ("R", "AL") for c in letters)
    mark = KINDS.get(cluster["kind"].iloc[0], "")
    above = HEADING
    if mark and not _beside(heading, mark, layout):
        mark = wrap(mark, layout.inner, size=SMALL)
        above += (mark.count("\n") + 1) * line_height(SMALL)
    mirrored = 2 * turned > sum(map(str.isalpha, letters))
    return _Cluster(heading, mark, versions, blocks, heights, mirrored=mirrored, above=above)


def _beside(heading: str, mark: str, layout: _Layout) -> bool:
    """Return whether the mark of a conflict between speakers has room beside the heading."""
    at = max(layout.names + 3, min(width_of(heading, weight="bold"), layout.names + 0.4 * layout.words) + 4)
    return at + width_of(mark, SMALL) <= layout.inner


def _names(speaker: str) -> list[str]:
    return [name.strip() for name in speaker.split(";")]


def _version(rows: pd.DataFrame, shared: list[str], layout: _Layout) -> _Version:
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
        cells[row.piece] = (wrap(text, layout.piece, weight=weight), bool(row.changed))
    return _Version(first["label"], first["verb"], other, cells)


def _width(text: str, changed: bool) -> float:
    return width_of(text, weight="bold" if changed else "normal")


def _label(version: _Version, layout: _Layout) -> list[tuple[str, str]]:
    """Return the lines at the left of a version and their colours."""
    name = wrap(version.name, layout.names)
    lines = [(line, INK) for line in name.split("\n")]
    verb = drawable(version.said)
    last = width_of(lines[-1][0] + " ")
    if verb and last + width_of(verb, SMALL) > layout.names:
        lines += [(line, GREY) for line in wrap(verb, layout.names, size=SMALL).split("\n")]
    if version.other_speaker:
        lines += [(line, WARNING) for line in wrap(version.other_speaker, layout.names, size=SMALL).split("\n")]
    return lines


def _row_height(version: _Version, block: dict[int, float], layout: _Layout, *, first: bool) -> float:
    lines = [version.cells[piece][0].count("\n") + 1 for piece in block if piece in version.cells]
    return (
        max([1, *lines, len(_label(version, layout) if first else wrap(version.name, layout.names).split("\n"))])
        * line_height()
        + ROW
    )


def _write(canvas: Axes, x: float, y: float, words: str, **options: object) -> None:
    """Write `words` on the baseline of a line whose top is at `y`, so that all words of a row stand level."""
    baseline = y + 0.78 * line_height()
    if "\n" in words:
        # Of several lines matplotlib aligns the last; the first one's baseline is this far below its top.
        canvas.text(x, baseline - 0.86 * TEXT * POINT, words, va="top", **options)
    else:
        canvas.text(x, baseline, words, va="baseline", **options)


def _draw_cluster(canvas: Axes, cluster: _Cluster, y: float, layout: _Layout) -> None:
    beside = cluster.above == HEADING
    room = layout.names + layout.words * 0.4 if cluster.mark and beside else layout.inner
    heading = wrap(cluster.heading, room, lines=1, weight="bold")
    _write(canvas, 0, y, heading, weight="bold")
    if cluster.mark and beside:
        at = max(layout.names + 3, width_of(heading, weight="bold") + 4)
        _write(canvas, at, y, cluster.mark, color=WARNING, size=SMALL)
    elif cluster.mark:
        canvas.text(0, y + HEADING - 0.6, cluster.mark, va="top", color=WARNING, size=SMALL)
    y += cluster.above
    for n, (block, heights) in enumerate(zip(cluster.blocks, cluster.heights, strict=True)):
        for version, height in zip(cluster.versions, heights, strict=True):
            if n == 0:
                _draw_label(canvas, version, y, layout)
            elif any(version.cells.get(piece, ("",))[0] for piece in block):
                _write(canvas, 0, y, wrap(version.name, layout.names), color=GREY)
            for x, text, changed in _runs(version, block):
                _write(
                    canvas, layout.names + 3 + (layout.words - x if cluster.mirrored else x), y, text,
                    ha="right" if cluster.mirrored else "left",
                    weight="bold" if changed else "normal", color=CHANGED if changed else INK,
                )  # fmt: skip
            y += height
        y += BLOCK


def _draw_label(canvas: Axes, version: _Version, y: float, layout: _Layout) -> None:
    lines = _label(version, layout)
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


SIGNS = (
    ("words", CHANGED, "that most versions do not share"),
    (ABSENT, CHANGED, "no words here, where most have some"),
    (CUT, INK, "the quotation goes on"),
)


def _draw_key(canvas: Axes, places: list[tuple[float, int]]) -> None:
    """Draw above the clusters what weight, colour and signs mean."""
    for (sign, colour, words), (x, line) in zip(SIGNS, places, strict=True):
        weight, y = "bold" if colour == CHANGED else "normal", line * line_height()
        _write(canvas, x, y, sign, color=colour, weight=weight)
        _write(canvas, x + width_of(sign, weight=weight) + 1.2, y, words, color=GREY, size=SMALL)
