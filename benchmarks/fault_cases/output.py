"""Labels in figures, where the output goes, and the order of rows."""

from __future__ import annotations

from benchmarks.fault_cases.table import ERROR, RIGHT, Group, of_rows
from benchmarks.stories import calm_rows, write_story

FIGURES = Group("figures")
FIGURES.cell("dollar signs", "outlet", "Cash $1^{2_3}$ & \\frac{1")
FIGURES.cell("glyph that the font lacks", "outlet", "港口新闻 𝔅𝔞𝔶 🚢")
FIGURES.cell("label of 100,000 characters", "outlet", "Post" * 25_000)
FIGURES.cell("combining marks", "outlet", "Po\u0301\u0302\u0303\u0304st" + "\u0301" * 50)
FIGURES.cell("only marks", "outlet", "___%%%$$$")
FIGURES.add(
    "nothing to draw",
    RIGHT,
    of_rows([{"article": "a", "outlet": "A", "text": "Boats"}, {"article": "b", "outlet": "B", "text": "Flags"}]),
    texts={"a": "Boats", "b": "Flags"},
)


WRITING = Group("writing")
WRITING.refused(
    "output inside the story",
    "lies inside the story's folder",
    calm_rows(),
    carriers=("folder",),
    out="story/out",
)
for _carrier in ("csv", "jsonl", "parquet"):
    WRITING.refused(
        f"output over the story ({_carrier})",
        "lies inside the story's folder|is a file",
        calm_rows(),
        carriers=(_carrier,),
        out=f"story.{_carrier}",
    )
WRITING.refused("output above the story", "holds the story", calm_rows(), out=".")
WRITING.refused("output where nothing can be written", "cannot be written to", calm_rows(), out="/proc/nothing/out")
WRITING.add(
    "output folder that holds other work",
    ERROR,
    lambda p, c: (
        (p / "out").mkdir(parents=True),
        (p / "out/thesis.doc").write_text("x"),
        write_story(p, c, calm_rows()),
    )[2],
    words="not empty and not from an earlier run",
)
WRITING.add(
    "left over from a killed run",
    RIGHT,
    lambda p, c: (
        (p / ".out.staging/tables").mkdir(parents=True),
        (p / ".out.staging/tables/half.csv").write_text("x"),
        (p / ".out.previous").mkdir(),
        write_story(p, c, calm_rows()),
    )[3],
)


DETERMINISM = Group("determinism")
DETERMINISM.add(
    "rows in another order",
    RIGHT,
    lambda p, c: write_story(p, c, calm_rows(title="x")[::-1]),
    analysed=("a", "b", "c"),
)
