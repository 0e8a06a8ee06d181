"""One enterprise's folders and settings: the only module that builds a path. It opens no warehouse, reads no data."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT_DIR = PROJECT_ROOT / "dbt_project"
EXPECTATIONS_DIR = PROJECT_ROOT / "expectations"
SEEDS_DIR = Path(os.environ.get("TANKU_SEEDS") or PROJECT_ROOT / "seeds")  # a copy of the rules, to try a change on
STARTER_FEEDS_DIR = SEEDS_DIR / "feeds"
HOUSE_PLAN_DIR = PROJECT_ROOT / "pipelines" / "example" / "plan"

WORKSPACE_VARIABLE = "TANKU_WORKSPACE"


class WorkspaceError(Exception):
    """The folder is not a tanku workspace, or its settings cannot be read. The message is bilingual."""


@dataclass(frozen=True)
class Workspace:
    """The folders of one enterprise.

    Everything right of the archive is rebuilt from what lies here: accepted files, feeds, plan, settings, journal.
    """

    root: Path

    @classmethod
    def at(cls, root: Path | str) -> Workspace:
        """The workspace in `root`; raises WorkspaceError when `tanku.toml` is not there."""
        workspace = cls(Path(root).resolve())
        if not workspace.settings_file.is_file():
            raise WorkspaceError(
                f"{root} 不是碳库工作区（没有 tanku.toml）；请先运行 tanku init。"
                f" / {root} is not a tanku workspace (no tanku.toml); run `tanku init` first."
            )
        return workspace

    @classmethod
    def selected(cls, root: Path | str | None = None) -> Workspace:
        """The workspace named by `root`, else by TANKU_WORKSPACE, else the working directory."""
        return cls.at(root or os.environ.get(WORKSPACE_VARIABLE) or Path.cwd())

    @property
    def settings_file(self) -> Path:
        return self.root / "tanku.toml"

    @property
    def plan(self) -> Path:
        return self.root / "plan"

    @property
    def feeds(self) -> Path:
        return self.root / "feeds"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def journal(self) -> Path:
        return self.root / "journal.jsonl"

    @property
    def lake(self) -> Path:
        return self.root / "lake"

    @property
    def builds(self) -> Path:
        return self.root / "builds"

    @property
    def candidate(self) -> Path:
        """The one folder a build works in: a changed path would cost dbt its partial parse."""
        return self.builds / "candidate"

    @property
    def candidate_warehouse(self) -> Path:
        return self.candidate / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """The pointer: a relative symbolic link to `builds/<id>`, replaced in one rename."""
        return self.root / "published"

    @property
    def published_warehouse(self) -> Path:
        return self.published / "warehouse.duckdb"

    @property
    def closed(self) -> Path:
        """What was closed, a folder a closing: figures, rules and inputs as they stood, never altered."""
        return self.root / "closed"

    @property
    def lock(self) -> Path:
        return self.root / ".build.lock"

    @property
    def dagster_home(self) -> Path:
        return self.root / ".dagster"

    @property
    def dbt_target(self) -> Path:
        """dbt's own folder (manifest, partial parse), kept per workspace: workspaces do not disturb each other."""
        return self.root / ".dbt"

    @property
    def drawings(self) -> Path:
        """Charts kept from one build to the next by what they were drawn from; it may be removed at any time."""
        return self.root / ".drawings"

    @cached_property
    def settings(self) -> Settings:
        return Settings.read(self.settings_file)

    def folders(self) -> list[Path]:
        """The folders `tanku init` makes."""
        return [self.plan, self.feeds, self.inbox, self.archive, self.lake, self.builds]


@dataclass(frozen=True)
class Settings:
    """`tanku.toml`, read once.

    name_zh, name_en: the enterprise. time_zone: IANA name. regimes: the accounting regimes switched on.
    as_of: a fixed date for reproducible builds, or None for the day of the build. keep_builds: how many `prune` keeps.
    allowance_price: yuan per t CO2e that prices a gap, in the place of the published one, with the day it is of; or None.
    """

    name_zh: str
    name_en: str
    time_zone: str
    language: str
    regimes: tuple[str, ...]
    first_period: date
    as_of: date | None
    keep_builds: int
    retention_years: int
    allowance_price: Decimal | None = None
    allowance_price_date: date | None = None

    @classmethod
    def read(cls, file: Path) -> Settings:
        """Settings from `file`; raises WorkspaceError naming the file and the key that is wrong."""
        try:
            text = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
            enterprise, build, allowance = text["enterprise"], text["build"], text.get("allowance", {})
            return cls(
                name_zh=enterprise["name_zh"],
                name_en=enterprise["name_en"],
                time_zone=enterprise.get("time_zone", "Asia/Shanghai"),
                language=enterprise.get("language", "zh"),
                regimes=tuple(build["regimes"]),
                first_period=build["first_period"],
                as_of=build.get("as_of"),
                keep_builds=build.get("keep_builds", 10),
                retention_years=build.get("retention_years", 10),
                allowance_price=_price(file, allowance.get("price_yuan_per_tco2e")),
                allowance_price_date=_day(file, allowance.get("price_date")),
            )
        except (KeyError, tomllib.TOMLDecodeError, TypeError, AttributeError, ArithmeticError) as error:
            raise WorkspaceError(f"{file}: 设置读不懂 / settings cannot be read: {error!r}") from error


def _price(file: Path, value: Any) -> Decimal | None:
    """Yuan per tonne, to the fen; None where the settings give none. Raises WorkspaceError."""
    if value is None:
        return None
    fits = isinstance(value, int | Decimal) and not isinstance(value, bool) and 0 < value < 100_000_000
    if fits and Decimal(value) == Decimal(value).quantize(Decimal("0.01")):
        return Decimal(value)
    raise WorkspaceError(
        f"{file}：[allowance] price_yuan_per_tco2e 应为正数，至多两位小数（元/吨），收到 {value!r}。"
        f" / [allowance] price_yuan_per_tco2e must be a number above 0 with at most 2 decimals (CNY per t), not {value!r}."
    )


def _day(file: Path, value: Any) -> date | None:
    """A day as TOML writes it, 2026-01-31 without quotes. Raises WorkspaceError."""
    if value is None or type(value) is date:
        return value
    raise WorkspaceError(
        f"{file}：[allowance] price_date 应写作不加引号的日期（如 2026-01-31），收到 {value!r}。"
        f" / [allowance] price_date must be a date without quotes (such as 2026-01-31), not {value!r}."
    )
