"""Talks to the chosen database without Django: addresses for libpq, row counts, pg_dump and pg_restore."""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql
from tqdm import tqdm

from huiyin.config import embedded, postgres_binaries
from huiyin.config.errors import RefusedError

Connection = psycopg.Connection[tuple[Any, ...]]
_CHUNK_BYTES = 1 << 20
_TABLES = r"""
SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' ORDER BY 1, 2
"""
# Servers before 17 do not know this setting, which pg_restore 17 and later put into the first lines.
_UNKNOWN_BEFORE_17 = b"SET transaction_timeout"
_PREAMBLE_LINES = 40


def connect(settings: Mapping[str, Any] | None = None) -> Connection:
    """A connection that commits each statement, to the chosen database or to the one of Django's `settings`."""
    chosen = settings or embedded.database_settings()
    return psycopg.connect(_dsn(chosen), password=chosen.get("PASSWORD") or None, autocommit=True)


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows of every table, as "schema.table"."""
    counts = {}
    for schema, table in connection.execute(_TABLES).fetchall():
        counted = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table)))
        counts[f"{schema}.{table}"] = int((counted.fetchone() or (0,))[0])
    return counts


def dump(target: Path, snapshot: str, settings: Mapping[str, Any] | None = None) -> None:
    """Write the database as it was in an exported snapshot, in pg_dump's own format, without owners."""
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}"]
    with tempfile.TemporaryFile() as said, tqdm(unit="B", unit_scale=True, desc="database", delay=1) as bar:
        process = _start("pg_dump", options, said, settings)
        while process.poll() is None:
            bar.update((target.stat().st_size if target.exists() else 0) - bar.n)
            time.sleep(0.05)
        _refuse_failure("pg_dump", process, said)


def load(source: Path, settings: Mapping[str, Any] | None = None) -> None:
    """Bring a dump into an empty database, all or nothing."""
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as psql_said:
        unpacking = subprocess.Popen(  # noqa: S603
            [postgres_binaries.program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(source)],
            stdout=subprocess.PIPE,
            stderr=said,
        )
        loading = _start("psql", options, psql_said, settings, stdin=subprocess.PIPE)
        try:
            _pour(unpacking, loading)
            _refuse_failure("pg_restore", unpacking, said)
        except BaseException:
            loading.kill()  # before its input ends, else it would commit what came so far
            raise
        finally:
            unpacking.kill()
            unpacking.communicate()
            loading.communicate()
        _refuse_failure("psql", loading, psql_said)


def _pour(unpacking: subprocess.Popen[bytes], loading: subprocess.Popen[bytes]) -> None:
    assert unpacking.stdout is not None
    assert loading.stdin is not None
    try:
        for _ in range(_PREAMBLE_LINES):
            line = unpacking.stdout.readline()
            if not line.startswith(_UNKNOWN_BEFORE_17):
                loading.stdin.write(line)
        with tqdm(unit="B", unit_scale=True, desc="database", delay=1) as bar:
            while chunk := unpacking.stdout.read(_CHUNK_BYTES):
                loading.stdin.write(chunk)
                bar.update(len(chunk))
    except BrokenPipeError:
        unpacking.kill()
        return
    unpacking.wait()


def _dsn(settings: Mapping[str, Any]) -> str:
    names = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    plain = {key: str(settings[name]) for key, name in names.items() if settings.get(name)}
    options = {key: value for key, value in settings.get("OPTIONS", {}).items() if isinstance(value, str)}
    return psycopg.conninfo.make_conninfo(**(plain | options))


def _start(
    name: str, options: list[str], said: IO[bytes], settings: Mapping[str, Any] | None, stdin: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start a PostgreSQL program on the chosen database; the password goes by the environment, not the command line."""
    chosen = settings or embedded.database_settings()
    environment = os.environ | ({"PGPASSWORD": chosen["PASSWORD"]} if chosen.get("PASSWORD") else {})
    command = [postgres_binaries.program(name), f"--dbname={_dsn(chosen)}", *options]
    return subprocess.Popen(command, stdin=stdin, stderr=said, env=environment)  # noqa: S603


def _refuse_failure(name: str, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    """Raise RefusedError with the program's own last line when it failed."""
    if process.wait() == 0:
        return
    said.seek(0)
    lines = [line for line in said.read().decode(errors="replace").splitlines() if line.strip()]
    raise RefusedError(f"{name} failed: {lines[-1].strip() if lines else 'it said nothing'}")
