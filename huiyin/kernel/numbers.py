"""Numbers people read to each other: appeal numbers and query codes with a check digit, digits only."""

import hmac
import secrets
from hashlib import sha256
from typing import Final

NUMBER_DIGITS: Final = 12
CODE_DIGITS: Final = 10

# The quasigroup of H. M. Damm (2004): finds every single wrong digit and every swap of two neighbours.
_DAMM: Final = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_SPOKEN: Final = str.maketrans("０１２３４５６７８９〇零一二三四五六七八九幺", "0123456789" + "001234567891")


def check_digit(digits: str) -> str:
    """The Damm check digit of a run of digits."""
    row = 0
    for digit in digits:
        row = _DAMM[row][int(digit)]
    return str(row)


def is_sound(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it."""
    return len(digits) > 1 and digits.isascii() and digits.isdigit() and check_digit(digits[:-1]) == digits[-1]


def normalise(spoken: str) -> str:
    """What was meant by digits as people type or say them: groups, full width, Chinese numerals."""
    return "".join(char for char in spoken.translate(_SPOKEN) if char.isascii() and char.isalnum())


def new_number(year: int) -> str:
    """A fresh appeal number: two digits of the year, nine random ones, the check digit."""
    body = f"{year % 100:02d}{secrets.randbelow(10**9):09d}"
    return body + check_digit(body)


def query_code(number: str, version: int, key: bytes) -> str:
    """The query code that belongs to an appeal number: derived, so it is stored nowhere and can be printed again."""
    digest = hmac.new(key, f"query-code|{number}|{version}".encode(), sha256).digest()
    body = f"{int.from_bytes(digest[:8], 'big') % 10 ** (CODE_DIGITS - 1):0{CODE_DIGITS - 1}d}"
    return body + check_digit(body)


def code_fits(given: str, number: str, version: int, key: bytes) -> bool:
    """Whether a given query code belongs to the number; compared in constant time."""
    return hmac.compare_digest(normalise(given).encode(), query_code(number, version, key).encode())


def grouped(digits: str) -> str:
    """Digits in groups for reading aloud: 2603 4827 1936, 482 913 0576."""
    if len(digits) == NUMBER_DIGITS:
        return f"{digits[:4]} {digits[4:8]} {digits[8:]}"
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == CODE_DIGITS else digits
