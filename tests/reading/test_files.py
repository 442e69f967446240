import pytest

from summit_analysis import StoryError
from summit_analysis.decoding import UndecodableError
from summit_analysis.reading import files


def test_a_file_beyond_the_limit_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("12345")
    assert files.read_bytes(tmp_path, "a.txt") == b"12345"
    monkeypatch.setattr(files, "SIZE_LIMIT", 4)
    with pytest.raises(UndecodableError, match="larger than"):
        files.read_bytes(tmp_path, "a.txt")


def test_a_name_that_no_file_can_have_is_a_reason_and_no_crash(tmp_path):
    for name in ("a\x00b", "x" * 5000):
        with pytest.raises(UndecodableError):
            files.read_bytes(tmp_path, name)


def test_an_optional_file_is_none_where_it_is_missing_or_the_story_is_one_file(tmp_path):
    table = tmp_path / "articles.csv"
    table.write_text("x")
    (tmp_path / "codebook.toml").write_text("")
    assert files.story_file(tmp_path, "codings.csv") is None
    assert files.story_file(tmp_path, "codebook.toml") == b""
    assert files.story_file(table, "codebook.toml") is None


def test_an_optional_file_that_leads_out_of_the_folder_is_an_error(tmp_path):
    (tmp_path / "story").mkdir()
    (tmp_path / "codebook.toml").write_text("")
    (tmp_path / "story" / "codebook.toml").symlink_to(tmp_path / "codebook.toml")
    with pytest.raises(StoryError, match="leads out"):
        files.story_file(tmp_path / "story", "codebook.toml")
