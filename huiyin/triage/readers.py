"""The files of readers: kept in the store under their SHA-256, loaded when a text is read, let go when nobody reads."""

import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog

from huiyin.attachments import store
from huiyin.text.classify import storage
from huiyin.text.classify.model import Classifier
from huiyin.text.classify.views import Appeal

_IDLE_SECONDS: Final = 180.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a reader says of one label: how probable it is and the words that decided."""

    probability: float
    words: tuple[str, ...]


class _Loaded:
    """The readers of this process; a reader nobody asks for some minutes gives its memory back."""

    lock = threading.Lock()
    by_sha256: dict[str, tuple[float, Classifier]] = {}
    watcher: threading.Timer | None = None


def stated(sha256: str, subject: str, detail: str) -> dict[str, Stated] | None:
    """What the reader with this file says of a text, by label; None when its file is missing or damaged."""
    try:
        found = _loaded(sha256)
    except OSError as error:
        _log.warning("reader_unreadable", code=sha256[:12], error=type(error).__name__)
        return None
    return all_stated(found, [Appeal(subject, detail)])[0]


def all_stated(classifier: Classifier, appeals: Sequence[Appeal]) -> list[dict[str, Stated]]:
    """What a reader says of several texts, every label with its words."""
    shown = max(3, len(classifier.labels))
    verdicts = classifier.verdicts(appeals, shown=shown)
    return [{each.label: Stated(each.probability, each.words) for each in verdict.suggestions} for verdict in verdicts]


def is_there(sha256: str) -> bool:
    """Whether the file of a reader lies in the store."""
    return store.path_of(sha256).is_file()


def keep(classifier: Classifier) -> tuple[str, int]:
    """Put a reader's file into the store; returns its SHA-256 and its size in bytes. Raises StoreFull."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reader.npz"
        storage.save(classifier, path)
        data = path.read_bytes()
    return store.put(data), len(data)


def drop(sha256: str) -> None:
    """Take a reader's file out of the store; its row and figures stay."""
    store.path_of(sha256).unlink(missing_ok=True)


def load(sha256: str) -> Classifier:
    """Read a reader's file; nothing in it can run. Raises OSError when it is missing or damaged."""
    return storage.load(store.path_of(sha256))


def _loaded(sha256: str) -> Classifier:
    with _Loaded.lock:
        held = _Loaded.by_sha256.get(sha256)
        classifier = held[1] if held else load(sha256)
        _Loaded.by_sha256[sha256] = (time.monotonic(), classifier)
        _watch()
    return classifier


def _watch() -> None:
    if _Loaded.watcher is None:
        _Loaded.watcher = threading.Timer(_IDLE_SECONDS / 2, _let_go)
        _Loaded.watcher.daemon = True
        _Loaded.watcher.start()


def _let_go() -> None:
    with _Loaded.lock:
        before = time.monotonic() - _IDLE_SECONDS
        _Loaded.by_sha256 = {name: held for name, held in _Loaded.by_sha256.items() if held[0] > before}
        _Loaded.watcher = None
        if _Loaded.by_sha256:
            _watch()


def forget_all() -> None:
    """Give the memory of every loaded reader back now."""
    with _Loaded.lock:
        _Loaded.by_sha256.clear()
