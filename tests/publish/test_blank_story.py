import re

import pytest

from summit_analysis import StoryError
from summit_analysis.publish.blank_story import lay_out
from summit_analysis.story_check import check_story


def test_a_new_story_is_accepted_once_it_is_filled_in(tmp_path):
    story = tmp_path / "story"
    assert "articles.csv" in lay_out(story)
    assert check_story(story).faults  # there is no article yet
    (story / "texts" / "my-article.txt").write_text("The carpet was red. “They met,” said Ada Lund.")
    with (story / "articles.csv").open("a") as file:
        file.write("my-article,The Example,texts/my-article.txt,,2025-08-16,,,\n")
    assert check_story(story).faults == ()


def test_the_examples_are_accepted_too(tmp_path):
    story = tmp_path / "story"
    lay_out(story)
    (story / "articles.csv").unlink()
    (story / "texts" / "my-article.txt").write_text("The carpet was red. “They met,” said Ada Lund.")
    book = (story / "codebook.toml").read_text()
    (story / "codebook.toml").write_text(re.sub(r"(?m)^# (?=\[\[|\w+ =)", "", book))
    for name in ("codings", "corrections", "background"):
        (story / f"{name}.example.csv").rename(story / f"{name}.csv")
    checked = check_story(story)
    assert checked.faults == ()
    assert len(checked.codebook.claims) == len(checked.codebook.frames) == len(checked.codebook.codings) == 1


def test_nothing_that_is_there_is_touched(tmp_path):
    (tmp_path / "thesis.doc").write_text("x")
    for place in (tmp_path, tmp_path / "thesis.doc"):
        with pytest.raises(StoryError, match=r"is not empty|is a file"):
            lay_out(place)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.doc"]
