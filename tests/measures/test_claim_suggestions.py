import pandas as pd
import pytest

from summit_analysis import NotDefinedError
from summit_analysis.measures.claim_suggestions import as_statement
from summit_analysis.text.alignment import stem
from summit_analysis.text.terms import STOP_WORDS, tokenise

TEXTS = {
    "gull.txt": "The ferry ran aground near Norby harbour. Its captain had slept, the mayor said. Fish were not harmed.",
    "heron.txt": "Near Norby harbour a ferry ran aground at dawn. The owner said nothing about insurance money.",
    "tern.txt": "Rain fell. Rescuers rowed out after the ferry ran aground close to Norby harbour.",
}


def proposed(suggestions: pd.DataFrame, coverage: pd.DataFrame, *, told_by: int = 3) -> pd.DataFrame:
    """Return one row per hand-made claim that at least `told_by` articles tell: whether a suggestion proposes it.

    Columns: claim, statement; weight (articles that tell it); suggestion (the one that fits best, 0 for none);
    suggested (its statement); articles (in which the suggestion's sentence holds the claim's evidence); proposed
    (whether these are at least two, and at least half of the suggestion's articles); words (share of the claim's
    content words that the suggested statement has, in [0, 1]).

    ``proposed`` asks whether a person who reads the suggestion with its sentences has the claim before their eyes;
    ``words`` is stricter, since a claim is worded in the analyst's own words.
    """
    told = coverage[coverage["told"] & (coverage["weight"] >= told_by) & coverage["start"].notna()]
    rows = []
    for claim, evidence in told.groupby("claim", sort=False):
        met = suggestions.merge(evidence[["article", "start", "end"]], on="article", suffixes=("", "_coded"))
        met = met[(met["start"] < met["end_coded"]) & (met["start_coded"] < met["end"])]
        fitting = met.groupby("suggestion").agg(
            articles=("article", "nunique"), told_by=("told_by", "first"), text=("statement", "first")
        )
        first = evidence.iloc[0]
        wanted = _content(first["statement"])
        fitting["hit"] = (fitting["articles"] >= 2) & (2 * fitting["articles"] >= fitting["told_by"])
        fitting["words"] = [len(wanted & _content(text)) / max(len(wanted), 1) for text in fitting["text"]]
        claimed = (claim, first["statement"], int(first["weight"]))
        if fitting.empty:
            rows.append((*claimed, 0, "", 0, False, 0.0))
            continue
        best = fitting.sort_values(["hit", "words", "articles"], ascending=False, kind="stable").iloc[0]
        rows.append((*claimed, int(best.name), best["text"], int(best["articles"]), bool(best["hit"]), best["words"]))
    return pd.DataFrame(
        rows, columns=["claim", "statement", "weight", "suggestion", "suggested", "articles", "proposed", "words"]
    )


def _content(text: str) -> set[str]:
    return {stem(token.term) for token in tokenise(text) if token.term not in STOP_WORDS}


def suggested(tables_of, *texts, **files):
    tables = tables_of({f"{n}.txt": text + f" Padding {'abcd'[n] * 6} words." for n, text in enumerate(texts)}, **files)
    table = tables["claim_suggestions"]
    return {tuple(sorted(rows["article"])) for _, rows in table.groupby("suggestion")}


def test_what_several_tell_alike_is_suggested_the_most_widely_told_first(tables_of):
    table = tables_of(TEXTS)["claim_suggestions"]
    first = table[table["suggestion"] == 1]
    assert sorted(first["article"]) == ["gull", "heron", "tern"]
    assert first["statement"].iloc[0] == "The ferry ran aground near Norby harbour."
    assert first["role"].tolist() == ["seed", "told", "told"]
    assert (table["told_by"].diff().dropna() <= 0).all()
    assert not table["statement"].str.contains("Rain|insurance").any()


def test_every_source_sentence_stands_in_its_text(alaska):
    for row in alaska["claim_suggestions"].itertuples():
        assert alaska.corpus.texts[row.article][row.start : row.end] == row.evidence


@pytest.mark.parametrize(
    ("one", "two", "together"),
    [
        ("The council closed the harbour library.", "The council closed the harbour library early.", True),
        ("The council closed the harbour library.", "The council never closed the harbour library.", False),
        ("The council did not close the harbour library.", "The council closed the harbour library.", False),
        ("Nobody on the council closed the library.", "None on the council closed the library.", True),
        ("The ferry with 312 passengers sank.", "The ferry with 280 passengers sank.", False),
        ("The ferry with 312 passengers sank.", "The ferry sank with 312 passengers.", True),
        ("The debate took nearly three hours in Norby.", "The debate in Norby took four hours.", False),
        ("The council voted on Friday in Norby.", "The council voted in Norby on Saturday.", False),
        ("“The harbour is lost,” Ada Lund said.", "“The harbour is lost,” said Ben Holm.", False),
        ("“The harbour is lost,” Ada Lund said.", "“The harbour is lost,” said Ada Lund.", True),
        ("Ada Lund said the harbour library was lost.", "Ben Holm said the harbour library was lost.", False),
    ],
)  # fmt: skip
def test_never_across_negation_numbers_or_speakers(tables_of, one, two, together):
    assert (("0", "1") in suggested(tables_of, one, two)) == together


def test_hand_made_claims_that_are_proposed(tables_of):
    book = (
        '[[claim]]\nid = "aground"\nstatement = "A ferry ran aground near Norby."\n'
        '[[claim]]\nid = "slept"\nstatement = "The captain slept."\n'
    )
    codings = "claim,article,coder,status,evidence\n"
    spans = {"gull": "ferry ran aground", "heron": "ferry ran aground", "tern": "ferry ran aground"}
    codings += "".join(f"aground,{article},x,asserts,{span}\n" for article, span in spans.items())
    codings += "slept,gull,x,asserts,Its captain had slept\nslept,heron,x,absent,\nslept,tern,x,absent,\n"
    tables = tables_of(TEXTS, codebook=book, codings=codings)
    table = proposed(tables["claim_suggestions"], tables["coverage"])
    assert table[["claim", "weight", "suggestion", "articles", "proposed"]].to_numpy().tolist() == [
        ["aground", 3, 1, 3, True]
    ]
    # ferry, ran, aground, near, norby: "near" is no stop word of scikit-learn's list.
    assert table["words"].iloc[0] == 1
    lone = proposed(tables["claim_suggestions"], tables["coverage"], told_by=1).set_index("claim")["proposed"]
    assert lone.to_dict() == {"aground": True, "slept": False}


def test_how_many_hand_made_claims_of_the_bundled_story_are_proposed(alaska):
    table = proposed(alaska["claim_suggestions"], alaska["coverage"])
    assert table["proposed"].mean() >= 0.7


@pytest.mark.parametrize(
    ("clause", "statement"),
    [
        ("and neither leader took questions", "Neither leader took questions."),
        ("including a red carpet,", "A red carpet."),
        ("Android sales rose", "Android sales rose."),
        ("she called it “a disgrace", "She called it a disgrace."),
        ("“It is lost.”", "“It is lost.”"),
        ("and", "And."),
    ],
)
def test_a_clause_becomes_a_statement(clause, statement):
    assert as_statement(clause) == statement


def test_nothing_alike_gives_an_empty_table_and_one_article_a_reason(tables_of):
    assert tables_of({"a.txt": "Fish swim in cold water.", "b.txt": "Birds fly over old towers."})[
        "claim_suggestions"
    ].empty
    with pytest.raises(NotDefinedError, match="fewer than two"):
        tables_of({"a.txt": "Fish swim in cold water."})["claim_suggestions"]
