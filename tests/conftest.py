"""Small stories written to disk, and one complete run of the bundled story that slow tests share."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest
from tests_root import ALASKA

from summit_analysis import analysis, load_corpus
from summit_analysis.publish.run import run

NAMES = {
    "articles": "articles.csv",
    "codebook": "codebook.toml",
    "codings": "codings.csv",
    "corrections": "corrections.csv",
    "quotations": "quotations.csv",
    "background": "background.csv",
}


def write_files(story: Path, texts: dict[str, str | bytes], **files: str | bytes) -> Path:
    """Write a story folder: texts by file name, and other files as they are given."""
    shutil.rmtree(story, ignore_errors=True)
    contents = {f"texts/{name}": text for name, text in texts.items()}
    contents |= {NAMES[name]: content for name, content in files.items()}
    for name, content in contents.items():
        path = story / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return story


# The files that take longest begin, so that two test processes end at about the same time.
LONGEST = ("test_jupyterlab.py", "test_run.py", "test_charts.py", "test_cli.py", "test_gallery.py", "test_notebooks.py")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


@pytest.fixture
def write_story(tmp_path):
    """Return a function that writes a story folder, see `write_files`."""

    def write(texts: dict[str, str | bytes], folder: str = "story", **files: str | bytes) -> Path:
        return write_files(tmp_path / folder, texts, **files)

    return write


@pytest.fixture
def tables_of(write_story):
    """Return a function from texts (and files) to the tables of that story."""

    def make(texts: dict[str, str | bytes], **files: str | bytes) -> analysis.Tables:
        return analysis.tables(load_corpus(write_story(texts, **files)))

    return make


@pytest.fixture(scope="session")
def alaska() -> analysis.Tables:
    return analysis.tables(load_corpus(ALASKA))


@pytest.fixture(scope="session")
def alaska_run(tmp_path_factory) -> Path:
    """The output folder of one whole run of the bundled story, which all test processes share."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    out = shared / "run" / "out"
    with (shared / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            out.parent.mkdir()
            run(ALASKA, out)
    return out
