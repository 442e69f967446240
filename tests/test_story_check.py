from summit_analysis import analysis, load_corpus
from summit_analysis.story_check import check_story, described

TEXTS = {"a.txt": "The carpet is red.", "b.txt": "“Blue” sky.".encode("cp1252"), "c.txt": ""}


def test_faults_of_all_files_are_told_at_once(write_story):
    story = write_story(
        TEXTS,
        codebook='[[claim]]\nid = "c"\n',
        corrections="article,start,end,field,value\na,0,3,mood,x\n",
        quotations="article,start,end,text,speaker,verb,kind\na,0,3,Tha,,,speech\n",
    )
    (story / "background.csv").write_text("term,count\nred,many\n")
    assert [fault.file for fault in check_story(story).faults] == [
        "codebook.toml",
        "corrections.csv",
        "quotations.csv",
        "background.csv",
    ]


def test_a_sound_story_is_described(write_story):
    checked = check_story(write_story(TEXTS))
    assert checked.faults == ()
    assert described(checked) == [
        "3 documents read: 2 analysed, 1 set aside",
        "2 articles of 2 outlets",
        "no codebook: claims are not compared",
        "note: texts/b.txt: read as cp1252",
        "set aside: texts/c.txt: it is empty",
    ]


def test_without_a_corpus_its_faults_are_all(write_story):
    checked = check_story(write_story(TEXTS, articles="outlet,file\n,texts/a.txt\nA,../x\n"))
    assert [fault.where for fault in checked.faults] == ["line 2, column outlet", "line 3, column file"]
    assert described(checked) == []


def test_what_the_codebook_names_in_vain_is_told_as_a_run_tells_it(write_story):
    codebook = """
[[claim]]
id = "red"
statement = "The carpet is red."
cues = ["carpet", "scarlet rug"]
[[fact]]
id = "width"
question = "How wide is the carpet?"
kind = "number"
near = ["carpet", "wide"]
[[referent]]
id = "floor"
label = "Floor"
forms = ["carpet", "rug"]
[[frame]]
id = "colour"
label = "Colour"
terms = ["red", "purple"]
"""
    story = write_story(TEXTS, codebook=codebook)
    checked = check_story(story)
    assert checked.faults == ()
    assert [note.removeprefix("codebook.toml: ") for note in checked.notes] == [
        "form 'rug' of referent 'floor' is found in no article, or only inside a longer form",
        "term 'purple' of frame 'colour' is found in no article, or only inside a longer term",
        "cue 'scarlet rug' of claim 'red' is found in no article",
        "near word 'wide' of fact 'width' is found in no article",
        "no article gives a value for fact 'width'",
    ]
    assert described(checked)[-5:] == [f"note: {note}" for note in checked.notes]
    assert list(checked.notes) == analysis.tables(load_corpus(story)).notes


def test_a_unit_that_stops_a_run_is_a_fault_of_the_check(write_story):
    codebook = '[[fact]]\nid = "f"\nquestion = "How long?"\nkind = "duration"\nunit = "miles"\n'
    assert [fault.where for fault in check_story(write_story(TEXTS, codebook=codebook)).faults] == ["fact 1 (f), unit"]
