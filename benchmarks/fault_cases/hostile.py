"""Input made to do harm: what would run in a page, lead out of the folder, or never end."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from benchmarks.fault_cases.table import (
    ASIDE,
    ERROR,
    RIGHT,
    SENTENCE,
    Group,
    changed,
    edited,
    one_file,
    parquet_bytes,
    texts_alone,
)
from benchmarks.stories import calm_rows, write_story

HOSTILE = Group("hostile")
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
    HOSTILE.cell(f"{_name} in an outlet", "outlet", _payload)
    HOSTILE.cell(
        f"{_name} in an id",
        "article",
        _payload,
        analysed=tuple(sorted(("a", "b", _payload))),
        cells={_payload: {"outlet": "Coast Post"}},
    )
    HOSTILE.text(f"{_name} in a text", f"Boats {_payload} came. “{_payload},” said Ada Lund.")
for _mark in ("=", "+", "-", "@"):
    HOSTILE.cell(f"outlet that begins with {_mark}", "outlet", f"{_mark}cmd|' /C calc'!A0")
    HOSTILE.text(f"text that begins with {_mark}", f"{_mark}HYPERLINK boats came. They left.")
HOSTILE.text("text that begins with a tab", "\t=1+1 boats came. They left.")
HOSTILE.refused(
    "terminal codes in an outlet",
    r"column outlet: holds a control character.*x1b",
    calm_rows(outlet="\x1b[31mred\x1b]0;x\x07"),
)
HOSTILE.text("terminal codes in a text", "Many \x1b[31mred\x1b[0m boats came to the harbour, and then " * 3)
for _name, _path in (
    ("parent folder", "../secret.txt"),
    ("absolute path", "/etc/passwd"),
    ("drive", "C:\\secret.txt"),
    ("address", "https://example.org/a.txt"),
    ("file address", "file:///etc/passwd"),
):
    HOSTILE.add(
        f"{_name} as a file",
        ERROR,
        edited(lambda raw, x=_path: raw.replace(b"texts/1.txt", x.encode())),
        carriers=("folder",),
        words="line 3, column file",
    )


def _linked(target: str, name: str = "texts/1.txt") -> Callable[[Path], None]:
    def change(story: Path) -> None:
        (story / name).unlink(missing_ok=True)
        (story / name).symlink_to(target)

    return change


HOSTILE.add(
    "link out of the folder",
    ERROR,
    changed(_linked("/etc/passwd")),
    carriers=("folder",),
    words="leads out of the story's folder",
)
HOSTILE.add(
    "link out of the folder, not listed",
    ASIDE,
    texts_alone(_linked("/etc/passwd", "texts/c.txt")),
    carriers=("folder",),
    words="leads out",
)
HOSTILE.add(
    "table that leads out of the folder",
    ERROR,
    changed(_linked("/etc/passwd", "articles.csv")),
    carriers=("folder",),
    words="leads out",
)
HOSTILE.add(
    "loop of links",
    ASIDE,
    texts_alone(_linked("c.txt", "texts/c.txt")),
    carriers=("folder",),
    words="cannot be read|does not exist",
)
HOSTILE.add(
    "pipe", ASIDE, texts_alone(lambda s: os.mkfifo(s / "texts/c.txt")), carriers=("folder",), words="no regular file"
)
HOSTILE.add(
    "folder named .txt",
    ASIDE,
    texts_alone(lambda s: (s / "texts/c.txt").mkdir()),
    carriers=("folder",),
    words="it is a folder",
)
HOSTILE.add(
    "name of 5,000 letters",
    ASIDE,
    edited(lambda raw: raw.replace(b"texts/2.txt", b"x" * 5_000), calm_rows(title="x")),
    carriers=("folder",),
    words="cannot be read",
)
HOSTILE.add(
    "control character in a name",
    ASIDE,
    texts_alone(lambda s: (s / "texts/c\x1b[31m.txt").write_text(SENTENCE)),
    carriers=("folder",),
    words="control character",
)
HOSTILE.add(
    "compressed table",
    ERROR,
    one_file("story.csv", lambda: b"\x1f\x8b\x08" + b"\x00" * 50),
    carriers=("csv",),
    words="gzip",
)
HOSTILE.add(
    "pickle given as a story",
    ERROR,
    one_file("story.pkl", lambda: b"\x80\x04cos\nsystem\n(S'x'\ntR."),
    carriers=("csv",),
    words="neither a folder nor a file",
)
HOSTILE.add(
    "pickle named as a table",
    ERROR,
    lambda p, c: one_file(f"story.{c}", lambda: b"\x80\x04cos\nsystem\n(S'x'\ntR.")(p, c),
    carriers=("csv", "jsonl", "parquet"),
    words="story",
)


def _bomb() -> bytes:
    big = pa.DictionaryArray.from_arrays(pa.array([0] * 400, pa.int32()), pa.array(["boats " * 200_000]))
    table = pa.table({"article": [str(n) for n in range(400)], "outlet": ["A"] * 400, "text": big})
    return parquet_bytes(table, compression="zstd")


HOSTILE.add(
    "table that unfolds to 480 MB",
    ERROR,
    one_file("story.parquet", _bomb),
    carriers=("parquet",),
    words="MB of text once it is unpacked",
)
HOSTILE.add("pathological form in a codebook", RIGHT,
    lambda place, c: write_story(place, c, calm_rows(text="a" * 50_000 + "! boats"), codebook_dot_toml='[[referent]]\nid = "x"\nlabel = "x"\nforms = ["(a+)+$", "(a|a)*b", ".*.*.*x"]\n[[speaker]]\nname = "(a+)+$"\naliases = ["(.*)*"]\n'),
    carriers=("folder",), analysed=("a", "b", "c"),
)  # fmt: skip
HOSTILE.add(
    "codebook that is no TOML",
    ERROR,
    lambda p, c: write_story(p, c, calm_rows(), codebook_dot_toml="[[claim]\n"),
    carriers=("folder",),
    words="codebook.toml: is not valid TOML",
)
HOSTILE.add(
    "codebook nested without end",
    ERROR,
    lambda p, c: write_story(p, c, calm_rows(), codebook_dot_toml="a = " + "[" * 100_000),
    carriers=("folder",),
    words="codebook.toml: is not valid TOML",
)

HOSTILE.add("terminal codes in a path", ERROR, lambda place, _: (place.mkdir(parents=True), place / "no\x1b[31mstory")[1],
     carriers=("folder",), words="there is no such folder")  # fmt: skip
