import pytest

from summit_analysis import StoryError, load_corpus
from summit_analysis.background import load_background

TEXTS = {"a.txt": "Red carpet."}


def load(write_story, content):
    story = write_story(TEXTS)
    (story / "background.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_background(load_corpus(story))


def test_a_story_without_the_file_has_no_background(write_story):
    assert load_background(load_corpus(write_story(TEXTS))) is None


def test_terms_are_those_of_the_tables(write_story):
    background = load(
        write_story, "term,count\n#documents,100\nPutin,4\nputin,3\nU.S.,7\nred,12\nzero,0\nred carpet,2\n.,9\n"
    )
    assert dict(background.counts) == {"US": 7, "putin": 7, "red": 12}
    assert background.documents == 100
    assert background.notes == ("2 of 7 terms of background.csv are left out: they are not one word each",)


def test_the_order_of_rows_does_not_matter(write_story):
    one = load(write_story, "term,count\nred,2\nblue,1\n#documents,9\n")
    two = load(write_story, "count,term\n1,blue\n9,#documents\n2,red\n")
    assert list(one.counts.items()) == list(two.counts.items()) == [("blue", 1), ("red", 2)]


def test_every_fault_is_listed(write_story):
    with pytest.raises(StoryError) as error:
        load(write_story, "term,count\nred,x\n,3\nblue,-1\ngreen\nred,4\ngrey,1.5\n#documents,9\n")
    assert [(fault.where, fault.found) for fault in error.value.faults] == [
        ("line 2, column count", "'x' is no whole number"),
        ("line 3, column term", "is empty"),
        ("line 4, column count", "'-1' is no whole number"),
        ("line 5, column count", "fields are missing"),
        ("line 6, column term", "'red' stands on line 2 too"),
        ("line 7, column count", "'1.5' is no whole number"),
    ]


@pytest.mark.parametrize("content", ["term,count\nred,1\n", "term,count\nred,1\n#documents,0\n"])
def test_the_number_of_documents_is_needed(write_story, content):
    with pytest.raises(StoryError, match="no row '#documents'"):
        load(write_story, content)


def test_occurrences_are_read_where_the_file_has_them(write_story):
    background = load(
        write_story, "term,count,occurrences\n#documents,100,\nPutin,4,9\nputin,3,3\nred,12,40\nzero,0,0\n"
    )
    assert dict(background.counts) == {"putin": 7, "red": 12}
    assert dict(background.occurrences) == {"putin": 12, "red": 40}
    assert dict(load(write_story, "term,count\n#documents,100\nred,12\n").occurrences) == {}


def test_a_word_occurs_in_each_document_that_holds_it(write_story):
    with pytest.raises(StoryError) as error:
        load(write_story, "term,count,occurrences\n#documents,9,\nred,4,3\nblue,1,x\ngrey,2\n")
    assert [(fault.where, fault.found) for fault in error.value.faults] == [
        ("line 3, column occurrences", "3 is less than the 4 documents that hold the term"),
        ("line 4, column occurrences", "'x' is no whole number"),
        ("line 5, column occurrences", "fields are missing"),
    ]


def test_occurrences_are_reckoned_from_documents_where_the_file_does_not_say(write_story):
    background = load(write_story, "term,count\n#documents,1000\nthe,1000\nred,500\nrare,1\nPutin,900\nputin,300\n")
    expected = background.expected
    assert expected["rare"] == pytest.approx(1, rel=0.01)
    # Half of the documents hold a word that stands 0.69 times in each, as 1 - exp(-0.69) is a half.
    assert expected["red"] == pytest.approx(693, rel=0.01)
    assert expected["the"] == expected["putin"] > 5 * 1000
    known = load(write_story, "term,count,occurrences\n#documents,9,\nred,4,30\n")
    assert dict(known.expected) == {"red": 30}
