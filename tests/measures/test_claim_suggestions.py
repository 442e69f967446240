import pytest

from summit_analysis import NotDefinedError
from summit_analysis.measures import claim_suggestions
from summit_analysis.measures.claim_suggestions import as_statement
from summit_analysis.text.propositions import Propositions

TEXTS = {
    "gull.txt": "The ferry ran aground near Norby harbour. Its captain had slept, the mayor said. Fish were not harmed.",
    "heron.txt": "Near Norby harbour a ferry ran aground at dawn. The owner said nothing about insurance money.",
    "tern.txt": "Rain fell. Rescuers rowed out after the ferry ran aground close to Norby harbour.",
}


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
        ("Ada Lund called the plan “a sad disgrace”.", "Both mayors, Ada Lund and Ben Holm, called the plan “a sad disgrace”.", False),
        ("The council opened a library in Lisbon.", "The council opened a library in Madrid.", False),
        ("Ada Lund praised Ben Holm for the rescue.", "Ada Lund praised Ida Berg for the rescue.", False),
        ("The museum closed its doors to visitors.", "The library closed its doors to visitors.", False),
        ("The council fined the museum over its roof.", "The museum fined the council over its roof.", False),
        ("The engine of the ferry had not failed.", "The engine of the ferry had failed twice.", False),
        ("Ada Lund accepted an offer of help.", "Ada Lund turned down an offer of help.", False),
        ("Later, in a Coast Radio interview, Ada Lund refused details.", "In a later Coast Radio interview, Ada Lund praised pilots.", False),
        ("Ada Lund left Norby on a steamer.", "Ada Lund left on an armoured train.", False),
    ],
)  # fmt: skip
def test_never_across_negation_numbers_or_speakers(tables_of, one, two, together):
    assert (("0", "1") in suggested(tables_of, one, two)) == together


def test_every_suggestion_is_a_sentence_with_a_subject_and_a_verb(alaska):
    statements = alaska["claim_suggestions"]["statement"].unique()
    assert len(statements) > 10
    for statement in statements:
        assert statement[0].isupper() or statement[0] in "“‘"
        assert any(made for _, found in Propositions(statement, {}).by_sentence() for made in found), statement


def test_a_fragment_is_no_statement(tables_of):
    texts = {
        "a.txt": "Ada Lund promised help, including a red carpet and a brass band for all.",
        "b.txt": "They saw a red carpet and a brass band. Snow fell.",
    }
    assert tables_of(texts)["claim_suggestions"].empty


def test_what_a_sentence_says_of_one_is_suggested_one_by_one(tables_of):
    texts = {
        "a.txt": "Ada Lund, who had chaired the harbour bank, resigned on Monday and thanked the old crew.",
        "b.txt": "On Monday Ada Lund resigned. She had chaired the harbour bank.",
        "c.txt": "“It is over,” said Ada Lund. She thanked the old crew.",
    }
    assert set(tables_of(texts)["claim_suggestions"]["statement"]) == {
        "Ada Lund had chaired the harbour bank.",
        "Ada Lund resigned on Monday.",
        "Ada Lund thanked the old crew.",
    }


def test_a_pronoun_gives_way_to_whom_it_means(tables_of):
    texts = {
        "a.txt": "Ada Lund came to Norby. She opened the harbour bridge.",
        "b.txt": "Ada Lund slept in Norby. In the end she opened the harbour bridge.",
    }
    assert "Ada Lund opened the harbour bridge." in set(tables_of(texts)["claim_suggestions"]["statement"])


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


def test_sentences_of_articles_that_are_not_compared_are_not_counted(tables_of, monkeypatch):
    tables = tables_of(TEXTS)
    segments, quotations, arrangement = (tables[name] for name in ("segments", "quotations", "arrangement"))
    two = arrangement[arrangement["article"] != "tern"]
    sentences = segments[segments["kind"] == "sentence"].groupby("article").size()
    monkeypatch.setattr(claim_suggestions, "MOST_SENTENCES", int(sentences.drop("tern").sum()))
    assert len(claim_suggestions.suggest_claims(tables.corpus, segments, quotations, two, {}))
    with pytest.raises(NotDefinedError, match="more than"):
        claim_suggestions.suggest_claims(tables.corpus, segments, quotations, arrangement, {})
