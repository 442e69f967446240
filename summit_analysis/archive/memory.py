"""What processes take of this machine's memory, as the system itself counts it."""

from __future__ import annotations

import os
from pathlib import Path

KILOBYTE = 1 << 10


def taken(pid: int | str = "self") -> dict[str, int]:
    """Return the bytes that a process takes now: ``pss`` (a page that n processes share counts 1/n), of these ``anon``.

    ``anon`` is what the process wrote itself; the rest are files that it maps, its libraries among them. Both are 0 for a
    process that has ended, and where the system does not tell.
    """
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return {"pss": 0, "anon": 0}
    sizes = {name: int(size.split()[0]) * KILOBYTE for name, size in (line.split(":") for line in lines)}
    return {"pss": sizes["Pss"], "anon": sizes["Pss_Anon"]}


def tree(pid: int | None = None) -> list[int]:
    """Return a process (by default this one) and all that descend from it."""
    found, waiting = [], [pid or os.getpid()]
    while waiting:
        process = waiting.pop()
        found.append(process)
        try:
            for task in Path(f"/proc/{process}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found
