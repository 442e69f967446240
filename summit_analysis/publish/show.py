"""What a notebook cell ends with: sentences, tables and figures that say the same in every run.

Everything is escaped: a headline that holds markup, a link or a formula is shown as the characters that it is made of.
"""

from __future__ import annotations

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

    def __init__(self, table: pd.DataFrame, *, digits: int = 2) -> None:
        self.sides = ["right" if pd.api.types.is_numeric_dtype(kind) else "left" for kind in table.dtypes]
        self.table = table.map(_printed)
        self.digits = digits

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
        return re.sub("<td>", lambda _: f'<td style="text-align: {next(sides)};">', shown)

    def __repr__(self) -> str:
        with pd.option_context("display.max_colwidth", None):
            return self.table.to_string(**self._options())


def say(sentences: Iterable[str]) -> Sentences:
    """Show sentences made by `findings`."""
    return Sentences(sentences)


def rows(
    table: pd.DataFrame, columns: Iterable[str] | None = None, *, head: int | None = None, digits: int = 2
) -> Table:
    """Show `table`: the named `columns`, the first `head` rows, floats with `digits` digits."""
    shown = table if columns is None else table[list(columns)]
    return Table(shown if head is None else shown.head(head), digits=digits)


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
        return rows(tables[name], columns, head=head, digits=digits)
    except NotDefinedError as reason:
        return Sentences([f"No table here: {reason}."])
