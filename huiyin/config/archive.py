"""What a backup looks like: database.dump, files/…, secrets/… and manifest.json, in a folder or one tar file."""

import hashlib
import json
import shutil
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Protocol

from huiyin.config.errors import RefusedError

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"


@dataclass(frozen=True)
class Kept:
    """One file of a backup: SHA-256 in hexadecimal, size in bytes."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class Manifest:
    """What a backup holds; `rows` counts each table ("schema.table") in the very snapshot that was dumped."""

    huiyin: str
    made_at: str
    server_version: int
    rows: dict[str, int]
    files: dict[str, Kept]

    def text(self) -> str:
        """The manifest as it is written."""
        return json.dumps({"format": FORMAT} | asdict(self), indent=1, sort_keys=True)


class Hashed:
    """A stream that counts and hashes what is read through it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self._size = 0

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self._stream.read(size)
        self._hash.update(data)
        self._size += len(data)
        return data

    def kept(self) -> Kept:
        """What has been read so far."""
        return Kept(self._hash.hexdigest(), self._size)


class Writer(Protocol):
    """Takes the files of a backup; it has its name only after `finish`."""

    def add(self, name: str, source: Path) -> Kept: ...
    def finish(self, manifest: str) -> None: ...
    def discard(self) -> None: ...


class FolderWriter:
    """A backup as a folder."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._part = target.with_name(target.name + ".part")
        self._part.mkdir(mode=0o700, parents=True)

    def add(self, name: str, source: Path) -> Kept:
        """Copy one file in."""
        copy = self._part / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as stream, copy.open("xb") as out:
            hashed = Hashed(stream)
            shutil.copyfileobj(hashed, out)
        return hashed.kept()

    def finish(self, manifest: str) -> None:
        """Write the manifest and give the folder its name."""
        (self._part / MANIFEST).write_text(manifest)
        self._part.rename(self._target)

    def discard(self) -> None:
        """Remove what was begun."""
        shutil.rmtree(self._part, ignore_errors=True)


class TarWriter:
    """A backup as one tar file; what is inside is compressed already."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._part = target.with_name(target.name + ".part")
        self._part.touch(mode=0o600, exist_ok=False)
        self._tar = tarfile.open(self._part, "w")  # noqa: SIM115  closed by finish or discard

    def add(self, name: str, source: Path) -> Kept:
        """Append one file."""
        with source.open("rb") as stream:
            info = self._tar.gettarinfo(arcname=name, fileobj=stream)
            hashed = Hashed(stream)
            self._tar.addfile(info, hashed)
        return hashed.kept()

    def finish(self, manifest: str) -> None:
        """Append the manifest and give the file its name."""
        note = self._part.with_name(self._part.name + ".manifest")
        note.write_text(manifest)
        self._tar.add(note, arcname=MANIFEST)
        note.unlink()
        self._tar.close()
        self._part.rename(self._target)

    def discard(self) -> None:
        """Remove what was begun."""
        self._tar.close()
        self._part.unlink(missing_ok=True)


class Reader:
    """Reads a backup, folder or tar, file by file; nothing is unpacked by the names in it."""

    def __init__(self, source: Path) -> None:
        if not source.exists():
            raise RefusedError(f"There is no backup at {source}.")
        self._folder = source
        self._tar = None
        if source.is_file():
            try:
                self._tar = tarfile.open(source)  # noqa: SIM115  closed by close
            except tarfile.TarError as error:
                raise RefusedError(f"{source} is neither a folder nor a whole tar file: {error}.") from error

    def open(self, name: str) -> BinaryIO:
        """One file of the backup; raises RefusedError when it is missing."""
        try:
            found: Any = self._tar.extractfile(name) if self._tar else (self._folder / name).open("rb")
        except (KeyError, FileNotFoundError):
            found = None
        if found is None:
            raise RefusedError(f"The backup is not whole: it lacks {name}.")
        stream: BinaryIO = found
        return stream

    def manifest(self) -> Manifest:
        """The manifest; raises RefusedError when it is missing, of another format, or names a file outside."""
        with self.open(MANIFEST) as stream:
            try:
                told = json.load(stream)
                wrong = told.pop("format") != FORMAT
                files = {name: Kept(**kept) for name, kept in told.pop("files").items()}
                manifest = Manifest(files=files, **told)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise RefusedError(f"{MANIFEST} of the backup cannot be read by this release.") from error
        if wrong or not all(is_inside(name) for name in files):
            raise RefusedError(f"{MANIFEST} of the backup is of another format than this release reads.")
        return manifest

    def copy(self, name: str, kept: Kept, target: Path) -> None:
        """Copy one file out and see that it is what the manifest says."""
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.touch(mode=0o600)
        with self.open(name) as stream, target.open("wb") as out:
            hashed = Hashed(stream)
            shutil.copyfileobj(hashed, out)
        if hashed.kept() != kept:
            raise RefusedError(
                f"{name} in the backup is damaged: its SHA-256 is not the manifest's. Take another backup."
            )

    def close(self) -> None:
        """Close the tar file."""
        if self._tar:
            self._tar.close()


def is_inside(name: str) -> bool:
    """Whether a name of the manifest stays inside the backup and in its known places."""
    path = PurePosixPath(name)
    known = name == DUMP or (len(path.parts) > 1 and path.parts[0] in ("files", "secrets"))
    return known and not path.is_absolute() and ".." not in path.parts and "\0" not in name
