import pytest

from summit_analysis import StoryError, load_codebook, load_corpus

TEXTS = {"one.txt": "They met on Friday. They met again.", "two.txt": "They met on Saturday."}
CLAIM = '[[claim]]\nid = "day"\nstatement = "They met on Friday."\n'


@pytest.fixture
def load(write_story):
    def load_files(**files):
        return load_codebook(load_corpus(write_story(TEXTS, **files)))

    return load_files


def test_without_files_every_table_is_empty(load):
    codebook = load()
    assert codebook.claims.empty
    assert codebook.codings.empty
    assert list(codebook.claims.columns) == ["claim", "statement", "theme", "cues"]


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[[claim]\n", "codebook.toml: is not valid TOML"),
        ('[[claims]]\nid = "a"\n', "unknown table 'claims' → write 'claim'"),
        ('[claim]\nid = "a"\n', r"begin each one with \[\[claim\]\]"),
        ('[[claim]]\nid = "a"\n', r"claim 1 \(a\): has no 'statement'"),
        ('[[claim]]\nid = "a"\nstatement = ""\n', "claim 1 .a., statement: is empty"),
        ('[[claim]]\nid = "a"\nstatement = "x"\nstatment = "y"\n', "unknown key 'statment' → write 'statement'"),
        ('[[claim]]\nid = 3\nstatement = "x"\n', "claim 1 .3., id: 3: input should be a valid string"),
        (CLAIM + CLAIM, r"claim 2 \(day\): id 'day' is that of claim 1 too"),
        ('[[fact]]\nid = "a"\nquestion = "?"\nkind = "length"\n', "fact 1 .a., kind: 'length'"),
        ('[[referent]]\nid = "a"\nlabel = "b"\nforms = []\n', "referent 1 .a., forms"),
        ('[[frame]]\nid = "a"\nlabel = "b"\nterms = []\n', "frame 1 .a., terms"),
        (
            '[[referent]]\nid = "a"\nlabel = "b"\nforms = ["x", "?!"]\n',
            r"referent 1 \(a\), forms, number 2: '\?!' names no word → write",
        ),
        ('[[frame]]\nid = "a"\nlabel = "b"\nterms = ["*"]\n', r"frame 1 \(a\), terms, number 1: '\*' names no word"),
        ('[[verb]]\nform = "…"\nstance = "neutral"\n', "verb 1 .…., form: '…' names no word"),
        ('[[referent]]\nid = "a"\nlabel = "b"\nforms = ["x", "y", "x"]\n', r"forms: 'x' stands twice → remove one"),
        (
            2 * '[[referent]]\nid = "a"\nlabel = "b"\nforms = ["x"]\n',
            r"referent 2 \(a\): id 'a' is that of referent 1 too",
        ),
        (2 * '[[frame]]\nid = "a"\nlabel = "b"\nterms = ["x"]\n', r"frame 2 \(a\): id 'a' is that of frame 1 too"),
    ],
)
def test_a_faulty_codebook_names_entry_and_key(load, toml, message):
    with pytest.raises(StoryError, match=message):
        load(codebook=toml)


def test_forms_of_other_scripts_and_patterns_are_words(load):
    book = '[[referent]]\nid = "a"\nlabel = "b"\nforms = ["(a+)+$", "встреч*", "会议", "$5"]\n'
    assert load(codebook=book).referents["forms"][0] == ["(a+)+$", "встреч*", "会议", "$5"]
