"""The installation's own secrets: from the environment, else made once and kept in the state folder (mode 0600)."""

import contextlib
import os
import secrets as _secrets
import tempfile
from pathlib import Path

from huiyin.config import paths


def of(name: str) -> str:
    """The secret of a purpose: `HUIYIN_SECRET_<NAME>`, or a file that is made on first use.

    Losing the vault's secret makes personal data unreadable: `huiyin backup` carries the files along.
    """
    given = os.environ.get(f"HUIYIN_SECRET_{name.upper()}")
    if given:
        return given
    file = paths.private_folder(paths.STATE / "secrets") / name
    if not file.exists():
        _make(file)
    return file.read_text().strip()


def _make(file: Path) -> None:
    """Write a new secret whole and give it its name only if nobody was faster."""
    handle, written = tempfile.mkstemp(dir=file.parent, prefix=".new-")
    with os.fdopen(handle, "w") as out:
        out.write(_secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):
        os.link(written, file)
    Path(written).unlink()
