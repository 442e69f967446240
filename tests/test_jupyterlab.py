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
from summit_analysis.publish.rendering import DESCRIBED

pytest.importorskip("jupyterlab")

NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
# Loading JupyterLab costs more than opening a notebook in it: two pages, each of which runs its share one after another.
PAGES = 2
START = """(paths) => {
  const { commands, shell } = window.jupyterapp;
  const run = async (path) => {
    const panel = await commands.execute("docmanager:open", { path });
    await panel.context.ready;
    await panel.sessionContext.ready;
    shell.activateById(panel.id);
    await commands.execute("notebook:run-all-cells");
    // Read from the application itself: far cells are not in the page.
    const cells = panel.content.model.sharedModel.cells
      .filter((cell) => cell.cell_type === "code")
      .map((cell) => ({ count: cell.execution_count, outputs: cell.toJSON().outputs }));
    return { cells, seen: panel.node.querySelectorAll(".jp-OutputArea-output").length };
  };
  let last = Promise.resolve();
  window.ran = {};
  for (const path of paths) last = window.ran[path] = last.then(() => run(path));
}"""
RAN = """([path, patience]) => Promise.race([
  window.ran[path],
  new Promise((_, fail) => setTimeout(() => fail(new Error(`${path} has not ended`)), patience)),
])"""
OPEN = """async (path) => {
  const panel = await window.jupyterapp.commands.execute("docmanager:open", { path });
  await panel.context.ready;
}"""
SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"


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
        yield f"{address}/lab/workspaces/{{}}?reset&token={token}", root
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="module")
def browser():
    """One browser profile for all pages: what the first loads of JupyterLab, the others find in its cache."""
    with chromium() as opened:
        yield opened.new_context(viewport={"width": 1300, "height": 1400})


def open_lab(browser, lab, workspace):
    """Return a page with JupyterLab in it, and what its console complains of."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(lab[0].format(workspace))
    page.wait_for_function("window.jupyterapp")
    page.evaluate("window.jupyterapp.restored.then(() => null)")
    return page, complaints


@pytest.fixture(scope="module")
def running(browser, lab):
    """The page that each notebook runs in, by name; both pages run at once."""
    pages, share = {}, -(-len(NOTEBOOKS) // PAGES)
    for n in range(PAGES):
        opened, own = open_lab(browser, lab, f"w{n}"), NOTEBOOKS[n * share : (n + 1) * share]
        opened[0].evaluate(START, [f"notebooks/{name}" for name in own])
        pages |= dict.fromkeys(own, opened)
    return pages


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_cell_runs_and_shows_what_it_makes(running, name):
    page, complaints = running[name]
    ran = page.evaluate(RAN, [f"notebooks/{name}", 2 * PATIENCE])
    assert [cell["count"] for cell in ran["cells"]] == list(range(1, len(ran["cells"]) + 1))
    outputs = [output for cell in ran["cells"] for output in cell["outputs"]]
    assert outputs
    assert ran["seen"]
    assert [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"] == []
    stored = nbformat.read(ROOT / "notebooks" / name, as_version=4)
    pictures = sum("image/png" in o.get("data", {}) for c in stored.cells for o in c.get("outputs", []))
    assert sum("image/png" in o.get("data", {}) for o in outputs) == pictures
    # JupyterLab gives its pictures no alt text; ours stands below each of them.
    assert sum(DESCRIBED in "".join(o.get("data", {}).get("text/html", "")) for o in outputs) == pictures
    assert complaints == []


def test_what_explore_shows_is_kept_in_a_notebook_that_nobody_trusts(running, lab, alaska):
    shown = summit_analysis.explore(alaska)
    output = nbformat.v4.new_output("execute_result", {"text/html": shown._repr_html_()}, execution_count=1)
    cell = nbformat.v4.new_code_cell("explore(corpus)", outputs=[output], execution_count=1)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}  # else it asks which to use
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=kernel), lab[1] / "explore.ipynb")
    page, complaints = running[NOTEBOOKS[0]]
    page.evaluate(OPEN, "explore.ipynb")
    part = page.locator(f"{SHOWN} .jp-RenderedHTMLCommon > div > details").first
    part.locator("> summary").click()
    claim = part.locator("details").first
    assert not claim.locator("td").first.is_visible()
    claim.locator("> summary").click()
    assert claim.locator("td").first.is_visible()
    marked = claim.locator("td span[style]").nth(1)
    assert marked.evaluate("e => getComputedStyle(e).borderBottomStyle") == "solid"
    details = page.locator(f"{SHOWN} .jp-RenderedHTMLCommon details").count()
    assert details == shown._repr_html_().count("<details")
    assert complaints == []


def test_a_picture_is_seen_and_its_description_can_be_opened(running):
    page, complaints = running["2_similarity.ipynb"]
    page.evaluate(RAN, ["notebooks/2_similarity.ipynb", PATIENCE])
    page.evaluate(OPEN, "notebooks/2_similarity.ipynb")
    page.wait_for_selector(f"{SHOWN} .jp-RenderedImage img", state="attached")
    below = page.locator(f"{SHOWN} .jp-RenderedHTMLCommon details", has_text=DESCRIBED).first
    below.locator("> summary").click()
    assert below.locator("p").is_visible()
    assert complaints == []
