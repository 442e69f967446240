import pytest

from summit_analysis import StoryError, load_codebook, load_corpus

TEXTS = {"one.txt": "They met on Friday. They met again.", "two.txt": "They met on Saturday."}
CLAIM = '[[claim]]\nid = "day"\nstatement = "They met on Friday."\n'
HEADER = "claim,article,coder,status,evidence,start,note\n"


@pytest.fixture
def load(write_story):
    def load_files(**files):
        return load_codebook(load_corpus(write_story(TEXTS, **files)))

    return load_files


def test_codings_get_the_place_of_their_evidence(load):
    codebook = load(
        codebook=CLAIM,
        codings=HEADER + "day,one,first,asserts,They met on Friday,,\nday,two,first,absent,,,not there\n",
    )
    assert codebook.codings[["article", "status"]].to_numpy().tolist() == [["one", "asserts"], ["two", "absent"]]
    assert codebook.codings["start"].tolist()[0] == 0
    assert codebook.codings["end"].tolist()[0] == 18
    assert codebook.codings["start"].isna().tolist() == [False, True]


def test_evidence_that_stands_twice_is_told_apart_by_its_start(load):
    codebook = load(codebook=CLAIM, codings=HEADER + "day,one,first,partial,They met,20,\n")
    assert codebook.codings[["start", "end"]].to_numpy().tolist() == [[20, 28]]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("dya,one,first,absent,,,", "line 2, column claim: codebook.toml has no claim 'dya' → write 'day'"),
        ("day,three,first,absent,,,", "column article: there is no article 'three'"),
        ("day,one,,absent,,,", "column coder: is empty"),
        ("day,one,first,told,x,,", "column status: 'told' is none of the four"),
        ("day,one,first,absent,They met on,,", "column evidence: is given although the claim is absent"),
        ("day,one,first,asserts,,,", "column evidence: is empty although the status is asserts"),
        ("day,one,first,asserts,They met on Sunday,,", "is not in the text of 'one'"),
        ("day,one,first,asserts,They met,,", r"more than once \(at 0 and 20\)"),
        ("day,one,first,asserts,They met,5,", "the evidence does not stand at 5"),
        ("day,one,first,asserts,They met,99999999999999999999,", "the evidence does not stand"),
        ("day,,first,absent,,,", "column article: there is no article ''"),
        ("day,one,first,asserts,They met,five,", "'five' is no offset"),
        ("day,one,first", "line 2: fields are missing"),
        (
            "day,one,first,absent,,,\nday,one,first,partial,They met on,,",
            "line 3: coder 'first' judged this on line 2 too",
        ),
    ],
)
def test_a_faulty_coding_names_line_and_column(load, row, message):
    with pytest.raises(StoryError, match=message):
        load(codebook=CLAIM, codings=HEADER + row + "\n")


def test_codings_of_an_article_that_was_set_aside_are_left_out_and_said(write_story):
    story = write_story(
        TEXTS | {"empty.txt": ""},
        codebook=CLAIM,
        codings=HEADER + "day,empty,first,absent,,,\nday,one,first,absent,,,\n",
    )
    codebook = load_codebook(load_corpus(story))
    assert len(codebook.codings) == 1
    assert codebook.notes == ("1 coding of “empty” left out: it was set aside",)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "corrections",
            "article,start,end,field,value\na,0,3,speaker,Bo\na,0,3,speaker,Ada\n",
            "corrected on line 2 too",
        ),
        ("corrections", "article,start,end,field,value\na,0,3,speaker\n", "fields are missing"),
        ("quotations", "article,start,end,text,speaker,verb,kind\nz,0,3,Red,,,speech\n", "there is no article 'z'"),
        ("codings", "claim,article,coder,status,evidence\nc,a,auto,absent,\n", "'auto' is what the automatic coder is"),
        (
            "codebook",
            '[[speaker]]\nname="A B"\n[[speaker]]\nname="C"\naliases=["a b"]\n',
            "'a b' is a form of 'A B' too",
        ),
    ],
)
def test_what_contradicts_itself_or_names_nobody_is_refused(tables_of, name, content, message):
    files = {"codebook": '[[claim]]\nid = "c"\nstatement = "Red boats came."\n'} | {name: content}
    with pytest.raises(StoryError, match=message):
        tables_of({"a.txt": "Red boats came.", "b.txt": "They left."}, **files)


FIRST = "claim,article,coder,status,evidence,start,first,note\n"
FERRY = {"a.txt": "Trouble at sea. The ferry ran aground. Later the ferry ran aground again on Friday."}
AGROUND = '[[claim]]\nid = "c"\nstatement = "The ferry ran aground on Friday."\n'


def test_where_a_claim_is_told_first_is_marked_or_is_its_evidence(tables_of):
    evidence = "Later the ferry ran aground again on Friday."
    for first, start in (("The ferry ran aground", 16), ("", 39)):
        tables = tables_of(FERRY, codebook=AGROUND, codings=FIRST + f"c,a,ann,asserts,{evidence},,{first},\n")
        row = tables.codebook.codings.iloc[0]
        assert (row["first_start"], row["first_end"]) == (start, start + len(first or evidence))
        assert row["first"] == FERRY["a.txt"][row["first_start"] : row["first_end"]]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("asserts,The ferry ran aground.,,on Friday,", "'on Friday' stands behind the evidence"),
        ("asserts,The ferry ran aground.,,On Friday,", "'On Friday' is not in 'a'"),
        ("absent,,,Trouble at sea,", "is given although the status is absent"),
        ("contradicts,Later the ferry,,Trouble at sea,", "is given although the status is contradicts"),
    ],
)
def test_a_first_place_that_is_none_is_refused(tables_of, row, message):
    with pytest.raises(StoryError, match=message):
        tables_of(FERRY, codebook=AGROUND, codings=FIRST + f"c,a,ann,{row}\n")
