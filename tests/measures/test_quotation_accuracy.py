import pandas as pd
import pytest

from summit_analysis import StoryError
from summit_analysis.measures.quotation_accuracy import score

COLUMNS = ["article", "start", "end", "speaker", "verb", "kind"]


def test_counts_are_of_spans_kinds_speakers_and_verbs():
    annotated = [
        ("a", 0, 5, "Ada Lund", "said", "speech"),
        ("a", 9, 12, "", "", "scare"),
        ("a", 20, 30, "Bo Ek", "", "speech"),
    ]
    found = [
        ("a", 0, 5, "ada lund", "told", "speech"),
        ("a", 9, 12, "Bo Ek", "said", "speech"),
        ("a", 40, 50, "", "", "title"),
    ]
    table = score(pd.DataFrame(found, columns=COLUMNS), pd.DataFrame(annotated, columns=COLUMNS), texts="t")
    assert table[["what", "annotated", "found", "right"]].to_numpy().tolist() == [
        ["span", 3, 3, 2],
        ["kind", 2, 2, 1],
        ["speaker", 2, 2, 1],
        ["verb", 1, 2, 0],
    ]
    assert table["precision"].tolist() == pytest.approx([2 / 3, 1 / 2, 1 / 2, 0])


def recall(table, texts, what):
    return table[(table["texts"] == texts) & (table["what"] == what)]["recall"].iloc[0]


def test_the_bundled_texts_and_the_invented_passages_are_attributed(alaska):
    table = alaska["quotation_accuracy"]
    assert recall(table, "this story", "span") == 1
    assert recall(table, "this story", "speaker") >= 0.95
    assert recall(table, "this story", "verb") >= 0.90
    assert recall(table, "invented passages", "span") >= 0.99
    assert recall(table, "invented passages", "speaker") >= 0.92
    assert recall(table, "invented passages", "verb") >= 0.95


def test_without_annotations_the_passages_alone_are_measured(tables_of):
    assert set(tables_of({"a.txt": "They met."})["quotation_accuracy"]["texts"]) == {"invented passages"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a,0,4,They,x,said,speech", None),
        ("a,0,4,That,x,said,speech", "does not stand there"),
        ("a,0,4,They,x,said,shout", "is no kind"),
    ],
)
def test_annotations_are_checked_against_the_text(tables_of, row, message):
    header = "article,start,end,text,speaker,verb,kind\n"
    if message is None:
        assert len(tables_of({"a.txt": "They met."}, quotations=header + row + "\n").codebook.annotated) == 1
    else:
        with pytest.raises(StoryError, match=message):
            tables_of({"a.txt": "They met."}, quotations=header + row + "\n")
