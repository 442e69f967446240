"""One story of an archive as a story folder, which ``summit-analysis run`` takes."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from summit_analysis.archive import reading
from summit_analysis.archive.run import SETTINGS_FILE
from summit_analysis.errors import Fault, StoryError, printable, shortened
from summit_analysis.publish.atomic import staged, write_text
from summit_analysis.reading.folder import LISTING
from summit_analysis.strict_csv import to_csv

SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"


def extract(out: Path, story: str, target: Path) -> pd.DataFrame:
    """Write the articles of `story` found in `out` to the folder `target`; return its ``articles.csv`` as a table.

    The texts are read from the archive itself, by shard and row. A near duplicate is written too, so that shared copy
    can be traced.

    Raises
    ------
    StoryError
        `out` is no archive's output, has no such story, the archive has moved or changed, or `target` is not empty or
        cannot be written.
    """
    out, target = Path(out), Path(target)
    try:
        facts = json.loads((out / SETTINGS_FILE).read_text(encoding="utf-8"))
        stories = pq.read_table(out / "stories.parquet", columns=["article", "story"]).to_pandas()
        articles = pq.read_table(out / "articles.parquet").to_pandas()
    except (OSError, ValueError) as error:
        mend = "give the folder that `summit-analysis archive` wrote"
        raise StoryError(Fault(str(out), "", f"is no output of an archive ({shortened(error)})", mend)) from error
    wanted = articles[articles["article"].isin(stories.loc[stories["story"] == story, "article"])]
    if wanted.empty:
        raise StoryError(
            Fault(
                str(out),
                "stories.parquet",
                f"there is no story {shortened(story)!r}",
                "take an id from its column story",
            )
        )
    with _writing(target):
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise StoryError(Fault(str(target), "", "is there already and not empty", "choose a new folder"))
    texts = _texts((out / facts["archive"]).resolve(), wanted)
    rows = []
    for number, row in enumerate(wanted.itertuples(), start=1):
        # An id may be anything, a path included: the file is named by place and by what is harmless of the id.
        stem = "".join(c if c in SAFE else "-" for c in row.article)[:60].strip(".-")
        url = row.url if row.url.startswith(("http://", "https://")) else ""
        rows.append(
            {
                "article": _one_line(row.article), "outlet": _one_line(row.outlet), "file": f"texts/{number:03}-{stem}.txt",
                "title": _one_line(row.title), "published": row.published, "url": url, "country": "", "role": "article",
                "encoding": "utf-8",
            }
        )  # fmt: skip
    listing = pd.DataFrame(rows)
    with _writing(target), staged(target.resolve()) as folder:
        for file, article in zip(listing["file"], wanted["article"], strict=True):
            write_text(folder / file, texts[article])
        write_text(folder / LISTING, to_csv(listing))
    return listing


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        found = f"cannot be written: {error.strerror or error}"
        raise StoryError(Fault(str(target), "", found, "choose another folder")) from error


def _texts(archive: Path, wanted: pd.DataFrame) -> dict[str, str]:
    """Return the text of each wanted article from the archive, checked by id."""
    paths = {path.name: path for path in reading.shards(archive)}
    texts = {}
    for shard, rows in wanted.groupby("shard"):
        if shard not in paths:
            raise StoryError(Fault(str(archive), "", f"has no {shard} any more", "run `summit-analysis archive` again"))
        place_of = dict(zip(rows["row"], rows["article"], strict=True))
        for place, record in reading.records(paths[shard]):
            article = place_of.get(int(place.split()[-1]))
            if article is not None:
                if isinstance(record, str) or str(record.get("article")) != article:
                    found = f"no longer holds article {shortened(article)!r}"
                    raise StoryError(Fault(shard, place, found, "run `summit-analysis archive` again"))
                texts[article] = reading.plain_text(record)
                if len(texts) == len(wanted):
                    return texts
    lacking = wanted.loc[~wanted["article"].isin(texts), "article"]
    if len(lacking):
        found = f"no longer holds article {shortened(lacking.iloc[0])!r}"
        raise StoryError(Fault(str(archive), "", found, "run `summit-analysis archive` again"))
    return texts


def _one_line(value: str) -> str:
    return printable(" ".join(value.split()))
