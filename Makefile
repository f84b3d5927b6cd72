# Every command there is; `make` alone lists them. Only Python 3.11 or newer and make are needed:
# each target first makes the environment it runs in, and does nothing where that is up to date.

.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable
# Folder with the documents as text (sources/, history/); `make data` reads the facts when it is set.
DOCUMENTS ?=

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header $(ARGS)

# A user's own settings must not lead Python or pip out of the environment made here.
unexport PYTHONPATH PYTHONHOME PYTHONSAFEPATH PIP_USER PIP_TARGET PIP_PREFIX
# Nor make each of the hundred processes of the tests compile all our modules again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test lint audit bench stack data lock

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/run.ok ## serve the app on 127.0.0.1 (PORT=8501)
	@$(PY) -m dashboard run $(if $(PORT),--port $(PORT))

test: $(VENV)/browser.ok $(VENV)/firefox.ok $(VENV)/postgres.ok $(VENV)/nginx.ok ## check the imports, then run every test (ARGS="-k words" for some of them)
	$(BIN)/lint-imports --no-logo
	$(PY) -m pytest -n 2 --dist worksteal $(ARGS)

lint: $(VENV)/test.ok ## ruff (rules and format), mypy, import-linter
	@failed=0; \
	for check in "ruff check" "ruff format --check" mypy "lint-imports --no-logo"; do \
	  echo "$$check"; $(BIN)/$$check || failed=1; \
	done; exit $$failed

audit: $(VENV)/test.ok ## ask an advisory database about everything that is pinned
	$(PY) -m deploy.supply audit $(ARGS)

bench: $(VENV)/browser.ok ## measure the map in a real browser; asserts nothing
	$(PY) -m tests.bench $(ARGS)

stack: $(VENV)/browser.ok $(VENV)/postgres.ok $(VENV)/nginx.ok ## PostgreSQL, two processes and nginx on this machine (ARGS=--check to test them)
	@$(PY) -m tests.deploy.stack $(ARGS)

data: $(VENV)/test.ok ## remake what data/reference, dashboard/static and the templates of files hold
	$(PY) -m data.build
	$(PY) -m data.build.names
	$(if $(DOCUMENTS),$(PY) -m data.build.facts $(DOCUMENTS))
	$(PY) -m dashboard.figures.map_files
	$(PY) -m dashboard.exports.template_files

lock: $(VENV)/test.ok ## pin requirements*.in with hashes, and list it all in sbom.cdx.json (ARGS=--upgrade for newer versions)
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-dev.in --constraint requirements.txt --output-file requirements-dev.txt
	$(PY) -m deploy.supply sbom

# What follows makes the environment. A name on the path may be a mere stub: it must also answer.

$(VENV)/made.ok:
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
	  python=; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Liaisonatlas needs Python 3.11 or newer, and none is found here" \
	    "(python3 is: $$(python3 --version 2>&1)). Install one, or name it: make PYTHON=..." >&2; \
	  exit 1; \
	fi; \
	$$python -m venv $(VENV) || { \
	  echo "$$python cannot make an environment; on Debian, install python3-venv." >&2; exit 1; }
	@touch $@

$(VENV)/run.ok: requirements.txt $(VENV)/made.ok
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/test.ok: requirements-dev.txt $(VENV)/made.ok
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/browser.ok: $(VENV)/test.ok
	@found() { for name in $(BROWSERS); do $$name --version >/dev/null 2>&1 && return; done; false; }; \
	if ! found && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	fi; \
	found || $(BIN)/playwright install chromium || { \
	  echo "No Chromium to be had. Install Chromium or Chrome, then repeat." >&2; exit 1; }
	@touch $@

$(VENV)/firefox.ok: $(VENV)/test.ok
	@found() { firefox-esr --version || firefox --version; } >/dev/null 2>&1; \
	if ! found && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends firefox-esr; \
	fi; \
	if found; then touch $@; else \
	  echo "No Firefox to be had: the tests that need one are skipped." >&2; fi

# Debian's package would also start a server for everybody; the tests start one of their own.
$(VENV)/postgres.ok: $(VENV)/test.ok
	@found() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1; \
	if ! found && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql-common && \
	  echo "create_main_cluster = false" >> /etc/postgresql-common/createcluster.conf && \
	  apt-get install -y -qq --no-install-recommends postgresql; \
	fi; \
	if found; then touch $@; else \
	  echo "No PostgreSQL server to be had: the tests that need one are skipped." >&2; fi

# Its package starts a server too, unless a policy forbids that while it is installed.
$(VENV)/nginx.ok: $(VENV)/test.ok
	@found() { PATH="$$PATH:/usr/sbin" nginx -v && openssl version; } >/dev/null 2>&1; \
	policy=/usr/sbin/policy-rc.d; \
	if ! found && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  export DEBIAN_FRONTEND=noninteractive; \
	  if [ ! -e $$policy ]; then \
	    trap 'rm -f '$$policy EXIT; printf '#!/bin/sh\nexit 101\n' > $$policy; chmod +x $$policy; \
	  fi; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light openssl; \
	fi; \
	if found; then touch $@; else \
	  echo "No nginx to be had: the tests that need one are skipped." >&2; fi
