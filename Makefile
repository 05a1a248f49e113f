# `make` alone prints the targets. Everything sets itself up: Python 3.10-3.14, make and git are all it needs.
HW ?= hw3_backprop
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m autograder
DEMO := demo/$(HW)
DEMO_REPORTS := reports/demo-$(HW)

.DEFAULT_GOAL := help
.PHONY: help grade regrade build verify gradescope new test test-slow test-attacks lint bench locks clean

help: ## print the targets
	@echo "Targets (HW=$(HW)):"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

ifdef SUBMISSIONS
grade: $(VENV)/grade ## grade a class: make grade HW=hw3_backprop SUBMISSIONS=folder (without SUBMISSIONS: a demo class)
	@$(RUN) class $(HW) "$(SUBMISSIONS)" $(ARGS)
else
grade: $(VENV)/grade
	@$(RUN) build $(HW)
	@rm -rf $(DEMO)
	@$(RUN) demo $(HW) $(DEMO)
	@$(RUN) class $(HW) $(DEMO) --out $(DEMO_REPORTS) --replace $(ARGS)
	@echo
	@echo "That was a made-up class. Next:"
	@echo "  make grade HW=$(HW) SUBMISSIONS=folder    grade a folder of notebooks"
	@echo "  assignments/$(HW)/student/                what students get"
	@echo "  $(DEMO_REPORTS)/       what it gives: grades.csv, class.html, students/"
endif

regrade: $(VENV)/grade ## grade what changed again: make regrade HW=... [PREVIEW=1]
	@$(RUN) regrade $(HW) $(if $(PREVIEW),--preview) $(ARGS)

verify: $(VENV)/grade ## grade the grader: right answers pass, wrong ones are caught (HW=... for one homework)
	@$(RUN) verify $(if $(filter command line,$(origin HW)),$(HW)) $(ARGS)

gradescope: $(VENV)/grade ## make the zip for Gradescope: dist/HW-autograder.zip
	@$(RUN) gradescope $(HW) $(ARGS)

new: $(VENV)/grade ## write the skeleton of a homework: make new HW=hw9_topic
	@$(if $(filter command line,$(origin HW)),$(RUN) new $(HW),echo "Which one? make new HW=hw9_topic" >&2; exit 2)

build: $(VENV)/grade ## make the notebooks and tests of every homework
	@$(RUN) build

test: $(VENV)/test ## run the tests (a few minutes)
	@$(BIN)/python -m pytest -q -m "not slow and not attack" $(ARGS)

test-slow: $(VENV)/test ## run the tests that take longer
	@$(BIN)/python -m pytest -q -m "slow" $(ARGS)

test-attacks: $(VENV)/test ## run all attacks on the grader, in every mode of this machine
	@$(BIN)/python -m pytest -q -m "attack" $(ARGS)

bench: $(VENV)/test ## measure speed and memory, beside other graders
	@$(BIN)/python -m tests.benchmarks $(ARGS)

lint: $(VENV)/test ## formatter, linter and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

locks: ## pin all dependencies anew, with hashes (needs uv)
	uv pip compile -q --universal --python-version 3.10 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.10 --generate-hashes --no-header --no-annotate pyproject.toml \
		--group test --group lint --group cluster -o requirements-test.lock

clean: ## remove what the other targets made
	rm -rf $(VENV) demo dist reports .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The environment, from the hashed lock; uv where it is on PATH, else venv and pip.
$(VENV)/grade: requirements.lock
	@PYTHON="$(PYTHON)" sh .ci/environment $(VENV) requirements.lock
	@touch $@

$(VENV)/test: requirements-test.lock
	@PYTHON="$(PYTHON)" sh .ci/environment $(VENV) requirements-test.lock
	@touch $@ $(VENV)/grade
