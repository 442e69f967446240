"""Outlets keep their colours apart for colour-blind readers."""

import io
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from conftest import write_files
from matplotlib.colors import to_hex

from summit_analysis import analysis, load_corpus
from summit_analysis.charts.style import OUTLETS, outlet_colours
from summit_analysis.publish.gallery import FIGURES
from summit_analysis.strict_csv import to_csv

# Machado, Oliveira & Fernandes 2009, IEEE Trans. Visualization and Computer Graphics 15:1291-1298, severity 1.0.
DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
JUST_NOTICEABLE = 2.3  # CIE76


def lab(colour, deficiency):
    """Return the CIELAB coordinates of an sRGB colour as someone with `deficiency` sees it."""
    rgb = np.array(colour)
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(DEFICIENCIES[deficiency] @ linear, 0, 1) / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def nearest(count, deficiency):
    seen = [lab(colour, deficiency) for colour in outlet_colours(count)]
    return min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))


def test_white_and_black_are_a_hundred_apart():
    assert np.linalg.norm(lab((1, 1, 1), "none") - lab((0, 0, 0), "none")) == pytest.approx(100, abs=0.01)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("count", [2, 5, len(OUTLETS)])
def test_no_two_outlets_look_alike(count, deficiency):
    assert nearest(count, deficiency) > 3 * JUST_NOTICEABLE


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_many_outlets_run_along_a_scale_that_keeps_its_order(deficiency):
    lightness = [lab(colour, deficiency)[0] for colour in outlet_colours(20)]
    assert (np.diff(lightness) > 0).all() or (np.diff(lightness) < 0).all()


BOOK = """
[[claim]]
id = "c"
statement = "The vote took hours."
[[frame]]
id = "f"
label = "votes"
terms = ["vote"]
[[fact]]
id = "length"
question = "How long was the vote?"
kind = "duration"
unit = "hours"
near = ["vote"]
"""


@pytest.fixture(scope="module")
def nine(tmp_path_factory):
    """The tables of nine articles, of which the last, z, gives no value."""
    story = tmp_path_factory.mktemp("nine")
    texts = {f"p{n}.txt": f"The vote took {n + 2} hours in town{n}. Rain fell on harbour{n}." for n in range(8)}
    return analysis.tables(load_corpus(write_files(story, texts | {"z.txt": "Snow lay on hills."}, codebook=BOOK)))


def drawn_colours(figure):
    """Return all colours of lines and filled marks in a figure."""
    lines = [line.get_color() for axes in figure.axes for line in axes.lines]
    patches = [patch.get_facecolor() for axes in figure.axes for patch in axes.patches]
    return {to_hex(colour) for colour in (*lines, *patches)}


@pytest.mark.parametrize("name", ["discrepancies", "reader-curve", "keyness", "word-shift", "frames"])
def test_an_outlet_has_its_colour_in_each_figure_whoever_else_is_drawn(nine, name):
    kind = FIGURES[name]
    assert list(nine["arrangement"]["article"])[-1] == "z"
    table = nine[kind.table]
    table = table[table["article"] != "z"]
    for data in (table, pd.read_csv(io.StringIO(to_csv(table)))):
        colours = drawn_colours(kind.plot(data, title="Title", footer="Footer"))
        assert {to_hex(c) for c in outlet_colours(9)[:8]} <= colours
        assert not colours & {c.lower() for c in OUTLETS}
