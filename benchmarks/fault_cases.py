"""The fault table: what scraped folders contain, carried by each way to keep a story, and what a user must get.

Outcomes: ``right`` (the right result, with a note where a user would want one), ``set aside`` (that document alone, with
its reason), ``clear error`` (file, place, what was found and how to mend it; nothing written).
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.stories import CALM, CARRIERS, calm_rows, jsonl_bytes, parquet_table, write_story

RIGHT, ASIDE, ERROR = "right", "set aside", "clear error"
Build = Callable[[Path, str], Path]


@dataclass(frozen=True)
class Case:
    """One row of the fault table and what its outcome must show."""

    group: str
    name: str
    outcome: str
    build: Build = field(repr=False)
    carriers: tuple[str, ...] = CARRIERS
    #: Words of the reason, the note or the error, as a pattern.
    words: str = ""
    #: Article id to the text that offsets must point into, where the case changes one.
    texts: dict[str, str] = field(default_factory=dict, repr=False)
    #: Article id to (column, value) that the table `articles` must show.
    cells: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    #: Ids of the articles that must be analysed.
    analysed: tuple[str, ...] = ("a", "b")
    #: A table that must be left out, or (article, article, cosine) that must stand in `similarity`.
    similarity: tuple[str, str, str] | None = None
    undefined: str = ""
    #: Where the output goes, below the case's folder.
    out: str = "out"
    seconds: int = 60


CASES: list[Case] = []


def _add(group: str, name: str, outcome: str, build: Build, **more: object) -> None:
    CASES.append(Case(group, name, outcome, build, **more))


def _rows(rows: list[dict]) -> Build:
    return lambda place, carrier: write_story(place, carrier, rows)


def _text(
    group: str, name: str, text: str | bytes, *, words: str = "", reads: str | None = None, **more: object
) -> None:
    """Add a case whose third article has this text and is analysed; `reads` is what it must be read as."""
    reads = text if reads is None else reads
    more = {"analysed": ("a", "b", "c"), "texts": {"c": reads}} | more
    _add(group, name, RIGHT, _rows(calm_rows(text=text)), words=words, **more)


def _aside(group: str, name: str, text: object, words: str, **more: object) -> None:
    _add(group, name, ASIDE, _rows(calm_rows(text=text)), words=words, **more)


def _cell(group: str, name: str, column: str, value: object, *, shown: str | None = None, **more: object) -> None:
    """Add a case whose third article has `value` in `column`, which the table must show."""
    shown = str(value) if shown is None else shown
    more = {"analysed": ("a", "b", "c"), "cells": {"c": {column: shown}}} | more
    _add(group, name, RIGHT, _rows(calm_rows(**{column: value})), **more)


def _refused(group: str, name: str, words: str, rows: list[dict], **more: object) -> None:
    _add(group, name, ERROR, _rows(rows), words=words, **more)


def _file(name: str, content: Callable[[], bytes]) -> Build:
    def build(place: Path, _: str) -> Path:
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content())
        return place / name

    return build


def _folder(change: Callable[[Path], object], rows: list[dict] | None = None) -> Build:
    """Return what writes a calm folder and then changes it."""

    def build(place: Path, carrier: str) -> Path:
        story = write_story(place, carrier, rows or calm_rows())
        change(story)
        return story

    return build


def _bare(change: Callable[[Path], object]) -> Build:
    """Return what writes a folder of texts without a table and then changes it."""

    def build(place: Path, _: str) -> Path:
        texts = place / "story" / "texts"
        texts.mkdir(parents=True)
        for article, row in CALM.items():
            (texts / f"{article}.txt").write_text(row["text"], encoding="utf-8")
        change(texts.parent)
        return texts.parent

    return build


COLUMNS = ["article", "outlet", "text"]
SENTENCE = "Three red boats came to the harbour."

# --- bytes -----------------------------------------------------------------------------------------------------------
BYTES = "bytes"
_text(BYTES, "cp1252 curly quotes", "“Boats” came – late.".encode("cp1252"), reads="“Boats” came – late.")
_add(
    BYTES,
    "declared encoding",
    RIGHT,
    _rows(calm_rows(text="Паром вышел из порта.".encode("cp1251"), encoding="cp1251")),
    carriers=("folder", "csv", "parquet"),
    analysed=("a", "b", "c"),
    texts={"c": "Паром вышел из порта."},
)
_aside(BYTES, "byte invalid in every encoding", b"Three caf\x81 boats", "fits none of the encodings")
_aside(BYTES, "NUL", b"Three \x00 boats", "NUL")
_aside(BYTES, "UTF-16 without a mark", "Three boats came".encode("utf-16-le"), "NUL|control")
_aside(BYTES, "control characters", "\x01\x02\x03 boats", "control characters")
_aside(BYTES, "PDF named as text", b"%PDF-1.7 boats came", "PDF")
_aside(BYTES, "gzip named as text", b"\x1f\x8b\x08 boats \xff", "gzip", carriers=("folder", "csv", "parquet"))
_aside(BYTES, "office document named as text", b"PK\x03\x04 boats came", "zip archive")
_aside(BYTES, "lone surrogate", b"Three \xed\xa0\xbd boats came", "half a character")
_add(
    BYTES, "lone surrogate as an escape", ASIDE,
    _file("story.jsonl", lambda: jsonl_bytes(calm_rows()) + b'{"article":"c","outlet":"C","text":"Three \\ud83d boats"}\n'),
    carriers=("jsonl",), words="half a character",
)  # fmt: skip
_text(BYTES, "one row in another encoding", "Das Café öffnet.".encode("cp1252"), reads="Das Café öffnet.")
_text(BYTES, "mojibake", "The mayorâ€™s boats came.", words="wrongly decoded")
_text(BYTES, "UTF-8 mark in a text", "\ufeffThree boats came.", reads="Three boats came.")
for _name, _end in (("CRLF", "\r\n"), ("CR", "\r")):
    _text(BYTES, f"line ends {_name}", f"Boats came.{_end}{_end}They left.", reads="Boats came.\n\nThey left.")
for _name, _end in (("U+2028", "\u2028"), ("U+0085", "\x85"), ("U+2029", "\u2029"), ("form feed", "\x0c")):
    _text(BYTES, f"line ends {_name}", f"Many red boats came.{_end}They left the harbour.")
_aside(BYTES, "empty", "", "empty")
_aside(BYTES, "white space only", " \n\u00a0\t", "white space")


def _marked(encoding: str) -> Build:
    def build(place: Path, carrier: str) -> Path:
        story = write_story(place, carrier, calm_rows())
        files = list((story / "texts").iterdir()) if carrier == "folder" else [story]
        for path in files:
            path.write_bytes(path.read_bytes().decode().encode(encoding))
        return story

    return build


for _encoding in ("utf-16", "utf-8-sig", "utf-32"):
    _add(BYTES, f"{_encoding} with a mark", RIGHT, _marked(_encoding), carriers=("folder", "csv", "jsonl"))
_add(
    BYTES,
    "UTF-8 mark in articles.csv",
    RIGHT,
    _folder(lambda s: (s / "articles.csv").write_bytes(b"\xef\xbb\xbf" + (s / "articles.csv").read_bytes())),
    carriers=("folder",),
)
_add(
    BYTES,
    "undecodable file name",
    ASIDE,
    _bare(lambda s: Path(os.fsdecode(bytes(s / "texts") + b"/caf\xe9.txt")).write_text(SENTENCE)),
    carriers=("folder",),
    words="not valid UTF-8",
)
_text(
    BYTES,
    "UTF-8 cut within a character",
    "Three boats came “".encode()[:-1],
    reads="Three boats came â€",
    words="wrongly decoded",
)

# --- tables ----------------------------------------------------------------------------------------------------------
TABLES = "tables"


def _edited(edit: Callable[[bytes], bytes], rows: list[dict] | None = None) -> Build:
    """Return what writes a calm story and then edits the bytes of its table."""

    def build(place: Path, carrier: str) -> Path:
        story = write_story(place, carrier, rows or calm_rows())
        table = story / "articles.csv" if carrier == "folder" else story
        table.write_bytes(edit(table.read_bytes()))
        return story

    return build


_titled = [{"title": f"Title {row['article']}"} | row for row in calm_rows()]
_plain = [{"article": r["article"], "outlet": r["outlet"], "text": "Three red boats"} for r in calm_rows()]
_WRITTEN = ("folder", "csv")
for _mark, _name in ((b";", "semicolon"), (b"\t", "tab"), (b"|", "bar")):
    _add(TABLES, f"columns separated by a {_name}", ERROR, _edited(lambda raw, m=_mark: raw.replace(b",", m), _plain),
         carriers=_WRITTEN, words="columns are separated by")  # fmt: skip
_refused(
    TABLES, "missing column", "no column 'outlet'", [{k: v for k, v in r.items() if k != "outlet"} for r in calm_rows()]
)
_refused(TABLES, "missing column text", "no column 'text'|no column 'file'", [{k: v for k, v in r.items() if k != "text"} for r in calm_rows()], carriers=("csv", "jsonl", "parquet"))  # fmt: skip
_add(
    TABLES,
    "doubled column",
    ERROR,
    _edited(lambda raw: raw.replace(b"title", b"outlet", 1), _titled),
    carriers=_WRITTEN,
    words="stands twice",
)
_add(
    TABLES, "doubled column ", ERROR,
    lambda place, _: (
        place.mkdir(parents=True),
        pq.write_table(pa.table([["a"], ["A"], ["x"], ["y"]], names=["article", "outlet", "text", "text"]), place / "story.parquet"),
        place / "story.parquet",
    )[2], carriers=("parquet",), words="stands twice",
)  # fmt: skip
_refused(TABLES, "misspelt column", "unknown column 'titel'", calm_rows(titel="x"))
_refused(TABLES, "doubled id", "'a' is given twice", calm_rows(article="a"))
_refused(TABLES, "missing outlet", "outlet", calm_rows(outlet=""))
_refused(TABLES, "null outlet", "outlet", calm_rows(outlet=None))
_refused(TABLES, "missing id", "article", calm_rows(article=""), carriers=("csv", "jsonl", "parquet"))
_add(
    TABLES,
    "row without file",
    ASIDE,
    _folder(lambda s: (s / "texts/2.txt").unlink(), calm_rows(title="x")),
    carriers=("folder",),
    words="does not exist",
)


def _beside(place: Path, carrier: str) -> Path:
    story = place / "story"
    if carrier == "folder":
        story = write_story(place, carrier, calm_rows())
    else:
        story.mkdir(parents=True)
        write_story(place / "made", carrier, calm_rows()).rename(story / f"articles.{carrier}")
        (story / "texts").mkdir()
    (story / "texts" / "stray.txt").write_text(SENTENCE)
    return story


_add(TABLES, "file without row", ASIDE, _beside, words="does not list it")
_add(TABLES, "two tables in one folder", ERROR,
     lambda p, c: (s := _beside(p, c), (s / ("articles.jsonl" if c != "jsonl" else "articles.csv")).write_bytes(jsonl_bytes(calm_rows())))[0],
     words="which of them lists the articles")  # fmt: skip
_add(
    TABLES,
    "a field too many",
    ERROR,
    _edited(lambda raw: raw[:-1] + b",left over\n"),
    carriers=_WRITTEN,
    words="fields where the header has",
)
_add(TABLES, "a short row", ASIDE, _edited(lambda raw: raw + b"c\n"), carriers=_WRITTEN, words="fields are missing")
_add(
    TABLES,
    "unclosed quotation mark",
    ERROR,
    _edited(lambda raw: raw.replace(b"Bay News", b'"Bay News')),
    carriers=_WRITTEN,
    words="line 3.*close the quotation mark",
)
_add(
    TABLES,
    "unclosed quotation mark ",
    ERROR,
    _edited(lambda raw: raw.replace(b'Bay News"', b"Bay News")),
    carriers=("jsonl",),
    words="line 2: is not a JSON object",
)
_cell(TABLES, "id 007", "article", "007", analysed=("007", "a", "b"), cells={"007": {"outlet": "Coast Post"}})
_cell(TABLES, "id 1e5", "article", "1e5", analysed=("1e5", "a", "b"), cells={"1e5": {"outlet": "Coast Post"}})
for _outlet in ("NA", "None", "null", "nan", "N/A", "inf", "1.0", "True", "#N/A"):
    _cell(TABLES, f"outlet named {_outlet}", "outlet", _outlet)
_cell(TABLES, "outlet with comma, mark and blank", "outlet", 'Post, "The" ; Ltd', shown='Post, "The" ; Ltd')
_refused(
    TABLES,
    "ambiguous date",
    "column published: '03/04/2025' is not an ISO 8601 date",
    calm_rows(published="03/04/2025"),
)
_refused(TABLES, "impossible date", "column published: '2025-02-30' is not", calm_rows(published="2025-02-30"))
_cell(TABLES, "time in another zone", "published", "2025-08-16T01:00:00+02:00", shown="2025-08-15T23:00:00+00:00")
_cell(TABLES, "time in UTC", "published", "2025-08-16T01:00:00Z", shown="2025-08-16T01:00:00+00:00")
_refused(TABLES, "unknown role", "column role: 'agency' is neither", calm_rows(role="agency"))
_refused(TABLES, "unknown encoding", "column encoding: 'klingon' is no encoding", calm_rows(encoding="klingon"))
_refused(TABLES, "encoding that is none of texts", "column encoding: 'punycode'", calm_rows(encoding="punycode"))
for _name, _line, _words in (
    ("doubled key", b'{"article":"c","outlet":"C","text":"x","text":"y"}', "stands twice"),
    ("NaN", b'{"article":"c","outlet":"C","text":NaN}', "NaN is no JSON value"),
    ("Infinity", b'{"article":"c","outlet":"C","text":"boats","title":-Infinity}', "Infinity is no JSON value"),
    ("no text", b'{"article":"c","outlet":"C"}', "text is missing"),
):
    _add(
        TABLES,
        f"JSON with {_name}",
        ASIDE,
        _edited(lambda raw, x=_line: raw + x + b"\n"),
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
    _add(
        TABLES,
        f"JSON with {_name}",
        ERROR,
        _edited(lambda raw, x=_line: raw + x + b"\n"),
        carriers=("jsonl",),
        words=_words,
    )
_add(
    TABLES,
    "JSON list of articles",
    ERROR,
    _file("story.jsonl", lambda: b"[\n" + jsonl_bytes(calm_rows()).replace(b"}\n", b"},\n") + b"]"),
    carriers=("jsonl",),
    words="line 1: is not a JSON object",
)
_aside(TABLES, "null text", None, "missing|does not exist|empty")
_short = [
    {"text": "Three red boats", "outlet": "Anchor", "article": "a"},
    {"text": "Red boats came", "outlet": "Bay", "article": "b"},
]
_add(TABLES, "cut off", ERROR, _edited(lambda raw: raw[:-12], _short), carriers=("csv", "jsonl", "parquet"),
     words="ends within this row|not a JSON object|cannot be read as Parquet")  # fmt: skip
_add(TABLES, "cut off within the last cell", RIGHT, _edited(lambda raw: raw[:-7], calm_rows(text="Three red boats came in")),
     carriers=("csv",), words="was it cut off", analysed=("a", "b", "c"), texts={"c": "Three red boats c"})  # fmt: skip
_add(TABLES, "cut off ", ERROR, _edited(lambda raw: raw[:-10]), carriers=("folder",), words="ends within this row")
_add(TABLES, "nothing in the file", ERROR, _edited(lambda raw: b""), words="is empty|cannot be read as Parquet")
_add(
    TABLES,
    "header only",
    ERROR,
    _edited(lambda raw: raw.split(b"\n")[0] + b"\n"),
    carriers=_WRITTEN,
    words="header but no rows",
)
_add(
    TABLES,
    "header only ",
    ERROR,
    _file("story.parquet", lambda: _parquet_bytes(parquet_table(calm_rows()).slice(0, 0))),
    carriers=("parquet",),
    words="no rows",
)
_text(TABLES, "field over 131,072 characters", "Three red boats came. " * 7_000)


def _parquet_bytes(table: pa.Table, **options: object) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, **options)
    return sink.getvalue().to_pybytes()


def _flipped() -> bytes:
    plain = {"compression": "none", "use_dictionary": False, "write_statistics": False, "write_page_checksum": True}
    raw = bytearray(_parquet_bytes(parquet_table(calm_rows()), **plain))
    raw[raw.index(b"ferry")] ^= 1
    return bytes(raw)


def _shards(place: Path, _: str) -> Path:
    shards = place / "story" / "articles.parquet"
    shards.mkdir(parents=True)
    one, two = calm_rows()
    pq.write_table(parquet_table([one]), shards / "part-0.parquet")
    pq.write_table(parquet_table([two | {"note": "x"}]), shards / "part-1.parquet")
    return shards.parent


_add(
    TABLES,
    "flipped bit",
    ERROR,
    _file("story.parquet", _flipped),
    carriers=("parquet",),
    words="cannot be read as Parquet",
)
_add(TABLES, "shards with other columns", ERROR, _shards, carriers=("parquet",), words="part-1.parquet")
_add(
    TABLES,
    "text as numbers",
    ERROR,
    _rows([row | {"text": 5} for row in calm_rows()]),
    carriers=("jsonl", "parquet"),
    words="column text",
)
_add(
    TABLES,
    "column of lists",
    ERROR,
    _rows([row | {"outlet": ["x"]} for row in calm_rows()]),
    carriers=("jsonl", "parquet"),
    words="column outlet",
)
_refused(TABLES, "line break in an outlet", "column outlet: holds a control character", calm_rows(outlet="Coast\nPost"))
_refused(TABLES, "both a text and a file column", "both a column 'file' and a column 'text'", calm_rows(), carriers=())
CASES[-1] = Case(
    TABLES, "both a text and a file column", ERROR,
    lambda p, c: ((s := write_story(p, c, calm_rows())), (s / "articles.csv").write_bytes(b"article,outlet,file,text\na,A,texts/0.txt,x\n"))[0],
    carriers=("folder",), words="both a column 'file' and a column 'text'",
)  # fmt: skip

_add(
    TABLES,
    "text as binary",
    ERROR,
    _file("story.parquet", lambda: _parquet_bytes(pa.table({"article": ["a"], "outlet": ["A"], "text": [b"Boats"]}))),
    carriers=("parquet",),
    words="column text: holds binary",
)

# --- corpus ----------------------------------------------------------------------------------------------------------
CORPUS = "corpus"
_refused(CORPUS, "no usable document", "no document can be used", [row | {"text": " "} for row in calm_rows()])
_add(
    CORPUS,
    "one document",
    RIGHT,
    _rows(calm_rows()[:1]),
    analysed=("a",),
    undefined="similarity",
    words="at least two articles",
)
_text(CORPUS, "one word", "Boats")
_aside(CORPUS, "stop words only", "It was the one and only.", "stop words")
_aside(CORPUS, "no word of two letters", "a 1 . ; b", "no word of two letters")
_text(CORPUS, "the same document twice", str(CALM["a"]["text"]), similarity=("a", "c", "1"))
_add(
    CORPUS,
    "nothing in common",
    RIGHT,
    _rows([*calm_rows(), {"article": "c", "outlet": "C", "text": "Zebras graze quietly elsewhere."}]),
    analysed=("a", "b", "c"),
    similarity=("a", "c", "0"),
)
_text(CORPUS, "composed and decomposed letters", "Cafe\u0301 re\u0301sume\u0301 boats came.")
_text(CORPUS, "zero-width spaces", "Red\u200b boats\u200d came.\u2060 They left.")
_text(CORPUS, "soft hyphens", "Har\u00adbour boats came. They left.")
_text(CORPUS, "curly apostrophes", str(CALM["a"]["text"]) + " It’s Ada’s.")
_text(CORPUS, "letters whose case changes their length", "İstanbul’s Straße ŉ ǰ ﬁne BOATS came.")
_text(
    CORPUS, "a script without spaces", "渡轮离开了港口。人们在等待。三艘船来了。", words="without spaces between words"
)
_text(CORPUS, "Thai", "เรือข้ามฟากออกจากท่าเรือ boats", words="without spaces between words")
_text(CORPUS, "right to left", "المعبر غادر الميناء. قال العمدة «انتظرنا».")
_text(CORPUS, "direction overridden", "Boats \u202egnp.exe\u202c came to harbour.")
_text(CORPUS, "pictures beyond the first plane", "Boats 🚢🚢 came. “Wow 😀,” said Ada Lund.")
_text(CORPUS, "combining marks without end", "Bo" + "\u0301" * 5_000 + "ats came.")
_text(CORPUS, "quotation marks never closed", "“Boats came. “They left. “" * 300)
_text(CORPUS, "a word of 100,000 letters", "boat" * 25_000 + " came.")
_text(CORPUS, "a line of 1 MB", "Red boats came again. " * 48_000)
_text(CORPUS, "a document of 1 MB", "Red boats came again.\n\n" * 46_000)
_text(CORPUS, "100,000 opening marks", "Boats came. " + "“" * 100_000, words="who speaks")
_text(CORPUS, "100,000 empty lines", "Boats came." + "\n" * 100_000 + "They left.")
_add(CORPUS, "sixty articles", RIGHT, _rows([{"article": f"a{n:03}", "outlet": f"Outlet {n:03}", "text": f"{SENTENCE} Number {n} waited for ferry{n % 7}."} for n in range(60)]),
     analysed=tuple(f"a{n:03}" for n in range(60)))  # fmt: skip
_add(
    CORPUS,
    "agency originals alone",
    RIGHT,
    _rows([row | {"role": "wire"} for row in calm_rows()]),
    undefined="similarity",
)

# --- hostile ---------------------------------------------------------------------------------------------------------
HOSTILE = "hostile"
PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "event attribute": '"><img src=x onerror=alert(1)>',
    "javascript link": "[boats](javascript:alert(1))",
    "end of script": "</script><script>alert(1)</script>",
    "command button": '<button data-commandlinker-command="terminal:create-new">boats</button>',
    "SVG script": "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "template": "{{7*7}}${7*7}<%= 7*7 %>",
    "escape codes": "boats \u202e\u2066",
}
for _name, _payload in PAYLOADS.items():
    _cell(HOSTILE, f"{_name} in an outlet", "outlet", _payload)
    _cell(
        HOSTILE,
        f"{_name} in an id",
        "article",
        _payload,
        analysed=tuple(sorted(("a", "b", _payload))),
        cells={_payload: {"outlet": "Coast Post"}},
    )
    _text(HOSTILE, f"{_name} in a text", f"Boats {_payload} came. “{_payload},” said Ada Lund.")
for _mark in ("=", "+", "-", "@"):
    _cell(HOSTILE, f"outlet that begins with {_mark}", "outlet", f"{_mark}cmd|' /C calc'!A0")
    _text(HOSTILE, f"text that begins with {_mark}", f"{_mark}HYPERLINK boats came. They left.")
_text(HOSTILE, "text that begins with a tab", "\t=1+1 boats came. They left.")
_refused(
    HOSTILE,
    "terminal codes in an outlet",
    r"column outlet: holds a control character.*x1b",
    calm_rows(outlet="\x1b[31mred\x1b]0;x\x07"),
)
_text(HOSTILE, "terminal codes in a text", "Many \x1b[31mred\x1b[0m boats came to the harbour, and then " * 3)
for _name, _path in (
    ("parent folder", "../secret.txt"),
    ("absolute path", "/etc/passwd"),
    ("drive", "C:\\secret.txt"),
    ("address", "https://example.org/a.txt"),
    ("file address", "file:///etc/passwd"),
):
    _add(
        HOSTILE,
        f"{_name} as a file",
        ERROR,
        _edited(lambda raw, x=_path: raw.replace(b"texts/1.txt", x.encode())),
        carriers=("folder",),
        words="line 3, column file",
    )


def _linked(target: str, name: str = "texts/1.txt") -> Callable[[Path], None]:
    def change(story: Path) -> None:
        (story / name).unlink(missing_ok=True)
        (story / name).symlink_to(target)

    return change


_add(
    HOSTILE,
    "link out of the folder",
    ERROR,
    _folder(_linked("/etc/passwd")),
    carriers=("folder",),
    words="leads out of the story's folder",
)
_add(
    HOSTILE,
    "link out of the folder, not listed",
    ASIDE,
    _bare(_linked("/etc/passwd", "texts/c.txt")),
    carriers=("folder",),
    words="leads out",
)
_add(
    HOSTILE,
    "table that leads out of the folder",
    ERROR,
    _folder(_linked("/etc/passwd", "articles.csv")),
    carriers=("folder",),
    words="leads out",
)
_add(
    HOSTILE,
    "loop of links",
    ASIDE,
    _bare(_linked("c.txt", "texts/c.txt")),
    carriers=("folder",),
    words="cannot be read|does not exist",
)
_add(
    HOSTILE, "pipe", ASIDE, _bare(lambda s: os.mkfifo(s / "texts/c.txt")), carriers=("folder",), words="no regular file"
)
_add(
    HOSTILE,
    "folder named .txt",
    ASIDE,
    _bare(lambda s: (s / "texts/c.txt").mkdir()),
    carriers=("folder",),
    words="it is a folder",
)
_add(
    HOSTILE,
    "name of 5,000 letters",
    ASIDE,
    _edited(lambda raw: raw.replace(b"texts/2.txt", b"x" * 5_000), calm_rows(title="x")),
    carriers=("folder",),
    words="cannot be read",
)
_add(
    HOSTILE,
    "control character in a name",
    ASIDE,
    _bare(lambda s: (s / "texts/c\x1b[31m.txt").write_text(SENTENCE)),
    carriers=("folder",),
    words="control character",
)
_add(
    HOSTILE,
    "compressed table",
    ERROR,
    _file("story.csv", lambda: b"\x1f\x8b\x08" + b"\x00" * 50),
    carriers=("csv",),
    words="gzip",
)
_add(
    HOSTILE,
    "pickle given as a story",
    ERROR,
    _file("story.pkl", lambda: b"\x80\x04cos\nsystem\n(S'x'\ntR."),
    carriers=("csv",),
    words="neither a folder nor a file",
)
_add(
    HOSTILE,
    "pickle named as a table",
    ERROR,
    lambda p, c: _file(f"story.{c}", lambda: b"\x80\x04cos\nsystem\n(S'x'\ntR.")(p, c),
    carriers=("csv", "jsonl", "parquet"),
    words="story",
)


def _bomb() -> bytes:
    big = pa.DictionaryArray.from_arrays(pa.array([0] * 400, pa.int32()), pa.array(["boats " * 200_000]))
    table = pa.table({"article": [str(n) for n in range(400)], "outlet": ["A"] * 400, "text": big})
    return _parquet_bytes(table, compression="zstd")


_add(
    HOSTILE,
    "table that unfolds to 480 MB",
    ERROR,
    _file("story.parquet", _bomb),
    carriers=("parquet",),
    words="MB of text once it is unpacked",
)
_add(
    HOSTILE, "pathological form in a codebook", RIGHT,
    lambda place, c: write_story(place, c, calm_rows(text="a" * 50_000 + "! boats"), codebook_dot_toml='[[referent]]\nid = "x"\nlabel = "x"\nforms = ["(a+)+$", "(a|a)*b", ".*.*.*x"]\n[[speaker]]\nname = "(a+)+$"\naliases = ["(.*)*"]\n'),
    carriers=("folder",), analysed=("a", "b", "c"),
)  # fmt: skip
_add(
    HOSTILE,
    "codebook that is no TOML",
    ERROR,
    lambda p, c: write_story(p, c, calm_rows(), codebook_dot_toml="[[claim]\n"),
    carriers=("folder",),
    words="codebook.toml: is not valid TOML",
)
_add(
    HOSTILE,
    "codebook nested without end",
    ERROR,
    lambda p, c: write_story(p, c, calm_rows(), codebook_dot_toml="a = " + "[" * 100_000),
    carriers=("folder",),
    words="codebook.toml: is not valid TOML",
)

_add(HOSTILE, "terminal codes in a path", ERROR, lambda place, _: (place.mkdir(parents=True), place / "no\x1b[31mstory")[1],
     carriers=("folder",), words="there is no such folder")  # fmt: skip

# --- figures ---------------------------------------------------------------------------------------------------------
FIGURES = "figures"
_cell(FIGURES, "dollar signs", "outlet", "Cash $1^{2_3}$ & \\frac{1")
_cell(FIGURES, "glyph that the font lacks", "outlet", "港口新闻 𝔅𝔞𝔶 🚢")
_cell(FIGURES, "label of 100,000 characters", "outlet", "Post" * 25_000)
_cell(FIGURES, "combining marks", "outlet", "Po\u0301\u0302\u0303\u0304st" + "\u0301" * 50)
_cell(FIGURES, "only marks", "outlet", "___%%%$$$")
_add(
    FIGURES,
    "nothing to draw",
    RIGHT,
    _rows([{"article": "a", "outlet": "A", "text": "Boats"}, {"article": "b", "outlet": "B", "text": "Flags"}]),
    texts={"a": "Boats", "b": "Flags"},
)

# --- writing ---------------------------------------------------------------------------------------------------------
WRITING = "writing"
_refused(
    WRITING,
    "output inside the story",
    "lies inside the story's folder",
    calm_rows(),
    carriers=("folder",),
    out="story/out",
)
for _carrier in ("csv", "jsonl", "parquet"):
    _refused(
        WRITING,
        f"output over the story ({_carrier})",
        "lies inside the story's folder|is a file",
        calm_rows(),
        carriers=(_carrier,),
        out=f"story.{_carrier}",
    )
_refused(WRITING, "output above the story", "holds the story", calm_rows(), out=".")
_refused(WRITING, "output where nothing can be written", "cannot be written to", calm_rows(), out="/proc/nothing/out")
_add(
    WRITING,
    "output folder that holds other work",
    ERROR,
    lambda p, c: (
        (p / "out").mkdir(parents=True),
        (p / "out/thesis.doc").write_text("x"),
        write_story(p, c, calm_rows()),
    )[2],
    words="not empty and not from an earlier run",
)
_add(
    WRITING,
    "left over from a killed run",
    RIGHT,
    lambda p, c: (
        (p / ".out.staging/tables").mkdir(parents=True),
        (p / ".out.staging/tables/half.csv").write_text("x"),
        (p / ".out.previous").mkdir(),
        write_story(p, c, calm_rows()),
    )[3],
)

# --- determinism -----------------------------------------------------------------------------------------------------
_add(
    "determinism",
    "rows in another order",
    RIGHT,
    lambda p, c: write_story(p, c, calm_rows(title="x")[::-1]),
    analysed=("a", "b", "c"),
)

importlib.import_module("benchmarks.companion_cases")  # adds its own to `CASES`


def pairs() -> list[tuple[Case, str]]:
    """Return each case with each carrier that it applies to."""
    return [(case, carrier) for case in CASES for carrier in case.carriers]


def matches(pattern: str, text: str) -> bool:
    """Return whether `pattern` stands in `text`, over line ends too."""
    return bool(re.search(pattern, text, re.DOTALL))
