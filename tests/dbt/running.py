"""`python -m tests.dbt.running TARGET …`: dbt with the arguments given, on the parse kept for all. It lays nothing."""

from __future__ import annotations

import sys
from pathlib import Path

from dbt.cli.main import dbtRunner

from pipelines import parsed


def main() -> int:
    """0 when dbt succeeded; what went wrong it has said itself."""
    target, *arguments = sys.argv[1:]
    flags, output = ["--quiet", "--no-version-check"], ["--target-path", target]
    folders = [arguments[at + shift] for at, name in enumerate(arguments) if name.endswith("-dir") for shift in (0, 1)]

    def parse() -> None:
        outcome = dbtRunner().invoke([*flags, "parse", *folders, *output])
        if not outcome.success:
            sys.exit(str(outcome.exception or "dbt parse"))

    project = parsed.lay_down(Path(target), parse)
    outcome = dbtRunner(manifest=project).invoke([*flags, *arguments, *output])
    if outcome.exception is not None:
        print(outcome.exception, file=sys.stderr)
    return 0 if outcome.success else 1


if __name__ == "__main__":
    sys.exit(main())
