import pytest

from summit_analysis.text.statements import mergeable, parts_of


@pytest.fixture
def parts(tables_of):
    def make(text):
        tables = tables_of({"a.txt": text})
        return list(parts_of(tables["segments"], tables["quotations"], {}))

    return make


def test_a_sentence_and_its_clauses(parts):
    text = "Rain fell, and the old ferry ran aground, while rescuers rowed out from Norby harbour."
    found = parts(text)
    assert [part.text for part in found] == [
        text,
        "Rain fell, and the old ferry ran aground",
        "while rescuers rowed out from Norby harbour.",
    ]
    assert [part.whole for part in found] == [True, False, False]
    assert all(text[part.start : part.start + len(part.text)] == part.text for part in found)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“The harbour is lost,” Ada Lund said.", {"lund"}),
        ("Ada Lund insisted that the harbour was lost.", {"lund"}),
        ("The harbour was lost in rain.", set()),
    ],
)
def test_whose_words_a_part_holds(parts, text, speakers):
    assert parts(text)[0].speakers == speakers


def test_negation_counts_beside_the_shared_words(parts):
    part = parts("Nobody slept when the ferry with old engines and broken lamps left Norby harbour at dawn.")[0]
    assert part.negated({"slept"})
    assert not part.negated({"norby", "harbour"})
    assert not part.negated(set())


def test_parts_with_another_number_are_not_merged(parts):
    one, two, three = (parts(f"The ferry carried {n} passengers.")[0] for n in (312, 280, 312))
    shared = frozenset({"ferry", "carri", "passenger"})
    assert not mergeable(one, two, shared)
    assert mergeable(one, three, shared)
