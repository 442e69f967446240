import csv
import json
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import write_files
from tests_root import ALASKA, ROOT

from summit_analysis import StoryError, load_corpus
from summit_analysis.analysis import WRITTEN, Tables
from summit_analysis.publish import run as runner
from summit_analysis.publish.atomic import sha256
from summit_analysis.publish.gallery import FIGURES
from summit_analysis.publish.run import run

TEXTS = {"a.txt": "Red carpet. They met on Friday.", "b.txt": "Red plane. They left on Friday."}


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_run_writes_tables_figures_notebooks_and_a_manifest_of_them(alaska_run, alaska):
    files = tree(alaska_run)
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["files"] == {name: sha256(content) for name, content in sorted(files.items())}
    assert {f"tables/{name}.csv" for name in WRITTEN if not alaska.left_out(name)} <= set(files)
    assert {"report.html", "methods.md"} <= set(files)
    assert {f"figures/{name}.{s}" for name in FIGURES for s in ("svg", "pdf", "png", "csv")} <= set(files)
    assert sorted(p.name for p in (alaska_run / "notebooks").iterdir()) == sorted(
        p.name for p in (ROOT / "notebooks").glob("*.ipynb")
    )


def test_offsets_in_the_written_tables_point_at_their_text(alaska_run, alaska):
    for name, span in (("segments", "text"), ("claims", "evidence")):
        with (alaska_run / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["start"]]
        assert rows
        for row in rows:
            assert alaska.corpus.texts[row["article"]][int(row["start"]) : int(row["end"])] == row[span]


@dataclass(frozen=True)
class Installed:
    """A wheel in an environment of its own, and the whole run of `TEXTS` that its command has made in `out`."""

    python: Path
    site: Path
    out: Path
    printed: str


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Installed:
    place = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    environment = place / "environment"
    venv.create(environment, with_pip=False)
    (site,) = (environment / "lib").glob("python*/site-packages")
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    # The libraries are those of this environment; the package itself must come from the wheel.
    libraries = next(p for p in sys.path if p.endswith("site-packages"))
    (site / "libraries.pth").write_text(libraries + "\n")
    out = place / "out"
    words = [environment / "bin" / "summit-analysis", "run", write_files(place / "story", TEXTS), "--out", out]
    # Paths of this process would show the checkout's package to the kernels.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(words, cwd=place, check=True, capture_output=True, text=True, env=own)
    return Installed(python, site, out, done.stdout)


def test_an_installed_wheel_runs_a_story_without_the_checkout(installed):
    where = subprocess.run(
        [installed.python, "-c", "import summit_analysis; print(summit_analysis.__file__)"],
        cwd=installed.out,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed.site)
    assert len(list((installed.out / "notebooks").iterdir())) == len(list((ROOT / "notebooks").glob("*.ipynb")))
    assert (installed.out / "figures" / "similarity.svg").exists()


def test_a_folder_of_texts_alone_gets_everything_but_claims(installed, write_story, tmp_path):
    out = installed.out
    left_out = run(write_story(TEXTS), tmp_path / "tables", tables_only=True)
    assert tree(tmp_path / "tables" / "tables") == tree(out / "tables")
    assert all(f"note: {reason}" in " ".join(installed.printed.split()) for reason in left_out)
    assert left_out == [
        "naming is not compared: the story has no codebook.toml with referents",
        "frames are not compared: the story has no codebook.toml with frames",
        "claims are not compared: the story has no codebook.toml with claims",
        "no copy is traced: the story has no agency original (role “wire”)",
        "facts are not compared: the story has no codebook.toml with facts",
    ]
    assert sorted(p.name for p in (out / "notebooks").iterdir()) == sorted(
        p.name for p in (ROOT / "notebooks").glob("*.ipynb")
    )
    tables = Tables(load_corpus(write_story(TEXTS)))
    drawn = {name for name, kind in FIGURES.items() if kind.table in tables}
    assert {p.stem for p in (out / "figures").glob("*.svg")} == drawn
    assert set(FIGURES) - drawn == {"naming", "frames", "coverage", "order", "reader-curve", "discrepancies"}
    assert {p.stem for p in (out / "tables").iterdir()} == {name for name in WRITTEN if name in tables}
    assert (out / "report.html").exists()
    claims = (out / "notebooks" / "5_claims.ipynb").read_text(encoding="utf-8")
    assert "Claims are not compared: the story has no codebook.toml" in claims
    assert "Trump" not in "".join(
        (out / "notebooks" / p.name).read_text(encoding="utf-8") for p in (ROOT / "notebooks").glob("*.ipynb")
    )


def test_tables_alone_need_no_kernel_and_are_the_same_bytes(alaska_run, tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "NotebookClient", None)
    run(ALASKA, tmp_path / "out", tables_only=True)
    assert tree(tmp_path / "out" / "tables") == tree(alaska_run / "tables")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["manifest.json", "tables"]


def test_hash_seed_locale_and_time_zone_change_no_byte(alaska_run, tmp_path):
    environment = {"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Tokyo", "OMP_NUM_THREADS": "1"}
    command = [
        sys.executable,
        "-m",
        "summit_analysis.cli",
        "run",
        str(ALASKA),
        "--out",
        str(tmp_path / "out"),
        "--tables",
    ]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert tree(tmp_path / "out" / "tables") == tree(alaska_run / "tables")


def test_a_new_run_replaces_the_earlier_one(write_story, tmp_path):
    out = tmp_path / "out"
    run(write_story(TEXTS), out, tables_only=True)
    before = tree(out)
    run(write_story(TEXTS | {"c.txt": "A third one."}), out, tables_only=True)
    assert tree(out) != before
    run(write_story(TEXTS), out, tables_only=True)
    assert tree(out) == before


def test_a_failure_leaves_the_earlier_output(write_story, tmp_path, monkeypatch):
    out = tmp_path / "out"
    run(write_story(TEXTS), out, tables_only=True)
    before = tree(out)

    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(runner, "write_text", full_disk)
    with pytest.raises(StoryError, match="No space left on device"):
        run(write_story(TEXTS), out, tables_only=True)
    assert tree(out) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "story"]


@pytest.mark.parametrize("changed", ["texts/b.txt", "notes/linked", "notes/listed.md"])
def test_a_story_that_changes_during_the_run_is_an_error(changed, write_story, tmp_path):
    listing = "outlet,file\nA,texts/a.txt\nB,texts/b.txt\nC,texts/c.txt\nD,notes/listed.md\n"
    story = write_story(TEXTS, articles=listing)
    (story / "notes").mkdir()
    for name in ("linked", "listed.md"):
        (story / "notes" / name).write_text(f"Red boats met in the {name} harbour.")
    (story / "texts" / "c.txt").symlink_to(story / "notes" / "linked")

    def change(step):
        if step == "table keyness":
            (story / changed).write_text("Something else.")

    with pytest.raises(StoryError, match="was changed while it was analysed"):
        run(story, tmp_path / "out", tables_only=True, progress=change)
    assert not (tmp_path / "out").exists()


def test_a_link_as_output_is_written_through(write_story, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for _ in range(2):
        run(write_story(TEXTS), tmp_path / "link", tables_only=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "tables").is_dir()


def test_a_failing_notebook_is_a_clear_error(write_story, tmp_path, monkeypatch):
    broken = tmp_path / "broken"
    broken.mkdir()
    source = json.loads((ROOT / "notebooks" / "1_articles.ipynb").read_text(encoding="utf-8"))
    source["cells"][1]["source"] = ["raise RuntimeError('no')"]
    (broken / "1_articles.ipynb").write_text(json.dumps(source), encoding="utf-8")
    monkeypatch.setattr(runner, "shipped_notebooks", lambda: broken)
    with pytest.raises(StoryError, match=r"1_articles\.ipynb, cell 1: failed with RuntimeError: no"):
        run(write_story(TEXTS), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("story/out", "lies inside the story's folder"),
        ("story", "lies inside the story's folder"),
        (".", "holds the story's folder"),
        ("full", "not empty and not from an earlier run"),
        ("file", "is a file"),
        ("foreign", "not empty and not from an earlier run"),
        ("mixed", "holds 'notes.txt', which no run has written"),
    ],
)
def test_an_output_folder_that_would_lose_something_is_refused(write_story, tmp_path, place, message):
    story = write_story(TEXTS)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.doc").write_text("years of work")
    (tmp_path / "file").write_text("x")
    for name in ("foreign", "mixed"):
        (tmp_path / name).mkdir()
    (tmp_path / "foreign" / "manifest.json").write_text('{"name": "my-app"}')
    (tmp_path / "mixed" / "manifest.json").write_text('{"written_by": "summit_analysis", "files": {}}')
    (tmp_path / "mixed" / "notes.txt").write_text("mine")
    before = tree(tmp_path)
    with pytest.raises(StoryError, match=message):
        run(story, tmp_path / place, tables_only=True)
    assert tree(tmp_path) == before


def test_words_are_compared_by_outlet_where_one_has_several_articles(write_story, tmp_path):
    listing = "outlet,file\nBay News,texts/a.txt\nBay News,texts/b.txt\nCoast Post,texts/c.txt\n"
    story = write_story(TEXTS | {"c.txt": "The harbour was quiet."}, articles=listing)
    run(story, tmp_path / "out", tables_only=True)
    with (tmp_path / "out" / "tables" / "keyness_outlets.csv").open(encoding="utf-8", newline="") as file:
        assert {row["outlet"] for row in csv.DictReader(file)} == {"Bay News", "Coast Post"}
