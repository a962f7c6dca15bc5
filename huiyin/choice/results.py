"""Giving results: files as they are published, sentences for whoever typed the command, refusals in one line."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from huiyin.choice.wording import Sentence


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a result as it is published: UTF-8, in the order given. Raises OSError."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def say(sentences: Iterable[Sentence]) -> None:
    """Give the result in Chinese, then in English."""
    told = list(sentences)
    sys.stdout.write("".join(f"{line}\n" for line in [*(one.zh for one in told), *(one.en for one in told)]))


def refuse(path: Path, error: Exception) -> int:
    """Tell which file is at fault and why; `path` is the one at hand unless the error names another. The exit code."""
    at, reason = path, str(error)
    if isinstance(error, OSError):
        at, reason = error.filename or path, error.strerror or str(error)
    sys.stderr.write(f"{at}: {reason}\n")
    return 1
