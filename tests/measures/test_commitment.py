import pytest

from summit_analysis.measures.commitment import COMMITMENTS, commitment_of


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
    ],
)  # fmt: skip
def test_grammar_around_the_evidence(sentence, evidence, expected):
    start = sentence.index(evidence)
    found = commitment_of(sentence, (start, start + len(evidence)), (0, len(sentence)), "The bridge was closed.")
    assert found == expected


def test_what_stands_in_a_quotation_is_attributed():
    text = "“The bridge is closed.” Nobody asked why."
    assert commitment_of(text, (1, 22), (0, 23), "The bridge is closed.", quoted=[(1, 22)]) == "attributed"


def test_a_denial_that_the_statement_makes_itself_is_told_as_fact():
    text = "There is no evidence that the bridge is closed."
    assert commitment_of(text, (0, 46), (0, 47), "There is no evidence of a closed bridge.") == "fact"


def test_a_contradiction_by_negation_is_denied_and_one_by_number_is_not():
    no, other = "The bridge was not closed.", "The bridge was closed for nine days."
    assert commitment_of(no, (0, 25), (0, 26), "The bridge was closed.", contradicts=True) == "denied"
    assert commitment_of(other, (0, 36), (0, 36), "The bridge was closed for two days.", contradicts=True) == "fact"


def test_every_row_with_evidence_has_one(alaska):
    claims = alaska["claims"]
    told = claims["evidence"] != ""
    assert set(claims.loc[told, "commitment"]) <= set(COMMITMENTS)
    assert set(claims.loc[~told, "commitment"]) == {""}
    avoidable = claims.query(
        "claim == 'war-would-not-have-started' and article == 'continental-defence' and coder == 'first'"
    )
    assert avoidable["commitment"].tolist() == ["denied"]
