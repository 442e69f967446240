import csv
import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests_root import ANNOTATIONS

from summit_analysis import lexicons
from summit_analysis.text.segments import segment


def pieces(text: str) -> list[str]:
    return [text[start:end] for _, start, end in segment(text)]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for kind, start, end in segment(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["They met.", "They spoke."],
        ["“It went well.”", "They left."],
        ["“It went well,” Lund said.", "“We left.”"],
        ["“We came.", "We saw.", "And we left,” Lund said."],
        ["“Are you sure?” Lund asked.", "Nobody was."],
        ["“Never!” she cried.", "“Go!”", "They went."],
        ["“We got along great… Make a deal.”", "He left."],
        ["He trailed off…", "The room waited."],
        ["U.S. President Ada Lund met U.K. Prime Minister Bo Ek in the U.S. capital."],
        ["She flew to the U.S.", "The talks began."],
        ["Mr. Lund, Dr. Ek and Gen. J. R. Strand met at St. Olav Hospital."],
        ["George W. Lund of Acme Inc. said no.", "He left at 5 p.m. on Jan. 5."],
        ["It cost 3.5 million.", "No. 7 won by 2.1 points."],
        ["He said no.", "The others agreed."],
        ["The talks ended.Then they left."],
        ["See example.com for more at www.example.org today."],
        ["The visit–her first in a decade–was short."],
        ["(It rained.)", "They left."],
        ["What now?", "Nobody knows."],
        ["Yes.", "We will go."],
        ["“Never.”", "Oslo said no more."],
        ["Govs. Lund and Ek met then-Sen. Strand of Ferguson (Mo.) Police."],
        ["It was war . . . must we go on?", "Yes."],
        ["In 2015.", "The rest came."],
        [["She lives in the U.S.", "'s cold."][0], "It's cold."],
        ["They left at 7 a.m.", "Officials came at 5 p.m. Friday."],
        ["It ended there.[3]", "The talks went on."],
        ["„Wir gehen.“", "Sie gingen."],
        ["会谈结束了。", "双方离开。"],
        ["वे मिले।", "वे चले गए।"],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences):
    expected = ["The talks ended.", "Then they left."] if "ended.Then" in sentences[0] else sentences
    joiner = "" if sentences[0].endswith("。") else " "
    assert pieces(joiner.join(sentences)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A quiet end\nThey met.", [("heading", "A quiet end"), ("sentence", "They met.")]),
        ("Key points of the talks:\nThey met.", [("heading", "Key points of the talks:"), ("sentence", "They met.")]),
        ("She said:\n“They met.”", [("sentence", "She said:"), ("sentence", "“They met.”")]),
        ("Outlook: “No Deal”\nThey met.", [("heading", "Outlook: “No Deal”"), ("sentence", "They met.")]),
        (
            "What happens next?\nThe leaders of the two countries meet again in May.",
            [("heading", "What happens next?"), ("sentence", "The leaders of the two countries meet again in May.")],
        ),
        ("They met", [("sentence", "They met")]),
        ("Also Read:Ten things\nThey met.", [("boilerplate", "Also Read:Ten things"), ("sentence", "They met.")]),
        ("They met.\n(With inputs from AP)", [("sentence", "They met."), ("boilerplate", "(With inputs from AP)")]),
        ("By Ada Lund\nThey met.", [("boilerplate", "By Ada Lund"), ("sentence", "They met.")]),
        ("By Friday they had met.\nThey left.", [("sentence", "By Friday they had met."), ("sentence", "They left.")]),
        ("Oslo – They met.", [("dateline", "Oslo –"), ("sentence", "They met.")]),
        ("OSLO, Norway (AP) — They met.", [("dateline", "OSLO, Norway (AP) —"), ("sentence", "They met.")]),
        ("OSLO, Aug 15 (Reuters) - They met.", [("dateline", "OSLO, Aug 15 (Reuters) -"), ("sentence", "They met.")]),
        ("(Reuters) - They met.", [("dateline", "(Reuters) -"), ("sentence", "They met.")]),
        ("Oslo (CNN) They met.", [("dateline", "Oslo (CNN)"), ("sentence", "They met.")]),
        ("FILE - They met.", [("sentence", "FILE - They met.")]),
        (
            "The statement reads as follows:\nWe met.",
            [("sentence", "The statement reads as follows:"), ("sentence", "We met.")],
        ),
        ("Ada Lund – Norway’s leader – met them.", [("sentence", "Ada Lund – Norway’s leader – met them.")]),
        ("They met.\nOslo – They left.", [("sentence", "They met."), ("sentence", "Oslo – They left.")]),
    ],
)
def test_what_is_no_sentence_is_told_apart(text, expected):
    assert kinds(text) == expected


def test_a_text_wrapped_at_a_fixed_width_is_read_as_paragraphs():
    text = (
        "The leaders of the two countries met on Friday in a small town in the\n"
        "north of the country and spoke for some three hours about the price of\n"
        "fish. They left without a word.\n\nThe town went back to sleep."
    )
    assert len(pieces(text)) == 3
    assert pieces(text)[1] == "They left without a word."


LINES = tomllib.loads(files(lexicons).joinpath("boilerplate.toml").read_text(encoding="utf-8"))["line"]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["example"])
def test_the_example_of_each_boilerplate_pattern_is_left_out_by_it(line):
    assert kinds(f"They met.\n{line['example']}\nThey left.")[1] == ("boilerplate", line["example"])
    others = [other for other in LINES if other is not line]
    assert not any(re.fullmatch(other["pattern"], line["example"]) for other in others if other.get("cased"))


@pytest.mark.parametrize(
    "sentence",
    [
        "By Friday, Oslo had turned the offer down.",
        "Subscribe now, he said, or lose it all.",
        "Join us, Lund said.",
        "Source: a senior official who was there said so.",
        "Updated at the last minute, the plan was a mess.",
        "More: that is what the union wanted, and it was told so.",
        "Watch: they will come back.",
    ],
)
def test_a_sentence_that_begins_like_boilerplate_stays(sentence):
    assert kinds(f"They met.\n{sentence}\nThey left.")[1] == ("sentence", sentence)


def test_a_blank_lost_before_a_quotation_is_no_closing_mark():
    assert pieces('They left."We will be back," Lund said.') == ["They left.", '"We will be back," Lund said.']


def test_the_time_grows_with_the_length_of_a_line_and_no_faster():
    line = "He said it was so and left. It: . . . . was not. " * 20_000  # a million characters, once quadratic
    assert len(segment(line)) >= 40_000


@given(st.text(st.sampled_from("aB. \n“”\"'’?!…:–—()U.S1,"), max_size=200))
def test_segments_cover_every_character_once(text):
    found = segment(text)
    covered = [i for _, start, end in found for i in range(start, end)]
    assert covered == sorted(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)
    assert all(text[start:end] == text[start:end].strip() != "" for _, start, end in found)


def test_the_bundled_texts_are_cut_as_a_reader_cut_them(alaska):
    with (ANNOTATIONS / "segments.csv").open(encoding="utf-8", newline="") as file:
        gold = [(r["article"], r["kind"], int(r["start"]), int(r["end"]), r["text"]) for r in csv.DictReader(file)]
    columns = ["article", "kind", "start", "end", "text"]
    assert alaska["segments"][columns].to_numpy().tolist() == [list(row) for row in gold]


def test_offsets_are_those_of_the_text_itself(alaska):
    for row in alaska["segments"].itertuples():
        assert alaska.corpus.texts[row.article][row.start : row.end] == row.text
        assert 0 <= row.position < 1
