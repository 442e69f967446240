import pytest

from summit_analysis.text.statements import agree, alike, comparable, found_again, negations, parts_of
from summit_analysis.text.terms import tokenise

TOGETHER = " We saw Ada Lund, Bo Ek and Ida Berg of Norby, Lisbon and Madrid."


@pytest.fixture
def parts(tables_of):
    def make(**texts):
        tables = tables_of({f"{article}.txt": text + TOGETHER for article, text in texts.items()})
        found = list(parts_of(tables.corpus, tables["segments"], tables["quotations"], {}))
        return [[part for part in found if part.article == article] for article in texts]

    return make


def told(part, other) -> bool:
    return comparable(part, other) and agree(part, other, *found_again(part, other))


def test_a_part_knows_its_sentence(parts):
    text = "Rain fell on Norby, and the old ferry ran aground."
    own = [part for part in parts(a=text)[0] if part.start == 0]
    assert [part.text for part in own] == ["Rain fell on Norby", "the old ferry ran aground."]
    assert {part.sentence for part in own} == {text}


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("The ferry carried 312 passengers.", "The ferry carried 312 passengers to Norby.", True),
        ("The ferry carried 312 passengers.", "The ferry carried 280 passengers.", False),
        ("Ada Lund opened a bridge in Lisbon.", "Ada Lund opened a bridge in Madrid.", False),
        ("Ada Lund praised Bo Ek.", "Ada Lund praised Ida Berg.", False),
        ("Ada Lund praised the crew.", "Ada Lund and Bo Ek praised the crew.", False),
        ("The museum closed its doors.", "The library closed its doors.", False),
        ("The museum closed its doors.", "The library beside the museum closed its doors.", False),
        ("The council fined the museum.", "The museum fined the council.", False),
        ("The museum closed its doors.", "Ada Lund said the museum closed its doors.", True),
        ("The harbour bridge was opened by Ada Lund.", "Ada Lund opened the harbour bridge.", True),
        ("Prices of herring rose in spring.", "Prices of herring fell in spring.", False),
        ("Ada Lund met the crew before the vote.", "Ada Lund met the crew after the vote.", False),
        ("Neither Lund nor Ek took questions.", "Neither Ek nor Lund took questions in Norby.", True),
    ],
)
def test_when_a_part_tells_another(parts, one, two, same):
    first, second = parts(a=one, b=two)
    assert told(first[0], second[0]) == same


def test_words_are_found_in_other_forms_and_as_synonyms_and_each_once(parts):
    first, second = parts(a="The council closed the harbour library.", b="The councils shut their libraries.")
    assert found_again(first[0], second[0])[0] == {"council", "clos", "library"}
    first, second = parts(a="The plane met the jet over Norby.", b="The jet landed.")
    assert len(found_again(first[0], second[0])[0]) == 1


@pytest.mark.parametrize(
    ("text", "shared", "count"),
    [
        ("Nobody slept when the ferry with old engines and broken lamps left Norby harbour.", {"slept"}, 1),
        ("Nobody slept when the ferry with old engines and broken lamps left Norby harbour.", {"norby", "harbour"}, 0),
        ("Nobody slept.", set(), 0),
        ("Neither Lund nor Ek slept.", {"slept"}, 1),
    ],
)
def test_negations_count_beside_the_shared_words(text, shared, count):
    assert negations(text, tokenise(text), frozenset(shared)) == count


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("talks", "talk", True),
        ("talks", "meeting", True),
        ("ferry", "library", False),
        ("", "ferry", False),
        ("none", "nobody", True),
    ],
)
def test_nouns_that_can_stand_for_one_thing(one, two, same):
    assert alike(one, two) == same
