import pytest

from summit_analysis import findings
from summit_analysis.findings.methods import as_markdown, methods
from summit_analysis.findings.wording import in_marks, listed
from summit_analysis.publish.gallery import FIGURES

SAME = "They met on Friday in Oslo. It rained all day."
TEXTS = {"a.txt": SAME, "b.txt": "They met on Saturday in Oslo. It snowed all day."}


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], "none"),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (list("ABC"), "A, B and C"),
        (list("ABCD"), "A, B and 2 more"),
    ],
)
def test_listed(names, text):
    assert listed(names, most=3) == text


def test_reading_says_what_was_set_aside(tables_of):
    said = findings.about("reading", tables_of(TEXTS | {"c.txt": ""}))
    assert said[0] == "3 documents read: 2 articles by 2 outlets analysed, 1 set aside."
    assert said[1] == "Set aside: texts/c.txt, because it is empty."


def test_likeness_says_whether_the_top_pair_stands_apart(alaska, tables_of):
    assert "is not settled" in findings.about("likeness", alaska)[2]
    apart = tables_of({"a.txt": SAME, "b.txt": SAME, "c.txt": "Fish swim. Birds fly."})
    assert findings.about("likeness", apart)[0].startswith("a and b are most alike: cosine 1.00")
    assert "stands apart" in findings.about("likeness", apart)[2]


def test_wording_says_that_nothing_was_found_or_what(alaska, tables_of):
    assert findings.about("wording", alaska)[0].startswith("No word sets an article apart: of 3,895 tests")
    filler = " ".join(f"word{n % 40}" for n in range(400))
    planted = tables_of({"a.txt": filler + " zebra" * 40, "b.txt": filler, "c.txt": filler})
    assert findings.about("wording", planted)[0] == "a is set apart by “zebra”."


def test_telling_is_read_off_the_codings(tables_of):
    tables = tables_of(
        TEXTS,
        codebook='[[claim]]\nid = "d"\nstatement = "They met on Friday."\n[[claim]]\nid = "o"\nstatement = "They met in Oslo."\n',
        codings="claim,article,coder,status,evidence\nd,a,ann,asserts,met on Friday\nd,b,ann,contradicts,met on Saturday\n"
        "o,a,ann,asserts,in Oslo\no,b,ann,asserts,in Oslo\n",
    )
    said = findings.about("telling", tables)
    assert said[0] == "Of 2 claims, 1 is told by both articles and 1 by one alone."
    assert "Contradicted: “They met on Friday” is told by a and contradicted by b (“met on Saturday”)." in said
    assert "Only a tells: “They met on Friday”." in said


def test_what_is_told_in_part_is_counted_apart(tables_of):
    texts = {f"{name}.txt": "They met in Oslo." for name in "abc"}
    codebook = "".join(f'[[claim]]\nid = "{c}"\nstatement = "They met {c}."\n' for c in "pq")
    status = {"p": ("asserts", "asserts", "partial"), "q": ("partial", "absent", "absent")}
    codings = "claim,article,coder,status,evidence\n" + "".join(
        f"{claim},{article},x,{given},{'' if given == 'absent' else 'They met'}\n"
        for claim, each in status.items()
        for article, given in zip("abc", each, strict=True)
    )
    said = findings.about("telling", tables_of(texts, codebook=codebook, codings=codings))
    assert said[0] == "Of 2 claims, 1 is told by all 3 articles, none by all but one and 1 by one alone."
    assert said[1].endswith(
        "of those told in full, none are told by all 3 articles, 1 by all but one and none by one alone."
    )
    assert "Only a tells, in part at least: “They met q”." in said


def test_forms_used_equally_often_lead_together(tables_of):
    codebook = '[[referent]]\nid = "r"\nlabel = "the talks"\nforms = ["summit", "meeting"]\n'
    texts = {"a.txt": "The summit ended. A summit!", "b.txt": "The meeting ended. A meeting!"}
    said = findings.about("naming", tables_of(texts, codebook=codebook))
    assert said[1].startswith("The talks: most often “summit” and “meeting” (each 2 of 4)")


def test_forms_that_occur_once_are_most_often_nowhere(tables_of):
    codebook = '[[referent]]\nid = "r"\nlabel = "the talks"\nforms = ["summit", "meeting"]\n'
    texts = {"a.txt": "The summit ended.", "b.txt": "The meeting ended."}
    said = findings.about("naming", tables_of(texts, codebook=codebook))
    assert said[1] == "The talks: each of 2 forms occurs once; only a says “summit”, only b says “meeting”."


def test_two_wordings_in_one_article_may_be_two_remarks(tables_of):
    known = '[[speaker]]\nname = "Ada Lund"\n'
    both = "“The talks were extremely productive,” Ada Lund said. “The talks were very productive,” Ada Lund added."
    tables = tables_of({"a.txt": both, "b.txt": "“The talks were very productive,” Ada Lund said."}, codebook=known)
    said = " ".join(findings.about("variation", tables))
    assert "Like words of Ada Lund" in said
    assert "a has several: they may be different remarks." in said


def test_methods_count_the_tests_that_the_findings_count(alaska):
    tests = int(alaska["keyness"].query("voice == 'all'")["tests"].max())
    assert f"p is adjusted over {tests:,} tests" in as_markdown(methods(alaska))
    assert f"of {tests:,} tests" in findings.about("wording", alaska)[0]


def test_what_all_but_one_and_one_alone_tell_is_named(tables_of):
    codebook = "".join(f'[[claim]]\nid = "{c}"\nstatement = "They met {c}."\n' for c in "pqrs")
    told = {"p": "abc", "q": "ab", "r": "bc", "s": "c"}
    codings = "claim,article,coder,status,evidence\n" + "".join(
        f"{c},{x},ann,{'asserts,They met' if x in told[c] else 'absent,'}\n" for c in told for x in "abc"
    )
    tables = tables_of({f"{x}.txt": "They met." for x in "abc"}, codebook=codebook, codings=codings)
    said = findings.about("telling", tables)
    assert said[0] == "Of 4 claims, 1 is told by all 3 articles, 2 by all but one and 1 by one alone."
    assert {"All but a tell: “They met r”.", "All but c tell: “They met q”.", "Only c tells: “They met s”."} <= set(
        said
    )
    short = findings.in_short(tables)
    assert "Told by all but one: 1 not in a (“They met r”); 1 not in c (“They met q”)." in short
    assert "Told by one alone: 1 by c (“They met s”)." in short


def test_many_outlets_are_summed_up(alaska):
    coverage = alaska["coverage"]
    alone = coverage[(coverage["weight"] == 1) & coverage["told"]]
    each = alone["label"].value_counts()
    assert f"; {each.iloc[2:].sum()} more by 3 others." in findings.about("alone", alaska)[0]


def test_what_a_story_does_not_define_is_one_sentence(tables_of):
    assert findings.about("telling", tables_of(TEXTS)) == [
        "Claims are not compared: the story has no codebook.toml with claims."
    ]
    alone = tables_of({"a.txt": SAME})
    # Three sets of findings on claims are left out for one reason, which is said once.
    assert len(findings.in_short(alone)) == len(findings.LEADING) - 2
    assert findings.about("likeness", alone) == ["A comparison needs at least two articles."]


@pytest.mark.parametrize("describe", FIGURES)
def test_descriptions_carry_their_finding_in_title_and_alt_text(alaska, describe):
    table = FIGURES[describe].table
    words = FIGURES[describe].describe(alaska[table])
    assert words.caption.startswith(words.title)
    assert len(words.alt) > 90
    assert words.question.endswith("?")
    if describe != "robustness":  # whose rows are findings
        assert all(label in words.alt for label in alaska["arrangement"]["label"])


def test_marks_inside_a_quoted_statement_become_single():
    assert in_marks("He said “no”.") == "“He said ‘no’”"


def test_marks_that_are_never_closed_are_reported(tables_of):
    said = findings.about(
        "marking", tables_of({"a.txt": "“It went well, she said.\nThey left.", "b.txt": "The “smart” bins."})
    )
    assert said[0] == "2 spans in quotation marks: 1 speech, 0 names and titles, 1 scare quotes."
    assert any("“It went well, she said." in sentence and "never closed" in sentence for sentence in said)
    assert findings.about("marking", tables_of({"a.txt": "No marks here."})) == ["No quotation marks were found."]


def test_what_no_check_bears_on_is_not_said_to_hold(tables_of):
    said = findings.in_short(tables_of({"a.txt": SAME + " “It went well,” said Ada Lund.", "b.txt": SAME}))
    held, _, other = said[-1].partition("Not found to hold: ")
    assert held.startswith("These hold in most checks: ")
    assert "Ada Lund is quoted most" not in held
    assert "Ada Lund is quoted most" in other


@pytest.mark.parametrize(
    ("background", "pool"),
    [
        ("", "as words are in the pooled articles, each"),
        (
            "term,count\n#documents,50\nrained,40\n",
            "as words are in the pooled articles and a background corpus (how often a word occurs there reckoned from the "
            "documents that hold it) together, each",
        ),
        (
            "term,count,occurrences\n#documents,50,\nrained,40,90\n",
            "as words are in the pooled articles and a background corpus together, each",
        ),
    ],
)
def test_methods_say_where_the_prior_comes_from_and_what_p_max_is(tables_of, background, pool):
    tables = tables_of(TEXTS, **({"background": background} if background else {}))
    said = as_markdown(methods(tables))
    assert f"an informative Dirichlet prior of 500 tokens, shared out {pool} article" in said
    shuffles = tables["keyness_null"]["shuffle"].max()
    assert f"how often {shuffles} shufflings of all sentences among the articles" in said
    assert ("A background corpus gives a second weight." in said) == bool(background)
