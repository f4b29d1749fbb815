# Two commands matter: `make run` and `make test`. Both install what they need into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint bench screenshots clean

run: .venv/runtime
	$(BIN)/python -m etl.bundled
	$(BIN)/streamlit run dashboard.py

test: .venv/dev lint
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore=tests/browser
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/browser --reruns 3

lint: .venv/dev
	$(BIN)/ruff check .

# What the program costs on this machine: all parts, or one by `make bench PART=pages`.
bench: .venv/dev
	$(BIN)/python -m tools.bench $(PART)

# The pictures of the documents are those the browser test took.
screenshots: .venv/dev
	$(BIN)/python -m pytest tests/browser
	cp build/screenshots/docs/*.png docs/images/

.venv/python:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv .venv
	touch .venv/python

.venv/runtime: .venv/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch .venv/runtime

.venv/dev: .venv/runtime requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch .venv/dev

clean:
	rm -rf .venv build .pytest_cache .hypothesis .ruff_cache
