import pandas as pd

from summit_analysis import findings
from summit_analysis.findings import words
from summit_analysis.findings.wording import cut_note
from summit_analysis.measures.robustness import MOST_LEFT_OUT

CODEBOOK = """
[[referent]]
id = "event"
label = "the meeting"
forms = ["meeting", "summit", "talks"]
[[frame]]
id = "peace"
label = "peace"
terms = ["peace"]
"""
TEXTS = {
    "a.txt": "The summit ended. The summit failed. Ada Lund claimed that the vote was won.",
    "b.txt": "The meeting ended in talks. “It went well,” said Ada Lund. Peace came.",
}


def about(name, tables):
    return " ".join(findings.about(name, tables))


def test_naming_says_what_each_calls_it(tables_of):
    said = findings.about("naming", tables_of(TEXTS, codebook=CODEBOOK))
    assert said == [
        "Outlets choose between several forms for 1 referent of the codebook. "
        "No difference is larger than chance would bring (smallest p 0.33).",
        "The meeting: most often “summit” (2 of 4), never so in b; only a says “summit”, only b says “meeting” "
        "(and 1 form more is in one outlet alone).",
    ]


def test_what_is_named_more_differently_than_chance_would_have_it_is_told(tables_of):
    texts = {f"{n}.txt": f"The {'meeting' if n else 'summit'} ended. " * 9 for n in range(2)}
    said = findings.about("naming", tables_of(texts, codebook=CODEBOOK))
    assert said[0].endswith("Larger than chance would bring are the differences for The meeting.")


def test_acts_of_speech_agree_in_number(tables_of):
    assert about("introducing", tables_of(TEXTS)).startswith(
        "2 acts of speech are introduced by a reporting verb, 1 neutrally (50 %): 1 quoted, 1 reported. "
        "Doubting verbs were found in a (“claimed” of Ada Lund)."
    )
    one = tables_of({"a.txt": "“It rained,” said Ada Lund."})
    assert about("introducing", one) == (
        "1 act of speech is introduced by a reporting verb, 1 neutrally (100 %): 1 quoted, 0 reported."
    )


def test_rates_give_both_ends_with_their_intervals(tables_of):
    said = findings.about("framing", tables_of(TEXTS, codebook=CODEBOOK))
    assert (
        said[0] == "No two articles differ beyond their intervals in how often their own words show any of the frames."
    )
    assert said[1].startswith("Peace: from 0.0 per 1,000 own words (a, 0 times, 0.0 to 263.5) to ")
    assert "(b, 1 time, " in said[1]


def test_one_article_is_no_comparison(tables_of):
    said = findings.about("framing", tables_of({"a.txt": "Peace came."}, codebook=CODEBOOK))
    assert said[0] == "Only one article has words of its own, so there is nothing to compare."
    assert said[1].startswith("Peace: 500.0 per 1,000 own words (a, 1 time, ")


def test_intervals_that_do_not_meet_are_told_with_their_number(tables_of):
    texts = {"a.txt": "Peace peace peace. " * 40, "b.txt": "Fish swam far. " * 40}
    said = findings.about("framing", tables_of(texts, codebook=CODEBOOK))
    assert said[0].startswith("In 1 of 1 frames there are two articles whose intervals do not meet: peace.")
    assert "chance" not in words.describe_frames(tables_of(texts, codebook=CODEBOOK)["frame_panels"]).title


def test_headlines_that_fail_their_checks_are_no_findings():
    table = pd.DataFrame(
        {
            "statement": ["A and B are most alike"] * 2, "check": ["lemmas", "own voice"],
            "outcome": ["A and C are most alike", "A and B are most alike"], "holds": ["changes", "holds"],
            "checks": 2, "held": 1, "kept": False, "row": 0, "column": [0, 1],
        }
    )  # fmt: skip
    assert words.holding(table) == [
        "No main result holds in most of the checks that bear on it.",
        "A and B are most alike: holds in 1 of 2 checks; it changes with lemmas (instead: A and C are most alike). "
        "It is not called a finding.",
    ]


def test_the_footer_tells_that_only_the_first_of_many_articles_are_left_out():
    def footer(articles):
        checks = ["lemmas", *(f"without {n}" for n in range(articles))]
        same = {"finding": "alike", "statement": "A and B are most alike", "row": 0, "holds": "holds", "kept": True}
        same |= {"checks": len(checks), "held": len(checks)}
        return words.describe_robustness(pd.DataFrame({"check": checks, "column": range(len(checks))} | same)).footer

    assert f"The first {MOST_LEFT_OUT} articles" in footer(MOST_LEFT_OUT)
    assert "in turn" not in footer(MOST_LEFT_OUT - 1)


def test_articles_that_have_no_room_are_counted_wherever_they_stand():
    table = pd.DataFrame({"place": [0, 0, 1, 2], "place_b": pd.array([pd.NA, 1, 2, pd.NA], dtype="Int64")})
    assert cut_note(table.assign(shown=True)) == ""
    assert "first 2 of 3 articles" in cut_note(table.assign(shown=[True, True, False, False]))


def test_the_footer_of_naming_says_what_is_joined_and_in_what_order(tables_of):
    forms = ["hen", "duck", "goose", "swan", "crow", "kite"]
    codebook = f'[[referent]]\nid = "bird"\nlabel = "the bird"\nforms = {forms}\n'
    panels = tables_of({f"{n}.txt": f"{' '.join(forms)}." for n in "ab"}, codebook=codebook)["naming_panels"]
    assert panels["form"].nunique() == 5
    footer = words.describe_naming(panels).footer
    assert "Of more than 5 forms the 4 most used are drawn and the others joined" in footer
    assert "ordered by how seldom chance would deal" in footer
    assert "No difference is larger than chance would bring (smallest p 1)." in footer
