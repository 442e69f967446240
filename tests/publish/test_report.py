"""The report's bytes: what it must hold, and what no text may put into it."""

import base64
import dataclasses
import hashlib
import html
import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from tests_root import ROOT

from summit_analysis import findings
from summit_analysis.errors import NotDefinedError
from summit_analysis.findings.methods import AUTHOR, TITLE, as_markdown, fingerprint, methods
from summit_analysis.publish import report
from summit_analysis.publish.report import SECTIONS, render_report, write_report

PAYLOAD = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"' onload='alert(3)' {{ 7 * 7 }}"
TEXTS = {
    "a.txt": f'“Red carpets are out,” said Ann Lee {PAYLOAD}. They met on Friday in the old town hall.',
    "b.txt": f'“Red carpets are out,” said Ann Lee. {PAYLOAD} They met on Friday in the new town hall.',
}  # fmt: skip
FILES = {
    "articles": "outlet,file,title,url\n"
    f'"{PAYLOAD.replace(chr(34), chr(34) * 2)}",texts/a.txt,"<b>bold</b>",javascript:alert(4)\n'
    "B,texts/b.txt,plain,https://example.org/a?b=1&c=2\n",
    "codebook": f"[[claim]]\nid = 'met'\nstatement = '''They met {PAYLOAD}'''\ntheme = '''{PAYLOAD}'''\n",
    "codings": "claim,article,coder,status,evidence\nmet,a,me,asserts,They met on Friday\nmet,b,me,absent,\n",
}


class Tags(HTMLParser):
    """Collects tags with their attributes, and the text of headings."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def tags_of(page: str) -> list[tuple[str, dict]]:
    parser = Tags()
    parser.feed(page)
    return parser.tags


@pytest.fixture(scope="module")
def page(alaska):
    return render_report(alaska, ROOT / "figures")


@pytest.fixture
def hostile(tables_of, tmp_path):
    figures = tmp_path / "figures"
    figures.mkdir()
    (figures / "f.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(5)</script></svg>")
    words = dict.fromkeys(("question", "title", "caption", "alt", "notebook", "data_sha256"), PAYLOAD)
    entry = {"name": "new-figure", "files": {"svg": "f.svg"}, "data": ["f.csv"]} | words
    (figures / "index.json").write_text(json.dumps({"story": "x", "figures": [entry]}))
    return render_report(tables_of(TEXTS, **FILES), figures)


def test_it_opens_with_the_findings(page, alaska):
    first = findings.in_short(alaska)[0]
    assert page.index(html.escape(first)) < page.index("<figure>") < page.index('id="methods"')


def test_every_figure_and_every_defined_finding_is_there(page, alaska):
    index = json.loads((ROOT / "figures" / "index.json").read_text(encoding="utf-8"))["figures"]
    pictures = [attributes for tag, attributes in tags_of(page) if tag == "img"]
    assert sorted(p["alt"] for p in pictures) == sorted(entry["alt"] for entry in index)
    assert all(p["src"].startswith("data:image/svg+xml;base64,") for p in pictures)
    for name, (_, tables) in findings.FINDINGS.items():
        if all(table in alaska for table in tables):
            assert findings.about(name, alaska)[0] in html.unescape(page).replace("\N{NO-BREAK SPACE}", " "), name


def test_a_claim_shows_its_evidence_marked_in_its_sentence(page):
    assert 'Ultimately, <span class="span">the Alaska summit yielded no agreement</span> but set the stage' in page


def test_headings_are_in_order_and_ids_are_single(page):
    tags = tags_of(page)
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {a["href"][1:] for tag, a in tags if tag == "a" and a["href"].startswith("#")}
    assert targets <= set(ids)
    assert ("html", {"lang": "en"}) in tags


def test_the_policy_names_the_hashes_of_the_one_style_and_the_one_script(page):
    tags = dict(tags_of(page))
    policy = next(a["content"] for t, a in tags_of(page) if t == "meta" and "http-equiv" in a)
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        hashed = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{hashed}'" in policy
        assert tags[tag] == {}
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "unsafe" not in policy


def test_it_loads_nothing_and_styles_nothing_in_place(page):
    for tag, attributes in tags_of(page):
        assert tag not in ("link", "iframe", "object", "embed", "base", "form", "video", "audio")
        assert "style" not in attributes
        assert attributes.get("src", "data:").startswith("data:")
        assert not [name for name in attributes if name.startswith("on")]


def test_no_text_becomes_markup(hostile):
    tags = tags_of(hostile)
    assert [tag for tag, _ in tags].count("script") == 1
    assert all(attributes["src"].startswith("data:") for tag, attributes in tags if tag == "img")
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    assert not [a for _, a in tags if a.get("href", "").lower().startswith("javascript")]
    assert "<b>bold" not in hostile
    assert "{{ 7 * 7 }}" in html.unescape(hostile)
    assert [a["href"] for t, a in tags if t == "a" and not a["href"].startswith("#")] == ["https://example.org/a?b=1&c=2"]  # fmt: skip
    assert "alert(5)" not in hostile  # an SVG stands encoded in an image, where no script runs


@pytest.mark.parametrize("error", [KeyError("a bug"), NotDefinedError("no codings")])
def test_a_part_is_left_out_where_it_is_not_defined_and_for_no_other_reason(error, alaska, monkeypatch):
    def fail(tables, kind):
        raise error

    monkeypatch.setattr(report, "EVIDENCE", (dataclasses.replace(report.EVIDENCE[0], made=fail), report.EVIDENCE[2]))
    if isinstance(error, NotDefinedError):
        assert [part["id"] for part in report.choose_from(alaska)] == ["quotations"]
    else:
        with pytest.raises(KeyError, match="a bug"):
            report.choose_from(alaska)


def test_names_to_choose_from_survive_as_json(hostile):
    names = [json.loads(a["data-names"]) for tag, a in tags_of(hostile) if tag == "details" and "data-names" in a]
    assert [f"They met {PAYLOAD}"] in names


def test_a_figure_in_no_section_stands_at_the_end(hostile):
    assert "What else was found?" in hostile


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html;x", "file:///etc/passwd", "//x.org", "https://a\u202eb"]
)
def test_only_addresses_of_the_web_are_links(tables_of, tmp_path, address):
    rows = f"outlet,file,url\nA,texts/a.txt,{address}\n"
    made = render_report(tables_of({"a.txt": "Red carpet. They met."}, articles=rows), tmp_path)
    assert not [a for tag, a in tags_of(made) if tag == "a" and not a["href"].startswith("#")]


def test_the_same_story_gives_the_same_bytes(tables_of, tmp_path):
    made = []
    for folder in ("one", "two"):
        write_report(tables_of(TEXTS, **FILES), tmp_path / folder)
        made.append([(tmp_path / folder / name).read_bytes() for name in ("report.html", "methods.md")])
    assert made[0] == made[1]


def test_a_story_of_one_article_has_a_report_too(tables_of, tmp_path):
    made = render_report(tables_of({"a.txt": "Red carpet. They met."}), tmp_path)
    assert "how 1 outlet told it" in made
    assert "<div data-entries>" not in made


def test_a_table_shows_no_column_in_which_nothing_stands(tables_of, tmp_path):
    made = render_report(tables_of(TEXTS), tmp_path)
    head = re.search(r"<caption>The articles beside.*?</thead>", made, re.DOTALL)[0]
    assert "share quoted" in head
    assert "claims told" not in head


def test_sections_name_each_finding_and_figure_once():
    for part in ("findings", "figures"):
        names = [name for section in SECTIONS for name in getattr(section, part)]
        assert len(names) == len(set(names))


def test_methods_tell_settings_and_counts_of_this_run(tables_of):
    tables = tables_of({"a.txt": "Red carpet. They met.", "b.txt": "Red plane. They left."})
    said = as_markdown(methods(tables))
    assert "2 documents read: 2 articles by 2 outlets analysed, none set aside." in said
    assert "4 sentences" in said
    assert "prior of 500 tokens" in said
    assert "prior of 100 tokens" in as_markdown(methods(tables.with_settings(prior_tokens=100)))
    assert f"SHA-256 of the texts: {fingerprint(tables)}." in said
    assert "The claims were chosen" not in said


def test_marks_in_names_are_read_as_they_stand_in_the_methods():
    names = "<b>x</b> [a](javascript:b) *c* 5 & 6 &lt; summit_analysis _d_"
    said = as_markdown([("Limits", [names, "- no list"])])
    assert "\\<b\\>x\\</b\\> \\[a\\](javascript:b) \\*c\\* 5 & 6 \\&lt; summit_analysis \\_d\\_" in said
    assert "\n\\- no list\n" in said


def test_the_citation_is_that_of_the_citation_file():
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'title: "{TITLE}"' in cited
    assert f"name: {AUTHOR}" in cited


def test_a_number_keeps_its_percent_sign(page):
    sentences = re.findall(r"<li dir=\"auto\">(.*?)</li>|<figcaption>(.*?)</figcaption>", page)
    told = " ".join(one or other for one, other in sentences)
    assert re.search(r"\d\N{NO-BREAK SPACE}%", told)
    assert not re.search(r"\d %", told)
