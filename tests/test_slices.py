"""What a sliced measurement keeps, and when it measures again."""

import pytest

from benchmarks import slices
from benchmarks.slices import Slices, TimeUpError


def refuse():
    raise AssertionError("measured twice")


def test_what_was_measured_is_read_back(tmp_path):
    kept = tmp_path / "kept.jsonl"
    assert Slices(kept).get("a", lambda: (1, "x")) == [1, "x"]
    assert Slices(kept).get("a", refuse) == [1, "x"]


def test_another_state_of_the_code_is_measured_again(tmp_path, monkeypatch):
    kept = tmp_path / "kept.jsonl"
    Slices(kept).get("a", lambda: 1)
    monkeypatch.setattr(slices, "_hash_of_code", lambda: "another")
    assert Slices(kept).get("a", lambda: 2) == 2


def test_a_slice_ends_in_time_and_gives_what_it_knows(tmp_path):
    kept = tmp_path / "kept.jsonl"
    Slices(kept).get("a", lambda: 1)
    over = Slices(kept, minutes=-1)
    assert over.get("a", refuse) == 1
    with pytest.raises(TimeUpError):
        over.get("b", refuse)
