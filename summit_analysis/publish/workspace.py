"""Where a notebook finds its story and puts its figures: in a checkout, or in the output folder of a run."""

from __future__ import annotations

import json
import os
from pathlib import Path

STORY, FIGURES = "SUMMIT_ANALYSIS_STORY", "SUMMIT_ANALYSIS_FIGURES"
MANIFEST = "manifest.json"


def story_folder(default: str) -> Path:
    """Return the story that a notebook is about.

    `summit-analysis run` names it in the environment. A notebook opened later in the output of a run finds it through
    the run's manifest, and any other uses `default`, the path in its first cell.
    """
    if STORY in os.environ:
        return Path(os.environ[STORY])
    manifest = Path("..") / MANIFEST
    if manifest.exists() and not Path(default).exists():
        return Path("..") / json.loads(manifest.read_text(encoding="utf-8"))["story"]
    return Path(default)


def figures_folder(default: str) -> Path:
    """Return where a notebook saves its figures: where `summit-analysis run` says, else `default`."""
    return Path(os.environ.get(FIGURES, default))


def shipped_notebooks() -> Path:
    """Return the folder of the notebooks that came with this package: inside a wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    return next(p for p in (package / "notebooks", package.parent / "notebooks") if p.is_dir())
