"""The browser that pages are tested in: Debian's Chromium, driven by Playwright, with nothing of its own to fetch."""

import shutil
from contextlib import contextmanager

import pytest

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 120_000  # ms: a loaded machine is slow, not wrong


@contextmanager
def chromium():
    """Give a Chromium, or skip the test where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("there is no chromium to open pages in")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


def listen(page):
    """Return a list that fills with what the console says, errors of the page, and requests that leave it."""
    heard = []
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else heard.append(r.url))
    return heard
