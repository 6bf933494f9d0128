# The two commands of README, and what a developer needs. `make` alone says what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Three files at a time on two cores (tests/conftest.py): many tests wait for a server.
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help demo test test-quick check format lock words countries screens bench faults

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "mailcrm needs Python 3.11 or newer; set PYTHON=python3.11 (or newer) and run make again")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	$(BIN)/python -m compileall -q mailcrm
	touch $(STAMP)

demo: $(STAMP) ## the TUI on a made-up mailbox, nothing to set up
	$(BIN)/mailcrm demo

test: $(STAMP) ## every test; as root installs the servers it needs
	$(BIN)/python tests/servers/require.py --install
	$(PYTEST)

test-quick: $(STAMP) ## the tests that need no server
	$(PYTEST) -m "not server"

check: $(STAMP) ## ruff, format, mypy strict, the house rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## let ruff format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only --quiet .

words: $(STAMP) ## bring the catalogues up to date with the sentences in the code
	$(BIN)/python -m tests.words

countries: $(STAMP) ## make the table of countries anew, from Babel's names and tzdata's zones
	$(BIN)/python -m tests.countries

screens: $(STAMP) ## draw README's pictures, and every screen's text, anew
	$(BIN)/python -m tests.screens.draw
	PYTHONPATH=tests $(BIN)/python -m tests.screens.documents
	MAILCRM_DRAW=1 $(PYTEST) -q tests/tui/test_screen_states.py

bench: $(STAMP) ## benchmarks beside their peers
	$(BIN)/python tests/servers/require.py --install
	MAILCRM_BENCH=long $(BIN)/python -m pytest tests/bench -s -p no:cacheprovider

faults: $(STAMP) ## the long form of the fault suites
	MAILCRM_FAULTS=long $(BIN)/python -m pytest tests/faults tests/ingest/test_store_truth.py tests/tui/test_hostile_terminal.py

lock: ## requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --extra dev --generate-hashes --quiet --custom-compile-command "make lock" pyproject.toml -o requirements.lock
