"""The one look of all figures, and the small tools that keep text from overlapping."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import ParamSpec

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from summit_analysis.errors import printable

P = ParamSpec("P")

WIDE = 180.0  # mm: the text width of an A4 page
COLUMN = 85.0  # mm: one of two columns of a journal
TALLEST = 247.0  # mm: what an A4 page has between its margins
MM = 1 / 25.4
POINT = 25.4 / 72  # mm
MARGIN = 3.0
BOX = "□"

INK, GREY, LIGHT, TINT = "#1a1a1a", "#595959", "#d9d9d9", "#f4f4f4"
WARNING = "#b2182b"
# Okabe & Ito 2008, without its yellow and black: distinct for colour-blind readers and on white paper.
OUTLETS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#666666", "#882255")
TEXT, SMALL, TITLE = 7.5, 7.0, 9.5  # pt

LOOK = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,  # "$5 million" in a headline is no mathematics
    "axes.edgecolor": GREY,
    "axes.labelcolor": GREY,
    "axes.labelsize": SMALL,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 2,
    "xtick.major.width": 0.6,
    "ytick.major.size": 0,
    "text.hinting": "none",  # the same widths in PNG, SVG and PDF
    "svg.hashsalt": "summit-analysis",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "savefig.dpi": 300,
    "figure.dpi": 100,
}


def look() -> object:
    """Return a context in which figures are drawn and saved alike, whatever the user's matplotlib settings are."""
    return mpl.style.context(["default", LOOK])


def styled(plot: Callable[P, Figure]) -> Callable[P, Figure]:
    """Draw `plot` in the one look and close its figure in pyplot; it still shows as a cell's last expression."""

    @functools.wraps(plot)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Figure:
        with look():
            figure = plot(*args, **kwargs)
        plt.close(figure)
        _level(figure)
        return figure

    return drawn


def _level(figure: Figure) -> None:
    """Set all text by the font's lines, not by its ink: else words with a "p" stand higher than words without."""
    for text in figure.findobj(Text):
        text.set_linespacing("normal")
        if text.get_va() == "center" and not text.get_rotation() and "\n" not in text.get_text():
            text.set_va("center_baseline")


def ink_on(colour: tuple[float, ...]) -> str:
    """Return the colour of type, dark or white, that stands off ground of `colour` the better (WCAG 2, contrast)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in mpl.colors.to_rgb(colour)]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "white" if 1.05 / (light + 0.05) > (light + 0.05) / 0.06 else INK


def flow(parts: Iterable[float], width: float, *, gap: float = 5.0) -> list[tuple[float, int]]:
    """Return where parts of these widths go when they are set one after another: left edge, and line from 0."""
    places: list[tuple[float, int]] = []
    x, line = 0.0, 0
    for part in parts:
        if x and x + part > width + 0.05:
            x, line = 0.0, line + 1
        places.append((x, line))
        x += part + gap
    return places


def outlet_colours(count: int) -> list[tuple[float, float, float]]:
    """Return a colour for each of `count` compared articles, in the order of all figures; not of those in one figure alone."""
    if count <= len(OUTLETS):
        return [mpl.colors.to_rgb(colour) for colour in OUTLETS[:count]]
    scale = mpl.colormaps["cividis"]
    return [scale(0.9 * place / (count - 1))[:3] for place in range(count)]


@functools.lru_cache(maxsize=4096)
def _advance(character: str, weight: str) -> float:
    """Return the width of `character` in em."""
    properties = font_manager.FontProperties(family="DejaVu Sans", weight=weight)
    font = font_manager.get_font(font_manager.findfont(properties))
    font.set_size(100, 72)
    if not font.get_char_index(ord(character)):
        return 1.0
    return font.load_char(ord(character)).linearHoriAdvance / 65536 / 100


def width_of(text: str, size: float = TEXT, *, weight: str = "normal") -> float:
    """Return the printed width of `text` in mm at `size` points."""
    return _steady(sum(_advance(character, weight) for character in text) * size * POINT)


def _steady(length: float) -> float:
    """Return `length` in whole micrometres: Python 3.12 sums floats otherwise than 3.11, and figures must not differ."""
    return round(length, 3)


def drawable(text: str) -> str:
    """Return `text` made printable, with a box for each character that the font lacks."""
    return "".join(c if _has_glyph(c) else BOX for c in printable(text))


@functools.lru_cache(maxsize=4096)
def _has_glyph(character: str) -> bool:
    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    return bool(font.get_char_index(ord(character)))


def lacking(texts: Iterable[str]) -> list[str]:
    """Return the characters of `texts` that the font lacks, in order of their code points."""
    return sorted({c for text in texts for c in printable(text) if not _has_glyph(c)})


def shorten(text: str, width: float, size: float = TEXT, *, weight: str = "normal") -> str:
    """Return `text`, made printable, with an ellipsis in its middle where it is wider than `width` mm.

    Names that begin alike often differ at their end, so both ends stay.
    """
    text = drawable(text[:500])
    if width_of(text, size, weight=weight) <= width + 0.05:
        return text
    head, tail = (len(text) + 1) // 2, len(text) // 2
    while head + tail > 1 and width_of(_joined(text, head, tail), size, weight=weight) > width:
        head, tail = (head - 1, tail) if head > tail else (head, tail - 1)
    return _joined(text, head, tail)


def _joined(text: str, head: int, tail: int) -> str:
    return text[:head].rstrip() + "…" + (text[-tail:].lstrip() if tail else "")


def wrap(text: str, width: float, *, size: float = TEXT, lines: int = 99, weight: str = "normal") -> str:
    """Return `text` broken into lines of at most `width` mm; what exceeds `lines` is cut as `shorten` does."""
    # "57 %" stays on one line, and so does the "(part 1 of 2)" of a sheet, which ends a text.
    line = drawable(" ".join(text[:2000].split()))
    words = re.split(r" (?!%|(?:\d+ )?of \d+[.)]$|\d+[.)]$)", line) if line else []
    broken: list[str] = []
    for n, word in enumerate(words):
        longer = f"{broken[-1]} {word}" if broken else word
        if broken and width_of(longer, size, weight=weight) <= width + 0.05:
            broken[-1] = longer
        elif len(broken) < lines:
            broken.append(shorten(word, width, size, weight=weight))
        else:
            broken[-1] = shorten(" ".join([broken[-1], *words[n:]]), width, size, weight=weight)
            break
    return "\n".join(broken)


def line_height(size: float = TEXT) -> float:
    """Return the distance of two lines of text in mm."""
    return size * POINT * 1.3


def _surround(title: str, footer: str, width: float) -> tuple[str, str, float, float]:
    """Return title and footer as they are set, and what is above and below the content in mm."""
    title = wrap(title, width - 2 * MARGIN, size=TITLE, lines=max(1, round(3 * WIDE / width)), weight="bold")
    footer = wrap(footer, width - 2 * MARGIN, size=SMALL, lines=max(2, round(6 * WIDE / width)))
    above = MARGIN + (title.count("\n") + 1) * line_height(TITLE) + 3
    return title, footer, above, (footer.count("\n") + 1) * line_height(SMALL) + MARGIN + 3


def room(title: str, footer: str, *, width: float = WIDE) -> float:
    """Return the height in mm that content may have between `title` and `footer` on a printed page."""
    return TALLEST - sum(_surround(title, footer, width)[2:])


class Page:
    """A figure laid out in millimetres from its top left corner: title, then content, then a grey footer."""

    def __init__(self, title: str, footer: str, *, content: float, width: float = WIDE) -> None:
        self.title, self.footer, self.top, below = _surround(title, footer, width)
        self.width, self.height = width, _steady(self.top + content + below)
        self.figure = plt.figure(figsize=(width * MM, self.height * MM))
        self.text(MARGIN, MARGIN, self.title, size=TITLE, weight="bold", va="top")
        self.text(MARGIN, self.height - MARGIN, self.footer, size=SMALL, color=GREY, va="bottom")

    def text(self, x: float, y: float, words: str, **options: object) -> None:
        """Write `words` at `x`, `y` mm from the page's top left corner."""
        self.figure.text(x / self.width, 1 - y / self.height, words, **options)

    def axes(self, x: float, y: float, width: float, height: float) -> Axes:
        """Return axes whose top left corner is at `x`, `y` mm, `y` counted from below the title."""
        x, y, width, height = _steady(x), _steady(y), _steady(width), _steady(height)
        place = (x / self.width, 1 - (self.top + y + height) / self.height, width / self.width, height / self.height)
        return self.figure.add_axes(place)

    def canvas(self, x: float, y: float, width: float, height: float) -> Axes:
        """Return axes without frame whose units are millimetres, y downward."""
        axes = self.axes(x, y, width, height)
        axes.set(xlim=(0, _steady(width)), ylim=(_steady(height), 0))
        axes.axis("off")
        return axes


def empty_page(title: str, footer: str, message: str, *, width: float = WIDE) -> Figure:
    """Return a figure that says what was looked for and that it is not there."""
    page = Page(title, footer, content=14 if width >= WIDE else 22, width=width)
    page.text(MARGIN, page.top + 5, wrap(message, page.width - 2 * MARGIN), color=GREY, va="top")
    return page.figure
