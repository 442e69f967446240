"""The fault table: what scraped folders contain, carried by each way to keep a story, and what a user must get.

Outcomes: ``right`` (the right result, with a note where a user would want one), ``set aside`` (that document alone, with
its reason), ``clear error`` (file, place, what was found and how to mend it; nothing written). A module holds the cases of
one class or of a few kindred ones.
"""

from __future__ import annotations

import re

from benchmarks.fault_cases import companions, corpora, encodings, hostile, output, runaway, tables
from benchmarks.fault_cases.table import ASIDE, ERROR, RIGHT, Build, Case

__all__ = ["ASIDE", "CASES", "ERROR", "RIGHT", "Build", "Case", "matches", "pairs"]

GROUPS = (
    encodings.BYTES, tables.TABLES, corpora.CORPUS, hostile.HOSTILE, output.FIGURES, output.WRITING, output.DETERMINISM,
    companions.BESIDE, runaway.RUNAWAY, runaway.FULL,
)  # fmt: skip
CASES: list[Case] = [case for group in GROUPS for case in group.cases]


def pairs() -> list[tuple[Case, str]]:
    """Return each case with each carrier that it applies to."""
    return [(case, carrier) for case in CASES for carrier in case.carriers]


def matches(pattern: str, text: str) -> bool:
    """Return whether `pattern` stands in `text`, over line ends too."""
    return bool(re.search(pattern, text, re.DOTALL))
