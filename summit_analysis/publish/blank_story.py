"""An empty story to fill in: the files that a story can have, each with examples."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from summit_analysis.errors import Fault, StoryError
from summit_analysis.publish.atomic import write_text

TEMPLATE = (
    "README.md",
    "articles.csv",
    "codebook.toml",
    "codings.example.csv",
    "corrections.example.csv",
    "background.example.csv",
)


def lay_out(folder: str | Path) -> list[str]:
    """Write an empty story into `folder` and return the names of its files; what is there already is left alone.

    Raises
    ------
    StoryError
        `folder` is not empty or cannot be written.
    """
    folder = Path(folder)
    try:
        if folder.is_symlink() and not folder.exists():
            raise StoryError(Fault(str(folder), "", "is a link that leads nowhere", "choose another folder"))
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            found = "is not empty" if folder.is_dir() else "is a file"
            raise StoryError(Fault(str(folder), "", found, "choose a new or an empty folder"))
        (folder / "texts").mkdir(parents=True)
        blank = files("summit_analysis.publish") / "new_story"
        for name in TEMPLATE:
            write_text(folder / name, (blank / name).read_text(encoding="utf-8"))
    except OSError as error:
        found = f"cannot be written: {error.strerror or error}"
        raise StoryError(Fault(str(folder), "", found, "choose another folder")) from error
    return [*TEMPLATE, "texts/"]
