# What one does with govdoc from a checkout. Nothing but python3 (3.11 or later), make and a way to the packages is needed.
# .ci/run and the workflow call these same targets.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= 2
FUZZ ?= 600

.DEFAULT_GOAL := help
.PHONY: help venv demo test test-slow soak fuzz check format docs bench fonts lock clean-out

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

venv: $(READY) ## the virtual environment, from the lock

$(READY): pyproject.toml requirements-dev.lock scripts/make_venv.sh
	scripts/make_venv.sh "$(PYTHON)" "$(VENV)"
	@touch $@

demo: $(READY) ## clean, parse, typeset and measure seeds/ into out/
	$(BIN)/govdoc clean seeds -o out --force
	$(BIN)/govdoc export seeds -o out --docx --pdf --json --force
	$(BIN)/govdoc indicators seeds -o out/indicators.xlsx --force
	@echo
	@echo "out/ now holds, for each of the five sources:"
	@echo "  <name>.txt  <name>.edits.jsonl   the cleaned text, and every change that led to it"
	@echo "  <name>.docx <name>.pdf           the document set as GB/T 9704 asks (-1, -2 where a source holds several)"
	@echo "  <name>.json                      the canonical records"
	@echo "and indicators.xlsx                the figures found in all of them"
	@echo
	@ls -l out

test: $(READY) ## the tests of every day (under four minutes)
	scripts/install_system_packages.sh
	$(BIN)/pytest -n $(JOBS) --dist loadgroup -m "not slow and not soak"

test-slow: $(READY) ## the tests that take long
	scripts/install_system_packages.sh
	scripts/install_system_packages.sh chromium
	$(call marked,slow)

soak: $(READY) ## the tests that run for as long as one lets them
	scripts/install_system_packages.sh
	$(call marked,soak,--hypothesis-profile=soak)

fuzz: $(READY) ## a coverage-guided fuzzer over cleaning, for FUZZ seconds
	$(BIN)/pip install --quiet "atheris>=3,<4"
	$(BIN)/python tests/fuzz_clean.py -max_total_time=$(FUZZ) -max_len=400

# pytest's status 5 is "nothing collected". That is right only where no test carries the mark.
define marked
@status=0; $(BIN)/pytest -m $(1) $(2) || status=$$?; \
if [ $$status -eq 5 ] && ! grep -rqE --include='*.py' 'mark\.$(1)\b' tests; then \
	echo "no test is marked $(1)"; status=0; \
fi; exit $$status
endef

check: $(READY) ## formatting, lint, types, import levels, generated pages
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/pytest tests/test_architecture.py tests/test_repository.py
	$(BIN)/python scripts/build_docs.py --check

format: $(READY) ## put the sources in order
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(READY) ## write the generated pages of docs/ again
	$(BIN)/python scripts/build_docs.py

bench: $(READY) ## how fast it is, measured here
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/clean.py
	$(BIN)/python benchmarks/detect.py
	$(BIN)/python benchmarks/parse.py
	$(BIN)/python benchmarks/web_pages.py
	$(BIN)/python benchmarks/export.py
	$(BIN)/python benchmarks/indicators.py --rows 20000
	$(BIN)/python benchmarks/batch.py --sizes 100

fonts: $(READY) ## make the shipped fonts again from the packages they come from
	$(BIN)/python scripts/build_fonts.py

lock: $(READY) ## pin again what pyproject.toml allows
	$(BIN)/python -m pip install --quiet "uv>=0.5,<1"
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-annotate --no-header --quiet --output-file requirements-dev.lock

clean-out: ## empty out/
	find out -mindepth 1 ! -name .gitkeep -delete
