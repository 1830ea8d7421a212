# Every target below sets up what it needs first; a second run finds that done within seconds.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test check bench assets screenshots lock

HOST ?= 127.0.0.1
PORT ?= 8000
SERVE ?= yes

# The first Python on the path that is 3.11 or newer.
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
SET_UP = $(if $(PYTHON),$(PYTHON) .make/set_up.py,$(error Engage needs Python 3.11 or newer: sudo apt-get install python3 python3-venv))
BIN := .venv/bin

help: ## list these commands
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## a demonstration survey with answers, poster and report, then serve it (HOST=, PORT=, SERVE=no)
	@$(SET_UP)
	@$(BIN)/python -m engage demo --host "$(HOST)" --port "$(PORT)" $(if $(filter no,$(SERVE)),--no-serve)

# Tests start the program hundreds of times, and without its bytecode every start would compile it again.
test: ## the whole test suite, on every processor (PYTEST= for more arguments, for example PYTEST="-n 0 -k poster")
	@$(SET_UP) --browser
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n auto --maxprocesses 4 $(PYTEST)

check: ## format, lint, types, import contracts, migrations match models
	@$(SET_UP)
	@status=0; \
	for step in "ruff format --check" "ruff check" "mypy" "lint-imports" "python -m pytest -q tests/migrations"; do \
		echo "check: $$step"; $(BIN)/$$step || status=1; \
	done; exit $$status

bench: ## measure the figures that Engage promises
	@$(SET_UP) --browser
	@$(BIN)/python -m benchmarks $(BENCH)

assets: ## build the style sheets and scripts
	@$(SET_UP)

screenshots: ## take the pictures that the README shows
	@$(SET_UP) --browser
	@$(BIN)/python -m tests.end_to_end.screenshots

lock: ## renew the lock files after editing pyproject.toml or package.json (UPGRADE=yes for newest versions)
	@$(SET_UP) system python
	@$(BIN)/python .make/lock.py $(if $(filter yes,$(UPGRADE)),--upgrade)
