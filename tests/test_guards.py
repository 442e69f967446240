"""The tests of the fault table are tests: where a guard is switched off, a row turns red.

`python -m benchmarks.guards` switches off all of them.
"""

import re
import subprocess
import sys

import pytest
from tests_root import ROOT

from benchmarks import fault_cases, guards

GUARDS = guards.guards()


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard["name"])
def test_a_guard_is_in_the_code_and_has_rows(guard):
    assert guard["old"] in (guards.PACKAGE / guard["file"]).read_text(encoding="utf-8")
    assert any(re.search(guard["rows"], f"{case.group}: {case.name}") for case in fault_cases.CASES)


def test_most_rows_have_a_guard():
    assert len(guards.rows_without_guard()) < len(fault_cases.CASES) / 10


def test_a_guard_that_is_off_turns_its_row_red():
    some = "ids are given once"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.guards", "--only", some],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("| `") == 1


def test_a_guard_that_is_gone_is_noticed():
    with pytest.raises(LookupError, match="no longer holds"):
        guards.Switched({"name": "gone", "file": "corpus.py", "old": "no such passage", "new": ""})
