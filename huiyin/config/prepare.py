"""Makes a database ready for this release: server version, migrations, static files."""

import argparse
import hashlib
import sys
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management import call_command, execute_from_command_line
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import huiyin
from huiyin.config import database_url, paths, terminal
from huiyin.config.errors import RefusedError


def migrate(_arguments: argparse.Namespace) -> int:
    """Apply the migrations that are missing; tell in one line when none is."""
    refuse_unusable_database()
    missing = unapplied()
    if missing:
        terminal.say(f"Bringing the database to this release: {len(missing)} steps.")
        call_command("migrate", interactive=False, verbosity=1 if sys.stdout.isatty() else 0)
    terminal.say("The database is at this release.")
    return 0


def prepare(arguments: argparse.Namespace) -> int:
    """Everything `huiyin serve` needs before its first page."""
    migrate(arguments)
    lay_out_static_files()
    return 0


def lay_out_static_files() -> None:
    """Collect, name by content and compress the static files, when one of them changed since the last time."""
    told = hashlib.sha256(huiyin.__version__.encode())
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            info = Path(storage.path(name)).stat()
            told.update(f"{name} {info.st_size} {info.st_mtime_ns}\n".encode())
    stamp = paths.private_folder(paths.RUN) / "static.stamp"
    if stamp.exists() and stamp.read_text() == told.hexdigest() and paths.STATIC.is_dir():
        return
    stamp.unlink(missing_ok=True)  # a run that is cut off leaves none, so the next one lays them out again
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(told.hexdigest())


def manage(arguments: argparse.Namespace) -> int:
    """Pass the rest of the line to Django's own commands."""
    execute_from_command_line(["huiyin manage", *arguments.rest])
    return 0


def unapplied() -> list[str]:
    """Names of the migrations that the database still lacks, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def unknown_to_this_release() -> list[str]:
    """Names of migrations in the database that this release does not have: a newer one wrote it."""
    loader = MigrationExecutor(connection).loader
    ours = {app for app, _ in loader.graph.nodes}
    applied = loader.applied_migrations
    return sorted(f"{app}.{name}" for app, name in applied if app in ours and (app, name) not in loader.disk_migrations)


def refuse_unusable_database() -> None:
    """Raise RefusedError when the server is too old or a newer release has written the database."""
    connection.ensure_connection()
    database_url.refuse_old_server(server_version())
    newer = unknown_to_this_release()
    if newer:
        raise RefusedError(f"A newer release has written this database ({newer[-1]}): install that release or later.")


def server_version() -> int:
    """Version of the server as libpq counts, e.g. 180004."""
    connection.ensure_connection()
    raw = connection.connection
    return int(raw.info.server_version) if raw is not None else 0
