"""Strings made to break things, sent through every way out of the project and opened in a browser.

usage: python -m benchmarks.hostile
Sinks: notebook pages (tables, sentences, reading views), the gallery, the text of methods, SVG, CSV, messages, and the notebooks of a whole
run. A script that runs, a dialog, or a request that leaves is a failure. Writes benchmarks/results/hostile.md; exit 1
on a failure, 2 where there is no Chromium to look with.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pandas as pd
from rich.console import Console
from rich.markup import escape

from benchmarks.reliability import RESULTS
from summit_analysis import analysis, load_corpus
from summit_analysis.errors import Fault
from summit_analysis.findings.methods import as_markdown
from summit_analysis.publish import gallery, show
from summit_analysis.publish.reading_view import Mark, ReadingView
from summit_analysis.publish.rendering import render
from summit_analysis.publish.run import run
from summit_analysis.strict_csv import FORMULA, read_rows, to_csv

PAYLOADS = Path(__file__).parent / "payloads"
SPY = """
window.hits = [];
window.hit = n => { window.hits.push('hit ' + n); };
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
  window[name] = words => { window.hits.push(name + ' ' + words); };
"""
BATCH = 12
OWN = 123  # payloads of this project's own, the last of the strings


def strings() -> list[str]:
    """Return every string: the Big List of Naughty Strings, and this project's own markup and formulas."""
    naughty = json.loads((PAYLOADS / "naughty_strings.json").read_text(encoding="utf-8"))
    return naughty + (PAYLOADS / "markup_and_formulas.txt").read_text(encoding="utf-8").splitlines()


def chromium() -> str:
    """Return the path of a Chromium, or ``""``."""
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
    )


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Give a headless Chromium that reports what pages do."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"]
        )
        try:
            yield Browser(opened)
        finally:
            opened.close()


class Browser:
    """A browser that says what a page did: scripts of strangers that ran, dialogs, requests beyond the page itself."""

    def __init__(self, opened: object) -> None:
        self.opened = opened

    def misdeeds(self, path: Path) -> list[str]:
        """Open the file at `path`, wait for it to settle, and return what it did that it must not."""
        page = self.opened.new_page()
        found: list[str] = []
        address = path.resolve().as_uri()
        page.add_init_script(SPY)
        page.on("dialog", lambda dialog: (found.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda r: (
                None
                if r.url == address or r.url.startswith(("data:", "blob:"))
                else found.append(f"request {r.url[:100]}")
            ),
        )
        page.on("popup", lambda popup: found.append(f"window {popup.url[:100]}"))
        page.goto(address, wait_until="load")
        page.wait_for_timeout(150)
        found += page.evaluate("window.hits || []")
        found += page.evaluate(
            "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(a => a.name.startsWith('on')"
            " || /^\\s*(javascript|vbscript):/i.test(a.value) && ['href', 'src', 'action', 'formaction', 'xlink:href'].includes(a.name)"
            " || a.name.startsWith('data-commandlinker')).map(a => e.tagName + ' ' + a.name))"
        )
        page.close()
        return found


def page_of(outputs: list[dict[str, str]]) -> str:
    """Return a notebook page, as nbconvert makes it, whose cells have these outputs by media type."""
    from nbconvert import HTMLExporter

    notebook = nbformat.v4.new_notebook()
    for data in outputs:
        cell = nbformat.v4.new_code_cell("show", execution_count=1)
        cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
        notebook.cells.append(cell)
    return export(notebook, HTMLExporter)


def export(notebook: nbformat.NotebookNode, exporter: type) -> str:
    """Return `notebook` as a page that needs nothing from elsewhere."""
    made = exporter(template_name="classic", require_js_url="", mathjax_url="", jquery_url="", mermaid_js_url="")
    return made.from_notebook_node(notebook)[0]


def shown_in_notebook(texts: list[str]) -> list[dict[str, str]]:
    """Return the outputs of cells that show each of `texts` as sentence, table, reading view and alt text."""
    outputs = []
    for text in texts:
        view = ReadingView(text, f"Boats {text} came.", [Mark(0, 5 + len(text), "font-weight: bold", text)], {text: 1})
        table = show.rows(pd.DataFrame({"outlet": [text], text: ["x"]}))
        sentences = show.say([text, f"Boats {text} came."])
        outputs += [
            {"text/html": table._repr_html_(), "text/plain": repr(table)},
            {"text/markdown": sentences._repr_markdown_(), "text/plain": repr(sentences)},
            {"text/html": view._repr_html_(), "text/plain": repr(view)},
        ]
    return outputs


def gallery_page(texts: list[str]) -> str:
    """Return the gallery of figures whose words are `texts`, rendered from its Markdown."""
    from nbconvert.filters.markdown import markdown2html

    words = [
        {"question": t, "alt": t, "caption": t, "notebook": "", "files": {"png": "data:,"}, "data": []} for t in texts
    ]
    return f"<!doctype html><meta charset=utf-8>{markdown2html(gallery._readme({'story': texts[0], 'figures': words}))}"


def methods_page(texts: list[str]) -> str:
    """Return a text of methods whose paragraphs are `texts`, rendered from its Markdown."""
    from nbconvert.filters.markdown import markdown2html

    return f"<!doctype html><meta charset=utf-8>{markdown2html(as_markdown([('Limits', texts)]))}"


def write_articles(folder: Path, texts: list[str]) -> Path:
    """Write a story whose outlets, titles and articles are made of `texts`, one line each."""
    rows = []
    for number, text in enumerate(texts):
        line = " ".join("".join(c for c in text if c >= " " and c != "\x7f").split()) or "nothing"
        body = f"Boats {text} came to the harbour.\n\n“{text},” said Ada {line}.\n\n{text}\n"
        rows.append(
            {
                "article": f"{number:03} {line}",
                "outlet": line,
                "title": line,
                "text": body.encode("utf-8", "replace").decode(),
            }
        )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def figures_of(story: Path, names: tuple[str, ...] = ("similarity",)) -> list[bytes]:
    """Return the named figures of `story` as SVG."""
    tables = analysis.tables(load_corpus(story))
    drawn = []
    for name in names:
        kind = gallery.FIGURES[name]
        if tables.left_out(kind.table):
            continue
        data = tables[kind.table].round(gallery.DIGITS)
        words = kind.describe(data)
        figure = kind.plot(data, title=words.title, footer=words.footer)
        drawn.append(render(figure, "svg", title=words.title))
    return drawn


def unsafe_cells(texts: list[str]) -> list[str]:
    """Return the `texts` that a spreadsheet would run, or that do not come back, once they went through a CSV file."""
    plain = [text for text in texts if text.strip() and not set(text) & {"\x00", "\r", "\ufeff"}]
    kept = [text for text in plain if text.strip(" \n\u00a0") == text]
    written = to_csv(pd.DataFrame({"text": texts, "n": range(len(texts))}))
    rows = read_rows(to_csv(pd.DataFrame({"text": kept})).encode(), name="x.csv", required=["text"])
    lost = (
        [a for a, row in zip(kept, rows, strict=True) if row.cells["text"] != a] if len(rows) == len(kept) else kept[:1]
    )
    cells = [line for line in re.split(r"\n(?=[^\n]*,\d+\n)", written)[1:] if FORMULA.match(line) and line[0] != "'"]
    return lost + cells


def unsafe_messages(texts: list[str]) -> list[str]:
    """Return the `texts` that, in a message, send anything but printable characters to a terminal."""
    unsafe = []
    for text in texts:
        terminal = io.StringIO()
        message = str(Fault(text, text, text, text))
        Console(file=terminal, soft_wrap=True, highlight=False).print(f"[bold red]error:[/] {escape(message)}")
        if not terminal.getvalue().removesuffix("\n").isprintable() or message not in terminal.getvalue():
            unsafe.append(text)
    return unsafe


def check_sinks(texts: list[str], place: Path, look: Browser) -> dict[str, tuple[int, list[str]]]:
    """Send `texts` through every sink but a whole run; return how many went and what went wrong, by sink."""
    found: dict[str, tuple[int, list[str]]] = {}

    def opened(name: str, content: str | bytes, suffix: str, count: int) -> None:
        path = place / f"{name}{len(list(place.iterdir()))}.{suffix}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace"))
        before = found.get(name, (0, []))
        found[name] = (before[0] + count, before[1] + look.misdeeds(path))

    for start in range(0, len(texts), 100):
        part = texts[start : start + 100]
        opened("notebook page", page_of(shown_in_notebook(part)), "html", len(part))
        opened("gallery", gallery_page(part), "html", len(part))
        opened("methods", methods_page(part), "html", len(part))
    for start in range(0, len(texts), BATCH):
        part = texts[start : start + BATCH]
        for svg in figures_of(write_articles(place / f"story{start}", part)):
            opened("SVG", svg, "svg", len(part))
    found["CSV"] = (len(texts), unsafe_cells(texts))
    found["messages"] = (len(texts), unsafe_messages(texts))
    return found


def check_run(texts: list[str], place: Path, look: Browser) -> tuple[int, list[str]]:
    """Run a story made of `texts` with its notebooks and open each page and picture that comes out."""
    from nbconvert import HTMLExporter

    lines = ["\n\n".join(texts[start::BATCH]) for start in range(BATCH)]
    story = write_articles(place / "whole", lines)
    rows = [json.loads(line) for line in (story / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    for row, text in zip(rows, texts[-BATCH * 9 :: 9], strict=False):
        row["outlet"] = row["title"] = " ".join(text.split()) or "nothing"
    (story / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run(story, place / "out")
    misdeeds = []
    for path in sorted((place / "out" / "notebooks").glob("*.ipynb")):
        page = place / f"{path.stem}.html"
        page.write_text(export(nbformat.read(path, as_version=4), HTMLExporter), encoding="utf-8")
        misdeeds += look.misdeeds(page)
    for path in sorted((place / "out" / "figures").glob("*.svg")):
        misdeeds += look.misdeeds(path)
    return len(texts), misdeeds


def main() -> int:
    """Send everything through everything and return the exit code."""
    if not chromium():
        print("skipped: there is no Chromium here to open the pages with")
        return 2
    lines = [
        "# What hostile text does on its way out",
        "",
        "Made by `python -m benchmarks.hostile`, in headless Chromium.",
        "",
    ]
    lines += ["| sink | strings | scripts run, dialogs, requests, unsafe cells |", "| --- | ---: | ---: |"]
    bad: list[str] = []
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder, browser() as look:
        place = Path(folder) / "sinks"
        place.mkdir()
        found = check_sinks(strings(), place, look)
        print("sinks done; now a whole run", file=sys.stderr, flush=True)
        naughty, own = strings()[:-OWN], strings()[-OWN:]
        found["whole run"] = check_run(naughty[::4] + own, Path(folder) / "run", look)
    for sink, (count, misdeeds) in found.items():
        lines.append(f"| {sink} | {count} | {len(misdeeds)} |")
        bad += [f"{sink}: {deed!r}" for deed in misdeeds]
    print("\n".join([*lines, *bad[:40]]))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "hostile.md").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
