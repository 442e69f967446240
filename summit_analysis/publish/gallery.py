"""Figures as they leave the project: picture, data, caption and alt text together, listed in one index.

`FIGURES` names each figure, the table it draws, the chart and the words. A figure draws its table as the CSV beside it
holds it, so that the picture can be drawn again from the CSV alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure

from summit_analysis.analysis import Tables
from summit_analysis.charts import discrepancies, naming, quote_variants, word_shift
from summit_analysis.charts.coverage import plot_coverage
from summit_analysis.charts.discrepancies import plot_discrepancies
from summit_analysis.charts.frames import plot_frames
from summit_analysis.charts.keyness import plot_keyness
from summit_analysis.charts.naming import plot_naming
from summit_analysis.charts.order import plot_order
from summit_analysis.charts.poster import plot_poster
from summit_analysis.charts.quote_variants import plot_quote_variants
from summit_analysis.charts.reader_curve import plot_reader_curve
from summit_analysis.charts.reporting_verbs import plot_reporting_verbs
from summit_analysis.charts.robustness import plot_robustness
from summit_analysis.charts.shared_passages import plot_shared_passages
from summit_analysis.charts.similarity import plot_similarity
from summit_analysis.charts.style import BOX, lacking
from summit_analysis.charts.voices import plot_voices
from summit_analysis.charts.word_shift import plot_word_shift
from summit_analysis.errors import Fault, NotDefinedError, StoryError
from summit_analysis.findings.copy import describe_shared_passages
from summit_analysis.findings.discrepancies import describe_discrepancies
from summit_analysis.findings.keyness import describe_keyness
from summit_analysis.findings.likeness import describe_similarity
from summit_analysis.findings.poster import describe_poster, with_sentences
from summit_analysis.findings.prominence import describe_order, describe_reader_curve
from summit_analysis.findings.telling import describe_coverage
from summit_analysis.findings.variants import describe_quote_variants
from summit_analysis.findings.voices import describe_voices
from summit_analysis.findings.wording import Description
from summit_analysis.findings.words import (
    describe_frames,
    describe_naming,
    describe_reporting_verbs,
    describe_robustness,
    describe_stance,
    describe_word_shift,
)
from summit_analysis.publish.atomic import sha256, write_bytes, write_text
from summit_analysis.publish.rendering import METADATA, Published, render, render_twice, uncollected
from summit_analysis.publish.sheets import sheets
from summit_analysis.publish.show import Sentences, escape_markdown
from summit_analysis.strict_csv import read_rows, to_csv

PART = re.compile(r"-\d+$")
INDEX, README = "index.json", "README.md"
# Six digits: enough for any drawing, and the same on processors that differ in the last ones.
DIGITS = 6


def _shown(data: pd.DataFrame) -> pd.DataFrame:
    return data[data["shown"].astype(bool)] if len(data) else data


@dataclass(frozen=True)
class Kind:
    """A figure that can be drawn for any story: its table in `analysis`, its chart, and the words around it.

    Where it gets taller than a page it is split by the values of the columns `by`, of the rows that `drawn` returns. The
    sheets then have titles of their own where they are `apart`: about other things, not parts of one finding. The chart of
    a `narrow` one takes ``width`` and can be laid out anew for one column of a journal. `complete` adds to the
    table what only the other tables can tell, such as sentences that the picture holds.
    """

    table: str
    plot: Callable[..., Figure]
    describe: Callable[[pd.DataFrame], Description]
    by: tuple[str, ...] = ()
    drawn: Callable[[pd.DataFrame], pd.DataFrame] = _shown
    apart: bool = False
    narrow: bool = True
    complete: Callable[[pd.DataFrame, Tables], pd.DataFrame] = lambda table, tables: table


FIGURES = {
    "similarity": Kind("similarity_pairs", plot_similarity, describe_similarity),
    "keyness": Kind("keyness_strongest", plot_keyness, describe_keyness, by=("place",)),
    "word-shift": Kind(
        "word_shift_largest", plot_word_shift, describe_word_shift, by=("place",), drawn=word_shift.drawn
    ),
    "naming": Kind(
        "naming_panels", plot_naming, describe_naming, by=("panel", "place"), drawn=naming.drawn, apart=True
    ),
    "reporting-verbs": Kind("verb_marks", plot_reporting_verbs, describe_reporting_verbs, by=("place",)),
    "frames": Kind("frame_panels", plot_frames, describe_frames, by=("panel", "place"), apart=True),
    "stance": Kind("stance_panels", plot_frames, describe_stance, by=("panel", "place"), apart=True),
    "robustness": Kind("robustness", plot_robustness, describe_robustness),
    "voices": Kind("voice_strips", plot_voices, describe_voices, by=("place",)),
    "quote-variants": Kind(
        "variants_collated", plot_quote_variants, describe_quote_variants, by=("rank",), drawn=quote_variants.drawn
    ),
    "coverage": Kind("coverage_independent", plot_coverage, describe_coverage, by=("row",), apart=True),
    "shared-passages": Kind("shared_passages", plot_shared_passages, describe_shared_passages),
    "order": Kind("order", plot_order, describe_order),
    "reader-curve": Kind("reader_curve", plot_reader_curve, describe_reader_curve, by=("place",)),
    "discrepancies": Kind(
        "discrepancies_scaled",
        plot_discrepancies,
        describe_discrepancies,
        by=("row",),
        drawn=discrepancies.drawn,
        apart=True,
    ),
    "poster": Kind("poster", plot_poster, describe_poster, narrow=False, complete=with_sentences),
}


class Parts:
    """The parts of one figure, one below the other."""

    def __init__(self, parts: list[Published]) -> None:
        self.parts = parts

    def _ipython_display_(self) -> None:
        for part in self.parts:
            display(part)


class Gallery:
    """The folder that the figures of one story are saved in."""

    def __init__(self, tables: Tables, folder: str | Path, *, notebook: str = "") -> None:
        self.tables, self.folder, self.notebook = tables, Path(folder), notebook

    @uncollected()
    def publish(self, name: str) -> Published | Parts | Sentences:
        """Draw figure `name`, save it with data and words, and return it for display.

        Where the story does not define its table, nothing is saved and the reason is returned instead.

        Raises
        ------
        KeyError
            There is no figure of that name.
        """
        kind = FIGURES[name]
        try:
            table = self.tables[kind.table]
        except NotDefinedError as reason:
            self._withdraw(name)
            return Sentences([f"No figure here: {reason}."])
        data = kind.complete(table, self.tables).round(DIGITS)
        whole = _with_missing(kind.describe(data), data)
        self._withdraw(name)
        pages = [part for _, part in data.groupby("page", sort=True)] if "page" in data and len(data) else [data]

        def draw(part: pd.DataFrame, n: int, of: int) -> Figure:
            words = _of_part(whole, kind, part, n, of)
            return kind.plot(part, title=words.title, footer=words.footer)

        published = []
        for sheet in sheets(pages, draw, by=kind.by, drawn=kind.drawn):
            words = _of_part(whole, kind, sheet.data, sheet.number, sheet.of)
            own = name if sheet.number == 1 else f"{name}-{sheet.number}"
            published.append(self._save(own, sheet.data, sheet.figure, words))
        return published[0] if len(published) == 1 else Parts(published)

    def _save(self, name: str, data: pd.DataFrame, figure: Figure, description: Description) -> Published:
        csv = to_csv(data).encode()
        pictures = {suffix: render(figure, suffix, title=description.title) for suffix in ("svg", "pdf")}
        pictures["png"], shown = render_twice(figure, title=description.title)
        for suffix, picture in pictures.items():
            write_bytes(self.folder / f"{name}.{suffix}", picture)
        write_bytes(self.folder / f"{name}.csv", csv)
        self._enter(name, description, csv, {column: _kind_of(data[column]) for column in data})
        return Published(shown, description)

    def _enter(self, name: str, description: Description, csv: bytes, columns: dict[str, str]) -> None:
        entry = {
            "name": name,
            "question": description.question,
            "title": description.title,
            "footer": description.footer,
            "caption": description.caption,
            "alt": description.alt,
            "notebook": self.notebook,
            "files": {suffix: f"{name}.{suffix}" for suffix in METADATA},
            "data": [f"{name}.csv"],
            "data_sha256": sha256(csv),
            "columns": columns,
        }
        self._write_index([e for e in self._read_index() if e["name"] != name] + [entry])

    def _withdraw(self, name: str) -> None:
        """Remove a figure that an earlier version of the story had."""
        entries = self._read_index()
        gone = [entry["name"] for entry in entries if PART.sub("", entry["name"]) == name]
        for suffix in (*METADATA, "csv"):
            for figure in [name, *gone]:
                (self.folder / f"{figure}.{suffix}").unlink(missing_ok=True)
        self._write_index([entry for entry in entries if entry["name"] not in gone])

    def _read_index(self) -> list[dict]:
        path = self.folder / INDEX
        return json.loads(path.read_text(encoding="utf-8"))["figures"] if path.exists() else []

    def _write_index(self, entries: list[dict]) -> None:
        order = {name: place for place, name in enumerate(FIGURES)}
        # Of the parts of one figure the first has no number.
        entries = sorted(
            entries, key=lambda e: (order.get(PART.sub("", e["name"]), len(order)), len(e["name"]), e["name"])
        )
        index = {"story": self.tables.corpus.name, "figures": entries}
        write_text(self.folder / INDEX, json.dumps(index, ensure_ascii=False, indent=2) + "\n")
        write_text(self.folder / README, _readme(index))


def _with_missing(description: Description, data: pd.DataFrame) -> Description:
    """Return `description` with a note on the characters of `data` that the font lacks."""
    missing = lacking(data.select_dtypes(["object", "str"]).stack().astype(str))
    if not missing:
        return description
    codes = ", ".join(f"U+{ord(c):04X}" for c in missing[:12]) + (" and more" if len(missing) > 12 else "")
    note = f" {BOX}: characters that the font lacks ({codes}); they are whole in the CSV."
    return replace(description, footer=description.footer + note)


def _of_part(whole: Description, kind: Kind, part: pd.DataFrame, n: int, of: int) -> Description:
    """Return the words around the `n`-th `of` the parts of a figure, whoever cannot see it told what is on this one."""
    if of == 1:
        return whole
    own = kind.describe(kind.drawn(part))
    title = own.title if kind.apart else whole.title
    note = f" Part {n} of {of}."
    return replace(
        whole,
        title=f"{title} (part {n} of {of})",
        caption=title + whole.caption.removeprefix(whole.title) + note,
        footer=whole.footer + note,
        # Some descriptions begin with their finding, which is said here with the number of the part.
        alt=f"{title} (part {n} of {of}). {own.alt.removeprefix(f'{own.title}. ')}",
    )


def _kind_of(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "flag"
    if pd.api.types.is_integer_dtype(column):
        return "whole"
    return "number" if pd.api.types.is_numeric_dtype(column) else "text"


def read_data(path: Path, columns: dict[str, str], *, digest: str = "") -> pd.DataFrame:
    """Return the table that a figure draws from the CSV beside it, empty where nothing was found to draw.

    `columns` and `digest` are ``columns`` and ``data_sha256`` of its entry in the index.

    Raises
    ------
    StoryError
        The file is not the one that was written: it cannot be read, lacks a column, or has another hash than `digest`.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        found = f"cannot be read: {error.strerror or error}"
        raise StoryError(Fault(str(path), "", found, "run the analysis again")) from error
    if digest and sha256(content) != digest:
        found = "was changed since its figure was drawn, so that its title may no longer be true"
        raise StoryError(Fault(str(path), "", found, "run the analysis again"))
    rows = read_rows(content, name=path.name, required=tuple(columns), may_be_empty=True)
    cells = pd.DataFrame([row.cells for row in rows], columns=list(columns), dtype="object")
    for column, kind in columns.items():
        match kind:
            case "flag":
                cells[column] = cells[column] == "True"
            case "whole":
                missing = (cells[column] == "").any()
                cells[column] = pd.to_numeric(cells[column]).astype("Int64" if missing else "int64")
            case "number":
                cells[column] = pd.to_numeric(cells[column].replace("", None)).astype("float64")
            case _:
                cells[column] = cells[column].astype("str")
    return cells


def _readme(index: dict) -> str:
    lines = [
        f"# Figures: {escape_markdown(index['story'])}",
        "",
        "Written by the notebooks. Each picture is there as SVG, PDF and PNG, with the data that it draws as CSV. What the "
        "columns of the tables mean: docs/tables.md in the repository of summit_analysis.",
    ]
    for figure in index["figures"]:
        others = ", ".join(f"[{s.upper()}]({f})" for s, f in figure["files"].items())
        data = ", ".join(f"[{name}]({name})" for name in figure["data"])
        lines += [
            "",
            f"## {escape_markdown(figure['question'])}",
            "",
            f"![{escape_markdown(figure['alt'])}]({figure['files']['png']})",
            "",
            escape_markdown(figure["caption"]),
            "",
            f"{others}; data: {data}; notebook: {figure['notebook'] or 'none'}",
        ]
    return "\n".join(lines) + "\n"
