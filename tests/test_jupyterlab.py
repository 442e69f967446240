"""The notebooks as a reader meets them: in the real JupyterLab, in a browser, every cell run."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
import pytest
from browser import PATIENCE, chromium
from tests_root import ALASKA, ROOT

import summit_analysis

pytest.importorskip("jupyterlab")

NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
# What a loaded notebook holds once its cells have run, read from the application itself: far cells are not in the page.
START = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  window.ran = window.jupyterapp.commands.execute("notebook:run-all-cells");
}"""
CELLS = """async () => {
  await window.ran;
  return window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells
    .filter((cell) => cell.cell_type === "code")
    .map((cell) => ({ source: cell.getSource(), count: cell.execution_count, outputs: cell.toJSON().outputs }));
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on loopback whose folder holds the notebooks and the story, and that folder."""
    root = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copytree(ALASKA, root / "data" / "alaska-summit")
    token, folder = secrets.token_hex(16), root / "settings"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")  # fmt: skip
    environment = os.environ | {name: str(folder / name) for name in own}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    options = [
        "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={root}",
        "--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly", "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    with (root / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], stdout=log, stderr=log, cwd=root, env=environment
        )
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                assert server.poll() is None, (root / "lab.log").read_text()
                time.sleep(0.25)
        yield f"{address}/lab/workspaces/{{}}/tree/{{}}?reset&token={token}", root
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="module")
def browser():
    """One browser profile for all pages: what the first loads of JupyterLab, the others find in its cache."""
    with chromium() as opened:
        yield opened.new_context(viewport={"width": 1300, "height": 1400})


def begin(browser, lab, path, workspace):
    """Return a page that begins to open a notebook, and what its console complains of."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(lab[0].format(workspace, path), wait_until="commit")
    return page, complaints


@pytest.fixture(scope="module")
def running(browser, lab):
    """Each notebook in a page of its own, all of them loading at once, and each running as soon as it is open."""
    pages = {name: begin(browser, lab, f"notebooks/{name}", f"w{n}") for n, name in enumerate(NOTEBOOKS)}
    for page, _ in pages.values():
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        page.evaluate(START)
    return pages


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_cell_runs_and_shows_what_it_makes(running, name):
    page, complaints = running[name]
    cells = page.evaluate(CELLS)
    assert [cell["count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert outputs
    assert [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"] == []
    stored = nbformat.read(ROOT / "notebooks" / name, as_version=4)
    pictures = sum("image/png" in o.get("data", {}) for c in stored.cells for o in c.get("outputs", []))
    assert sum("image/png" in o.get("data", {}) for o in outputs) == pictures
    if pictures:
        page.wait_for_selector(".jp-RenderedImage img", state="attached")
    assert complaints == []
    page.close()


def test_what_explore_shows_is_kept_in_a_notebook_that_nobody_trusts(browser, lab, alaska):
    shown = summit_analysis.explore(alaska)
    output = nbformat.v4.new_output("execute_result", {"text/html": shown._repr_html_()}, execution_count=1)
    cell = nbformat.v4.new_code_cell("explore(corpus)", outputs=[output], execution_count=1)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}  # else it asks which to use
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=kernel), lab[1] / "explore.ipynb")
    page, complaints = begin(browser, lab, "explore.ipynb", "explore")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    part = page.locator(".jp-RenderedHTMLCommon > div > details").first
    part.locator("> summary").click()
    claim = part.locator("details").first
    assert not claim.locator("td").first.is_visible()
    claim.locator("> summary").click()
    assert claim.locator("td").first.is_visible()
    marked = claim.locator("td span[style]").nth(1)
    assert marked.evaluate("e => getComputedStyle(e).borderBottomStyle") == "solid"
    assert page.locator(".jp-RenderedHTMLCommon details").count() == shown._repr_html_().count("<details")
    assert complaints == []
    page.close()
