import pytest

from summit_analysis import NotDefinedError

FILLER = " Nobody else spoke about fish. A lighthouse keeper painted three doors."


def candidates(tables_of, one, two, **files):
    table = tables_of({"a.txt": one + " Rain fell over Bergen.", "b.txt": two + FILLER}, **files)
    table = table["discrepancy_candidates"]
    return table[["kind", "value_a", "value_b"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (
            "The ferry with 312 passengers ran aground near Norby harbour.",
            "The ferry with 280 passengers ran aground near Norby harbour.",
            [["number", "312 passengers", "280 passengers"]],
        ),
        (
            "Councillors voted on Thursday to close the library in Norby.",
            "Councillors in Norby voted on Friday to close the library.",
            [["day", "Thursday", "Friday"]],
        ),
        (
            "The library board praised Ada Lund for saving the archive.",
            "The library board praised Ben Holm for saving the archive.",
            [["name", "Ada Lund", "Ben Holm"]],
        ),
        (
            "The mayor answered questions about the flooded archive.",
            "The mayor did not answer questions about the flooded archive.",
            [["negation", "", "not"]],
        ),
        ("After three hours of debate they went home.", "The debate lasted five hours.", [["number", "three hours", "five hours"]]),
        # The same value in other words, or values that may both hold, are no difference.
        ("The odds of flooding stood at 25 per cent in Norby.", "The odds of flooding in Norby stood at 25%.", []),
        ("The debate on the library took nearly three hours.", "The debate on the library took three hours.", []),
        # Numbers of different things.
        ("The ferry with 312 passengers ran aground near Norby.", "The ferry with 14 lifeboats ran aground near Norby.", []),
        ("It was their first encounter in seven years.", "It was his first appearance in Norway in a decade.", []),
        # Nothing alike.
        ("Councillors voted on Thursday.", "The ferry sailed on Friday.", []),
    ],
)  # fmt: skip
def test_what_differs_in_sentences_told_alike(tables_of, one, two, expected):
    assert candidates(tables_of, one, two) == expected


def test_two_names_of_one_person_are_no_difference(tables_of):
    book = '[[speaker]]\nname = "Ada Lund"\naliases = ["Mayor Berg"]\n'
    texts = "The board praised Ada Lund for the archive work.", "The board praised Mayor Berg for the archive work."
    assert candidates(tables_of, *texts) == [["name", "Ada Lund", "Mayor Berg"]]
    assert candidates(tables_of, *texts, codebook=book) == []


def test_every_candidate_shows_both_sentences(alaska):
    table = alaska["discrepancy_candidates"]
    for row in table.itertuples():
        for side in "ab":
            article, start, end, value, evidence = (
                getattr(row, f"{name}_{side}") for name in ("article", "start", "end", "value", "evidence")
            )
            assert alaska.corpus.texts[article][start:end] == evidence
            assert value in evidence
    assert table["similarity"].between(0, 1).all()
    assert table["candidate"].tolist() == list(range(1, len(table) + 1))


def test_the_day_and_the_length_of_the_bundled_story_are_found_without_a_codebook(alaska):
    found = {frozenset((r.value_a, r.value_b)) for r in alaska["discrepancy_candidates"].itertuples()}
    assert frozenset(("Saturday", "Friday")) in found
    assert frozenset(("nearly four hours", "nearly three hours")) in found
    assert frozenset(("two and a half hours", "nearly four hours")) in found
    assert not any({"seven years", "a decade"} & pair or {"25%", "25 per cent"} & pair for pair in found)


def test_one_article_has_no_candidates(tables_of):
    with pytest.raises(NotDefinedError, match="at least two articles"):
        tables_of({"a.txt": "They met on Friday."})["discrepancy_candidates"]


def test_too_many_sentences_are_not_compared(tables_of, monkeypatch):
    monkeypatch.setattr("summit_analysis.measures.discrepancy_candidates.MOST_SENTENCES", 3)
    with pytest.raises(NotDefinedError, match="more than 3 sentences"):
        tables_of({"a.txt": "They met. It rained.", "b.txt": "They left. It snowed."})["discrepancy_candidates"]
