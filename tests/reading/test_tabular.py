import json

import pytest

from summit_analysis import StoryError, load_codebook, load_corpus

ROWS = [
    {"article": "007", "outlet": "NA", "text": "  Red carpet.\nThey met. "},
    {"article": "b", "outlet": "null", "text": "Red plane “left”.", "published": "2025-08-16T01:00:00+02:00"},
]


@pytest.fixture
def load(tmp_path):
    def load_bytes(content: str | bytes, name: str = "story.jsonl"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_corpus(path)

    return load_bytes


def jsonl(*rows) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_the_same_articles_come_out_of_csv_and_jsonl(load):
    table = 'article,outlet,published,text\n007,NA,,"  Red carpet.\nThey met. "\nb,null,2025-08-16T01:00:00+02:00,Red plane “left”.\n'
    for corpus in (load(jsonl(*ROWS)), load(table, "story.csv")):
        assert dict(corpus.texts) == {row["article"]: row["text"] for row in ROWS}
        assert list(corpus.articles["outlet"]) == ["NA", "null"]
        assert list(corpus.articles["published"]) == ["", "2025-08-15T23:00:00+00:00"]
        assert corpus.name == "story"


def test_a_cell_of_text_is_verbatim_but_for_line_ends(load):
    corpus = load(b'article,outlet,text\r\na,A,"\'=1 red\r\ncarpet "\r\n', "story.csv")
    assert corpus.texts["a"] == "'=1 red\ncarpet "
    assert load(jsonl({"article": "a", "outlet": "A", "text": "x\u2028red\r\n"})).texts["a"] == "x\u2028red\n"


def test_each_row_is_decoded_on_its_own(load):
    utf8, cp1252 = "a,A,“Red” carpet\n".encode(), "b,B,“Blue” carpet\n".encode("cp1252")
    corpus = load(b"article,outlet,text\n" + utf8 + cp1252 + b"c,C,caf\x81 carpet\n", "story.csv")
    assert dict(corpus.texts) == {"a": "“Red” carpet", "b": "“Blue” carpet"}
    assert list(corpus.load_report["encoding"]) == ["utf-8", "cp1252", ""]
    assert "fits none of the encodings" in corpus.load_report["reason"][2]
    lines = jsonl(ROWS[0]).encode() + json.dumps(ROWS[1], ensure_ascii=False).encode("cp1252")
    assert list(load(lines).load_report["encoding"]) == ["utf-8", "cp1252"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"article": "c", "outlet": "C", "text": null}', "line 3: its text is missing"),
        ('{"article": "c", "outlet": "C"}', "line 3: its text is missing"),
        ('{"article": "c", "outlet": "C", "text": NaN}', "line 3: NaN is no JSON value"),
        ('{"article": "c", "text": "x", "text": "y"}', "line 3: the key 'text' stands twice"),
        ('{"article": "c", "outlet": "C", "text": "half \\ud83d"}', "it holds half a character"),
        ('{"article": "c", "outlet": "C", "text": "\\u0000 carpet"}', "it holds a NUL"),
        ('{"article": "c", "outlet": "C", "text": " "}', "it holds white space only"),
    ],
)
def test_a_line_that_cannot_be_used_is_set_aside(load, line, reason):
    report = load(jsonl(*ROWS) + line + "\n").load_report
    assert list(report["outcome"]) == ["set aside", "analysed", "analysed"] or len(report) == 3
    (aside,) = report.loc[report["outcome"] == "set aside"].to_dict("records")
    assert aside["reason"].startswith(reason)
    assert aside["place"] == "line 3"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (jsonl(*ROWS)[:-20], "line 2: is not a JSON object"),
        ("[1]\n", "line 1: is not a JSON object .it is a list"),
        ("[" * 200_000, "line 1: is not a JSON object"),
        ("", "is empty"),
        (jsonl({"article": "a", "text": "Red"}), "no column 'outlet'"),
        (jsonl(ROWS[0] | {"titel": "x"}), "unknown column 'titel' → write 'title'"),
        (jsonl(ROWS[0], ROWS[0]), "line 1 and line 2: the article id '007' is given twice"),
        (jsonl(ROWS[0] | {"published": "03/04/2025"}), "line 1, column published: '03/04/2025' is not"),
        (jsonl(ROWS[0] | {"outlet": ["A"]}), "line 1, column outlet: .* is no text"),
        (jsonl(ROWS[0] | {"text": 5}), "line 1, column text: '5' is no text"),
        (jsonl(ROWS[0] | {"article": ""}), "line 1, column article: is empty"),
        (b"\x1f\x8b\x08 packed", "gzip archive"),
    ],
)
def test_a_faulty_file_is_one_clear_error(load, content, message):
    with pytest.raises(StoryError, match=message):
        load(content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("article,outlet,text\n", "no rows"),
        ("article,text\na,Red\n", "no column 'outlet'"),
        ("article,outlet,file\na,A,texts/a.txt\n", "no column 'text'"),
        ("article;outlet;text\na;A;Red\n", "separated by ';'"),
        ('article,outlet,text\na,A,"Red\n', "row that begins on line 2"),
        ("article,outlet,text\na,A,Red\nb,B", "line 3: the file ends within this row"),
        ("article,outlet,text\na,A,Red,blue\n", "line 2: 4 fields"),
    ],
)
def test_a_faulty_csv_of_texts_is_one_clear_error(load, content, message):
    with pytest.raises(StoryError, match=message):
        load(content, "story.csv")


def test_a_file_in_a_folder_has_the_story_s_other_files_beside_it(write_story):
    story = write_story(
        {"stray.txt": "Red."},
        articles="article,outlet,text\na,A,The carpet is red.\n",
        codebook='[[claim]]\nid = "c"\nstatement = "The carpet is red."\n',
        codings="claim,article,coder,status,evidence\nc,a,me,asserts,carpet is red\n",
    )
    codings = load_codebook(load_corpus(story)).codings
    assert codings[["start", "end"]].to_numpy().tolist() == [[4, 17]]
    assert load_corpus(story).load_report["reason"].tolist() == ["", "articles.csv does not list it"]
    # By itself the file is the whole story.
    assert load_codebook(load_corpus(story / "articles.csv")).codings.empty


def test_two_lists_of_articles_in_one_folder_are_refused(write_story):
    story = write_story({}, articles="article,outlet,text\na,A,Red\n")
    (story / "articles.jsonl").write_text(jsonl(*ROWS))
    with pytest.raises(StoryError, match=r"articles\.csv and articles\.jsonl"):
        load_corpus(story)
    (story / "articles.jsonl").unlink()
    (story / "articles.csv").write_text("article,outlet,file,text\na,A,a.txt,Red\n")
    with pytest.raises(StoryError, match="both a column 'file' and a column 'text'"):
        load_corpus(story)


@pytest.mark.parametrize("name", ["story.pkl", "story.csv.gz", "story.xlsx", "story.txt"])
def test_other_kinds_of_file_are_not_opened(load, name):
    with pytest.raises(StoryError, match="neither a folder nor a file of articles"):
        load(b"\x80\x04.", name)
