# Everything is fetched into this folder (.tools, .venv, node_modules); nothing global.
SHELL := /bin/sh
PYTHON ?= python3
UV := .tools/bin/uv
VENV := .venv
BIN := $(VENV)/bin
# alembic and jupyter are called by bare name by the libraries that use them
export PATH := $(CURDIR)/$(BIN):$(PATH)
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# once here, and not at each start where Python may write no bytecode, as in a seal
export UV_COMPILE_BYTECODE := 1
# seconds for one file; the usual 60 may pass where much else runs
export UV_COMPILE_BYTECODE_TIMEOUT := 600
# and so with our own code, which CI often forbids: a run of the tests starts hundreds of programs
export PYTHONDONTWRITEBYTECODE :=

# two workers, the longest files first (tests/tools/running.py)
PYTEST := $(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help serve book publish release check need test prove python types types-python types-javascript lint format words pictures lock licences bench clean

help: ## List the targets
	@echo "Four Ps. Targets:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

$(UV): requirements/uv.txt
	@PYTHON="$(PYTHON)" sh tests/need.sh book
	@$(PYTHON) -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.book: $(UV) requirements/book.txt pyproject.toml packages/nbseal/pyproject.toml
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	@echo "Installing what the book needs (locked) into $(VENV) ..."
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/book.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e packages/nbseal -e .
	@touch $@

$(VENV)/.dev: $(UV) requirements/dev.txt pyproject.toml packages/nbseal/pyproject.toml
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	@echo "Installing what the tests need (locked) into $(VENV) ..."
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e packages/nbseal -e .
	@touch $(VENV)/.book $@

node_modules/.done: $(VENV)/.dev package.json package-lock.json
	@$(BIN)/npm ci --silent --no-audit --no-fund
	@touch $@

serve: $(VENV)/.book ## Build the book and serve it at http://127.0.0.1:8000/
	@$(BIN)/fourps book serve

book: $(VENV)/.book ## Build the book into _build/html
	@$(BIN)/fourps book build

publish: $(VENV)/.book ## Write what a static host needs: make publish TO=site BASE_URL=https://example.org/
	@$(BIN)/fourps book publish --to "$(or $(TO),site)" --base-url "$(or $(BASE_URL),/)" $(EXTERNAL)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/reuse lint --lines

types: types-python types-javascript

types-python: $(VENV)/.dev
	$(BIN)/mypy

types-javascript: node_modules/.done
	$(BIN)/node node_modules/typescript/bin/tsc --project jsconfig.json
	$(BIN)/node node_modules/typescript/bin/tsc --project jsconfig.worker.json

release: $(VENV)/.book ## Write what people use without any program: make release TO=release
	@$(BIN)/fourps book release --to "$(or $(TO),release)"

check: lint types ## The fast part: lint, types, unit tests, fourps check (under 5 minutes)
	$(PYTEST) -m "not slow and not browser and not prove"

need:
	@PYTHON="$(PYTHON)" sh tests/need.sh $(FOR)

test: ## Every promise, in a real browser (installs what it needs through apt when root)
	@$(MAKE) --no-print-directory need
	@$(MAKE) --no-print-directory $(VENV)/.dev node_modules/.done
	@$(MAKE) --no-print-directory --jobs=2 lint types
	$(PYTEST) -m "not prove"

prove: ## What is random or large as well, from a seed: make prove SEED=1 (some hours)
	@$(MAKE) --no-print-directory need FOR=proof
	@$(MAKE) --no-print-directory $(VENV)/.dev node_modules/.done
	@$(MAKE) --no-print-directory --jobs=2 lint types
	$(PYTEST) --hypothesis-seed=$(or $(SEED),$(shell od -An -N4 -tu4 /dev/urandom | tr -d ' '))

python: $(VENV)/.dev ## The book and the fast tests: make python PYTHON=python3.13 VENV=_build/python3.13
	$(BIN)/fourps book build --output $(VENV)/book
	$(BIN)/pytest -q -p no:xdist --hypothesis-profile=few -m "not once and not slow and not browser and not prove"

format: $(VENV)/.dev ## Format the Python code
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

words: $(VENV)/.book ## Write the templates of translations again
	$(BIN)/python -m fourps.course.words
	$(BIN)/python -m fourps.report.words

pictures: $(VENV)/.dev ## Take pictures of the book's pages into docs/pictures
	$(BIN)/fourps book build
	$(BIN)/python drawings/pictures.py _build/html

lock: $(UV) ## Lock the dependencies again (hashes, no host names)
	@sh requirements/lock.sh $(UV)

licences: $(VENV)/.dev ## Write the list in docs/licences.md again
	$(BIN)/python requirements/licences.py

bench: book node_modules/.done ## Measure pages, builds, starts, grading and reports (45 minutes, nothing else running)
	for what in book pages packages build_time starts learn_start grading report; do $(BIN)/python benchmarks/$$what.py || exit; done

clean: ## Remove what was built (the environments stay)
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis
