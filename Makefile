# Two commands do all the set-up: `make serve` and `make test`.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
SIZES ?= 10000 100000 1000000
EDITOR := $(wildcard web/*.json web/*.mjs web/*.py web/src/*.js)
SOURCES := $(shell find ontology data queries -type f 2>/dev/null)

.PHONY: serve test interop bench check build editor catalogue requirements clean

serve: .venv/.run  ## Build what is stale, serve, print the address
	@$(BIN)/jsbio-kg serve --host $(HOST) --port $(PORT)

editor: .venv/.python  ## Build the SPARQL editor, with Node or the Node that comes as a wheel
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .

build: .venv/.run  ## Write the release
	$(BIN)/jsbio-kg build

test: check  ## Every check and every test
	$(BIN)/pytest

check: .venv/.test  ## Format, style, types, house rules
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/jsbio-kg check

interop: .venv/.interop  ## Try the release in independent systems (needs Debian packages, see docs/loading.md)
	JSBIO_INTEROP=1 PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pytest tests/interop tests/test_shapes.py

bench: .venv/.bench  ## Measure every part beside its peers: make bench SIZES="10000 100000 1000000"
	$(BIN)/jsbio-kg bench $(PARTS) $(SIZES:%=--size %)

catalogue: .venv/.test  ## Bring the Chinese catalogue of messages up to date
	$(BIN)/pybabel extract --no-location --omit-header -k message -F babel.cfg -o build/messages.pot src
	$(BIN)/pybabel update --omit-header --no-fuzzy-matching -l zh -i build/messages.pot -d src/jsbio_kg/locale

requirements:  ## Pin anew what pyproject.toml allows (needs uv)
	uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --generate-hashes pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --generate-hashes pyproject.toml requirements/test.in -o requirements/test.txt
	uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --generate-hashes pyproject.toml requirements/bench.in -o requirements/bench.txt
	uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --generate-hashes -c requirements/test.txt requirements/interop.in -o requirements/interop.txt

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "python: version 3.11 or newer is needed. Say which with: make PYTHON=python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.run: .venv/.python requirements/run.txt pyproject.toml $(EDITOR)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/.test: .venv/.run requirements/test.txt requirements/suites.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/jars.txt
	$(BIN)/pip download --quiet --disable-pip-version-check --require-hashes --no-deps --no-binary :all: -d .venv/suites -r requirements/suites.txt
	@touch $@

.venv/.interop: .venv/.test requirements/interop.txt tests/interop/package-lock.json
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/interop.txt
	cd tests/interop && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent
	@touch $@

.venv/.bench: .venv/.run requirements/bench.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

clean:
	rm -rf .venv build
