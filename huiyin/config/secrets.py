"""The installation's own secrets: from the environment, else made once and kept in the state folder (mode 0600)."""

import os
import secrets as _secrets

from huiyin.config import paths


def of(name: str) -> str:
    """The secret of a purpose: `HUIYIN_SECRET_<NAME>`, or a file that is made on first use.

    Losing the vault's secret makes personal data unreadable: `huiyin backup` carries the files along.
    """
    given = os.environ.get(f"HUIYIN_SECRET_{name.upper()}")
    if given:
        return given
    file = paths.private_folder(paths.STATE / "secrets") / name
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(handle, "w") as out:
        value = _secrets.token_urlsafe(48)
        out.write(value)
    return value
