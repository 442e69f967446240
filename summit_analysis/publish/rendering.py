"""A figure as bytes of a file and as a notebook shows it."""

from __future__ import annotations

import html
import io

from IPython.display import display
from matplotlib.figure import Figure

from summit_analysis.charts.style import look
from summit_analysis.errors import printable
from summit_analysis.findings.wording import Description

DESCRIBED = "What this picture shows"
SCREEN_DPI = 110
METADATA = {
    "svg": {"Date": None, "Creator": "summit_analysis"},
    "pdf": {"CreationDate": None, "Creator": "summit_analysis", "Producer": None},
    "png": {"Software": None},
}


def render(figure: Figure, suffix: str, *, dpi: int = 300, title: str = "") -> bytes:
    """Return `figure` as the bytes of a PNG, SVG or PDF file, the same in every run."""
    buffer = io.BytesIO()
    metadata = METADATA[suffix] | ({"Title": printable(title)} if title else {})
    with look():
        figure.savefig(buffer, format=suffix, dpi=dpi, metadata=metadata)
    return buffer.getvalue()


class Published:
    """A saved figure as a notebook shows it: the picture, and its alt text to be opened below it.

    JupyterLab leaves out the alt text of a picture, so that whoever cannot see it would learn nothing.
    """

    def __init__(self, figure: Figure, description: Description) -> None:
        self.figure, self.description = figure, description

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        alt = printable(self.description.alt)
        picture = render(self.figure, "png", dpi=SCREEN_DPI)
        width = round(self.figure.get_figwidth() * 100)
        return {"image/png": picture, "text/plain": alt}, {"image/png": {"alt": alt, "width": width}}

    def _repr_html_(self) -> str:
        return (
            f'<details class="tex2jax_ignore mathjax_ignore"><summary>{DESCRIBED}</summary>'
            f"<p>{html.escape(printable(self.description.alt))}</p></details>"
        )

    def _ipython_display_(self) -> None:
        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)
        display({"text/html": self._repr_html_(), "text/plain": DESCRIBED}, raw=True)
