"""Passages behind findings: the whole sentence, the span marked, everything escaped."""

import pandas as pd
import pytest

from summit_analysis.errors import NotDefinedError
from summit_analysis.publish import evidence

TEXTS = {
    "a.txt": "Nobody came. “It is <late>,” said Ann Lee, and they met on Friday at noon.",
    "b.txt": "They never met. Ann Lee said: “It is early.”",
    "c.txt": "Red plane and red carpet.",
}
CODEBOOK = "[[claim]]\nid = 'met'\nstatement = 'They met.'\ntheme = 'talks'\n"
CODINGS = (
    "claim,article,coder,status,evidence\n"
    "met,a,me,asserts,they met on Friday\nmet,b,me,contradicts,They never met\nmet,c,me,absent,\n"
)


@pytest.fixture
def tables(tables_of):
    return tables_of(TEXTS, codebook=CODEBOOK, codings=CODINGS)


def test_a_claim_shows_each_article_s_evidence_and_who_has_none(tables):
    (group,) = evidence.claims_told(tables)
    (claim,) = group.entries
    assert (group.heading, claim.title) == ("talks", "They met.")
    assert claim.about == "told by 1 of 3 articles, contradicted by 1"
    assert claim.remark == "Not found: c."
    shown = {passage.label: passage for row in claim.rows for passage in row}
    assert shown["a"].words == (
        "“It is &lt;late&gt;,” said Ann Lee, and <span class=\"span\">they met on Friday</span> at noon."
    )  # fmt: skip
    assert shown["b"].status == "contradicts"
    assert shown["b"].note == "contradicted, 0 % into the article"


def test_a_speaker_has_every_quotation_in_its_sentence(tables):
    (group,) = evidence.quoted_speakers(tables)
    (ann,) = [entry for entry in group.entries if "Ann Lee" in entry.title]
    assert ann.about == "2 quotations in 2 articles"
    assert [passage.label for passage in ann.rows[0]] == ["a", "b"]
    assert "“<span class=\"span\">It is &lt;late&gt;,</span>”" in ann.rows[0][0].words  # fmt: skip


def test_an_agency_s_original_is_named_by_its_outlet(tables_of):
    copy = "The ferry Lady Marren ran aground on the Carrow Bank in dense fog before dawn."
    files = "outlet,file,role\nNorpress Agency,texts/n.txt,wire\nThe Flare,texts/f.txt,\nThe Post,texts/p.txt,\n"
    texts = {"n.txt": copy, "f.txt": f"{copy} Nobody saw it.", "p.txt": f"{copy} Bells rang."}
    tables = tables_of(texts, articles=files)
    names = {name for entry in evidence.shared_passages(tables)[0].entries for name in entry.names}
    assert names == {"Norpress Agency", "The Flare", "The Post"}


def test_shared_passages_stand_side_by_side_with_the_same_words_marked(tables):
    row = {
        "article_a": "a", "start_a": 45, "end_a": 63, "article_b": "b", "start_b": 0, "end_b": 14, "words": 2,
        "kind": "edited", "voice": "own", "rarity": 2.5, "text_a": "", "text_b": "",
    }  # fmt: skip
    tables._made["reuse"] = pd.DataFrame([row])
    (group,) = evidence.shared_passages(tables)
    (pair,) = group.entries
    assert pair.names == ("a", "b")
    assert pair.about == "1 shared passage, 2 words in common"
    ((left, right),) = pair.rows
    assert left.note == "edited, own words, rarity 2.5"
    assert '<span class="span">met</span>' in right.words
    assert right.words.endswith("met</span>.")


def test_without_codings_claims_are_not_defined(tables_of):
    with pytest.raises(NotDefinedError):
        evidence.claims_told(tables_of({"a.txt": "They met.", "b.txt": "They left."}))
