import pytest

from summit_analysis import NotDefinedError
from summit_analysis.analysis import MAKERS, WRITTEN

TEXTS = {"a.txt": "Red carpet. They met.", "b.txt": "Red plane. They left."}


def test_a_table_is_made_once(tables_of):
    tables = tables_of(TEXTS)
    assert tables["similarity"] is tables["similarity"]


def test_what_is_written_can_be_made(alaska):
    assert set(WRITTEN) <= set(MAKERS)
    for name in MAKERS:
        assert len(alaska[name]) > 0, name


def test_a_story_without_codebook_has_everything_but_claims(tables_of):
    tables = tables_of(TEXTS)
    claims = {"claims", "coverage", "contradictions", "told_by_one", "prominence", "reader_curve", "order"}
    facts = {"facts", "discrepancies", "discrepancies_scaled"}
    assert {name for name in MAKERS if tables.left_out(name)} == claims | facts
    assert tables["overview"]["claims_told"].isna().all()


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
