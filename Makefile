# Everything runs in .venv, which the targets make on demand. Another Python: make PYTHON=/opt/python3.12/bin/python3 test

PYTHON ?= $(shell for candidate in python3 python3.14 python3.13 python3.12 python3.11; do \
	if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$$candidate"; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test lint types format wheel-test bench fuzz tables oracle clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 20

# pip learnt dependency groups in 25.1, which is younger than the pip that most Pythons bring.
$(VENV)/pip.stamp:
	@if [ -z "$(PYTHON)" ]; then echo "dynalint needs Python 3.11 or newer, and none is on PATH: make PYTHON=/path/to/python3 …" >&2; exit 1; fi
	@if ! "$(PYTHON)" -m venv $(VENV); then echo "$(PYTHON) cannot make a virtual environment (on Debian: apt install python3-venv)" >&2; exit 1; fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/package.stamp: $(VENV)/pip.stamp pyproject.toml $(wildcard setup.py)
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/package.stamp
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(VENV)/fuzz.stamp: $(VENV)/dev.stamp
	@$(BIN)/python -m pip install --quiet --group fuzz
	@touch $@

demo: $(VENV)/package.stamp ## check a flawed example: it is meant to have findings
	@$(BIN)/dynalint check examples/flawed; status=$$?; \
	if [ $$status -ne 1 ]; then echo "demo: the flawed example ought to end in findings (exit code 1), not in $$status" >&2; exit 1; fi; \
	echo; echo "All of that is on purpose: examples/README.md says what is wrong where."

test: $(VENV)/dev.stamp ## run the whole test suite, on all processors
	@$(BIN)/python -m pytest -n auto --dist loadgroup

lint: $(VENV)/dev.stamp ## check style and formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp ## check types
	@$(BIN)/mypy

format: $(VENV)/dev.stamp ## put the code into its format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

wheel-test: $(VENV)/dev.stamp ## build wheel and sdist, try the wheel in an empty environment elsewhere
	@$(BIN)/python scripts/wheel_test.py

bench: $(VENV)/dev.stamp ## measure dynalint and checkov side by side (minutes), into bench/RESULTS.md
	@$(BIN)/python -m bench.run

fuzz: $(VENV)/fuzz.stamp ## fuzz everything that reads or writes, a minute each (TARGETS=scanner SECONDS=600), into fuzz/
	@$(BIN)/python -m fuzz.run $(or $(TARGETS),all) --seconds $(or $(SECONDS),60)

tables: $(VENV)/dev.stamp ## make the parser tables that ship from the installed python-hcl2
	@$(BIN)/python scripts/parser_tables.py

oracle: $(VENV)/dev.stamp ## ask the real terraform whether every stored answer still holds (minutes)
	@$(BIN)/python -m tests.oracle.record --check tests/fixtures/golden/variants/* tests/fixtures/evaluation/*/

clean: ## remove what the targets made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache
