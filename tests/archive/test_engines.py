"""Tasks are done once each, where they are missing; a killed worker's work is done by another."""

import os
import signal

import pytest

from summit_analysis.archive import engines, stages
from summit_analysis.errors import StoryError


def leave(work, number, settings):
    stages.write_text(stages.part_file(work, "made", number), settings["word"])


def die_once(work, number, settings):
    flag = work / f"died{number}"
    if number == 1 and not flag.exists():
        flag.write_text("")
        os.kill(os.getpid(), signal.SIGKILL)
    leave(work, number, settings)


def die(work, number, settings):
    os.kill(os.getpid(), signal.SIGKILL)


def test_only_what_is_missing_is_done(tmp_path):
    (tmp_path / "made").mkdir()
    stages.part_file(tmp_path, "made", 1).write_text("earlier")
    told = []
    engines.run_stage(engines.Local(1), "made", leave, tmp_path, 3, {"word": "now"}, lambda *step: told.append(step))
    assert [stages.part_file(tmp_path, "made", n).read_text() for n in range(3)] == ["now", "earlier", "now"]
    assert told == [("made", 1, 3), ("made", 2, 3), ("made", 3, 3)]


@pytest.mark.parametrize("order", [[0, 2, 3], [3, 2, 0]])
def test_what_is_done_is_followed_in_order(order, tmp_path, monkeypatch):
    (tmp_path / "made").mkdir()
    stages.part_file(tmp_path, "made", 1).write_text("earlier")
    followed = []

    def each(engine, task, work, numbers, settings):
        for number in order:
            task(work, number, settings)
            yield number
            assert followed == sorted(followed)
            assert all(stages.part_file(work, "made", n).exists() for n in followed)

    monkeypatch.setattr(engines.Local, "each", each)
    engines.run_stage(
        engines.Local(1), "made", leave, tmp_path, 4, {"word": "now"}, lambda *step: None, follow=followed.append
    )
    assert followed == [0, 1, 2, 3]


def test_a_killed_process_is_replaced(tmp_path):
    with engines.Local(2) as engine:
        assert sorted(set(engine.each(die_once, tmp_path, [0, 1, 2], {"word": "x"}))) == [0, 1, 2]
    assert len(list((tmp_path / "made").glob("*.npz"))) == 3


def test_a_process_that_is_killed_again_and_again_is_given_up(tmp_path):
    with pytest.raises(StoryError, match="killed 3 times"), engines.Local(2) as engine:
        list(engine.each(die, tmp_path, [0, 1], {}))


def test_a_process_that_is_killed_before_its_first_task_is_told(monkeypatch):
    monkeypatch.setattr(engines, "warm", kill_this_process)
    with pytest.raises(StoryError, match="killed once"), engines.Local(2) as engine:
        engine.start(8 << 30)
        engine.room(8 << 30)


def kill_this_process():
    os.kill(os.getpid(), signal.SIGKILL)
