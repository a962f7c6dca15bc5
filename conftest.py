"""One embedded PostgreSQL for every test process; each works in its own copy of one migrated template database."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from huiyin.config import embedded, paths

_TEMPLATE = "huiyin_tests_template_"
_COPY = "huiyin_tests_copy_"
_LOCK = 7_300_001


def fingerprint() -> str:
    """Changes when a migration, what it loads, or a package's release changes."""
    told = hashlib.sha256((paths.ROOT / "locks" / "runtime.txt").read_bytes())
    for folder in sorted((*paths.ROOT.glob("huiyin/*/migrations"), *paths.ROOT.glob("huiyin/*/data"))):
        for file in sorted(found for found in folder.rglob("*") if found.is_file() and found.suffix != ".pyc"):
            told.update(str(file.relative_to(paths.ROOT)).encode() + file.read_bytes())
    return told.hexdigest()[:16]


def names_like(server: psycopg.Connection[Any], start: str) -> list[str]:
    """Databases whose name begins so."""
    found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [start]).fetchall()
    return [name for (name,) in found]


def drop(server: psycopg.Connection[Any], name: str) -> None:
    """Drop a database, whoever is connected."""
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def make_template(server: psycopg.Connection[Any], template: str) -> None:
    """Migrate a new database and give it the template's name only when it is whole; older templates go."""
    for left in names_like(server, _TEMPLATE):
        drop(server, left)
    unfinished = f"{template}_new"
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(unfinished)))
    connection.settings_dict["NAME"] = unfinished
    call_command("migrate", interactive=False, verbosity=0)
    connection.close()
    renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    server.execute(renamed.format(sql.Identifier(unfinished), sql.Identifier(template)))


def copy_template(server: psycopg.Connection[Any]) -> str:
    """Copy the template for this process; copies of dead processes are dropped on the way."""
    template, copy = _TEMPLATE + fingerprint(), f"{_COPY}{os.getpid()}"
    server.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    for left in names_like(server, _COPY):
        if left == copy or not psutil.pid_exists(int(left.removeprefix(_COPY))):
            drop(server, left)
    if template not in names_like(server, _TEMPLATE):
        make_template(server, template)
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(copy), sql.Identifier(template)))
    server.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    return copy


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,  # noqa: ARG001
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Start the tests' PostgreSQL, or take the server of DATABASE_URL, and give this process its own database."""
    address = connection.settings_dict
    if embedded.is_embedded():
        embedded.test_cluster().use()
        address.update(embedded.test_cluster().django_settings())
    dsn = psycopg.conninfo.make_conninfo(
        host=address["HOST"], port=address["PORT"] or None, user=address["USER"], password=address["PASSWORD"] or None
    )
    with django_db_blocker.unblock(), psycopg.connect(dsn, dbname="postgres", autocommit=True) as server:
        connection.close()
        address["NAME"] = copy_template(server)
        yield
        connection.close()
        drop(server, address["NAME"])
    embedded.test_cluster().leave()


@pytest.fixture(autouse=True)
def _source_language() -> None:
    """A page asked for in English leaves its language behind in the thread; every test begins in Chinese."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session", autouse=True)
def _files_of_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what tests upload out of the house's own file store."""
    settings.HUIYIN_FILES = str(Path(tmp_path_factory.mktemp("files")))
