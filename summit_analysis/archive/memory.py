"""How much of this machine's memory a run takes, as the system itself counts it, and how it gives back what it is done with."""

from __future__ import annotations

import contextlib
import ctypes
import os
from pathlib import Path

import pyarrow as pa

KILOBYTE = 1 << 10
# What a task takes at most beyond its process: the text of one part (`ingestion.PART_BYTES`) in all the forms it goes through ...
A_TASK = 128 << 20
# ... and with it what reading the archive leaves behind in a process that does both.
LEAST_ROOM = A_TASK + (32 << 20)
# What the process that joins holds of an article at most: its id, day, neighbours, story and share of the tests of words.
AN_ARTICLE = 2_000
# Two runs of one program do not take quite the same: so much more is asked for than the run that asks would have needed.
SPARE = 8 << 20
# What a process with its libraries takes where the system does not tell (no ``/proc``).
TYPICAL = 300 << 20


def taken(pid: int | str = "self") -> dict[str, int]:
    """Return the bytes that a process takes now: ``rss``, ``pss`` (a page that n processes share counts 1/n), and ``anon``.

    ``anon`` is what the process wrote itself; the rest are files that it maps, its libraries among them. All are 0 for a
    process that has ended, and where the system does not tell.
    """
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return {"rss": 0, "pss": 0, "anon": 0}
    sizes = {name: int(size.split()[0]) * KILOBYTE for name, size in (line.split(":") for line in lines)}
    return {"rss": sizes["Rss"], "pss": sizes["Pss"], "anon": sizes["Pss_Anon"]}


def tree(pid: int | None = None) -> list[int]:
    """Return a process (by default this one) and all that descend from it."""
    found, waiting = [], [pid or os.getpid()]
    while waiting:
        process = waiting.pop()
        found.append(process)
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{process}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
    return found


def of_run(processes: int) -> int:
    """Return what this process and all that descend from it take now, `processes` in all as far as is known.

    Files that they share count once, and as if no other program had them too: it may end before this one does.
    """
    each = [taken(process) for process in tree()]
    files = max(one["rss"] - one["anon"] for one in each)
    return sum(one["anon"] for one in each) + files or processes * TYPICAL


def mapped() -> int:
    """Return the bytes of files that this process has mapped and touched; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[2]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def settle() -> None:
    """Have Arrow take memory where all else does, in a process that had imported it before this package."""
    pa.set_memory_pool(pa.system_memory_pool())


def give_back() -> None:
    """Return to the system what was freed, where the C library can (glibc): it would keep most of it."""
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
