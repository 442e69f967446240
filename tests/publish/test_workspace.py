import json
from pathlib import Path

from summit_analysis.publish.workspace import FIGURES, STORY, figures_folder, shipped_notebooks, story_folder


def test_the_environment_of_a_run_decides(monkeypatch):
    monkeypatch.setenv(STORY, "/stories/one")
    monkeypatch.setenv(FIGURES, "/out/figures")
    assert story_folder("../data/x") == Path("/stories/one")
    assert figures_folder("../figures") == Path("/out/figures")


def test_a_notebook_on_its_own_uses_the_path_in_its_first_cell(monkeypatch):
    monkeypatch.delenv(STORY, raising=False)
    monkeypatch.delenv(FIGURES, raising=False)
    assert story_folder("../data/x") == Path("../data/x")
    assert figures_folder("../figures") == Path("../figures")


def test_a_notebook_in_the_output_of_a_run_finds_the_story_again(monkeypatch, tmp_path):
    monkeypatch.delenv(STORY, raising=False)
    (tmp_path / "story").mkdir()
    (tmp_path / "out" / "notebooks").mkdir(parents=True)
    (tmp_path / "out" / "manifest.json").write_text(json.dumps({"story": "../story"}))
    monkeypatch.chdir(tmp_path / "out" / "notebooks")
    assert story_folder("../data/x").resolve() == tmp_path / "story"


def test_the_notebooks_are_there():
    assert len(list(shipped_notebooks().glob("[0-9]_*.ipynb"))) >= 5
