import pytest

from summit_analysis.text.passages import find_shared
from summit_analysis.text.prose import read_prose

COPY = "The exhausted divers surfaced beside a sunken tanker and waved towards the helicopter."


@pytest.fixture
def shared(tables_of):
    def make(*texts):
        tables = tables_of({f"a{n}.txt": text for n, text in enumerate(texts)})
        prose = read_prose(tables.corpus.texts, tables["segments"], tables["quotations"])
        found = {}
        for a, b, passages in find_shared(prose):
            found[a, b] = [
                ([prose[a].terms[i] for i, _ in p.pairs], round(p.rarity, 2), round(p.own, 2)) for p in passages
            ]
        return found

    return make


def test_an_edited_sentence_is_one_passage(shared):
    found = shared(COPY, COPY.replace("waved towards", "signalled to").replace("surfaced", "were surfacing"))
    [(words, rarity, own)] = found[0, 1]
    assert words == [
        "the",
        "exhausted",
        "divers",
        "surfaced",
        "beside",
        "a",
        "sunken",
        "tanker",
        "and",
        "the",
        "helicopter",
    ]
    assert rarity == own > 3


def test_what_goes_on_in_the_next_sentence_is_joined(shared):
    more = "Their instruments had corroded overnight."
    [(words, *_)] = shared(f"{COPY} {more}", f"{COPY} {more}")[0, 1]
    assert len(words) == 18


def test_sentences_in_another_order_are_passages_of_their_own(shared):
    more = "Instruments corroded overnight in the flooded laboratory."
    assert len(shared(f"{COPY} {more}", f"{more} Nobody slept. {COPY}")[0, 1]) == 2


def test_a_word_stands_in_one_passage(shared):
    assert len(shared(f"{COPY} Nobody slept. {COPY}", COPY)[0, 1]) == 1


def test_a_quotation_is_shared_but_not_own(shared):
    [(_, rarity, own)] = shared(f"“{COPY}”", f"He wrote it down. “{COPY}”")[0, 1]
    assert rarity > 3 and own == 0


@pytest.mark.parametrize("other", ["Fish swim.", "The and of the.", "Ada Lund and Bo Ek met in Oslo on Monday."])
def test_nothing_telling_in_common_is_no_passage(shared, other):
    assert shared(COPY, other) == {}
