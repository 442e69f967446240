"""A whole run: the numbers of the small path, the same bytes however it went, and nothing written of a broken archive."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
from archive_rows import article, events, running_topics
from tests_root import ALASKA, ROOT, TORMEY

from summit_analysis import analysis, load_corpus
from summit_analysis.archive import ingestion, memory, neighbours, run
from summit_analysis.archive.engines import Dask, Local
from summit_analysis.errors import StoryError


def tables_in(out):
    return {name: pd.read_parquet(out / f"{name}.parquet") for name in run.TABLES}


@pytest.mark.parametrize("story", [ALASKA, TORMEY], ids=lambda story: story.name)
def test_a_story_has_the_numbers_of_the_small_path(story, alaska, write_archive, tmp_path):
    corpus = load_corpus(story)
    small = alaska if story == ALASKA else analysis.tables(corpus)
    compared = corpus.articles[corpus.articles["role"] == "article"]
    rows = compared[["article", "outlet", "title", "published"]].to_dict("records")
    path = write_archive([row | {"text": corpus.texts[row["article"]]} for row in rows], "few.jsonl")
    run.archive(path, tmp_path / "out", engine=Local(1))
    found = tables_in(tmp_path / "out")

    cosine = small["similarity"]
    cosine = cosine[(cosine["voice"] == "all") & (cosine["cosine"] > 0)].set_index(["article_a", "article_b"])["cosine"]
    near = found["neighbours"][found["neighbours"]["article"] < found["neighbours"]["neighbour"]]
    near = near.set_index(["article", "neighbour"])["cosine"].sort_index()
    assert len(near) == len(cosine) == len(rows) * (len(rows) - 1) / 2
    assert near.to_numpy() == pytest.approx(cosine.sort_index().to_numpy(), rel=1e-12)

    outlet = compared.set_index("article")["outlet"]
    keyness = small["keyness"][small["keyness"]["voice"] == "all"].assign(outlet=lambda t: t["article"].map(outlet))
    keyness = keyness.set_index(["outlet", "term"]).sort_index()
    large = found["keyness"].set_index(["outlet", "term"]).sort_index()
    assert large.index.tolist() == keyness.index.tolist()
    for name in ("count", "reference_count", "tests"):
        assert (large[name] == keyness[name]).all()
    for name in ("rate", "log_odds", "z", "p", "p_adjusted"):
        assert large[name].to_numpy() == pytest.approx(keyness[name].to_numpy(), rel=1e-9, abs=1e-12)


@pytest.fixture
def archive_of_events(write_archive, monkeypatch):
    monkeypatch.setattr(ingestion, "PART_BYTES", 6_000)
    return write_archive(events(12, outlets=3) + [article(n) for n in range(40)])


def test_stories_planted_are_found(archive_of_events, tmp_path):
    run.archive(archive_of_events, tmp_path / "out", engine=Local(1))
    stories = pd.read_parquet(tmp_path / "out" / "stories.parquet").set_index("article")["story"]
    planted = [stories[[f"e{event:02}-{outlet}" for outlet in range(3)]] for event in range(12)]
    assert [found.nunique() for found in planted] == [1] * 12
    assert len({found.iloc[0] for found in planted}) == 12


@pytest.mark.parametrize("lacking", ["title", "published"])
def test_stories_are_found_without(lacking, write_archive, tmp_path):
    rows = [
        {k: v for k, v in row.items() if k != lacking} for row in events(6, outlets=3) + [article(n) for n in range(40)]
    ]
    run.archive(write_archive(rows), tmp_path / "out", engine=Local(1))
    stories = pd.read_parquet(tmp_path / "out" / "stories.parquet").set_index("article")["story"]
    planted = [stories[[f"e{event:02}-{outlet}" for outlet in range(3)]] for event in range(6)]
    assert [found.nunique() for found in planted] == [1] * 6
    assert len({found.iloc[0] for found in planted}) == 6


def test_copies_of_one_text_are_one_story(write_archive, tmp_path):
    text = " ".join(f"word{n}" for n in range(40))
    run.archive(write_archive([article(n, text=text) for n in range(30)]), tmp_path / "out", engine=Local(1))
    stories = pd.read_parquet(tmp_path / "out" / "stories.parquet")
    assert stories["story"].nunique() == 1 and stories["articles"].unique().tolist() == [30]
    assert stories["copy_of"].tolist() == ["", *["a0000"] * 29]
    assert stories["likeness"].isna().all()


def test_each_event_of_a_running_topic_is_a_story_of_its_own(write_archive, tmp_path):
    rows = pd.DataFrame(running_topics(4, 8)).sample(frac=1, random_state=3)
    run.archive(write_archive(rows.to_dict("records")), tmp_path / "out", engine=Local(1))
    found = pd.read_parquet(tmp_path / "out" / "stories.parquet").set_index("article")["story"]
    assert found.groupby(found.index.str[:5]).nunique().tolist() == [1] * 32
    assert found.nunique() == 32

    near = pd.read_parquet(tmp_path / "out" / "neighbours.parquet")
    same = near["article"].str[:5] == near["neighbour"].str[:5]
    assert near.loc[~same, "cosine"].max() > near.loc[same, "cosine"].min(), "no threshold of cosine tells them apart"


class StoppedError(Exception):
    """Stands for a kill at this very moment."""


@pytest.mark.parametrize("stage", ["reading", "lines", "weights", "shared", "neighbours", "alike", "titles", "writing"])
def test_a_run_that_was_stopped_goes_on_and_gives_the_same_bytes(stage, archive_of_events, tmp_path):
    run.archive(archive_of_events, tmp_path / "whole", engine=Local(1))

    def stop(at, done, count):
        if at == stage and (done or stage == "writing"):
            raise StoppedError

    seen = []
    with pytest.raises(StoppedError):
        run.archive(archive_of_events, tmp_path / "out", engine=Local(1), progress=stop)
    assert not (tmp_path / "out").exists()
    run.archive(archive_of_events, tmp_path / "out", engine=Local(1), progress=lambda *step: seen.append(step))
    assert run.fingerprint(tmp_path / "out") == run.fingerprint(tmp_path / "whole")
    assert (tmp_path / "out" / "summary.html").read_bytes() == (tmp_path / "whole" / "summary.html").read_bytes()
    assert not (tmp_path / ".out.work").exists()
    if stage not in ("reading", "lines"):
        assert next(done for at, done, count in seen if at == "lines") > 0, "what was finished is not done again"


def test_a_second_run_waits_for_the_first_whatever_its_settings(archive_of_events, tmp_path):
    run.archive(archive_of_events, tmp_path / "alone", engine=Local(1), k=3)
    steps = []

    def second():
        run.archive(archive_of_events, tmp_path / "out", engine=Local(1), k=3, progress=lambda *s: steps.append(s[0]))

    with ThreadPoolExecutor(1) as pool:
        begun = []

        def first(stage, done, count):
            if stage == "shared" and not begun:
                begun.append(pool.submit(second))
                while "waiting" not in steps and not begun[0].done():
                    time.sleep(0.01)

        run.archive(archive_of_events, tmp_path / "out", engine=Local(1), k=2, progress=first)
        begun[0].result(120)
    assert steps[:2] == ["waiting", "checking"]
    assert run.fingerprint(tmp_path / "out") == run.fingerprint(tmp_path / "alone")
    assert not (tmp_path / ".out.work").exists()


def test_a_refused_run_leaves_no_work_folder(write_archive, tmp_path):
    with pytest.raises(StoryError, match="too little"):
        run.archive(write_archive([article(1)]), tmp_path / "out", engine=Local(1), memory=1)
    assert [path.name for path in tmp_path.iterdir()] == ["archive.parquet"]


@pytest.fixture
def little_room(monkeypatch):
    """Give tasks so little memory that everything is done in many stretches."""

    def give(room=1 << 14):
        monkeypatch.setattr(memory, "A_TASK", 0)
        monkeypatch.setattr(Local, "room", lambda self, granted: room)

    return give


@pytest.mark.parametrize("all_pairs", [True, False])
def test_parts_and_slices_do_not_show(all_pairs, archive_of_events, tmp_path, monkeypatch, little_room):
    tasks, name = [], "pair_strip" if all_pairs else "turn_block"
    do = getattr(neighbours, name)
    with monkeypatch.context() as context:
        little_room()
        context.setattr(neighbours, name, lambda *task: tasks.append(task[1]) or do(*task))
        for size, value in (("STRIP", 20), ("TILE", 16), ("LATER", 32)):
            context.setattr(neighbours, size, value)
        run.archive(archive_of_events, tmp_path / "many", engine=Local(1), all_pairs=all_pairs)
    assert len(tasks) > 2
    little_room(1 << 30)
    monkeypatch.setattr(ingestion, "PART_BYTES", 8 << 20)
    run.archive(archive_of_events, tmp_path / "one", engine=Local(1), all_pairs=all_pairs)
    assert run.fingerprint(tmp_path / "many") == run.fingerprint(tmp_path / "one")


@pytest.mark.parametrize("stage", ["counts", "neighbours"])
def test_a_run_goes_on_with_other_memory_and_gives_the_same_bytes(stage, archive_of_events, tmp_path, little_room):
    run.archive(archive_of_events, tmp_path / "whole", engine=Local(1))

    def stop(at, done, count):
        if at == stage and done:
            raise StoppedError

    with pytest.raises(StoppedError):
        run.archive(archive_of_events, tmp_path / "out", engine=Local(1), progress=stop)
    little_room()
    run.archive(archive_of_events, tmp_path / "out", engine=Local(1))
    assert run.fingerprint(tmp_path / "out") == run.fingerprint(tmp_path / "whole")


def test_dask_gives_the_same_though_a_worker_is_killed(archive_of_events, tmp_path):
    run.archive(archive_of_events, tmp_path / "local", engine=Local(1))
    killed = []

    def kill(stage, done, count):
        if stage == "counts" and done == 1 and not killed:
            pid = next(iter(engine.client.run(os.getpid).values()))
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    engine = Dask(workers=2)
    run.archive(archive_of_events, tmp_path / "dask", engine=engine, progress=kill)
    assert killed
    assert run.fingerprint(tmp_path / "dask") == run.fingerprint(tmp_path / "local")


def test_two_processes_give_the_same(archive_of_events, tmp_path):
    run.archive(archive_of_events, tmp_path / "one", engine=Local(1))
    run.archive(archive_of_events, tmp_path / "two", engine=Local(2))
    assert run.fingerprint(tmp_path / "two") == run.fingerprint(tmp_path / "one")


def test_a_damaged_shard_stops_the_run_or_is_listed(write_archive, tmp_path):
    write_archive([article(n) for n in range(9)], "shards/a.parquet")
    broken = write_archive([article(n) for n in range(9, 18)], "shards/b.parquet")
    broken.write_bytes(broken.read_bytes()[:-100])
    with pytest.raises(StoryError, match=r"b\.parquet.*damaged or cut off"):
        run.archive(tmp_path / "shards", tmp_path / "out", engine=Local(1))
    assert not (tmp_path / "out").exists()
    notes = run.archive(tmp_path / "shards", tmp_path / "out", engine=Local(1), skip_damaged=True)
    assert notes == ["left out, as it is damaged: b.parquet"]
    found = tables_in(tmp_path / "out")
    assert len(found["articles"]) == 9
    assert found["load_report"]["shard"].tolist() == ["b.parquet"]


def test_an_archive_of_one_article(write_archive, tmp_path):
    run.archive(write_archive([article(1)]), tmp_path / "out", engine=Local(1))
    found = tables_in(tmp_path / "out")
    assert [len(found[name]) for name in ("neighbours", "duplicates", "keyness", "stories")] == [0, 0, 0, 1]


def test_every_column_is_described(write_archive, tmp_path):
    run.archive(write_archive([article(1)]), tmp_path / "out", engine=Local(1))
    page = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8").splitlines()
    described = {name: next(line for line in page if line.startswith(f"| `{name}` |")) for name in run.TABLES}
    lacking = [
        (name, column)
        for name, table in tables_in(tmp_path / "out").items()
        for column in table.columns
        if f"`{column}`" not in described[name]
    ]
    assert not lacking


def test_a_folder_of_somebody_else_is_left_alone(write_archive, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(StoryError, match="not empty"):
        run.archive(write_archive([article(1)]), tmp_path / "out", engine=Local(1))
