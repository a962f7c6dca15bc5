# make run: install into .venv, start everything on 127.0.0.1:8000. Needs Python 3.11+ with pip, GNU make, sh.
PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin
UV = .tools/bin/uv
# A folder of wheels made by `make wheelhouse` is used instead of any index when it is there.
OFFLINE = $(if $(wildcard wheelhouse/*.whl),--no-index --find-links wheelhouse)
# Nothing is written outside the clone: caches too lie in .tools.
export UV_CACHE_DIR ?= .tools/cache
export UV_PYTHON_DOWNLOADS = never
export PIP_BREAK_SYSTEM_PACKAGES = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
LOCK = $(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	--no-annotate --only-binary :all: --python-version 3.11

.PHONY: run install install-dev test check checks lock wheelhouse clean
.DEFAULT_GOAL = run

run: install
	@exec $(BIN)/huiyin serve --demo

install: $(VENV)/runtime.stamp
install-dev: $(VENV)/dev.stamp

$(UV): locks/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit("Huiyin needs Python 3.11 or newer: make run PYTHON=python3.x" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { echo "Huiyin needs pip: install the package python3-pip."; exit 1; }
	$(PYTHON) -m pip install -q --no-cache-dir --upgrade --target .tools --require-hashes $(OFFLINE) -r locks/tools.txt
	@touch $(UV)

$(VENV)/bin/python: | $(UV)
	$(UV) venv -q --allow-existing --python "$$(command -v $(PYTHON))" $(VENV)

$(VENV)/runtime.stamp: locks/runtime.txt pyproject.toml $(UV) | $(VENV)/bin/python
	$(UV) pip install -q --python $(BIN)/python --require-hashes $(OFFLINE) -r locks/runtime.txt
	$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation --offline -e .
	@touch $@

$(VENV)/dev.stamp: locks/dev.txt $(VENV)/runtime.stamp
	$(UV) pip install -q --python $(BIN)/python --require-hashes $(OFFLINE) -r locks/dev.txt
	@touch $@

test: install-dev check
	sh scripts/chromium.sh
	$(BIN)/pytest -n 2 --dist loadfile

check: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy huiyin
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint huiyin
	$(BIN)/bandit -q -c pyproject.toml -r huiyin -lll
	$(BIN)/huiyin manage makemigrations --check --dry-run
	$(if $(wildcard scripts/translations.py),$(BIN)/python scripts/translations.py check)
	$(BIN)/python scripts/draw.py check
	$(BIN)/python scripts/check_house.py

checks: install-dev
	@set -e; for check in checks/*.py; do [ -e "$$check" ] || continue; echo "== $$check"; $(BIN)/python "$$check"; done

lock: | $(UV)
	printf 'uv\n' | $(LOCK) --upgrade - -o locks/tools.txt
	$(LOCK) --upgrade pyproject.toml -o locks/runtime.txt
	$(LOCK) --upgrade pyproject.toml --group dev -c locks/runtime.txt -o locks/dev.txt

wheelhouse: locks/tools.txt locks/runtime.txt
	$(PYTHON) -m pip download -q --no-cache-dir --only-binary :all: --require-hashes -d wheelhouse -r locks/tools.txt
	$(PYTHON) -m pip download -q --no-cache-dir --only-binary :all: --require-hashes -d wheelhouse -r locks/runtime.txt
	@echo "Take the clone with its folder wheelhouse to the other machine (same system, same Python) and run make run."

clean:
	rm -rf $(VENV) .tools build dist huiyin.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find huiyin tests bench checks scripts -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "The data in .huiyin are kept; remove that folder yourself when they are no longer wanted."
