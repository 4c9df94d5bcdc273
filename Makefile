# Two commands: `make demo` and `make test`. Everything happens in .venv.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --no-input install -q
STORE  ?= kg-store

# What the build hook compiles into the package: a change here means a new install.
PARTS  := pyproject.toml requirements.lock $(wildcard hatch_build.py tools/*.py kg/gazetteer/tables/*)

.PHONY: help demo test lint types contracts unit lock model eval wheel clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /	/' | expand -t 12

$(VENV)/.run: $(PARTS)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.test: $(VENV)/.run requirements-test.lock
	$(PIP) --require-hashes -r requirements-test.lock
	touch $@

# A reader of exports that can't share an environment with us (see pyproject.toml).
$(VENV)/.ftm: $(VENV)/.run requirements-ftm.lock
	$(BIN)/python -m venv $(VENV)/ftm
	$(VENV)/ftm/bin/python -m pip --disable-pip-version-check --no-input install -q --only-binary :all: \
	  --require-hashes -r requirements-ftm.lock
	touch $@

demo: $(VENV)/.run ## read seeds/, answer three questions, draw the network, export Turtle
	$(BIN)/kg ingest --store $(STORE) seeds/
	@echo; echo "Who met whom, when and where?  (Antony Blinken and Wang Yi)"
	$(BIN)/kg query --store $(STORE) --name meetings-of-two --param a="Antony Blinken" --param b="Wang Yi" --format table
	@echo; echo "Meetings of more than two hours"
	$(BIN)/kg query --store $(STORE) --name long-meetings --param minutes=120 --format table
	@echo; echo "Which countries met most, and for how many hours?"
	$(BIN)/kg query --store $(STORE) --name country-pairs --format table
	mkdir -p exports
	$(BIN)/kg draw --store $(STORE) -o exports/network.html
	$(BIN)/kg export --store $(STORE) -o exports/meetings.ttl
	@echo; echo "Open exports/network.html in a browser; exports/meetings.ttl is the graph."

test: $(VENV)/.test lint types contracts unit ## lint, types, import contracts, tests with coverage

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

contracts: $(VENV)/.test
	$(BIN)/lint-imports --no-cache

unit: $(VENV)/.test $(VENV)/.ftm
	$(BIN)/python -m pytest -n 2 --dist loadgroup --cov=kg --cov-report=term:skip-covered $(PYTEST_ARGS)

$(VENV)-train/.done: $(PARTS)
	test -x $(VENV)-train/bin/python || $(PYTHON) -m venv $(VENV)-train
	$(VENV)-train/bin/python -m pip --disable-pip-version-check --no-input install -q -e '.[train]'
	touch $@

model: $(VENV)-train/.done ## train the reader anew from seeds/corpus (about an hour)
	$(VENV)-train/bin/python -m training.train --corpus seeds/corpus --out build/reader
	$(VENV)-train/bin/python -m training.export --model build/reader/model.pt --corpus seeds/corpus \
	  --out kg/extract/reader_model

eval: $(VENV)-train/.done ## five-fold cross-validation of the reader (five trainings), by article
	$(VENV)-train/bin/python -m training.crossval --corpus seeds/corpus --out build/crossval --folds 5

lock: ## pin requirements*.lock anew (needs uv)
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra charts --extra mcp --extra serve --group build --group test -c requirements.lock --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements-test.lock
	uv pip compile --group ftm --only-binary :all: --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header -q -o requirements-ftm.lock

wheel: $(VENV)/.run ## build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

clean: ## remove the environment, stores and exports
	rm -rf $(VENV) $(STORE) dist exports/network.html exports/meetings.ttl
