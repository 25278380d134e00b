# The two commands of the README; each installs what it needs. `make help` lists all.

VENV := .venv
BIN := $(VENV)/bin

.PHONY: packages test trials proof lint player bench rewrite clean help

packages: $(VENV)/.packages ## Build every course in course/, and the gallery, into build/
	$(BIN)/scormkit build course --out build
	$(BIN)/scormkit build docs/gallery --out build

test: $(VENV)/.dev player/node_modules/.installed ## Run the whole suite, browsers included
	.ci/browser
	npm --prefix player test
	$(BIN)/python -m pytest --ignore tests/browser
	# A busy machine can make a browser late: what failed is run once more, alone.
	$(BIN)/python -m pytest tests/browser || $(BIN)/python -m pytest tests/browser --last-failed --last-failed-no-failures none

trials: $(VENV)/.dev ## Many random trials with faults at every emulated host (SCORMKIT_TRIALS: how many)
	SCORMKIT_TRIALS=$${SCORMKIT_TRIALS:-504} $(BIN)/python -m pytest tests/browser/test_faults.py

proof: $(VENV)/.dev player/node_modules/.installed ## Test a course's accessibility in Chromium and write what was found (COURSE: its folder)
	$(BIN)/python -m tests.browser.proof $(or $(COURSE),docs/gallery) $(or $(COURSE),docs/gallery)/accessibility.json

lint: $(VENV)/.dev player/node_modules/.installed ## Style and types, Python and TypeScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	npm --prefix player run types

player: player/node_modules/.installed ## Build the player from its TypeScript into scormkit/render/assets/
	npm --prefix player run build

bench: $(VENV)/.dev ## Print the benchmark table
	$(BIN)/python -m benchmarks

rewrite: $(VENV)/.dev ## Write the expected output of cases and golden packages anew; read the diff before you commit it
	$(BIN)/python -m pytest --rewrite

clean: ## Remove what these commands made
	rm -rf build $(VENV) player/node_modules

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.packages: pyproject.toml .ci/constraints.txt
	.ci/venv $(VENV) .
	@touch $@

$(VENV)/.dev: pyproject.toml .ci/constraints.txt
	.ci/venv $(VENV) '.[dev]'
	@touch $@ $(VENV)/.packages

player/node_modules/.installed: player/package.json player/package-lock.json
	.ci/node
	# Where a registry lacks builds of a tool for other platforms, `ci` refuses; `install` takes the locked versions too.
	npm --prefix player ci || npm --prefix player install --no-save
	@touch $@
