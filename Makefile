.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.ready: requirements.txt pyproject.toml
	@echo "Installing Python packages ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.ready requirements-dev.txt
	@echo "Installing what tests and lint need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements-bench.txt
	@echo "Installing what measurements are held against ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@touch $@

assets: $(VENV)/.ready ## Build styles and scripts from npm packages
	@$(BIN)/python -m tools.assets

up: assets ## Install what is needed, fill a demo county and open the front door
	@$(BIN)/python -m tools.letters
	@$(BIN)/moothall up $(ARGS)

lint: $(VENV)/.dev ## Check style, import contracts and migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@MOOTHALL_DATA=var/test $(BIN)/python manage.py makemigrations --check --dry-run

test: $(VENV)/.dev assets ## Run every test, browser tests included
	@$(BIN)/python -m tools.browser
	@$(BIN)/python -m tools.letters
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

bench: $(VENV)/.bench assets ## Measure, each figure against a baseline in the same run
	@$(BIN)/python -m benchmarks

merger: $(VENV)/.dev ## Let 200,000 cases of five councils become those of two, and count before and after
	@$(BIN)/python -m benchmarks.merger $(ARGS)

chaos: $(VENV)/.dev assets ## Break a whole Moothall 200 times in 20,000 submissions; nothing may be lost or doubled
	@$(BIN)/python -m chaos $(ARGS)

clean: ## Remove what was built; keeps your data in var/
	@rm -rf $(VENV) var/assets var/assets-build var/test

.PHONY: help up test lint bench merger chaos clean assets
