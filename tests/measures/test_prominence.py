import numpy as np
import pandas as pd
import pytest

from summit_analysis import NotDefinedError
from summit_analysis.measures.prominence import order

# 20 characters of sentence, 19 of boilerplate, 20 and 20 of sentence: 60 characters of own text.
ONE = "It rained in Bergen.\nAlso Read: Fish win\nA ship left at noon.\nThe mayor slept on it"
TWO = "A ship left at noon.\nIt rained in Bergen."
BOOK = "".join(
    f'[[claim]]\nid = "{claim}"\nstatement = "{text}"\n'
    for claim, text in {"rain": "It rained.", "ship": "A ship left.", "mayor": "The mayor slept."}.items()
)
CODINGS = """claim,article,coder,status,evidence
rain,one,x,asserts,It rained
ship,one,x,asserts,A ship left at noon.
mayor,one,x,partial,The mayor slept
rain,two,x,asserts,It rained in Bergen.
ship,two,x,asserts,A ship left
mayor,two,x,absent,
"""


HEADER = "claim,article,coder,status,evidence\n"


def absent(*pairs):
    """Return a coding for each pair; what no person has coded the rules would."""
    return "".join(f"{pair},x,absent,\n" for pair in pairs)


@pytest.fixture
def tables(tables_of):
    return tables_of({"one.txt": ONE, "two.txt": TWO}, codebook=BOOK, codings=CODINGS)


def test_places_are_counted_in_the_article_s_own_text(tables):
    assert tables["segments"]["kind"].tolist() == ["sentence", "boilerplate", "sentence", "sentence"] + 2 * ["sentence"]
    table = tables["prominence"].set_index(["claim", "article"])
    length = 20 + 20 + 21
    assert table.loc[("rain", "one"), ["position", "prominence", "rank"]].tolist() == [0, 1, 1]
    assert table.loc[("ship", "one"), "position"] == pytest.approx(20 / length)
    assert table.loc[("mayor", "one"), "prominence"] == pytest.approx(1 - 40 / length)
    assert table.loc[("mayor", "one"), "read"] == pytest.approx(55 / length)
    assert table.loc[("rain", "two"), ["position", "rank"]].tolist() == [0.5, 2]
    assert ("mayor", "two") not in table.index


def test_lead_and_burial(tables):
    table = tables["prominence"].set_index(["claim", "article"])
    assert table["lead"].to_dict() == {
        ("rain", "one"): True, ("ship", "one"): False, ("mayor", "one"): False,
        ("ship", "two"): True, ("rain", "two"): False,
    }  # fmt: skip
    # 40 of 61 characters lie before it: less than two thirds.
    assert not table.loc[("mayor", "one"), "buried"]
    assert not table["buried"].any()


def test_what_begins_in_the_last_third_is_buried(tables_of):
    text = "Fish. " * 20 + "It rained."
    codings = (
        HEADER + "rain,one,x,asserts,It rained\n" + absent("ship,one", "mayor,one", "rain,two", "ship,two", "mayor,two")
    )
    table = tables_of({"one.txt": text, "two.txt": TWO}, codebook=BOOK, codings=codings)["prominence"]
    assert table[["buried", "lead"]].to_numpy().tolist() == [[True, False]]


def test_the_reader_curve_is_a_step_function(tables):
    curve = tables["reader_curve"]
    one = curve[curve["article"] == "one"]
    assert one["claims_met"].tolist() == [0, 1, 2, 3, 3]
    assert one["read"].tolist() == pytest.approx([0, 9 / 61, 40 / 61, 55 / 61, 1])
    assert one["share"].tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1, 1])
    two = curve[curve["article"] == "two"]
    assert two["share_of_all"].tolist() == pytest.approx([0, 1 / 3, 2 / 3, 2 / 3])
    # Half of three claims is two of them; half of two is one.
    assert one["half_read"].unique().tolist() == pytest.approx([40 / 61])
    assert two["half_read"].unique().tolist() == pytest.approx([11 / 40])


def test_an_article_that_tells_nothing_has_a_flat_curve(tables_of):
    codings = (
        HEADER + "rain,one,x,asserts,It rained\n" + absent("ship,one", "mayor,one", "rain,two", "ship,two", "mayor,two")
    )
    curve = tables_of({"one.txt": ONE, "two.txt": TWO}, codebook=BOOK, codings=codings)["reader_curve"]
    two = curve[curve["article"] == "two"]
    assert two[["read", "claims_met", "share"]].to_numpy().tolist() == [[0, 0, 0], [1, 0, 0]]
    assert two["half_read"].isna().all()


def test_the_order_holds_claims_that_several_tell_and_marks_the_most_spread(tables):
    table = tables["order"]
    assert sorted(table["claim"].unique()) == ["rain", "ship"]
    first = table.drop_duplicates("claim").set_index("claim")
    assert first["highlight"].to_dict() == {"rain": 1, "ship": 2}
    assert first["spread"].to_dict() == pytest.approx({"rain": 0.5, "ship": 20 / 61})


def test_only_claims_that_half_of_the_articles_tell_are_highlighted():
    rows = [("both", a, p) for a, p in zip("abcdef", [0, 0.1, 0, 0, 0, 0], strict=True)]
    rows += [("two", "a", 0.0), ("two", "b", 0.9), ("alone", "a", 0.5)]
    table = pd.DataFrame(rows, columns=["claim", "article", "position"])
    same = ["statement", "label", "evidence"]
    table = table.assign(place=0, shown=True, rank=1, start=0, end=1, status="asserts", **dict.fromkeys(same, "x"))
    found = order(table, 6).drop_duplicates("claim").set_index("claim")["highlight"]
    assert found.to_dict() == {"both": 1, "two": 0}
    # Of articles that tell no claim at all, too.
    found = order(table[table["claim"] == "two"], 6).drop_duplicates("claim").set_index("claim")["highlight"]
    assert found.to_dict() == {"two": 0}


def test_what_is_told_in_part_sets_no_claim_off():
    rows = [("c", "a", 0.0, "asserts"), ("c", "b", 0.9, "partial"), ("c", "d", 0.1, "asserts")]
    rows += [("e", "a", 0.0, "asserts"), ("e", "b", 0.5, "partial"), ("e", "d", 0.2, "partial")]
    table = pd.DataFrame(rows, columns=["claim", "article", "position", "status"])
    same = ["statement", "label", "evidence"]
    table = table.assign(place=0, shown=True, rank=1, start=0, end=1, **dict.fromkeys(same, "x"))
    found = order(table, 3).drop_duplicates("claim").set_index("claim")
    assert found["highlight"].to_dict() == {"c": 1, "e": 0}
    assert found.loc["c", "spread"] == pytest.approx(0.1)


def test_without_told_claims_the_reason_is_given(tables_of):
    codings = HEADER + absent("rain,one", "ship,one", "mayor,one", "rain,two", "ship,two", "mayor,two")
    tables = tables_of({"one.txt": ONE, "two.txt": TWO}, codebook=BOOK, codings=codings)
    for name in ("prominence", "reader_curve", "order"):
        with pytest.raises(NotDefinedError, match="no article tells a claim"):
            tables[name]


def test_the_bundled_story_is_placed(alaska):
    table = alaska["prominence"]
    assert table["position"].between(0, 1, inclusive="left").all()
    assert (table["read"] > table["position"]).all()
    assert len(table) == int(alaska["coverage"]["told"].sum())
    ends = alaska["reader_curve"].groupby("article")["share"].last()
    assert np.allclose(ends, 1)
