"""The content of an event as bytes, and its salted hash: ready to become the leaf of a public log. Pure."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

LEAF = b"\x00"


def content(facts: Mapping[str, Any]) -> bytes:
    """The canonical form of an event's facts: JSON, sorted keys, no spaces, UTF-8."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(facts: Mapping[str, Any], salt: bytes) -> bytes:
    """The salted SHA-256 of an event's facts with a leaf prefix (RFC 6962 section 2.1).

    The salt keeps short contents from being guessed out of a published hash.
    """
    return sha256(LEAF + salt + content(facts)).digest()
