# `make` on a machine with Python and make: environment, book, assignments, the sample class graded.
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
SHELL := /bin/bash

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ASSIGNMENTS := $(sort $(foreach m,$(wildcard solutions/*/*.py),$(if $(filter $(basename $(notdir $m)),$(notdir $(patsubst %/,%,$(dir $m)))),$(basename $(notdir $m)))))
SAMPLED := $(patsubst tests/sample_class/%/class.toml,%,$(wildcard tests/sample_class/*/class.toml))
SAMPLES := $(SAMPLED:%=build/sample-class/%)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest

# One thread a process: the work is spread over processes, and forked sandboxes want a quiet parent.
export OMP_NUM_THREADS := 1
export PYTHONWARNINGS := ignore::DeprecationWarning

.PHONY: all env system book assignments sample-class publish serve check test gradescope fuzz mutants answers lighthouse bench lock format preview hooks rehearse-colab clean help

all: book assignments sample-class ## Build everything, grade the sample class, print the table
	@for sample in $(SAMPLES); do $(BIN)/autograder show $$sample || exit 1; done
	@echo
	@echo "the book              _build/html/index.html   (make serve opens it on a local port)"
	@echo "student notebooks     $(foreach a,$(ASSIGNMENTS),assignments/$(a)/$(a).ipynb)"
	@echo "the sample class      $(SAMPLES:%=%/index.html)"

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

env: $(READY) ## Create the pinned environment in .venv
$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 to 3.13 is needed, this is " + sys.version.split()[0] \
	  + ": make PYTHON=python3.11") if not (3, 11) <= sys.version_info[:2] <= (3, 13) else 0'
	@echo "creating the environment in $(VENV): a few minutes, once"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP_INSTALL) --no-compile -r requirements.txt
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true # pip compiles on one core; templates are no Python
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

# Sealing wants bubblewrap and the site's tests want Chromium: both come from the system's packages.
system: ## Install bubblewrap and chromium where they are missing and apt can
	@tools/system_packages.sh

book: _build/html/index.html ## Build the book (-W -n: a raising cell or a broken reference fails)
_build/html/index.html: $(READY) _config.yml tools/build_book.py $(shell find book src assignments -type f -not -path '*/__pycache__/*' 2>/dev/null)
	$(BIN)/python tools/build_book.py
	@touch $@

# Two at once: while one is written, the other computes.
SIDE_BY_SIDE = $(MAKE) --silent --no-print-directory -j 2
assignments: $(READY) ## Make student notebooks and grading files from the masters
	@+$(SIDE_BY_SIDE) $(ASSIGNMENTS:%=build/%/manifest.json)
KIT := $(shell find src/coursekit autograder -name '*.py' -not -path '*/__pycache__/*')
.SECONDEXPANSION: # for $$*, the assignment: what belongs to another one does not count
build/%/manifest.json: $(READY) _config.yml $(KIT) $$(shell find solutions/$$* -type f -not -path '*/__pycache__/*')
	$(BIN)/autograder build $* $(UNCHECKED)
	@touch $@

sample-class: $(SAMPLES:%=%/grades.csv) ## Grade the sample class of each assignment that has one, under seal
CLASS = tests/sample_class/$*
build/sample-class/%/grades.csv: build/%/manifest.json tests/sample_class/make.py \
  $$(wildcard tests/sample_class/$$*/*.toml tests/sample_class/$$*/*/*.py) | system
	$(BIN)/python tests/sample_class/make.py $*
	$(BIN)/autograder grade $* $(CLASS)/submissions --out build/sample-class/$* --jobs 2 --fresh > /dev/null  # `all` shows it

DATE ?= $(shell date +%F)
publish: book ## Write the public repository: make publish DEST=../public [DATE=2027-03-01]
	@test -n "$(DEST)" || { echo "say where: make publish DEST=../public"; exit 1; }
	$(BIN)/python -m tools.publish "$(DEST)" --date "$(DATE)"

serve: book ## Show the book at http://127.0.0.1:8000
	$(BIN)/python -m http.server 8000 --bind 127.0.0.1 --directory _build/html

preview: PORT ?= 8001
preview: $(READY) ## Show one page, built again when it is saved: make preview PAGE=convolution/pooling
	@$(BIN)/python tools/preview.py $(PAGE) --port $(PORT)

hooks: $(READY) ## Let git look at every commit before it is made: a few seconds
	@$(BIN)/pre-commit install

check: $(READY) ## The quick subset, for authors: what changed since it last passed
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check .
	@$(BIN)/python book/_ext/chapter_execution.py > /dev/null  # those that changed, or whose modules did
	CONVNET_DRAWS=1 $(PYTEST) -q -n 2 --dist worksteal --changed -m "not slow and not sealed and not site and not alone"

DRAWN := tests/convnet/test_operations.py tests/convnet/test_optim.py tests/convnet/test_schedules.py \
  tests/convnet/test_signal.py tests/convnet/plain
fuzz: $(READY) ## Draw configurations of convnet that nobody drew before; a failure prints how to repeat it
	CONVNET_SEED=$$RANDOM CONVNET_DRAWS=40 $(PYTEST) -q -n 2 --dist worksteal $(DRAWN)

mutants: $(READY) ## Change the code a little, again and again, and list what no test notices (hours; see docs/mutants.md)
	$(BIN)/python tools/mutants.py

answers: $(READY) ## Grade every answer of the banks in tests/answers, and list where the tests are deceived (minutes)
	$(BIN)/python tools/try_answers.py

lighthouse: book system ## Measure the heaviest pages, served compressed; fails below 0.95
	$(BIN)/python tools/lighthouse.py

rehearse-colab: book assignments ## Run every notebook with the versions of Colab's current and previous runtime (most of an hour)
	$(BIN)/python tools/rehearse_colab.py

# Clusters and kills by themselves: beside other tests they would measure these.
# What a build checks is a part of what the tests check.
test: $(READY) system ## Everything
	@+$(SIDE_BY_SIDE) UNCHECKED=--no-check _build/html/index.html $(ASSIGNMENTS:%=build/%/manifest.json)
	$(PYTEST) -q -m alone $$(grep -lr 'mark\.alone' tests --include='*.py')
	$(PYTEST) -q -n 2 --dist loadfile --durations 15 -m "not alone"

GRADESCOPE := tests/autograder/test_gradescope_container.py tests/assignments/test_files_everywhere.py
gradescope: ## What only root can test, and `make test` skips without: sudo make gradescope
	$(PYTEST) -q $(GRADESCOPE)

# Large buffers are kept for the next use, for both sides: returning them to the system costs page faults.
bench: export MALLOC_MMAP_THRESHOLD_ := 1073741824
bench: export MALLOC_TRIM_THRESHOLD_ := 4294967296
bench: assignments sample-class ## Ratios against stock tools, printed as tables
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

format: $(READY) ## Format the code
	$(BIN)/ruff format . && $(BIN)/ruff check --fix . && $(BIN)/python tools/format_chapters.py

lock: $(READY) ## Compile pyproject.toml and requirements.in into requirements.txt
	@tools/lock.sh $(BIN)/uv

clean: ## Remove what is built, keep the environment
	rm -rf build _build tests/sample_class/*/submissions
