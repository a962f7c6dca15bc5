"""Seals personal data: AES-256-GCM under a key derived from the installation's secret; blind index by HMAC."""

import hmac
import os
from functools import lru_cache
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE_BYTES: Final = 12
_VERSION: Final = b"\x01"


@lru_cache(maxsize=8)
def _key(purpose: str) -> bytes:
    secret = settings.HUIYIN_VAULT_KEY.encode()
    return HKDF(SHA256(), 32, salt=None, info=f"huiyin/{purpose}/1".encode()).derive(secret)


def seal(clear: str, *, about: str) -> bytes:
    """Encrypt a value, bound to what it is about so that it cannot be moved to another field."""
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(_key("seal")).encrypt(nonce, clear.encode(), about.encode())


def unseal(sealed: bytes | memoryview, *, about: str) -> str:
    """Decrypt a value; raises cryptography's InvalidTag when it was changed or moved."""
    raw = bytes(sealed)
    assert raw[:1] == _VERSION, "sealed by an unknown version of the vault"
    return AESGCM(_key("seal")).decrypt(raw[1 : 1 + _NONCE_BYTES], raw[1 + _NONCE_BYTES :], about.encode()).decode()


def blind(value: str, *, about: str) -> bytes:
    """A look-up digest that only this installation can compute; equal values give equal digests."""
    return hmac.new(_key("blind"), f"{about}|{value}".encode(), sha256).digest()


def code_key() -> bytes:
    """The key from which query codes are derived."""
    return _key("query-code")
