import os

import pandas as pd
import pytest

from summit_analysis import StoryError, load_codebook, load_corpus
from summit_analysis.corpus import MOST_ARTICLES, iso_date
from summit_analysis.story_check import check_story

TEXT = "The leaders met. They spoke."


def test_a_table_gives_ids_outlets_and_texts(write_story):
    story = write_story(
        {"b.txt": TEXT, "a.txt": "Another fish."},
        articles="outlet,file,article,published,role\nThe NA,texts/b.txt,007,2025-08-16T01:00:00+02:00,\nnull,texts/a.txt,,,wire\n",
    )
    corpus = load_corpus(story)
    assert corpus.articles[["article", "outlet", "published", "role"]].to_numpy().tolist() == [
        ["007", "The NA", "2025-08-15T23:00:00+00:00", "article"],
        ["a", "null", "", "wire"],
    ]
    assert corpus.articles["day"].tolist() == ["2025-08-16", ""]
    assert dict(corpus.texts) == {"007": TEXT, "a": "Another fish."}


@pytest.mark.parametrize("place", ["texts", "."])
def test_a_folder_of_texts_needs_no_table(tmp_path, place):
    (tmp_path / place).mkdir(exist_ok=True)
    for name in ("b", "a"):
        (tmp_path / place / f"{name}.txt").write_text(TEXT)
    corpus = load_corpus(tmp_path)
    assert list(corpus.articles["outlet"]) == list(corpus.articles["article"]) == ["a", "b"]


def test_the_corpus_is_frozen(write_story):
    corpus = load_corpus(write_story({"a.txt": TEXT}))
    with pytest.raises(AttributeError):
        corpus.name = "other"
    with pytest.raises(TypeError):
        corpus.texts["a"] = "other"


def test_no_file_is_lost(write_story):
    story = write_story(
        {
            "good.txt": TEXT,
            "curly.txt": "“Yes”".encode("cp1252"),
            "empty.txt": "",
            "blank.txt": " \n\u00a0\n",
            "stops.txt": "It was the one.",
            "letters.txt": "a b c",
            "broken.txt": b"caf\x81\xff",
            "paper.txt": b"%PDF-1.4",
            "unlisted.txt": TEXT,
        },
        articles="outlet,file\n"
        + "".join(
            f"{n},texts/{n}.txt\n"
            for n in ("good", "curly", "empty", "blank", "stops", "letters", "broken", "paper", "missing")
        )
        + "short\n",
    )
    report = load_corpus(story).load_report.set_index("file")
    assert report["outcome"].value_counts().to_dict() == {"set aside": 9, "analysed": 2}
    assert report.loc["texts/curly.txt", "encoding"] == "cp1252"
    assert report.loc["texts/missing.txt", "reason"] == "the file does not exist"
    assert report.loc["texts/unlisted.txt", "reason"] == "articles.csv does not list it"
    assert report.loc["", "reason"] == "articles.csv, line 11: fields are missing"
    assert report.loc["texts/blank.txt", "reason"] == "it holds white space only"
    assert report.loc["texts/stops.txt", "reason"] == "it holds nothing but stop words"
    assert report.loc["texts/letters.txt", "reason"] == "it holds no word of two letters or more"


def test_what_is_named_txt_but_is_no_file_is_set_aside(write_story):
    story = write_story({"good.txt": TEXT, ".hidden.txt": TEXT})
    (story / "texts" / "folder.txt").mkdir()
    os.mkfifo(story / "texts" / "pipe.txt")
    (story / "texts" / "loop.txt").symlink_to(story / "texts" / "loop.txt")
    (story / "texts" / "out.txt").symlink_to("/etc/hostname")
    report = load_corpus(story).load_report.set_index("file")["reason"]
    assert report["texts/folder.txt"] == "it is a folder"
    assert report["texts/pipe.txt"] == "it is no regular file"
    assert report["texts/.hidden.txt"] == "it is a hidden file"
    assert "cannot be read" in report["texts/loop.txt"] or "does not exist" in report["texts/loop.txt"]
    assert "out of the story" in report["texts/out.txt"]


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        ("outlet\nx\n", "articles.csv, line 1: no column 'file'"),
        ("outlet,file\nx,texts/a.txt\ny,texts/a.txt\n", "line 2 and line 3: the article id 'a' is given twice"),
        ("outlet,file\n,texts/a.txt\n", "line 2, column outlet: is empty"),
        ("outlet,file\nx,../a.txt\n", "line 2, column file: '../a.txt' lies outside"),
        ("outlet,file\nx,/etc/passwd\n", "lies outside"),
        ("outlet,file\nx,https://example.org/a.txt\n", "nothing is fetched"),
        ("outlet,file,published\nx,texts/a.txt,03/04/2025\n", "column published: '03/04/2025' is not an ISO 8601 date"),
        ("outlet,file,role\nx,texts/a.txt,agency\n", "column role: 'agency' is neither"),
        ("outlet,file,encoding\nx,texts/a.txt,klingon\n", "column encoding: 'klingon' is no encoding"),
    ],
)
def test_a_faulty_table_is_one_clear_error(write_story, articles, message):
    with pytest.raises(StoryError, match=message):
        load_corpus(write_story({"a.txt": TEXT}, articles=articles))


def test_all_faults_of_a_table_are_reported_at_once(write_story):
    story = write_story({"a.txt": TEXT}, articles="outlet,file,role\n,texts/a.txt,agency\nx,,\n")
    with pytest.raises(StoryError) as error:
        load_corpus(story)
    assert [fault.where for fault in error.value.faults] == [
        "line 2, column outlet",
        "line 2, column role",
        "line 3, column file",
    ]


def test_a_link_out_of_the_folder_is_an_error_when_listed(write_story, tmp_path):
    (tmp_path / "secret.txt").write_text(TEXT)
    story = write_story({"a.txt": TEXT}, articles="outlet,file\nx,texts/link.txt\n")
    (story / "texts" / "link.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(StoryError, match="leads out of the story's folder"):
        load_corpus(story)


def test_texts_that_are_not_read_are_in_the_report(write_story):
    story = write_story({"a.txt": TEXT, "sub/b.txt": TEXT, "c.md": TEXT})
    (story / "d.txt").write_text(TEXT)
    report = load_corpus(story).load_report.set_index("file")["reason"]
    assert report.to_dict() == {
        "d.txt": "it lies outside the folder of the texts",
        "texts/a.txt": "",
        "texts/c.md": "it is not named .txt",
        "texts/sub/b.txt": "it lies outside the folder of the texts",
    }


@pytest.mark.parametrize("name", ["articles.csv", "codebook.toml", "codings.csv"])
@pytest.mark.parametrize("make", ["pipe", "broken link", "link out"])
def test_a_story_file_that_is_no_plain_file_is_an_error(write_story, tmp_path, name, make):
    story = write_story({"a.txt": TEXT})
    (tmp_path / "outside").write_text("outlet,file\nx,texts/a.txt\n")
    if make == "pipe":
        os.mkfifo(story / name)
    else:
        (story / name).symlink_to(tmp_path / ("outside" if make == "link out" else "nothing"))
    with pytest.raises(StoryError, match=name):
        load_codebook(load_corpus(story))


@pytest.mark.parametrize("make", ["missing", "file", "empty", "nothing usable"])
def test_a_folder_without_a_usable_text_is_an_error(tmp_path, make):
    story = tmp_path / "story"
    if make == "file":
        story.write_text(TEXT)
    elif make != "missing":
        story.mkdir()
    if make == "nothing usable":
        (story / "a.txt").write_bytes(b"")
    with pytest.raises(StoryError, match=r"no such folder|is neither a folder nor a file|no document can be used"):
        load_corpus(story)


def test_messages_show_escapes_instead_of_sending_them_to_the_terminal(write_story):
    story = write_story({"a.txt": TEXT}, articles="outlet,file,role\nx,texts/a.txt,\x1b[31mred\n")
    with pytest.raises(StoryError) as error:
        load_corpus(story)
    assert "\x1b" not in str(error.value)
    assert "\\x1b[31mred" in str(error.value)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ""),
        ("2025-08-16", "2025-08-16"),
        ("2025-08-16T09:30:00", "2025-08-16T09:30:00"),
        ("2025-08-16T00:30:00+02:00", "2025-08-15T22:30:00+00:00"),
    ],
)
def test_dates_are_iso_and_times_are_utc(written, read):
    assert iso_date(written) == read


@pytest.mark.parametrize("written", ["16.8.2025", "2025-13-01", "August 16", "20250816"])
def test_other_dates_are_refused(written):
    with pytest.raises(ValueError, match="ISO 8601"):
        iso_date(written)


def test_the_order_of_files_on_disk_does_not_matter(write_story):
    one = load_corpus(write_story({"b.txt": TEXT, "a.txt": TEXT}, folder="one"))
    two = load_corpus(write_story({"a.txt": TEXT, "b.txt": TEXT}, folder="two"))
    pd.testing.assert_frame_equal(one.articles, two.articles)


def test_an_archive_is_refused_before_anything_is_compared(tmp_path):
    rows = [f"a{n},Outlet {n},Boats came.\n" for n in range(MOST_ARTICLES + 1)]
    story = tmp_path / "story.csv"
    story.write_text("".join(["article,outlet,text\n", *rows[:-1]]))
    assert len(load_corpus(story).articles) == MOST_ARTICLES
    story.write_text("".join(["article,outlet,text\n", *rows]))
    (fault,) = check_story(story).faults
    assert fault.found.startswith(f"{MOST_ARTICLES + 1} articles")
    assert f"summit-analysis archive {story} --out" in fault.mend


def test_an_archive_of_files_is_sent_to_a_table_first(tmp_path, monkeypatch):
    monkeypatch.setattr("summit_analysis.corpus.MOST_ARTICLES", 2)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(TEXT)
    with pytest.raises(StoryError, match=r"3 articles.*up to 2 → .*one CSV"):
        load_corpus(tmp_path)
    (tmp_path / "c.txt").write_text("")  # what is set aside is not compared
    assert len(load_corpus(tmp_path).articles) == 2
