"""`huiyin check`: looks at everything an installation needs and says in one line each whether it is well."""

import argparse
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import DatabaseError

from huiyin.config import database_url, embedded, health, paths, prepare, terminal
from huiyin.config.errors import RefusedError
from huiyin.finding import queries as finding
from huiyin.journal import queries as journal
from huiyin.kernel import clock
from huiyin.territory import queries as territory

_LEAST_FREE_BYTES = 1 << 30
_SAMPLE = 100


def check(_arguments: argparse.Namespace) -> int:
    """Run every look; 1 when one finds something wrong, 0 when all is well."""
    looks = (_state_folder, _disk, _files, _database, _migrations)
    inner_looks = (_calendar, _worker, _reactions, _finding)  # these read tables that must be there
    wrong = sum(not _is_well(look) for look in looks)
    wrong += 0 if wrong else sum(not _is_well(look) for look in inner_looks)
    return 1 if wrong else 0


def _is_well(look: Callable[[], str]) -> bool:
    try:
        sentence = look()
    except RefusedError as error:
        terminal.say(f"WRONG  {error}")
        return False
    except DatabaseError as error:
        terminal.say(f"WRONG  the database refused: {str(error).strip().splitlines()[0]}")
        return False
    terminal.say(f"ok     {sentence}")
    return True


def _database() -> str:
    version = prepare.server_version()
    database_url.refuse_old_server(version)
    place = "embedded" if embedded.is_embedded() else "of DATABASE_URL"
    return f"database {place} answers, PostgreSQL {version // 10_000}.{version % 10_000}"


def _migrations() -> str:
    missing, newer = prepare.unapplied(), prepare.unknown_to_this_release()
    if missing:
        raise RefusedError(f"the database lacks {len(missing)} migrations, first {missing[0]}: run `huiyin migrate`")
    if newer:
        raise RefusedError(f"a newer release has written this database ({newer[-1]}): install that release")
    return "the database is at this release"


def _calendar() -> str:
    """The working-day calendar must cover this year; next year's is asked for from November on."""
    loaded, today = territory.calendar().years, clock.today()
    if today.year not in loaded:
        raise RefusedError(f"the working-day calendar lacks {today.year}: no due date can be counted; load the year")
    if today.month >= 11 and today.year + 1 not in loaded:
        return f"working-day calendar up to {max(loaded)}: LOAD {today.year + 1} NOW, limits will soon reach into it"
    return f"working-day calendar {min(loaded)}-{max(loaded)}"


def _state_folder() -> str:
    probe = paths.private_folder(paths.RUN) / f".probe-{os.getpid()}"
    try:
        probe.write_bytes(b"probe")
        probe.unlink()
    except OSError as error:
        raise RefusedError(f"{paths.STATE} cannot be written: {error.strerror}") from error
    return f"{paths.STATE} can be written"


def _disk() -> str:
    free = shutil.disk_usage(paths.STATE).free
    if free < _LEAST_FREE_BYTES:
        raise RefusedError(f"only {free >> 20} MB are free for {paths.STATE}: make room")
    return f"{free >> 30} GB free"


def _files() -> str:
    """A file's name in the store is its SHA-256: hash a sample again."""
    seen = 0
    for path in _sample(paths.FILES):
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != path.name:
                raise RefusedError(f"{path} is damaged: its SHA-256 is not its name; bring it back from a backup")
        seen += 1
    return f"{seen} files of the store are unharmed"


def _sample(folder: Path) -> Iterator[Path]:
    names = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    step = max(1, len(names) // _SAMPLE)
    yield from sorted(names)[::step]


def _worker() -> str:
    state = health.worker_state()
    if state["jobs_overdue"]:
        raise RefusedError(
            f"{state['jobs_overdue']} jobs wait since over 5 minutes: is `huiyin serve` or `work` running?"
        )
    return f"worker: {state['worker']}, {state['jobs_failed']} jobs failed for good"


def _reactions() -> str:
    stuck = journal.stuck_count()
    if stuck:
        raise RefusedError(f"{stuck} reactions to journal events are stuck: retry them on their page in the desk")
    return "no reaction is stuck"


def _finding() -> str:
    """Every appeal is kept where searches look as it is registered; notices follow their release."""
    appeals, notices = finding.missing_count("appeal"), finding.missing_count("notice")
    if appeals:
        raise RefusedError(f"searches do not find {appeals} appeals yet: run `huiyin finding rebuild`")
    return f"searches find every appeal{f'; {notices} notices wait for the worker' if notices else ''}"
