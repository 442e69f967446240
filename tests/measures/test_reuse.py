import pytest

from summit_analysis import NotDefinedError
from summit_analysis.measures.reuse import compare, side_by_side

COPY = "The exhausted divers surfaced beside a sunken tanker and waved towards the helicopter."
OTHER = "Nobody slept."


@pytest.fixture
def compared(tables_of):
    def make(*texts):
        tables = tables_of({f"a{n}.txt": text for n, text in enumerate(texts)})
        return compare(tables.corpus.texts, tables["segments"], tables["quotations"])

    return make


def test_a_sentence_word_for_word(compared):
    found = compared(f"{OTHER} {COPY}", f"{COPY.replace('divers', 'DIVERS,')} Fish swim.")
    [row] = found.passages.to_dict("records")
    assert (row["kind"], row["voice"], row["words"], row["score"], row["edits"]) == ("verbatim", "own", 12, 26, 0)
    assert row["text_a"] == COPY[:-1]
    assert (row["start_a"], row["start_b"]) == (14, 0)
    # exhausted, divers, surfaced, sunken, tanker, waved, helicopter ... all of them rare here
    assert row["rarity"] == row["own_rarity"] > 4
    assert row["evidence"] == pytest.approx(row["own_rarity"] - 1.2)
    assert found.edits.empty


def test_an_edited_sentence_and_its_edits(compared):
    changed = "The exhausted divers finally surfaced beside a tanker and signalled to the helicopter."
    found = compared(COPY, changed)
    whole = found.passages[~found.passages["part"]]
    [row] = whole.to_dict("records")
    assert (row["kind"], row["words"], row["edits"]) == ("edited", 9, 3)
    assert [tuple(e) for e in found.edits[["kind", "text_a", "text_b", "quoted"]].to_numpy()] == [
        ("added", "", "finally", False),
        ("dropped", "sunken", "", False),
        ("replaced", "waved towards", "signalled to", False),
    ]
    for edit in found.edits.itertuples():
        assert COPY[edit.start_a : edit.end_a] == edit.text_a
        assert changed[edit.start_b : edit.end_b] == edit.text_b
    added = found.edits.iloc[0]
    assert (added["start_a"], added["end_a"]) == (20, 20)  # behind "divers"


def test_runs_within_an_edited_passage_are_parts_of_it(compared):
    changed = COPY.replace("waved towards", "signalled to")
    table = compared(COPY, changed).passages
    part = table[table["part"]].iloc[0]
    assert (part["text_a"], part["words"], part["passage"]) == (
        "The exhausted divers surfaced beside a sunken tanker and", 8, 1,
    )  # fmt: skip


def test_an_edit_inside_a_quotation_is_marked(compared):
    said = "“The exhausted divers surfaced beside a sunken tanker,” Lund said."
    found = compared(said, said.replace("sunken", "burning"))
    [edit] = found.edits.to_dict("records")
    assert (edit["text_a"], edit["text_b"], edit["quoted"]) == ("sunken", "burning", True)
    [row] = found.passages[~found.passages["part"]].to_dict("records")
    assert (row["quoted_edits"], row["voice"], row["evidence"]) == (1, "mixed", 0.0)


def test_a_number_that_differs_is_no_verbatim_run(compared):
    found = compared("Divers searched the flooded tunnel for 3 days.", "Divers searched the flooded tunnel for 5 days.")
    whole = found.passages[~found.passages["part"]].iloc[0]
    assert (whole["kind"], whole["edits"]) == ("edited", 1)
    assert found.edits["text_a"].tolist() == ["3"]


def test_names_and_titles_are_found_but_sink(compared):
    name = "Russian Foreign Ministry Spokeswoman Maria Zakharova"
    [row] = compared(f"It was {name} again.", f"A word from {name} came.").passages.to_dict("records")
    assert (row["words"], row["kind"], row["rarity"], row["evidence"]) == (6, "verbatim", 0.0, 0.0)


def test_a_passage_told_twice_counts_once(compared):
    once = compared(f"{COPY} {OTHER} {COPY}", COPY).passages["evidence"].sum()
    assert once == pytest.approx(compared(COPY, COPY).passages["evidence"].sum(), rel=0.1)


@pytest.mark.parametrize("texts", [(COPY, "Fish swim."), ("Fish swim.", "War ended.")])
def test_nothing_in_common_is_an_empty_table(compared, texts):
    found = compared(*texts)
    assert found.passages.empty and found.edits.empty
    assert found.prose["article"].tolist() == ["a0", "a1"]


def test_one_article_is_not_compared(compared):
    with pytest.raises(NotDefinedError):
        compared(COPY)


def test_every_span_is_the_text_it_says(alaska):
    texts = alaska.corpus.texts
    for table in (alaska["reuse"], alaska["reuse_edits"]):
        for row in table.itertuples():
            assert texts[row.article_a][row.start_a : row.end_a] == row.text_a
            assert texts[row.article_b][row.start_b : row.end_b] == row.text_b


def test_passages_of_a_pair_side_by_side(alaska):
    articles = alaska["articles"]
    table = side_by_side(alaska["reuse"], articles, ("topnewsplus", "continental-defence"), most=5)
    assert table["label_a"].unique().tolist() == ["TopNewsPlus"]
    assert len(table) == 5
    starts = [alaska.corpus.texts["topnewsplus"].index(text) for text in table["text_a"]]
    assert starts == sorted(starts)
    turned = side_by_side(alaska["reuse"], articles, ("continental-defence", "topnewsplus"), most=5)
    assert set(turned["text_b"]) == set(table["text_a"])
