import pandas as pd
import pytest

from summit_analysis.measures.claims_proposed import claims_proposed, shares_said

EVIDENCE = [("aground", "The ferry ran aground near Norby.", article, 0, 9) for article in "abc"]
EVIDENCE += [("slept", "The captain slept.", article, 40, 49) for article in "abc"]


def coverage(rows=EVIDENCE) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["claim", "statement", "article", "start", "end"])
    return table.assign(told=True, weight=table.groupby("claim")["article"].transform("nunique"))


def suggestions(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["suggestion", "statement", "article", "start", "end"])


def test_proposed_is_what_is_found_in_two_articles_and_said():
    table = claims_proposed(
        suggestions(
            (1, "A ferry ran aground near Norby.", "a", 5, 30),
            (1, "A ferry ran aground near Norby.", "b", 8, 30),
            (1, "A ferry ran aground near Norby.", "c", 9, 30),  # begins where the evidence ends
            (2, "Fog lay on the sea.", "a", 45, 60),
            (2, "Fog lay on the sea.", "b", 45, 60),
            (3, "The captain had slept.", "c", 45, 60),
        ),
        coverage(),
    ).set_index("claim")
    wanted = ["suggestion", "articles", "said", "found", "proposed"]
    assert table.loc["aground", wanted].tolist() == [1, 2, 1, True, True]
    assert table.loc["slept", wanted].tolist() == [2, 2, 0, True, False]


def test_claims_that_fewer_tell_are_left_out_and_nothing_suggested_proposes_nothing():
    assert claims_proposed(suggestions(), coverage(EVIDENCE[:2])).empty
    assert claims_proposed(suggestions(), coverage())["proposed"].tolist() == [False, False]
    assert len(claims_proposed(suggestions(), coverage(EVIDENCE[:2]), told_by=2)) == 1


@pytest.mark.parametrize(
    ("statement", "said", "telling"),
    [
        ("Ada Lund said that the plans were late.", 1, 1),  # ada, lund, plan, late
        ("Ada Lund said that the crew was tired.", 1 / 2, 0),
        ("The plan was late.", 1 / 2, 1),
        ("Snow fell.", 0, 0),
    ],
)
def test_the_names_of_who_speaks_are_not_what_is_said(statement, said, telling):
    assert shares_said("Ada Lund said that the plan was late.", statement) == (said, telling)
