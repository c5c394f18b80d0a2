# Thin wrappers over the plain commands in README.md. Each target sets up what it needs in .venv.

PORT ?= 8501
VENV ?= .venv
# The first Python that is new enough; choose another one with `make PYTHON=/path/to/python3 ...`.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$name"; break; }; done)

IN_VENV := $(VENV)/bin/python
INSTALL := $(IN_VENV) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# Without this, continuous integration would try to open a browser.
HEADLESS := $(if $(CI),--server.headless true)

.DEFAULT_GOAL := help
# What to fetch: make refresh ONLY=oryx
ONLY ?=

# The oldest and the newest Python at hand; name others: make test-pythons PYTHONS="python3.11 /path/to/python3.13".
PYTHONS ?= $(shell for name in python3.11 python3.12 python3.13 python3.14; do \
	"$$name" -c '' 2>/dev/null && echo "$$name"; done | sed -n '1p;$$p' | uniq)

.PHONY: help run data refresh test test-thorough test-all test-pythons test-here lint types bench image supply pictures clean

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## start the dashboard on http://127.0.0.1:8501 (another port: make run PORT=8502)
	@$(IN_VENV) -c 'import socket; socket.create_server(("127.0.0.1", int("$(PORT)"))).close()' 2>/dev/null || \
		{ echo "Port $(PORT) can't be used because another program has it or it is no free port number; choose another one, for example: make run PORT=8502" >&2; exit 1; }
	@exec $(IN_VENV) -m streamlit run app.py --server.port $(PORT) $(HEADLESS)

data: $(VENV)/.runtime ## check the tables in data/ and describe them in datapackage.json
	@$(IN_VENV) -m indicators datapackage

refresh: $(VENV)/.runtime ## fetch newer figures from the live sources (one source: make refresh ONLY=oryx)
	@$(IN_VENV) -m indicators refresh $(foreach name,$(ONLY),--only $(name))

CHOSEN := long or not long
# What is asked for most often takes about six minutes, all set-up included; whole grids take half an hour and more.
test: CHOSEN := not thorough and not long
test: test-all ## run the tests of every day, the main ones in a real browser included

test-thorough: CHOSEN := thorough and not long
test-thorough: test-all ## run those that `make test` leaves out, but for whole grids

test-all: $(VENV)/.development ## run all tests
	@CHROMIUM="$$($(IN_VENV) tests/browser/find_chromium.py --install)" && export CHROMIUM && \
		$(IN_VENV) tests/browser/find_nginx.py --install >/dev/null && \
		$(IN_VENV) -m pytest --ignore=tests/browser -m "$(CHOSEN)" --numprocesses 2 --dist worksteal && \
		$(IN_VENV) -m pytest tests/browser -m "$(CHOSEN)"

test-pythons: ## run the tests without a browser with the oldest and the newest Python at hand
	@for name in $(PYTHONS); do \
		$(MAKE) --no-print-directory VENV=.venv-$$(basename "$$name") PYTHON="$$name" test-here || exit 1; done

test-here: $(VENV)/.development
	@$(IN_VENV) -m pytest -m "not browser and not long" --numprocesses 2 --dist worksteal

lint: $(VENV)/.development ## check style and format
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m ruff format --check .

types: $(VENV)/.development ## check types
	$(IN_VENV) -m mypy

bench: $(VENV)/.development ## measure against the peers in benchmarks/
	$(IN_VENV) -m benchmarks

image: ## run the image's steps without Docker and check what comes out (Linux, as root)
	@"$(PYTHON)" deploy/check_image.py

supply: ## lock the packages with hashes; list licences and parts; ask for known weaknesses
	@deploy/supply "$(PYTHON)"

pictures: $(VENV)/.development ## take the pictures of the README anew
	@CHROMIUM="$$($(IN_VENV) tests/browser/find_chromium.py --install)" && export CHROMIUM && \
		$(IN_VENV) -m benchmarks.pictures

clean: ## remove the environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.created:
	@test -n "$(PYTHON)" || \
		{ echo "Python 3.11 or newer is needed and none was found; install it or name it, for example: make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Python 3.11 or newer is needed, but $(PYTHON) is not; name another one, for example: make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) lacks the venv module; install it (on Debian and Ubuntu: apt install python3-venv) and try again." >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.created requirements.txt constraints.txt
	@echo "Installing what the dashboard needs into $(VENV); this happens once."
	@$(INSTALL) --requirement requirements.txt
	@touch $@

$(VENV)/.development: $(VENV)/.created requirements.txt requirements-dev.txt constraints.txt
	@echo "Installing what the tests and checks need into $(VENV); this happens once."
	@$(INSTALL) --requirement requirements-dev.txt
	@touch $@
