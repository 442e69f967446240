import numpy as np
import pytest

from summit_analysis import NotDefinedError
from summit_analysis.measures.naming import panels, unused_forms

CODEBOOK = """
[[referent]]
id = "event"
label = "the meeting"
forms = ["meeting", "summit*", "talks", "parley"]
[[referent]]
id = "next"
label = "the next meeting"
forms = ["next meeting", "return visit"]
"""
TEXTS = {
    "a.txt": "The summit ended. A next meeting may come. Lund said: “The talks, the summit!”",
    "b.txt": "The meeting ended. The meeting failed.\nAlso Read: Ten summits\n",
}


@pytest.fixture
def tables(tables_of):
    return tables_of(TEXTS, codebook=CODEBOOK)


def test_each_naming_is_a_row_with_its_place(tables):
    table = tables["naming_evidence"]
    assert table[["referent", "form", "article", "voice", "text"]].to_numpy().tolist() == [
        ["event", "summit*", "a", "own", "summit"],
        ["event", "talks", "a", "quoted", "talks"],
        ["event", "summit*", "a", "quoted", "summit"],
        ["event", "meeting", "b", "own", "meeting"],
        ["event", "meeting", "b", "own", "meeting"],
        ["next", "next meeting", "a", "own", "next meeting"],
    ]
    for row in table.itertuples():
        text = tables.corpus.texts[row.article]
        assert text[row.start : row.end] == row.text
        assert row.position == row.start / len(text)
        assert row.text in row.sentence


def test_counts_and_shares_by_hand(tables):
    table = tables["naming"].set_index(["referent", "form", "article"])
    assert len(table) == 12
    row = table.loc[("event", "summit*", "a")]
    assert row[["count", "own", "quoted", "total"]].tolist() == [2, 1, 1, 3]
    assert row["share"] == pytest.approx(2 / 3)
    assert table.loc[("event", "summit*", "b"), "share"] == 0
    assert np.isnan(table.loc[("next", "next meeting", "b"), "share"])


def test_forms_that_count_nowhere_are_told(tables):
    assert [note.split(": ")[1].split(" is found")[0] for note in unused_forms(tables["naming"])] == [
        "form 'parley' of referent 'event'",
        "form 'return visit' of referent 'next'",
    ]
    assert sum("parley" in note for note in tables.notes) == 1


def test_panels_hold_what_two_outlets_name_in_two_ways(tables):
    table = panels(tables["naming"], tables.codebook.referents, tables["arrangement"])
    assert set(table["referent"]) == {"event"}
    assert table[["article", "form", "share", "left"]].to_numpy().tolist()[:3] == [
        ["a", "meeting", 0.0, 0.0],
        ["a", "summit*", pytest.approx(2 / 3), 0.0],
        ["a", "talks", pytest.approx(1 / 3), pytest.approx(2 / 3)],
    ]
    # Nothing is shared: the divergence is 1. G2 = 2 (2 ln(2 / 1.2) + 1 ln(1 / 0.6) + 2 ln(2 / 0.8)).
    assert table["divergence"].iloc[0] == pytest.approx(1)
    assert table["g2"].iloc[0] == pytest.approx(2 * (3 * np.log(5 / 3) + 2 * np.log(2.5)))
    # Of ten ways to give b two of the five namings, two give it both of one form.
    assert table["p"].iloc[0] == pytest.approx(0.2, abs=0.02)


def test_forms_beyond_the_most_used_are_joined(tables):
    table = panels(tables["naming"], tables.codebook.referents, tables["arrangement"], most=2)
    assert table.groupby("form")["count"].sum().to_dict() == {"meeting": 2, "other forms": 3}


def test_alike_naming_diverges_by_nothing(tables_of):
    same = tables_of({"a.txt": "Talks at a summit.", "b.txt": "Talks at a summit."}, codebook=CODEBOOK)
    table = same["naming_panels"]
    assert set(table["divergence"]) == set(table["g2"]) == {0.0}
    assert set(table["p"]) == {1.0}


def test_panels_are_ordered_by_chance_and_not_by_size(tables_of):
    many = "".join(f"They said {word} {n}. " for n, word in enumerate(["alpha", "beta", "gamma", "delta", "omega"] * 3))
    texts = {f"{n}.txt": many + f"It was a {'war' if n < 3 else 'conflict'}. " * 6 for n in range(6)}
    texts["0.txt"] += "Alpha, alpha and alpha. Beta."
    book = (
        '[[referent]]\nid = "greek"\nlabel = "letters"\nforms = ["alpha", "beta", "gamma", "delta", "omega"]\n'
        '[[referent]]\nid = "war"\nlabel = "the war"\nforms = ["war", "conflict"]\n'
    )
    first = tables_of(texts, codebook=book)["naming_panels"].drop_duplicates("referent").set_index("referent")
    assert first.loc["war", "panel"] == 0 and first.loc["war", "p"] < 0.001 < 0.5 < first.loc["greek", "p"]


def test_without_referents_naming_is_not_defined(tables_of):
    tables = tables_of(TEXTS)
    with pytest.raises(NotDefinedError, match="referents"):
        tables["naming"]
    assert tables.notes == []


def test_one_article_has_counts_but_no_panels(tables_of):
    tables = tables_of({"a.txt": TEXTS["a.txt"]}, codebook=CODEBOOK)
    assert tables["naming"]["count"].sum() == 4
    assert tables["naming_panels"].empty
    assert "shown" in tables["naming_panels"]


def test_two_forms_that_fit_the_same_words_count_once(tables_of):
    book = '[[referent]]\nid = "p"\nlabel = "p"\nforms = ["peace*", "peace"]\n'
    tables = tables_of({"a.txt": "Peace came.", "b.txt": "War came."}, codebook=book)
    assert tables["naming"].query("article == 'a'")["count"].tolist() == [1, 0]


def test_other_scripts_have_exact_offsets(tables_of):
    book = '[[referent]]\nid = "m"\nlabel = "m"\nforms = ["встреч*", "القمة", "会议"]\n'
    texts = {"a.txt": "Была встреча. 😀 Встречи нет.", "b.txt": "انتهت القمة اليوم.", "c.txt": "重要会议今天召开。"}
    tables = tables_of(texts, codebook=book)
    spans = [tables.corpus.texts[r.article][r.start : r.end] for r in tables["naming_evidence"].itertuples()]
    assert spans == tables["naming_evidence"]["text"].tolist() == ["встреча", "Встречи", "القمة", "会议"]
