import pytest

from summit_analysis import NotDefinedError
from summit_analysis.measures.agreement import ROWS

TEXTS = {
    "one.txt": "It rained all day. Cows ran.",
    "two.txt": "It snowed. Cows slept.",
    "three.txt": "Nothing happened.",
}
CODEBOOK = "[[claim]]\nid = 'rain'\nstatement = 'It rained.'\n\n[[claim]]\nid = 'cows'\nstatement = 'Cows ran.'\n"
HEADER = "claim,article,coder,status,evidence\n"
FIRST = """rain,one,ann,asserts,It rained
rain,two,ann,absent,
rain,three,ann,absent,
cows,one,ann,asserts,Cows ran
cows,two,ann,contradicts,Cows slept
cows,three,ann,absent,
"""
SECOND = """rain,one,bob,partial,It rained all day
rain,two,bob,contradicts,It snowed
rain,three,bob,absent,
cows,one,bob,asserts,Cows ran
cows,two,bob,absent,
cows,three,bob,absent,
"""


def rows_of(tables, coder):
    table = tables["agreement"]
    return table[table["coder"] == coder].set_index("status")


def test_two_hand_passes_against_each_other(tables_of):
    rows = rows_of(tables_of(TEXTS, codebook=CODEBOOK, codings=HEADER + FIRST + SECOND), "bob")
    assert rows.index.tolist() == list(ROWS)
    assert rows["reference"].unique().tolist() == ["ann"]
    assert rows["n"].unique().tolist() == [6]
    # Told: both say so of rain-one and cows-one, and of nothing else.
    assert rows.loc["told", ["precision", "recall", "f1", "alpha", "evidence"]].tolist() == [1, 1, 1, 1, 1]
    # Asserts: ann of two, bob of one of them.
    assert rows.loc["asserts", ["precision", "recall"]].tolist() == [1, 0.5]
    assert rows.loc["asserts", "f1"] == pytest.approx(2 / 3)
    assert rows.loc["contradicts", ["precision", "recall", "f1"]].tolist() == [0, 0, 0]
    # 3 of 6 equal.
    assert rows.loc["all", "f1"] == 0.5
    assert (rows["f1_low"].fillna(0) <= rows["f1"].fillna(0) + 1e-9).all()


def test_auto_is_held_against_agreed_where_there_is_one(tables_of):
    agreed = FIRST.replace(",ann,", ",agreed,")
    tables = tables_of(TEXTS, codebook=CODEBOOK, codings=HEADER + FIRST + SECOND + agreed)
    assert rows_of(tables, "auto")["reference"].unique().tolist() == ["agreed"]


def test_auto_is_held_against_the_only_reader(tables_of):
    tables = tables_of(TEXTS, codebook=CODEBOOK, codings=HEADER + FIRST)
    assert rows_of(tables, "auto")["reference"].unique().tolist() == ["ann"]


def test_each_disagreement_is_shown_with_both_passages(tables_of):
    tables = tables_of(TEXTS, codebook=CODEBOOK, codings=HEADER + FIRST + SECOND)
    shown = tables["disagreements"].query("coder == 'bob'").set_index(["claim", "article"])
    assert sorted(shown.index) == [("cows", "two"), ("rain", "one"), ("rain", "two")]
    row = shown.loc[("rain", "two")]
    assert (row["status"], row["reference_status"], row["evidence"], row["reference_evidence"]) == (
        "contradicts",
        "absent",
        "It snowed",
        "",
    )


def test_disagreements_are_of_a_kind_and_stand_by_it(tables_of):
    tables = tables_of(TEXTS, codebook=CODEBOOK, codings=HEADER + FIRST + SECOND)
    shown = tables["disagreements"].query("coder == 'bob'")
    assert dict(zip(zip(shown["claim"], shown["article"], strict=True), shown["kind"], strict=True)) == {
        ("rain", "one"): "degree",
        ("rain", "two"): "contradiction",
        ("cows", "two"): "contradiction",
    }
    second = SECOND.replace("rain,two,bob,contradicts,It snowed", "rain,two,bob,partial,It snowed")
    second = second.replace("rain,one,bob,partial,It rained all day", "rain,one,bob,absent,")
    kinds = tables_of(TEXTS, codebook=CODEBOOK, codings=HEADER + FIRST + second)["disagreements"]
    assert kinds.query("coder == 'bob'")["kind"].tolist() == ["found", "missed", "contradiction"]


def test_without_two_coders_there_is_nothing_to_measure(tables_of):
    tables = tables_of(TEXTS, codebook=CODEBOOK)
    assert set(tables["claims"]["coder"]) == {"auto"}
    with pytest.raises(NotDefinedError, match="fewer than two coders"):
        tables["agreement"]


def test_two_makings_are_equal(tables_of):
    files = {"codebook": CODEBOOK, "codings": HEADER + FIRST + SECOND}
    assert tables_of(TEXTS, **files)["agreement"].equals(tables_of(TEXTS, **files)["agreement"])
