"""What sentences say of what is told once, told by copy alone, lacking, contradicted or nearly told."""

from summit_analysis import findings
from summit_analysis.findings.telling import describe_coverage

COPY = "The red ferry left the crowded harbour at dawn with nine tired sailors aboard, and nobody on the quay waved. "
TEXTS = {
    "a.txt": COPY + "It rained.",
    "b.txt": COPY + "It snowed.",
    "c.txt": "A ferry sailed. Cows slept.",
    "d.txt": "Ferries are slow. Hens won.",
}


def told(tables_of, **marks):
    """Return the tables of the story in which each claim is told (+), absent (-) or contradicted (x) by a, b, c and d."""
    first = {"a": "The red ferry", "b": "The red ferry", "c": "A ferry sailed", "d": "Ferries are slow"}
    status = {"+": "asserts", "-": "absent", "x": "contradicts"}
    rows = [
        f"{claim},{article},ann,{status[mark]},{first[article] if mark != '-' else ''}"
        for claim, line in marks.items()
        for article, mark in zip("abcd", line, strict=True)
    ]
    codebook = "".join(f'[[claim]]\nid = "{claim}"\nstatement = "Ferry {claim} sailed."\n' for claim in marks)
    return tables_of(TEXTS, codebook=codebook, codings="\n".join(["claim,article,coder,status,evidence", *rows, ""]))


def test_what_articles_that_share_copy_alone_tell_is_said(tables_of):
    tables = told(tables_of, p="++++", q="++--", r="++--", s="--+-", t="+-++")
    said = findings.about("telling", tables)
    assert said[0] == (
        "Of 5 claims, 1 is told by all 4 articles, 1 by all but one, 1 by one and 2 by shared copy alone."
    )
    assert (
        "Where articles that share copy count once (b and a), there are 3 independent tellings: 2 of the claims are told "
        "by all, none by all but one and 3 by one alone."
    ) in said
    assert "Only b and a, which share copy, tell: “Ferry q sailed” and “Ferry r sailed”." in said
    assert findings.about("alone", tables) == [
        "Told by one alone: 1 by c (“Ferry s sailed”).",
        "Only by articles that share copy: 2 by b and a (“Ferry q sailed” and others).",
    ]
    assert ", 2 by shared copy alone" in describe_coverage(tables["coverage_independent"]).title


def test_what_contradicts_a_claim_is_not_said_to_lack_it(tables_of):
    tables = told(tables_of, p="+++x", q="+++-")
    said = findings.about("telling", tables)
    assert [s for s in said if s.startswith("All but")] == ["All but d tell: “Ferry q sailed”."]
    assert findings.about("missing", tables) == ["Told by all but one: 1 not in d (“Ferry q sailed”)."]
    assert any(s.startswith("Contradicted: “Ferry p sailed”") and "by d" in s for s in said)


def test_how_near_it_comes_is_counted(tables_of):
    coverage = told(tables_of, p="+---", q="++--")["coverage"]
    traces = ["words", "above", "below", "below", "paraphrase", "words", "none", "none"]
    assert findings.omitting(coverage.sort_values(["claim", "article"]).assign(trace=traces)) == [
        "Of 5 pairs of claim and article that are judged absent, the automatic coder finds nothing near in 2, "
        "in 2 a sentence that is too weak to count and in 1 one that it takes for the claim and the readers did not.",
        "Of 3 tellings, 2 are in the claim's own words and 1 in other words: the automatic coder, which goes by the "
        "words, finds it by synonyms or not at all.",
    ]


def test_where_the_automatic_coder_read_nothing_that_is_said(tables_of):
    coverage = told(tables_of, p="+---")["coverage"].assign(trace="")
    assert findings.omitting(coverage) == [
        "The automatic coder read none of these claims, so that nothing is known of near misses."
    ]
