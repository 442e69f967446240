import json

import numpy as np
import pandas as pd
import pytest
from tests_root import ROOT

from summit_analysis import load_corpus
from summit_analysis.analysis import tables
from summit_analysis.errors import StoryError
from summit_analysis.judgements import AUTOMATIC
from summit_analysis.measures import claim_coding
from summit_analysis.measures.claim_coding import COLUMNS, code_claims
from summit_analysis.statistics import wilson

CASES = ROOT / "tests" / "coding_cases"
FILLER = "The weather in the valley was fine. Shops stayed open late. A choir sang in the square. Buses ran as usual."


@pytest.fixture
def code(tables_of):
    """Return a function from texts and statements to the automatic codings, by claim and article."""

    def run(texts, *statements, cues=(), **options):
        codebook = "".join(
            f"[[claim]]\nid = 'c{n}'\nstatement = {json.dumps(statement, ensure_ascii=False)}\n"
            + (f"cues = {json.dumps(list(cues))}\n" if cues else "")
            for n, statement in enumerate(statements)
        )
        t = tables_of({f"{name}.txt": text for name, text in texts.items()}, codebook=codebook)
        return code_claims(t.corpus, t.codebook, t["segments"], t["quotations"], **options).set_index(
            ["claim", "article"]
        )

    return run


@pytest.mark.parametrize(
    ("sentence", "statement", "status"),
    [
        ("Mayor Lund opened the new bridge on Tuesday.", "Lund opened the bridge on Tuesday.", "asserts"),
        ("Mayor Lund inaugurated the new crossing on Tuesday.", "Lund opened the bridge on Tuesday.", "asserts"),
        ("Mayor Lund opened the new bridge on Wednesday.", "Lund opened the bridge on Tuesday.", "contradicts"),
        ("The talks lasted nearly four hours.", "The talks lasted about two and a half hours.", "contradicts"),
        ("The talks lasted around two and a half hours.", "The talks lasted 2½ hours.", "asserts"),
        ("The dam is not in danger.", "The dam is in danger.", "contradicts"),
        ("Editor Bo Ek was not invited to the gala.", "Ek was invited to the gala.", "contradicts"),
        ("Editor Bo Ek was not invited to the gala.", "Ek was not invited to the gala.", "asserts"),
        ("The council rejected the budget.", "The council accepted the budget.", "contradicts"),
        ("Police could arrest the suspect.", "Police arrested the suspect.", "partial"),
        ("The river is deep.", "The council accepted the budget.", "absent"),
    ],
)  # fmt: skip
def test_a_sentence_is_coded(code, sentence, statement, status):
    found = code({"a": f"{FILLER} {sentence} {FILLER}"}, statement).loc[("c0", "a")]
    assert found["status"] == status
    if status != "absent":
        assert found["evidence"] == sentence


ONE_OF = {"not told": ("absent", "contradicts"), "not in full": ("absent", "contradicts", "partial")}


@pytest.mark.parametrize(
    ("sentence", "statement", "status"),
    [
        # numbers and quoted words
        ("The talks were shorter than the seven hours planned.", "The talks lasted two and a half hours.", "not in full"),
        ("After nearly four hours of talks the envoys left by the back door.", "The talks lasted nearly three hours.", "contradicts"),
        ("The chairman spoke of a fresh start with the union.", "The chairman told the union to “clear the air”.", "not in full"),
        ("The chairman called the visit “extremely fruitful”.", "The chairman called the visit “very fruitful”.", "partial"),
        ("The chairman called the visit “very fruitful”.", "The chairman called the visit “very fruitful”.", "asserts"),
        # who did it to whom
        ("The company sued the union.", "The union sued the company.", "not told"),
        ("The union was sued by the company.", "The union sued the company.", "not told"),
        ("The company was sued by the union.", "The union sued the company.", "asserts"),
        ("The union was sued by the company.", "The company was sued by the union.", "not told"),
        ("The company sued the union.", "The company was sued by the union.", "not told"),
        ("The union sued the company.", "The company was sued by the union.", "asserts"),
        ("The company sued the union. The union then sued the company.", "The union sued the company.", "asserts"),
        ("Mayor Ada Jones spoke first. He criticised Bo Smith.", "Smith criticised Jones.", "not told"),
        ("Mayor Bo Smith spoke first. He criticised Ada Jones.", "Smith criticised Jones.", "asserts"),
        ("Bo Smith was criticised by Ada Jones.", "Smith criticised Jones.", "not told"),
        ("Ada Jones was criticised by Bo Smith.", "Smith criticised Jones.", "asserts"),
        ("The mayor and the bishop met the farmers.", "The farmers met the mayor.", "asserts"),
        # negation and exclusion
        ("The mayor was left out of the gala.", "The mayor was not included in the gala.", "asserts"),
        ("The mayor was left out of the gala.", "The mayor was included in the gala.", "not told"),
        ("The editor was barred from the opening.", "The editor was invited to the opening.", "not told"),
        ("The ban on fishing stays in force.", "The ban on fishing was lifted.", "not told"),
        ("The ban on fishing was lifted.", "The ban on fishing was lifted.", "asserts"),
        ("Ek said that the tunnel would not have collapsed.", "There is no evidence that the tunnel would not have collapsed.", "not told"),
        ("The boat was insured, but not for its full value.", "The boat was insured for its full value.", "not in full"),
        ("The boat was insured, but not for its full value.", "The boat was insured.", "asserts"),
        ("The banker was found guilty on 14 of 19 charges.", "The banker was found guilty of every charge.", "not told"),
        ("The banker was found guilty on nearly all charges.", "The banker was found guilty of all charges.", "not told"),
        ("The banker was found guilty on all charges.", "The banker was found guilty of every charge.", "asserts"),
        ("Rail tickets will cost 5 per cent more in spring.", "Rail tickets will not become more expensive in spring.", "not told"),
    ],
)  # fmt: skip
def test_what_conflicts_or_lacks_is_not_asserted(code, sentence, statement, status):
    found = code({"a": f"{FILLER} {sentence} {FILLER}"}, statement).loc[("c0", "a")]
    assert found["status"] in ONE_OF.get(status, (status,))


def test_a_contradiction_says_what_conflicts(code):
    texts = {"a": "All but two villages were reached.", "b": "On Monday the villages were reached."}
    statements = ("All villages were reached.", "The villages were reached on Sunday.")
    found = code(texts, *statements)
    assert found.loc[("c0", "a"), "note"] == "a part for the whole"
    assert found.loc[("c1", "b"), "note"] == "another number, day or date"


def test_the_wrong_agent_does_not_tell_it(code):
    text = f"{FILLER} Editor Bo Ek accused Mayor Ada Lund of fraud. {FILLER} Mayor Ada Lund said nothing to Ek."
    found = code({"a": text}, "Ek accused Lund of fraud.", "Lund accused Ek of fraud.")
    assert found["status"].tolist() == ["asserts", "absent"]
    assert found["score"].iloc[0] > found["score"].iloc[1]


def test_evidence_may_be_spread_over_two_sentences(code):
    text = f"{FILLER} Editor Bo Ek left the party. He quit over the tax on diesel. {FILLER}"
    found = code({"a": text}, "Ek left the party over the diesel tax.").loc[("c0", "a")]
    assert found["status"] in ("asserts", "partial")
    assert "left the party" in found["nearest"] or "diesel" in found["nearest"]


def test_what_is_absent_keeps_its_nearest_sentence_and_score(code):
    found = code({"a": f"{FILLER} The bridge is blue."}, "The bridge collapsed under forty lorries.").loc[("c0", "a")]
    assert (found["status"], found["evidence"]) == ("absent", "")
    assert found["nearest"] == "The bridge is blue."
    assert 0 < found["score"] < claim_coding.TOLD
    assert found["trace"] in ("below", "none")


def test_a_cue_sharpens(code):
    text = f"{FILLER} The vessel struck a sandbank off Tormey. {FILLER}"
    without = code({"a": text}, "The Lady Marren met with an accident.")["score"].iloc[0]
    found = code({"a": text}, "The Lady Marren met with an accident.", cues=["sandbank"])
    assert found["score"].iloc[0] >= 0.5 > without
    assert found["evidence"].iloc[0] == "The vessel struck a sandbank off Tormey."


def test_a_function_that_embeds_counts_as_much_as_the_words(code):
    def embed(texts):
        return np.array([[1.0, 0.0] if "vessel" in text or "ship" in text else [0.0, 1.0] for text in texts])

    text = f"{FILLER} The vessel keeled over. {FILLER}"
    found = code({"a": text}, "The ship was lost.", embed=embed).loc[("c0", "a")]
    assert found["nearest"] == "The vessel keeled over."
    assert found["score"] >= 0.5


def test_a_statement_in_other_letters_of_the_same_alphabet_is_absent_from_english_texts(code):
    found = code({"a": FILLER, "b": "They met on Friday."}, "Zażółć gęślą jaźń.")
    assert found["status"].tolist() == ["absent", "absent"]


@pytest.mark.parametrize(
    "statement", ["Путин встретился с Трампом.", "首脳会談は金曜日に開かれた。", "التقى الرئيسان يوم الجمعة"]
)
def test_a_statement_in_another_alphabet_is_left_uncoded_and_said_so(tables_of, statement):
    codebook = (
        f"[[claim]]\nid = 'other'\nstatement = '{statement}'\n\n[[claim]]\nid = 'own'\nstatement = 'It rained.'\n"
    )
    t = tables_of({"a.txt": f"It rained on “Привет” Street. {FILLER}", "b.txt": FILLER}, codebook=codebook)
    assert set(t["claims"]["claim"]) == {"own"}
    assert [note for note in t.notes if "'other'" in note and "alphabet" in note]


OTHER_STORY = [
    "Thieves stole a gold cup from the Hallam Museum.",
    "The guard Tomek Ruhl was locked in a broom cupboard.",
    "The burglars climbed through a skylight.",
    "Detectives found a glove beside the display case.",
    "Director Wray offered a reward for the cup.",
]


def test_a_codebook_of_another_story_is_not_coded_and_said_so_in_one_sentence(tables_of):
    claims = "".join(f"[[claim]]\nid = 'c{n}'\nstatement = '{text}'\n" for n, text in enumerate(OTHER_STORY))
    rest = (
        "[[referent]]\nid = 'cup'\nlabel = 'The cup'\nforms = ['gold cup', 'trophy']\n"
        "[[frame]]\nid = 'crime'\nlabel = 'Crime'\nterms = ['burglar', 'theft']\n"
    )
    texts = {"a.txt": FILLER, "b.txt": "Ferry services resumed. The director of the harbour offered a refund."}
    notes = tables_of(texts, codebook=claims + rest).notes
    assert len(notes) == 1 and "does not seem to be for these articles" in notes[0] and "5 of its 5 claims" in notes[0]
    assert "claims" not in tables_of(texts, codebook=claims)
    own = tables_of({"a.txt": " ".join(OTHER_STORY), "b.txt": FILLER}, codebook=claims)
    assert own.notes == [] and (own["claims"]["status"] == "asserts").sum() == 5


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (lambda texts: np.ones(len(texts)), "shape"),
        (lambda texts: np.ones((len(texts) - 1, 2)), "shape"),
        (lambda texts: np.ones((len(texts), 0)), "shape"),
        (lambda texts: None, "shape"),
        (lambda texts: [[1.0]] * (len(texts) - 1) + [[1.0, 2.0]], "no table of numbers"),
        (lambda texts: ["near"] * len(texts), "no table of numbers"),
        (lambda texts: np.full((len(texts), 2), np.nan), "not finite in row 0"),
        (lambda texts: np.array([[1.0]] * (len(texts) - 1) + [[np.inf]]), "not finite in row"),
    ],
)
def test_what_an_embedding_must_return(code, made, found):
    with pytest.raises(StoryError, match=found) as error:
        code({"a": FILLER}, "It rained on Friday.", embed=made)
    assert "one row of finite numbers for each" in str(error.value)


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("Президент посетил завод в пятницу.", "Президент посетил завод."),
        ("首脳会談は金曜日にアラスカで開かれた。", "首脳会談は金曜日に開かれた。"),
        ("Die Brücke wurde am Dienstag eröffnet.", "Die Brücke wurde am Dienstag eröffnet."),
    ],
)
def test_other_languages_are_compared_as_they_stand(code, sentence, statement):
    found = code({"a": f"{sentence}\n\n{FILLER}", "b": FILLER}, statement)
    assert found["status"].tolist() == ["asserts", "absent"]


def test_a_statement_of_stop_words_is_left_uncoded_and_said_so(tables_of):
    codebook = (
        "[[claim]]\nid = 'empty'\nstatement = 'It was then.'\n\n[[claim]]\nid = 'real'\nstatement = 'It rained.'\n"
    )
    t = tables_of({"a.txt": "It rained. It was then.", "b.txt": "It snowed."}, codebook=codebook)
    assert set(t["claims"]["claim"]) == {"real"}
    assert any("'empty'" in note for note in t.notes)


def test_only_stop_words_leave_nothing_to_compare(tables_of):
    t = tables_of(
        {"a.txt": "It rained.", "b.txt": "It snowed."}, codebook="[[claim]]\nid = 'e'\nstatement = 'It was then.'\n"
    )
    assert "no codings.csv" in t.left_out("claims")


def test_one_article_is_coded(code):
    found = code({"a": "It rained on Friday."}, "It rained on Friday.", "Wolves crossed the frozen lake.")
    assert found["status"].tolist() == ["asserts", "absent"]


def test_the_columns_and_the_spans_hold(alaska):
    auto = code_claims(alaska.corpus, alaska.codebook, alaska["segments"], alaska["quotations"])
    assert tuple(auto.columns) == COLUMNS
    assert len(auto) == len(alaska.codebook.claims) * len(alaska.corpus.texts)
    assert auto["score"].between(0, 1).all()
    for row in auto.itertuples():
        assert alaska.corpus.texts[row.article][row.nearest_start : row.nearest_end] == row.nearest
        if row.status != "absent":
            assert alaska.corpus.texts[row.article][row.start : row.end] == row.evidence
        else:
            assert row.evidence == ""


@pytest.mark.parametrize("story", ["bridge", "flood", "strike", "theft"])
def test_invented_stories_are_coded_as_a_reader_codes_them(story):
    """A floor well below what is measured, so that a change for the worse is seen and one of a pair is not."""
    t = tables(load_corpus(CASES / story))
    told = t["agreement"].set_index(["coder", "status"]).loc[(AUTOMATIC, "told")]
    assert told["f1"] >= 0.8
    assert told["evidence"] >= 0.85
    assert wilson(1, 1)[0] < told["f1_low"] <= told["f1"] <= told["f1_high"]


def test_where_an_article_first_tells_a_claim(tables_of):
    book = '[[claim]]\nid = "c"\nstatement = "The ferry Lady Marren ran aground off Tormey."\n'
    text = "The ferry Lady Marren ran aground. Ada Lund spoke of the weather. The ferry Lady Marren ran aground off Tormey on Friday."
    table = tables_of({"a.txt": text, "b.txt": "Ada Lund likes fish."}, codebook=book)["claims"].set_index("article")
    row = table.loc["a"]
    assert row["status"] == "asserts" and row["evidence"].endswith("on Friday.")
    assert row["first"] == text[row["first_start"] : row["first_end"]] == "The ferry Lady Marren ran aground."
    assert row["first_position"] == 0 < row["position"]
    assert table.loc["b", "first"] == "" and pd.isna(table.loc["b", "first_start"])
