import math

import pandas as pd
import pytest

from summit_analysis import NotDefinedError
from summit_analysis.measures.lineages import independent, lineage_pairs, lineages

COPY = (
    "The exhausted divers surfaced beside a sunken tanker and waved towards the helicopter. Their instruments had corroded "
    "overnight in the flooded engine room, where nobody expected survivors."
)
ROWS = "article_a,start_a,article_b,words,own_rarity,evidence,part,order_a,order_b,heading"


def passages(*rows):
    """Rows of `reuse` between articles a and b: (own rarity, order in a, order in b)."""
    records = [("a", 0, "b", 10, rarity, max(rarity - 1.2, 0.0), False, a, b, False) for rarity, a, b in rows]
    return pd.DataFrame(records, columns=ROWS.split(","))


def pair_of(reuse, weight=20.0):
    prose = pd.DataFrame({"article": ["a", "b"], "own_weight": [weight, 60.0]})
    credits = pd.DataFrame(columns=["article", "agency", "start", "end", "text"])
    return lineage_pairs(reuse, prose, credits).iloc[0]


def test_the_score_is_evidence_times_share_times_order():
    # evidence 2.8 + 1.8, share (4 + 3) / 20, two passages: no order.
    pair = pair_of(passages((4.0, 1, 1), (3.0, 2, 2)))
    assert pair["evidence"] == pytest.approx(4.6)
    assert pair["share"] == pytest.approx(0.35)
    assert pair["score"] == pytest.approx(1.61)
    assert pair["shares_copy"] and math.isnan(pair["order_agreement"])


def test_the_same_order_adds_and_another_takes_nothing_away():
    # Six in order: 15 pairs agree, 15 / sqrt(6 * 5 * 17 / 18) = 2.818 deviations: a factor of 1 + 1.818 / 4.
    weak = [(0.7, n, n) for n in range(3, 7)]
    alike = pair_of(passages((4.0, 1, 1), (3.0, 2, 2), *weak))
    assert alike["order_agreement"] == 1
    assert alike["score"] == pytest.approx(1.61 * (1 + 0.25 * (15 / math.sqrt(6 * 5 * 17 / 18) - 1)), abs=1e-5)
    turned = pair_of(passages((4.0, 1, 6), (3.0, 2, 5), *((r, a, 7 - b) for r, a, b in weak)))
    assert turned["order_agreement"] == -1
    assert turned["score"] == pytest.approx(1.61)


def test_what_chance_explains_is_no_evidence():
    pair = pair_of(passages(*((1.2, n, n) for n in range(1, 9))))
    assert pair["score"] == 0 and not pair["shares_copy"]


def test_an_article_without_words_of_its_own_shares_nothing():
    assert pair_of(passages((4.0, 1, 1)), weight=0.0)["score"] == 0


def joined(*pairs, articles="abcd", wire=""):
    rows = [(a, b, True, 2.0, 1, 9, 1.0) for a, b in pairs]
    table = pd.DataFrame(
        rows, columns=["article_a", "article_b", "shares_copy", "score", "passages", "own_words", "order_agreement"]
    )
    roles = pd.DataFrame({"article": list(articles), "role": ["wire" if a in wire else "article" for a in articles]})
    credits = pd.DataFrame([("b", "AP", 3, 9, "(AP)")], columns=["article", "agency", "start", "end", "text"])
    return lineages(table, roles, credits).set_index("article")


def test_who_shares_with_a_third_is_in_one_lineage():
    table = joined(("b", "d"), ("c", "d"))
    assert table["lineage"].to_dict() == {"a": "a", "b": "b", "c": "b", "d": "b"}
    assert table["size"].to_dict() == {"a": 1, "b": 3, "c": 3, "d": 3}
    assert table.at["d", "shares_copy_with"] == "b; c"
    assert "shares copy with no other article" in table.at["a", "evidence"]
    assert (table.at["b", "credit"], table.at["b", "credit_start"]) == ("(AP)", 3)


def test_an_agency_original_names_its_lineage_and_is_not_counted():
    table = joined(("b", "d"), wire="d")
    assert table.at["b", "lineage"] == "d"
    assert table.at["b", "size"] == 1


def test_a_named_agency_joins_no_two_articles(tables_of):
    tables = tables_of({"x.txt": "Fish swim home.\n\n(AP)", "y.txt": "War ended today.\n\n(AP)", "z.txt": "Rain fell."})
    assert tables["lineage_pairs"]["agencies"].tolist() == ["Associated Press", "", ""]
    assert tables["lineages"]["lineage"].tolist() == ["x", "y", "z"]


def test_on_the_bundled_story_one_pair_shares_copy_and_one_of_it_credits_the_agency(alaska):
    pairs = alaska["lineage_pairs"]
    assert pairs.loc[pairs["shares_copy"], ["article_a", "article_b"]].to_numpy().tolist() == [
        ["continental-defence", "topnewsplus"]
    ]
    agency = alaska["lineages"].set_index("article")["agency"]
    assert agency[agency != ""].to_dict() == {"topnewsplus": "Associated Press"}


CODEBOOK = '[[claim]]\nid = "c"\nstatement = "Divers surfaced."\n[[claim]]\nid = "e"\nstatement = "Rain fell."\n'


def counts(tables_of, texts):
    codings = "claim,article,coder,status,evidence\n" + "".join(
        f"{claim},{file[:-4]},x,{'asserts' if phrase in text else 'absent'},{phrase if phrase in text else ''}\n"
        for file, text in texts.items()
        for claim, phrase in (("c", "surfaced"), ("e", "Rain fell"))
    )
    table = tables_of(texts, codebook=CODEBOOK, codings=codings)["coverage_independent"]
    return table.groupby("claim")[["independent", "lineages", "independent_contradicted"]].first().to_dict("index")


def test_a_duplicated_article_changes_no_independent_count(tables_of):
    texts = {"a.txt": COPY, "b.txt": "Rain fell in the harbour. Divers surfaced."}
    once = counts(tables_of, texts)
    assert once["c"] == {"independent": 2, "lineages": 2, "independent_contradicted": 0}
    assert once["e"]["independent"] == 1
    for copies in (1, 4):
        more = {f"copy{n}.txt": COPY for n in range(copies)} | {f"rain{n}.txt": texts["b.txt"] for n in range(copies)}
        assert counts(tables_of, texts | more) == once


def test_an_article_outside_the_lineages_counts_as_its_own():
    coverage = pd.DataFrame({"claim": ["c"], "article": ["new"], "told": [True], "status": ["asserts"]})
    row = independent(coverage, pd.DataFrame({"article": ["old"], "lineage": ["old"]})).iloc[0]
    assert (row["independent"], row["lineage"]) == (1, "new")


WIRE = f"{COPY} Rain had fallen since dawn on the quiet harbour of the capital."


def test_what_an_outlet_made_of_an_agency_text(tables_of):
    rewritten = (
        "The exhausted divers surfaced beside a sunken tanker and signalled to the helicopter. Their instruments had corroded "
        "overnight in the flooded engine room, where nobody expected survivors. Fishermen complained bitterly about prices."
    )
    tables = tables_of(
        {"w.txt": WIRE, "p.txt": rewritten, "q.txt": "Fish swim home."},
        articles="outlet,file,role\nAgency,texts/w.txt,wire\nPaper,texts/p.txt,article\nWeekly,texts/q.txt,article\n",
    )
    table = tables["kept_of_wire"]
    assert table["article"].unique().tolist() == ["p"]
    assert table["outcome"].tolist() == ["rephrased", "kept", "dropped", "added"]
    assert table["text_wire"].tolist()[2].startswith("Rain had fallen")
    assert table["text"].tolist()[3] == "Fishermen complained bitterly about prices."
    for row in table.itertuples():
        if row.text:
            assert rewritten[row.start : row.end] == row.text
    assert tables["lineages"].set_index("article")["lineage"].to_dict() == {"p": "w", "w": "w", "q": "q"}


def test_without_an_agency_original_no_copy_is_traced(alaska):
    with pytest.raises(NotDefinedError):
        alaska["kept_of_wire"]
