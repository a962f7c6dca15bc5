"""Refreshes the vendored front-end files with npm and writes their list: name, version, licence, path, SHA-256.

Usage: scripts/vendor.py            check the files against huiyin/design/VENDORED.json
       scripts/vendor.py refresh    fetch the listed versions again and write files and list
To move to another version, change it in the list and run refresh.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "huiyin" / "design" / "VENDORED.json"


class Vendored(TypedDict):
    """One file from an npm package: where it is in the package and where it lies here."""

    name: str
    version: str
    licence: str
    used_for: str
    member: str
    path: str
    sha256: str


def listed() -> list[Vendored]:
    """Every vendored file, as the list states it."""
    files: list[Vendored] = json.loads(LIST.read_text(encoding="utf-8"))
    return files


def fetch(file: Vendored, folder: Path) -> bytes:
    """The bytes of one file out of its npm package; raises CalledProcessError when npm cannot get it."""
    wanted = f"{file['name']}@{file['version']}"
    done = subprocess.run(
        ["npm", "pack", "--silent", wanted], cwd=folder, check=True, capture_output=True, text=True, timeout=120
    )
    with tarfile.open(folder / done.stdout.split()[-1]) as package:
        member = package.extractfile(f"package/{file['member']}")
        assert member is not None, f"{wanted} has no {file['member']}"
        return member.read()


def refresh() -> None:
    """Fetch every listed file, write it to its place and renew the hashes in the list."""
    files = listed()
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            content = fetch(file, Path(folder))
            (ROOT / file["path"]).write_bytes(content)
            file["sha256"] = hashlib.sha256(content).hexdigest()
            print(f"{file['name']} {file['version']} → {file['path']}")
    LIST.write_text(json.dumps(files, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def changed() -> list[str]:
    """Paths whose bytes are not those the list names."""
    return [
        file["path"]
        for file in listed()
        if hashlib.sha256((ROOT / file["path"]).read_bytes()).hexdigest() != file["sha256"]
    ]


def main() -> int:
    """Refresh when asked to, then check; 0 when every file is what the list says."""
    if sys.argv[1:] == ["refresh"]:
        refresh()
    wrong = changed()
    for path in wrong:
        print(f"not the listed file: {path}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
