"""What the README names is there, and what it tells to type can be typed."""

import contextlib
import re
import shlex
import shutil
import tomllib
from importlib import metadata

import pytest
import typer
from packaging.specifiers import SpecifierSet
from tests_root import ALASKA, ROOT, TORMEY
from typer.main import get_command

from summit_analysis import analysis, load_corpus
from summit_analysis.cli import app
from summit_analysis.corpus import MOST_ARTICLES
from summit_analysis.measures.claims_proposed import claims_proposed

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(?:sh|bash)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line.strip() for block in BLOCKS for line in block.splitlines() if line.strip() and not line.startswith("#")
]
NOT_THERE_YET = {"build", ".venv"}  # made by the commands


def test_every_link_and_path_exists():
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    paths = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:toml|txt|md|cff|ipynb))`", README)
    assert links
    places = (ROOT, ROOT / "data" / "alaska-summit")
    wanted = [p for p in links + paths if p.split("/")[0] not in NOT_THERE_YET]
    assert [p for p in wanted if not any((place / p).exists() for place in places)] == []


def test_every_make_target_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {word for command in COMMANDS for word in re.findall(r"^make (\w+)", command)}
    assert {"report", "test", "lab"} <= named <= targets


def test_what_is_pinned_installs_on_the_oldest_python_that_is_named():
    oldest = re.search(r"Python (\d+\.\d+) or newer", README)[1]
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert facts["requires-python"] == f">={oldest}"
    pinned = dict(
        re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    )
    wanted = {}
    for name, version in pinned.items():
        with contextlib.suppress(metadata.PackageNotFoundError):  # of another system, or of an extra
            if metadata.version(name) == version:
                wanted[name] = metadata.metadata(name).get("Requires-Python") or ""
    assert len(wanted) > len(pinned) / 2
    assert [name for name, python in wanted.items() if f"{oldest}.0" not in SpecifierSet(python)] == []


TYPED = [
    words.removeprefix(".venv/bin/")
    for text in (README, (ROOT / "docs" / "archive.md").read_text(encoding="utf-8"))
    for words in re.findall(r"^(?:\.venv/bin/)?summit-analysis .+", text, re.MULTILINE)
    + re.findall(r"`(summit-analysis \w[^`]* [^`]+)`", text)
]


@pytest.mark.parametrize("command", sorted(set(TYPED)))
def test_every_command_parses(command):
    _, name, *words = shlex.split(command)
    group = get_command(app)
    context = typer.Context(group)
    # Unknown options, arguments that are missing and ones too many are errors; nothing is run.
    group.get_command(context, name).make_context(name, words, parent=context)


def test_every_command_line_is_of_a_known_kind():
    assert {c.split()[0] for c in COMMANDS} <= {
        "make",
        "git",
        "cd",
        "python3",
        ".venv/bin/pip",
        ".venv/bin/summit-analysis",
        "summit-analysis",
        ".venv/bin/jupyter",
        ".venv/bin/pytest",
    }


def test_the_most_articles_are_those_that_are_refused_beyond():
    assert f"a story has up to {MOST_ARTICLES} of them" in " ".join(README.split())


def test_the_figures_of_the_coder_of_claims_are_those_that_were_measured():
    results = (ROOT / "benchmarks" / "results" / "claim_coding.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in results.splitlines() if line.startswith("| ")]
    *stories, whole = rows[2:]
    assert whole[0] == "**all**"
    text = " ".join(README.split())
    assert f"F1 for told against not told is {float(whole[2]):.2f} ({int(whole[1]):,} judgements)" in text
    lowest, highest = (pick(float(row[2]) for row in stories) for pick in (min, max))
    assert f"between {lowest:.2f} and {highest:.2f} [by story]" in text
    found, against = map(int, whole[6].split(" of "))
    assert len(stories) == 14 and "Each of fourteen coded stories" in text
    assert round(found / against, 1) == 0.3 and "finds a third of the contradictions" in text


def test_how_many_hand_made_claims_a_draft_proposes(tmp_path):
    """The suggestions are made from the articles alone: a codebook beside them would lend its names."""
    drafted, found, proposed = {}, {}, {}
    for story in (ALASKA, TORMEY):
        bare = tmp_path / story.name
        shutil.copytree(story / "texts", bare / "texts")
        shutil.copy(story / "articles.csv", bare)
        suggestions = analysis.tables(load_corpus(bare))["claim_suggestions"]
        table = claims_proposed(suggestions, analysis.tables(load_corpus(story))["coverage"])
        drafted[story] = suggestions["suggestion"].nunique()
        found[story] = table["found"].sum()
        proposed[story] = table["proposed"].sum(), len(table)
    claimed, text = proposed[ALASKA], " ".join(README.split())
    assert f"From these five articles alone it drafts {drafted[ALASKA]} statements" in text
    assert (
        f"Of the {claimed[1]} claims that three or more of them tell by the agreed codings, it proposes {claimed[0]}:"
        in text
    )
    assert f"By the sentences alone it would be {found[ALASKA]}." in text
    assert "In the invented ferry story it proposes {} of {}.".format(*proposed[TORMEY]) in text
