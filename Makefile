PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
LOCKED := --require-hashes --only-binary=:all:
OUT := out

.DEFAULT_GOAL := help
.PHONY: help run install test test-full check lint format docs lock bench clean

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / — /'

$(VENV)/.base: requirements.lock pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本 (Python 3.11 or newer is needed)"; exit 1; }
	@$(PY) -m venv $(VENV) || { echo "缺少 venv，请先安装 (first install): apt-get install -y python3-venv"; exit 1; }
	@$(PIP) $(LOCKED) -r requirements.lock
	@$(PIP) --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.test: $(VENV)/.base requirements-test.lock
	@$(PIP) $(LOCKED) -r requirements-test.lock
	@touch $@

install: $(VENV)/.base  ## build .venv with the command .venv/bin/kaohe

run: $(VENV)/.base  ## set up, then score the sample city from its filled workbook
	@$(BIN)/python tools/demo.py $(OUT)

test: $(VENV)/.test  ## set up, then every kind of test with reduced counts
	@$(BIN)/python -m pytest -n auto --dist worksteal

test-full: $(VENV)/.test  ## the same with the counts that the project promises (long)
	@KAOHE_TEST_COUNTS=full $(BIN)/python -m pytest -n auto --dist worksteal

check: $(VENV)/.test lint test  ## format, lint, types, contracts, tests, docs up to date

lint: $(VENV)/.test  ## format, lint, types and import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.test  ## put the code into its form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: $(VENV)/.test  ## write the generated reference pages anew
	@$(BIN)/python tools/reference.py

bench: $(VENV)/.test  ## measure speed, as ratios against named peers
	@$(BIN)/python benchmarks/run.py

lock: $(VENV)/.test  ## resolve the dependencies anew (needs uv)
	@uv pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 pyproject.toml --group build -o requirements.lock
	@uv pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 pyproject.toml --group build --group test -o requirements-test.lock

clean:  ## remove what was set up
	@rm -rf $(VENV) $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis
