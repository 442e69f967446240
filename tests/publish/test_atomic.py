import os
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from summit_analysis.publish import atomic


def test_a_failing_write_leaves_the_earlier_file(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    atomic.write_text(path, "old")

    def full_disk(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        atomic.write_text(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_staged_folder_replaces_the_earlier_one_whole(tmp_path):
    out = tmp_path / "out"
    for content in ("old", "new"):
        with atomic.staged(out) as staging:
            (staging / content).write_text(content)
    assert [p.name for p in out.iterdir()] == ["new"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("error", [OSError("disk"), KeyboardInterrupt(), ValueError("bug")])
def test_an_error_leaves_the_earlier_folder(tmp_path, error):
    out = tmp_path / "out"
    with atomic.staged(out) as staging:
        (staging / "old").write_text("old")
    with pytest.raises(type(error)), atomic.staged(out) as staging:
        (staging / "half").write_text("half")
        raise error
    assert [p.name for p in out.iterdir()] == ["old"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_swap_that_was_interrupted_is_undone_at_the_next_start(tmp_path):
    out = tmp_path / "out"
    with atomic.staged(out) as staging:
        (staging / "old").write_text("old")
    out.rename(tmp_path / ".out.previous")  # killed between the two renames
    (tmp_path / ".out.staging").mkdir()
    (tmp_path / ".out.staging" / "half").write_text("half")
    seen = []
    with pytest.raises(ValueError, match="stop"), atomic.staged(out, check=lambda: seen.extend(out.iterdir())):
        raise ValueError("stop")
    assert [p.name for p in seen] == ["old"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    assert (out / "old").exists()


def test_whoever_waits_for_a_folder_says_so_and_finds_it_free(tmp_path):
    work, told = tmp_path / "work", []
    let_go = threading.Event()

    def hold_second():
        with atomic.locked(work, waiting=lambda: (told.append("waits"), let_go.set())):
            told.append("second")
            assert work.is_dir()

    with ThreadPoolExecutor(1) as pool:
        with atomic.locked(work, waiting=lambda: told.append("the first waits")):
            second = pool.submit(hold_second)
            assert let_go.wait(10)
            shutil.rmtree(work)  # as a run does that has ended
            told.append("first ends")
        second.result(10)
    assert told == ["waits", "first ends", "second"]
    assert not work.exists()


def test_a_locked_folder_stays_where_it_holds_anything(tmp_path):
    with atomic.locked(tmp_path / "work"):
        (tmp_path / "work" / "part").write_text("done")
    assert (tmp_path / "work" / "part").exists()


def test_two_runs_at_once_wait_for_each_other(tmp_path):
    out = tmp_path / "out"
    inside = []

    def write(name):
        with atomic.staged(out) as staging:
            inside.append(name)
            (staging / name).write_text(name)
            time.sleep(0.05)
            assert inside[-1] == name
            (staging / f"{name}-too").write_text(name)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, "abcdefgh"))
    last = inside[-1]
    assert sorted(p.name for p in out.iterdir()) == [last, f"{last}-too"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
