"""Imports run one way: from what is made last to what is made first."""

import ast

import pytest
from tests_root import ROOT

PACKAGE = ROOT / "summit_analysis"
# A module may import from its own layer only where the layer is marked, and from all layers before it.
LAYERS = (
    ({"errors"}, False),
    ({"decoding", "statistics", "lexicons"}, False),
    ({"strict_csv"}, False),
    ({"reading"}, True),
    ({"corpus"}, False),
    ({"judgements"}, False),
    ({"codebook"}, False),
    ({"text"}, True),
    ({"background"}, False),
    ({"measures"}, False),
    ({"analysis"}, False),
    ({"story_check"}, False),
    ({"findings"}, True),
    ({"charts"}, True),
    ({"publish"}, True),
    ({"archive"}, True),
    ({"cli"}, False),
    ({"__main__"}, False),
)
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def layer_of(name: str) -> int:
    return next(n for n, (rooms, _) in enumerate(LAYERS) if name in rooms)


def imports_of(path):
    """Return the room (first part below the package) and the module of each import from the package."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "summit_analysis":
            parts = node.module.split(".")[1:]
            yield from ([parts[0]] if parts else [alias.name for alias in node.names])
        elif isinstance(node, ast.Import):
            yield from (a.name.split(".")[1] for a in node.names if a.name.startswith("summit_analysis."))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_point_one_way(path):
    own = layer_of(path.relative_to(PACKAGE).parts[0].removesuffix(".py"))
    for room in imports_of(path):
        other = layer_of(room)
        assert other < own or (other == own and LAYERS[own][1]), f"{path.name} imports {room}"


def test_measures_do_not_know_each_other():
    for path in (PACKAGE / "measures").glob("*.py"):
        assert "measures" not in set(imports_of(path)), path.name


def test_every_module_has_a_test_beside_it():
    exempt = {"__init__.py", "__main__.py", "errors.py", "style.py", "articles.py", "overview.py"}
    tests = {p.name for p in (ROOT / "tests").rglob("test_*.py")}
    for path in MODULES:
        if path.name not in exempt and path.parent.name not in ("charts", "findings"):
            assert f"test_{path.name}" in tests, path
