"""Tables and texts made to run away, and texts of full size, which take minutes each."""

from __future__ import annotations

import pyarrow as pa

from benchmarks.fault_cases.corpora import many
from benchmarks.fault_cases.table import ERROR, RIGHT, Group, of_rows, one_file, parquet_bytes
from benchmarks.stories import calm_rows, jsonl_bytes, parquet_table, write_story

# Just below the length, and the number of quotation marks, from which speakers are no longer looked for.
LONG, MARKS = 199_900, 3_998
RUNAWAY = Group("made to run away")
_WIDE = {f"x{n}": "y" for n in range(20_000)}
RUNAWAY.add("20,000 columns of the user's own", RIGHT, lambda p, c: write_story(p, c, [row | _WIDE for row in calm_rows()]))  # fmt: skip
RUNAWAY.refused("a column named with 100,000 letters, and none for the outlet", "no column 'outlet'", [{"article": "a", "o" * 100_000: "x", "text": "Three red boats"}], carriers=("csv", "jsonl", "parquet"))  # fmt: skip
RUNAWAY.add("a million empty lines", RIGHT,
    lambda p, c: (s := write_story(p, c, calm_rows()), s.write_bytes(s.read_bytes() + b"\n" * 1_000_000))[0], carriers=("csv", "jsonl"),
)  # fmt: skip
RUNAWAY.refused("2,000 faulty rows", "column outlet", [row | {"article": f"{row['article']}{n}", "outlet": ""} for n in range(1_000) for row in calm_rows()])  # fmt: skip
RUNAWAY.add("a separator named on the first line", ERROR, one_file("story.csv", lambda: b"sep=,\narticle,outlet,text\na,A,Boats\n"), carriers=("csv",), words="no column 'article'|fields where the header has")  # fmt: skip
RUNAWAY.add("a day that no calendar has", ERROR,
    one_file("story.parquet", lambda: parquet_bytes(parquet_table(calm_rows()).append_column("published", pa.array([2**53, 1], pa.timestamp("ms"))))),
    carriers=("parquet",), words="story.parquet",
)  # fmt: skip
RUNAWAY.add("outlets in a dictionary", RIGHT,
    one_file("story.parquet", lambda: parquet_bytes(parquet_table(calm_rows()).set_column(1, "outlet", pa.array(["A", "B"]).dictionary_encode()))),
    carriers=("parquet",),
)  # fmt: skip
RUNAWAY.add("a column of nothing", RIGHT,
    one_file("story.parquet", lambda: parquet_bytes(parquet_table(calm_rows()).append_column("title", pa.nulls(2)))), carriers=("parquet",),
)  # fmt: skip
RUNAWAY.add("a number beyond all numbers", ERROR,
    one_file("story.jsonl", lambda: jsonl_bytes(calm_rows()) + b'{"article":1e999,"outlet":"C","text":"x"}\n'), carriers=("jsonl",),
    words="line 3, column article",
)  # fmt: skip


for _name, _piece in (
    ("names", "Ada Lund "), ("reporting verbs", "said "), ("attributions", "“Late,” said Ada Lund. "), ("numbers", "1,000 "),
    ("brackets", "(a "), ("dashes", "— boats "), ("hyphens", "-a"), ("initials", "U.S. "), ("offices", "the mayor of the "),
    ("relative clauses", "who said that "), ("pronouns", "he said she said "), ("headings", "Boats\n"), ("single marks", "‘a “"), ("apostrophes", "it's 'a' "),
):  # fmt: skip
    _marks = sum(map(_piece.count, "“”"))
    _times = min(LONG // len(_piece), MARKS // _marks if _marks else LONG)
    RUNAWAY.text(f"{_name} without end", "Boats came. " + _piece * _times, carriers=("folder", "jsonl"))
for _name, _id in (
    ("long", "x" * 5_000),
    ("a path", "../../etc/passwd"),
    ("a device", "CON"),
    ("a blank within", "a  b"),
):
    RUNAWAY.cell(f"an id that is {_name}", "article", _id, analysed=tuple(sorted(("a", "b", _id))), cells={_id: {"outlet": "Coast Post"}})  # fmt: skip


FULL = Group("at full size")
for _name, _sentence in (
    ("a line of 50 MB", "Red boats came again. "),
    ("a document of 50 MB", "Red boats came again.\n\n"),
):
    FULL.text(_name, _sentence * (50_000_000 // len(_sentence)), words="longer than any book", carriers=("folder", "parquet"), seconds=1_800)  # fmt: skip
FULL.add("500 articles by 500 outlets", RIGHT, of_rows(many(500)), carriers=("csv",), analysed=tuple(row["article"] for row in many(500)), seconds=1_800)  # fmt: skip
