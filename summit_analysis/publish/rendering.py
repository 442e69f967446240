"""A figure as bytes of a file and as a notebook shows it."""

from __future__ import annotations

import gc
import html
import io
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import numpy as np
from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from summit_analysis.charts.style import look
from summit_analysis.errors import printable
from summit_analysis.findings.wording import Description

DESCRIBED = "What this picture shows"
DPI = 300
SCREEN = 2  # so many pixels of a saved picture, in a row and in a column, make one on a screen
# Flat colours get no smaller by trying harder: the level that takes half the time makes smaller files than the default.
LEVEL = 3
# What sets type by rules, for which a PDF has no use: each glyph is placed. To cut them takes half the time of saving.
LAYOUT = ("BASE", "GDEF", "GPOS", "GSUB", "MATH", "kern")
METADATA = {
    "svg": {"Date": None, "Creator": "summit_analysis"},
    "pdf": {"CreationDate": None, "Creator": "summit_analysis", "Producer": None},
    "png": {},
}


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold garbage collection back while figures are drawn.

    A figure is many thousand objects that refer to one another until all go at once: looking among them again and again
    for what can go, and among all else that is in memory, takes a tenth of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def render(figure: Figure, suffix: str, *, title: str = "") -> bytes:
    """Return `figure` as the bytes of a PNG, SVG or PDF file, the same in every run."""
    if suffix == "png":
        return _encoded(_drawn(figure), title=title)
    buffer = io.BytesIO()
    metadata = METADATA[suffix] | ({"Title": printable(title)} if title else {})
    with look(), _without_layout() if suffix == "pdf" else nullcontext():
        figure.savefig(buffer, format=suffix, metadata=metadata)
    return buffer.getvalue()


def render_twice(figure: Figure, *, title: str = "") -> tuple[bytes, bytes]:
    """Return `figure` as a PNG to be saved, and in the resolution of a screen."""
    picture = _drawn(figure)
    return _encoded(picture, title=title), _encoded(picture.reduce(SCREEN), dpi=DPI // SCREEN)


def _drawn(figure: Figure) -> Image.Image:
    before = figure.dpi
    try:
        with look():
            figure.set_dpi(DPI)
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
        return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    finally:
        figure.set_dpi(before)


def _encoded(picture: Image.Image, *, dpi: int = DPI, title: str = "") -> bytes:
    buffer, words = io.BytesIO(), PngInfo()
    if title:
        words.add_text("Title", printable(title))
    picture.save(buffer, "png", compress_level=LEVEL, dpi=(dpi, dpi), pnginfo=words)
    return buffer.getvalue()


@contextmanager
def _without_layout() -> Iterator[None]:
    """Let matplotlib embed fonts without their tables `LAYOUT`."""
    from fontTools import subset  # noqa: PLC0415 - matplotlib too waits with it for the first PDF

    load = subset.load_font

    def lean(*args: object, **options: object) -> object:
        font = load(*args, **options)
        for table in set(LAYOUT) & set(font.keys()):
            del font[table]
        return font

    subset.load_font = lean
    try:
        yield
    finally:
        subset.load_font = load


class Published:
    """A saved figure as a notebook shows it: its `picture`, a PNG for a screen, and its alt text to be opened below it.

    JupyterLab leaves out the alt text of a picture, so that whoever cannot see it would learn nothing.
    """

    def __init__(self, picture: bytes, description: Description) -> None:
        self.picture, self.description = picture, description

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        alt = printable(self.description.alt)
        with Image.open(io.BytesIO(self.picture)) as picture:
            width = round(picture.width * SCREEN / DPI * 100)
        return {"image/png": self.picture, "text/plain": alt}, {"image/png": {"alt": alt, "width": width}}

    def _repr_html_(self) -> str:
        return (
            f'<details class="tex2jax_ignore mathjax_ignore"><summary>{DESCRIBED}</summary>'
            f"<p>{html.escape(printable(self.description.alt))}</p></details>"
        )

    def _ipython_display_(self) -> None:
        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)
        display({"text/html": self._repr_html_(), "text/plain": DESCRIBED}, raw=True)
