"""An output folder takes a result only where nothing is lost by it."""

import hashlib
import os
from pathlib import Path

import pytest

from summit_analysis.errors import StoryError
from summit_analysis.publish import output


@pytest.mark.parametrize(
    ("out", "message"),
    [("story/out", "inside the story"), (".", "holds the story"), ("file", "is a file")],
)
def test_places_that_are_refused(out, message, tmp_path):
    (tmp_path / "story").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(StoryError, match=message):
        output.check_place(tmp_path / "story", tmp_path / out)


def test_only_what_the_manifest_lists_is_replaced(tmp_path):
    (tmp_path / "table.csv").write_text("a")
    with pytest.raises(StoryError, match="not from an earlier run"):
        output.check_content(tmp_path)
    output.write_manifest(tmp_path, story="story")
    output.check_content(tmp_path)
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoryError, match=r"thesis\.txt"):
        output.check_content(tmp_path)


def test_a_story_on_another_drive_is_named_in_full(tmp_path, monkeypatch):
    assert output.way_to(tmp_path / "story", tmp_path / "out") == str(Path("..") / "story")

    def two_drives(path, start):
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(os.path, "relpath", two_drives)
    assert output.way_to(tmp_path / "story", tmp_path / "out") == str(tmp_path / "story")


def test_the_hash_of_a_file(tmp_path):
    (tmp_path / "a").write_bytes(b"abc" * 100_000)
    assert output.hash_of(tmp_path / "a") == hashlib.sha256(b"abc" * 100_000).hexdigest()
