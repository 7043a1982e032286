# Milo Mobile: `make` alone lists what can be asked.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run test check week torture bench server lock pictures approve film old-store licences installers installer-windows installer-linux installer-server
.PHONY: check-windows check-linux clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 24

.venv/ready: requirements-dev.lock pyproject.toml installer/system.py
	@$(PYTHON) installer/system.py before
	@$(PYTHON) -m venv --clear .venv
	@echo "Installing what the program needs into .venv (once, some minutes)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@$(BIN)/python installer/system.py after
	@touch $@

run: .venv/ready ## the demonstration: a local server, invented people, the window
	@$(BIN)/python -m milomobile.demonstration .demo

test: .venv/ready ## every test
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

check: .venv/ready ## format, lint, types, import contracts, tests: what guards main
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

week: .venv/ready ## a week of three laptops, five advisers and an office in which everything goes wrong, told as it goes (ten minutes)
	@MILO_WEEK=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n0 -q -s tests/week

torture: .venv/ready ## the fault tests in their long form, the broken programs they must catch, and the week (three quarters of an hour)
	@MILO_TORTURE=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/faults tests/fuzz tests/server/test_openapi.py
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.faults.mutants
	@$(MAKE) --no-print-directory week

bench: .venv/ready ## speed as ratios, as JSON
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench

server: .venv/ready ## the server's command line
	@$(BIN)/python -m sync.server --help

lock: .venv/ready ## the locked dependencies, made anew from pyproject.toml
	@for extras in ":requirements.lock" "--extra server:requirements-server.lock" \
	  "--extra server --extra dev:requirements-dev.lock"; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate $${extras%%:*} pyproject.toml -o $${extras##*:}; done
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --group installer -c requirements-server.lock -o installer/requirements.lock

pictures: .venv/ready ## the pictures of the user guide and the README, from the real program
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.pictures.guide

approve: .venv/ready ## the pictures of every page that the tests compare with, as the program is now: look at them before you commit
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.pictures.approve

film: .venv/ready ## a whole day at the window by keyboard and by mouse: pictures and counted strokes, into build/film
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n0 -q -s tests/day

old-store: .venv/ready ## once a release: this version's store, for all later ones to upgrade (tests/old_stores)
	@$(BIN)/python -m installer.old_store

licences: .venv/ready ## the licences that « À propos » shows, from the locked versions
	@$(BIN)/python -m installer.bill

installers: installer-linux installer-server installer-windows ## all of them, into dist/

installer-windows: .venv/ready ## the setup for Windows laptops, built here
	@$(BIN)/python -m installer.windows

installer-linux: .venv/ready ## the laptop's .deb and .tar.gz
	@$(BIN)/python -m installer.linux laptop

installer-server: .venv/ready ## the server's wheel and .deb
	@$(BIN)/python -m installer.linux server

check-windows: .venv/ready ## that setup, installed and worked with under Wine
	@$(BIN)/python -m installer.check windows

check-linux: .venv/ready ## the packages, installed and worked with on this Debian, as root
	@$(BIN)/python -m installer.check linux

clean: ## forgets .venv, what was built and the demonstration
	@rm -rf .venv .demo build dist
