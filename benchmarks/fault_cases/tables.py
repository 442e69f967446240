"""The table that lists the articles: columns, rows, cells, and files that were cut off or damaged."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.fault_cases.table import (
    ASIDE,
    ERROR,
    RIGHT,
    SENTENCE,
    Group,
    changed,
    edited,
    in_folder,
    of_rows,
    one_file,
    parquet_bytes,
)
from benchmarks.stories import calm_rows, jsonl_bytes, parquet_table, write_story

TABLES = Group("tables")


_titled = [{"title": f"Title {row['article']}"} | row for row in calm_rows()]
_plain = [{"article": r["article"], "outlet": r["outlet"], "text": "Three red boats"} for r in calm_rows()]
WRITTEN_BY_HAND = ("folder", "csv")
for _mark, _name in ((b";", "semicolon"), (b"\t", "tab"), (b"|", "bar")):
    TABLES.add(f"columns separated by a {_name}", ERROR, edited(lambda raw, m=_mark: raw.replace(b",", m), _plain),
         carriers=WRITTEN_BY_HAND, words="columns are separated by")  # fmt: skip
TABLES.refused(
    "missing column", "no column 'outlet'", [{k: v for k, v in r.items() if k != "outlet"} for r in calm_rows()]
)
TABLES.refused("missing column text", "no column 'text'|no column 'file'", [{k: v for k, v in r.items() if k != "text"} for r in calm_rows()], carriers=("csv", "jsonl", "parquet"))  # fmt: skip
TABLES.add(
    "doubled column",
    ERROR,
    edited(lambda raw: raw.replace(b"title", b"outlet", 1), _titled),
    carriers=WRITTEN_BY_HAND,
    words="stands twice",
)
TABLES.add("doubled column ", ERROR,
    lambda place, _: (
        place.mkdir(parents=True),
        pq.write_table(pa.table([["a"], ["A"], ["x"], ["y"]], names=["article", "outlet", "text", "text"]), place / "story.parquet"),
        place / "story.parquet",
    )[2], carriers=("parquet",), words="stands twice",
)  # fmt: skip
TABLES.refused("misspelt column", "unknown column 'titel'", calm_rows(titel="x"))
TABLES.refused("doubled id", "'a' is given twice", calm_rows(article="a"))
TABLES.refused("missing outlet", "outlet", calm_rows(outlet=""))
TABLES.refused("null outlet", "outlet", calm_rows(outlet=None))
TABLES.refused("missing id", "article", calm_rows(article=""), carriers=("csv", "jsonl", "parquet"))
TABLES.add(
    "row without file",
    ASIDE,
    changed(lambda s: (s / "texts/2.txt").unlink(), calm_rows(title="x")),
    carriers=("folder",),
    words="does not exist",
)


def _beside(place: Path, carrier: str) -> Path:
    story = in_folder(place, carrier, calm_rows())
    (story / "texts").mkdir(exist_ok=True)
    (story / "texts" / "stray.txt").write_text(SENTENCE)
    return story


TABLES.add("file without row", ASIDE, _beside, words="does not list it")
TABLES.add("two tables in one folder", ERROR,
     lambda p, c: (s := _beside(p, c), (s / ("articles.jsonl" if c != "jsonl" else "articles.csv")).write_bytes(jsonl_bytes(calm_rows())))[0],
     words="which of them lists the articles")  # fmt: skip
TABLES.add(
    "a field too many",
    ERROR,
    edited(lambda raw: raw[:-1] + b",left over\n"),
    carriers=WRITTEN_BY_HAND,
    words="fields where the header has",
)
TABLES.add("a short row", ASIDE, edited(lambda raw: raw + b"c\n"), carriers=WRITTEN_BY_HAND, words="fields are missing")
TABLES.add(
    "unclosed quotation mark",
    ERROR,
    edited(lambda raw: raw.replace(b"Bay News", b'"Bay News')),
    carriers=WRITTEN_BY_HAND,
    words="line 3.*close the quotation mark",
)
TABLES.add(
    "unclosed quotation mark ",
    ERROR,
    edited(lambda raw: raw.replace(b'Bay News"', b"Bay News")),
    carriers=("jsonl",),
    words="line 2: is not a JSON object",
)
TABLES.cell("id 007", "article", "007", analysed=("007", "a", "b"), cells={"007": {"outlet": "Coast Post"}})
TABLES.cell("id 1e5", "article", "1e5", analysed=("1e5", "a", "b"), cells={"1e5": {"outlet": "Coast Post"}})
for _outlet in ("NA", "None", "null", "nan", "N/A", "inf", "1.0", "True", "#N/A"):
    TABLES.cell(f"outlet named {_outlet}", "outlet", _outlet)
TABLES.cell("outlet with comma, mark and blank", "outlet", 'Post, "The" ; Ltd', shown='Post, "The" ; Ltd')
TABLES.refused(
    "ambiguous date",
    "column published: '03/04/2025' is not an ISO 8601 date",
    calm_rows(published="03/04/2025"),
)
TABLES.refused("impossible date", "column published: '2025-02-30' is not", calm_rows(published="2025-02-30"))
TABLES.cell("time in another zone", "published", "2025-08-16T01:00:00+02:00", shown="2025-08-15T23:00:00+00:00")
TABLES.cell("time in UTC", "published", "2025-08-16T01:00:00Z", shown="2025-08-16T01:00:00+00:00")
TABLES.refused("unknown role", "column role: 'agency' is neither", calm_rows(role="agency"))
TABLES.refused("unknown encoding", "column encoding: 'klingon' is no encoding", calm_rows(encoding="klingon"))
TABLES.refused("encoding that is none of texts", "column encoding: 'punycode'", calm_rows(encoding="punycode"))
for _name, _line, _words in (
    ("doubled key", b'{"article":"c","outlet":"C","text":"x","text":"y"}', "stands twice"),
    ("NaN", b'{"article":"c","outlet":"C","text":NaN}', "NaN is no JSON value"),
    ("Infinity", b'{"article":"c","outlet":"C","text":"boats","title":-Infinity}', "Infinity is no JSON value"),
    ("no text", b'{"article":"c","outlet":"C"}', "text is missing"),
):
    TABLES.add(
        f"JSON with {_name}",
        ASIDE,
        edited(lambda raw, x=_line: raw + x + b"\n"),
        carriers=("jsonl",),
        words=_words,
    )
for _name, _line, _words in (
    ("a list", b'["c","C","x"]', "line 3: is not a JSON object"),
    ("nesting without end", b"[" * 100_000, "line 3: is not a JSON object"),
    ("a number of 10,000 digits", b'{"article":' + b"9" * 10_000 + b',"outlet":"C","text":"x"}', "line 3"),
    ("a yes for an outlet", b'{"article":"c","outlet":true,"text":"x"}', "line 3, column outlet: 'True' is no text"),
    ("a number for a text", b'{"article":"c","outlet":"C","text":5}', "line 3, column text: '5' is no text"),
    ("an object for a text", b'{"article":"c","outlet":"C","text":{}}', "line 3, column text"),
):
    TABLES.add(
        f"JSON with {_name}",
        ERROR,
        edited(lambda raw, x=_line: raw + x + b"\n"),
        carriers=("jsonl",),
        words=_words,
    )
TABLES.add(
    "JSON list of articles",
    ERROR,
    one_file("story.jsonl", lambda: b"[\n" + jsonl_bytes(calm_rows()).replace(b"}\n", b"},\n") + b"]"),
    carriers=("jsonl",),
    words="line 1: is not a JSON object",
)
TABLES.aside("null text", None, "missing|does not exist|empty")
_short = [
    {"text": "Three red boats", "outlet": "Anchor", "article": "a"},
    {"text": "Red boats came", "outlet": "Bay", "article": "b"},
]
TABLES.add("cut off", ERROR, edited(lambda raw: raw[:-12], _short), carriers=("csv", "jsonl", "parquet"),
     words="ends within this row|not a JSON object|cannot be read as Parquet")  # fmt: skip
TABLES.add("cut off within the last cell", RIGHT, edited(lambda raw: raw[:-7], calm_rows(text="Three red boats came in")),
     carriers=("csv",), words="was it cut off", analysed=("a", "b", "c"), texts={"c": "Three red boats c"})  # fmt: skip
TABLES.add("cut off ", ERROR, edited(lambda raw: raw[:-10]), carriers=("folder",), words="ends within this row")
TABLES.add("nothing in the file", ERROR, edited(lambda raw: b""), words="is empty|cannot be read as Parquet")
TABLES.add(
    "header only",
    ERROR,
    edited(lambda raw: raw.split(b"\n")[0] + b"\n"),
    carriers=WRITTEN_BY_HAND,
    words="header but no rows",
)
TABLES.add(
    "header only ",
    ERROR,
    one_file("story.parquet", lambda: parquet_bytes(parquet_table(calm_rows()).slice(0, 0))),
    carriers=("parquet",),
    words="no rows",
)
TABLES.text("field over 131,072 characters", "Three red boats came. " * 7_000)


def _flipped() -> bytes:
    plain = {"compression": "none", "use_dictionary": False, "write_statistics": False, "write_page_checksum": True}
    raw = bytearray(parquet_bytes(parquet_table(calm_rows()), **plain))
    raw[raw.index(b"ferry")] ^= 1
    return bytes(raw)


def _shards(place: Path, _: str) -> Path:
    shards = place / "story" / "articles.parquet"
    shards.mkdir(parents=True)
    one, two = calm_rows()
    pq.write_table(parquet_table([one]), shards / "part-0.parquet")
    pq.write_table(parquet_table([two | {"note": "x"}]), shards / "part-1.parquet")
    return shards.parent


TABLES.add(
    "flipped bit",
    ERROR,
    one_file("story.parquet", _flipped),
    carriers=("parquet",),
    words="cannot be read as Parquet",
)
TABLES.add("shards with other columns", ERROR, _shards, carriers=("parquet",), words="part-1.parquet")
TABLES.add(
    "text as numbers",
    ERROR,
    of_rows([row | {"text": 5} for row in calm_rows()]),
    carriers=("jsonl", "parquet"),
    words="column text",
)
TABLES.add(
    "column of lists",
    ERROR,
    of_rows([row | {"outlet": ["x"]} for row in calm_rows()]),
    carriers=("jsonl", "parquet"),
    words="column outlet",
)
TABLES.refused("line break in an outlet", "column outlet: holds a control character", calm_rows(outlet="Coast\nPost"))
TABLES.add(
    "both a text and a file column", ERROR,
    lambda p, c: ((s := write_story(p, c, calm_rows())), (s / "articles.csv").write_bytes(b"article,outlet,file,text\na,A,texts/0.txt,x\n"))[0],
    carriers=("folder",), words="both a column 'file' and a column 'text'",
)  # fmt: skip

TABLES.add(
    "text as binary",
    ERROR,
    one_file("story.parquet", lambda: parquet_bytes(pa.table({"article": ["a"], "outlet": ["A"], "text": [b"Boats"]}))),
    carriers=("parquet",),
    words="column text: holds binary",
)
