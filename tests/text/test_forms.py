import unicodedata

import pytest

from summit_analysis.text.forms import compile_form, find_forms


def found(form, text):
    return [text[o.start : o.end] for o in find_forms(text, {("r", form): compile_form(form)})]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("talks", "Talks and peacetalks, talk; the talks.", ["Talks", "talks"]),
        ("cease-fire", "a Cease-Fire, a cease‑fire, a ceasefire", ["Cease-Fire", "cease‑fire"]),
        ("peace*", "peace, Peacekeepers; appeasement", ["peace", "Peacekeepers"]),
        ("*keep*", "peacekeepers keep upkeep", ["peacekeepers", "keep", "upkeep"]),
        ("next meeting", "the next\nmeeting, the next \u00a0meeting, next big meeting", ["next\nmeeting", "next \u00a0meeting"]),
        ("next meeting", "the next\n\nmeeting", []),
        ("next * talks", "next day talks, next talks", ["next day talks"]),
        ("* meeting", "   big meeting", ["big meeting"]),
        ("the US", "The US told us: the us", ["The US"]),
        ("us", "Us and US and us", ["Us", "US", "us"]),
        ("Putin's", "Putin’s plane, Putin", ["Putin’s"]),
        ("what?", "What? whatever", ["What?"]),
        ("$5", "It cost $5.", ["$5"]),
        ('"The Beast"', "in “The Beast” he", ["“The Beast”"]),
        ("a.c", "abc a.c", ["a.c"]),
        ("summit", "sum\u00admit sum\u200bmit", ["sum\u00admit", "sum\u200bmit"]),
        ("sum", "sum\u00admit", []),
        ("встреч*", "Встреча и встречи", ["Встреча", "встречи"]),
        ("السلام", "قال: «السلام قريب»", ["السلام"]),
        ("会议", "重要会议召开", ["会议"]),
        ("मोद", "मोदी और मोद", ["मोद"]),
        ("Straße", "die STRASSE, die Straße", ["Straße"]),
        ("fish", "", []),
    ],
)  # fmt: skip
def test_forms_are_whole_words_and_only_the_star_is_a_wildcard(form, text, expected):
    assert found(form, text) == expected


@pytest.mark.parametrize("form", ["café", "cafe"])
def test_composed_and_decomposed_letters_are_alike(form):
    text = unicodedata.normalize("NFD", "un café noir")
    assert len(found(form, text)) == len(found(form, unicodedata.normalize("NFC", text))) == (form == "café")
    assert found("café", text) == [unicodedata.normalize("NFD", "café")]


@pytest.mark.parametrize("form", ["*", "* *", "?!", "…", "-*"])
def test_a_form_without_a_word_is_refused(form):
    with pytest.raises(ValueError, match="names no word"):
        compile_form(form)


@pytest.mark.parametrize(
    "text", ["a" * 100_000, " " * 100_000, "a-" * 50_000, "\u00ad" * 100_000, "a e\u0301" * 30_000]
)
@pytest.mark.parametrize("form", ["(a+)+$", "a*a*a*a*a*b", "* meeting", "*a*a*b", "a*-a*b", "a b c", "e*é*b"])
def test_no_form_runs_away_on_long_texts(form, text):
    # A pattern that backtracked would not end here within the life of a test run.
    assert sum(1 for _ in compile_form(form).pattern.finditer(text)) == 0


def test_the_longest_of_forms_that_overlap_counts_alone():
    text = "The next meeting room, a meeting."
    forms = {("r", f): compile_form(f) for f in ("meeting", "next meeting")} | {("q", "room"): compile_form("room")}
    assert [(text[o.start : o.end], o.key) for o in find_forms(text, forms)] == [
        ("next meeting", ("r", "next meeting")),
        ("room", ("q", "room")),
        ("meeting", ("r", "meeting")),
    ]


def test_one_span_counts_once_in_a_group_and_in_each_group():
    forms = {key: compile_form(key[1]) for key in [("r", "peace*"), ("r", "peace"), ("q", "Peace")]}
    assert [o.key for o in find_forms("peace", forms)] == [("r", "peace*"), ("q", "Peace")]


def test_of_equally_long_ones_that_overlap_the_first_counts():
    forms = {("r", f): compile_form(f) for f in ("bb cc", "aa bb")}
    assert [o.key[1] for o in find_forms("aa bb cc", forms)] == ["aa bb"]
