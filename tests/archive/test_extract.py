"""A story of an archive becomes a folder that the small path takes."""

import pandas as pd
import pytest
from archive_rows import article, events

from summit_analysis import analysis, load_corpus
from summit_analysis.archive import run
from summit_analysis.archive.engines import Local
from summit_analysis.archive.extract import extract
from summit_analysis.errors import StoryError


@pytest.fixture
def made(write_archive, tmp_path):
    rows = events(3, outlets=3)
    rows[0] |= {
        "article": "../../etc/e00-0",
        "title": "=1+1",
        "url": "javascript:alert(1)",
        "text": rows[0]["text"] + "\r\nÜber",
    }
    run.archive(write_archive(rows), tmp_path / "out", engine=Local(1))
    stories = pd.read_parquet(tmp_path / "out" / "stories.parquet")
    return tmp_path / "out", stories.set_index("article")["story"], rows


def test_the_folder_is_a_story(made, tmp_path):
    out, story, rows = made
    listing = extract(out, story["e00-1"], tmp_path / "story")
    assert listing["article"].tolist() == ["../../etc/e00-0", "e00-1", "e00-2"]
    corpus = load_corpus(tmp_path / "story")
    assert corpus.texts["../../etc/e00-0"] == rows[0]["text"].replace("\r\n", "\n")
    assert corpus.articles["outlet"].tolist() == ["outlet0", "outlet1", "outlet2"]
    assert corpus.articles["title"].iloc[0] == "=1+1" and corpus.articles["url"].iloc[0] == ""
    assert len(analysis.tables(corpus)["similarity"]) == 9


def test_faults(made, tmp_path, write_archive):
    out, story, _ = made
    with pytest.raises(StoryError, match="there is no story 'nine'"):
        extract(out, "nine", tmp_path / "story")
    with pytest.raises(StoryError, match="is no output of an archive"):
        extract(tmp_path, story["e00-1"], tmp_path / "story")
    (tmp_path / "file").write_text("in the way of a folder")
    with pytest.raises(StoryError, match="story: cannot be written: Not a directory"):
        extract(out, story["e00-1"], tmp_path / "file" / "story")
    write_archive([article(n) for n in range(9)])
    with pytest.raises(StoryError, match="no longer holds article"):
        extract(out, story["e00-1"], tmp_path / "story")
    (tmp_path / "story").mkdir()
    (tmp_path / "story" / "mine.txt").write_text("mine")
    with pytest.raises(StoryError, match="not empty"):
        extract(out, story["e00-1"], tmp_path / "story")
