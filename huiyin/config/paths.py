"""Where the house keeps what it writes: one state folder, by default inside the clone, and nothing outside it."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = Path(os.environ.get("HUIYIN_STATE") or ROOT / ".huiyin").absolute()

DATABASE = STATE / "pg"
TEST_DATABASE = STATE / "test-pg"
FILES = STATE / "files"
STATIC = STATE / "static"
LOGS = STATE / "log"
RUN = STATE / "run"
BACKUPS = STATE / "backup"


def private_folder(folder: Path) -> Path:
    """Make `folder` and return it; only the account that runs the house may open it (mode 0700)."""
    STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
