import os

from summit_analysis.reading.folder import found_texts, listed_texts, story_files


def test_the_stem_is_id_and_outlet(write_story):
    (entry,) = found_texts(write_story({"a.b.txt": "Red."}))
    assert entry.cells == {"article": "a.b", "outlet": "a.b", "file": "texts/a.b.txt"}
    assert entry.content() == b"Red."


def test_a_name_with_a_control_character_is_set_aside(write_story):
    (entry,) = found_texts(write_story({"a\x1bb.txt": "Red."}))
    assert "control character" in entry.problem


def test_a_short_row_keeps_the_file_it_names(write_story):
    story = write_story({"a.txt": "Red.", "b.txt": "Blue."})
    entries = listed_texts(story, b"file,outlet,title\ntexts/a.txt,A\ntexts/b.txt,B,\n")
    assert [(entry.file, entry.problem) for entry in entries] == [
        ("texts/a.txt", "articles.csv, line 2: fields are missing"),
        ("texts/b.txt", ""),
    ]


def test_what_a_story_is_read_from_leaves_other_files_of_the_folder_out(tmp_path):
    for name in ("texts/a.txt", "texts/b.md", "codebook.toml", "photo.jpg", "sub/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    os.mkfifo(tmp_path / "texts" / "pipe.txt")
    names = [path.relative_to(tmp_path).as_posix() for path in story_files(tmp_path)]
    assert names == ["codebook.toml", "sub/c.txt", "texts/a.txt", "texts/b.md"]
    assert story_files(tmp_path / "codebook.toml") == [tmp_path / "codebook.toml"]
    assert story_files(tmp_path / "nothing") == []


def test_links_within_the_folder_and_files_listed_by_any_name_are_among_what_a_story_is_read_from(tmp_path):
    story = tmp_path / "story"
    for name in ("originals/a", "versions/2.toml", "texts/b.txt", "reports/c.md", "../outside.txt"):
        (story / name).parent.mkdir(parents=True, exist_ok=True)
        (story / name).write_text("x")
    (story / "texts" / "a.txt").symlink_to(story / "originals" / "a")
    (story / "texts" / "out.txt").symlink_to(tmp_path / "outside.txt")
    (story / "texts" / "loop.txt").symlink_to(story / "texts" / "loop.txt")
    (story / "codebook.toml").symlink_to(story / "versions" / "2.toml")
    rows = ["outlet,file", "A,texts/a.txt", "B,texts/b.txt", "C,reports/c.md", "D,../outside.txt", f"E,{'x' * 5000}"]
    (story / "articles.csv").write_text("\n".join(rows))
    names = [path.relative_to(story).as_posix() for path in story_files(story)]
    assert names == ["articles.csv", "codebook.toml", "reports/c.md", "texts/a.txt", "texts/b.txt"]
    (story / "articles.csv").write_text("a broken listing")
    assert story_files(story)
