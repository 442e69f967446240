import pytest

from summit_analysis.text.propositions import Propositions


def stated(text: str) -> list:
    """Return the statements of the last sentence of a text."""
    return list(Propositions(text, {}).by_sentence())[-1][1]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("Rain fell on Norby, and the old ferry ran aground.", ["Rain fell on Norby", "the old ferry ran aground."]),
        ("Ada Lund left Norby and praised the crew.", ["Ada Lund left Norby", "Ada Lund praised the crew."]),
        ("The ferry, which carried coal, sank at dawn.", ["The ferry carried coal", "The ferry sank at dawn."]),
        ("The talks, held in Norby, took two days.", ["The talks were held in Norby", "The talks took two days."]),
        ("The press event, lasting an hour, ended badly.", ["The press event ended badly."]),
        ("The outcome, observers said, was poor.", ["The outcome was poor."]),
        ("Later, in a long interview, Ada Lund refused all details.", ["Ada Lund refused all details."]),
        ("Talks between Ada Lund and Bo Ek opened in Norby.", ["Talks between Ada Lund and Bo Ek opened in Norby."]),
        ("Lifeboats brought all ashore, rocking wildly.", ["Lifeboats brought all ashore"]),
        ("A red carpet, a band and a speech.", []),
        ("In herring quotas, as well as coal.", []),
        ("The house built by Ada Lund.", []),
        ("The armored car of Norby.", []),
    ],
)
def test_each_finite_verb_with_its_subject(text, statements):
    assert [made.text for made in stated(text)] == statements


@pytest.mark.parametrize(
    ("text", "statement", "actors"),
    [
        ("Ada Lund came. She opened the bridge.", "Ada Lund opened the bridge.", {"lund"}),
        ("Ada Lund slept. Her speech moved the crowd.", "Ada Lund’s speech moved the crowd.", set()),
        ("Mayor Ada Lund met Mayor Bo Ek. Both mayors praised the crew.", "Both mayors praised the crew.", {"lund", "ek"}),
        ("Ada Lund met Bo Ek. Neither Lund nor Ek took questions.", "Neither Lund nor Ek took questions.", {"lund", "ek"}),
        ("The bridge was opened by Ada Lund.", "The bridge was opened by Ada Lund.", {"lund"}),
        ("The friends of Ada Lund left Norby.", "The friends of Ada Lund left Norby.", set()),
        ("Ada Lund smiled. “It is lost,” she said.", "“It is lost,” Ada Lund said.", {"lund"}),
    ],
)  # fmt: skip
def test_who_does_it(text, statement, actors):
    made = stated(text)[0]
    assert (made.text, made.actors, made.dangling) == (statement, frozenset(actors), False)


def test_what_nobody_before_explains_is_marked():
    assert stated("It sank near Norby.")[0].dangling
    assert not stated("The ferry sank near Norby.")[0].dangling


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("The talks in Oslo failed badly.", "talks"),
        ("A ferry carrying 90 people sank slowly.", "ferry"),
        ("The library beside the museum closed early.", "library"),
    ],
)
def test_the_noun_that_a_subject_is_known_by(text, head):
    assert stated(text)[0].head == head


def test_what_is_set_beside_a_statement_belongs_to_its_fuller_form():
    made = stated("On Monday, Ada Lund praised the crew, thanking the owner.")[0]
    assert made.text == "Ada Lund praised the crew"
    assert made.fuller == "On Monday, Ada Lund praised the crew, thanking the owner."
