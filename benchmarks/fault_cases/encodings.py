"""The bytes of a text: encodings, marks, line ends, and what is no text at all."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.fault_cases.table import ASIDE, RIGHT, SENTENCE, Build, Group, changed, of_rows, one_file, texts_alone
from benchmarks.stories import calm_rows, jsonl_bytes, write_story

BYTES = Group("bytes")
BYTES.text("cp1252 curly quotes", "“Boats” came – late.".encode("cp1252"), reads="“Boats” came – late.")
BYTES.add(
    "declared encoding",
    RIGHT,
    of_rows(calm_rows(text="Паром вышел из порта.".encode("cp1251"), encoding="cp1251")),
    carriers=("folder", "csv", "parquet"),
    analysed=("a", "b", "c"),
    texts={"c": "Паром вышел из порта."},
)
BYTES.aside("byte invalid in every encoding", b"Three caf\x81 boats", "fits none of the encodings")
BYTES.aside("NUL", b"Three \x00 boats", "NUL")
BYTES.aside("UTF-16 without a mark", "Three boats came".encode("utf-16-le"), "NUL|control")
BYTES.aside("control characters", "\x01\x02\x03 boats", "control characters")
BYTES.aside("PDF named as text", b"%PDF-1.7 boats came", "PDF")
BYTES.aside("gzip named as text", b"\x1f\x8b\x08 boats \xff", "gzip", carriers=("folder", "csv", "parquet"))
BYTES.aside("office document named as text", b"PK\x03\x04 boats came", "zip archive")
BYTES.aside("lone surrogate", b"Three \xed\xa0\xbd boats came", "half a character")
BYTES.add("lone surrogate as an escape", ASIDE,
    one_file("story.jsonl", lambda: jsonl_bytes(calm_rows()) + b'{"article":"c","outlet":"C","text":"Three \\ud83d boats"}\n'),
    carriers=("jsonl",), words="half a character",
)  # fmt: skip
BYTES.text("one row in another encoding", "Das Café öffnet.".encode("cp1252"), reads="Das Café öffnet.")
BYTES.text("mojibake", "The mayorâ€™s boats came.", words="wrongly decoded")
BYTES.text("UTF-8 mark in a text", "\ufeffThree boats came.", reads="Three boats came.")
for _name, _end in (("CRLF", "\r\n"), ("CR", "\r")):
    BYTES.text(f"line ends {_name}", f"Boats came.{_end}{_end}They left.", reads="Boats came.\n\nThey left.")
for _name, _end in (("U+2028", "\u2028"), ("U+0085", "\x85"), ("U+2029", "\u2029"), ("form feed", "\x0c")):
    BYTES.text(f"line ends {_name}", f"Many red boats came.{_end}They left the harbour.")
BYTES.aside("empty", "", "empty")
BYTES.aside("white space only", " \n\u00a0\t", "white space")


def _marked(encoding: str) -> Build:
    def build(place: Path, carrier: str) -> Path:
        story = write_story(place, carrier, calm_rows())
        files = list((story / "texts").iterdir()) if carrier == "folder" else [story]
        for path in files:
            path.write_bytes(path.read_bytes().decode().encode(encoding))
        return story

    return build


for _encoding in ("utf-16", "utf-8-sig", "utf-32"):
    BYTES.add(f"{_encoding} with a mark", RIGHT, _marked(_encoding), carriers=("folder", "csv", "jsonl"))
BYTES.add(
    "UTF-8 mark in articles.csv",
    RIGHT,
    changed(lambda s: (s / "articles.csv").write_bytes(b"\xef\xbb\xbf" + (s / "articles.csv").read_bytes())),
    carriers=("folder",),
)
BYTES.add(
    "undecodable file name",
    ASIDE,
    texts_alone(lambda s: Path(os.fsdecode(bytes(s / "texts") + b"/caf\xe9.txt")).write_text(SENTENCE)),
    carriers=("folder",),
    words="not valid UTF-8",
)
BYTES.text(
    "UTF-8 cut within a character",
    "Three boats came “".encode()[:-1],
    reads="Three boats came â€",
    words="wrongly decoded",
)
