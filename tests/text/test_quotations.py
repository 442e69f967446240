import pytest

from summit_analysis import StoryError

STORY = {
    "a.txt": "Mayor Ada Lund called the plan “a mess” and the so-called “smart” bins a joke.\nThe novel “The Salt Road” won.",
    "b.txt": "Outlook: “No Deal”\n“We left early that night,” said Bo Ek.",
}
FIXES = "article,start,end,field,value,note\n"


def rows(tables, *columns):
    return tables["quotations"][list(columns)].to_numpy().tolist()


def test_each_quotation_has_speaker_verb_and_kind(tables_of):
    assert rows(tables_of(STORY), "article", "quotation", "text", "speaker", "verb", "kind") == [
        ["a", 1, "a mess", "Ada Lund", "called", "speech"],
        ["a", 2, "smart", "", "", "scare"],
        ["a", 3, "The Salt Road", "", "", "title"],
        ["b", 1, "No Deal", "", "", "title"],
        ["b", 2, "We left early that night,", "Bo Ek", "said", "speech"],
    ]


def test_a_link_and_a_programme_are_titles(tables_of):
    text = "READ: ‘Hand of Ice’: Lund Says Vote Is Late\nBo Ek told “Good Morning Oslo” that it was “late”.\n" * 2
    kinds = rows(tables_of({"a.txt": text, "b.txt": "Red boats."}), "text", "kind", "speaker")
    assert kinds[:3] == [["Hand of Ice", "title", ""], ["Good Morning Oslo", "title", ""], ["late", "speech", "Bo Ek"]]


def test_the_codebook_names_the_speaker(tables_of):
    tables = tables_of(STORY, codebook='[[speaker]]\nname = "Ada Maria Lund"\naliases = ["Ada Lund", "Lund"]\n')
    assert rows(tables, "speaker")[0] == ["Ada Maria Lund"]


def test_offsets_are_those_of_the_text(alaska):
    for row in alaska["quotations"].itertuples():
        assert alaska.corpus.texts[row.article][row.start : row.end] == row.text


def test_a_correction_by_hand_is_applied_and_marked(tables_of):
    start = STORY["a.txt"].index("smart")
    fixes = FIXES + f"a,{start},{start + 5},kind,speech,\na,{start},{start + 5},speaker,Ada Lund,she said so\n"
    tables = tables_of(STORY, corrections=fixes)
    assert rows(tables, "text", "speaker", "kind", "corrected")[1] == ["smart", "Ada Lund", "speech", "kind, speaker"]
    assert rows(tables, "corrected")[0] == [""]
    assert "smart" in tables["tokens"].query("voice == 'quoted'")["term"].tolist()


def test_a_correction_that_meets_no_quotation_is_said(tables_of):
    tables = tables_of(STORY, corrections=FIXES + "a,0,5,speaker,Nobody,\n")
    assert tables.notes == ["corrections.csv: a [0:5] is no quotation, so its speaker corrects nothing"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("c,0,5,speaker,x,", "line 2, column article: there is no article 'c'"),
        ("a,5,5,speaker,x,", "line 2, columns start and end: '5' to '5' is no span"),
        ("a,0,99999,speaker,x,", "is no span of the article"),
        ("a,-1,5,speaker,x,", "is no span of the article"),
        ("a,0,5,mood,x,", "line 2, column field: 'mood' cannot be corrected"),
        ("a,0,5,kind,shout,", "line 2, column value: 'shout' is no kind of quotation"),
    ],
)
def test_a_faulty_correction_names_line_and_column(tables_of, row, message):
    with pytest.raises(StoryError, match=message):
        tables_of(STORY, corrections=FIXES + row + "\n")


@pytest.mark.parametrize("text", ["“yes” İ Read", "“yes” ſhe ſaid", "ſhe was late. “No,” ſhe said.", "“yes” HE Kaid"])
def test_letters_that_only_look_alike_without_case_do_no_harm(tables_of, text):
    assert list(tables_of({"a.txt": text, "b.txt": "Red boats."})["quotations"]["article"]) == ["a"]
