"""Founds a workspace: its folders, settings, starter feeds, a plan to fill in; and opens Dagster's UI on it.

It takes nothing in and builds nothing.
"""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path

from pipelines.plan.blank import write_blank
from pipelines.workspace import HOUSE_PLAN_DIR, STARTER_FEEDS_DIR, WORKSPACE_VARIABLE, Workspace, WorkspaceError

SETTINGS = """\
# 工作区设置 / settings of this workspace. Everything a build depends on is written down here, in plan/ and in feeds/.
[enterprise]
name_zh = "请填写企业名称"
name_en = "fill in the enterprise's name"
time_zone = "Asia/Shanghai"
language = "zh"

[build]
regimes = ["gbt32150", "ghgp_location"]   # 核算体系 / the rule books to account by
first_period = {year}-01-01               # 首个核算期 / the first period accounted for
# as_of = {year}-12-31                    # 固定核算截止日 / pin the date the account is drawn up to
keep_builds = 10
retention_years = 10

# [allowance]
# price_yuan_per_tco2e = 62.98           # 配额价格，代替公布价格 / prices gaps instead of the published price
# price_date = {year}-12-31             # 该价格的日期 / the day of that price
"""

# Telemetry off; one run at a time; a run that never started or outlived its welcome is failed by the daemon. Dagster's
# capture of a step's output would leave two `tail` processes behind a killed build: builds speak for themselves.
DAGSTER = """\
telemetry:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
run_monitoring:
  enabled: true
  start_timeout_seconds: 180
  poll_interval_seconds: 60
"""


def found(folder: Path, example: bool = False, first_year: int = 2023) -> Workspace:
    """Make a workspace in `folder`; raises WorkspaceError when something already lies there.

    With `example`, the seeded example enterprise: its settings, plan and inbox.
    """
    if folder.exists() and any(folder.iterdir()):
        raise WorkspaceError(
            f"{folder} 不是空文件夹，请换一个。 / {folder} is not empty: choose another folder, nothing was changed."
        )
    folder.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(folder.resolve())
    for path in [*workspace.folders(), workspace.dagster_home]:
        path.mkdir(parents=True, exist_ok=True)
    (workspace.dagster_home / "dagster.yaml").write_text(DAGSTER, encoding="utf-8")
    for feed in sorted(STARTER_FEEDS_DIR.glob("*.toml")):
        shutil.copyfile(feed, workspace.feeds / feed.name)
    _fill(workspace, example, first_year)
    return workspace


def serve(workspace: Workspace, port: int) -> None:
    """Dagster's UI, its schedules and the inbox sensor, listening on loopback only; this process becomes it."""
    environment = os.environ | {
        WORKSPACE_VARIABLE: str(workspace.root),
        "DAGSTER_HOME": str(workspace.dagster_home),
        "DAGSTER_DISABLE_TELEMETRY": "1",
    }
    print(f"http://127.0.0.1:{port}  (Ctrl-C 停止 / stops it)", file=sys.stderr, flush=True)
    command = [
        sys.executable,
        "-m",
        "dagster",
        "dev",
        "-m",
        "pipelines.code_location",
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
    ]
    os.execve(sys.executable, command, environment)


def _fill(workspace: Workspace, example: bool, first_year: int) -> None:
    if example:
        from pipelines import example as enterprise

        enterprise.write(workspace.root)
        return
    workspace.settings_file.write_text(SETTINGS.format(year=first_year), encoding="utf-8")
    write_blank(workspace.plan, HOUSE_PLAN_DIR, first_year, date.today())
