# Short names for script/*; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup server test quick browser lint types imports format

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv with everything the tests need
	script/setup --test

server: ## start the system on 127.0.0.1:8000
	script/server

test: ## the whole suite, as the integration server runs it
	script/test

quick: ## all tests but the browser, without coverage
	script/test tests --ignore=tests/browser --ignore=tests/performance

browser: ## the browser journeys
	script/test tests/browser

lint: ## ruff, mypy, import-linter
	script/lint

types: ## mypy alone
	script/lint types

imports: ## import-linter alone
	script/lint imports

format: ## let ruff put the files in order
	script/lint format
