# The two commands to begin with: `make run` and `make test`. Needs Python 3.11 or newer, nothing else.
# Works with GNU make 3.81 (macOS) and later.

VENV := .venv
PY   := $(VENV)/bin/python
PIP  := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
INSTALL = $(PIP) -r $(1) 2>$(VENV)/pip.log || { \
  echo "evalgen: $(1) could not be installed, which needs the network once: $$(tail -n 1 $(VENV)/pip.log)" >&2; exit 1; }
UV   ?= $(firstword $(wildcard $(VENV)/bin/uv) uv)
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links $(LOCK_ARGS)

COMMAND := PYTHONPATH=layers/evalgen $(PY) -m evalgen_cli

AGENT         ?= events/agents/roadside
PORT          ?= 8000
STATE         ?= .evalgen
LOCAL_API_KEY ?= local-key
WORKERS       ?= 2
STORE         ?= sqlite
MODEL         ?=
ARGS          ?=
RUNTIME       ?= python3.13
ARCH          ?= arm64
STACK         ?= evalgen
export LOCAL_API_KEY MODEL WORKERS RUNTIME ARCH STACK
# DynamoDB, and models of Bedrock, are reached by boto3, which Lambda brings and only the tests need otherwise.
STAMP := $(VENV)/$(if $(filter aws bedrock,$(STORE) $(firstword $(subst :, ,$(MODEL)))),dev,local).stamp

.DEFAULT_GOAL := help
.PHONY: help run serve endpoint prompt bench fuzz explain wheel test lint format build sbom deploy check witnesses faults lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

run: $(STAMP) ## Generate 20 scenarios for the sample agent and show them (AGENT=folder, ARGS="-n 50", MODEL=openai:ID)
	@$(COMMAND) generate "$(AGENT)" --out scenarios.json $(ARGS)

serve: $(if $(filter aws,$(STORE)),endpoint) $(STAMP) ## Serve the API on 127.0.0.1 (PORT, STATE, STORE=aws, MODEL, LOCAL_API_KEY, WORKERS)
	@exec $(PY) -m local serve --port "$(PORT)" --state "$(STATE)" --store "$(STORE)"

endpoint:
	@if [ -z "$$AWS_ENDPOINT_URL" ]; then \
	  echo "evalgen: STORE=aws needs AWS_ENDPOINT_URL, the address of what stands for AWS" >&2; exit 1; \
	fi

explain: $(VENV)/local.stamp ## Show what is understood of an agent (AGENT=folder, ARGS=--json, ARGS=--trace)
	@$(COMMAND) explain "$(AGENT)" $(ARGS)

wheel: ## Build the package with the command `evalgen` into dist/ (needs uv)
	$(UV) build --quiet --wheel --out-dir dist

test: $(VENV)/dev.stamp ## Run all tests, offline (ARGS="tests/unit -k name")
	@$(PY) -m pytest --quiet --numprocesses auto $(ARGS)

lint: $(VENV)/dev.stamp ## Check style, formatting, types and the template
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/cfn-lint template.yaml

prompt: $(VENV)/local.stamp ## Print what a model would be sent, without sending it (AGENT=folder, STEP=read|plan|write|review)
	@$(COMMAND) prompt "$(AGENT)" $(if $(STEP),--step "$(STEP)")

bench: $(VENV)/dev.stamp ## Measure: the table of docs/benchmarks.md, money, lists, fairness, generation (PART=measured ARGS="6 7")
	@for part in $(or $(PART),measured money lists fairness generation); do \
	  PYTHONPATH=.:layers/evalgen $(PY) -m benchmarks.$$part $(if $(PART),$(ARGS)) || exit 1; done

fuzz: $(VENV)/local.stamp ## Try random inputs within bounds of time and memory (ARGS="--seconds 600 --seed 7")
	@PYTHONPATH=layers/evalgen $(PY) -m fuzz $(ARGS)

format: $(VENV)/dev.stamp ## Format the code
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

build: $(VENV)/dev.stamp ## Build functions and layer for AWS (RUNTIME, ARCH); docs/deploy.md
	@$(PY) -m deploy build

deploy: build ## Build and deploy to AWS (STACK, RUNTIME, ARCH, ARGS="Stage=v1 AlarmEmail=you@example.com")
	@$(PY) -m deploy up $(ARGS)

sbom: $(VENV)/local.stamp ## Print what the layer is made of (CycloneDX, JSON)
	@PYTHONPATH=layers/evalgen $(PY) -m deploy sbom

check: $(VENV)/dev.stamp ## Check what needs more than Python: build, runtime, deployment, linters (ARGS="-k name")
	@$(PY) -m pytest --quiet --force-enable-socket checks $(ARGS)

witnesses: $(VENV)/dev.stamp ## Switch each pattern of the languages off and see a test fail (ARGS=en/duties); long
	@PYTHONPATH=.:layers/evalgen $(PY) -m checks.witnesses $(ARGS)

faults: $(VENV)/dev.stamp ## Inject some thousand faults and count what survived (ARGS="--storms 1000"; Java, or --no-java)
	@PYTHONPATH=layers/evalgen $(PY) -m checks.faults $(ARGS)

lock: ## Renew the locked versions from pyproject.toml (needs uv; LOCK_ARGS=--upgrade)
	$(LOCK) --group layer --output-file layers/evalgen/requirements.txt
	$(LOCK) --group local --constraint layers/evalgen/requirements.txt --output-file requirements/local.txt
	$(LOCK) --group command --constraint requirements/local.txt --output-file requirements/command.txt
	$(LOCK) --group dev --constraint requirements/local.txt --output-file requirements/dev.txt
	for tool in sam runtime ministack linters package importers deepeval node browser; do $(LOCK) --group $$tool --output-file requirements/$$tool.txt; done

clean: ## Remove the environment, caches and local state
	rm -rf $(VENV) .tools dist .evalgen .aws-sam .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/local.stamp: requirements/local.txt $(PY)
	@echo "Installing what evalgen needs (once) ..."
	@$(call INSTALL,requirements/local.txt)
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(PY)
	@echo "Installing what evalgen and its tests need (once) ..."
	@$(call INSTALL,requirements/dev.txt)
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
