# The commands of this project; README.md says what each is for.
PORT ?= 8000
SCALE ?= 100000
SCALES ?=
PEOPLE ?= 1000000
REPORTS ?= 10000
EMPLOYEES ?= 10000
# Tests wait for browsers and databases: three workers keep two processors busy.
WORKERS ?= 3
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
WITH_SERVICES := $(BIN)/python -m neutrality.embedded --home var --
DEMO := DJANGO_SETTINGS_MODULE=neutrality.settings.demo
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
CODE := benchmarks complaints neutrality pledges tests manage.py
export PYTHONDONTWRITEBYTECODE :=
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench seed browser messages

help:  ## Say what there is
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

run: .venv/run.stamp  ## Start the whole site with demo data: make run PORT=8000
	@exec $(BIN)/python -m neutrality.launch --port "$(PORT)"

test: .venv/dev.stamp browser $(CATALOGUES)  ## Run every test, those in the browser included
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: .venv/dev.stamp  ## Check style, types, layers, templates, migrations and generated pages
	@.ci/lint

format: .venv/dev.stamp  ## Format the code
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

bench: .venv/dev.stamp browser  ## Measure a tenth of SCALE and SCALE against the floor: make bench SCALE=100000 PEOPLE=1000000, or SCALES=10000,100000,1000000
	@status=0; \
	$(BIN)/python -m benchmarks --scale "$(SCALE)" --scales "$(SCALES)" || status=1; \
	$(BIN)/python -m benchmarks.rosters --people "$(PEOPLE)" || status=1; \
	$(BIN)/python -m benchmarks.crowd || status=1; \
	exit $$status

seed: .venv/run.stamp  ## Make synthetic data in bulk: make seed REPORTS=… EMPLOYEES=…
	@$(DEMO) $(WITH_SERVICES) $(BIN)/python manage.py seed --reports "$(REPORTS)" --employees "$(EMPLOYEES)"

browser: .venv/dev.stamp
	@$(BIN)/python -m tests.e2e.chromium

messages: .venv/dev.stamp  ## Collect new strings for the English catalogue (needs GNU gettext)
	DJANGO_SETTINGS_MODULE=neutrality.settings.test $(BIN)/python manage.py makemessages \
		--locale en --no-location --no-obsolete --ignore .venv --ignore var --ignore tests

%.mo: %.po .venv/run.stamp
	@$(BIN)/python -m babel.messages.frontend --quiet compile --domain django --input-file $< --output-file $@

# The virtual environment is filled again only when a list of requirements has changed.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Python 3.11 or later is needed; name it with make PYTHON=python3.11 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python's venv is missing; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "· virtual environment"
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt constraints.txt | .venv/bin/python
	@echo "· requirements"
	@$(PIP) --requirement requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	@echo "· requirements of tests and checks"
	@$(PIP) --requirement requirements-dev.txt
	@touch $@
