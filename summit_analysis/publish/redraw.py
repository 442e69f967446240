"""Figures drawn again from the CSV files beside them, at another width or in another format; nothing is computed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from summit_analysis.charts.style import COLUMN, WIDE
from summit_analysis.errors import Fault, StoryError
from summit_analysis.publish.atomic import write_bytes
from summit_analysis.publish.gallery import FIGURES, INDEX, PART, read_data
from summit_analysis.publish.rendering import METADATA, render
from summit_analysis.publish.sheets import sheets

WIDTHS = {f"{WIDE:g}mm": WIDE, f"{COLUMN:g}mm": COLUMN}


def redraw(
    folder: str | Path,
    to: str | Path,
    *,
    width: str = "180mm",
    formats: Iterable[str] = ("pdf",),
    only: Iterable[str] = (),
) -> tuple[list[Path], list[str]]:
    """Draw the figures of a run again and return the paths written, and why figures were left out.

    `folder` is the output of a run or its folder ``figures``; `only` names figures, else all are drawn. For 85 mm a
    figure is laid out anew with type as large as before, and split where it gets taller than a page; a figure that
    has no such layout is left out, or is a fault where `only` names it.

    Raises
    ------
    StoryError
        There are no figures in `folder`, a name, width or format is unknown, a CSV is gone or was changed since it was
        drawn (so that its title may no longer be true), a figure named in `only` has no layout of that width, or `to` cannot be
        written.
    """
    home, entries = _entries(Path(folder))
    only, formats = tuple(only), tuple(formats)
    names = list(dict.fromkeys(PART.sub("", entry["name"]) for entry in entries))
    names = [name for name in names if name in FIGURES]
    faults = [Fault("--only", "", f"there is no figure {n!r}", f"use one of: {', '.join(names)}") for n in only if n not in names]  # fmt: skip
    faults += [Fault("--format", "", f"{f!r} is unknown", f"use one of: {', '.join(METADATA)}") for f in formats if f not in METADATA]  # fmt: skip
    if width not in WIDTHS:
        faults.append(Fault("--width", "", f"no figure is laid out for {width!r}", f"use one of: {', '.join(WIDTHS)}"))
    able = [name for name, kind in FIGURES.items() if kind.narrow]
    unfit = [name for name in only or names if name in names and width in WIDTHS and not _fits(name, WIDTHS[width])]
    reason = f"has no layout for {width}: its type would fall below 7 pt"
    if only:
        faults += [
            Fault("--only", "", f"{name!r} {reason}", f"use 180mm, or one of: {', '.join(able)}") for name in unfit
        ]
    if faults:
        raise StoryError(faults)
    wanted = [e for e in entries if (base := PART.sub("", e["name"])) in (only or names) and base not in unfit]
    pictures = {}
    for entry in wanted:
        for name, figure in _draw(home, entry, WIDTHS[width]):
            for suffix in formats:
                pictures[Path(to) / f"{name}-{width}.{suffix}"] = render(figure, suffix, title=entry["title"])
    try:
        for path, content in pictures.items():
            write_bytes(path, content)
    except OSError as error:
        found = f"cannot be written: {error.strerror or error}"
        raise StoryError(Fault(str(to), "", found, "choose another folder")) from error
    return list(pictures), [f"{name} {reason}" for name in unfit]


def _fits(name: str, width: float) -> bool:
    return width == WIDE or FIGURES[name].narrow


def _entries(folder: Path) -> tuple[Path, list[dict]]:
    for home in (folder, folder / "figures"):
        try:
            index = json.loads((home / INDEX).read_text(encoding="utf-8"))
            return home, [{key: entry[key] for key in ("name", "title", "footer", "columns", "data_sha256")} for entry in index["figures"]]  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError):
            continue
    found = "holds no index.json of figures that this version can draw again"
    raise StoryError(Fault(str(folder), "", found, "give the output of a run"))


def _draw(home: Path, entry: dict, width: float) -> Iterator[tuple[str, Figure]]:
    data = read_data(home / f"{entry['name']}.csv", entry["columns"], digest=entry["data_sha256"])
    kind = FIGURES[PART.sub("", entry["name"])]
    title, footer = entry["title"], entry["footer"]
    if width == WIDE:  # as it was drawn, in parts already
        yield entry["name"], kind.plot(data, title=title, footer=footer)
        return

    def draw(part: pd.DataFrame, n: int, of: int) -> Figure:
        note = f" Sheet {n} of {of}." if of > 1 else ""
        return kind.plot(part, title=title, footer=footer + note, width=width)

    for sheet in sheets([data], draw, by=kind.by, drawn=kind.drawn):
        yield entry["name"] + (f"-part{sheet.number}" if sheet.of > 1 else ""), sheet.figure
