"""Random numbers from a public seed, the same on every machine and in every language that has SHA-256."""

from hashlib import sha256

WHOLE = 2**256


def number_below(limit: int, *, seed: str, purpose: str) -> int:
    """A number from 0 to limit − 1, every one as likely as any other.

    The number is SHA-256 of the UTF-8 text `seed|purpose|count` read as an integer, highest byte first, modulo the
    limit; count starts at 0 and rises by one while the integer is not below the largest multiple of the limit in
    2²⁵⁶ (so no remainder is favoured). Raises ValueError for a limit below 1 or above 2²⁵⁶.
    """
    if not 1 <= limit <= WHOLE:
        raise ValueError("a limit from 1 to 2**256 was expected")
    fair = WHOLE - WHOLE % limit
    count = 0
    while True:
        number = int.from_bytes(sha256(f"{seed}|{purpose}|{count}".encode()).digest(), "big")
        if number < fair:
            return number % limit
        count += 1
