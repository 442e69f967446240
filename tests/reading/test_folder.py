from summit_analysis.reading.folder import found_texts, listed_texts


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
