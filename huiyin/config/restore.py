"""`huiyin restore`: brings a backup into an empty installation and proves that it is whole."""

import argparse
import os
import shutil
from pathlib import Path

from tqdm import tqdm

from huiyin.config import archive, database_url, embedded, paths, postgres_tools, terminal
from huiyin.config.errors import RefusedError


def restore(arguments: argparse.Namespace) -> int:
    """Restore and verify; tells rows and files."""
    manifest = bring(arguments.source)
    rows, files = sum(manifest.rows.values()), len(manifest.files)
    terminal.say(
        f"Restored: {rows} rows in {len(manifest.rows)} tables and {files} files of {manifest.made_at}; all agree."
    )
    terminal.say("Next: huiyin check, then huiyin serve.")
    return 0


def bring(source: Path) -> archive.Manifest:
    """Restore into an empty database and file store; raises RefusedError, and leaves them empty, when it cannot."""
    reader = archive.Reader(source)
    try:
        manifest = reader.manifest()
        embedded.ensure_running()
        _refuse_unless_empty()
        incoming = paths.private_folder(paths.STATE / f"restore-{os.getpid()}")
        try:
            for name, kept in tqdm(manifest.files.items(), desc="files", unit="file", delay=1):
                reader.copy(name, kept, incoming / name)
            _load(incoming, manifest)
        finally:
            shutil.rmtree(incoming)
    finally:
        reader.close()
    return manifest


def _load(incoming: Path, manifest: archive.Manifest) -> None:
    """The database goes in whole or not at all; only then the files take their places."""
    postgres_tools.load(incoming / archive.DUMP)
    _move_in(incoming / "secrets", paths.STATE / "secrets")
    _move_in(incoming / "files", paths.FILES)
    with postgres_tools.connect() as connection:
        found = postgres_tools.row_counts(connection)
        connection.execute("ANALYZE")
    different = sorted(
        name for name in found.keys() | manifest.rows.keys() if found.get(name) != manifest.rows.get(name)
    )
    if different:
        name = different[0]
        raise RefusedError(
            f"The restored database differs from the backup in {len(different)} tables, first {name}: "
            f"{found.get(name)} rows instead of {manifest.rows.get(name)}. Do not use it."
        )


def _refuse_unless_empty() -> None:
    with postgres_tools.connect() as connection:
        database_url.refuse_old_server(connection.info.server_version)
        tables = len(postgres_tools.row_counts(connection))
    if tables:
        raise RefusedError(
            f"The database here is not empty ({tables} tables): restore only into a new installation, for instance "
            f"with HUIYIN_STATE set to an empty folder, or DATABASE_URL to an empty database."
        )
    if any(path.is_file() for path in paths.FILES.rglob("*")):
        raise RefusedError(f"The file store {paths.FILES} is not empty: move it away before restoring.")


def _move_in(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.replace(place)
