"""Where Dagster writes a run's events: its own SQLite files, each kept open while the run lasts. It reads and judges none.

Dagster opens and closes the file for every event, syncing the disk each time: over a thousand events that is a tenth of a
build. What an event is and which tables it goes to stays Dagster's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from sqlalchemy.pool import StaticPool


class KeptOpenEventLog(SqliteEventLogStorage):
    """Dagster's event log over one connection a file, for as long as the process records its run.

    A build's own record is its journal and its manifest: of this log a power cut may take the last events, never more.
    """

    _engines: dict[str, sqlalchemy.Engine]
    _tables: dict[str, bool]

    def __init__(self, base_dir: str, inst_data: Any = None):
        self._engines = {}
        self._tables = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> KeptOpenEventLog:
        """As Dagster makes it from its configuration: `base_dir`."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sqlalchemy.Connection]:
        if shard not in self._engines:
            with super()._connect(shard):  # makes the file and its tables where they are not there yet
                pass
            self._engines[shard] = self._opened(shard)
        with self._db_lock, self._engines[shard].begin() as connection:
            yield connection

    def _opened(self, shard: str) -> sqlalchemy.Engine:
        # one connection for every thread of this process: the lock lets one of them in at a time
        options = {"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False}
        engine = sqlalchemy.create_engine(self.conn_string_for_shard(shard), poolclass=StaticPool, connect_args=options)
        with engine.connect() as connection:
            # beside a write-ahead log this costs durability of the last events, not the file's soundness
            connection.exec_driver_sql("pragma synchronous = normal")
        return engine

    def has_table(self, table_name: str) -> bool:
        if not self._tables.get(table_name):
            self._tables[table_name] = super().has_table(table_name)
        return self._tables[table_name]

    def dispose(self) -> None:
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
        super().dispose()
