"""The whole comparison on one page, A4 landscape: findings as sentences, and small drawings made for their cells."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from summit_analysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    MM,
    POINT,
    SMALL,
    TEXT,
    TINT,
    WARNING,
    ink_on,
    line_height,
    outlet_colours,
    plt,
    shorten,
    styled,
    width_of,
    wrap,
)
from summit_analysis.charts.voices import colour_of

# mm
PAGE = (297.0, 210.0)
MARGIN, GAP = 10.0, 9.0
CELL = (PAGE[0] - 2 * MARGIN - 2 * GAP) / 3
HEADING, TITLE = 9.0, 14.0  # pt
UNQUOTED = ("other forms", "several alike")  # what the table calls forms that are no words of an article
QUESTIONS = {
    "findings": "What stands out?",
    "alike": "Who told it alike?",
    "voices": "Who gets to speak?",
    "told": "What did each tell?",
    "named": "In whose words?",
    "contradicted": "Where do they disagree?",
}
SHADES = mpl.colormaps["Blues"]
MOST_COLUMNS, LONGEST = 12, 6


class Cell:
    """A part of the page: what is written in it moves `y` down; nothing is written below `bottom`."""

    def __init__(self, figure: Figure, x: float, y: float, bottom: float) -> None:
        self.figure, self.x, self.y, self.bottom = figure, x, y, bottom
        self.left_out = 0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the place in the figure of `x` mm from the cell's left and `y` mm from the page's top."""
        return (self.x + x) / PAGE[0], 1 - y / PAGE[1]

    def text(self, x: float, y: float, words: str, **options: object) -> None:
        """Write one piece of text whose place is given in mm."""
        self.figure.text(*self.at(x, y), words, **options)

    def line(self, x: float, y: float, to_x: float, to_y: float, **options: object) -> None:
        """Draw a line from place to place, in mm."""
        (a, b), (c, d) = self.at(x, y), self.at(to_x, to_y)
        self.figure.add_artist(mpl.lines.Line2D([a, c], [b, d], **options))

    def box(self, x: float, y: float, width: float, height: float, colour: object, **options: object) -> None:
        """Fill a box whose top left corner is at `x`, `y` mm."""
        place = self.at(x, y + height)
        self.figure.add_artist(
            Rectangle(place, width / PAGE[0], height / PAGE[1], facecolor=colour, edgecolor="none", **options)
        )

    def write(self, words: str, *, size: float = TEXT, after: float = 1.4, lines: int = 99, **options: object) -> bool:
        """Write `words` as a paragraph if it fits above the bottom; say whether it did."""
        wrapped = wrap(words, CELL - float(options.pop("indent", 0)), size=size, lines=lines, weight=str(options.get("weight", "normal")))  # fmt: skip
        height = (wrapped.count("\n") + 1) * 1.22 * size * POINT  # matplotlib sets lines at 1.2 of the size
        if self.y + height > self.bottom:
            return False
        self.text(0, self.y, wrapped, va="top", size=size, **options)
        self.y += height + after
        return True


@styled
def plot_poster(poster: pd.DataFrame, *, title: str, footer: str) -> Figure:
    """Draw `poster` (`poster.poster`, with the sentences of `findings.poster`) on a grid of three by two cells."""
    figure = plt.figure(figsize=(PAGE[0] * MM, PAGE[1] * MM))
    page = Cell(figure, MARGIN, MARGIN, PAGE[1])
    headline = wrap(title, PAGE[0] - 2 * MARGIN, size=TITLE, lines=2, weight="bold")
    page.text(0, MARGIN, headline, size=TITLE, weight="bold", va="top")
    foot = wrap(footer, PAGE[0] - 2 * MARGIN, size=SMALL, lines=3)
    below = PAGE[1] - MARGIN + 4
    page.text(0, below, foot, size=SMALL, color=GREY, va="bottom")
    top = MARGIN + (headline.count("\n") + 1) * line_height(TITLE) + 4
    last = below - (foot.count("\n") + 1) * line_height(SMALL) - 5
    # The lower row has the lists, which need more room.
    middle = top + 0.475 * (last - top)
    drawn = {"findings": _findings, "alike": _alike, "voices": _voices, "told": _told, "named": _named, "contradicted": _contradicted}  # fmt: skip
    for place, (name, draw) in enumerate(drawn.items()):
        y = top if place < 3 else middle + GAP / 2
        cell = Cell(figure, MARGIN + place % 3 * (CELL + GAP), y, middle - 1 if place < 3 else last)
        rows = poster[poster["panel"] == name]
        cell.line(0, cell.y, CELL, cell.y, color=INK, linewidth=1.2)
        cell.y += 1.6
        cell.write(QUESTIONS[name], size=HEADING, weight="bold", after=1.2)
        said, marks = rows[rows["row"] < 0], rows[rows["row"] >= 0]
        for sentence in said["text"]:
            # What stands above the whole page need not be said again.
            if sentence.rstrip(".") != title and wrap(sentence, CELL).count("\n") < LONGEST:
                cell.write(sentence, after=1.0)
        cell.y += 1.2
        if marks.empty:
            cell.write(
                "No sentences." if name == "findings" else "No comparison: the story does not define it.", color=GREY
            )
        else:
            draw(cell, marks)
    return figure


def _findings(cell: Cell, rows: pd.DataFrame) -> None:
    sentences = list(rows.sort_values("row")["text"])
    room = cell.bottom
    for n, sentence in enumerate(sentences):
        # All but the last leave a line for how many more there are.
        cell.bottom = room - (line_height(SMALL) if n < len(sentences) - 1 else 0)
        if not cell.write(sentence, after=1.4, lines=8):
            cell.bottom = room
            cell.write(f"and {len(sentences) - n} more in the summary", size=SMALL, color=GREY)
            break


def _alike(cell: Cell, rows: pd.DataFrame) -> None:
    names, step = 0.6 * CELL, line_height() + 0.3
    shown = rows.sort_values("row").head(int((cell.bottom - cell.y - 5) / step))
    left, width = names + 2, CELL - names - 12
    end = cell.y + len(shown) * step
    for tick in (0, 0.5, 1):
        cell.line(left + tick * width, cell.y, left + tick * width, end, color=LIGHT, linewidth=0.5)
        cell.text(left + tick * width, end + 0.8, f"{tick:g}", size=SMALL, color=GREY, ha="center", va="top")
    part = str(shown["text"].iloc[0])
    words = f"cosine; {part}" if part else "cosine, 1 = the same words"
    cell.text(0, end + 0.8, words, size=SMALL, color=GREY, va="top")
    for pair in shown.itertuples():
        y = cell.y + step / 2
        cell.text(names, y, shorten(pair.label, names), ha="right", va="center")
        if pd.notna(pair.low):
            low, high = (left + min(max(end, 0), 1) * width for end in (pair.low, pair.high))
            cell.line(low, y, high, y, color=INK, linewidth=1.1)
        cell.line(left + pair.value * width, y, left + pair.value * width, y, color=INK, marker="o", markersize=4)
        cell.text(CELL, y, f"{pair.value:.2f}", ha="right", va="center", size=SMALL)
        cell.y += step
    cell.y = end + 5


def _voices(cell: Cell, rows: pd.DataFrame) -> None:
    names = 0.36 * CELL
    whole = rows[rows["column"] < 0].set_index("row")
    rows = rows[rows["column"] >= 0]
    speakers = rows.drop_duplicates("column").sort_values("column")
    top = max(float(whole[["value", "high"]].max().max()), 0.01)
    x = 0.0
    for speaker in speakers.itertuples():
        words = shorten(speaker.text, 45, SMALL)
        part = 3.4 + width_of(words, SMALL) + 3
        if x and x + part > CELL:
            x, cell.y = 0.0, cell.y + line_height(SMALL) + 0.6
        cell.box(x, cell.y + 0.5, 2.4, 2.4, colour_of(int(speaker.column)))
        cell.text(x + 3.4, cell.y + 1.7, words, size=SMALL, va="center", color=GREY)
        x += part
    cell.y += line_height(SMALL) + 1.6
    width = CELL - names - 12
    places = sorted(whole.index)
    step = min(5.2, max(line_height(), (cell.bottom - cell.y - 4) / len(places)))
    fit = int((cell.bottom - cell.y - 4) / step + 0.01)
    for place in places[:fit]:
        article = rows[rows["row"] == place].sort_values("column")
        y, x = cell.y + step / 2, names + 2
        every = whole.loc[place]
        cell.text(0, y, shorten(every["label"], names), va="center")
        for voice in article.itertuples():
            reach = voice.value / top * width
            cell.box(x, y - 1.5, reach, 3.0, colour_of(int(voice.column)))
            x += reach
        if pd.notna(every["low"]):
            low, high = (names + 2 + width * min(end, top) / top for end in (every["low"], every["high"]))
            cell.line(low, y, high, y, color=INK, linewidth=0.8)
        cell.text(CELL, y, f"{100 * every['value']:.0f} %", ha="right", va="center", size=SMALL)
        cell.y += step
    cell.text(CELL, cell.y + 0.4, "quoted words, of all words", size=SMALL, color=GREY, ha="right", va="top")
    if fit < len(places):
        cell.text(0, cell.y + 0.4, f"and {len(places) - fit} more articles", size=SMALL, color=GREY, va="top")


def _told(cell: Cell, rows: pd.DataFrame) -> None:
    outlets = rows.drop_duplicates("column").sort_values("column").head(MOST_COLUMNS)
    names, total = 0.36 * CELL, 9.0
    width = min(9.0, (CELL - names - total) / len(outlets))
    colours = outlet_colours(int(rows["column"].max()) + 1)
    labels = [shorten(label, 30) for label in outlets["label"]]
    head = max(width_of(label) for label in labels) + 1.5
    for n, (label, place) in enumerate(zip(labels, outlets["column"], strict=True)):
        cell.text(names + (n + 0.5) * width, cell.y + head, label, rotation=90, ha="center", va="bottom", color=INK)
        cell.box(names + n * width + 0.4, cell.y + head + 0.6, width - 0.8, 0.8, colours[int(place)])
    cell.text(CELL, cell.y + head, "of", ha="right", va="bottom", size=SMALL, color=GREY)
    note = wrap("claims told, at least in part; shade: share of the theme", names - 2, size=SMALL, lines=5)
    cell.text(0, cell.y + head, note, va="bottom", size=SMALL, color=GREY)
    cell.y += head + 1.8
    themes = sorted(rows["row"].unique())
    step = min(4.6, max(3.3, (cell.bottom - cell.y) / len(themes)))
    fit = int((cell.bottom - cell.y + 0.01) / step)
    fit = fit if fit >= len(themes) else fit - 1
    for theme in themes[:fit]:
        told = rows[rows["row"] == theme].set_index("column")
        y = cell.y + step / 2
        cell.text(0, y, shorten(told["text"].iloc[0], names - 1), va="center")
        for n, place in enumerate(outlets["column"]):
            if place not in told.index:
                continue
            value, of = told.at[place, "value"], told.at[place, "high"]
            depth = 0.85 * value / of
            cell.box(
                names + n * width + 0.2, y - step / 2 + 0.2, width - 0.4, step - 0.4, SHADES(depth) if value else TINT
            )
            colour = ink_on(SHADES(depth)) if value else INK
            cell.text(names + (n + 0.5) * width, y, f"{value:.0f}", ha="center", va="center", size=SMALL, color=colour)
        cell.text(CELL, y, f"{told['high'].max():.0f}", ha="right", va="center", size=SMALL, color=GREY)
        cell.y += step
    if fit < len(themes):
        cell.text(0, cell.y + step / 2, f"and {len(themes) - fit} more themes", va="center", size=SMALL, color=GREY)


def _named(cell: Cell, rows: pd.DataFrame) -> None:
    for _, referent in rows.groupby("row", sort=True):
        forms = [
            f"{form.label if form.label in UNQUOTED else f'“{form.label}”'} {form.value:.0f}"
            for form in referent.sort_values("column").itertuples()
        ]
        words = " · ".join(forms)
        needed = (wrap(words, CELL).count("\n") + 2) * line_height() + 2
        if cell.y + needed + line_height(SMALL) > cell.bottom:
            break
        cell.write(str(referent["text"].iloc[0]), weight="bold", lines=1, after=0)
        cell.write(words, after=1.8)
    cell.write("numbers: articles that use the form most", size=SMALL, color=GREY)


def _contradicted(cell: Cell, rows: pd.DataFrame) -> None:
    claims = [claim for _, claim in rows.groupby("row", sort=True)]
    for n, claim in enumerate(claims):
        sides = [
            (words, ", ".join(claim.loc[claim["value"] == value, "label"]), colour)
            for value, words, colour in ((1, "told", INK), (-1, "contradicted", WARNING))
        ]
        lines = [(f"{words}: {names or 'by none'}", colour) for words, names, colour in sides]
        statement = wrap(str(claim["text"].iloc[0]), CELL, weight="bold", lines=3)
        needed = (statement.count("\n") + 1 + sum(wrap(words, CELL, lines=2).count("\n") + 1 for words, _ in lines)) * line_height()  # fmt: skip
        if cell.y + needed > cell.bottom - (0 if n == len(claims) - 1 else line_height()):
            cell.write(f"and {len(claims) - n} more in the figure coverage", size=SMALL, color=GREY)
            break
        cell.write(statement, weight="bold", lines=3, after=0)
        for words, colour in lines:
            cell.write(words, lines=2, after=0, color=colour)
        cell.y += 1.6
