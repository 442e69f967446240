"""The page that an archive run ends with: what was read, found and left out, in one HTML file that loads nothing."""

from __future__ import annotations

import base64
from pathlib import Path

import jinja2
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from matplotlib.figure import Figure

from summit_analysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    MARGIN,
    OUTLETS,
    SMALL,
    WIDE,
    Page,
    empty_page,
    line_height,
    shorten,
    styled,
)  # fmt: skip
from summit_analysis.errors import printable
from summit_analysis.publish.rendering import render
from summit_analysis.statistics import SIGNIFICANT

MOST = 12
TERMS = 8
# Nothing runs and nothing is fetched, whatever a title or an outlet's name holds.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
ROW, NAMES, NUMBERS = 5.2, 62.0, 16.0

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Archive: {{ articles }} articles</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #d9d9d9; overflow-wrap: break-word; max-width: 24rem; }
td.narrow { white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
img { max-width: 100%; height: auto; }
figure { margin: 1rem 0; }
figcaption, .note { color: #595959; font-size: .9rem; }
</style>
</head>
<body>
<main>
<h1>{{ articles }} articles of {{ outlets }} outlets</h1>
<p>{{ opening }}</p>
{% for line in losses %}<p class="note">{{ line }}</p>
{% endfor %}
{% for section in sections %}
<section>
<h2>{{ section.question }}</h2>
<p>{{ section.finding }}</p>
{% if section.picture %}<figure><img alt="{{ section.alt }}" src="data:image/svg+xml;base64,{{ section.picture }}">
<figcaption>{{ section.caption }}</figcaption></figure>{% endif %}
{% if section.rows %}<table><thead><tr>{% for name in section.header %}<th scope="col"{% if loop.index0 in section.numbers %} class="number"{% endif %}>{{ name }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in section.rows %}<tr>{% for cell in row %}<td{% if loop.index0 in section.numbers %} class="number"{% elif loop.index0 in section.narrow %} class="narrow"{% endif %}>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>{% endif %}
</section>
{% endfor %}
<section>
<h2>How it was done</h2>
<p>{{ method }}</p>
</section>
</main>
</body>
</html>
"""


@styled
def plot_bars(table: pd.DataFrame, *, title: str, footer: str, unit: str) -> Figure:
    """Draw `table` (label, value) as one bar a row in its order, the number behind each."""
    if table.empty:
        return empty_page(title, footer, "Nothing of the kind was found.")
    page = Page(title, footer, content=len(table) * ROW + 10)
    axes = page.axes(MARGIN + NAMES, 0, WIDE - 2 * MARGIN - NAMES - NUMBERS, len(table) * ROW)
    axes.set(xlim=(0, float(table["value"].max()) or 1), ylim=(len(table) - 0.5, -0.5), yticks=[])
    axes.grid(axis="x", color=LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(unit, loc="right")
    axes.barh(range(len(table)), table["value"], height=0.62, color=OUTLETS[0])
    for place, row in enumerate(table.itertuples()):
        y = page.top + (place + 0.5) * ROW
        page.text(MARGIN + NAMES - 2, y, shorten(row.label, NAMES - 3), ha="right", va="center", color=INK)
        page.text(WIDE - MARGIN, y, f"{row.value:,}", ha="right", va="center", color=GREY, size=SMALL)
    if line_height() > ROW:
        raise AssertionError("rows are lower than a line of text")
    return page.figure


def _rows(path: Path, columns: list[str], *wanted: tuple[str, str, object]) -> pd.DataFrame:
    """Return some columns of the rows of a table that are `wanted` (column, function of `pyarrow.compute`, its argument)."""
    pieces = []
    with pq.ParquetFile(path) as file:
        names = list(dict.fromkeys([*columns, *(name for name, _, _ in wanted)]))
        pieces.append(file.schema_arrow.empty_table().select(columns))
        for number in range(file.num_row_groups):
            rows = file.read_row_group(number, names, use_threads=False)
            for name, function, argument in wanted:
                rows = rows.filter(getattr(pc, function)(rows[name], argument))
            pieces.append(rows.select(columns))
    return pa.concat_tables(pieces).to_pandas()


def _read(folder: Path) -> dict[str, pd.DataFrame]:
    """Return of each table in `folder` what the page shows, of ``keyness`` the words that set the largest outlets apart."""
    articles = _rows(folder / "articles.parquet", ["article", "outlet", "published", "title"])
    stories = _rows(
        folder / "stories.parquet",
        ["article", "story", "articles", "outlets", "first", "likeness", "shared_terms"],
        ("articles", "greater", 1),
    )
    largest = _largest(articles["outlet"].value_counts()).index
    words = _rows(
        folder / "keyness.parquet",
        ["outlet", "term"],
        ("outlet", "is_in", pa.array(largest.tolist(), pa.large_string())),
        ("stop_word", "equal", False),
        ("p_adjusted", "less", SIGNIFICANT),
        ("log_odds", "greater", 0),
    )
    duplicates, boilerplate, report = (
        pq.read_table(folder / f"{name}.parquet").to_pandas() for name in ("duplicates", "boilerplate", "load_report")
    )
    return {
        "articles": articles,
        "stories": stories,
        "keyness": words,
        "duplicates": duplicates,
        "boilerplate": boilerplate,
        "load_report": report,
    }


def _tests(folder: Path) -> int:
    """Return how many pairs of outlet and term were tested."""
    with pq.ParquetFile(folder / "keyness.parquet") as file:
        return next((batch["tests"][0].as_py() for batch in file.iter_batches(1, columns=["tests"])), 0)


def page(folder: Path, facts: dict[str, object]) -> str:
    """Return ``summary.html`` for the tables that an archive run wrote to `folder`; `facts` are those of ``archive.json``."""
    tables = _read(folder)
    articles, stories = tables["articles"], tables["stories"]
    # The article that is most like the others stands for its story.
    several = stories.sort_values("likeness", ascending=False, kind="stable").drop_duplicates("story")
    across = several[several["outlets"] > 1]
    aside = tables["load_report"]
    lost = aside[aside["outcome"] == "set aside"]
    losses = (
        [f"{len(lost):,} were set aside: {'; '.join(map(printable, lost['reason'].value_counts().head(3).index))}."]
        if len(lost)
        else []
    )
    losses += [f"Damaged and left out: {printable(name)}." for name in facts["damaged"]]
    opening = (
        f"{len(several):,} stories have more than one article, {len(across):,} of them from more than one outlet. "
        f"{len(tables['duplicates']):,} pairs of articles share at least half of their five-word sequences."
    )
    sections = [
        _section_outlets(articles),
        _section_stories(articles, across),
        _section_copy(articles, tables["duplicates"]),
        _section_words(articles, tables["keyness"], _tests(folder)),
        _section_boilerplate(tables["boilerplate"]),
    ]
    exact = "among all pairs" if facts["exact"] else "among articles that share rare terms"
    method = (
        f"Words are counted as in the comparison of single stories, page furniture left out. Nearest neighbours by TF-IDF cosine, sought {exact}. "
        "Near duplicates by exact Jaccard index of five-word sequences. Stories by average linkage of how likely two "
        "articles tell one event, going by words, titles, days between them and how near each comes to articles of other weeks. Words by weighted log-odds (Monroe, Colaresi & Quinn 2008) of each outlet against all others, p adjusted over all tests "
        "(Benjamini & Hochberg 1995). One archive is what it collected: it speaks of these articles, not of all that an outlet wrote."
    )
    template = jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined).from_string(PAGE)
    return template.render(
        policy=POLICY, articles=f"{len(articles):,}", outlets=f"{articles['outlet'].nunique():,}", opening=opening,
        losses=losses, sections=sections, method=method,
    )  # fmt: skip


def _section(question: str, finding: str, **more: object) -> dict[str, object]:
    plain = {"picture": "", "alt": "", "caption": "", "header": [], "rows": [], "numbers": [], "narrow": []}
    return plain | {"question": question, "finding": finding} | more


def _bars(counts: pd.Series, *, title: str, unit: str) -> str:
    table = pd.DataFrame({"label": [printable(name) for name in counts.index], "value": counts.to_numpy()})
    return base64.b64encode(render(plot_bars(table, title=title, footer="", unit=unit), "svg", title=title)).decode()


def _largest(counts: pd.Series, most: int = MOST) -> pd.Series:
    """Return the largest counts, ties by name."""
    table = counts.rename("n").rename_axis("name").reset_index().sort_values(["n", "name"], ascending=[False, True])
    return table.head(most).set_index("name")["n"]


def _section_outlets(articles: pd.DataFrame) -> dict[str, object]:
    counts = _largest(articles["outlet"].value_counts())
    dated = articles.loc[articles["published"] != "", "published"].str.slice(0, 10)
    span = f", {dated.min()} to {dated.max()}" if len(dated) else ""
    finding = f"{len(articles):,} articles{span}; {len(articles) - len(dated):,} without a date that can be read."
    alt = "Articles by outlet: " + ", ".join(f"{printable(name)} {n:,}" for name, n in counts.items())
    title = "Articles by outlet" + ("" if articles["outlet"].nunique() <= MOST else f", the {MOST} largest")
    return _section(
        "What was read?", finding, picture=_bars(counts, title=title, unit="articles"), alt=alt, caption=title
    )


def _section_stories(articles: pd.DataFrame, across: pd.DataFrame) -> dict[str, object]:
    if across.empty:
        return _section("Which stories did several outlets tell?", "None was found.")
    top = across.sort_values(["outlets", "articles", "story"], ascending=[False, False, True]).head(2 * MOST)
    title = articles.set_index("article")["title"]
    rows = [
        (
            row.story,
            row.first,
            f"{row.outlets:,}",
            f"{row.articles:,}",
            printable(title[row.article])[:120],
            printable(row.shared_terms),
        )
        for row in top.itertuples()
    ]
    counts = across["outlets"].value_counts().sort_index()
    counts = pd.concat([counts[counts.index < MOST], pd.Series({MOST: counts[counts.index >= MOST].sum()})])
    counts.index = [f"{n} outlets" + (" or more" if n == MOST else "") for n in counts.index]
    counts = counts[counts > 0]
    figure = "Stories by the number of outlets that told them"
    finding = f"{len(across):,} stories; below the {len(rows)} that most outlets told. `summit-analysis extract` writes one as a story folder."
    header = ["story", "first day", "outlets", "articles", "one title", "rare terms they share"]
    return _section(
        "Which stories did several outlets tell?",
        finding.replace("`", "“", 1).replace("`", "”", 1),
        header=header,
        rows=rows,
        numbers=[2, 3],
        narrow=[0, 1],
        picture=_bars(counts, title=figure, unit="stories"),
        alt=f"{figure}: " + ", ".join(f"{name} {n:,}" for name, n in counts.items()),
        caption=figure,
    )


def _section_copy(articles: pd.DataFrame, duplicates: pd.DataFrame) -> dict[str, object]:
    outlet = articles.set_index("article")["outlet"]
    a, b = duplicates["article_a"].map(outlet), duplicates["article_b"].map(outlet)
    differ = a != b
    low, high = a.where(a < b, b)[differ], a.where(a > b, b)[differ]
    counts = _largest((low + " – " + high).value_counts())
    finding = f"{int(differ.sum()):,} near-duplicate pairs lie across outlets, {int((~differ).sum()):,} within one."
    if len(counts) < 2:  # nothing to compare
        finding += "".join(f" {printable(name)}: {n:,}." for name, n in counts.items())
        return _section("Who shares copy with whom?", finding)
    alt = "Pairs of outlets by near-duplicate pairs of articles: " + ", ".join(
        f"{printable(name)} {n:,}" for name, n in counts.items()
    )
    title = "Near-duplicate articles by pair of outlets"
    return _section(
        "Who shares copy with whom?",
        finding,
        picture=_bars(counts, title=title, unit="pairs of articles"),
        alt=alt,
        caption=title,
    )


def _section_words(articles: pd.DataFrame, keyness: pd.DataFrame, tests: int) -> dict[str, object]:
    largest = _largest(articles["outlet"].value_counts()).index
    rows = []
    for outlet in largest:
        own = keyness[keyness["outlet"] == outlet].head(TERMS)
        rows.append((printable(outlet), ", ".join(map(printable, own["term"])) or "none"))
    tests = f"{tests:,}" if tests else "no"
    finding = f"The words furthest above the rest of the archive, p below 0.05 after adjusting over {tests} tests."
    return _section("Which words set an outlet apart?", finding, header=["outlet", "words"], rows=rows)


def _section_boilerplate(boilerplate: pd.DataFrame) -> dict[str, object]:
    top = boilerplate.sort_values(["articles", "outlet", "text"], ascending=[False, True, True]).head(MOST)
    rows = [(printable(row.outlet), printable(row.text)[:140], f"{row.articles:,}") for row in top.itertuples()]
    finding = f"{len(boilerplate):,} lines recur across an outlet's articles and were set apart before counting."
    return _section("What is page furniture?", finding, header=["outlet", "line", "articles"], rows=rows, numbers=[2])
