"""The figure of variants with the bundled story and with quotations that strain it: nothing overlaps or is too small."""

import pandas as pd
import pytest
from figure_checks import check, texts_of
from matplotlib.colors import to_hex
from tests_root import ALASKA

from summit_analysis.charts.quote_variants import CHANGED, MOST_CLUSTERS, plot_quote_variants
from summit_analysis.charts.style import WARNING
from summit_analysis.findings.variants import describe_quote_variants, variation
from summit_analysis.measures import variants
from summit_analysis.measures.articles import describe
from summit_analysis.text.terms import find_tokens

NO_TOKENS = pd.DataFrame({"article": [], "segment": [], "start": [], "end": [], "term": [], "voice": []})
SPEECH = (
    "The fishermen of the northern harbour waited seven winters for a lighthouse that every council had promised them, "
    "and every spring the engineers measured the rocks, praised the view and sailed home again without a single stone "
    "being laid"
)


def collated(*rows, verb="said", names=None):
    """Return the collation of quotations given as (article, speaker, text)."""
    table = pd.DataFrame(rows, columns=["article", "speaker", "text"])
    table["quotation"] = range(1, len(table) + 1)
    table["start"] = 0
    table = table.assign(end=table["text"].str.len(), verb=verb, kind="speech", segment=1)
    articles = pd.DataFrame({"article": sorted(set(table["article"]))})
    articles["label"] = [(names or {}).get(article, article) for article in articles["article"]]
    given = (table, NO_TOKENS, articles)
    return variants.collate(variants.cluster(*given), variants.conflicts(*given))


def draw(table, **width):
    words = describe_quote_variants(table)
    return plot_quote_variants(table, title=words.title, footer=words.footer, **width)


def printed(figure):
    return " ".join(t.get_text().replace("\n", " ") for t, _ in texts_of(figure))


@pytest.fixture(scope="module")
def summit(alaska):
    by_hand = pd.read_csv(ALASKA / "quotations.csv", keep_default_na=False)
    tokens = find_tokens(alaska.corpus, alaska["segments"], by_hand)
    given = by_hand, tokens, describe(alaska.corpus, alaska["segments"], tokens)
    return variants.collate(variants.cluster(*given), variants.conflicts(*given))


def test_the_bundled_story_is_drawn_without_overlap(summit):
    check(draw(summit))


def test_every_word_of_the_differing_versions_is_printed(summit):
    said = printed(draw(summit)).replace("…", "").split()
    shown = summit[summit["differs"]]
    assert {word for text in shown["text"] for word in text.split()} <= set(said)
    assert set(" ".join(shown["label"]).split()) <= set(said)
    assert set(" ".join(shown["verb"]).split()) <= set(said)


def test_what_differs_is_bold_and_coloured(summit):
    marked = {
        t.get_text()
        for t, _ in texts_of(draw(summit))
        if to_hex(t.get_color()) == CHANGED.lower() and t.get_text() != "–"
    }
    assert {"extremely", "agreed on", "for a ceasefire,", "losing", "[Western media] have"} <= {
        m.strip("…") for m in marked
    }
    assert not {"productive", "carpet", "minds"} & marked


def test_joint_speakers_carry_their_mark(summit):
    marks = [t.get_text() for t, _ in texts_of(draw(summit)) if to_hex(t.get_color()) == WARNING]
    assert "≠ with Vladimir Putin" in marks
    assert sum("several together" in mark for mark in marks) == 2


STRAINS = {
    "twelve outlets": [(f"{n:02d}", "Lund", SPEECH.replace("seven", f"some {n}")) for n in range(12)],
    "150 words": [("a", "Lund", f"{SPEECH}, {SPEECH}, {SPEECH}"), ("b", "Lund", SPEECH.replace("northern", "old"))],
    "all different": [
        ("a", "Lund", "the lighthouse fishermen promised engineers granite " + "alpha beta gamma delta epsilon " * 20),
        ("b", "Lund", "the lighthouse fishermen promised engineers granite " + "north south east west " * 25),
    ],
    "one word": [("a", "Lund", "Süd" * 60 + " lighthouse fishermen"), ("b", "Lund", "Nord" * 40 + " lighthouse fishermen")],
    "Arabic": [
        ("a", "ماريا زاخاروفا", "لقد تحدثوا عن عزلة روسيا لمدة ثلاث سنوات واليوم رأوا السجادة الحمراء"),
        ("b", "ماريا زاخاروفا", "تحدثوا عن عزلة روسيا ثلاث سنوات واليوم شاهدوا السجادة الحمراء"),
    ],
    "Cyrillic": [
        ("a", "Мария Захарова", "Три года они говорили об изоляции России, а сегодня увидели красную дорожку"),
        ("b", "Мария Захарова", "они три года рассказывали об изоляции России, сегодня увидели красную дорожку"),
    ],
    "two speakers": [("a", "Lund", SPEECH), ("b", "Berg; Holm", SPEECH), ("c", "Lund; Holm", SPEECH + " at all")],
    "signs": [("a", "Lund", "$5 million & <b>lighthouse</b> α_1"), ("b", "Lund", "$6 million &\n<i>lighthouse</i>")],
    "long speaker": [("a", "The Extraordinarily Long-Named Speaker " * 4, SPEECH), ("b", "The Extraordinarily Long-Named Speaker " * 4 + "; Lund", SPEECH + " again")],
}  # fmt: skip


@pytest.mark.parametrize("strain", STRAINS)
def test_other_stories_are_drawn_without_overlap(strain):
    table = collated(*STRAINS[strain])
    assert len(table)
    check(draw(table))
    check(draw(table, width=85.0), width=85)


@pytest.mark.parametrize("strain", ["twelve outlets", "150 words", "two speakers", "Arabic"])
def test_long_names_and_verbs_are_wrapped(strain):
    names = {row[0]: f"The Extraordinarily Long-Named Gazette {row[0]:>2}" for row in STRAINS[strain]}
    table = collated(*STRAINS[strain], names=names, verb="remarked in passing, and not for the first time,")
    figure = draw(table)
    check(figure)
    assert "The Extraordinarily Long-Named Gazette" in printed(figure)


def test_only_the_first_clusters_are_drawn_and_the_footer_says_so():
    words = ["lighthouse", "fisherman", "parliament", "ambulance", "orchestra", "carpenter", "hurricane", "chocolate",
             "telescope", "astronomy"]  # fmt: skip
    rows = [(a, "Lund", f"{how} splendid {w} indeed") for w in words for a, how in (("a", "such"), ("b", "one"))]
    rows = [(a, "Lund", t.replace("splendid", w[::-1])) for (a, _, t), w in zip(rows, [w for w in words for _ in "ab"], strict=True)]  # fmt: skip
    table = collated(*rows)
    assert table["rank"].nunique() == 10
    figure = draw(table)
    check(figure)
    assert sum(word in printed(figure) for word in words) == MOST_CLUSTERS
    assert "Shown: 8 of the 10 that differ; the rest is in the CSV." in printed(figure)


def test_an_empty_table_is_a_page_that_says_so(summit):
    for nothing in (summit.iloc[:0], collated(), collated(("a", "Lund", SPEECH), ("b", "Lund", SPEECH))):
        figure = draw(nothing)
        check(figure)
        assert "No quotation of one speaker stands in several articles in different words." in printed(figure)
    assert variation(summit.iloc[:0]) == ["No utterance of one speaker was found in quotations of several articles."]


def test_the_words_around_it_are_made_from_the_table(summit):
    words = describe_quote_variants(summit)
    assert words.title == "6 of 11 utterances quoted in several articles are worded in different ways"
    assert "“extremely productive” (HTN World and TopNewsPlus)" in words.alt
    said = variation(summit)
    assert said[0] == ("11 utterances are quoted in several articles, 6 of them in different words and 5 in the same.")
    assert "Donald Trump and Vladimir Putin in HTN World" in " ".join(said)
    assert "misquot" not in " ".join([*said, words.caption, words.alt])


def test_a_conflict_is_said_and_marked():
    table = collated(*STRAINS["two speakers"])
    assert "like words are given to different speakers" in describe_quote_variants(table).title
    assert "are given to different speakers: Lund and Holm in c; Lund in a; Berg and Holm in b." in variation(table)[-1]
    assert "≠ like words, given to different speakers" in printed(draw(table))


def test_the_figure_needs_its_csv_alone(summit, tmp_path):
    summit.to_csv(tmp_path / "quote-variants.csv", index=False)
    again = pd.read_csv(tmp_path / "quote-variants.csv", keep_default_na=False)
    assert printed(draw(again)) == printed(draw(summit))
