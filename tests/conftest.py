"""What every journey stands on: the common fixture 海清区 and a clock that is put back."""

import os
from collections.abc import Iterator
from datetime import date

import psutil
import psycopg
import pytest
from django.db import connection
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from huiyin.demo import district
from huiyin.journal import tasks as journal_tasks
from huiyin.kernel import clock, held

_TOWN = "huiyin_tests_town_"


@pytest.fixture(autouse=True)
def _real_time() -> Iterator[None]:
    held.forget_all()
    yield
    clock.move_to(None)


@pytest.fixture
def haiqing(db: None) -> None:
    """The common fixture of the acceptance scenarios."""
    district.load(start=date(2026, 1, 1))


def _towns_left(server: psycopg.Connection[tuple[str]], own: str) -> list[str]:
    """Databases of this kind whose process is gone, and the one that is about to be made."""
    found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_TOWN]).fetchall()
    return [name for (name,) in found if name == own or not psutil.pid_exists(int(name.removeprefix(_TOWN)))]


@pytest.fixture(scope="module")
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database for one module in which everything is committed, as threads and browsers need it; dropped after it."""
    settings, name = connection.settings_dict, f"{_TOWN}{os.getpid()}"
    before, drop = settings["NAME"], sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    dsn = psycopg.conninfo.make_conninfo(
        host=settings["HOST"],
        port=settings["PORT"] or None,
        user=settings["USER"],
        password=settings["PASSWORD"] or None,
    )
    with django_db_blocker.unblock(), psycopg.connect(dsn, dbname="postgres", autocommit=True) as server:
        connection.close()
        for left in _towns_left(server, name):
            server.execute(drop.format(sql.Identifier(left)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(before)))
        settings["NAME"] = name
        held.forget_all()
        journal_tasks.hold_reactions()
        yield
        journal_tasks.release_reactions()
        clock.move_to(None)
        held.forget_all()
        connection.close()
        settings["NAME"] = before
        server.execute(drop.format(sql.Identifier(name)))
