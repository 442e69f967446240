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
