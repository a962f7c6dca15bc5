"""One PostgreSQL data folder and the server on it: made, started, waited for through crash recovery, stopped."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

from huiyin.config import postgres_binaries
from huiyin.config.errors import RefusedError

NAME = "huiyin"
SUPERUSER = "postgres"
_SOCKET_FOLDER_BYTES = 85  # macOS allows 104 bytes for folder, slash, ".s.PGSQL.5432" and the end
_LOG_BYTES = 10_000_000
_START_SECONDS = 3600.0
_STOP_SECONDS = 120.0
_LEFTOVERS_SECONDS = 30.0
_TELL_SECONDS = 5.0
# What is never in question: no TCP, no statement and no row value in the log (they hold personal data).
_FIXED = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "cluster_name": NAME,
}


class Cluster:
    """A data folder; `use` starts its server or joins it, `leave` stops it when nobody else uses it."""

    def __init__(self, folder: Path, sockets: Path, *, settings: dict[str, str], tell: Callable[[str], None]) -> None:
        self.folder = folder
        self.sockets = short_socket_folder(sockets)
        self.log = folder.parent / "log" / f"{folder.name}.log"
        self._settings = settings
        self._tell = tell
        self._process: subprocess.Popen[bytes] | None = None
        self._share: int | None = None

    def django_settings(self) -> dict[str, Any]:
        """NAME, USER, HOST of the database as Django wants them."""
        return {"NAME": NAME, "USER": NAME, "PASSWORD": "", "HOST": str(self.sockets), "PORT": "", "OPTIONS": {}}

    def dsn(self, *, user: str = NAME, name: str = NAME) -> str:
        """Connection string of libpq."""
        return psycopg.conninfo.make_conninfo(host=str(self.sockets), user=user, dbname=name)

    def is_used_here(self) -> bool:
        """Whether this process holds the server up."""
        return self._share is not None

    def is_running(self) -> bool:
        """Whether a server process lives on this folder."""
        return self.server_pid() is not None

    def server_pid(self) -> int | None:
        """Process id of the living server of this folder; a number left behind by a dead one does not count."""
        if self._process is not None:
            self._process.poll()  # an ended child of ours is no longer in the way
        lines = self._pid_lines()
        if not lines or not lines[0].isdigit():
            return None
        try:
            process = psutil.Process(int(lines[0]))
            if process.status() == psutil.STATUS_ZOMBIE or not process.name().startswith("postgres"):
                return None
            return process.pid if Path(process.cwd()) == self.folder.resolve() else None
        except psutil.AccessDenied:
            return int(lines[0])
        except psutil.NoSuchProcess:
            return None

    def use(self) -> None:
        """Hold the server up for this process: start it when it does not run, else join it."""
        self._make_folders()
        self._share = self._open_lock("users")
        fcntl.flock(self._share, fcntl.LOCK_SH)
        try:
            self._ensure()
        except BaseException:
            self._let_go()
            raise

    def revive(self) -> None:
        """Start the server again when it died under us."""
        self._ensure()

    def leave(self) -> None:
        """Let the server go; the last who leaves stops it."""
        if self._share is None:
            return
        with self._alone():
            try:
                fcntl.flock(self._share, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self.stop()
            self._let_go()

    def forget_share(self) -> None:
        """In a forked child: what holds the server up is the parent, not this process."""
        self._let_go()

    def _ensure(self) -> None:
        """Make the folder when it is new and start the server when it does not run; many may call at once."""
        with self._alone():
            if not self._is_ready():
                self._refuse_other_version()
                if not self.folder.exists():
                    self._initialise()
                self._start()
            self._make_database()

    def stop(self) -> None:
        """Stop the server: open transactions are rolled back, the next start needs no recovery."""
        pid = self.server_pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        if not self._gone_within(_STOP_SECONDS):
            self._tell("The database did not stop in time; it is stopped at once and recovers at the next start.")
            os.kill(pid, signal.SIGQUIT)
            self._gone_within(_STOP_SECONDS)
        if self._process is not None:
            self._process.wait()  # its number file goes a moment before itself

    def _gone_within(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.server_pid() is None:
                return True
            time.sleep(0.02)
        return False

    def _let_go(self) -> None:
        if self._share is not None:
            os.close(self._share)
            self._share = None

    def _open_lock(self, kind: str) -> int:
        return os.open(self.folder.parent / f"{self.folder.name}.{kind}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else starts or stops this server meanwhile."""
        lock = self._open_lock("lock")
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._tell("Another command is starting or stopping the database; waiting for it.")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _make_folders(self) -> None:
        state = self.folder.parent
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        trusted = {os.geteuid()} | postgres_binaries.server_uids(self.folder)
        if not os.access(state, os.W_OK | os.X_OK):
            _refuse_folder_of(state, trusted)
        for folder in (self.log.parent, self.sockets.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_folder_of(self.folder, trusted)
        _refuse_folder_of(self.sockets, trusted)
        self.sockets.mkdir(mode=0o700, exist_ok=True)

    def _refuse_other_version(self) -> None:
        """Tell clearly when the data were written by another major version than the programs are of."""
        if not self.folder.exists():
            return
        try:
            found = (self.folder / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            raise RefusedError(
                f"{self.folder} is no PostgreSQL data folder: move it away, then start again or restore a backup."
            ) from None
        if found != str(postgres_binaries.major()):
            raise RefusedError(
                f"The data in {self.folder} are of PostgreSQL {found}, the programs installed now are version "
                f"{postgres_binaries.major()}: install the Huiyin release that wrote them, run `huiyin backup` there, "
                f"move the folder away, and run `huiyin restore` here."
            )

    def _initialise(self) -> None:
        """Make the data folder whole or not at all."""
        fresh = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        account = postgres_binaries.account_for(self.folder)
        account.own(fresh)
        command = [*account.prefix, postgres_binaries.program("initdb"), "-D", str(fresh), "-U", SUPERUSER]
        command += ["--auth=trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-instructions"]
        made = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **account.options)  # noqa: S603
        if made.returncode != 0:
            raise RefusedError(f"The database folder could not be made: {_last_line(made.stderr)}")
        fresh.rename(self.folder)

    def _start(self) -> None:
        """Start the server and wait until it answers; recovery after a crash may take minutes."""
        retry_until = time.monotonic() + _LEFTOVERS_SECONDS
        while True:
            self._drop_stale_files()
            log_from = self._launch()
            if self._answers(log_from):
                return
            if "pre-existing shared memory" not in self._log_since(log_from) or time.monotonic() > retry_until:
                raise RefusedError(f"The database did not start: {_last_line(self._log_since(log_from))} ({self.log})")
            time.sleep(0.2)

    def _launch(self) -> int:
        """Start the server process in a session of its own; returns where its log begins."""
        if self._process is not None:
            self._process.wait()  # it is dead: nobody lives on the folder
        account = postgres_binaries.account_for(self.folder)
        account.pass_through(self.sockets.parent)
        account.own(self.sockets)
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.replace(self.log.with_suffix(".1.log"))
        quoted = str(self.sockets).replace('"', '""')
        settings = self._settings | _FIXED | {"unix_socket_directories": f'"{quoted}"'}
        command = [*account.prefix, postgres_binaries.program("postgres"), "-D", str(self.folder)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            log_from = log.tell()  # before the server, which writes at the same place, moves it
            self._process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                **account.options,
            )
        return log_from

    def _drop_stale_files(self) -> None:
        """Remove what a killed server left: its number may be another process's by now, its socket answers nobody."""
        if self._pid_lines() and not self.is_running():
            (self.folder / "postmaster.pid").unlink(missing_ok=True)
        if not self.is_running():
            for left in self.sockets.glob(".s.PGSQL.*"):
                left.unlink(missing_ok=True)

    def _answers(self, log_from: int) -> bool:
        """Wait until the server takes connections; False when it ended instead."""
        began = told = time.monotonic()
        while self._process is not None and self._process.poll() is None:
            if self._is_ready():
                return True
            now = time.monotonic()
            if now - began > _START_SECONDS:
                raise RefusedError(f"The database is still recovering after {now - began:.0f} s; see {self.log}.")
            if now - told > _TELL_SECONDS:
                told = now
                doing = _last_line(self._log_since(log_from))
                self._tell(f"The database is starting, {now - began:.0f} s so far (long after a crash): {doing}")
            time.sleep(0.02)
        return False

    def _is_ready(self) -> bool:
        lines = self._pid_lines()
        return len(lines) > 7 and lines[7].strip() == "ready" and self.is_running()

    def _pid_lines(self) -> list[str]:
        try:
            return (self.folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _log_since(self, position: int) -> str:
        with self.log.open("rb") as log:
            log.seek(position)
            return log.read().decode(errors="replace")

    def _make_database(self) -> None:
        """Make the owner (no superuser) and the database once; both are looked for each time."""
        with psycopg.connect(self.dsn(user=SUPERUSER, name="postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone() is None:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(NAME)))
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(sql.Identifier(NAME)))


def short_socket_folder(wanted: Path) -> Path:
    """`wanted` when a socket's address can hold it, else a folder of this account under the system's temporary one."""
    encoded = os.fsencode(wanted)
    if len(encoded) <= _SOCKET_FOLDER_BYTES and b"," not in encoded:
        return wanted
    return Path(tempfile.gettempdir()) / f"huiyin-{os.geteuid()}-{hashlib.sha256(encoded).hexdigest()[:12]}"


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    fatal = [line for line in lines if "FATAL" in line]
    return (fatal or lines or ["it said nothing"])[-1]


def _refuse_folder_of(folder: Path, trusted: set[int]) -> None:
    """Raise RefusedError when a folder is there and belongs to an account we do not trust with the data."""
    if folder.exists() and folder.lstat().st_uid not in trusted:
        raise RefusedError(
            f"{folder} belongs to another account (number {folder.lstat().st_uid}): run as that account, or give the "
            f"folder to yours, or set HUIYIN_STATE to a folder of your own."
        )
