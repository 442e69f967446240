"""The data dictionary says what the tables hold."""

import re

import pytest
from tests_root import ROOT

from summit_analysis.analysis import WRITTEN, WRITTEN_OF_SOME
from summit_analysis.publish.dictionary import dictionary

PAGE = dictionary()
TOLD = dict(re.findall(r"^## (\w+)\n\n(.*?)(?=\n## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def test_the_page_is_that_of_the_docstrings():
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == PAGE


def told(column: str, words: str) -> bool:
    """Whether `words` name the column, or its measure and that it has such a side ("each measure's _low and _high", "for each side start")."""
    measure, _, side = column.rpartition("_")
    named = bool(re.search(rf"\b{measure}(_a)?\b", words))
    return bool(re.search(rf"\b{column}\b", words)) or (
        named and (side in ("a", "b") or (side in ("low", "high") and f"_{side}" in words))
    )


def test_claims_are_told_for_people_and_for_the_automatic_coder():
    for words in (
        "by hand, one row per claim",
        "coded by rule (coder `auto`)",
        "score (the probability",
        "trace (`words`",
    ):
        assert words in TOLD["claims"]
    assert re.search(r"nearest_start, nearest_end, nearest \(the best sentence", TOLD["claims"])


@pytest.mark.parametrize("name", [*WRITTEN, *WRITTEN_OF_SOME])
def test_a_table_s_text_says_what_a_row_is_and_names_its_columns(name, alaska):
    assert re.search(r"\b[Oo]ne row per\b", TOLD[name])
    if name in alaska:
        assert [column for column in alaska[name] if not told(column, TOLD[name])] == []
