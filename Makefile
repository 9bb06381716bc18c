# Everything a fresh machine needs: Python 3.11 or later (with venv and pip), make, a package index.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SOURCES := emulator devices hardware scenarios tests
DEMO := hanlab-out/demo
# Tests that share one process each; two fit the smallest machine this is built on.
WORKERS ?= 2
# Where the shared data and the clients of the judges lie.
SHARED ?= $(or $(HANLAB_SHARED),../shared)

# Thousands of modules in many short processes: compiled once, whatever the caller's environment says.
export PYTHONDONTWRITEBYTECODE :=
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(VENV)

.PHONY: help setup demo test lint types layers unit test-slow bench judges mutation reference clean

help: ## show what there is to do
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

setup: $(READY) ## make the environment in .venv, exactly as uv.lock says

$(READY): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; say which with make PYTHON=...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test "$$($(BIN)/uv --version 2>/dev/null | cut -d' ' -f2)" = "$(UV_VERSION)" \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv sync --quiet --frozen --all-extras --inexact --python $(BIN)/python
	@touch $@

demo: $(READY) ## install and commission a dual-fuel home, and say where the report is
	$(BIN)/hanlab run commissioning/dual_fuel \
		--devices scenarios/shipments/dual-fuel.csv --out $(DEMO) --force
	@echo "report: $(CURDIR)/$(DEMO)/report.html"

test: lint types layers unit ## lint, types, layers and every test that is not slow

lint: $(READY) ## ruff: rules and formatting
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

types: $(READY) ## mypy, strict, tests included
	$(BIN)/mypy

layers: $(READY) ## import-linter: who may import whom
	$(BIN)/lint-imports --no-cache

unit: $(READY) ## the tests, without the slow ones
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not slow and not on_air"

test-slow: $(READY) ## the long tests, and the property tests with ten times as many examples
	HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "slow and not on_air" --timeout=1800
	HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not slow and not on_air" --timeout=1800 \
		tests/kernel tests/wire tests/crypto tests/zigbee tests/zcl

bench: $(READY) ## measure speed and memory; figures go to build/bench.json
	$(BIN)/python -m tests.benchmarks.run build/bench.json

judges: ## install the programs of others that judge ours, each in a folder of its own
	@mkdir -p build/judges
	cp -R $(SHARED)/oracles/zigbee-host build/judges/
	cp -R $(SHARED)/oracles/dcc-client build/judges/
	npm install --prefix build/judges/zigbee-host --no-audit --no-fund --loglevel=error
	npm install --prefix build/judges/dcc-client --no-audit --no-fund --loglevel=error
	cp -R $(SHARED)/oracles/zigbee-ncp build/judges/
	$(PYTHON) -m venv build/judges/zigbee-ncp/.venv
	build/judges/zigbee-ncp/.venv/bin/python -m pip install --quiet \
		--disable-pip-version-check -r build/judges/zigbee-ncp/requirements.txt

mutation: $(READY) ## change the code on purpose and count the changes the tests notice
	$(BIN)/python -m tests.mutation.run

reference: $(READY) ## write the reference pages that come out of the program
	$(BIN)/python -m tests.docs.reference_pages

clean: ## remove everything that was made here
	rm -rf $(VENV) build dist hanlab-out mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis
