"""The figure `voices`, with the quotations of the bundled story marked by hand and with stories that strain it."""

import io

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from figure_checks import check, texts_of
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from tests_root import ALASKA

from summit_analysis.charts.style import OUTLETS
from summit_analysis.charts.voices import SPEAKERS, plot_voices
from summit_analysis.findings.voices import describe_voices, speaking
from summit_analysis.measures.voices import strips
from summit_analysis.publish.rendering import render
from summit_analysis.strict_csv import to_csv
from summit_analysis.text.terms import find_tokens


@pytest.fixture(scope="module")
def alaska_strips(alaska):
    quotations = pd.read_csv(ALASKA / "quotations.csv", keep_default_na=False)
    segments = alaska["segments"]
    quotations["segment"] = [
        segments[(segments["article"] == q.article) & (segments["start"] <= q.start)]["segment"].iloc[-1]
        for q in quotations.itertuples()
    ]
    tokens = find_tokens(alaska.corpus, segments, quotations)
    return strips(tokens, quotations, alaska["arrangement"])


def story_of(outlets, speakers, quotations=12, words=300):
    """Return the strips of invented articles in which `speakers` take turns, five words each."""
    tokens, quoted = [], []
    for article in range(len(outlets)):
        spoken = sorted((words // (quotations + 1)) * (n + 1) for n in range(quotations))
        starts = np.arange(words) * 10
        inside = np.isin(np.arange(words), [k + m for k in spoken for m in range(5)])
        tokens.append(
            pd.DataFrame(
                {
                    "article": f"a{article:02d}",
                    "segment": np.arange(words) // 20,
                    "start": starts,
                    "end": starts + 9,
                    "term": "fish",
                    "voice": np.where(inside, "quoted", "own"),
                }
            )
        )
        quoted += [
            (
                f"a{article:02d}",
                n,
                k * 10,
                (k + 5) * 10 - 1,
                "fish",
                speakers[(n + article) % len(speakers)],
                "speech",
                k // 20,
            )
            for n, k in enumerate(spoken, start=1)
        ]
    columns = ["article", "quotation", "start", "end", "text", "speaker", "kind", "segment"]
    arrangement = pd.DataFrame({"article": [f"a{n:02d}" for n in range(len(outlets))], "outlet": outlets})
    arrangement = arrangement.assign(label=outlets, place=range(len(outlets)), shown=True)
    return strips(pd.concat(tokens), pd.DataFrame(quoted, columns=columns), arrangement)


LONG = [f"Her Excellency Ambassador Anne-Marie Doe {n}" for n in range(9)]
STORIES = {
    "two": (["The Daily", "The Weekly"], ["Ann Poe", "Ben Roe"]),
    "twelve": ([f"The Outlet {n}" for n in range(12)], ["Ann Poe", "Ben Roe", "Cy Loe", ""]),
    "nine speakers": (["The Daily", "The Weekly"], [*(f"Speaker {n}" for n in range(9)), ""]),
    "forty characters": ([f"The Extraordinarily Long-Named Gazette {n}" for n in range(5)], LONG),
    "Cyrillic": (["Комсомольская правда", "Новая газета"], ["Мария Захарова", "Дональд Трамп; Владимир Путин"]),
    "Arabic": (["الشرق الأوسط", "القدس العربي"], ["ماريا زاخاروفا", "دونالد ترامب"]),
    "signs": (["$5 & $10 <b>", "\u202etfel"], ["$x_1$ \\alpha", "\u202ethgir", "\u4e2d\u6587"]),
}


def draw(table, **width):
    words = describe_voices(table)
    return plot_voices(table, title=words.title, footer=words.footer, **width)


def marks_of(figure):
    return [p for p in figure.findobj(Rectangle) if p.get_hatch()]


def test_the_bundled_story_is_drawn_without_overlap(alaska_strips):
    check(draw(alaska_strips))


@pytest.mark.parametrize("name", STORIES)
def test_other_stories_are_drawn_without_overlap(name):
    table = story_of(*STORIES[name])
    check(draw(table))
    check(draw(table, width=85.0), width=85)


def test_every_quotation_has_a_hatched_mark_and_every_speaker_a_name(alaska_strips):
    figure = draw(alaska_strips)
    lanes = alaska_strips.drop_duplicates(["place", "lane"])
    # A mark each, a sample beside each name, and one in the key.
    assert len(marks_of(figure)) == 55 + len(lanes) + 1
    printed = [t.get_text() for t, _ in texts_of(figure)]
    assert printed.count("Donald Trump") == 5
    assert printed.count("Maria Zakharova") == 4
    assert printed.count("Donald Trump and Vladimir Putin") == 1
    assert {"153", "21 %", "(12–34 %)"} <= set(printed)


def test_a_mark_stands_at_its_place_and_is_never_too_thin_to_see(alaska_strips):
    marks = [p for p in marks_of(draw(alaska_strips)) if p.get_height() > 3]
    assert min(p.get_width() for p in marks) == pytest.approx(0.7)
    strip = max(
        p.get_width() for p in draw(alaska_strips).findobj(Rectangle) if p.get_facecolor()[:3] == to_rgb("#ebebeb")
    )
    # HTN World's longest quotation has 31 of its 720 words, from word 363 on.
    longest = max(marks, key=lambda p: (p.get_width(), -p.get_y()))
    rows = alaska_strips.assign(width=alaska_strips["position_end"] - alaska_strips["position_start"])
    widest = rows.sort_values(["width", "place"], ascending=[False, True]).iloc[0]
    assert longest.get_width() == pytest.approx(widest["width"] * strip, abs=0.01)
    assert longest.get_x() == pytest.approx(widest["position_start"] * strip, abs=0.01)


def test_more_speakers_than_colours_are_others():
    table = story_of(*STORIES["nine speakers"])
    assert set(table["slot"]) == set(range(8))
    printed = [t.get_text() for t, _ in texts_of(draw(table))]
    assert any(text.startswith("others: Speaker 6") for text in printed)
    assert "unattributed" in printed


def test_articles_without_a_quotation_are_empty_strips_that_say_so():
    table = story_of(["The Daily", "The Weekly"], ["Ann"], quotations=0)
    words = describe_voices(table)
    assert words.title == "None of 2 articles quotes anyone directly"
    figure = draw(table)
    check(figure)
    assert [t.get_text() for t, _ in texts_of(figure)].count("no direct quotation") == 2
    assert speaking(table) == ["None of 2 articles quotes anyone directly."]


def test_an_empty_table_is_a_page_that_says_so(alaska_strips):
    figure = plot_voices(alaska_strips.iloc[:0], title="Nothing", footer="none")
    assert any("No " in t.get_text() for t, _ in texts_of(figure))
    assert describe_voices(alaska_strips.iloc[:0]).title == "There are no articles to compare"


def test_outlets_beyond_those_shown_are_said_to_be_in_the_csv(alaska_strips):
    cut = alaska_strips.assign(shown=alaska_strips["place"] < 2)
    assert "the CSV has all" in describe_voices(cut).footer
    assert "MoreLinks" not in [t.get_text() for t, _ in texts_of(draw(cut))]


def test_two_drawings_have_the_same_bytes_and_leave_settings_alone(alaska_strips):
    plt.rcParams["font.size"] = 31
    try:
        assert render(draw(alaska_strips), "svg") == render(draw(alaska_strips), "svg")
        assert plt.rcParams["font.size"] == 31
        assert plt.get_fignums() == []
    finally:
        plt.rcdefaults()


def test_the_picture_can_be_drawn_again_from_its_csv(alaska_strips):
    table = story_of(["The Daily", "The Hush"], ["Ann", ""], quotations=3).round(6)
    table = table.drop(index=table.index[-2:])
    silent = table["place"] == 1
    table.loc[silent, "quotation"] = 0
    table.loc[silent, ["lane", "slot", "lane_words", "share", "low", "high", "position_start", "position_end"]] = pd.NA
    for data in (alaska_strips.round(6), table):
        again = pd.read_csv(io.StringIO(to_csv(data)))
        drawn = [render(plot_voices(d, title="Title", footer="Footer"), "svg") for d in (data, again)]
        assert drawn[0] == drawn[1]


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return np.dot([0.2126, 0.7152, 0.0722], linear)


def test_speakers_have_colours_of_their_own_that_stand_off_light_and_dark_paper():
    assert not {c.lower() for c in SPEAKERS} & {c.lower() for c in OUTLETS}
    for colour in SPEAKERS:
        assert 1.05 / (luminance(colour) + 0.05) >= 3
        assert (luminance(colour) + 0.05) / (luminance("#111111") + 0.05) >= 3


def test_speaking_says_who_how_much_and_who_is_missing(alaska_strips):
    said = speaking(alaska_strips, pd.DataFrame({"name": ["Donald Trump", "Melania Trump", "Volodymyr Zelenskyy"]}))
    assert said[0] == "Donald Trump is quoted most, with 186 of 361 quoted words, and comes first in all 5 articles."
    assert said[1] == (
        "Quoted words make up 21 % of HTN World (95 % interval 12 to 34 %) and 6 % of Continental Defence (2 to 14 %)."
    )
    assert (
        "MoreLinks quotes Donald Trump with 10 words (3 %, 1 to 11 %), then Vladimir Putin with 8 words (3 %, under 1 to 14 %)."
        in said
    )
    assert "Maria Zakharova is quoted in 4 of 5 articles, not in MoreLinks." in said
    assert "Vladimir Putin is quoted in 4 of 5 articles, not in Daily Sabah." in said
    assert (
        "Listed in the codebook as speaking, but quoted by no article: Melania Trump and Volodymyr Zelenskyy." in said
    )
    assert describe_voices(alaska_strips).title.endswith("though intervals overlap")


def test_speaking_names_the_nameless_and_the_silent():
    table = story_of(["The Daily", "The Weekly"], ["", "Ann"], quotations=3)
    silent = story_of(["The Daily", "The Weekly", "The Hush"], ["", "Ann"], quotations=3)
    silent = silent[(silent["place"] < 2) | (silent["quotation"] == 1)]
    silent.loc[silent["place"] == 2, ["quotation", "speaker", "quoted_words"]] = [0, "", 0]
    assert "3 quotations are given to nobody by name." in speaking(table)
    assert any(sentence.endswith("; The Hush quotes nobody directly.") for sentence in speaking(silent))
    assert speaking(table)[0] == "Ann is quoted most, with 15 of 30 quoted words, and comes first in both articles."
    equal = speaking(story_of(*STORIES["twelve"]))
    assert equal[0] == "Ann Poe, Ben Roe and Cy Loe are quoted most, each with 180 of 720 quoted words."
    assert "The Outlet 0 quotes Ann Poe with 15 words (5 %, 2 to 15 %), as much as Ben Roe" in equal[2]
    nameless = speaking(story_of(["The Daily"], [""], quotations=2))
    assert nameless[0] == "2 quotations are found, and none is given to anyone by name."
