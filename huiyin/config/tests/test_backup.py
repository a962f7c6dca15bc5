import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from huiyin.config import archive, backup, embedded, paths, postgres_tools, restore
from huiyin.config.errors import RefusedError

PHOTO = b"\x89PNG photograph"


class Installation:
    """A state folder and a database of its own, made the current one by `enter`."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.patch = patch
        self.address = connection.settings_dict | {"NAME": f"huiyin_tests_backup_{folder.name}_{os.getpid()}"}
        self._administer("DROP DATABASE IF EXISTS {}")
        self._administer("CREATE DATABASE {} TEMPLATE template0")

    def enter(self) -> None:
        self.patch.setattr(paths, "STATE", self.folder)
        self.patch.setattr(paths, "FILES", self.folder / "files")
        self.patch.setattr(backup, "_SECRETS", self.folder / "secrets")
        self.patch.setattr(embedded, "database_settings", lambda: self.address)
        self.patch.setattr(embedded, "ensure_running", lambda: None)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        with postgres_tools.connect(self.address) as server:
            return server.execute(question).fetchall()

    def leave(self) -> None:
        self._administer("DROP DATABASE {} WITH (FORCE)")

    def _administer(self, order: str) -> None:
        with postgres_tools.connect(self.address | {"NAME": "postgres"}) as server:
            server.execute(sql.SQL(order).format(sql.Identifier(self.address["NAME"])))


@pytest.fixture
def old(django_db_setup: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    house = Installation(tmp_path / "old", monkeypatch)
    house.enter()
    with postgres_tools.connect() as server:
        server.execute("CREATE TABLE appeal (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text)")
        server.execute("INSERT INTO appeal (words) SELECT '路灯不亮 ' || n FROM generate_series(1, 500) AS n")
    for name, data in (("files/89/50/8950ab", PHOTO), ("files/89/50/.new-half", b"half"), ("secrets/vault", b"key")):
        file = house.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    yield house
    house.leave()


@pytest.fixture
def new(django_db_setup: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    house = Installation(tmp_path / "new", monkeypatch)
    yield house
    house.leave()


@pytest.mark.parametrize("tar", [False, True])
def test_round_trip(old: Installation, new: Installation, tmp_path: Path, *, tar: bool) -> None:
    taken = backup.take(tmp_path / "backups", tar=tar)
    assert taken.is_file() == tar
    assert [path.name for path in taken.parent.iterdir()] == [taken.name]
    new.enter()
    manifest = restore.bring(taken)
    assert manifest.rows == {"public.appeal": 500}
    assert set(manifest.files) == {"database.dump", "files/89/50/8950ab", "secrets/vault"}
    assert new.ask("SELECT count(*), max(words) FROM appeal") == [(500, "路灯不亮 99")]
    assert new.ask("INSERT INTO appeal (words) VALUES ('新') RETURNING id") == [(501,)]
    assert (new.folder / "files/89/50/8950ab").read_bytes() == PHOTO
    assert (new.folder / "secrets/vault").read_bytes() == b"key"
    assert (new.folder / "secrets/vault").stat().st_mode & 0o077 == 0
    assert not list(new.folder.glob("restore-*"))


def test_backup_is_one_moment_while_others_write(old: Installation, tmp_path: Path, monkeypatch: Any) -> None:
    dump = postgres_tools.dump

    def meanwhile(target: Path, snapshot: str) -> None:
        old.ask("DELETE FROM appeal WHERE id > 10 RETURNING id")
        (old.folder / "files/89/50/8950cd").write_bytes(b"came later")
        dump(target, snapshot)

    monkeypatch.setattr(postgres_tools, "dump", meanwhile)
    manifest = archive.Reader(backup.take(tmp_path / "backups")).manifest()
    assert manifest.rows == {"public.appeal": 500}
    assert "files/89/50/8950cd" in manifest.files


def test_restore_into_a_used_house_is_refused(old: Installation, tmp_path: Path) -> None:
    taken = backup.take(tmp_path / "backups")
    with pytest.raises(RefusedError, match="not empty"):
        restore.bring(taken)
    assert old.ask("SELECT count(*) FROM appeal") == [(500,)]


def test_one_changed_byte_is_found_and_nothing_is_restored(
    old: Installation, new: Installation, tmp_path: Path
) -> None:
    taken = backup.take(tmp_path / "backups")
    photo = taken / "files/89/50/8950ab"
    photo.write_bytes(PHOTO.replace(b"o", b"0", 1))
    new.enter()
    with pytest.raises(RefusedError, match="8950ab in the backup is damaged"):
        restore.bring(taken)
    assert new.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    assert not (new.folder / "files").exists()


def test_missing_file_and_foreign_name_are_refused(old: Installation, new: Installation, tmp_path: Path) -> None:
    taken = backup.take(tmp_path / "backups")
    manifest = json.loads((taken / "manifest.json").read_text())
    manifest["files"]["files/../../escape"] = manifest["files"].pop("files/89/50/8950ab")
    (taken / "manifest.json").write_text(json.dumps(manifest))
    new.enter()
    with pytest.raises(RefusedError, match="another format"):
        restore.bring(taken)
    (taken / "manifest.json").unlink()
    with pytest.raises(RefusedError, match="lacks manifest"):
        restore.bring(taken)


def test_truncated_tar_is_refused(old: Installation, new: Installation, tmp_path: Path) -> None:
    taken = backup.take(tmp_path / "backups", tar=True)
    taken.write_bytes(taken.read_bytes()[:3000])
    new.enter()
    with pytest.raises((RefusedError, tarfile.ReadError)):
        restore.bring(taken)


def test_dump_that_breaks_off_leaves_an_empty_database(old: Installation, new: Installation, tmp_path: Path) -> None:
    taken = backup.take(tmp_path / "backups")
    dump = taken / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-400])
    new.enter()
    with pytest.raises(RefusedError, match="failed"):
        postgres_tools.load(dump)
    assert new.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_failed_backup_leaves_nothing_behind(old: Installation, tmp_path: Path, monkeypatch: Any) -> None:
    def fails(_target: Path, _snapshot: str) -> None:
        raise psycopg.OperationalError("away")

    monkeypatch.setattr(postgres_tools, "dump", fails)
    for tar in (False, True):
        with pytest.raises(psycopg.OperationalError):
            backup.take(tmp_path / "backups", tar=tar)
    assert list((tmp_path / "backups").iterdir()) == []
