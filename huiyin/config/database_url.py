"""Reads `DATABASE_URL`, the address of a PostgreSQL server of one's own."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from huiyin.config.errors import RefusedError

OLDEST_MAJOR = 15
_SCHEMES = ("postgres", "postgresql")
_FORM = "postgres://user:password@host:5432/name"


def parse(url: str) -> dict[str, Any]:
    """Django's NAME, USER, PASSWORD, HOST, PORT and OPTIONS; the password never appears in an error.

    A socket folder stands percent-encoded as host (`postgres://user@%2Frun%2Fpostgresql/name`) or as `?host=`.
    Other query parameters become connection options of libpq (`sslmode`, `sslrootcert`, …).
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedError(f"DATABASE_URL cannot be read; its form is {_FORM}.") from error
    if parts.scheme not in _SCHEMES:
        raise RefusedError(f"DATABASE_URL must be PostgreSQL, of the form {_FORM}, not {parts.scheme or 'empty'!r}.")
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise RefusedError(f"DATABASE_URL must name one database after the host: {_FORM}.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = options.pop("host", None) or unquote(parts.netloc.rpartition("@")[2].partition(":")[0])
    if "[" in parts.netloc:
        host = parts.hostname or ""
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": options,
    }


def refuse_old_server(server_version: int) -> None:
    """Raise RefusedError when a server is older than we support; `server_version` as libpq counts, e.g. 150004."""
    if server_version < OLDEST_MAJOR * 10_000:
        raise RefusedError(
            f"The PostgreSQL server of DATABASE_URL is version {server_version // 10_000}; "
            f"Huiyin needs {OLDEST_MAJOR} or newer: upgrade it, or leave DATABASE_URL empty for the embedded one."
        )
