import pandas as pd
import pytest

from summit_analysis import NotDefinedError, analysis, decoding, load_corpus
from summit_analysis.analysis import MAKERS, WRITTEN

# What the bundled story does not define, and why.
UNDEFINED = {"keyness_outlets": "each has one article", "kept_of_wire": "agency original"}
NEEDS_CODEBOOK = {
    *("coverage_independent", "prominence", "reader_curve", "order"),
    *("facts", "discrepancies", "discrepancies_scaled"),
    *("told_independently_by_one", "told_by_all_but_one"),
    *("settled", "agreement", "disagreements", "claim_weights", "pyramid"),
    *(
        "claims",
        "coverage",
        "contradictions",
        "told_by_one",
        "nearly_told",
        "commitments",
        "retellings",
        "told_otherwise",
    ),
    *("naming_evidence", "naming", "naming_panels", "naming_leading", "frame_evidence", "frames", "frame_panels"),
}
TEXTS = {"a.txt": "Red carpet. They met.", "b.txt": "Red plane. They left."}


def test_a_table_is_made_once(tables_of):
    tables = tables_of(TEXTS)
    assert tables["similarity"] is tables["similarity"]


def test_what_is_written_can_be_made(alaska):
    assert set(WRITTEN) <= set(MAKERS)
    for name in MAKERS:
        if name not in UNDEFINED:
            assert len(alaska[name]) > 0, name
    for name, reason in UNDEFINED.items():
        assert reason in alaska.left_out(name)


def test_a_story_without_codebook_has_everything_but_claims(tables_of):
    tables = tables_of(TEXTS)
    assert {name for name in MAKERS if tables.left_out(name)} == NEEDS_CODEBOOK | set(UNDEFINED)
    assert tables["overview"]["claims_told"].isna().all()


def test_a_function_that_embeds_reaches_the_coder_of_claims(write_story):
    def embed(texts):
        asked.append(len(texts))
        return [[1.0, 0.0] if "vessel" in text or "ship" in text else [0.0, 1.0] for text in texts]

    asked = []
    codebook = "[[claim]]\nid = 'c'\nstatement = 'The ship was lost.'\n"
    corpus = load_corpus(write_story({"a.txt": "The vessel keeled over.", "b.txt": "A choir sang."}, codebook=codebook))
    helped, plain = analysis.tables(corpus, embed=embed), analysis.tables(corpus)
    assert helped["claims"]["score"].iloc[0] > plain["claims"]["score"].iloc[0]
    assert asked == [3]
    assert helped.with_settings(partial=False).embed is embed


def test_an_unknown_table_is_a_key_error(tables_of):
    with pytest.raises(KeyError) as error:
        tables_of(TEXTS)["similarities"]
    assert not isinstance(error.value, NotDefinedError)


def test_the_overview_names_the_nearest_article(alaska):
    nearest = alaska["overview"].set_index("article")
    pairs = alaska["similarity"].query("voice == 'all'")
    for article, row in nearest.iterrows():
        own = pairs[(pairs["article_a"] == article) | (pairs["article_b"] == article)]
        assert row["nearest_cosine"] == own["cosine"].max()


def test_outlets_with_several_articles_are_told_apart(tables_of):
    tables = tables_of(TEXTS, articles="outlet,file\nThe Paper,texts/a.txt\nThe Paper,texts/b.txt\n")
    assert tables["articles"]["label"].tolist() == ["The Paper · a", "The Paper · b"]


def test_other_settings_change_what_they_are_about(tables_of):
    tables = tables_of({"a.txt": "The Talks\n\nThey talked. “Peace talks,” said Lund.", "b.txt": "They talk of war."})

    def words(**changes):
        table = tables.with_settings(**changes)["words"]
        return table.loc[table["article"] == "a", "term"].tolist()

    assert words() == ["the", "talks", "they", "talked", "peace", "talks", "said", "lund"]
    assert words(headings=False) == ["they", "talked", "peace", "talks", "said", "lund"]
    assert words(voice="own") == ["the", "talks", "they", "talked", "said", "lund"]
    assert words(lemmas=True).count("talk") == 3
    assert tables.with_settings(prior_tokens=100)["keyness"]["z"].abs().max() > tables["keyness"]["z"].abs().max()
    assert set(tables.with_settings(lemmas=True)["similarity"]["voice"]) == {"all"}


def test_an_article_can_be_left_out_of_every_comparison(tables_of):
    tables = tables_of(TEXTS | {"c.txt": "Blue sea."}).with_settings(without="c")
    assert set(tables["similarity"]["article_b"]) == {"b"}
    assert "sea" not in set(tables["keyness"]["term"])
    assert list(tables["arrangement"]["article"]) == ["a", "b"]


def test_sentences_of_a_text_longer_than_any_book_are_not_compared_and_the_load_report_says_so(tables_of, monkeypatch):
    monkeypatch.setattr(decoding, "LONGEST_BOOK", 300)
    copied = "The red ferry left the crowded harbour at dawn with nine tired sailors aboard. "
    tables = tables_of({"a.txt": copied, "b.txt": copied + "They sang.", "c.txt": copied * 5})
    assert {*tables["reuse"]["article_a"], *tables["reuse"]["article_b"]} == {"a", "b"}
    notes = tables["load_report"].set_index("article")["note"]
    assert "longer than any book: shared passages" in notes["c"]
    assert not notes["a"]
    assert len(tables["similarity"].query("voice == 'all'")) == 3
    assert set(tables["lineages"]["article"]) == {"a", "b", "c"}


def test_claims_are_weighed_by_compared_articles_and_their_lineages(tables_of):
    copied = (
        "The red ferry left the crowded harbour at dawn with nine tired sailors aboard, and nobody on the quay waved. "
    )
    tables = tables_of(
        {"wire.txt": copied, "a.txt": copied, "b.txt": copied, "c.txt": "A ferry sailed. It rained."},
        articles="outlet,file,role\nWire,texts/wire.txt,wire\nA,texts/a.txt,\nB,texts/b.txt,\nC,texts/c.txt,\n",
        codebook='[[claim]]\nid = "f"\nstatement = "The ferry left."\n',
        codings="claim,article,coder,status,evidence\nf,wire,x,asserts,ferry\nf,a,x,asserts,ferry\nf,b,x,asserts,ferry\n"
        "f,c,x,absent,\n",
    )
    weighed = tables["claim_weights"].set_index("claim")
    assert weighed.loc["f", ["articles", "lineages", "coded", "only"]].tolist() == [2, 1, 3, "wire"]
    assert tables["coverage_independent"][["weight", "independent"]].drop_duplicates().to_numpy().tolist() == [[2, 1]]
    assert dict(zip(tables["pyramid"]["article"], tables["pyramid"]["lineage"], strict=True)) == {
        "a": "wire",
        "b": "wire",
        "c": "c",
    }


def test_agency_originals_alone_weigh_no_claim(tables_of):
    tables = tables_of(
        {"a.txt": "The ferry left."},
        articles="outlet,file,role\nA,texts/a.txt,wire\n",
        codebook='[[claim]]\nid = "f"\nstatement = "The ferry left."\n',
    )
    assert tables.left_out("claim_weights") == tables.left_out("pyramid")
    assert "every article is an agency original" in tables.left_out("pyramid")


def test_documents_of_a_background_weigh_likeness_and_its_occurrences_the_prior_however_they_are_known(tables_of):
    def measured(background=""):
        tables = tables_of(TEXTS, **({"background": background} if background else {}))
        keyness, pairs = tables["keyness"].query("voice == 'all'"), tables["similarity"].query("voice == 'all'")
        return keyness["z"].tolist(), tables["keyness_null"]["largest"].tolist(), pairs["cosine_background"].iloc[0]

    alone = measured()
    documents = measured("term,count\n#documents,50\nred,40\nmet,2\n")
    both = measured("term,count,occurrences\n#documents,50,\nred,40,900\nmet,2,2\n")
    assert pd.isna(alone[2])
    assert documents[2] == both[2] > 0
    for measure in (0, 1):
        assert alone[measure] != documents[measure] != both[measure] != alone[measure]


def test_a_check_by_lemmas_counts_lemmas_in_the_background_too(tables_of):
    background = "term,count,occurrences\n#documents,50,\ntalked,20,30\ntalks,10,20\nother,40,900\n"
    tables = tables_of(TEXTS, background=background)
    lemmas = tables.with_settings(lemmas=True)
    assert lemmas.background_occurrences["talk"] == 50
    assert tables.background_occurrences["talks"] == 20


def test_a_check_keeps_the_background_that_was_read(tables_of):
    tables = tables_of(TEXTS, background="term,count\n#documents,50\nred,20\n")
    assert analysis.Tables(tables.corpus, tables.codebook).background == tables.background
    (tables.corpus.folder / "background.csv").unlink()
    assert tables.with_settings(lemmas=True).background is tables.background is not None


def test_outlets_are_compared_with_the_prior_of_articles(tables_of):
    listing = "outlet,file\nBay News,texts/a.txt\nBay News,texts/b.txt\nCoast Post,texts/c.txt\n"
    texts = {"a.txt": "Red fish swam.", "b.txt": "Red boats sailed.", "c.txt": "The harbour was quiet."}
    plain = tables_of(texts, articles=listing)
    weighed = tables_of(texts, articles=listing, background="term,count,occurrences\n#documents,50,\nred,20,900\n")
    z = [
        t["keyness_outlets"].set_index(["outlet", "voice", "term"]).loc[("Bay News", "all", "red"), "z"]
        for t in (plain, weighed)
    ]
    z.append(
        plain.with_settings(prior_tokens=10)["keyness_outlets"]
        .set_index(["outlet", "voice", "term"])
        .loc[("Bay News", "all", "red"), "z"]
    )
    assert len({round(value, 6) for value in z}) == 3
