"""A run keeps to the memory it is granted, measured from outside, and says beforehand what is too little."""

import json
import os
import re
import subprocess
import sys
import time

import pytest
from archive_rows import article

from benchmarks import texts
from summit_analysis.archive import engines, memory, run
from summit_analysis.errors import StoryError

MEGABYTE = 1 << 20
PROGRAM = """
import json, sys
from pathlib import Path
from summit_analysis.archive import engines, run
if __name__ == "__main__":
    source, out, granted, cores = sys.argv[1:]
    try:
        run.archive(Path(source), Path(out), engine=engines.Local(int(cores)), memory=int(granted), all_pairs=True)
        print(json.dumps(run.fingerprint(Path(out))))
    except run.StoryError as error:
        print(json.dumps(str(error)))
"""


def peak_of(source, out, granted, cores):
    """Return what a run in processes of its own said, and the most memory that they took together."""
    command = [sys.executable, "-c", PROGRAM, *map(str, (source, out, granted, cores))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        most = 0
        while process.poll() is None:
            most = max(most, sum(memory.taken(one)["pss"] for one in memory.tree(process.pid)))
            time.sleep(0.05)
        assert process.returncode == 0
        return json.loads(process.stdout.read()), most


@pytest.mark.skipif(not memory.taken()["pss"], reason="this system does not tell what a process takes")
def test_the_least_that_is_asked_for_is_enough_and_is_kept_to(tmp_path):
    source = tmp_path / "generated.parquet"
    texts.generate(1_500).to_parquet(source, index=False)
    refused, _ = peak_of(source, tmp_path / "out", 300 * MEGABYTE, 1)
    least = int(
        re.search(r"300 MB is too little for an archive of 1,500 articles → grant at least (\d+) MB", refused)[1]
    )
    assert not list(tmp_path.glob(".out*")), "nothing was read"
    found, peak = peak_of(source, tmp_path / "out", least * MEGABYTE, 2)
    assert set(found) == set(run.TABLES)
    assert 0.5 * least < peak / MEGABYTE <= least


def test_with_less_memory_there_are_fewer_processes(monkeypatch):
    taken = {"rss": 200 * MEGABYTE, "pss": 190 * MEGABYTE, "anon": 150 * MEGABYTE}
    monkeypatch.setattr(memory, "taken", lambda pid="self": taken)
    monkeypatch.setattr(engines, "_new_pool", lambda cores: Pool())
    monkeypatch.setattr(engines, "warm", lambda: 0)
    started = []
    for granted in (600, 1_000, 4_000):
        engine = engines.Local(3)
        engine.start(granted * MEGABYTE)
        started.append(engine.cores)
    assert started == [1, 1, 3]


class Pool:
    def submit(self, task):
        return task


def test_a_process_takes_more_with_more_in_it_and_counts_those_that_it_started():
    before = memory.of_run(1)
    held = bytearray(64 * MEGABYTE)
    held[:: 1 << 12] = b"x" * len(held[:: 1 << 12])
    assert memory.of_run(1) - before > 60 * MEGABYTE
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert child.pid in memory.tree()
        child.communicate(b"\n")
    assert child.pid not in memory.tree()


def test_what_other_programs_share_with_a_run_does_not_show(monkeypatch):
    alone = {"rss": 300, "pss": 300, "anon": 160}
    monkeypatch.setattr(memory, "tree", lambda: [1, 2])
    for pss in (300, 230, 180):  # the more programs have the same libraries, the less each is said to take
        monkeypatch.setattr(memory, "taken", lambda pid, pss=pss: alone | {"pss": pss})
        assert memory.of_run(2) == 2 * 160 + 140


def test_an_archive_whose_size_is_not_known_beforehand_is_refused_once_it_is_read(write_archive, tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "AN_ARTICLE", 1 << 30)
    with pytest.raises(StoryError, match="too little for an archive of 5 articles"):
        run.archive(write_archive([article(n) for n in range(5)], "a.jsonl"), tmp_path / "out", engine=engines.Local(1))
    assert not (tmp_path / "out").exists()


def test_arrow_keeps_nothing_for_itself():
    program = "import summit_analysis, pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    environment = {name: value for name, value in os.environ.items() if name != "ARROW_DEFAULT_MEMORY_POOL"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "system\n"
