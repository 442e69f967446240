"""A slice of the fault table: what a scraped folder may hold, and what its user must get.

`python -m benchmarks.reliability` runs all of it, in every carrier, beside a plain baseline.
"""

import importlib
import json
import os

import pytest

from benchmarks import fault_cases, reliability
from benchmarks.fault_cases import ASIDE, ERROR, RIGHT
from summit_analysis.decoding import beyond_an_article

if not hasattr(os, "fork"):
    pytest.skip("cases run in forked children, which this system has not", allow_module_level=True)


SLOW = ("1 MB", "50 MB", "100,000", "sixty", "480 MB", "20,000", "2,000", "a million", "without end", "articles by")


def slice_of(pairs, size):
    """Return about `size` pairs: each class and outcome, spread over its cases and carriers, slow ones left out."""
    quick = [(c, carrier) for c, carrier in pairs if not any(w in c.name for w in SLOW)]
    return quick[:: max(1, len(quick) // size)]


PAIRS = slice_of(fault_cases.pairs(), 40)


@pytest.fixture(scope="module", autouse=True)
def imported():
    """Import what a run needs once, so that each forked child has it."""
    importlib.import_module("summit_analysis.cli")
    importlib.import_module("summit_analysis.publish.run")


@pytest.mark.parametrize(("case", "carrier"), PAIRS, ids=lambda part: getattr(part, "name", part))
def test_the_promise_is_kept(case, carrier):
    result = reliability.run_pair(case, carrier)
    assert (result.outcome, result.why) == (case.outcome, "")


def test_the_slice_has_every_class_and_every_promise():
    assert {case.group for case, _ in PAIRS} >= {"bytes", "tables", "corpus", "hostile", "figures", "writing"}
    assert {case.outcome for case, _ in PAIRS} == {RIGHT, ASIDE, ERROR}


def test_the_judge_sees_what_is_silently_wrong(tmp_path):
    """A run that shifts an offset, loses an article, or says nothing of one set aside must not pass for right."""
    case = next(c for c in fault_cases.CASES if c.name == "cp1252 curly quotes")
    place = tmp_path / "case"
    assert reliability.run_case(case, "csv", place).kept
    ended = reliability.Ended(0, "", "", 0.1)
    tables = place / "out" / "tables"
    for name, old, new in (
        ("segments", "\nc,1,sentence,0,", "\nc,1,sentence,1,"),
        ("segments", "“Boats” came", "Boats came"),
        ("articles", "\nc,", "\nd,"),
        ("load_report", ",c,analysed", ",c,set aside"),
        ("articles", "Coast Post", "=Coast Post"),
    ):
        path = tables / f"{name}.csv"
        whole = path.read_text(encoding="utf-8")
        assert old in whole, old
        path.write_text(whole.replace(old, new, 1), encoding="utf-8")
        outcome, why = reliability.judge(case, ended, place, place / "out", set())
        assert outcome != RIGHT or why, old
        path.write_text(whole, encoding="utf-8")
    assert reliability.judge(case, ended, place, place / "out", set()) == (RIGHT, "")


def test_the_judge_sees_what_a_page_would_run(tmp_path):
    payload = "<script>alert(1)</script>"
    case = next(c for c in fault_cases.CASES if c.name == "script in an outlet")
    place = tmp_path / "case"
    assert reliability.run_case(case, "csv", place).kept
    ended, out = reliability.Ended(0, "", "", 0.1), place / "out"
    cell = {"cell_type": "code", "outputs": [{"data": {"text/html": ["<p>", payload]}}]}
    pages = {"report.html": payload, "figures/words.svg": payload, "notebooks/1.ipynb": json.dumps({"cells": [cell]})}
    for name, page in pages.items():
        path = out / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(page.replace("<script>", "&lt;script&gt;"), encoding="utf-8")
        assert reliability.judge(case, ended, place, out, set()) == (RIGHT, "")
        path.write_text(page, encoding="utf-8")
        outcome, why = reliability.judge(case, ended, place, out, set())
        assert outcome == reliability.WRONG
        assert path.name in why
        path.unlink()


def test_texts_without_end_are_as_long_as_speakers_are_looked_for():
    cases = [case for case in fault_cases.CASES if case.name.endswith("without end") and "c" in case.texts]
    texts = [case.texts["c"] for case in cases if case.group == "made to run away"]
    assert len(texts) == 14
    for text in texts:
        assert not beyond_an_article(text)
        assert beyond_an_article(text + " " * 200) or beyond_an_article(text + "“" * 4)
