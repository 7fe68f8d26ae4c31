BIN := .venv/bin
SETUP := sh tools/setup.sh
OUT := out

.DEFAULT_GOAL := help
.PHONY: help run demo install test test-full check lint format docs lock bench clean set-up-tests

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## / — /'

run:  ## set up, then start the site with a sample city half-way through its year
	@$(SETUP) && $(BIN)/python tools/sample_site.py $(OUT)/site

demo:  ## set up, then score the sample city from its filled workbook, on the command line
	@$(SETUP) && $(BIN)/python tools/demo.py $(OUT)

install:  ## build .venv with the command .venv/bin/kaohe
	@$(SETUP)

set-up-tests:
	@$(SETUP) requirements-test.lock

test:  ## set up, then run every kind of test with reduced counts
	@sh tools/test.sh

test-full:  ## the same with all the cases that are promised (long)
	@KAOHE_TEST_COUNTS=full sh tools/test.sh

check: lint test  ## everything that must hold: format, lint, types, contracts, tests, current docs

lint: set-up-tests  ## format, lint, types and import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: set-up-tests  ## put the code into its form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: set-up-tests  ## write the generated pages, the sentences and the sample workbook anew
	@$(BIN)/python tools/messages.py
	@$(BIN)/python tools/generate.py

bench: set-up-tests  ## measure speed, as ratios against named peers
	@$(BIN)/python benchmarks/run.py

lock:  ## resolve the dependencies anew (needs uv)
	@uv pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 pyproject.toml --group build -o requirements.lock
	@uv pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 pyproject.toml --group build --group test -o requirements-test.lock

clean:  ## remove what was set up
	@rm -rf .venv $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
