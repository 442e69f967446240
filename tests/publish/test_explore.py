import html
import re

import summit_analysis
from summit_analysis import load_corpus

PAYLOAD = "</details><script>alert(1)</script>"
CLAIM = f"[[claim]]\nid = 'met'\nstatement = '''They met {PAYLOAD}'''\n"
CODING = "claim,article,coder,status,evidence\nmet,a,me,asserts,They met on Friday\n"


def test_every_claim_and_speaker_of_the_story_can_be_opened(alaska):
    shown = summit_analysis.explore(alaska)
    page = shown._repr_html_()
    assert all(statement in html.unescape(page) for statement in alaska.codebook.claims["statement"])
    assert page.count("<details") == page.count("<summary") == page.count("</details>")
    assert not re.search(r"<(?:script|style|link|img|iframe)|\sclass=\"(?!tex2jax)", page)
    assert repr(shown).splitlines()[0] == f"Where does each article tell a claim? {len(alaska.codebook.claims)}"


def test_nothing_of_a_text_becomes_markup(write_story):
    story = write_story({"a.txt": f"They met on Friday. {PAYLOAD}"}, codebook=CLAIM, codings=CODING)
    page = summit_analysis.explore(load_corpus(story))._repr_html_()
    assert "<script" not in page
    assert "They met on Friday" in page


def test_a_story_without_claims_or_quotations_says_so(write_story):
    shown = summit_analysis.explore(load_corpus(write_story({"a.txt": "Red carpet. They met."})))
    assert "Nothing to choose from" in shown._repr_html_()
    assert repr(shown) == "Nothing to choose from."
