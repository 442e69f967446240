"""Every chart, with the bundled story and with stories that strain it: nothing overlaps, nothing is too small."""

import matplotlib.pyplot as plt
import pytest
from conftest import write_files
from figure_checks import check, texts_of
from matplotlib.backends.backend_agg import FigureCanvasAgg

from summit_analysis import analysis, load_corpus
from summit_analysis.charts.style import TEXT, look, shorten, width_of, wrap
from summit_analysis.publish.gallery import FIGURES

SENTENCES = (
    "The leaders of fish number {0} met on day {1}. They spoke of {2} and of red carpets. Nothing else happened."
)


def story_of(folder, outlets, statements=3):
    texts = {f"{n:02d}.txt": SENTENCES.format(n, n * 7, "peace" if n % 2 else "war") for n in range(len(outlets))}
    quoted = [name.replace('"', '""') for name in outlets]
    rows = "".join(f'"{name}",texts/{file}\n' for name, file in zip(quoted, texts, strict=True))
    claims = "".join(
        f'[[claim]]\nid = "c{n}"\nstatement = "{"They met and spoke of fish. " * (n + 1)}"\ntheme = "t{n % 2}"\n'
        for n in range(statements)
    )
    claims += '[[referent]]\nid = "r"\nlabel = "what they met over"\nforms = ["peace", "war", "red carpets"]\n'
    claims += '[[frame]]\nid = "f"\nlabel = "ceremony and its many carpets"\nterms = ["carpet*", "met"]\n'
    claims += '[[fact]]\nid = "day"\nquestion = "On which day did the leaders of fish meet?"\nkind = "number"\nnear = ["day"]\n'
    codings = "claim,article,coder,status,evidence\n" + "".join(
        f"c{n},{file[:-4]},x,{status},{'They spoke of' if status != 'absent' else ''}\n"
        for n in range(statements)
        for k, file in enumerate(texts)
        for status in [("asserts", "partial", "contradicts", "absent")[(n + k) % 4]]
    )
    story = write_files(folder, texts, articles="outlet,file\n" + rows, codebook=claims, codings=codings)
    return analysis.tables(load_corpus(story))


NAMES = {
    "two": ["The Daily", "The Weekly"],
    "twenty": [f"Gazette {n}" for n in range(20)],
    "forty-five": [f"Outlet {n}" for n in range(45)],
    "twelve": [f"The Outlet {n}" for n in range(12)],
    "forty characters": [f"The Extraordinarily Long-Named Gazette {n}" for n in range(5)],
    "one word": [f"Süddeutschezeitungsnachrichtenagentur{n}xy" for n in range(3)],
    "Cyrillic": ["Комсомольская правда", "Российская газета", "Новая газета"],
    "Arabic": ["الشرق الأوسط", "القدس العربي", "الحياة الجديدة"],
    "signs": ["$5 & $10 <b>", 'The "Quoted" \\alpha_1', "\u202etfel ot thgir"],
}


WIDTHS = {"poster": 297}  # mm, where it is not that of a page's text


@pytest.fixture(scope="module")
def strained(tmp_path_factory):
    """Return a function from a key of NAMES to the tables of that story, which all charts share."""
    made = {}

    def tables_of(names):
        if names not in made:
            made[names] = story_of(tmp_path_factory.mktemp("story"), NAMES[names])
        return made[names]

    return tables_of


NARROW = [name for name, kind in FIGURES.items() if kind.narrow]


def draw(tables, name, **width):
    kind = FIGURES[name]
    data = kind.complete(tables[kind.table], tables)
    words = kind.describe(data)
    return kind.plot(data, title=words.title, footer=words.footer, **width)


@pytest.mark.parametrize("name", FIGURES)
def test_the_bundled_story_is_drawn_without_overlap(alaska, name):
    figure = draw(alaska, name)
    check(figure, width=WIDTHS.get(name, 180))


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("name", FIGURES)
def test_other_stories_are_drawn_without_overlap(strained, name, names):
    check(draw(strained(names), name), width=WIDTHS.get(name, 180))


def test_all_but_the_poster_have_a_layout_for_one_column():
    assert set(FIGURES) - set(NARROW) == {"poster"}


@pytest.mark.parametrize("name", NARROW)
def test_the_bundled_story_is_drawn_for_one_column_without_overlap(alaska, name):
    figure = draw(alaska, name, width=85.0)
    check(figure, width=85)
    printed = " ".join(t.get_text() for t, _ in texts_of(figure))
    assert not [label for label in alaska["arrangement"]["label"] if f"…{label[-4:]}" in printed]


@pytest.mark.parametrize("names", ["two", "twelve", "forty characters", "Cyrillic", "Arabic", "signs"])
@pytest.mark.parametrize("name", NARROW)
def test_other_stories_are_drawn_for_one_column_without_overlap(strained, name, names):
    check(draw(strained(names), name, width=85.0), width=85)


@pytest.mark.parametrize("name", FIGURES)
def test_drawing_leaves_the_user_s_settings_and_pyplot_alone(alaska, name):
    plt.rcParams["font.size"] = 31
    try:
        draw(alaska, name)
        assert plt.rcParams["font.size"] == 31
        assert plt.get_fignums() == []
    finally:
        plt.rcdefaults()


@pytest.mark.parametrize("name", FIGURES)
def test_an_empty_table_is_a_page_that_says_so(alaska, name):
    for width in ({}, {"width": 85.0})[: 1 + FIGURES[name].narrow]:
        figure = FIGURES[name].plot(alaska[FIGURES[name].table].iloc[:0], title="Nothing", footer="none", **width)
        assert any("No " in t.get_text() for t, _ in texts_of(figure))


def test_the_matrix_prints_every_cosine(alaska):
    printed = {t.get_text() for t, _ in texts_of(draw(alaska, "similarity"))}
    assert {f"{value:.2f}" for value in alaska["similarity_pairs"]["cosine"]} <= printed


def test_the_coverage_matrix_prints_every_statement(alaska):
    printed = " ".join(t.get_text().replace("\n", " ") for t, _ in texts_of(draw(alaska, "coverage")))
    assert all(statement in printed for statement in alaska.codebook.claims["statement"])


def test_measured_width_is_the_drawn_width():
    with look():
        figure = plt.figure()
        text = figure.text(0, 0, "The Weekly Fish, 1,234 words", size=7.5)
        FigureCanvasAgg(figure).draw()
        drawn = text.get_window_extent().width / figure.dpi * 25.4
        plt.close(figure)
    assert width_of("The Weekly Fish, 1,234 words", 7.5) == pytest.approx(drawn, rel=0.03)


def test_wrapping_keeps_every_word_and_shortening_says_so():
    assert wrap("it is 57 %", width_of("it is 57"), size=TEXT) == "it is\n57 %"
    assert wrap("one two three four", 12).replace("\n", " ") == "one two three four"
    assert max(width_of(line) for line in wrap("one two three four", 12).split("\n")) <= 12.1
    assert wrap("one two three four five six", 12, lines=1).count("…") == 1
    assert shorten("The Extraordinarily Long-Named Gazette 7", 30).endswith("7")
    assert width_of(shorten("x" * 100_000, 30)) <= 30.1
