import tomllib

import pytest
from tests_root import ALASKA
from typer.testing import CliRunner

from summit_analysis import StoryError, load_corpus
from summit_analysis.cli import app
from summit_analysis.codebook import load_codebook
from summit_analysis.publish import draft
from summit_analysis.publish.draft import draft_codebook, save_draft

TEXTS = {
    "gull.txt": "The ferry ran aground near Norby harbour. “It is lost,” Ada Lund said. Lund wept at the cease-fire.",
    "heron.txt": "Near Norby harbour the ferry ran aground. “It sank,” said Mayor Ada Lund. The ceasefire held.",
}


def test_a_draft_is_a_codebook_as_it_is(write_story):
    draft = draft_codebook(write_story(TEXTS))
    story = write_story(TEXTS, folder="drafted", codebook=draft)
    book = load_codebook(load_corpus(story))
    assert "The ferry ran aground near Norby harbour." in book.claims["statement"].tolist()
    assert book.speakers["name"].tolist() == ["Ada Lund"]
    assert set(book.speakers["aliases"].iloc[0]) == {"Lund", "Mayor Ada Lund"}
    assert ["cease-fire", "ceasefire"] in book.referents["forms"].map(sorted).tolist()


def test_a_form_that_fits_two_speakers_is_nobodys_and_a_first_name_is_no_country(write_story):
    texts = {
        "gull.txt": "“It sank,” Mary Smith said. “It did not,” John Smith said. When President Smith left, Ellen Smith wept.",
        "heron.txt": "“It sank,” said Kenyan President Mary Smith. “No,” said Senator John Smith. President Smith left.",
    }
    draft = draft_codebook(write_story(texts))
    forms = {entry["name"]: set(entry["aliases"]) for entry in tomllib.loads(draft)["speaker"]}
    assert forms == {"Mary Smith": {"Kenyan President Mary Smith"}, "John Smith": {"Senator John Smith"}}
    load_codebook(load_corpus(write_story(texts, folder="drafted", codebook=draft)))


@pytest.mark.parametrize(
    ("run", "fits"),
    [
        ("Lund", True),
        ("Prime Minister Lund", True),
        ("Ada Lund", True),
        ("Israeli Prime Minister Ada Lund", True),
        ("French President Lund", True),
        ("U.S. Secretary Lund", True),
        ("Secretary of State Ada Lund", True),
        ("John Lund", False),
        ("Ellen Lund", False),
        ("Brian President Lund", False),
        ("When President Lund", False),
        ("Russian Lund", False),
    ],
)
def test_what_may_stand_before_a_surname(run, fits):
    assert draft._names(run.split(), ["Ada", "Lund"]) == fits


def test_what_is_left_out_says_how_many_articles_tell_it(write_story, monkeypatch):
    monkeypatch.setattr(draft, "MOST_CLAIMS", 0)
    texts = {"gull.txt": "The ferry ran aground near Norby harbour. Rescuers carried lanterns across the frozen marsh."}
    texts["heron.txt"] = texts["gull.txt"]
    texts["tern.txt"] = "The ferry ran aground near Norby harbour. Nobody else was seen."
    assert "# 2 more, told by 2 to 3 articles, left out." in draft_codebook(write_story(texts))
    monkeypatch.setattr(draft, "MOST_CLAIMS", 1)
    assert "# 1 more, told by 2 articles, left out." in draft_codebook(write_story(texts, folder="again"))


def test_source_sentences_stand_above_each_claim(write_story):
    lines = draft_codebook(write_story(TEXTS)).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("[[claim]]"))
    assert lines[at - 3] == "# told by 2 articles"
    assert lines[at - 2].startswith("# gull: ") or lines[at - 2].startswith("# heron: ")
    assert lines[at - 2].endswith(" ran aground near Norby harbour.") or "Near Norby" in lines[at - 2]


def test_the_draft_of_the_bundled_story_loads_and_is_the_same_twice(write_story):
    draft = draft_codebook(ALASKA)
    assert draft == draft_codebook(ALASKA)
    entries = tomllib.loads(draft)
    assert len(entries["claim"]) >= 15
    assert len({claim["id"] for claim in entries["claim"]}) == len(entries["claim"])
    assert "Donald Trump" in [speaker["name"] for speaker in entries["speaker"]]


def test_hostile_text_stays_inside_strings_and_comments(write_story):
    texts = {
        f"{n}.txt": 'The "ferry"\\ ran aground\x1b[31m near Norby\u2028harbour \x7f"""\n[[claim]]\nid = 3\n'
        for n in "ab"
    }
    tomllib.loads(
        draft_codebook(write_story(texts, articles='outlet,file\n"[[x]] # ""y""",texts/a.txt\nB,texts/b.txt\n'))
    )


def test_stories_without_anything_alike(write_story):
    draft = draft_codebook(write_story({"a.txt": "Fish swim in cold water.", "b.txt": "Birds fly over towers."}))
    assert "there is no claim to suggest" in draft
    assert tomllib.loads(draft) == {}
    with pytest.raises(StoryError, match="fewer than two"):
        draft_codebook(write_story({"a.txt": "Fish swim in cold water."}))


def test_a_file_that_is_there_is_never_replaced(write_story, tmp_path):
    story, target = write_story(TEXTS), tmp_path / "codebook.toml"
    save_draft(story, target)
    kept = target.read_text()
    assert kept == draft_codebook(story)
    with pytest.raises(StoryError, match="is there already"):
        save_draft(story, target)
    assert target.read_text() == kept


def test_the_command_prints_or_writes_the_draft(write_story, tmp_path):
    story = write_story(TEXTS)
    printed = CliRunner().invoke(app, ["suggest-claims", str(story)])
    assert (printed.exit_code, printed.stdout) == (0, draft_codebook(story))
    again = CliRunner().invoke(app, ["suggest-claims", str(story), "--to", str(story)])
    assert again.exit_code == 1
    assert CliRunner().invoke(app, ["suggest-claims", str(story), "--to", str(tmp_path / "new.toml")]).exit_code == 0
    assert (tmp_path / "new.toml").read_text() == printed.stdout
