import tomllib
from importlib.resources import files

import numpy as np
import pytest

from summit_analysis import NotDefinedError, lexicons
from summit_analysis.measures.frames import stance_markers
from summit_analysis.text.forms import compile_form

CODEBOOK = """
[[frame]]
id = "peace"
label = "peace"
terms = ["peace*", "peace talks", "deal"]
[[frame]]
id = "talk"
label = "talking"
terms = ["talks"]
"""
TEXTS = {
    "a.txt": "Peace talks began. Peaceful fish swam. Lund said: “A deal is near.”",
    "b.txt": "War went on. Fish swam.",
}


def row(table, frame, article, voice):
    return table.set_index(["frame", "article", "voice"]).loc[(frame, article, voice)]


def test_terms_of_one_frame_count_once_and_frames_may_share_words(tables_of):
    table = tables_of(TEXTS, codebook=CODEBOOK)["frame_evidence"]
    assert table[["frame", "form", "text", "voice"]].to_numpy().tolist() == [
        ["peace", "peace talks", "Peace talks", "own"],
        ["peace", "peace*", "Peaceful", "own"],
        ["peace", "deal", "deal", "quoted"],
        ["talk", "talks", "talks", "own"],
    ]


def test_a_term_that_counts_nowhere_is_named(tables_of):
    codebook = CODEBOOK.replace('"talks"]', '"talks", "summit", "war *"]').replace('"deal"]', '"deal", "Deal"]')
    notes = tables_of(TEXTS, codebook=codebook).notes
    assert [note.removeprefix("codebook.toml: ").split(" is found")[0] for note in notes if "frame" in note] == [
        "term 'Deal' of frame 'peace'",
        "term 'summit' of frame 'talk'",
    ]


def test_rates_are_per_thousand_words_of_the_voice(tables_of):
    # a: "peace talks began peaceful fish swam lund said" own (8), "deal is near" quoted (3; "A" is no token).
    table = tables_of(TEXTS, codebook=CODEBOOK)["frames"]
    assert len(table) == 2 * 2 * 3
    own, quoted = row(table, "peace", "a", "own"), row(table, "peace", "a", "quoted")
    assert own[["count", "words", "rate"]].tolist() == [2, 8, 250]
    assert quoted[["count", "words"]].tolist() == [1, 3]
    assert quoted["rate"] == pytest.approx(1000 / 3)
    # Garwood's 95 % limits of one occurrence, over 3 words.
    assert [quoted["low"], quoted["high"]] == pytest.approx([0.025318 / 3 * 1000, 5.571643 / 3 * 1000], rel=1e-4)


def test_an_article_without_a_term_has_a_rate_of_zero_with_an_upper_limit(tables_of):
    none = row(tables_of(TEXTS, codebook=CODEBOOK)["frames"], "peace", "b", "own")
    assert none[["count", "rate", "low"]].tolist() == [0, 0, 0]
    assert none["high"] == pytest.approx(1000 * 3.688879 / 5, rel=1e-6)


def test_a_voice_that_an_article_lacks_has_no_rate(tables_of):
    table = row(tables_of(TEXTS, codebook=CODEBOOK)["frames"], "peace", "b", "quoted")
    assert np.isnan(table[["rate", "low", "high"]].astype(float)).all()
    assert table["count"] == 0


def test_panels_say_whether_intervals_meet(tables_of):
    texts = {"a.txt": "Peace peace peace. " * 40, "b.txt": "Fish swam far. " * 40}
    table = tables_of(texts, codebook=CODEBOOK)["frame_panels"]
    assert table.groupby("frame")["apart"].first().to_dict() == {"peace": True, "talk": False}
    assert set(table["voice"]) == {"own", "quoted"}


def test_one_article_has_rates(tables_of):
    assert len(tables_of({"a.txt": "Peace came."}, codebook=CODEBOOK)["frames"]) == 6


def test_without_frames_there_is_nothing_to_compare(tables_of):
    with pytest.raises(NotDefinedError, match="frames"):
        tables_of(TEXTS)["frames"]


def test_every_list_has_a_reference_and_forms_that_name_words_once():
    markers = stance_markers()
    assert markers["frame"].tolist() == ["hedge", "booster", "factive", "assertive", "positive", "negative"]
    for entry in markers.itertuples():
        assert "category" in entry.reference
        assert len(entry.terms) == len(set(entry.terms)) > 20
        assert all(compile_form(term).pattern.search(term.replace("*", "")) for term in entry.terms), entry.frame


def test_the_lists_say_what_licence_they_are_under():
    text = files(lexicons).joinpath("stance_markers.toml").read_text(encoding="utf-8")
    assert "compiled for" in text
    assert "MIT" in text
    assert all(set(entry) == {"label", "reference", "forms"} for entry in tomllib.loads(text).values())


def test_stance_counts_hedges_in_the_outlet_s_own_words(tables_of):
    table = tables_of({"a.txt": "It may rain. Lund said: “It may snow.”", "b.txt": "It rained in May."})["stance"]
    assert row(table, "hedge", "a", "own")["count"] == 1
    assert row(table, "hedge", "a", "quoted")["count"] == 1
