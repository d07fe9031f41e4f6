# ftdecide: `make run` is all that is needed to see it; `make test` tests it.

# Python looks for Homebrew's libraries only where it is told to; elsewhere this changes nothing.
python = DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib:/usr/lib .venv/bin/python
lock = .venv/bin/uv pip compile --quiet --universal --generate-hashes --custom-compile-command "make lock"

.PHONY: run setup develop test test-postgres check bench screenshots lock
.NOTPARALLEL:

run: setup
	@$(python) manage.py migrate --verbosity 0
	@$(python) manage.py load_examples
	@$(MAKE) --silent staticfiles/staticfiles.json
	@$(python) -m gunicorn --config ftdecide/gunicorn.py

setup:
	@.ci/setup requirements.txt
	@.ci/system-libraries

staticfiles/staticfiles.json: .venv/requirements.txt $(shell find static -type f)
	@$(python) manage.py collectstatic --noinput --verbosity 0

# Everything below is for working on ftdecide. ARGS goes to pytest: make test ARGS="-k verdict"

develop: setup
	@.ci/setup .ci/requirements-dev.txt

test: develop
	@.ci/test $(ARGS)

test-postgres: develop
	@.ci/postgres-tests $(ARGS)

check: develop
	@.venv/bin/python -m ruff check
	@.venv/bin/python -m ruff format --check
	@find templates -name '*.html' -exec .venv/bin/python -m djade --check --target-version 5.2 {} +
	@.venv/bin/python -m mypy
	@$(python) manage.py makemigrations --check --dry-run
	@$(python) manage.py check

bench: develop
	@$(python) -m tests.benchmarks

screenshots: develop
	@CHROMIUM="$$(.ci/chromium)" $(python) -m tests.screenshots

# make lock ARGS=--upgrade takes the newest versions that pyproject.toml allows.
lock: develop
	@$(lock) pyproject.toml --output-file requirements.txt $(ARGS)
	@$(lock) pyproject.toml --group dev --constraint requirements.txt --output-file .ci/requirements-dev.txt $(ARGS)
