# Two commands do everything: `make run FOLDER=~/Pictures/shoot` and `make test`.
# Both set up what is missing in .venv first, and start at once the second time.

PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
READY := $(VENV)/.ready
BUNDLE := $(VENV)/.bundle

.PHONY: run test slow-tests coverage endurance referee check format translations screenshots app app-test deb package-test reference setup lock clean
.DEFAULT_GOAL := run

run: $(READY)
	$(BIN)/shortlist $(if $(FOLDER),"$(FOLDER)")

# On several cores; one test is started faster by `pytest FILE` alone.
test: $(READY)
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist worksteal

# The tests, and which of them take most of the processor's time: what is dear here is dear on every machine.
slow-tests: $(READY)
	PYTHONPATH=tests $(BIN)/python -m pytest -p fixtures.processor_time

# The tests, counting lines and branches of what their own process runs.
coverage: $(READY)
	$(BIN)/python -m pytest --cov --cov-report=term

# The tests of tests/endurance, each tried hundreds of times: an hour or so; its counts stand at the end.
endurance: $(READY)
	SHORTLIST_ENDURANCE=long $(BIN)/python -m pytest tests/endurance

# Google's own runtime, installed aside, beside our translation of its face landmarks: do both agree? PHOTOS=DIR adds faces.
REFEREE := build/referee
referee: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --no-deps --target $(REFEREE) \
	    ai-edge-litert==2.3.0 backports.strenum==1.2.8
	$(BIN)/python -m benchmarks.referee --runtime $(REFEREE) $(if $(PHOTOS),--photos "$(PHOTOS)")

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# After words were changed: brings resources/locale up to date; what is new waits there for a translation.
POT := build/shortlist.pot
translations: $(READY)
	mkdir -p build
	$(BIN)/pybabel -q extract --no-location --project Shortlist --msgid-bugs-address "" -k tr -k mark -k say -k ntr:1,2 -k say_count:1,2 -o $(POT) ui app core models
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
	    -D shortlist -i $(POT) -d resources/locale
	$(BIN)/python -m docs.compiled_words
	$(BIN)/python -m docs.key_pages

# Pictures of every view, in docs/pictures.
screenshots: $(READY)
	$(BIN)/python -m docs.screenshots

# What the docstrings of core and models say, as pages: build/reference/index.html.
reference: $(READY)
	$(BIN)/python -m pdoc --docformat google --no-show-source -o build/reference core models '!models.build'

# A folder that runs where no Python is: dist/shortlist. See packaging/README.md.
app: $(BUNDLE)
	$(BIN)/python packaging/make_icons.py build/icons
	$(BIN)/pyinstaller --noconfirm --log-level WARN --workpath build/pyinstaller --distpath dist packaging/shortlist.spec

# Starts what `make app` built with an empty home and no network.
app-test: app
	$(BIN)/python packaging/smoke_test.py dist/shortlist

# A package for Debian and Ubuntu of what `make app` built.
deb: app
	$(BIN)/python packaging/make_deb.py dist/shortlist dist

# The sdist and the wheel, each looked into, and the wheel tried in an environment of its own.
package-test: $(BUNDLE)
	$(BIN)/python packaging/package_test.py dist

setup: $(READY)

# With LOCKED=1 nothing is installed but the very files whose sha256 stands in constraints-hashed.txt.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
ifdef LOCKED
install = $(INSTALL) --require-hashes -r constraints-hashed.txt && $(INSTALL) --no-deps --no-build-isolation -e .
else
install = $(INSTALL) -c constraints.txt -e ".[$(1)]"
endif

$(READY): pyproject.toml constraints.txt packaging/linux_libraries.sh
	@echo "Setting up $(VENV): a minute or two, and only this time."
	sh packaging/linux_libraries.sh
	$(PYTHON) -m venv $(VENV)
	$(call install,dev)
	touch $@

$(BUNDLE): $(READY)
	$(call install,bundle)
	touch $@

# After constraints.txt was renewed: the hashes of its packages' files, in constraints-hashed.txt.
lock: $(READY)
	$(BIN)/python packaging/make_lock.py

clean:
	rm -rf $(VENV) build dist *.egg-info
