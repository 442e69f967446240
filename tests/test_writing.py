"""A slice of `python -m benchmarks.writing`: whatever disturbs a run, the output folder holds one whole result."""

import os

import pytest

from benchmarks import writing
from summit_analysis.publish import atomic

if not hasattr(os, "fork"):
    pytest.skip("runs are killed in forked children, which this system has not", allow_module_level=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return writing.Folder(tmp_path_factory.mktemp("writing") / "tables")


def test_a_killed_run_leaves_a_whole_result(folder):
    assert writing.kill_tables(folder, 5)["torn or lost"] == 0
    assert folder.again()


def test_a_failing_write_leaves_the_earlier_result(folder):
    for operation, counts in writing.fail_each(folder, every=40).items():
        assert counts["failed calls"] > 0, operation
        assert (counts["torn or lost"], counts["left behind"]) == (0, 0), operation
        assert operation == "mkdir" or counts["clear error"] == counts["failed calls"], operation


def test_two_runs_at_once_leave_one_result(folder):
    assert writing.meet(folder, 3) == {"one whole result": 3, "torn or lost": 0}


def test_the_harness_sees_a_torn_result(folder):
    for spoil in ("manifest.json", "tables/articles.csv"):
        path = folder.out / spoil
        whole = path.read_bytes()
        path.write_bytes(whole[:-2])
        assert folder.state() is None
        path.write_bytes(whole)
    assert folder.state() is not None


def test_where_folders_cannot_change_places_in_one_step_two_steps_do(tmp_path, monkeypatch):
    monkeypatch.setattr(atomic, "_exchange", lambda *_: False)
    out = tmp_path / "out"
    for content in ("old", "new"):
        with atomic.staged(out) as staging:
            (staging / content).write_text(content)
    assert [p.name for p in out.iterdir()] == ["new"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
