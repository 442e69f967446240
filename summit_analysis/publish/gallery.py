"""Figures as they leave the project: picture, data, caption and alt text together, listed in one index.

`FIGURES` names each figure, the table it draws, the chart and the words. A figure draws its table as the CSV beside it
holds it, so that the picture can be drawn again from the CSV alone.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from summit_analysis.analysis import Tables
from summit_analysis.charts.coverage import plot_coverage
from summit_analysis.charts.discrepancies import plot_discrepancies
from summit_analysis.charts.keyness import plot_keyness
from summit_analysis.charts.order import plot_order
from summit_analysis.charts.quote_variants import plot_quote_variants
from summit_analysis.charts.reader_curve import plot_reader_curve
from summit_analysis.charts.similarity import plot_similarity
from summit_analysis.charts.style import BOX, lacking, look
from summit_analysis.charts.voices import plot_voices
from summit_analysis.errors import NotDefinedError, printable
from summit_analysis.findings.discrepancies import describe_discrepancies
from summit_analysis.findings.keyness import describe_keyness
from summit_analysis.findings.likeness import describe_similarity
from summit_analysis.findings.prominence import describe_order, describe_reader_curve
from summit_analysis.findings.telling import describe_coverage
from summit_analysis.findings.variants import describe_quote_variants
from summit_analysis.findings.voices import describe_voices
from summit_analysis.findings.wording import Description
from summit_analysis.publish.atomic import sha256, write_bytes, write_text
from summit_analysis.publish.show import Sentences, escape_markdown
from summit_analysis.strict_csv import to_csv

INDEX, README = "index.json", "README.md"
# Six digits: enough for any drawing, and the same on processors that differ in the last ones.
DIGITS = 6
SCREEN_DPI = 110
METADATA = {
    "svg": {"Date": None, "Creator": "summit_analysis"},
    "pdf": {"CreationDate": None, "Creator": "summit_analysis", "Producer": None},
    "png": {"Software": None},
}


@dataclass(frozen=True)
class Kind:
    """A figure that can be drawn for any story: its table in `analysis`, its chart, and the words around it."""

    table: str
    plot: Callable[..., Figure]
    describe: Callable[[pd.DataFrame], Description]


FIGURES = {
    "similarity": Kind("similarity_pairs", plot_similarity, describe_similarity),
    "keyness": Kind("keyness_strongest", plot_keyness, describe_keyness),
    "voices": Kind("voice_strips", plot_voices, describe_voices),
    "quote-variants": Kind("variants_collated", plot_quote_variants, describe_quote_variants),
    "coverage": Kind("coverage", plot_coverage, describe_coverage),
    "order": Kind("order", plot_order, describe_order),
    "reader-curve": Kind("reader_curve", plot_reader_curve, describe_reader_curve),
    "discrepancies": Kind("discrepancies_scaled", plot_discrepancies, describe_discrepancies),
}


class Published:
    """A saved figure as a notebook shows it: the picture with its alt text, which nbval compares too."""

    def __init__(self, figure: Figure, description: Description) -> None:
        self.figure, self.description = figure, description

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        alt = printable(self.description.alt)
        picture = render(self.figure, "png", dpi=SCREEN_DPI)
        width = round(self.figure.get_figwidth() * 100)
        return {"image/png": picture, "text/plain": alt}, {"image/png": {"alt": alt, "width": width}}


class Gallery:
    """The folder that the figures of one story are saved in."""

    def __init__(self, tables: Tables, folder: str | Path, *, notebook: str = "") -> None:
        self.tables, self.folder, self.notebook = tables, Path(folder), notebook

    def publish(self, name: str) -> Published | Sentences:
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
        data = table.round(DIGITS)
        description = kind.describe(data)
        if missing := lacking(data.select_dtypes(["object", "str"]).stack().astype(str)):
            codes = ", ".join(f"U+{ord(c):04X}" for c in missing[:12]) + (" and more" if len(missing) > 12 else "")
            note = f" {BOX}: characters that the font lacks ({codes}); they are whole in the CSV."
            description = replace(description, footer=description.footer + note)
        figure = kind.plot(data, title=description.title, footer=description.footer)
        csv = to_csv(data).encode()
        for suffix in METADATA:
            write_bytes(self.folder / f"{name}.{suffix}", render(figure, suffix, title=description.title))
        write_bytes(self.folder / f"{name}.csv", csv)
        self._enter(name, description, csv)
        return Published(figure, description)

    def _enter(self, name: str, description: Description, csv: bytes) -> None:
        entry = {
            "name": name,
            "question": description.question,
            "title": description.title,
            "caption": description.caption,
            "alt": description.alt,
            "notebook": self.notebook,
            "files": {suffix: f"{name}.{suffix}" for suffix in METADATA},
            "data": [f"{name}.csv"],
            "data_sha256": sha256(csv),
        }
        self._write_index([e for e in self._read_index() if e["name"] != name] + [entry])

    def _withdraw(self, name: str) -> None:
        """Remove a figure that an earlier version of the story had."""
        for suffix in (*METADATA, "csv"):
            (self.folder / f"{name}.{suffix}").unlink(missing_ok=True)
        self._write_index([e for e in self._read_index() if e["name"] != name])

    def _read_index(self) -> list[dict]:
        path = self.folder / INDEX
        return json.loads(path.read_text(encoding="utf-8"))["figures"] if path.exists() else []

    def _write_index(self, entries: list[dict]) -> None:
        order = {name: place for place, name in enumerate(FIGURES)}
        entries = sorted(entries, key=lambda e: order.get(e["name"], len(order)))
        index = {"story": self.tables.corpus.name, "figures": entries}
        write_text(self.folder / INDEX, json.dumps(index, ensure_ascii=False, indent=2) + "\n")
        write_text(self.folder / README, _readme(index))


def render(figure: Figure, suffix: str, *, dpi: int = 300, title: str = "") -> bytes:
    """Return `figure` as the bytes of a PNG, SVG or PDF file, the same in every run."""
    buffer = io.BytesIO()
    metadata = METADATA[suffix] | ({"Title": printable(title)} if title else {})
    with look():
        figure.savefig(buffer, format=suffix, dpi=dpi, metadata=metadata)
    return buffer.getvalue()


def _readme(index: dict) -> str:
    lines = [
        f"# Figures: {escape_markdown(index['story'])}",
        "",
        "Written by the notebooks. Each picture is there as SVG, PDF and PNG, with the data that it draws as CSV.",
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
