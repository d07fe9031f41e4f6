# ftdecide: `make run` is all that is needed to see it; `make test` tests it.

# Python looks for Homebrew's libraries only where it is told to; elsewhere this changes nothing.
# `exec`, so that stopping make stops what it runs.
python = DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib:/usr/lib exec .venv/bin/python
manifest = $(or $(FTDECIDE_DATA),var)/static/staticfiles.json
lock = .venv/bin/uv pip compile --quiet --universal --generate-hashes --custom-compile-command "make lock"

.PHONY: run setup static-files develop packages-to-develop
.PHONY: test test-postgres test-tools verify verify-slow check bench screenshots lock
.NOTPARALLEL:

run: setup static-files
	@$(python) manage.py migrate --verbosity 0
	@$(python) manage.py load_examples
	@$(python) -m gunicorn --config ftdecide/gunicorn.py

setup:
	@.ci/setup requirements.txt
	@.ci/system-libraries

# Once .venv is there, collects them again only when one has changed.
static-files: setup
	@$(MAKE) --silent $(manifest)

$(manifest): .venv/requirements.txt $(shell find static -type f)
	@$(python) manage.py collectstatic --noinput --verbosity 0

# Everything below is for working on ftdecide. ARGS goes to pytest: make test ARGS="-k verdict"

# What is needed for that holds all that the site needs: nothing is left for `setup` to install.
develop: packages-to-develop setup

packages-to-develop:
	@.ci/setup .ci/requirements-dev.txt

test: develop static-files
	@.ci/test $(ARGS)

test-postgres: develop static-files
	@.ci/postgres-tests $(ARGS)

# The promises of README.md, a line for each: the fast ones, which the tests hold too.
verify: develop static-files
	@.ci/test -m bar $(ARGS)

# All of them, on both databases: about an hour. One alone: make verify-slow ARGS="tests/verification/test_load.py"
verify-slow: develop static-files
	@.ci/verify-slow $(ARGS)

# promptfoo and Inspect, installed by name into a folder of their own: about 2 GB, ten minutes.
test-tools: develop
	@$(python) -m pytest -m tools tests/tools $(ARGS)

check: develop
	@.venv/bin/python -m ruff check
	@.venv/bin/python -m ruff format --check
	@.venv/bin/djangofmt --quiet --check --line-length 120 --custom-blocks partialdef,kept templates
	@.venv/bin/python -m mypy $(if $(CI),--cache-dir=/dev/null)
	@$(python) manage.py makemigrations --check --dry-run # after the system checks
	@$(python) manage.py untranslated

bench: develop static-files
	@$(python) -m tests.benchmarks

screenshots: develop static-files
	@CHROMIUM="$$(.ci/chromium)" $(python) -m tests.screenshots

# make lock ARGS=--upgrade takes the newest versions that pyproject.toml allows.
lock: develop
	@$(lock) pyproject.toml --output-file requirements.txt $(ARGS)
	@$(lock) pyproject.toml --group dev --constraint requirements.txt --output-file .ci/requirements-dev.txt $(ARGS)
