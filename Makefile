# Vraagbaak. `make run` serves the page, `make test` tests everything; both start from nothing but Python 3.11 or newer.
# Every path is relative and every tool is run as a module, so the folder may stand anywhere, also where a name holds a space.

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install --disable-pip-version-check -q -q
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check index eval model clean

help: ## this list
	@echo "make run     serve the page on this machine (first time: installs what it needs, builds the index)"
	@echo "make test    all tests, those in Chromium included"
	@echo "make check   format, lint, types and the tests that need no browser; offline, before every commit"
	@echo "make index   build the index from data/documents anew"
	@echo "make eval    measure how well it searches; the page shows the report"
	@echo "make model   train the embedding model anew from ../shared (hours; needs no GPU)"
	@echo "make clean   remove the index with its uploads, the environment and every cache"
	@echo "ARGS=\"…\" is passed on, for example: make run ARGS=\"--port 8000\""

run: .venv/run.stamp data/built/manifest.json ## the page
	$(PY) app.py $(ARGS)

test: .venv/dev.stamp ## all tests
	@sh tests/browser/install.sh
	$(PY) -m pytest $(ARGS)

check: .venv/dev.stamp ## what a commit must pass
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest -m "not browser" $(ARGS)

index: .venv/run.stamp ## the index
	$(PY) -m index build data/documents --out data/built $(ARGS)

eval: .venv/run.stamp ## the measurements; the page shows the report that they leave
	$(PY) -m eval --html data/report.html --json data/report.json $(ARGS)

model: .venv/run.stamp ## data/model, from the data; killed and started again, it goes on
	$(PIP) -r training/requirements.txt
	$(PY) -m training $(ARGS)

clean: ## back to a fresh clone
	rm -rf .venv data/built .mypy_cache .ruff_cache .pytest_cache .hypothesis .gradio
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

data/built/manifest.json: | .venv/run.stamp
	$(PY) -m index build data/documents --out data/built

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Vraagbaak needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	@echo "making the environment in .venv"
	@$(PYTHON) -m venv .venv || \
		{ echo "no virtual environment could be made: on Debian and Ubuntu, install python3-venv" >&2; exit 1; }

# torch comes first and by itself: asked for as a range by another package, pip would choose the newest build.
.venv/run.stamp: requirements.txt constraints.txt | .venv/bin/python
	@echo "installing requirements.txt (the first time this takes a few minutes)"
	$(PIP) "$$(sed -n '/^torch==/p' requirements.txt)"
	$(PIP) -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	@echo "installing requirements-dev.txt"
	$(PIP) -r requirements-dev.txt
	@touch $@
