import pandas as pd
import pytest

from summit_analysis import NotDefinedError
from summit_analysis.measures.pyramid import pyramid, weights

# Claim 1 is told by a, b and c; claim 2 by a and b; claim 3 by c alone.
TOLD = {"a": [1, 2], "b": [1, 2], "c": [1, 3]}
SETTLED = pd.DataFrame(
    [
        (f"c{claim}", article, "asserts" if claim in told else "absent")
        for claim in (1, 2, 3)
        for article, told in TOLD.items()
    ],
    columns=["claim", "article", "status"],
)


def test_weights_count_articles_and_lineages():
    table = weights(SETTLED, {"a": "wire", "b": "wire"}).set_index("claim")
    assert table["articles"].tolist() == [3, 2, 1]
    assert table["lineages"].tolist() == [2, 1, 1]
    assert table["only"].tolist() == ["", "wire", "c"]


def test_what_all_but_one_tell():
    assert weights(SETTLED).set_index("claim")["all_but"].to_dict() == {"c1": "", "c2": "c", "c3": ""}


def judged(**status):
    return pd.DataFrame([("c", a, s) for a, s in status.items()], columns=["claim", "article", "status"])


def test_what_contradicts_a_claim_does_not_lack_it():
    told = {"a": "asserts", "b": "partial"}
    table = pd.concat([weights(judged(**told, c=status)) for status in ("absent", "contradicts")])
    assert table["all_but"].tolist() == ["c", ""]
    assert table["contradicted"].tolist() == [0, 1]


def test_of_a_lineage_that_contradicts_in_one_article_none_lacks_the_claim():
    table = weights(judged(a="asserts", b="asserts", c="absent", d="contradicts"), {"c": "wire", "d": "wire"})
    assert table["all_but"].tolist() == [""]


def test_an_article_that_was_not_judged_may_tell_what_only_one_tells():
    more = pd.concat([SETTLED, pd.DataFrame([("c4", "d", "asserts")], columns=SETTLED.columns)])
    table = weights(more).set_index("claim")
    assert table.loc[["c2", "c3", "c4"], ["only", "all_but"]].to_numpy().tolist() == [["", ""]] * 3


def test_the_score_counts_what_others_tell():
    table = pyramid(SETTLED).set_index("article")
    # For a the others' weights are c1: 2 (b, c), c2: 1 (b), c3: 1 (c); it tells c1 and c2, the best two.
    assert table.loc["a", ["told", "weight", "most", "score"]].tolist() == [2, 3, 3, 1]
    # For c they are c1: 2, c2: 2, c3: 0; it tells c1 and c3.
    assert table.loc["c", ["weight", "most", "score"]].tolist() == [2, 4, 0.5]


def test_articles_of_one_lineage_do_not_confirm_each_other():
    table = pyramid(SETTLED, {"a": "wire", "b": "wire"}).set_index("article")
    assert table.loc["a", ["weight", "most"]].tolist() == [1, 2]


def test_one_article_builds_no_pyramid():
    with pytest.raises(NotDefinedError, match="only one article"):
        pyramid(SETTLED[SETTLED["article"] == "a"])


def test_an_article_that_tells_nothing_has_no_score():
    silent = SETTLED.assign(status=SETTLED["status"].where(SETTLED["article"] != "a", "absent"))
    assert pyramid(silent).set_index("article")["score"].isna().to_dict() == {"a": True, "b": False, "c": False}
