"""The data dictionary: what a row and each column of every written table is, taken from the docstrings of the measures.

``python -m summit_analysis.publish.dictionary`` prints the page that stands in ``docs/tables.md``.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable
from itertools import pairwise
from types import ModuleType

from summit_analysis import analysis
from summit_analysis.corpus import Corpus
from summit_analysis.measures import claim_coding, claims, reuse

OPENING = """# The tables

Every table that `summit-analysis run` writes, as `tables/NAME.csv` in UTF-8 with one header row. This page is made from the
docstrings of the functions that make the tables; `python -m summit_analysis.publish.dictionary > docs/tables.md` writes it
anew. Offsets (`start`, `end`) count Unicode code points of the article's text from 0, `end` not included. An empty cell means
that a value is not defined. A text cell that a spreadsheet could take for a formula has an apostrophe before it.
[The tables of an archive](archive.md#what-comes-out) have a page of their own.
"""

# Where several functions make a table or its rows in turn: those before the last.
FIRST = {
    "claims": (claims.place_codings, claim_coding.code_claims),
    "coverage_independent": (claims.coverage,),
    "reuse": (reuse.compare,),
    "reuse_edits": (reuse.compare,),
}


def dictionary() -> str:
    """Return the data dictionary as Markdown: a heading and a text for each table that a run writes."""
    parts = [OPENING]
    for name in (*analysis.WRITTEN, *analysis.WRITTEN_OF_SOME):
        parts += [f"## {name}\n", f"{_told(name)}\n"]
    return "\n".join(parts)


def _told(name: str) -> str:
    if name == "load_report":
        return _attribute(inspect.getdoc(Corpus) or "", name)
    told = (_plain(function) for function in (*FIRST.get(name, ()), maker_of(name)))
    return "\n\n".join(words for words in told if words)


def _plain(function: Callable) -> str:
    words = inspect.getdoc(function) or ""
    words = re.split(r"\n(?:Raises|Returns|Parameters|Attributes)\n-+\n", words)[0].strip()
    return words.replace("``", "`")


def _attribute(words: str, name: str) -> str:
    """Return what a docstring says of the attribute `name`."""
    found = re.search(rf"^{name}\n((?:    .*\n?|\n)+)", words, re.MULTILINE)
    return inspect.cleandoc(found[1]).replace("``", "`") if found else ""


def maker_of(name: str) -> Callable:
    """Return the function of a measure that makes table `name`.

    An entry of `analysis.MAKERS` calls it first, by its module and name.
    """
    maker = analysis.MAKERS[name]
    known = vars(analysis)
    for module, name_in_it in pairwise((*maker.__code__.co_names, "")):
        if isinstance(known.get(module), ModuleType):
            # A name that module and function share is there once.
            for function in (getattr(known[module], name, None) for name in (name_in_it, module)):
                if inspect.isfunction(function):
                    return function
    return maker


if __name__ == "__main__":
    sys.stdout.write(dictionary())
