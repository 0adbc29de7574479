# Everything one does with this project. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTHON_BIN := $(BIN)/python
PIP := $(PYTHON_BIN) -m pip --disable-pip-version-check --quiet --quiet
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev
PYTEST := $(PYTHON_BIN) -m pytest
WORKERS ?= 2
CORPUS ?= ../shared/data
# what Python has compiled is kept from one run to the next: without it, finding the tests takes two thirds more time
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run reset test coverage faults conformance journeys june benchmarks lint types layers check lock screenshots clean

help: ## List what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(DEV_STAMP) ## Make .venv with everything, for work on the code

run: $(RUN_STAMP) ## Start everything on this machine and say its address (PORT, SIMULATOR_PORT, CAMPAIGN=folder choose others)
	@exec $(PYTHON_BIN) -m workers.local

reset: ## Forget what `make run` has stored (refuses while it runs; CAMPAIGN=folder as there)
	@$(if $(wildcard $(PYTHON_BIN)),$(PYTHON_BIN),python3) -m workers.local.reset

test: $(DEV_STAMP) $(if $(TRACED),coverage) ## Unit, integration, end-to-end and browser tests (TRACED=1: with their branch coverage, slower)
	@chromium=$$(deploy/find-chromium) && CHROMIUM=$$chromium $(PYTEST) -n $(WORKERS) --dist loadfile \
		$(wildcard $(if $(TRACED),,tests/unit tests/integration) tests/e2e tests/browser)

coverage: $(DEV_STAMP) ## Unit and integration tests, traced: branch coverage of at least 95 % (slow)
	@rm -f .coverage .coverage.* && $(BIN)/coverage run -m pytest -n $(WORKERS) --dist loadfile tests/unit tests/integration
	@$(BIN)/coverage combine --quiet && $(BIN)/coverage report

faults: $(DEV_STAMP) ## Kill processes at every named point and compare what people saw; race confirmations against reminders
	@$(PYTEST) -n $(WORKERS) --dist loadgroup tests/faults
	@$(PYTEST) -n $(WORKERS) --races 200 tests/integration/services/sending/test_confirm_against_send.py

conformance: $(DEV_STAMP) ## Read the corpora of wordings, expressions and forms (CORPUS=folder)
	@[[ -d "$(CORPUS)" ]] || { echo "conformance: there is no folder $(CORPUS)" >&2; exit 1; }
	@$(PYTEST) -n $(WORKERS) tests/conformance --utterances "$(CORPUS)/utterances.yaml" \
		--xpath-corpus "$(CORPUS)/xpath" --xlsforms-corpus "$(CORPUS)/xlsforms"

journeys: $(DEV_STAMP) ## Play the scripted jobs and count turns, characters, seconds, bytes; fails on a worse figure
	@$(PYTHON_BIN) -m benchmarks.journeys

june: $(DEV_STAMP) ## Play a simulated June: everybody who owes is reminded at each time, once, within the quota
	@$(PYTHON_BIN) -m benchmarks.june

benchmarks: $(DEV_STAMP) ## Measure a turn of the form engine, a thousand reminders and a register; fails when one costs too much
	@$(PYTHON_BIN) -m benchmarks.forms
	@$(PYTHON_BIN) -m benchmarks.sending
	@$(PYTHON_BIN) -m benchmarks.register --rows 60000

lint: $(DEV_STAMP) ## Style and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

layers: $(DEV_STAMP) ## Dependencies point one way
	@$(BIN)/lint-imports

types: $(DEV_STAMP) ## Types, strictly
	@$(BIN)/mypy

check: lint types layers journeys june benchmarks test ## What a change must pass before it is offered

lock: $(DEV_STAMP) ## Choose dependency versions anew and write both lock files
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && $(PYTHON_BIN) -m venv "$$tools" && \
	"$$tools/bin/pip" install --quiet uv && \
	compile="$$tools/bin/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --no-emit-index-url \
		--no-emit-find-links --python-version 3.11 pyproject.toml" && \
	$$compile --output-file requirements.lock && $$compile --group dev --output-file requirements-dev.lock

screenshots: $(DEV_STAMP) ## Take the pictures of the README anew, from a running system of their own
	@chromium=$$(deploy/find-chromium) && CHROMIUM=$$chromium $(PYTHON_BIN) -m benchmarks.screenshots

clean: ## Remove caches and the virtual environment, but no data
	@rm -rf $(VENV) .coverage .coverage.* htmlcov build test-results ./*.egg-info .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PYTHON_BIN):
	@deploy/make-venv $(VENV)

$(RUN_STAMP): requirements.lock pyproject.toml | $(PYTHON_BIN)
	@if [[ -f $(DEV_STAMP) ]]; then $(MAKE) --no-print-directory $(DEV_STAMP); else \
	echo "installing locked dependencies" && $(PIP) install --require-hashes -r requirements.lock && \
	$(PIP) install --no-deps --no-build-isolation -e .; fi
	@touch $@

$(DEV_STAMP): requirements-dev.lock requirements.lock pyproject.toml | $(PYTHON_BIN)
	@echo "installing locked dependencies, with those for tests" && \
	$(PIP) install --require-hashes -r requirements-dev.lock && $(PIP) install --no-deps --no-build-isolation -e .
	@touch $(RUN_STAMP) $@
