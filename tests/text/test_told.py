import pytest

from summit_analysis.text.quantities import find_quantities
from summit_analysis.text.told import affirmed, beside_plan, compared_with, held_against, planned


def labels(text, chosen):
    found = find_quantities(text)
    return [found[n].label for n in sorted(chosen(text, found))]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The vote lasted four hours.", [("four hours", 4, 4, "")]),
        ("The vote did not last four hours.", [("did not last four hours", 0, 4, "denied")]),
        ("It didn’t even take four hours.", [("didn’t even take four hours", 0, 4, "denied")]),
        ("It never lasted more than four hours.", [("never lasted more than four hours", 0, 4, "denied")]),
        ("It did not exceed four hours.", [("did not exceed four hours", 0, 4, "denied")]),
        ("They failed to reach 300 people.", [("failed to reach 300 people", 0, 300, "denied")]),
        ("Nor did the vote last four hours.", [("Nor did the vote last four hours", 0, 4, "denied")]),
        ("It did not cost less than $5.", [("did not cost less than $5", 5, float("inf"), "denied")]),
        ("It did not cost about $5.", []),
        ("Not 14 but 23 people fell.", [("23 people", 23, 23, "")]),
        ("It took three hours, not four hours.", [("three hours", 3, 3, "")]),
        ("They did not meet on Friday but on Saturday.", [("Saturday", 6, 6, "")]),
        ("They did not meet until Friday.", [("Friday", 5, 5, "")]),
        # What stands beside a verb of no measure is no part of what is denied.
        ("They had not spoken for seven years.", [("seven years", 7, 7, "")]),
        ("It lasted not only three hours.", [("only three hours", 3, 3, "exactly")]),
    ],
)
def test_what_a_negation_leaves(text, left):
    kept = [told for q in find_quantities(text) if (told := affirmed(text, q))]
    assert [(text[q.start : q.end], q.low, q.high, q.qualifier) for q in kept] == left


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Planned for seven hours, the vote lasted three.", ["7"]),
        ("It lasted three hours instead of the planned seven.", ["7"]),
        ("The seven hours planned shrank to three.", ["7"]),
        ("It is expected to last two years.", ["2"]),
        ("It took three hours, shorter than expected.", []),
        ("It was shorter than the planned seven hours.", ["7"]),
    ],
)
def test_what_was_planned_is_the_nearest(text, values):
    assert labels(text, planned) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The toll rose from 14 to 23.", ["14"]),
        ("The toll rose to 23 from 14.", ["14"]),
        ("23 died, up from 14.", ["14"]),
        ("An earlier toll of 14 was wrong.", ["14"]),
        ("It took three hours instead of seven hours.", ["7"]),
        ("It ran three hours longer than planned.", ["3"]),
        ("People from 14 towns came.", []),
    ],
)
def test_what_stands_for_comparison(text, values):
    assert labels(text, held_against) == values


def test_what_another_value_is_told_by():
    for text in ("shorter than the seven hours foreseen", "shorter than the planned seven hours"):
        (found,) = find_quantities(text)
        reference = compared_with(text, found)
        assert (text[reference.start : reference.end], reference.low, reference.high) == ("seven hours", 7, 7)
    (found,) = find_quantities("more than seven hours were planned")
    assert compared_with("more than seven hours were planned", found) is None
    assert beside_plan("It was shorter than initially expected.")
    assert not beside_plan("It was shorter than the planned hour.")
