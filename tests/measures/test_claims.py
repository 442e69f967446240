import numpy as np
import pandas as pd
import pytest

from summit_analysis import NotDefinedError
from summit_analysis.findings import about
from summit_analysis.measures.claims import coverage, settle, told_by_all_but_one, told_independently_by_one

TEXTS = {"one.txt": "They met on Friday. It rained.", "two.txt": "They met on Saturday.", "three.txt": "They met."}
CODEBOOK = """
[[claim]]
id = "rain"
statement = "It rained."
theme = "weather"

[[claim]]
id = "day"
statement = "They met on Friday."
theme = "logistics"
"""
CODINGS = """claim,article,coder,status,evidence
rain,one,first,asserts,It rained.
rain,two,first,absent,
rain,three,first,absent,
day,one,first,asserts,They met on Friday
day,two,first,contradicts,They met on Saturday
day,three,first,partial,They met
"""


@pytest.fixture
def tables(tables_of):
    return tables_of(TEXTS, codebook=CODEBOOK, codings=CODINGS)


def test_codings_are_placed_in_their_articles(tables):
    claims = tables["claims"].query("coder == 'first'").set_index(["claim", "article"])
    rain = claims.loc[("rain", "one")]
    assert (rain["start"], rain["end"], rain["segment"]) == (20, 30, 2)
    assert rain["position"] == pytest.approx(20 / 30)
    assert claims.loc[("rain", "two"), ["start", "end", "segment", "position"]].isna().all()


def test_coverage_counts_told_claims(tables):
    coverage = tables["coverage"].set_index(["claim", "article"])
    assert coverage.loc[("day", "one"), "weight"] == 2
    assert coverage.loc[("day", "one"), "contradicted"] == 1
    assert coverage.loc[("rain", "one"), "weight"] == 1
    assert coverage.groupby("article")["article_told"].first().to_dict() == {"one": 2, "three": 1, "two": 0}
    assert coverage.loc[("day", "one"), "article_share"] == 1
    # Wilson 1927 for 2 of 2: z^2 = 3.8415, low = 1 / (1 + z^2 / 2).
    assert coverage.loc[("day", "one"), "article_low"] == pytest.approx(0.342380, abs=1e-5)


def test_the_most_widely_told_theme_stands_first(tables):
    rows = tables["coverage"].drop_duplicates("claim").set_index("claim")["row"]
    assert rows.to_dict() == {"day": 0, "rain": 1}


def test_what_is_contradicted_and_what_one_alone_tells(tables):
    assert tables["contradictions"]["article"].tolist() == tables["coverage"].query("row == 0")["article"].tolist()
    assert tables["told_by_one"]["claim"].tolist() == ["rain"]


def test_a_pair_that_no_reader_coded_is_the_automatic_coder_s(tables_of):
    tables = tables_of(TEXTS, codebook=CODEBOOK, codings="\n".join(CODINGS.splitlines()[:-1]) + "\n")
    cell = tables["coverage"].set_index(["claim", "article"]).loc[("day", "three")]
    assert cell["coder"] == "auto"
    assert (cell["claims"], cell["coded"]) == (2, 3)


def test_a_pair_that_nobody_coded_counts_nowhere(tables_of):
    codebook = CODEBOOK.replace('"They met on Friday."', '"They were there."')
    tables = tables_of(TEXTS, codebook=codebook, codings="\n".join(CODINGS.splitlines()[:-1]) + "\n")
    cell = tables["coverage"].set_index(["claim", "article"]).loc[("day", "three")]
    assert cell["status"] == "uncoded"
    assert (cell["claims"], cell["article_told"]) == (1, 0)
    assert (cell["weight"], cell["coded"]) == (1, 2)
    assert "day" not in tables["told_by_one"]["claim"].tolist()


NEAR = {
    "words.txt": "The old mill burned down on Monday. Nobody was hurt.",
    "other.txt": "Flames left nothing of it but ash. Nobody was hurt.",
    "near.txt": "The old mill had been for sale. Nobody was hurt.",
    "none.txt": "Cows slept in the meadow.",
}
MILL = '[[claim]]\nid = "mill"\nstatement = "The old mill burned down."\n'


@pytest.fixture
def mill(tables_of):
    """Return a function from judgements by hand to the tables of a story on which the automatic coder differs."""

    def make(**judged):
        spans = {"words": "burned down", "other": "Flames left nothing", "near": "had been for sale", "none": "Cows"}
        rows = [f"mill,{a},ann,{s},{'' if s == 'absent' else spans[a]}" for a, s in judged.items()]
        return tables_of(NEAR, codebook=MILL, codings="\n".join(["claim,article,coder,status,evidence", *rows, ""]))

    return make


def test_what_people_judged_says_how_near_the_automatic_coder_comes(mill):
    tables = mill(words="absent", other="absent", near="absent", none="absent")
    auto = tables["claims"].query("coder == 'auto'").set_index("article")
    rows = tables["coverage"].set_index("article")
    assert (auto.loc["words", "status"], rows.loc["words", "trace"]) == ("asserts", "above")
    assert rows.loc["words", "nearest"] == "The old mill burned down on Monday."
    span = slice(*rows.loc["words", ["nearest_start", "nearest_end"]])
    assert NEAR["words.txt"][span] == rows.loc["words", "nearest"]
    assert rows.loc["none", ["trace", "nearest"]].tolist() == ["none", ""]
    assert rows.loc["none", ["nearest_start", "nearest_end"]].isna().all()
    assert set(tables["nearly_told"]["article"]) == set(rows.index[rows["trace"].isin(["above", "below"])])


def test_what_is_told_is_told_in_the_claim_s_words_or_in_others(mill):
    tables = mill(words="asserts", other="partial", near="contradicts", none="absent")
    rows = tables["coverage"].set_index("article")
    assert rows["trace"].to_dict() == {"words": "words", "other": "paraphrase", "near": "", "none": "none"}
    assert (rows.loc[["words", "other", "near"], "nearest"] == "").all()


def test_a_sentence_below_the_threshold_is_named(mill):
    tables = mill(words="asserts", other="absent", near="absent", none="absent")
    claims = tables["claims"]
    claims.loc[(claims["coder"] == "auto") & (claims["article"] == "near"), "trace"] = "below"
    rows = coverage(tables["settled"], claims, tables.codebook, tables["arrangement"]).set_index("article")
    assert rows.loc["near", ["trace", "nearest"]].tolist() == ["below", "The old mill had been for sale."]


def test_a_claim_that_the_automatic_coder_cannot_read_has_no_trace(tables_of):
    codebook = '[[claim]]\nid = "c"\nstatement = "They were there."\n'
    codings = (
        "claim,article,coder,status,evidence\nc,one,ann,asserts,They met\nc,two,ann,absent,\nc,three,ann,absent,\n"
    )
    rows = tables_of(TEXTS, codebook=codebook, codings=codings)["coverage"]
    assert rows["trace"].tolist() == ["", "", ""]


def independent_of(**told):
    """Return rows of `coverage_independent` for four articles, of which b and c share copy, from a letter a status."""
    status = {"+": "asserts", "-": "absent", "x": "contradicts", "?": "uncoded"}
    rows = [
        (claim, article, "wire" if article in "bc" else article, place, status[mark])
        for claim, marks in told.items()
        for place, (article, mark) in enumerate(zip("abcd", marks, strict=True))
    ]
    table = pd.DataFrame(rows, columns=["claim", "article", "lineage", "place", "status"])
    table["told"] = table["status"] == "asserts"
    by_claim = table.groupby("claim")
    table["weight"] = by_claim["told"].transform("sum")
    table["coded"] = by_claim["status"].transform(lambda own: (own != "uncoded").sum())
    table["contradicted"] = by_claim["status"].transform(lambda own: (own == "contradicts").sum())
    lineages = table[table["told"]].groupby("claim")["lineage"].nunique()
    table["independent"] = table["claim"].map(lineages).fillna(0).astype(int)
    return table


def test_what_articles_that_share_copy_alone_tell_is_told_independently_once():
    table = told_independently_by_one(independent_of(one="+---", two="-++-", apart="++--", open="-++?", none="----"))
    assert table[["claim", "article", "alone"]].to_numpy().tolist() == [
        ["one", "a", "article"],
        ["two", "b", "lineage"],
        ["two", "c", "lineage"],
    ]


def test_what_all_but_one_article_or_lineage_tell_is_shown_with_those_that_lack_it():
    told = {"article": "++-+", "lineage": "+--+", "against": "+++x", "copied": "+-x+", "both": "-+++", "open": "+--?"}
    table = told_by_all_but_one(independent_of(**told))
    assert table[["claim", "article", "lacking"]].to_numpy().tolist() == [
        ["article", "c", "article"],
        ["lineage", "b", "lineage"],
        ["lineage", "c", "lineage"],
        ["both", "a", "article"],
    ]


def test_each_claim_and_article_has_its_commitment(mill):
    table = mill(words="asserts", other="partial", near="contradicts", none="absent")["commitments"]
    assert table["statement"].tolist() == ["The old mill burned down."]
    assert table.loc[0, ["words", "other", "near", "none"]].tolist() == ["fact", "fact", "contradicts", ""]


def test_without_codings_the_story_works_from_the_automatic_coder_alone(tables_of):
    tables = tables_of(TEXTS, codebook=CODEBOOK)
    assert set(tables["claims"]["coder"]) == {"auto"}
    status = tables["coverage"].set_index(["claim", "article"])["status"]
    assert status[("rain", "one")] == "asserts"
    assert status[("day", "two")] == "contradicts"
    assert "automatic coder" in about("telling", tables)[-1]


def test_without_a_codebook_the_reason_is_given(tables_of):
    tables, reason = tables_of(TEXTS), "no codebook.toml"
    assert reason in tables.left_out("claims")
    assert tables.left_out("coverage") == tables.left_out("claims")
    with pytest.raises(NotDefinedError, match=reason):
        tables["coverage"]


@pytest.mark.parametrize(
    ("judgements", "coder", "status"),
    [
        ({"ann": "partial"}, "ann", "partial"),
        ({"ann": "partial", "auto": "asserts"}, "ann", "partial"),
        ({"ann": "asserts", "bob": "partial", "agreed": "absent"}, "agreed", "absent"),
        ({"ann": "asserts", "bob": "asserts", "cy": "absent"}, "majority", "asserts"),
        ({"ann": "asserts", "bob": "partial"}, "majority", "partial"),
        # Three of five say that it is told.
        (dict(zip("abcde", ["asserts", "asserts", "partial", "absent", "absent"], strict=True)), "majority", "asserts"),
        (dict(zip("abcd", ["asserts", "partial", "absent", "contradicts"], strict=True)), "majority", "absent"),
        ({"ann": "asserts", "bob": "absent", "auto": "asserts"}, "majority", "absent"),
        ({"auto": "asserts"}, "auto", "asserts"),
    ],
)
def test_the_coder_to_use(judgements, coder, status):
    columns = ["claim", "article", "status", "coder", "score", "commitment", "segment", "start", "end", "evidence"]
    rows = [("c", "a", judged, who, np.nan, "", 1, 0, 1, "x") for who, judged in judgements.items()]
    claims = pd.DataFrame(rows, columns=columns).assign(position=0.0, note="")
    assert settle(claims)[["coder", "status"]].to_numpy().tolist() == [[coder, status]]


def test_an_agreement_on_one_pair_does_not_discard_the_others():
    columns = ["claim", "article", "status", "coder", "score", "commitment", "segment", "start", "end", "evidence"]
    rows = [("c", "a", "partial", "agreed"), ("c", "a", "asserts", "ann"), ("c", "b", "asserts", "ann")]
    claims = pd.DataFrame([(*row, np.nan, "", 1, 0, 1, "x") for row in rows], columns=columns)
    settled = settle(claims.assign(position=0.0, note=""))
    assert settled[["article", "coder", "status"]].to_numpy().tolist() == [
        ["a", "agreed", "partial"],
        ["b", "ann", "asserts"],
    ]


def test_a_story_of_agency_originals_has_no_coverage(tables_of):
    listing = "outlet,file,role\n" + "".join(f"O,texts/{name},wire\n" for name in TEXTS)
    tables = tables_of(TEXTS, articles=listing, codebook=CODEBOOK, codings=CODINGS)
    assert "agency original" in tables.left_out("coverage")


def test_every_coding_of_the_bundled_story_stands_in_its_text(alaska):
    told = alaska["claims"].query("evidence != ''")
    for row in told.itertuples():
        assert alaska.corpus.texts[row.article][row.start : row.end] == row.evidence
    coders = alaska["claims"]["coder"].value_counts()
    assert coders.to_dict() == dict.fromkeys(["agreed", "auto", "first", "second"], 70 * 5)
    assert set(alaska["coverage"]["coder"]) == {"agreed"}
