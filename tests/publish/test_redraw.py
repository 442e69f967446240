"""Figures drawn again from their CSV files alone."""

import json
import shutil

import pytest

from summit_analysis import StoryError
from summit_analysis.charts.style import MM, TALLEST
from summit_analysis.publish import redraw as module
from summit_analysis.publish.gallery import FIGURES, Gallery, read_data
from summit_analysis.publish.redraw import redraw


@pytest.fixture(scope="module")
def drawn(alaska, tmp_path_factory):
    """A run's output with four figures, of which one has no narrow layout."""
    out = tmp_path_factory.mktemp("out")
    for name in ("similarity", "coverage", "poster", "frames"):
        Gallery(alaska, out / "figures").publish(name)
    return out


def test_at_the_width_of_a_page_the_same_bytes_come_out(drawn, tmp_path):
    paths, left_out = redraw(drawn, tmp_path, formats=("svg", "png", "pdf"), only=("similarity", "frames"))
    assert left_out == []
    assert sorted(p.name for p in paths) == sorted(
        f"{name}-180mm.{suffix}" for name in ("similarity", "frames") for suffix in ("svg", "png", "pdf")
    )
    for path in paths:
        assert path.read_bytes() == (drawn / "figures" / path.name.replace("-180mm", "")).read_bytes()


def test_the_folder_of_figures_alone_is_enough(drawn, tmp_path):
    paths, _ = redraw(drawn / "figures", tmp_path / "new", only=("similarity",))
    assert [p.name for p in paths] == ["similarity-180mm.pdf"]


def test_a_figure_taller_than_a_page_is_split_between_rows(drawn):
    entry = json.loads((drawn / "figures" / "index.json").read_text())["figures"]
    entry = next(e for e in entry if e["name"] == "coverage")
    figures = dict(module._draw(drawn / "figures", entry, 85.0))
    assert next(iter(figures)) == "coverage-part1"
    assert all(f.get_figheight() / MM <= TALLEST for f in figures.values())
    statements = read_data(drawn / "figures" / "coverage.csv", entry["columns"])["statement"].unique()
    printed = " ".join(t.get_text() for f in figures.values() for t in f.findobj() if hasattr(t, "get_text"))
    assert [s for s in statements if s not in printed.replace("\n", " ")] == []


def test_what_has_no_narrow_layout_is_named_and_left_out(drawn, tmp_path):
    paths, left_out = redraw(drawn, tmp_path, width="85mm", formats=("svg",))
    assert left_out == ["poster has no layout for 85mm: its type would fall below 7 pt"]
    assert not [p for p in paths if "poster" in p.name]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"only": ("pie",)}, "there is no figure 'pie'"),
        ({"formats": ("bmp",)}, "'bmp' is unknown"),
        ({"width": "120mm"}, "no figure is laid out for '120mm'"),
        ({"width": "85mm", "only": ("poster",)}, "type would fall below 7 pt"),
    ],
)
def test_what_cannot_be_drawn_is_refused_before_anything_is_written(drawn, tmp_path, options, message):
    with pytest.raises(StoryError, match=message):
        redraw(drawn, tmp_path / "new", **options)
    assert not (tmp_path / "new").exists()


def test_data_that_was_changed_is_refused(alaska, tmp_path):
    Gallery(alaska, tmp_path).publish("frames")
    (tmp_path / "frames.csv").write_text((tmp_path / "frames.csv").read_text().replace("HTN", "XYZ"))
    with pytest.raises(StoryError, match="was changed since its figure was drawn"):
        redraw(tmp_path, tmp_path / "new")


@pytest.mark.parametrize("width", ["180mm", "85mm"])
def test_a_figure_of_an_empty_table_is_drawn_again(width, tables_of, tmp_path):
    gallery = Gallery(tables_of({"a.txt": "Red carpet. They met.", "b.txt": "Red plane. They left."}), tmp_path / "f")
    for name in FIGURES:
        gallery.publish(name)
    entries = json.loads((gallery.folder / "index.json").read_text())["figures"]
    empty = [e["name"] for e in entries if (gallery.folder / f"{e['name']}.csv").read_text().count("\n") == 1]
    assert "quote-variants" in empty
    paths, _ = redraw(gallery.folder, tmp_path / "new", width=width, formats=("svg",))
    assert {f"{name}-{width}.svg" for name in empty} <= {path.name for path in paths}
    if width == "180mm":
        for path in paths:
            assert path.read_bytes() == (gallery.folder / path.name.replace("-180mm", "")).read_bytes()


def test_a_csv_that_is_gone_is_a_fault_that_names_it(drawn, tmp_path):
    shutil.copytree(drawn / "figures", tmp_path / "f")
    (tmp_path / "f" / "frames.csv").unlink()
    with pytest.raises(StoryError, match=r"frames\.csv: cannot be read: No such file or directory"):
        redraw(tmp_path / "f", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_folder_without_figures_is_refused(tmp_path):
    with pytest.raises(StoryError, match=r"holds no index\.json of figures"):
        redraw(tmp_path, tmp_path / "new")
