"""What stands in a picture is what stands in its table; and pictures look as they did, whatever renders them."""

import io
import json

import numpy as np
import pytest
from figure_checks import texts_of
from matplotlib.colors import to_hex
from matplotlib.testing.compare import calculate_rms
from PIL import Image
from tests_root import ROOT

from summit_analysis.publish.gallery import FIGURES, read_data
from summit_analysis.publish.rendering import render

ALIKE = 6.0  # of 255: root mean square that another renderer of type may differ by


def draw(alaska, name):
    kind = FIGURES[name]
    data = kind.complete(alaska[kind.table], alaska).round(6)
    words = kind.describe(data)
    return data, kind.plot(data, title=words.title, footer=words.footer)


def dots_of(figure):
    """Return x of each round mark, and whether it is filled."""
    lines = [line for axes in figure.axes for line in axes.lines if line.get_marker() == "o"]
    return [(float(line.get_xdata()[0]), to_hex(line.get_markerfacecolor()) != "#ffffff") for line in lines]


def test_each_pair_has_its_dot_and_its_interval(alaska):
    data, figure = draw(alaska, "similarity")
    assert [x for x, _ in dots_of(figure)] == list(data["cosine"])
    ends = [tuple(line.get_xdata()) for axes in figure.axes for line in axes.lines if len(line.get_xdata()) == 2]
    assert ends == list(zip(data["low"], data["high"], strict=True))


def test_each_word_has_its_dot_filled_where_it_survives(alaska):
    data, figure = draw(alaska, "keyness")
    shown = data[data["shown"]].sort_values("place", kind="stable")
    assert dots_of(figure) == list(zip(shown["log_odds"], shown["survives"].astype(bool), strict=True))


def test_the_poster_prints_the_numbers_of_its_table(alaska):
    data, figure = draw(alaska, "poster")
    printed = [text.get_text() for text, _ in texts_of(figure)]
    alike = data[(data["panel"] == "alike") & (data["row"] >= 0)]
    assert [words for words in printed if words in {f"{v:.2f}" for v in alike["value"]}] == [
        f"{v:.2f}" for v in alike["value"]
    ]
    told = data[(data["panel"] == "told") & (data["row"] >= 0)]
    numbers = [words for words in printed if words.isdigit()]
    assert all(numbers.count(f"{v:.0f}") >= n for v, n in told["value"].value_counts().items())
    sentences = " ".join(words.replace("\n", " ") for words in printed)
    assert all(text in sentences for text in data.loc[data["panel"] == "findings", "text"])


@pytest.mark.parametrize("name", ["similarity", "voices", "coverage", "shared-passages", "quote-variants", "poster"])
def test_a_picture_drawn_from_its_stored_csv_looks_like_the_stored_one(name):
    index = json.loads((ROOT / "figures" / "index.json").read_text(encoding="utf-8"))["figures"]
    entry = next(e for e in index if e["name"] == name)
    data = read_data(ROOT / "figures" / f"{name}.csv", entry["columns"])
    drawn = render(FIGURES[name].plot(data, title=entry["title"], footer=entry["footer"]), "png")
    small = [
        np.asarray(Image.open(picture).convert("RGB").reduce(4), dtype=float)
        for picture in (io.BytesIO(drawn), ROOT / "figures" / f"{name}.png")
    ]
    assert small[0].shape == small[1].shape
    assert calculate_rms(*small) < ALIKE
