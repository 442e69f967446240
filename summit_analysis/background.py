"""How common words are beyond the story: ``background.csv``, counted in a larger corpus of the user's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from summit_analysis.corpus import Corpus, story_file
from summit_analysis.errors import Fault, StoryError, shortened
from summit_analysis.strict_csv import Row, read_rows
from summit_analysis.text.terms import tokenise

BACKGROUND = "background.csv"
DOCUMENTS = "#documents"


@dataclass(frozen=True)
class Background:
    """Counts of terms in a larger corpus.

    Attributes
    ----------
    counts
        Term, written as the tables write it, to its count there: whole numbers above 0, ordered by term. What is
        counted is the documents that hold the term; a count above `documents` is one of occurrences.
    documents
        How many documents that corpus has.
    notes
        What was left out, one sentence each.
    """

    counts: Mapping[str, int] = field(repr=False)
    documents: int
    notes: tuple[str, ...] = ()


def load_background(corpus: Corpus) -> Background | None:
    """Read ``background.csv`` of the corpus's folder: columns ``term`` and ``count``, and a row ``#documents``.

    Terms are brought into the form of the tables: case is lowered, and forms that become one are added up. None where
    the story has no such file.

    Raises
    ------
    StoryError
        A term is empty or stands twice, a count is no whole number, or the row ``#documents`` is missing or 0. All
        faults are listed.
    """
    raw = story_file(corpus.folder, BACKGROUND)
    if raw is None:
        return None
    faults: list[Fault] = []
    given: dict[str, int] = {}
    lines: dict[str, int] = {}
    for row in read_rows(raw, name=BACKGROUND, required=("term", "count")):
        term, place = row.cells.get("term", ""), f"line {row.line}"
        count = _count(row, faults)
        if not term:
            faults.append(Fault(BACKGROUND, f"{place}, column term", "is empty", "fill it in, or remove the row"))
        elif term in lines:
            found = f"{shortened(term)!r} stands on line {lines[term]} too"
            faults.append(Fault(BACKGROUND, f"{place}, column term", found, "keep one of the two"))
        lines.setdefault(term, row.line)
        given[term] = count
    if not given.get(DOCUMENTS) and not any(fault.where.startswith("line") for fault in faults):
        found = "no row '#documents' that says how many documents were counted"
        faults.append(Fault(BACKGROUND, "", found, "add a row such as #documents,12000"))
    if faults:
        raise StoryError(faults)
    documents = given.pop(DOCUMENTS)
    counts: dict[str, int] = {}
    unused = 0
    for term, count in given.items():
        tokens = tokenise(term)
        if len(tokens) != 1:
            unused += 1
        elif count:
            counts[tokens[0].term] = counts.get(tokens[0].term, 0) + count
    notes = (
        [f"{unused} of {len(given)} terms of {BACKGROUND} are left out: they are not one word each"] if unused else []
    )
    return Background(MappingProxyType(dict(sorted(counts.items()))), documents, tuple(notes))


def _count(row: Row, faults: list[Fault]) -> int:
    written = row.cells.get("count", "")
    if written.isascii() and written.isdigit() and len(written) <= 15:
        return int(written)
    found = "fields are missing" if row.short else f"{shortened(written, 40)!r} is no whole number"
    mend = "give it as many commas as the header has" if row.short else "write digits alone, such as 1200"
    faults.append(Fault(BACKGROUND, f"line {row.line}, column count", found, mend))
    return 0
