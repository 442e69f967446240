import json
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from summit_analysis.corpus import load_corpus
from summit_analysis.measures.commitment import COMMITMENTS, commit, commitment_of
from summit_analysis.text import quotations, segments

CASES = tomllib.loads(Path(__file__).with_name("commitment_cases.toml").read_text(encoding="utf-8"))["case"]


def judged(sentence, evidence, statement, **given):
    start = sentence.index(evidence)
    return commitment_of(sentence, (start, start + len(evidence)), [(0, len(sentence))], statement, **given)


@pytest.fixture(scope="module")
def read_off(tmp_path_factory):
    """Return the commitment of each case, read off an article of its own."""
    articles, rows = [], []
    for n, case in enumerate(CASES):
        text = case["text"] if "\n\n" in case["text"] else f"News of the week\n\n{case['text']}"
        start, end = text.index("⟦"), text.index("⟧") - 1
        articles.append({"article": f"{n:03}", "outlet": f"Outlet {n}", "text": text.replace("⟦", "").replace("⟧", "")})
        rows.append((str(n), f"{n:03}", case.get("status", "asserts"), start, end))
    path = tmp_path_factory.mktemp("commitment") / "articles.jsonl"
    path.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    corpus = load_corpus(path)
    found = segments.find_segments(corpus)
    none = pd.DataFrame(columns=["article", "start", "end", "field", "value", "note"])
    claims = pd.DataFrame(rows, columns=["claim", "article", "status", "start", "end"])
    statements = {str(n): case["statement"] for n, case in enumerate(CASES)}
    speech = quotations.find_quotations(corpus, found, {}, none)
    return commit(claims, statements, corpus, found, speech)["commitment"].tolist()


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: f"{CASES[n]['set']} {n}")
def test_invented_sentences(read_off, number):
    case = CASES[number]
    assert case["commitment"] in COMMITMENTS and case.get("missed") != case["commitment"]
    assert read_off[number] == case.get("missed", case["commitment"])


@pytest.mark.parametrize(("name", "least"), [("first", 60), ("second", 28), ("third", 28), ("held_out", 28)])
def test_how_many_of_each_set_are_read_off_rightly(read_off, name, least):
    right = [got == case["commitment"] for case, got in zip(CASES, read_off, strict=True) if case["set"] == name]
    assert sum(right) >= least


@pytest.mark.parametrize(
    ("sentence", "evidence", "expected"),
    [
        ("The bridge was closed on Monday.", "The bridge was closed", "fact"),
        ("Mayor Lund said that the bridge was closed.", "the bridge was closed", "attributed"),
        ("The bridge was closed, Mayor Lund said.", "The bridge was closed", "attributed"),
        ("According to police, the bridge was closed.", "the bridge was closed", "attributed"),
        ("The bridge was described as “closed” by police.", "The bridge was described as “closed”", "attributed"),
        ("The bridge may be closed by snow.", "The bridge may be closed", "hedged"),
        ("Reportedly, the bridge was closed.", "Reportedly, the bridge was closed", "hedged"),
        ("The bridge appeared to be closed.", "The bridge appeared to be closed", "hedged"),
        ("Lund appeared before the press on the closed bridge.", "the closed bridge", "fact"),
        ("Lund denied that the bridge was closed.", "the bridge was closed", "denied"),
        ("The bridge was closed, Lund said, though there is no evidence to support that assertion.", "The bridge was closed", "denied"),
        ("In May the mayor met reporters, and the bridge was closed.", "the bridge was closed", "fact"),
        ("The bridge was closed on 3 May.", "The bridge was closed on 3 May", "fact"),
        ("Engineers fear the bridge was closed too late.", "the bridge was closed", "attributed"),
        ("While Lund denied it, the bridge was closed.", "the bridge was closed", "fact"),
        ("Lund posted on X late on Monday that the bridge was closed.", "the bridge was closed", "attributed"),
        ("The bridge was closed, and police told drivers to turn back.", "The bridge was closed", "fact"),
        ("The bridge, which Lund says is safe, was closed.", "was closed", "fact"),
    ],
)  # fmt: skip
def test_grammar_around_the_evidence(sentence, evidence, expected):
    assert judged(sentence, evidence, "The bridge was closed.") == expected


def test_a_text_without_stops_is_read_around_the_evidence():
    text = "he said it may rain and " * 20_000
    assert commitment_of(text, (0, len(text)), [(0, len(text))], "It may rain.") == "attributed"


def test_what_stands_in_a_quotation_is_attributed():
    text = "“The bridge is closed.” Nobody asked why."
    assert judged(text, "The bridge is closed.", "The bridge is closed.", quoted=[(1, 22)]) == "attributed"


def test_a_denial_that_the_statement_makes_itself_is_told_as_fact():
    text = "There is no evidence that the bridge might be closed."
    assert judged(text, text[:-1], "There is no evidence of a closed bridge.") == "fact"
    assert judged(f"Lund said: {text}", text[:-1], "There is no evidence of a closed bridge.") == "attributed"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Mayor Lund said that the bridge was closed.", "fact"),
        ("The bridge may be closed, Lund said.", "fact"),
        ("Lund said the bridge was closed, though there is no evidence for that.", "fact"),
        ("According to the Herald, Lund said that the bridge was closed.", "attributed"),
        ("“Lund said the bridge was closed,” a clerk told the Herald.", "attributed"),
        ("Lund reportedly said that the bridge was closed.", "hedged"),
        ("Lund denied having said that the bridge was closed.", "denied"),
    ],
)
def test_that_somebody_said_something_is_a_claim_of_its_own(sentence, expected):
    assert judged(sentence, sentence[:-1], "Lund said that the bridge was closed.") == expected


@pytest.mark.parametrize("sentence", ["The bridge was not closed.", "The bridge was closed for nine days, Lund said."])
def test_what_contradicts_a_claim_denies_it_in_whatever_words(sentence):
    assert judged(sentence, sentence[:-1], "The bridge was closed for two days.", contradicts=True) == "denied"


def test_every_row_with_evidence_has_one(alaska):
    claims = alaska["claims"]
    told = claims["evidence"] != ""
    assert set(claims.loc[told, "commitment"]) <= set(COMMITMENTS)
    assert set(claims.loc[~told, "commitment"]) == {""}
    assert set(claims.loc[told & (claims["status"] == "contradicts"), "commitment"]) == {"denied"}
