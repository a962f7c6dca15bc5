"""`huiyin backup`: database, file store and keys of the running house, consistent, each file with its SHA-256."""

import argparse
import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

import huiyin
from huiyin.config import archive, paths, postgres_tools, terminal
from huiyin.config.errors import RefusedError

_SECRETS = paths.STATE / "secrets"


def backup(arguments: argparse.Namespace) -> int:
    """Take a backup and tell where it is; nothing is left behind when it fails."""
    target = take(arguments.to or paths.BACKUPS, tar=arguments.tar)
    terminal.say(f"Backup: {target}")
    terminal.tell("It holds personal data and the keys that open them: keep it as safe as the machine itself.")
    return 0


def take(folder: Path, *, tar: bool = False) -> Path:
    """Back up into a new folder or tar file named after this second (UTC) inside `folder`; returns its path."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = datetime.now(UTC)
    target = folder / (now.strftime("%Y%m%dT%H%M%SZ") + (".tar" if tar else ""))
    if target.exists():
        raise RefusedError(f"{target} exists already: wait a second and try again.")
    writer = archive.TarWriter(target) if tar else archive.FolderWriter(target)
    dump = folder / f"{target.name}.{archive.DUMP}"
    try:
        manifest = _collect(writer, dump, made_at=now.isoformat(timespec="seconds"))
        writer.finish(manifest.text())
    finally:
        writer.discard()
        dump.unlink(missing_ok=True)
    return target


def _collect(writer: archive.Writer, dump: Path, *, made_at: str) -> archive.Manifest:
    """Files first, then the database, then the files that came meanwhile: every row finds its file."""
    kept: dict[str, archive.Kept] = {}
    _add_files(writer, kept)
    with _snapshot() as (connection, snapshot):
        postgres_tools.dump(dump, snapshot)
        rows = postgres_tools.row_counts(connection)
        server_version = connection.info.server_version
    kept[archive.DUMP] = writer.add(archive.DUMP, dump)
    _add_files(writer, kept)
    return archive.Manifest(huiyin.__version__, made_at, server_version, rows, kept)


@contextlib.contextmanager
def _snapshot() -> Iterator[tuple[postgres_tools.Connection, str]]:
    """One moment of the database, seen by us and by pg_dump alike, while others go on writing."""
    with postgres_tools.connect() as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        yield connection, row[0]
        connection.execute("ROLLBACK")


def _add_files(writer: archive.Writer, kept: dict[str, archive.Kept]) -> None:
    found = {f"files/{name}": path for name, path in _inside(paths.FILES)}
    found |= {f"secrets/{name}": path for name, path in _inside(_SECRETS)}
    missing = sorted(found.keys() - kept.keys())
    for name in tqdm(missing, desc="files", unit="file", delay=1):
        with contextlib.suppress(FileNotFoundError):  # its time was over in this very moment
            kept[name] = writer.add(name, found[name])


def _inside(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every whole file below `folder` with its relative name; half-written ones begin with a dot."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield path.relative_to(folder).as_posix(), path
