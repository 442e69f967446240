"""The report of a run: one page, ``report.html``, that needs nothing else and asks nothing of any server.

Findings and figures come in `SECTIONS`; what is registered in `findings.FINDINGS` or among the figures and named in no
section stands at the end, so that nothing is lost. Texts are untrusted: the template escapes everything, the content
security policy allows the page's own style and script by their hashes, pictures by ``data:`` addresses, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from summit_analysis import findings
from summit_analysis.analysis import Tables
from summit_analysis.charts.voices import OTHERS, SPEAKERS
from summit_analysis.errors import NotDefinedError, printable
from summit_analysis.findings.methods import as_markdown, installed, methods
from summit_analysis.findings.wording import counted, listed, opened
from summit_analysis.publish import evidence
from summit_analysis.publish.atomic import write_text
from summit_analysis.publish.reading_view import reading_view
from summit_analysis.publish.show import unbroken

REPORT, METHODS = "report.html", "methods.md"
PART = re.compile(r"-\d+$")
MOST_ROWS, MOST_ARTICLES, MOST_CELL = 60, 40, 300
OVERVIEW = {
    "label": "article",
    "words": "words",
    "quoted_share": "share quoted",
    "nearest": "most like",
    "nearest_cosine": "cosine",
    "claims_told": "claims told",
    "claims": "of claims",
}


@dataclass(frozen=True)
class Section:
    """A part of the report: its question, and the findings, figures and tables that answer it, where there are any."""

    id: str
    heading: str
    findings: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


SECTIONS = (
    Section("read", "What was read?", ("reading",), (), ("load_report",)),
    Section("alike", "Who told it alike?", ("likeness", "voices_alike"), ("similarity",)),
    Section("copy", "Who shares copy?", ("sharing", "editing"), ("shared-passages",), ("lineages",)),
    Section(
        "words",
        "In whose words is it told?",
        ("wording", "chance", "power", "priors", "voices_wording", "naming", "introducing", "framing", "vouching"),
        ("keyness", "word-shift", "naming", "reporting-verbs", "frames", "stance"),
    ),
    Section("voices", "Who gets to speak?", ("speaking", "marking"), ("voices",)),
    Section("variants", "Was the same utterance worded the same?", ("variation",), ("quote-variants",), ("attribution_conflicts",)),
    Section(
        "told",
        "What did each tell and leave out?",
        ("telling", "omitting", "placing", "early", "committing", "trusting"),
        ("coverage", "order", "reader-curve"),
        ("agreement", "prominence"),
    ),
    Section("facts", "Where do they disagree on facts?", ("disagreeing",), ("discrepancies",), ("discrepancies", "facts")),
    Section("holding", "Which findings hold under other choices?", ("holding",), ("robustness",)),
    Section("poster", "What does it look like on one page?", (), ("poster",)),
)  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """An interactive part: the list it shows, and what is chosen in it (two names parted by ``|`` for a pair)."""

    id: str
    heading: str
    choose: str
    about: str
    made: Callable[..., list[evidence.Group]]


EVIDENCE = (
    Evidence(
        "claims", "Where does each article tell a claim?", "Claim",
        "Choose a claim and read its evidence in all articles side by side; the marked words are the evidence.",
        evidence.claims_told,
    ),
    Evidence(
        "passages", "Which passages do two articles share?", "One article|Another article",
        "Choose two articles and read what they share, side by side; the marked words are the same in both.",
        evidence.shared_passages,
    ),
    Evidence(
        "quotations", "What is each speaker quoted with?", "Speaker",
        "Choose a speaker and read every quotation in its sentence.",
        evidence.quoted_speakers,
    ),
)  # fmt: skip


def write_report(tables: Tables, out: Path) -> None:
    """Write ``report.html`` and ``methods.md`` into `out`, whose ``figures`` the report shows."""
    write_text(out / REPORT, render_report(tables, out / "figures"))
    write_text(out / METHODS, as_markdown(methods(tables)))


def environment() -> Environment:
    """Return the templates, which escape whatever is put into them."""
    made = Environment(
        loader=PackageLoader("summit_analysis.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["unbroken"] = unbroken
    return made


def render_report(tables: Tables, figures: Path) -> str:
    """Return the report as HTML, with the figures that the folder `figures` lists in its index."""
    style, script = _own("report.css") + _speaker_colours(), _own("report.js")
    drawn = _figures(figures)
    sections = _sections(tables, drawn)
    outlets = tables.compared["outlet"].nunique()
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            policy=(
                "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
                f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
            ),
            # Our own files, which hold no text of a story.
            style=Markup(style),
            script=Markup(script),
            version=installed(),
            title=f"{printable(tables.corpus.name)}: how {counted(outlets, 'outlet')} told it",
            lead=f"{counted(len(tables.compared), 'article')} compared: {listed(evidence.labels(tables).values(), most=12)}.",
            findings=_printable(findings.in_short(tables)),
            overview=_table("overview", tables.get("overview"), OVERVIEW, "The articles beside one another"),
            sections=sections,
            evidence=choose_from(tables),
            articles=(articles := _articles(tables)),
            articles_about="" if len(articles) == len(tables.compared) else f"The first {len(articles)} are shown.",
            methods=[(heading, _printable(paragraphs)) for heading, paragraphs in methods(tables)],
        )
    )


def _own(name: str) -> str:
    return (files("summit_analysis.publish") / "templates" / name).read_text(encoding="utf-8")


def _speaker_colours() -> str:
    colours = [f".slot-{slot} {{ --speaker: {colour}; }}" for slot, colour in enumerate((*SPEAKERS, OTHERS))]
    return "\n".join(colours) + "\n"


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _printable(sentences: list[str]) -> list[str]:
    return [printable(sentence) for sentence in sentences]


def _figures(folder: Path) -> dict[str, list[dict]]:
    """Return what the template shows of each figure, its parts together."""
    index = folder / "index.json"
    drawn: dict[str, list[dict]] = {}
    for entry in json.loads(index.read_text(encoding="utf-8"))["figures"] if index.exists() else []:
        picture = base64.b64encode((folder / entry["files"]["svg"]).read_bytes()).decode()
        shown = {
            key: printable(entry[key]) for key in ("title", "alt", "caption", "notebook", "data_sha256", "question")
        }
        names = ", ".join([*entry["files"].values(), *entry["data"]])
        # As an image an SVG runs no script and loads nothing, whatever it holds.
        shown |= {"files": printable(names), "address": f"data:image/svg+xml;base64,{picture}"}
        drawn.setdefault(PART.sub("", entry["name"]), []).append(shown)
    return drawn


def _sections(tables: Tables, drawn: dict[str, list[dict]]) -> list[dict]:
    placed_findings = {name for section in SECTIONS for name in section.findings} | set(findings.SUMMARIES)
    placed_figures = {name for section in SECTIONS for name in section.figures}
    rest = Section(
        "more",
        "What else was found?",
        tuple(name for name in findings.FINDINGS if name not in placed_findings),
        tuple(name for name in drawn if name not in placed_figures),
    )
    shown = []
    for section in (*SECTIONS, rest):
        said = [
            _printable(findings.about(name, tables))
            for name in section.findings
            if name in findings.FINDINGS and not _lacking(tables, findings.FINDINGS[name][1])
        ]
        pictures = [part for name in section.figures for part in drawn.get(name, [])]
        listed_tables = [_table(name, tables.get(name), None, name.replace("_", " ")) for name in section.tables]
        listed_tables = [table for table in listed_tables if table]
        if said or pictures:
            shown.append(
                {"id": section.id, "heading": section.heading, "findings": said, "figures": pictures, "tables": listed_tables}
            )  # fmt: skip
    return shown


def _lacking(tables: Tables, names: tuple[str, ...]) -> bool:
    return any(name not in tables for name in names)


def _table(name: str, table: pd.DataFrame | None, columns: dict[str, str] | None, title: str) -> dict | None:
    """Return what the template shows of `table`, or None where there is nothing to show."""
    if table is None or table.empty:
        return None
    columns = {column: column.replace("_", " ") for column in table} if columns is None else columns
    # Of a story without claims, say, nothing stands in their columns.
    columns = {column: words for column, words in columns.items() if table[column].notna().any()}
    shown = table[list(columns)].head(MOST_ROWS)
    numbers = [pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind) for kind in shown.dtypes]
    more = f"; the first {MOST_ROWS} are shown, tables/{name}.csv has all" if len(table) > MOST_ROWS else ""
    return {
        "title": opened(title),
        "about": f"{counted(len(table), 'row')}{more}",
        "caption": f"{opened(title)}{more}",
        "columns": [{"name": words, "number": number} for words, number in zip(columns.values(), numbers, strict=True)],
        "rows": [[_cell(cell) for cell in row] for row in shown.itertuples(index=False, name=None)],
    }


def _cell(cell: object) -> str:
    if not isinstance(cell, (list, tuple, set)) and pd.isna(cell):
        return ""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) > 1 else f"{cell:.2f}"
    words = printable(", ".join(map(str, cell)) if isinstance(cell, (list, tuple)) else cell)
    return words if len(words) <= MOST_CELL else words[: MOST_CELL - 1] + "…"


def choose_from(tables: Tables, *, kind: str = "span") -> list[dict]:
    """Return each part of `EVIDENCE` that the story has, with its entries; marks have the CSS class `kind`, or a style."""
    parts = []
    for part in EVIDENCE:
        try:
            groups = part.made(tables, kind=kind)
        except NotDefinedError:
            continue
        if any(group.entries for group in groups):
            parts.append(
                {"id": part.id, "heading": part.heading, "choose": part.choose, "about": part.about, "groups": groups}
            )
    return parts


def _articles(tables: Tables) -> list[dict]:
    """Return the reading view of each article, in the order of the figures."""
    described, known = tables["articles"].set_index("article"), tables.corpus.articles.set_index("article")
    shown = []
    for article in list(evidence.labels(tables))[:MOST_ARTICLES]:
        view = reading_view(
            tables.corpus, tables["segments"], tables["quotations"], article, strips=tables.get("voice_strips")
        )
        address, title = str(known.at[article, "url"]), str(known.at[article, "title"])
        about = f"{counted(int(described.at[article, 'words']), 'word')}, {100 * described.at[article, 'quoted_share']:.0f} % quoted"
        shown.append(
            {
                "name": view.name,
                "about": printable(
                    ". ".join(part for part in (title, str(known.at[article, "published"]), about) if part)
                ),
                "address": printable(address),
                "linked": _is_web(address),
                "paragraphs": [Markup(words) for words in view.paragraphs()],  # escaped there
            }
        )
    return shown


def _is_web(address: str) -> bool:
    """Return whether `address` may be a link: of the web, and not of a script or a file."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and address == printable(address)
