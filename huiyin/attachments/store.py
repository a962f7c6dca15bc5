"""The file store: bytes under their SHA-256, written whole or not at all."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from huiyin.kernel.errors import N_, DomainError


class StoreFull(DomainError):
    """The disk has no room for a file; nothing of the matter is lost, the file has to be sent again."""

    status = 507


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.HUIYIN_FILES)


def path_of(digest: str) -> Path:
    """Where the bytes with this SHA-256 lie."""
    return folder() / digest[:2] / digest[2:4] / digest


def put(data: bytes) -> str:
    """Keep bytes and return their SHA-256; equal bytes are kept once. Raises StoreFull."""
    digest = sha256(data).hexdigest()
    target = path_of(digest)
    if target.exists():
        return digest
    temporary = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise StoreFull(
            "store_full", N_("照片暂时存不下（服务器磁盘已满）。文字没有丢，请先不带照片提交，或稍后再试。")
        ) from error
    return digest


def read(digest: str) -> bytes:
    """The bytes with this SHA-256."""
    return path_of(digest).read_bytes()
