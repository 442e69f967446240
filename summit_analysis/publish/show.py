"""What a notebook cell ends with: sentences, tables and figures that say the same in every run.

Everything is escaped: a headline that holds markup, a link or a formula is shown as the characters that it is made of.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from itertools import cycle

import pandas as pd

from summit_analysis.errors import NotDefinedError, printable

# Markdown's marks, HTML's, MathJax's dollar, what would be linked by itself, and what would begin a list.
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|~&#@$]|:(?=//)|(?<=www)\.|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def escape_markdown(text: str) -> str:
    """Return the one-line `text` so that Markdown, HTML and MathJax leave it alone."""
    # MathJax looks for its dollars in the rendered text, so a mere entity would not stop it.
    return _MARKDOWN.sub(lambda m: "<span>$</span>" if m[0] == "$" else f"&#{ord(m[0])};", printable(text))


def unbroken(text: str) -> str:
    """Return `text` in which a number keeps its percent sign beside it where a line ends."""
    return re.sub(r"(?<=\d) (?=%)", "\N{NO-BREAK SPACE}", text)


class Sentences:
    """Sentences as a notebook shows them: the first stands out, the rest are a list."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)

    def _repr_markdown_(self) -> str:
        first, *rest = [unbroken(escape_markdown(sentence)) for sentence in self.sentences]
        return "\n".join([f"**{first}**", "", *(f"- {sentence}" for sentence in rest)])

    def __repr__(self) -> str:
        return "\n".join(printable(sentence) for sentence in self.sentences)


def _printed(cell: object) -> object:
    # pandas writes its own missing whole numbers out, whatever is to stand for what is missing.
    return printable(cell) if isinstance(cell, str) else "" if cell is pd.NA else cell


class Table:
    """A table as a notebook shows it: no index, whole cells, numbers rounded, everything escaped."""

    def __init__(self, table: pd.DataFrame, *, digits: int = 2, note: str = "") -> None:
        self.sides = ["right" if pd.api.types.is_numeric_dtype(kind) else "left" for kind in table.dtypes]
        self.table = table.map(_printed)
        self.digits, self.note = digits, note

    def _options(self) -> dict:
        return {"index": False, "na_rep": "", "float_format": lambda number: f"{number:.{self.digits}f}"}

    def _repr_html_(self) -> str:
        with pd.option_context(
            "display.max_colwidth", None, "display.html.use_mathjax", False, "display.html.border", 0
        ):
            shown = self.table.to_html(
                **self._options(), escape=True, render_links=False, max_rows=None, show_dimensions=False, justify="left"
            )
        # JupyterLab sets every cell to the right, which tears sentences apart.
        sides = cycle(self.sides)
        shown = re.sub("<td>", lambda _: f'<td style="text-align: {next(sides)};">', shown)
        return shown + (f"\n<p>{html.escape(printable(self.note))}</p>" if self.note else "")

    def __repr__(self) -> str:
        with pd.option_context("display.max_colwidth", None):
            shown = self.table.to_string(**self._options())
        return shown + (f"\n{printable(self.note)}" if self.note else "")


class Groups:
    """Tables below one another, each under its heading; those with many rows are to be opened."""

    def __init__(self, groups: Mapping[str, Table], *, opened: int) -> None:
        self.groups, self.opened = groups, opened

    def _repr_html_(self) -> str:
        return "\n".join(
            f'<details class="tex2jax_ignore mathjax_ignore"{" open" if len(table.table) <= self.opened else ""}>'
            f"<summary>{html.escape(printable(heading))}</summary>\n{table._repr_html_()}\n</details>"
            for heading, table in self.groups.items()
        )

    def __repr__(self) -> str:
        return "\n\n".join(f"{printable(heading)}\n{table!r}" for heading, table in self.groups.items())


def say(sentences: Iterable[str]) -> Sentences:
    """Show sentences made by `findings`."""
    return Sentences(sentences)


def rows(
    table: pd.DataFrame,
    columns: Iterable[str] | None = None,
    *,
    head: int | None = None,
    digits: int = 2,
    name: str = "",
) -> Table:
    """Show `table`: the named `columns`, the first `head` rows, floats with `digits` digits.

    Where there are more rows than `head`, a line says how many, and that all are in the table `name`.
    """
    shown = table if columns is None else table[list(columns)]
    if head is None or len(table) <= head:
        return Table(shown, digits=digits)
    note = f"The first {head} of {len(table):,} rows" + (f"; all are in tables[{name!r}]." if name else ".")
    return Table(shown.head(head), digits=digits, note=note)


def table(
    tables: Mapping[str, pd.DataFrame],
    name: str,
    columns: Iterable[str] | None = None,
    *,
    head: int | None = None,
    digits: int = 2,
) -> Table | Sentences:
    """Show table `name` of a story as `rows` does, or why the story has none."""
    try:
        return rows(tables[name], columns, head=head, digits=digits, name=name)
    except NotDefinedError as reason:
        return Sentences([f"No table here: {reason}."])


def groups(
    tables: Mapping[str, pd.DataFrame], name: str, columns: Iterable[str], *, by: Iterable[str], opened: int = 20
) -> Groups | Sentences:
    """Show all rows of table `name` in a table for each value of the columns `by`, or why the story has none.

    Groups stand in the order of the table, each headed by its values and its number of rows; of those with more than
    `opened` rows only the heading is seen until it is opened.
    """
    try:
        found = tables[name]
    except NotDefinedError as reason:
        return Sentences([f"No table here: {reason}."])
    if found.empty:
        return Sentences([f"The table “{name}” has no row."])
    wanted = list(columns)
    parts = found.groupby(list(by), sort=False)
    return Groups(
        {f"{', '.join(map(str, values))}: {len(part):,}": rows(part, wanted) for values, part in parts}, opened=opened
    )
