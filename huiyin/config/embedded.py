"""The database of the house: PostgreSQL that we start and stop ourselves, unless `DATABASE_URL` names a server."""

import atexit
import functools
import os
from typing import Any

from huiyin.config import database_url, paths, terminal
from huiyin.config.cluster import Cluster

# A small office machine: 2 cores, 4 GB, an SSD or an old disk.
SERVED = {
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "jit": "off",
    "synchronous_commit": "on",
    "max_connections": "60",
    "random_page_cost": "1.1",
    "wal_compression": "on",
    "max_wal_size": "512MB",
    "timezone": "UTC",
}
# Tests throw their data away: nothing has to survive a power cut.
TESTED = SERVED | {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "100"}

# Parameters are bound by the server and statements prepared: half the database's CPU per step.
_PREPARED = {"server_side_binding": True, "prepare_threshold": 3}


@functools.cache
def cluster() -> Cluster:
    """The embedded database of this state folder; it is not started by asking for it."""
    return Cluster(paths.DATABASE, paths.RUN / "pg", settings=SERVED, tell=terminal.tell)


@functools.cache
def test_cluster() -> Cluster:
    """The embedded database of the tests: a folder of its own, no waiting for the disk."""
    return Cluster(paths.TEST_DATABASE, paths.RUN / "test-pg", settings=TESTED, tell=terminal.tell)


def is_embedded() -> bool:
    """Whether the database is ours to start: no `DATABASE_URL` is set."""
    return not os.environ.get("DATABASE_URL")


def database_settings() -> dict[str, Any]:
    """Django's `DATABASES["default"]`; reads the environment only, starts and touches nothing."""
    address = cluster().django_settings() if is_embedded() else database_url.parse(os.environ["DATABASE_URL"])
    return (
        {
            "ENGINE": "django.db.backends.postgresql",
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "TEST": {"TEMPLATE": "template0"},
        }
        | address
        | {"OPTIONS": _PREPARED | address["OPTIONS"]}
    )


def ensure_running() -> None:
    """Start the embedded database when it is not running; the last command that uses it stops it at its end.

    Raises RefusedError with a sentence that says what to do. Does nothing when `DATABASE_URL` is set.
    """
    if is_embedded() and not cluster().is_used_here():
        cluster().use()
        atexit.register(cluster().leave)


def leave() -> None:
    """Let the embedded database go; the last who leaves stops it."""
    if is_embedded():
        cluster().leave()


def forget_share() -> None:
    """In a forked child: hold the database up no longer on the parent's behalf."""
    if is_embedded():
        cluster().forget_share()
