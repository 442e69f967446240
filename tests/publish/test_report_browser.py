"""The report as a reader meets it: in a browser, at two widths, in light and dark, without script, and printed."""

import io
import unicodedata

import pytest
from browser import chromium, listen
from tests_root import ROOT

from summit_analysis import findings
from summit_analysis.publish.report import render_report

WIDTHS = {"phone": 390, "desk": 1280}


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(alaska, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_report(alaska, ROOT / "figures"), encoding="utf-8")
    return path.as_uri()


def opened(browser, address, **context):
    page = browser.new_context(**context).new_page()
    heard = listen(page)
    page.goto(address)
    return page, heard


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_said_fetched_or_unreachable(browser, address, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page, heard = opened(browser, address, viewport={"width": WIDTHS[width], "height": 900}, color_scheme=scheme)
    page.evaluate(
        "document.querySelectorAll('section > details, #claims details').forEach((d, n) => { d.open = n < 12 })"
    )
    found = axe.run(page).response["violations"]
    serious = [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
    assert page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    assert heard == []
    page.context.close()


def test_a_choice_narrows_the_list_to_its_evidence(browser, address, alaska):
    page, heard = opened(browser, address)
    statement = alaska["coverage"]["statement"].iloc[0]
    page.locator("#claims").get_by_role("combobox", name="Claim").select_option(statement)
    shown = page.locator("#claims details:visible")
    assert shown.count() == 1
    assert shown.first.get_attribute("open") is not None
    assert shown.locator(".span").first.is_visible()
    page.locator("#claims").get_by_role("combobox", name="Claim").select_option("")
    assert page.locator("#claims details:visible").count() == alaska["coverage"]["claim"].nunique()
    assert heard == []
    page.context.close()


def test_a_voice_can_be_chosen_by_keyboard_and_without_script(browser, address):
    page, heard = opened(browser, address, java_script_enabled=False)
    page.locator("#articles summary").first.press("Enter")
    label = page.locator("#articles small.speech").first
    assert label.is_visible()
    page.locator("#voice-both").press("ArrowRight")
    assert page.locator("#voice-own").is_checked()
    assert not label.is_visible()
    assert page.locator("select").count() == 0
    page.locator("#claims summary").first.press("Enter")
    assert page.locator("#claims .span").first.is_visible()
    assert heard == []
    page.context.close()


def test_the_first_stop_of_the_keyboard_leads_to_the_findings(browser, address):
    page, _ = opened(browser, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_it_prints_on_several_pages_that_begin_with_the_findings(browser, address, alaska):
    pypdf = pytest.importorskip("pypdf")
    page, _ = opened(browser, address)
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    assert len(printed.pages) > 1
    # Without ligatures and blanks, which a printed page sets as it likes.
    words = "".join(unicodedata.normalize("NFKC", printed.pages[0].extract_text()).split())
    for sentence in findings.in_short(alaska)[:2]:
        assert "".join(sentence.split()) in words
    page.context.close()
