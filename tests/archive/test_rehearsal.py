"""What a run needs of compiled code is there after the rehearsal."""

from archive_rows import article, events
from numba.core.registry import CPUDispatcher

from summit_analysis.archive import kernels, rehearsal, run
from summit_analysis.archive.engines import Local


def test_a_run_compiles_nothing_more(write_archive, tmp_path):
    loops = {name: loop for name, loop in vars(kernels).items() if isinstance(loop, CPUDispatcher)}
    rehearsal.rehearse()
    before = {name: list(loop.signatures) for name, loop in loops.items()}
    rows = [*events(3, outlets=3), article(1), article(1, article="copy"), article(2, text="İzmir and İstanbul met.")]
    run.archive(write_archive(rows), tmp_path / "out", engine=Local(1))
    assert {name: list(loop.signatures) for name, loop in loops.items()} == before
