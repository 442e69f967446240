import numpy as np
import pytest

from summit_analysis.text.prose import STOP_WORD, read_prose

FISH = (
    "The mayor, Ada Lund, stroked 12 haddocks on Monday. She declined to comment.\n\n“A haddock remembers,” Lund said."
)


@pytest.fixture
def prose_of(tables_of):
    def make(*texts):
        tables = tables_of({f"a{n}.txt": text for n, text in enumerate(texts)})
        return read_prose(tables.corpus.texts, tables["segments"], tables["quotations"])

    return make


def weights(prose):
    return dict(zip(prose.terms, prose.weight.tolist(), strict=True))


def test_names_numbers_and_stock_phrases_sink(prose_of):
    weight = weights(prose_of(FISH)[0])
    assert weight["ada"] == weight["lund"] == weight["monday"] == weight["12"] == 0
    assert weight["the"] == weight["declined"] == weight["comment"] == STOP_WORD
    # Nobody else says them: "stroked" has 7 letters of 8, "haddocks" and "haddock" share a stem and two sentences.
    assert weight["stroked"] > weight["mayor"] > STOP_WORD
    assert weight["stroked"] == pytest.approx(7 / 8 * (1 - np.log(2) / np.log(53)))


def test_an_article_that_is_printed_twice_changes_no_weight(prose_of):
    once, twice = prose_of(FISH, "Something else happened."), prose_of(FISH, "Something else happened.", FISH)
    assert weights(once[0]) == weights(twice[0])


def test_offsets_point_at_the_words(prose_of):
    words = prose_of(FISH)[0]
    assert [FISH[s:e].lower() for s, e in zip(words.start, words.end, strict=True)] == words.terms


def test_quoted_words_are_not_own(prose_of):
    words = prose_of(FISH)[0]
    assert [t for t, quoted in zip(words.terms, words.quoted, strict=True) if quoted] == ["a", "haddock", "remembers"]
    assert (words.own == ~words.quoted).all()


@pytest.mark.parametrize(
    "text",
    [
        "She tweeted: haddocks remember everything\n\nHe slept.",
        "She tweeted:\n\nhaddocks remember everything\n\nHe slept.",
        "He slept.\n\nhaddocks remember everything — Ada Lund (@ada) August 17, 2018\n\nHe slept.",
        "He slept.\n\nhaddocks remember everything\n\n— Ada Lund (@ada) August 17, 2018\n\nHe slept.",
    ],
)
def test_a_post_without_marks_is_nobodys_own_prose(prose_of, text):
    words = prose_of(text)[0]
    own = {t for t, is_own in zip(words.terms, words.own, strict=True) if is_own}
    assert "haddocks" not in own and "slept" in own


def test_where_nouns_have_capitals_capitals_are_no_names(prose_of):
    german = (
        "Die Minister haben den Vertrag über die Grenze und den Handel am Morgen im Schloss der Stadt unterschrieben."
    )
    assert weights(prose_of(" ".join([german] * 9))[0])["vertrag"] > STOP_WORD


def test_one_letter_and_what_an_apostrophe_leaves_are_told_apart(prose_of):
    words = prose_of("They didn't wait 3 days.")[0]
    assert words.terms == ["they", "did't", "wait", "3", "days"]
    assert words.counted.tolist() == [True, True, True, False, True]
