"""How common words are beyond the story: ``background.csv``, counted in a larger corpus of the user's own."""

from __future__ import annotations

import math
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
        Term, written as the tables write it, to the documents that hold it: whole numbers above 0, ordered by term. Forms
        that become one are added up, so that a count may exceed `documents`; it then stands for all of them.
    documents
        How many documents that corpus has.
    occurrences
        The same terms to how often they stand there in all; empty where the file does not say.
    notes
        What was left out, one sentence each.
    expected
        The same terms to how often they stand there in all, reckoned from the documents that hold them where the file
        does not say: n documents of N, were a word spread over them by chance, hold it N ln((N + 1) / (N + 1 - n)) times
        (Poisson; Church & Gale 1995, Natural Language Engineering 1:163-190, who show that words come in clusters, so
        that this is rather too few).
    """

    counts: Mapping[str, int] = field(repr=False)
    documents: int
    occurrences: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    notes: tuple[str, ...] = ()

    @property
    def expected(self) -> Mapping[str, float]:
        """How often each term stands there, as the file says or as its documents let expect."""
        if self.occurrences:
            return self.occurrences
        n = self.documents
        return {term: n * math.log((n + 1) / (n + 1 - min(count, n))) for term, count in self.counts.items()}


def load_background(corpus: Corpus) -> Background | None:
    """Read ``background.csv`` of the corpus's folder: columns ``term`` and ``count``, and a row ``#documents``.

    The column ``occurrences`` may be left out, and the row ``#documents`` needs none.
    Terms are brought into the form of the tables: case is lowered, and forms that become one are added up. None where
    the story has no such file.

    Raises
    ------
    StoryError
        A term is empty or stands twice, a count is no whole number, a term occurs less often than there are documents
        that hold it, or the row ``#documents`` is missing or 0. All faults are listed.
    """
    raw = story_file(corpus.folder, BACKGROUND)
    if raw is None:
        return None
    faults: list[Fault] = []
    given: dict[str, tuple[int, int]] = {}
    lines: dict[str, int] = {}
    rows = read_rows(raw, name=BACKGROUND, required=("term", "count"), optional=("occurrences",))
    says_occurrences = any("occurrences" in row.cells for row in rows)
    for row in rows:
        term, place = row.cells.get("term", ""), f"line {row.line}"
        count, occurrences = _count(row, "count", faults), 0
        if says_occurrences and term != DOCUMENTS:
            before = len(faults)
            occurrences = _count(row, "occurrences", faults)
            if len(faults) == before and occurrences < count:
                found = f"{occurrences} is less than the {count} documents that hold the term"
                faults.append(
                    Fault(BACKGROUND, f"{place}, column occurrences", found, "count each time it stands there")
                )
        if not term:
            faults.append(Fault(BACKGROUND, f"{place}, column term", "is empty", "fill it in, or remove the row"))
        elif term in lines:
            found = f"{shortened(term)!r} stands on line {lines[term]} too"
            faults.append(Fault(BACKGROUND, f"{place}, column term", found, "keep one of the two"))
        lines.setdefault(term, row.line)
        given[term] = count, occurrences
    documents, _ = given.pop(DOCUMENTS, (0, 0))
    if not documents and not any(fault.where.startswith("line") for fault in faults):
        found = "no row '#documents' that says how many documents were counted"
        faults.append(Fault(BACKGROUND, "", found, "add a row such as #documents,12000"))
    if faults:
        raise StoryError(faults)
    counts: dict[str, int] = {}
    all_occurrences: dict[str, int] = {}
    unused = 0
    for term, (count, occurrences) in given.items():
        tokens = tokenise(term)
        if len(tokens) != 1:
            unused += 1
        elif count:
            counts[tokens[0].term] = counts.get(tokens[0].term, 0) + count
            all_occurrences[tokens[0].term] = all_occurrences.get(tokens[0].term, 0) + occurrences
    notes = (
        [f"{unused} of {len(given)} terms of {BACKGROUND} are left out: they are not one word each"] if unused else []
    )
    known = _by_term(all_occurrences if says_occurrences else {})
    return Background(_by_term(counts), documents, known, tuple(notes))


def _by_term(counts: dict[str, int]) -> Mapping[str, int]:
    return MappingProxyType(dict(sorted(counts.items())))


def _count(row: Row, column: str, faults: list[Fault]) -> int:
    written = row.cells.get(column, "")
    if written.isascii() and written.isdigit() and len(written) <= 15:
        return int(written)
    found = "fields are missing" if row.short else f"{shortened(written, 40)!r} is no whole number"
    mend = "give it as many commas as the header has" if row.short else "write digits alone, such as 1200"
    faults.append(Fault(BACKGROUND, f"line {row.line}, column {column}", found, mend))
    return 0
