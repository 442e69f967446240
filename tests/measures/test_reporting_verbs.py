import pytest

from summit_analysis.measures.reporting_verbs import STANCES, marks

TEXTS = {
    "a.txt": "“It went well,” said Ada Lund. Ada Lund claimed that the vote was won. “No,” Bo Marsh insisted.",
    "b.txt": "Ada Lund whinged that the vote was lost. According to Bo Marsh, it rained.",
}


def test_acts_of_speech_have_verb_stance_and_place(tables_of):
    tables = tables_of(TEXTS)
    table = tables["reports"]
    assert table[["article", "speaker", "verb", "lemma", "stance", "form"]].to_numpy().tolist() == [
        ["a", "Ada Lund", "said", "say", "neutral", "direct"],
        ["a", "Ada Lund", "claimed", "claim", "doubting", "indirect"],
        ["a", "Bo Marsh", "insisted", "insist", "assertive", "direct"],
    ]
    for row in table.itertuples():
        assert tables.corpus.texts[row.article][row.start : row.end] == row.text


def test_verbs_are_counted_by_article_and_speaker(tables_of):
    texts = TEXTS | {"a.txt": TEXTS["a.txt"] + " Ada Lund said that it rained."}
    table = tables_of(texts)["verbs"]
    assert table[["speaker", "verb", "count", "direct", "indirect"]].to_numpy().tolist() == [
        ["Ada Lund", "said", 2, 1, 1],
        ["Ada Lund", "claimed", 1, 0, 1],
        ["Bo Marsh", "insisted", 1, 1, 0],
    ]


def test_the_codebook_adds_verbs_and_turns_the_list_s(tables_of):
    book = '[[verb]]\nform = "whinged"\nstance = "mocking"\n[[verb]]\nform = "Claim"\nstance = "neutral"\n'
    table = tables_of(TEXTS, codebook=book)["verbs"].set_index("verb")["stance"]
    assert table["whinged"] == "mocking"
    assert table["claimed"] == "neutral"


@pytest.mark.parametrize("texts", [{"a.txt": "It rained."}, {"a.txt": "Rain", "b.txt": "Snow fell."}])
def test_without_speech_the_tables_are_empty(tables_of, texts):
    tables = tables_of(texts)
    assert tables["verbs"].empty
    assert tables["verb_marks"].empty
    assert list(tables["verbs"].columns[:5]) == ["article", "speaker", "verb", "stance", "count"]


def test_marks_put_the_most_quoted_first_and_the_rest_together(tables_of):
    tables = tables_of(TEXTS)
    table = marks(tables["reports"], tables["arrangement"], most=1)
    assert table[["name", "column", "line", "acts", "quoted", "rank"]].to_numpy().tolist() == [
        ["Ada Lund", 0, 0, 1, 1, STANCES.index("neutral")],
        ["Ada Lund", 0, 1, 1, 0, STANCES.index("doubting")],
        ["everybody else", 1, 0, 1, 1, STANCES.index("assertive")],
    ]
