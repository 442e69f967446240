import json

import pytest
from PIL import Image

from summit_analysis.charts.style import MM, TALLEST
from summit_analysis.findings.wording import opened
from summit_analysis.publish.atomic import sha256
from summit_analysis.publish.gallery import FIGURES, Gallery, read_data
from summit_analysis.publish.show import Sentences
from summit_analysis.strict_csv import to_csv

TEXTS = {"a.txt": "Red carpet. They met.", "b.txt": "Red plane. They left."}


@pytest.fixture
def gallery(alaska, tmp_path):
    return Gallery(alaska, tmp_path / "figures", notebook="n.ipynb")


@pytest.fixture(scope="module")
def published(alaska, tmp_path_factory):
    """Return a function from a figure's name to the gallery that holds it alone, drawn once for all tests."""
    drawn = {}

    def gallery_of(name):
        if name not in drawn:
            drawn[name] = Gallery(alaska, tmp_path_factory.mktemp("figures"), notebook="n.ipynb")
            drawn[name].publish(name)
        return drawn[name]

    return gallery_of


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_saved_with_data_and_words(published, name):
    gallery = published(name)
    files = {p.name for p in gallery.folder.iterdir()}
    entries = json.loads((gallery.folder / "index.json").read_text())["figures"]
    drawn = {f"{entry['name']}.{s}" for entry in entries for s in ("svg", "pdf", "png", "csv")}
    assert drawn | {"index.json", "README.md"} == files
    entry = entries[0]
    assert entry["name"] == name
    assert len(entries) == {"coverage": 4, "naming": 2, "discrepancies": 2}.get(name, 1)
    heights = [Image.open(gallery.folder / f"{e['name']}.png").height / 300 / MM for e in entries]
    assert max(heights) <= TALLEST + 0.1
    assert entry["data_sha256"] == sha256((gallery.folder / f"{name}.csv").read_bytes())
    assert entry["alt"]
    assert entry["caption"] in (gallery.folder / "README.md").read_text().replace("&#124;", "|").replace("&#60;", "<")


@pytest.mark.parametrize("name", FIGURES)
def test_two_runs_give_the_same_bytes_without_dates(published, gallery, name):
    gallery.publish(name)
    for path in published(name).folder.iterdir():
        content = path.read_bytes()
        assert content == (gallery.folder / path.name).read_bytes()
        assert b"CreationDate" not in content
        assert b"dc:date" not in content


@pytest.mark.parametrize("name", FIGURES)
def test_the_picture_can_be_drawn_again_from_its_csv(published, name):
    gallery = published(name)
    kind = FIGURES[name]
    entry = json.loads((gallery.folder / "index.json").read_text())["figures"][0]
    data = read_data(gallery.folder / f"{name}.csv", entry["columns"])
    words = kind.describe(data)
    figure = kind.plot(data, title=words.title, footer=words.footer)
    assert len(figure.findobj()) > 10
    assert to_csv(data) == (gallery.folder / f"{name}.csv").read_text(encoding="utf-8")


def test_a_table_without_rows_is_read_with_its_kinds(tmp_path):
    (tmp_path / "a.csv").write_text("label,shown,count,share\n")
    kinds = {"label": "text", "shown": "flag", "count": "whole", "share": "number"}
    table = read_data(tmp_path / "a.csv", kinds)
    assert table.empty
    assert table.dtypes.astype(str).to_dict() == {"label": "str", "shown": "bool", "count": "int64", "share": "float64"}


@pytest.mark.parametrize(("name", "column"), [("naming", "title"), ("discrepancies", "question")])
def test_each_sheet_of_a_split_figure_is_described_by_what_it_shows(published, name, column):
    gallery = published(name)
    entries = json.loads((gallery.folder / "index.json").read_text())["figures"]
    # Behind the title stands what this sheet shows and nothing of the others.
    bodies = [entry["alt"].removeprefix(entry["title"]) for entry in entries]
    assert len(entries) > 1
    for entry, body in zip(entries, bodies, strict=True):
        drawn = FIGURES[name].drawn(read_data(gallery.folder / f"{entry['name']}.csv", entry["columns"]))
        words = [opened(text).rstrip(".").replace("“", "‘").replace("”", "’") for text in drawn[column].unique()]
        assert all(text in body for text in words)
        assert not any(text in other for text in words for other in bodies if other is not body)


def test_each_sheet_of_the_matrix_counts_what_is_on_it(published):
    gallery = published("coverage")
    entries = json.loads((gallery.folder / "index.json").read_text())["figures"]
    assert len(entries) > 1
    for n, entry in enumerate(entries, start=1):
        rows = read_data(gallery.folder / f"{entry['name']}.csv", entry["columns"])
        claims = FIGURES["coverage"].drawn(rows).drop_duplicates("claim")
        assert entry["title"].endswith(f" (part {n} of {len(entries)})")
        assert all(theme in entry["alt"] for theme in claims["theme"])
        against = int((claims["contradicted"] > 0).sum())
        assert f"of {len(claims)} claims in this picture" in entry["title"]
        assert (f"; {against} {'is' if against == 1 else 'are'} contradicted" in entry["title"]) == (against > 0)


@pytest.mark.parametrize("name", ["coverage", "order", "reader-curve"])
def test_alt_text_says_the_finding_and_is_short(published, name):
    for entry in json.loads((published(name).folder / "index.json").read_text())["figures"]:
        assert entry["alt"].startswith(entry["title"].rstrip("."))
        assert entry["alt"].count(entry["title"].split(" (part")[0]) == 1
        assert len(entry["alt"]) < 600


def test_the_index_keeps_the_order_of_figures_and_forgets_what_a_story_no_longer_has(alaska, tables_of, tmp_path):
    for name in ("coverage", "similarity"):
        Gallery(alaska, tmp_path).publish(name)
    names = [e["name"] for e in json.loads((tmp_path / "index.json").read_text())["figures"]]
    assert names == ["similarity", "coverage", "coverage-2", "coverage-3", "coverage-4"]
    shown = Gallery(tables_of(TEXTS), tmp_path).publish("coverage")
    assert isinstance(shown, Sentences)
    assert "no codebook.toml" in repr(shown)
    assert not (tmp_path / "coverage.svg").exists()
    assert [e["name"] for e in json.loads((tmp_path / "index.json").read_text())["figures"]] == ["similarity"]


def test_characters_that_the_font_lacks_are_boxes_and_listed(tables_of, tmp_path, recwarn):
    tables = tables_of(
        {"a.txt": "Red carpet 日本. They met.", "b.txt": "Red plane. They left."},
        articles="outlet,file\n日本,texts/a.txt\nB 🚀,texts/b.txt\n",
    )
    published = [Gallery(tables, tmp_path).publish(name) for name in ("similarity", "keyness")]
    assert not recwarn.list
    assert all("U+65E5, U+672C" in p.description.footer for p in published)
    assert "日本" in (tmp_path / "similarity.csv").read_text(encoding="utf-8")


def test_an_unknown_figure_is_a_key_error(gallery):
    with pytest.raises(KeyError, match="pie"):
        gallery.publish("pie")
