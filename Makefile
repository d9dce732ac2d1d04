# The two commands to begin with: `make run` and `make test`. Needs Python 3.11 or newer, nothing else.
# Works with GNU make 3.81 (macOS) and later.

VENV := .venv
PY   := $(VENV)/bin/python
PIP  := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
UV   ?= $(firstword $(wildcard $(VENV)/bin/uv) uv)
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links $(LOCK_ARGS)

PORT          ?= 8000
STATE         ?= .evalgen
LOCAL_API_KEY ?= local-key
WORKERS       ?= 2
ARGS          ?=
export LOCAL_API_KEY WORKERS

.DEFAULT_GOAL := help
.PHONY: help run serve test lint format lock clean

help: ## Show this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

run: $(VENV)/local.stamp ## Generate 20 scenarios for the sample agent and show them (ARGS="--agent FOLDER -n 50")
	@$(PY) -m local run $(ARGS)

serve: $(VENV)/local.stamp ## Serve the API on 127.0.0.1 (PORT, STATE, LOCAL_API_KEY, WORKERS)
	@exec $(PY) -m local serve --port "$(PORT)" --state "$(STATE)"

test: $(VENV)/dev.stamp ## Run all tests, offline (ARGS="tests/unit -k name")
	@$(PY) -m pytest --quiet --numprocesses auto $(ARGS)

lint: $(VENV)/dev.stamp ## Check style, formatting, types and the template
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/cfn-lint template.yaml

format: $(VENV)/dev.stamp ## Format the code
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

lock: ## Renew the locked versions from pyproject.toml (needs uv; LOCK_ARGS=--upgrade)
	$(LOCK) --group layer --output-file layers/evalgen/requirements.txt
	$(LOCK) --group local --constraint layers/evalgen/requirements.txt --output-file requirements/local.txt
	$(LOCK) --group dev --constraint requirements/local.txt --output-file requirements/dev.txt

clean: ## Remove the environment, caches and local state
	rm -rf $(VENV) .evalgen .aws-sam .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/local.stamp: requirements/local.txt $(PY)
	@echo "Installing what evalgen needs (once) ..."
	@$(PIP) -r requirements/local.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(PY)
	@echo "Installing what evalgen and its tests need (once) ..."
	@$(PIP) -r requirements/dev.txt
	@touch $@ $(VENV)/local.stamp

# Candidates are run, not merely found: a version manager's shim may exist and fail.
$(PY):
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    "$$python" -m venv --clear $(VENV) && exit 0; \
	    rm -rf $(VENV); exit 1; \
	  fi; \
	done; \
	echo "evalgen needs Python 3.11 or newer with its venv module; none was found." >&2; \
	echo "Install one (Debian: python3 and python3-venv), or name it: make run PYTHON=/path/to/python3" >&2; \
	exit 1
