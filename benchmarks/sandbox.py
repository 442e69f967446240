"""A call in a forked child with limits on time and memory, so that nothing it does reaches the next one."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MEMORY = 8 * 2**30


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit code (negative: the signal), what it printed, and how long it took."""

    code: int
    printed: str
    errors: str
    seconds: float
    hung: bool = False


def call(function: Callable[[], object], place: Path, *, seconds: float = 60) -> Ended:
    """Run `function` in a forked child that may use `seconds` of time; what it prints goes to files in `place`."""
    place.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    sys.stderr.flush()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        _live(function, place, seconds)
    status, hung = None, False
    while status is None:
        ended, code = os.waitpid(child, os.WNOHANG)
        if ended:
            status = code
        elif time.monotonic() - began > seconds:
            hung = True
            os.kill(child, signal.SIGKILL)
            status = os.waitpid(child, 0)[1]
        else:
            time.sleep(0.002)
    code = os.waitstatus_to_exitcode(status)
    printed, errors = (_read(place / name) for name in ("stdout.txt", "stderr.txt"))
    return Ended(code, printed, errors, time.monotonic() - began, hung)


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", errors="backslashreplace", newline="") as file:
        return file.read(2_000_000)


def _live(function: Callable[[], object], place: Path, seconds: float) -> None:
    code = 70
    try:
        os.setsid()
        for number, name in ((1, "stdout.txt"), (2, "stderr.txt")):
            handle = os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(handle, number)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) * 2 + 5, int(seconds) * 2 + 6))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        function()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
