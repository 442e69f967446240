# `make report` from nothing to the finished comparison; `make test` from nothing to the passed tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: report test lab clean
.DEFAULT_GOAL := report

report: $(READY)
	$(BIN)/summit-analysis run data/alaska-summit --out build
	@cp build/notebooks/*.ipynb notebooks/
	@rm -rf figures && cp -R build/figures figures
	@echo "In this checkout, notebooks/ and figures/ are refreshed; open figures/README.md for the gallery."

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder
	$(BIN)/python -m pytest --nbval --nbval-current-env -n auto --dist loadfile notebooks

lab: $(READY)
	$(BIN)/jupyter lab notebooks

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, and $(PYTHON) is older: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[notebook,dev]"
# Where Python may not write bytecode, every kernel would compile its imports anew.
ifdef PYTHONDONTWRITEBYTECODE
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q -j 0 $(VENV)/lib > /dev/null || true
endif
	@touch $(READY)

clean:
	rm -rf $(VENV) build
