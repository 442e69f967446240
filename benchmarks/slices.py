"""A long measurement in slices: what was measured stays in a file, and the next call goes on from there."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "summit_analysis"


class TimeUpError(Exception):
    """The minutes of this slice are over; what was measured is kept."""


class Slices:
    """Measured values by key, one JSON line each in `path`; without a path nothing is kept.

    Values measured with another state of the package or of the benchmark are measured again, so that a result never
    mixes two of them.
    """

    def __init__(self, path: Path | None, minutes: float = 0) -> None:
        self.path = path
        self.code = _hash_of_code()
        self.ends = time.monotonic() + 60 * minutes if minutes else float("inf")
        lines = path.read_text(encoding="utf-8").splitlines() if path and path.exists() else []
        self.known = {key: value for code, key, value in map(json.loads, lines) if code == self.code}

    def get(self, key: str, measure: Callable[[], object]) -> object:
        """Return the value of `key`, measured now where it is not known; raise `TimeUpError` where no time is left."""
        if key not in self.known:
            if time.monotonic() > self.ends:
                raise TimeUpError
            # Read back, so that the first call sees what a later one will.
            line = json.dumps([self.code, key, measure()])
            self.known[key] = json.loads(line)[2]
            if self.path:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(line + "\n")
        return self.known[key]


def _hash_of_code() -> str:
    """Return a hash of the package and of the benchmarks that this process has imported."""
    imported = {Path(m.__file__).resolve() for m in sys.modules.values() if getattr(m, "__file__", None)}
    sources = {
        *(path for path in imported if path.is_relative_to(HERE)),
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("*.toml"),
    }
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sorted(sources))).hexdigest()


def add_options(options: argparse.ArgumentParser) -> None:
    """Add the options that slice a measurement."""
    options.add_argument("--kept", type=Path, help="file that keeps what was measured, for the next call to go on from")
    options.add_argument("--minutes", type=float, default=0, help="stop after so many, with exit code 3; needs --kept")
