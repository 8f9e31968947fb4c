# Verbs only. Each works in a fresh clone with git, make, Python 3.11 or later (with venv) and Node 20 or later.
.DEFAULT_GOAL := help
.PHONY: help demo test check bench vsix e2e

BIN := .venv/bin
READY := .venv/ready
CLIENT_READY := node_modules/.package-lock.json

help:
	@echo 'make demo              a small repository with a story, and what an editor shows of it'
	@echo 'make demo REPO=PATH    the same for a repository of yours'
	@echo 'make test              the tests'
	@echo "make check             linters, types, import contracts, the client's checks, then the tests"
	@echo 'make bench [REPO=PATH] benchmarks, as ratios to a floor measured in the same run'
	@echo 'make vsix              the VS Code extension, as build/backstory-*.vsix'
	@echo 'make e2e               the extension in real VS Codes, the server in Neovim and Emacs'

demo: $(READY)
	@PYTHONPATH=tests $(BIN)/python -m demo $(if $(REPO),"$(REPO)")

test: $(READY)
	@$(BIN)/python -m pytest -n 2

check: $(READY) $(CLIENT_READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@npm run --silent check
	@npm run --silent test
	@$(MAKE) --no-print-directory test

bench: $(READY)
	@$(BIN)/python -m bench $(if $(REPO),"$(REPO)")

vsix: $(CLIENT_READY) $(READY)
	@PYTHON='$(abspath $(BIN)/python)' node packaging/vsix.mjs

e2e: $(CLIENT_READY) $(READY)
	@PYTHON='$(abspath $(BIN)/python)' node tests/e2e/run.mjs

# The virtual environment, made anew when what it should hold has changed.
$(READY): pyproject.toml
	@echo 'Setting up .venv (once; a minute or two)…' >&2
	@python="$$(PYTHON='$(PYTHON)' .ci/find-python)" && "$$python" -m venv .venv >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' >&2
	@$(BIN)/python -m pip install --quiet --editable . --group dev >&2
	@touch $@

# The client's libraries, brought anew when their lock file has changed.
$(CLIENT_READY): package-lock.json
	@.ci/check-node
	@npm ci --ignore-scripts --no-audit --no-fund >&2
	@touch $@
