import pytest

from summit_analysis import findings

TEXTS = {"a.txt": "They met in Oslo.", "b.txt": "They met in Oslo. It rained."}
BOOK = '[[claim]]\nid = "p"\nstatement = "They met in Oslo."\n[[claim]]\nid = "q"\nstatement = "A hen won."\n'


def trusting(tables_of, **judged):
    """Return the findings on coders, each of whom gives one status to all claims in all articles."""
    rows = [
        f"{claim},{article},{coder},{status},{'' if status == 'absent' else 'met'}"
        for coder, status in judged.items()
        for claim in "pq"
        for article in "ab"
    ]
    tables = tables_of(TEXTS, codebook=BOOK, codings="\n".join(["claim,article,coder,status,evidence", *rows, ""]))
    return findings.about("trusting", tables)


@pytest.mark.parametrize(
    ("status", "told"),
    [("asserts", "F1 1.00 (1.00 to 1.00) on told"), ("absent", "F1 not defined on told")],
)
def test_what_one_status_alone_leaves_undefined_is_said(tables_of, status, told):
    said = next(s for s in trusting(tables_of, ann=status, ben=status) if s.startswith("Coders"))
    assert told in said
    assert "Krippendorff's alpha not defined on all statuses; they differ in 0 of 4 judgements." in said
    assert "nan" not in said


def test_the_automatic_coder_is_not_praised_beyond_what_is_known(tables_of):
    said = " ".join(trusting(tables_of, ann="asserts"))
    assert "The automatic coder against “ann” reaches F1" in said
    assert "it may do much worse" in said


def test_how_many_judgements_differ_in_which_way_and_where_all_stand(tables_of):
    said = trusting(tables_of, ann="asserts", ben="absent")
    coders = next(s for s in said if s.startswith("Coders"))
    assert coders.endswith("they differ in 4 of 4 judgements (4 absent where the other has told).")
    number = int(said[-1].split()[0])
    assert number >= 4
    assert said[-1] == f"{number} disagreements in all, each with the evidence of both in the table “disagreements”."


def test_how_articles_commit_themselves_is_counted_as_it_is_read_off(tables_of):
    codings = """claim,article,coder,status,evidence
p,a,ann,asserts,They met
p,b,ann,asserts,"It rained, and they may have met"
q,a,ann,contradicts,no hen won
q,b,ann,asserts,a hen won
"""
    texts = {
        "a.txt": "They met in Oslo. On that day no hen won.",
        "b.txt": "It rained, and they may have met. Ek said a hen won.",
    }
    said = findings.about("committing", tables_of(texts, codebook=BOOK, codings=codings))
    assert said[0].startswith(
        "4 passages on a claim: 1 as a fact, 1 as somebody's words, 1 with a hedge and 1 as untrue."
    )
    assert "Hedges are looked for in the clause that tells it." in said[0]
    assert said[1] == "Given as somebody's words: a 0 of 2 and b 1 of 2."
