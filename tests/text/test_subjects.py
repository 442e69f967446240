import pytest

from summit_analysis.text.segments import segment
from summit_analysis.text.subjects import Subjects


def read(text: str) -> Subjects:
    subjects = Subjects(text, [start for _, start, _ in segment(text)], {})
    subjects.read_on(len(text))
    return subjects


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Mayor Ada Lund lacks time.", "Ada Lund"),
        ("Unlike Bo Ek, who wanted more, Ada Lund left.", "Ada Lund"),
        ("In a note on Bo Ek, Ada Lund blamed the rain.", "Ada Lund"),
        ("Asked about the referee, Bo Ek, Ada Lund shrugged.", "Ada Lund"),
    ],
)
def test_a_sentence_is_about_its_main_subject(text, about):
    assert read(text + " Bo Ek and Ada Lund met.").people.subjects[0] == about


def test_he_or_she_at_the_start_goes_on_about_the_same_person():
    assert read("Ada Lund met Ida Berg. She left.").people.subjects == {0: "Ada Lund", 1: "Ada Lund"}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("A class action lawsuit blames the bank.", "class action lawsuit", "writing"),
        ("The hacking group took it.", "hacking group", "body"),
        ("An elderly fan was in tears.", "elderly fan", "person"),
        ("Local officials were jubilant.", "Local officials", "people"),
    ],
)
def test_what_has_no_name_is_kept_in_mind(text, name, kind):
    assert [(thing.name, thing.kind) for thing in read(text).people.things] == [(name, kind)]
