import json

import nbformat
import pytest
from tests_root import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def cells(path, kind):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_stored_outputs_are_those_of_a_clean_run(path):
    nbformat.validate(nbformat.read(path, as_version=4))
    code = cells(path, "code")
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert outputs
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]
    assert "version" not in json.loads(path.read_text(encoding="utf-8"))["metadata"]["language_info"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_reads_as_an_essay(path):
    notebook = nbformat.read(path, as_version=4)
    assert notebook.cells[0].cell_type == "markdown"
    assert notebook.cells[0].source.startswith("# ")
    for cell in cells(path, "code"):
        lines = cell.source.splitlines()
        assert len(lines) <= 8
        assert not any(line.lstrip().startswith(("def ", "for ", "while ", "class ", "%")) for line in lines)
        assert not cell.source.rstrip().endswith(";")
    headings = [line for cell in cells(path, "markdown") for line in cell.source.splitlines() if line.startswith("## ")]
    assert all(heading.endswith("?") for heading in headings)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_finding_is_typed_into_prose(path, alaska):
    prose = " ".join(cell.source for cell in cells(path, "markdown"))
    names = [*alaska.corpus.articles["outlet"], *alaska.codebook.speakers["name"], "Trump", "Putin", "Alaska"]
    assert not [name for name in names if name in prose]
    numbers = {word.strip(".,;:()") for word in prose.split() if any(c.isdigit() for c in word)}
    assert {n for n in numbers if "ipynb" not in n} <= {"0", "1", "95", "1,000", "cp1252", "UTF-8"}


def test_running_again_changes_no_byte_of_notebooks_and_figures(alaska_run):
    for folder in ("notebooks", "figures"):
        made = {p.name: p.read_bytes() for p in (alaska_run / folder).iterdir()}
        stored = {p.name: p.read_bytes() for p in (ROOT / folder).iterdir() if p.is_file()}
        assert set(made) == set(stored)
        assert [name for name in made if made[name] != stored[name]] == []
