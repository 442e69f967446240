import html
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests_root import ALASKA

from summit_analysis.errors import printable
from summit_analysis.publish.reading_view import KEPT, Mark, mark_spans, reading_view

# What JupyterLab's sanitiser leaves of inline styles, among those that are of use here.
SAFE = re.compile(
    r"(?:(?:background-color: rgba\(\d+, \d+, \d+, 0\.\d\)|color: #\w{6}|font-weight: bold|font-style: italic|font-size: \d+%"
    r"|(?:border|border-bottom): \dpx (?:solid|dotted|dashed) #\w{6}|border-radius: 3px|white-space: nowrap"
    r"|(?:padding|margin): (?:\dpx ?)+|max-width: \d+em|line-height: [\d.]+)(?:; )?)+"
)
ALLOWED = {"div": {"class", "style"}, "p": {"dir", "style"}, "span": {"style"}, "small": {"style"}, "bdi": set()}


class Checked(HTMLParser):
    """Reads HTML and fails on a tag, attribute or style that is not expected, and on tags that do not nest."""

    def __init__(self, shown):
        super().__init__()
        self.open, self.words = [], []
        self.feed(shown)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert {name for name, _ in attrs} <= ALLOWED[tag], tag
        style = dict(attrs).get("style")
        assert style is None or SAFE.fullmatch(style), style
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "small" not in self.open:
            self.words.append(data)


def visible(text):
    return "".join(
        c
        if c in KEPT or (c.isspace() and not c.isprintable() and c > "\x9f" and c not in "\u2028\u2029")
        else printable(c)
        for c in text
    )


def stripped(shown):
    """Return the text of `shown` without labels and tags, entities read."""
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<small.*?</small>", "", shown)))


@st.composite
def marked_texts(draw):
    text = draw(st.text(alphabet=st.sampled_from("ab <>&\"'$\n\t\xa0\u202e\x00\ud800é中"), max_size=30))
    edge = st.integers(-3, len(text) + 3)
    mark = st.builds(Mark, edge, edge, st.just("font-weight: bold"), st.sampled_from(["", "Ann · <said>", "\u202ea"]))
    return text, draw(st.lists(mark, max_size=6))


@given(marked_texts())
def test_the_text_is_there_again_once_tags_are_stripped(drawn):
    text, marks = drawn
    shown = mark_spans(text, marks)
    assert stripped(shown) == visible(text)
    assert "".join(Checked(shown).words) == visible(text)


@given(marked_texts(), st.integers(0, 30), st.integers(0, 30))
def test_a_part_is_marked_as_it_is_in_the_whole(drawn, start, length):
    text, marks = drawn
    assert stripped(mark_spans(text, marks, start=start, end=start + length)) == visible(text[start : start + length])


@given(marked_texts())
def test_each_character_stands_in_as_many_spans_as_marks_hold_it(drawn):
    text, marks = drawn
    shown = re.sub(r"<small.*?</small>", "", mark_spans(text, marks))
    depth, depths = 0, []
    for piece in re.findall(r"<[^>]*>|[^<]+", shown):
        if piece.startswith("<"):
            depth += -1 if piece.startswith("</") else 1
        else:
            depths += [depth] * len(html.unescape(piece))
    expected = [sum(m.start <= n < m.end for m in marks) for n, c in enumerate(text) for _ in visible(c)]
    assert depths == expected


def test_marks_that_overlap_are_cut_and_those_that_nest_are_not():
    bold, plain = "font-weight: bold", "font-style: italic"
    overlapping = mark_spans("abcd", [Mark(0, 2, bold), Mark(1, 4, plain, "Ann")])
    assert re.sub(r"<small.*?</small>", "[Ann]", overlapping) == (
        f'<span style="{bold}">a[Ann]<span style="{plain}">b</span></span><span style="{plain}">cd</span>'
    )
    nested = mark_spans("abcd", [Mark(1, 2, plain), Mark(0, 4, bold)])
    assert nested == f'<span style="{bold}">a<span style="{plain}">b</span>cd</span>'


def test_styles_and_labels_cannot_break_out():
    shown = mark_spans("a", [Mark(0, 1, '"><script>', '"><script>', '"><script>')])
    assert "<script" not in shown
    assert stripped(shown) == "a"


def test_direction_overrides_are_shown_and_what_writing_needs_is_kept():
    assert mark_spans("\u202ethgir \u200emi\u200cravam\xa0!", []) == "\\u202ethgir \\u200emi\u200cravam\xa0!"


@pytest.fixture(scope="module")
def marked():
    return pd.read_csv(ALASKA / "quotations.csv", keep_default_na=False)


@pytest.mark.parametrize("article", ["continental-defence", "daily-sabah", "htn-world", "morelinks", "topnewsplus"])
def test_every_article_of_the_bundled_story_is_whole(alaska, marked, article):
    view = reading_view(alaska.corpus, alaska["segments"], marked, article)
    shown = view._repr_html_()
    Checked(shown)
    paragraphs = [stripped(p) for p in re.findall(r"<p .*?</p>", shown)][2:]
    assert paragraphs == [line for line in alaska.corpus.texts[article].split("\n") if line.strip()]
    for row in marked[(marked["article"] == article) & (marked["kind"] == "speech")].itertuples():
        assert f"<bdi>{row.speaker.replace('; ', ' and ')} · {row.verb}</bdi>" in shown
    again = reading_view(alaska.corpus, alaska["segments"], marked.copy(), article)
    assert again._repr_html_() == shown


def test_kinds_are_told_apart(alaska, marked):
    shown = reading_view(alaska.corpus, alaska["segments"], marked, "htn-world")._repr_html_()
    assert 'dashed #767676; font-style: italic">The Beast.</span>' in shown
    assert '<span style="font-weight: bold">Red Carpet Welcome, High Expectations</span>' in shown
    shown = reading_view(alaska.corpus, alaska["segments"], marked, "topnewsplus")._repr_html_()
    assert re.search(r'<span style="color: #767676[^>]*>Also Read:', shown)


def test_it_says_itself_in_plain_text(alaska, marked):
    view = reading_view(alaska.corpus, alaska["segments"], marked, "htn-world")
    assert repr(view) == (
        "HTN World · htn-world, quotations: Donald Trump and Vladimir Putin 2, Donald Trump 10, Vladimir Putin 8, "
        "Maria Zakharova 1, (title) 2"
    )


def test_speakers_have_the_colours_of_the_figure(alaska, marked):
    strips = pd.DataFrame(
        {"quotation": [1, 2, 0], "speaker": ["Vladimir Putin", "Donald Trump", ""], "slot": [0, 1, pd.NA]}
    )
    shown = reading_view(alaska.corpus, alaska["segments"], marked, "morelinks", strips=strips)._repr_html_()
    assert re.search(r"solid #5b3df2\"><bdi>Vladimir Putin", shown)
    assert re.search(r"solid #96960f\"><bdi>Donald Trump", shown)


def test_a_hostile_article_is_shown_and_not_obeyed(tables_of):
    text = "<script>alert(1)</script> $x$ “<b>\u202eoh</b>,” said <i>Ann</i>.\n\n\u0645\u0631\u062d\u0628\u0627"
    tables = tables_of({"a.txt": text})
    start = text.index("<b>")
    row = ("a", 1, start, start + 10, text[start : start + 10], "<img src=x>", None, "speech")
    columns = ["article", "quotation", "start", "end", "text", "speaker", "verb", "kind"]
    view = reading_view(tables.corpus, tables["segments"], pd.DataFrame([row], columns=columns), "a")
    shown = view._repr_html_()
    Checked(shown)
    assert "\u202e" not in shown + repr(view)
    assert "mathjax_ignore" in shown
    assert shown.count('dir="auto"') == 4
    assert not re.search(r"https?:|url\(|\bid=|<script|<img", shown)


def test_without_quotations_the_text_is_plain(tables_of):
    tables = tables_of({"a.txt": "It rained."})
    none = pd.DataFrame(columns=["article", "quotation", "start", "end", "text", "speaker", "verb", "kind"])
    view = reading_view(tables.corpus, tables["segments"], none, "a")
    assert ">It rained.</p>" in view._repr_html_()
    assert repr(view) == "a, quotations: none"
    with pytest.raises(KeyError):
        reading_view(tables.corpus, tables["segments"], none, "b")
