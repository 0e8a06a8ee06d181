# Two commands for a newcomer: `make demo` and `make test`. Everything else is for those who build tanku itself.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   := demo
METERS ?= 200
DAYS   ?= 90
SEED   ?= 1
# Byte code is compiled once at installation: without it every start of a tool costs seconds.
PIP    := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: demo test check dev docs bench detection campaign lock clean
.DELETE_ON_ERROR:

demo: $(VENV)/ready  ## the example enterprise: made, landed, built, checked, published, and its account printed
	@test -f $(DEMO)/tanku.toml || $(BIN)/tanku init $(DEMO) --example
	@$(BIN)/tanku build --workspace $(DEMO)
	@$(BIN)/tanku account --workspace $(DEMO)

test: $(VENV)/ready check  ## every check, then every test: two processes, a module's tests in one of them, the longest first
	@$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

check: $(VENV)/ready  ## format, lint, types, SQL style, import and layer edges
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q .
	@$(BIN)/basedpyright --level error
	@$(BIN)/sqlfluff lint -q --processes 2 dbt_project/models
	@$(BIN)/lint-imports --no-cache | tail -3

dev: $(VENV)/ready  ## Dagster's UI over the demo workspace, on loopback only
	@test -f $(DEMO)/tanku.toml || $(BIN)/tanku init $(DEMO) --example
	@$(BIN)/tanku dev --workspace $(DEMO)

docs: $(VENV)/ready  ## the methods as pages: open site/index.html
	@$(BIN)/tanku docs site

bench: $(VENV)/ready  ## speed as ratios measured in one run: METERS=2000 DAYS=365 for the full size
	@$(BIN)/python -m tests.bench --meters $(METERS) --days $(DAYS)

detection: $(VENV)/ready  ## errors planted in the clean example, and how many are found: SEED=2 for others
	@$(BIN)/python -m tests.detection --seed $(SEED)

campaign: $(VENV)/ready  ## the long proofs, whole: kills, inventories, faults; their table is tests/CAMPAIGNS.md
	@TANKU_RECORD=1 $(BIN)/python -m pytest -m campaign -o addopts="-q --strict-markers -p no:cacheprovider"

lock: $(VENV)/ready  ## resolve requirements.in anew (needs uv on PATH): exact versions and hashes, no index address
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-annotate --no-header --only-binary :all: requirements.in -o requirements.lock

clean:
	rm -rf $(DEMO) $(VENV) site build *.egg-info dbt_project/target dbt_project/logs

$(VENV)/ready: requirements.lock pyproject.toml
	@echo "installing into $(VENV), about a minute the first time / 正在安装到 $(VENV)，首次约需一分钟 …"
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else \
	  f"需要 Python 3.11–3.13 / Python 3.11 to 3.13 is needed, this is {v[0]}.{v[1]}: make PYTHON=python3.12 …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --only-binary :all: --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
