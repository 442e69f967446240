"""A slice of `python -m benchmarks.hostile`: strings made to break things, on their way out of the project."""

import importlib.util

import pytest

from benchmarks import hostile

STRINGS = hostile.strings()
OWN = STRINGS[-hostile.OWN :]
SLICE = OWN[::8] + STRINGS[: -hostile.OWN : 60]


@pytest.fixture(scope="module")
def look():
    if not hostile.chromium() or not importlib.util.find_spec("playwright"):
        pytest.skip(
            "SKIPPED: no Chromium (or no playwright) here, so no page was opened to see whether hostile text runs"
        )
    with hostile.browser() as opened:
        yield opened


def test_there_are_strings_enough_and_their_licence_is_beside_them():
    assert len(OWN) >= 100
    assert len(STRINGS) - len(OWN) >= 450
    assert "MIT" in (hostile.PAYLOADS / "naughty_strings.LICENSE").read_text()


def test_a_spreadsheet_runs_none_and_every_cell_comes_back():
    assert hostile.unsafe_cells(STRINGS) == []


def test_a_terminal_obeys_none():
    assert (
        hostile.unsafe_messages([*STRINGS, "\x1b]0;x\x07", "\x9b31m", "\u202e", "[bold]x[/bold]", "[link=http://x]x"])
        == []
    )


def test_none_runs_and_none_leaves(look, tmp_path):
    found = hostile.check_sinks(SLICE, tmp_path, look)
    assert {sink: misdeeds for sink, (_, misdeeds) in found.items() if misdeeds} == {}
    assert set(found) == {"notebook page", "gallery", "methods", "SVG", "CSV", "messages"}


def test_the_browser_sees_what_runs_and_what_leaves(look, tmp_path):
    """Without escaping, most payloads of markup are noticed: the pages above were looked at with open eyes."""
    seen = 0
    for number, payload in enumerate(OWN[:24:4]):
        page = tmp_path / f"{number}.html"
        page.write_text(f"<!doctype html><meta charset=utf-8><p>{payload}</p>", encoding="utf-8")
        seen += bool(look.misdeeds(page))
    assert seen >= 4
